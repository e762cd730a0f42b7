package sheet

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
)

// From says how rows become a field; layer types embed it. A source of rasters is a field
// already.
type From struct {
	layer.Rows
	layer.Whole
	Value  string  `json:"value" doc:"field whose values are interpolated; without it points are counted per square kilometre"`
	Weight string  `json:"weight" doc:"field by which points count, without a value"`
	Method string  `json:"method" enum:"natural,distance" doc:"of interpolation: natural neighbours, or the inverse square of the distance"`
	Kernel string  `json:"kernel" enum:"gaussian,quartic" doc:"how a point that is counted spreads"`
	Radius float64 `json:"radius" min:"0" max:"1e7" unit:"m" doc:"how far a point that is counted spreads, or how far from points interpolated values are known; 0 is by the extent, or without limit"`
	Cell   float64 `json:"cell" min:"0" max:"1e6" unit:"m" doc:"between the nodes of the grid; 0 is by the extent"`
}

// SetDefaults fills the defaults.
func (p *From) SetDefaults() { p.Method, p.Kernel = "natural", "gaussian" }

// Density is the name of a field of counted points.
const Density = "density"

// Field of a source, and the name of its values.
type Field struct {
	*aggregate.Field
	Name    string
	Counted bool // a density of points: 0 is where none reaches
}

// Fields are one of the rows, or one for each raster.
func (p *From) Fields(c *layer.Context) ([]Field, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	if IsRaster(t) {
		return rasters(t)
	}
	lng, lat := Points(c, t)
	plan := aggregate.PlanOf(lng, lat, true)
	width := extent(lng, lat, plan)
	if p.Value == "" {
		f, err := p.density(t, lng, lat, plan, width)
		return []Field{{f, Density, true}}, err
	}
	values, err := t.Numbers(p.Value)
	if err != nil {
		return nil, fmt.Errorf("value: %w", err)
	}
	cell := p.Cell
	if cell == 0 {
		cell = math.Max(width/256, 0.1)
	}
	margin := width / 40
	if p.Radius > 0 {
		margin = math.Min(p.Radius, width)
	}
	f, err := aggregate.NewField(lng, lat, plan, cell, margin)
	if err != nil {
		return nil, err
	}
	if len(values) > 0 && p.Method == "distance" {
		err = f.InverseDistance(lng, lat, values, 2, 12, p.Radius)
	} else if len(values) > 0 {
		err = f.NaturalNeighbour(lng, lat, values, p.Radius)
	}
	return []Field{{f, p.Value, false}}, err
}

// Values are those of the first field: legends explain them.
func (p *From) Values(c *layer.Context) (*table.Table, error) {
	fs, err := p.Fields(c)
	if err != nil || len(fs) == 0 {
		return &table.Table{}, err
	}
	return fs[0].Known(), nil
}

func (p *From) density(t *table.Table, lng, lat []float64, plan aggregate.Plan, width float64) (*aggregate.Field, error) {
	radius := p.Radius
	if radius == 0 {
		radius = math.Max(width/16, 1)
	}
	cell := p.Cell
	if cell == 0 {
		cell = math.Max(radius/12, (width+2*radius)/1200)
	}
	var weights []float64
	if p.Weight != "" {
		var err error
		if weights, err = t.Numbers(p.Weight); err != nil {
			return nil, fmt.Errorf("weight: %w", err)
		}
	}
	return aggregate.Density(lng, lat, weights, plan, cell, math.Max(radius, cell), aggregate.Kernel(p.Kernel))
}

// Points are where the rows of a table stand, NaN where they have no place, which is counted.
func Points(c *layer.Context, t *table.Table) (lng, lat []float64) {
	lng, lat = make([]float64, t.Rows()), make([]float64, t.Rows())
	for i, g := range t.Geometry {
		q, ok := layer.Foot(g)
		if !ok {
			lng[i], lat[i] = math.NaN(), math.NaN()
			c.Skip(t.IDs[i], "no geometry")
			continue
		}
		lng[i], lat[i] = q[0], q[1]
	}
	return lng, lat
}

// extent is the greater side of all points in metres.
func extent(lng, lat []float64, plan aggregate.Plan) float64 {
	lo, hi := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for i := range lng {
		if math.IsNaN(lng[i]) {
			continue
		}
		x, y := plan.XY(lng[i], lat[i])
		lo[0], lo[1], hi[0], hi[1] = math.Min(lo[0], x), math.Min(lo[1], y), math.Max(hi[0], x), math.Max(hi[1], y)
	}
	return math.Max(math.Max(hi[0]-lo[0], hi[1]-lo[1]), 1)
}

// The columns of a table of rasters, one a row: rows of samples from the north-west, degrees
// of the first and between samples, and whether rows are even in Web Mercator, in degrees.
const (
	RasterValues   = "raster"
	RasterWidth    = "raster_width"
	RasterWest     = "raster_west"
	RasterNorth    = "raster_north"
	RasterDLng     = "raster_dlng"
	RasterDLat     = "raster_dlat"
	RasterMercator = "raster_mercator"
)

// IsRaster tells whether a table holds rasters.
func IsRaster(t *table.Table) bool {
	for i := range t.Columns {
		if t.Columns[i].Name == RasterValues && t.Columns[i].Kind == table.List {
			return true
		}
	}
	return false
}

// Value is the name of a raster's values.
const Value = "value"

func rasters(t *table.Table) ([]Field, error) {
	lists, err := t.Lists(RasterValues)
	if err != nil {
		return nil, err
	}
	var columns [6][]float64
	for k, name := range []string{RasterWidth, RasterWest, RasterNorth, RasterDLng, RasterDLat, RasterMercator} {
		if columns[k], err = t.Numbers(name); err != nil {
			return nil, err
		}
	}
	var out []Field
	for i, values := range lists {
		w := int(columns[0][i])
		if w < 2 || len(values) < 2*w || len(values)%w != 0 || !(columns[3][i] > 0) || !(columns[4][i] > 0) {
			return nil, fmt.Errorf("raster %s: %d samples in rows of %d", t.IDs[i], len(values), w)
		}
		r := samples{values, w, len(values) / w, columns[1][i], columns[2][i], columns[3][i], columns[4][i], columns[5][i] != 0}
		out = append(out, Field{r.field(), Value, false})
	}
	return out, nil
}

// samples are a raster as it is stored.
type samples struct {
	values                  []float64
	w, h                    int
	west, north, dlng, dlat float64
	mercator                bool
}

// field has square steps in a plan: about as many as there are samples.
func (r samples) field() *aggregate.Field {
	south := r.north - float64(r.h-1)*r.dlat
	middle := (r.north + south) / 2
	if r.mercator {
		middle = earth.Degrees(math.Atan(math.Sinh(earth.Radians(middle))))
	}
	plan := aggregate.Plan{Lng: r.west + float64(r.w-1)*r.dlng/2, Lat: middle, Mercator: true}
	lat := func(y float64) float64 {
		if r.mercator {
			return earth.Degrees(math.Atan(math.Sinh(earth.Radians(y))))
		}
		return min(max(y, -85), 85)
	}
	x0, y0 := plan.XY(plan.Lng, lat(south))
	_, y1 := plan.XY(plan.Lng, lat(r.north))
	half := earth.Radians(float64(r.w-1)*r.dlng/2) * 6371007.2 * math.Cos(earth.Radians(plan.Lat))
	x0 -= half
	step := 2 * half / float64(r.w-1)
	f := &aggregate.Field{Plan: plan, X: x0, Y: y0, Step: step, W: r.w, H: max(int((y1-y0)/step)+1, 2)}
	f.Values = make([]float64, f.W*f.H)
	for j := range f.H {
		_, at := plan.LngLat(0, y0+float64(j)*step)
		y := at
		if r.mercator {
			y = earth.Degrees(math.Asinh(math.Tan(earth.Radians(at))))
		}
		row := min(max((r.north-y)/r.dlat, 0), float64(r.h-1))
		k := min(int(row), r.h-2)
		v := row - float64(k)
		for i := range f.W {
			a, b := r.values[k*r.w+i], r.values[(k+1)*r.w+i]
			switch {
			case v < 1e-9:
				b = a
			case v > 1-1e-9:
				a = b
			}
			f.Values[j*f.W+i] = a*(1-v) + b*v
		}
	}
	return f
}
