package lines

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "arc", Group: "flows", Doc: "arcs between two places, along great circles",
	New: func() any {
		return &Arc{Stroke: Stroke{Width: scale.NumberBy{Constant: 3}, Unit: "px", Emission: 1.5}, Lng2: "lng2", Lat2: "lat2", Height: 0.3,
			From: scale.ColorBy{Constant: scene.Color{0, 229, 255, 255}}, To: scale.ColorBy{Constant: scene.Color{255, 70, 190, 255}}, Period: scene.Seconds(4)}
	},
	Examples: []scene.Example{{Layer: `source: flows, width: {field: people, range: [1, 5]}, flow: true`}},
})

// Arc connects each row's point to a second position, or the two ends of its line.
type Arc struct {
	Stroke
	Lng2   string        `json:"lng2" doc:"field of the other end's longitude; rows that are lines do not need it"`
	Lat2   string        `json:"lat2" doc:"field of the other end's latitude"`
	Height float64       `json:"height" min:"0" max:"2" doc:"of the middle, as a share of the distance"`
	From   scale.ColorBy `json:"fromColor" doc:"colour at the start"`
	To     scale.ColorBy `json:"toColor" doc:"colour at the end"`
	Flow   bool          `json:"flow" doc:"pulses run along the arcs"`
	Period scene.Time    `json:"period" above:"0" max:"3600" unit:"s" doc:"time of a pulse from end to end"`
}

// arcSteps is the number of segments of an arc.
const arcSteps = 48

// Draw makes one polyline for each row, and with flow one for each of its pulses.
func (a *Arc) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	from, err := a.From.Colors(t)
	if err != nil {
		return nil, err
	}
	to, err := a.To.Colors(t)
	if err != nil {
		return nil, err
	}
	widths, err := a.Width.Numbers(t)
	if err != nil {
		return nil, err
	}
	ends, err := a.ends(c)
	if err != nil {
		return nil, err
	}
	var paths []polyline
	for i, e := range ends {
		if e == nil {
			continue
		}
		p := polyline{row: i, at: a.curve(c.Place(e[0], 0), c.Place(e[1], 0))}
		for k := range p.at {
			p.colors = append(p.colors, from[i].Mix(to[i], float64(k)/arcSteps))
		}
		paths = append(paths, p)
	}
	if !a.Flow {
		return a.lines(c, paths, widths, 0), nil
	}
	faint := make([]polyline, len(paths))
	for i, p := range paths {
		faint[i] = p
		faint[i].colors = nil
		for _, col := range p.colors {
			col[3] /= 4
			faint[i].colors = append(faint[i].colors, col)
		}
	}
	draws := a.lines(c, faint, widths, 0)
	return append(draws, a.pulses(c, paths, widths)...), nil
}

// Clock turns story time into the pulses' own time, which begins again with each period.
func (a *Arc) Clock(story float64) float64 {
	period := a.Period.Seconds()
	return story - period*math.Floor(story/period)
}

// pulses makes each arc a timed line for the pulse of this period and the two before it,
// whose head or trail may still be on its way.
func (a *Arc) pulses(c *layer.Context, paths []polyline, widths []float64) []drawable.Draw {
	period := a.Period.Seconds()
	var timed []polyline
	for i, p := range paths {
		phase := period * math.Mod(float64(i)*0.61803398875, 1) // spread evenly, without chance
		for before := range 3 {
			q := p
			q.times = make([]float64, len(p.at))
			for v := range q.times {
				q.times[v] = phase + period*(float64(v)/arcSteps-float64(before))
			}
			timed = append(timed, q)
		}
	}
	return a.lines(c, timed, widths, period*0.25)
}

// ends finds both ends of each row; nil where a row has none.
func (a *Arc) ends(c *layer.Context) ([]*[2]orb.Point, error) {
	t := c.Table
	out := make([]*[2]orb.Point, t.Rows())
	var lng2, lat2 []float64
	for i, g := range t.Geometry {
		switch g := g.(type) {
		case orb.LineString:
			if len(g) >= 2 {
				out[i] = &[2]orb.Point{g[0], g[len(g)-1]}
				continue
			}
		case orb.Point:
			if lng2 == nil {
				var err error
				if lng2, err = t.Numbers(a.Lng2); err != nil {
					return nil, err
				}
				if lat2, err = t.Numbers(a.Lat2); err != nil {
					return nil, err
				}
			}
			if !math.IsNaN(lng2[i]) && math.Abs(lat2[i]) <= 90 && math.Abs(lng2[i]) <= 360 {
				out[i] = &[2]orb.Point{g, {lng2[i], lat2[i]}}
				continue
			}
		}
		c.Skip(t.IDs[i], "no two ends")
	}
	return out, nil
}

// curve follows the great circle between two places (slerp of their normals) and rises
// as a parabola.
func (a *Arc) curve(from, to earth.Place) []mgl64.Vec3 {
	u, v := from.Up(), to.Up()
	angle := math.Acos(math.Min(math.Max(u.Dot(v), -1), 1))
	top := a.Height * angle * earth.A
	if top > 3e6 { // halfway round the Earth an arc need not leave it
		top = 3e6 + (top-3e6)*0.1
	}
	out := make([]mgl64.Vec3, arcSteps+1)
	for k := range out {
		t := float64(k) / arcSteps
		up := slerp(u, v, angle, t)
		p := earth.Place{
			Lng: earth.Degrees(math.Atan2(up[1], up[0])), Lat: earth.Degrees(math.Asin(math.Min(math.Max(up[2], -1), 1))),
			Height: from.Height + (to.Height-from.Height)*t + 4*top*t*(1-t),
		}
		out[k] = p.ECEF()
	}
	return out
}

func slerp(u, v mgl64.Vec3, angle, t float64) mgl64.Vec3 {
	s := math.Sin(angle)
	if s < 1e-9 {
		if angle > 1 { // antipodes: any great circle will do, take one over the pole
			w := mgl64.Vec3{0, 0, 1}
			if math.Abs(u[2]) > 0.9 {
				w = mgl64.Vec3{1, 0, 0}
			}
			w = w.Sub(u.Mul(w.Dot(u))).Normalize()
			return u.Mul(math.Cos(angle * t)).Add(w.Mul(math.Sin(angle * t)))
		}
		return u
	}
	return u.Mul(math.Sin((1-t)*angle) / s).Add(v.Mul(math.Sin(t*angle) / s))
}
