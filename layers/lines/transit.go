package lines

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "transit", Group: "lines", Doc: "routes of buses and trains: where several share a way, they lie beside each other",
	New: func() any {
		return &Transit{Stroke: NewStroke(6, 1), Near: 60, Gap: 1, Color: scale.ColorBy{Constant: scene.Color{0, 119, 182, 255}}, Station: 14,
			StationColor: scene.Color{255, 255, 255, 255}}
	},
	Examples: []scene.Example{
		{Layer: `source: zones, route: zone, color: {field: zone, scale: categorical, palette: set2}`},
	},
})

// Transit draws the lines of its rows as routes, and their points as stations.
type Transit struct {
	Stroke
	layer.Whole
	Route        string        `json:"route" doc:"field that names the route of a row; empty makes each row one. Routes that share a way are in the order of their names"`
	Color        scale.ColorBy `json:"color" doc:"colour of a row's line"`
	Near         float64       `json:"near" above:"0" max:"1e5" unit:"m" doc:"how far apart lines may lie that share a way"`
	Gap          float64       `json:"gap" min:"0" max:"1e4" doc:"between lines beside each other, in the unit of the width"`
	Station      float64       `json:"station" min:"0" max:"1e4" doc:"diameter of stations, the rows that are points, in the unit of the width; 0 shows none"`
	StationColor scene.Color   `json:"stationColor" doc:"colour of stations"`
}

// mostSteps bounds the points of all lines together.
const mostSteps = 1 << 20

// Draw makes one set of lines, with an offset at each vertex.
func (p *Transit) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	widths, err := p.Width.Numbers(t)
	if err != nil {
		return nil, err
	}
	routes := make([]string, t.Rows())
	copy(routes, t.IDs)
	if p.Route != "" {
		if routes, err = t.Strings(p.Route); err != nil {
			return nil, err
		}
	}
	around := Corners(c, t.Geometry)
	if len(around) == 0 {
		return nil, nil
	}
	f := layer.Frame(around)
	all := p.courses(t.Geometry, routes, f)
	b := NewBuilder(p.Lines(c), around)
	for i, ls := range lanes(all, p.Near) {
		co := &all[i]
		v := drawable.LineVertex{Color: colors[co.row], Width: float32(widths[co.row]), Feature: uint32(co.row)}
		b.Begin()
		for k, at := range co.at {
			d := co.dir(k)
			q := at.Add(mgl64.Vec2{d[1], -d[0]}.Mul(ls[k].centre))
			lng, lat := f.Unplan(q[0], q[1])
			v.Offset = float32(ls[k].place * (widths[co.row] + p.Gap))
			b.Add(c.Place(orb.Point{lng, lat}, 0).ECEF(), v)
		}
	}
	return append(b.Draws(), p.stations(c, f)...), nil
}

// courses divides all lines into steps of a third of near.
func (p *Transit) courses(all []orb.Geometry, routes []string, f earth.Frame) []course {
	names := slices.Compact(slices.Sorted(slices.Values(routes)))
	var out []course
	total := 0.0
	for i, g := range all {
		n, _ := slices.BinarySearch(names, routes[i])
		for _, ps := range layer.Polylines(g) {
			co := course{row: i, route: n}
			for _, q := range ps {
				x, y := f.Plan(q[0], q[1])
				if k := len(co.at); k > 0 {
					total += co.at[k-1].Sub(mgl64.Vec2{x, y}).Len()
				}
				co.at = append(co.at, mgl64.Vec2{x, y})
			}
			if len(co.at) > 1 {
				out = append(out, co)
			}
		}
	}
	step := math.Max(p.Near/3, total/mostSteps)
	for i := range out {
		out[i].at = divided(out[i].at, step)
	}
	return out
}

// divided puts points between those of a line, at most a step apart.
func divided(line []mgl64.Vec2, step float64) []mgl64.Vec2 {
	out := line[:1:1]
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		n := max(int(math.Ceil(b.Sub(a).Len()/step)), 1)
		for k := 1; k <= n; k++ {
			out = append(out, a.Add(b.Sub(a).Mul(float64(k)/float64(n))))
		}
	}
	return out
}

// stations are the rows that are points.
func (p *Transit) stations(c *layer.Context, f earth.Frame) []drawable.Draw {
	d := &drawable.Points{Frame: f.Matrix(), Metres: p.Unit == "m", Blend: drawable.Alpha, Emission: 1}
	rim := *d
	for i, g := range c.Table.Geometry {
		for _, q := range layer.Points(g) {
			if p.Station > 0 {
				v := drawable.PointVertex{Position: layer.Local(f, c.Place(q, 0).ECEF()), Size: float32(p.Station), Color: [4]uint8{20, 26, 38, 255}, Feature: uint32(i)}
				rim.Vertices = append(rim.Vertices, v)
				v.Size, v.Color = float32(p.Station*0.68), p.StationColor
				d.Vertices = append(d.Vertices, v)
			}
		}
	}
	if len(d.Vertices) == 0 {
		return nil
	}
	return []drawable.Draw{{What: rim.Bound()}, {What: d.Bound()}}
}
