package areas

import (
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "dotmatrix", Group: "areas", Doc: "areas filled with dots, squares or hexagons of a lattice: a pixel map",
	New: func() any {
		p := &DotMatrix{Choropleth: newChoropleth(), Size: 120, Shape: "dot", Coverage: 0.72}
		p.Alpha = 0.95
		return p
	},
	Examples: []scene.Example{
		{Layer: `source: zones, size: 110, color: {field: rent, palette: viridis}`},
		{Name: "hexagons", Doc: "areas of hexagons, raised by a value", Layer: `source: zones, shape: hexagon, size: 160, coverage: 0.9, color: {field: rent, palette: plasma}, height: {field: rent, range: [20, 500]}`},
	},
})

// DotMatrix draws the cells of a lattice whose middles lie in an area, in its colour.
type DotMatrix struct {
	Choropleth
	layer.Whole
	Size     float64 `json:"size" min:"0.1" max:"5e6" unit:"m" doc:"from cell to cell, in the middle of the data"`
	Shape    string  `json:"shape" enum:"dot,square,hexagon" doc:"of a cell"`
	Coverage float64 `json:"coverage" above:"0" max:"1" doc:"share of the cell's width that is filled"`
}

// mostDots bounds the cells of a layer.
const mostDots = 300000

// Draw fills the areas.
func (p *DotMatrix) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	var lng, lat []float64
	for _, g := range t.Geometry {
		for _, poly := range layer.Polygons(g) {
			b := poly.Bound()
			lng, lat = append(lng, b.Min[0], b.Max[0]), append(lat, b.Min[1], b.Max[1])
		}
	}
	bins := &aggregate.Bins{Plan: aggregate.PlanOf(lng, lat, true), Size: p.Size, Shape: aggregate.Square}
	if p.Shape == "hexagon" {
		bins.Shape = aggregate.Pointy
	}
	areas := make([]orb.Geometry, t.Rows())
	total := 0
	for i, g := range t.Geometry {
		polys := layer.Polygons(g)
		if len(polys) == 0 {
			continue // Choropleth counts it
		}
		cells := orb.MultiPolygon{}
		for _, poly := range polys {
			if cells, err = p.fill(bins, poly, cells, mostDots-total-len(cells)); err != nil {
				return nil, err
			}
		}
		total += len(cells)
		areas[i] = cells
	}
	return p.Choropleth.draw(with(c, t, areas))
}

// fill adds the cells whose middles lie in a polygon: along each row of cells between pairs of
// where its edges cross the row's middle.
func (p *DotMatrix) fill(b *aggregate.Bins, poly orb.Polygon, out orb.MultiPolygon, most int) (orb.MultiPolygon, error) {
	rows := p.Size
	if b.Shape == aggregate.Pointy {
		rows *= math.Sqrt(3) / 2
	}
	crossings := map[int][]float64{} // by row
	for _, ring := range poly {
		for i := 1; i < len(ring); i++ {
			ax, ay := b.Plan.XY(ring[i-1][0], ring[i-1][1])
			bx, by := b.Plan.XY(ring[i][0], ring[i][1])
			ax += math.Round((bx-ax)/p.turn(b)) * p.turn(b) // edges take the short way over the antimeridian
			lo, hi := math.Min(ay, by), math.Max(ay, by)
			if (hi-lo)/rows > mostDots {
				return nil, fmt.Errorf("size: dots of %g m are more than %d", p.Size, mostDots)
			}
			for r := int(math.Ceil(lo / rows)); float64(r)*rows < hi; r++ {
				crossings[r] = append(crossings[r], ax+(bx-ax)*(float64(r)*rows-ay)/(by-ay))
			}
		}
	}
	order := make([]int, 0, len(crossings))
	for r := range crossings {
		order = append(order, r)
	}
	slices.Sort(order)
	for _, r := range order {
		xs := crossings[r]
		slices.Sort(xs)
		shift := 0.0
		if b.Shape == aggregate.Pointy && r%2 != 0 {
			shift = 0.5
		}
		for k := 0; k+1 < len(xs); k += 2 {
			for col := math.Ceil(xs[k]/p.Size - shift); (col+shift)*p.Size < xs[k+1]; col++ {
				if most--; most < 0 {
					return nil, fmt.Errorf("size: dots of %g m are more than %d", p.Size, mostDots)
				}
				out = append(out, orb.Polygon{p.dot(b, (col+shift)*p.Size, float64(r)*rows)})
			}
		}
	}
	return out, nil
}

// turn is the way round the Earth in metres of the plan.
func (p *DotMatrix) turn(b *aggregate.Bins) float64 {
	x, _ := b.Plan.XY(b.Plan.Lng+90, b.Plan.Lat)
	return 4 * x
}

// dot is a cell's ring around a place of the plan.
func (p *DotMatrix) dot(b *aggregate.Bins, x, y float64) orb.Ring {
	corners := b.Shape.Corners()
	if p.Shape == "dot" {
		corners = disc
	}
	out := make(orb.Ring, 0, len(corners)+1)
	for _, c := range corners {
		lng, lat := b.Plan.LngLat(x+c[0]*p.Size*p.Coverage, y+c[1]*p.Size*p.Coverage)
		out = append(out, orb.Point{lng, lat})
	}
	return append(out, out[0])
}

// disc is the corners of a dot of diameter 1.
var disc = func() (out [][2]float64) {
	for i := range 14 {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / 14)
		out = append(out, [2]float64{cos / 2, sin / 2})
	}
	return out
}()
