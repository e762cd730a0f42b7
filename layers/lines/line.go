package lines

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "line", Group: "lines", Doc: "polylines and outlines of areas",
	New: func() any {
		return &Line{Stroke: NewStroke(3, 1), Color: scale.ColorBy{Constant: scene.Color{255, 255, 255, 255}}}
	},
	Examples: []scene.Example{
		{Layer: `source: zones, width: 2, color: "#7fe3ff"`},
		{Name: "dashed", Doc: "dashes that walk", Layer: `source: zones, width: 4, cap: butt, dash: {on: 22, off: 12, speed: 20}, color: "#ffd166"`},
		{Name: "gradient", Doc: "colours along the way", Layer: `source: trips, width: 4, gradient: ["#3a0ca3", "#f72585", "#ffd166"]`},
		{Name: "cased", Doc: "wide lines in metres that lie on the ground, with a rim", Layer: `source: zones, unit: m, width: 40, flat: true, join: mitre, casing: {width: 12, color: "#0b1b33"}, color: "#f4f7fb"`},
		{Name: "arrows", Doc: "chevrons that show where the way leads", Layer: `source: trips, unit: m, width: 44, flat: true, arrows: {length: 22, gap: 60, unit: m, speed: 40}, color: "#1565c0"`},
		{Name: "neon", Doc: "emissive lines that flicker", Layer: `source: zones, width: 4, emission: 8, flicker: 0.6, color: {field: rent, palette: neon}`},
		{Name: "heat", Doc: "a value at each vertex becomes colour and width", Layer: `source: trips, width: {field: timestamps, range: [2, 9]}, color: {field: timestamps, palette: turbo}`},
		{Name: "running-border", Doc: "light travels along outlines", Layer: `source: zones, width: 5, emission: 4, color: "#5cf2ff", flow: {period: 6s, tail: 0.35, rest: 0.18}`},
	},
})

// Line draws the lines of its rows, and the rings of areas.
type Line struct {
	Stroke
	Color    scale.ColorBy `json:"color" theme:"accent" doc:"colour, by a field that has a value for each row or a list with one for each vertex"`
	Gradient []scene.Color `json:"gradient" doc:"two or more colours spread over the length of each line, instead of color"`
	Flow     *Running      `json:"flow" doc:"lights that run along the lines"`
}

// Running is lights that run along lines, from end to end.
type Running struct {
	Period scene.Time `json:"period" above:"0" max:"3600" unit:"s" doc:"time of a light from end to end"`
	Count  float64    `json:"count" min:"1" max:"1000" doc:"lights on a line at once"`
	Tail   float64    `json:"tail" above:"0" max:"1" doc:"length of a light, as a share of the way to the next one"`
	Rest   float64    `json:"rest" min:"0" max:"1" doc:"opacity of the line where there is no light"`
	Taper  float64    `json:"taper" min:"0" max:"1" doc:"share of the width that the end of the tail lacks"`
	Spread bool       `json:"spread" doc:"each line begins at another moment"`
}

// SetDefaults fills the defaults.
func (r *Running) SetDefaults() {
	*r = Running{Period: scene.Seconds(4), Count: 1, Tail: 0.3, Rest: 0.25, Spread: true}
}

// Apply sets the look of lines whose vertices have times from 0 to Seconds.
func (r *Running) Apply(l *drawable.Lines) {
	cycle := r.Period.Seconds() / math.Max(r.Count, 1)
	l.Flow = drawable.Comet{Cycle: cycle, Trail: cycle * r.Tail, Rest: float32(r.Rest), Taper: float32(r.Taper)}
}

// Phase is the time at which the light of a row sets out.
func (r *Running) Phase(row int) float64 {
	if !r.Spread {
		return 0
	}
	return r.Period.Seconds() * math.Mod(float64(row)*0.61803398875, 1) // evenly, without chance
}

// Draw makes lines.
func (l *Line) Draw(c *layer.Context) ([]drawable.Draw, error) {
	p, err := paint(c, l.Color, l.Width)
	if err != nil {
		return nil, err
	}
	offsets, err := l.Offset.Numbers(p.table)
	if err != nil {
		return nil, err
	}
	b := NewBuilder(l.Lines(c), Corners(c, p.table.Geometry))
	if l.Flow != nil {
		l.Flow.Apply(b.Lines)
	}
	p.each(c, func(row int, ps []orb.Point, of look) {
		l.part(c, b, ps, drawable.LineVertex{Offset: float32(offsets[row]), Feature: uint32(row)}, of)
	})
	return b.Draws(), nil
}

// part adds a line, with the colour and the width of its vertices.
func (l *Line) part(c *layer.Context, b *Builder, ps []orb.Point, v drawable.LineVertex, of look) {
	first := len(b.Lines.Vertices)
	b.Begin()
	add := func(at mgl64.Vec3, vertex int, share float64) {
		color, width := of(vertex, share)
		v.Color, v.Width = color, float32(width)
		b.Add(at, v)
	}
	for k, q := range ps {
		if k > 0 {
			way := c.Between(ps[k-1], q)
			for n, p := range way {
				add(p, k-1, float64(n+1)/float64(len(way)+1))
			}
		}
		add(c.Place(q, 0).ECEF(), k, 0)
	}
	if l.Flow == nil && len(l.Gradient) == 0 {
		return
	}
	spread(b.Lines.Vertices[first:], func(v *drawable.LineVertex, share float64) {
		if len(l.Gradient) > 0 {
			v.Color = Ramp(l.Gradient).At(share)
		}
		if l.Flow != nil {
			v.Time = float32(l.Flow.Phase(int(v.Feature)) + share*l.Flow.Period.Seconds())
		}
	})
}

// spread calls set for each vertex of a line with its share of the length.
func spread(line []drawable.LineVertex, set func(v *drawable.LineVertex, share float64)) {
	along := make([]float64, len(line))
	for i := 1; i < len(line); i++ {
		p, q := line[i-1].Position, line[i].Position
		along[i] = along[i-1] + math.Sqrt(sq(q[0]-p[0])+sq(q[1]-p[1])+sq(q[2]-p[2]))
	}
	for i := range line {
		share := 0.0
		if total := along[len(along)-1]; total > 0 {
			share = along[i] / total
		}
		set(&line[i], share)
	}
}

func sq(v float32) float64 { return float64(v) * float64(v) }
