package flows

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/lines"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "trip", Group: "flows", Doc: "paths with a time at each vertex, drawn as moving trails",
	New: func() any {
		return &Trip{Stroke: lines.NewStroke(4, 2), Timed: Timed{Timestamps: "timestamps", Speed: 1},
			Color: scale.ColorBy{Constant: scene.Color{255, 205, 80, 255}}, Trail: scene.Seconds(8)}
	},
	Examples: []scene.Example{
		{Layer: `source: trips, width: 3, trail: 20s, color: {field: kind, scale: categorical, palette: set2}`},
		{Name: "heads", Doc: "bright heads before faint trails, over the whole ways", Layer: `source: trips, width: 4, trail: 12s, taper: 1, rest: 0.08, head: 16, color: {field: kind, scale: categorical, palette: neon}`},
		{Name: "window", Doc: "what was passed within a window of time, looping", Layer: `source: trips, width: 3, trail: 30s, even: true, loop: 60, color: "#7fe3ff", emission: 1`},
	},
})

// Trip animates its rows along time.
type Trip struct {
	lines.Stroke
	Timed
	Color scale.ColorBy `json:"color" doc:"colour"`
	Trail scene.Time    `json:"trail" above:"0" max:"86400" unit:"s" doc:"length of the trail in the data's time"`
	Rest  float64       `json:"rest" min:"0" max:"1" doc:"opacity of the whole way"`
	Taper float64       `json:"taper" min:"0" max:"1" doc:"share of the width that the end of the trail lacks"`
	Even  bool          `json:"even" doc:"the trail is as bright as its head"`
	Head  float64       `json:"head" min:"0" max:"1e4" doc:"diameter of a dot at the head of each trail, in the unit of the width; 0 is none"`
}

// Draw makes timed lines, and the dots ahead of them.
func (p *Trip) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Each(t)
	if err != nil {
		return nil, err
	}
	widths, err := p.Width.Each(t)
	if err != nil {
		return nil, err
	}
	offsets, err := p.Offset.Each(t)
	if err != nil {
		return nil, err
	}
	look := func(row int) drawable.LineVertex {
		return drawable.LineVertex{Color: colors.Of(row), Width: float32(widths.Of(row)), Offset: float32(offsets.Of(row)), Feature: uint32(row)}
	}
	b := lines.NewBuilder(p.Lines(c), lines.Corners(c, t.Geometry))
	b.Lines.Flow = drawable.Comet{Trail: p.Trail.Seconds(), Rest: float32(p.Rest), Taper: float32(p.Taper), Even: p.Even}
	if p.Head == 0 && p.plain(c, b, look) {
		return b.Draws(), nil
	}
	tracks, err := p.tracks(c)
	if err != nil {
		return nil, err
	}
	b.Lines.Flow.Since = since(tracks)
	b.Many(c, len(tracks), func(i int) int { return len(tracks[i].at) }, func(i int, add func(mgl64.Vec3, drawable.LineVertex)) {
		w := &tracks[i]
		v := look(w.row)
		for k, at := range w.at {
			v.Time = float32(w.times[k] - b.Lines.Flow.Since)
			add(at, v)
		}
	})
	draws := b.Draws()
	if p.Head > 0 && len(tracks) > 0 {
		draws = append(draws, drawable.Draw{What: p.heads(c, tracks, &colors)})
	}
	return draws, nil
}

// plain writes the lines at once, where every row is a way with times in rising order, on or above
// the ellipsoid, with vertices so near each other that none come between; else it tells so and
// leaves all to tracks.
func (p *Trip) plain(c *layer.Context, b *lines.Builder, look func(row int) drawable.LineVertex) bool {
	t := c.Table
	stamps, err := t.Lists(p.Timestamps)
	if err != nil || p.Heights != "" || c.Layer.Clamp == "ground" || len(stamps) != t.Rows() {
		return false
	}
	starts := make([]uint32, 0, t.Rows())
	n, first := 0, math.Inf(1)
	for i, g := range t.Geometry {
		line, ok := g.(orb.LineString)
		if !ok || len(line) < 2 || len(stamps[i]) != len(line) {
			return false
		}
		starts = append(starts, uint32(n))
		n, first = n+len(line), math.Min(first, stamps[i][0])
	}
	if n == 0 {
		return false
	}
	since := epoch(first)
	vertices := make([]drawable.LineVertex, n)
	for _, fits := range table.InParts(t.Rows(), func(from, to int) bool {
		f := b.Frame()
		near, adjoining, at := f.Near(), c.Adjoining(), earth.Place{Height: c.Layer.Altitude}
		for i := from; i < to; i++ {
			line, times, v := t.Geometry[i].(orb.LineString), stamps[i], look(i)
			out := vertices[starts[i]:][:len(line)]
			for k, q := range line {
				if k == 0 && times[0] != times[0] || k > 0 && !(times[k] >= times[k-1] && math.Abs(q[0]-at.Lng)+math.Abs(q[1]-at.Lat) < adjoining) {
					return false
				}
				at.Lng, at.Lat = q[0], q[1]
				x, y, z := near.Local(at)
				o := &out[k]
				*o = v
				o.Position[0], o.Position[1], o.Position[2], o.Time = float32(x), float32(y), float32(z), float32(times[k]-since)
			}
		}
		return true
	}) {
		if !fits {
			return false
		}
	}
	b.Lines.Starts, b.Lines.Vertices, b.Lines.Flow.Since = starts, vertices, since
	return true
}

// heads are dots where the trails are now.
func (p *Trip) heads(c *layer.Context, tracks []track, colors *scale.Colors) *drawable.Moving {
	f := earth.FrameAt(earth.FromECEF(tracks[0].at[0]))
	emission := float32(math.Max(p.Emission, 1) * 1.5)
	return &drawable.Moving{Frame: f.Matrix(), At: func(now drawable.Instant) drawable.Copies {
		d := &drawable.Points{Metres: p.Unit == "m", Blend: drawable.Alpha, Emission: emission, Brief: true}
		var at []mgl64.Vec3
		for i := range tracks {
			if q, _, ok := tracks[i].on(layer.Clock(c.Layer, now.Time)); ok {
				at = append(at, q)
				d.Vertices = append(d.Vertices, drawable.PointVertex{Size: float32(p.Head), Color: colors.Of(tracks[i].row), Feature: uint32(tracks[i].row)})
			}
		}
		frame := layer.Frame(at)
		d.Frame = frame.Matrix()
		for i, q := range at {
			d.Vertices[i].Position = layer.Local(frame, q)
		}
		return drawable.Copies{Placed: []drawable.Draw{{What: d.Bound()}}}
	}}
}
