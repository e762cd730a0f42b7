package points

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "pie", Group: "points", Doc: "pies and rings of several fields lying at a point",
	New: func() any {
		return &Pie{Series: Series{Colors: defaultSeries}, Radius: scale.NumberBy{Constant: 200}, Thickness: 40, Emission: 0.3, Whole: 1}
	},
	Examples: []scene.Example{
		{Layer: `source: places, fields: [homes, offices, shops], radius: {field: population, scale: sqrt, range: [180, 380]}, thickness: 90, altitude: 40`},
		{Name: "ring", Doc: "rings with a hole", Layer: `source: places, fields: [homes, offices, shops], radius: {field: population, scale: sqrt, range: [180, 380]}, hole: 0.62, thickness: 60, altitude: 40`},
		{Name: "rose", Doc: "sectors whose radius is a value (Nightingale's rose)", Layer: `source: places, fields: [homes, offices, shops], radius: 340, rose: true, thickness: 60, altitude: 40`},
	},
})

// Pie draws a pie at every point of its rows: about 10 KB a row on the GPU, for thousands.
type Pie struct {
	layer.Rows
	Series
	Radius    scale.NumberBy `json:"radius" unit:"m" doc:"of the pie"`
	Hole      float64        `json:"hole" min:"0" max:"0.95" doc:"radius of a hole, as a share"`
	Thickness float64        `json:"thickness" above:"0" unit:"m" doc:"height of its body"`
	Rose      bool           `json:"rose" doc:"sectors of one angle, whose area is the value"`
	Whole     float64        `json:"whole" min:"0" max:"1" doc:"share of the circle that is there: set by a story, pies open"`
	Emission  float64        `json:"emission" min:"0" max:"100" doc:"light of its own; above 1 glows"`
}

// Draw makes a mesh of all pies of a neighbourhood.
func (p *Pie) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	values, err := p.Series.values(t)
	if err != nil {
		return nil, err
	}
	radii, err := p.Radius.Numbers(t)
	if err != nil {
		return nil, err
	}
	m := mark.Solid(c, 0.35, p.Emission)
	var out []drawable.Draw
	for _, g := range mark.Groups(mark.Spots(c, t, nil, func(i int) bool { return radii[i] > 0 && p.Whole > 0 })) {
		d := &drawable.Mesh{Name: "pies", Material: m, Frame: g.Frame.Matrix()}
		radius, edge := 3, 9 // vertices and indices of each, see slice.add
		if p.Hole > 0 {
			radius, edge = 6, 18
		}
		d.Vertices = make([]drawable.Vertex, 0, len(g.Spots)*(edges*radius+len(p.Fields)*(2*radius+9)))
		d.Indices = make([]uint32, 0, len(g.Spots)*(edges*edge+len(p.Fields)*(edge+12)))
		for _, s := range g.Spots {
			if !p.add(d, layer.Local(g.Frame, s.At), radii[s.Row], func(k int) float64 { return values[k][s.Row] }, uint32(s.Row)) {
				c.Skip(t.IDs[s.Row], "nothing above zero to divide a pie by")
			}
		}
		if len(d.Indices) > 0 {
			out = append(out, drawable.Draw{What: d.Bound()})
		}
	}
	return out, nil
}

// add builds the pie of a row, clockwise from north; false where there is nothing in it.
func (p *Pie) add(d *drawable.Mesh, at [3]float32, radius float64, value func(k int) float64, row uint32) bool {
	var shares []float64
	sum, most := 0.0, 0.0
	for k := range p.Fields {
		v := value(k)
		if !(v > 0) || math.IsInf(v, 0) {
			v = 0
		}
		shares = append(shares, v)
		sum, most = sum+v, max(most, v)
	}
	if sum <= 0 {
		return false
	}
	from := 0.0
	for k, v := range shares {
		if v == 0 {
			continue
		}
		turn, r := v/sum, radius
		if p.Rose {
			turn, r = 1/float64(len(shares)), radius*math.Sqrt(v/most)
		}
		turn *= p.Whole
		slice{at, r, p.Hole * radius, p.Thickness, from, from + turn, p.Series.color(k), row}.add(d)
		from += turn
	}
	return true
}

// slice is a part of a ring: radii and height in metres, from and to in turns.
type slice struct {
	at                  [3]float32
	outer, inner, thick float64
	from, to            float64
	color               scene.Color
	row                 uint32
}

// edges are those of a full circle; a slice has its share of them.
const edges = 72

func (s slice) add(d *drawable.Mesh) {
	if s.outer <= s.inner {
		return
	}
	n := max(int(math.Ceil((s.to-s.from)*edges)), 1)
	up := drawable.EncodeNormal([3]float32{0, 0, 1})
	vertex := func(r, sin, cos, z float64, normal [2]int16) uint32 {
		d.Vertices = append(d.Vertices, drawable.Vertex{
			Position: [3]float32{s.at[0] + float32(r*sin), s.at[1] + float32(r*cos), s.at[2] + float32(z)},
			Normal:   normal, Color: s.color, Feature: s.row,
		})
		return uint32(len(d.Vertices) - 1)
	}
	level := func(x, y float64) [2]int16 { return drawable.EncodeNormal([3]float32{float32(x), float32(y), 0}) }
	quad := func(a, b, c, e uint32) { d.Indices = append(d.Indices, a, b, c, a, c, e) }
	// Each radius has its vertices once: of the top, of the outer wall, and of the hole's top
	// and wall, for which the middle stands where there is no hole.
	each := uint32(3)
	middle := uint32(0)
	if s.inner > 0 {
		each = 6
	} else {
		middle = vertex(0, 0, 0, s.thick, up)
	}
	for i := range n + 1 {
		sin, cos := math.Sincos(2 * math.Pi * (s.from + (s.to-s.from)*float64(i)/float64(n)))
		out := level(sin, cos)
		top := vertex(s.outer, sin, cos, s.thick, up)
		vertex(s.outer, sin, cos, 0, out)
		vertex(s.outer, sin, cos, s.thick, out)
		if s.inner > 0 {
			in := level(-sin, -cos)
			vertex(s.inner, sin, cos, s.thick, up)
			vertex(s.inner, sin, cos, 0, in)
			vertex(s.inner, sin, cos, s.thick, in)
		}
		if i == 0 {
			continue
		}
		was := top - each
		quad(top+1, was+1, was+2, top+2)
		if s.inner > 0 {
			quad(top+3, top, was, was+3)
			quad(was+4, top+4, top+5, was+5)
		} else {
			d.Indices = append(d.Indices, middle, top, was)
		}
	}
	for k, side := range [2]float64{s.from, s.to} {
		sin, cos := math.Sincos(2 * math.Pi * side)
		flat := level(-cos, sin) // before the first radius
		if k == 1 {
			flat = level(cos, -sin)
		}
		a, b := vertex(s.inner, sin, cos, 0, flat), vertex(s.outer, sin, cos, 0, flat)
		c, e := vertex(s.outer, sin, cos, s.thick, flat), vertex(s.inner, sin, cos, s.thick, flat)
		if k == 1 {
			a, b, c, e = b, a, e, c
		}
		quad(a, b, c, e)
	}
}
