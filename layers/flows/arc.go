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
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "arc", Group: "flows", Doc: "arcs between two places: high ones, routes along great circles, or curves on the ground",
	New: func() any {
		return &Arc{Stroke: lines.NewStroke(3, 1.5), Other: Other{"lng2", "lat2"}, Shape: "arc", Height: 0.3, Bend: 0.25,
			From: scale.ColorBy{Constant: scene.Color{0, 229, 255, 255}}, To: scale.ColorBy{Constant: scene.Color{255, 70, 190, 255}},
			Period: scene.Seconds(4), Count: 1, Tail: 0.25, Rest: 0.25}
	},
	Examples: []scene.Example{
		{Layer: `source: flows, width: {field: people, range: [1, 5]}, flow: true`},
		{Name: "fly-line", Doc: "comets with thin tails, several on each arc", Layer: `source: flows, width: 7, height: 0.5, flow: true, count: 2, tail: 0.45, taper: 1, rest: 0.12, emission: 5, fromColor: "#ffb703", toColor: "#ff5d8f"`},
		{Name: "ground", Doc: "curves on the ground, as wide as their volume", Layer: `source: flows, shape: ground, unit: m, flat: true, width: {field: people, range: [10, 90]}, cap: butt, fromColor: "#90e0ef", toColor: "#0077b6"`},
		{Name: "route", Doc: "great circles at one height, dashed", Layer: `source: flows, shape: route, altitude: 250, width: 3, dash: {on: 14, off: 10, speed: 20}, fromColor: "#ffffff", toColor: "#8ecae6"`},
		{Name: "fan", Doc: "arcs that lean aside, so that there and back are two", Layer: `source: flows, height: 0.4, tilt: 40, width: {field: people, range: [1, 6]}, emission: 2`},
	},
})

// Arc connects each row's point to a second position, or the two ends of its line.
type Arc struct {
	lines.Stroke
	Other
	Shape  string         `json:"shape" enum:"arc,route,ground" doc:"arc rises in the middle; route follows the great circle at the layer's altitude; ground bends aside upon the ground"`
	Height float64        `json:"height" min:"0" max:"2" doc:"of an arc's middle, as a share of the distance"`
	Tilt   scale.NumberBy `json:"tilt" doc:"degrees by which an arc leans to the right of its way, up to 90"`
	Bend   float64        `json:"bend" min:"-1" max:"1" doc:"of a ground curve's middle to the right, as a share of the distance"`
	From   scale.ColorBy  `json:"fromColor" doc:"colour at the start; where a colour or the width follows a field, later rows lie over earlier ones"`
	To     scale.ColorBy  `json:"toColor" doc:"colour at the end"`
	Flow   bool           `json:"flow" doc:"lights run along the arcs"`
	Period scene.Time     `json:"period" above:"0" max:"3600" unit:"s" doc:"time of a light from end to end"`
	Count  float64        `json:"count" min:"1" max:"100" doc:"lights on an arc at once"`
	Tail   float64        `json:"tail" above:"0" max:"1" doc:"length of a light, as a share of the way to the next one"`
	Rest   float64        `json:"rest" min:"0" max:"1" doc:"opacity of the arc where there is no light"`
	Taper  float64        `json:"taper" min:"0" max:"1" doc:"share of the width that the end of the tail lacks"`
}

// Draw makes one curve for each row, and a polyline of those that follow the ground.
func (a *Arc) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	from, err := a.From.Each(t)
	if err != nil {
		return nil, err
	}
	to, err := a.To.Each(t)
	if err != nil {
		return nil, err
	}
	var numbers [3]scale.Numbers
	for i, by := range []scale.NumberBy{a.Width, a.Offset, a.Tilt} {
		if numbers[i], err = by.Each(t); err != nil {
			return nil, err
		}
	}
	width, offset, tilt := &numbers[0], &numbers[1], &numbers[2]
	ends, err := a.ends(c)
	if err != nil {
		return nil, err
	}
	spans := spansOf(c, ends, func(row int) bool { return width.Of(row) > 0 && !math.IsNaN(offset.Of(row)+tilt.Of(row)) })
	b := lines.NewBuilder(a.Lines(c), corners(spans))
	run := lines.Running{Period: a.Period, Count: a.Count, Tail: a.Tail, Rest: a.Rest, Taper: a.Taper, Spread: true}
	if a.Flow {
		run.Apply(b.Lines)
	}
	period := a.Period.Seconds()
	if a.Shape == "ground" && c.Layer.Clamp == "ground" && c.Ground != nil {
		b.Many(c, len(spans), func(int) int { return groundSteps + 1 }, func(line int, add func(mgl64.Vec3, drawable.LineVertex)) {
			s := &spans[line]
			w := a.way(s, tilt.Of(s.row))
			v := drawable.LineVertex{Width: float32(width.Of(s.row)), Offset: float32(offset.Of(s.row)), Feature: uint32(s.row)}
			for k := range groundSteps + 1 {
				share := float64(k) / groundSteps
				v.Color, v.Time = from.Of(s.row).Mix(to.Of(s.row), share), float32(run.Phase(s.row)+share*period)
				up := w.up(share)
				add(c.Place(orb.Point{earth.Degrees(math.Atan2(up[1], up[0])), earth.Degrees(math.Asin(mgl64.Clamp(up[2], -1, 1)))}, 0).ECEF(), v)
			}
		})
		return b.Draws(), nil
	}
	ways := func(i int) (from, to mgl64.Vec3) { return spans[i].at[0], spans[i].at[1] }
	// What differs by value tells by its order too, where the later hides the earlier.
	inOrder := b.Lines.Blend != drawable.Additive && (a.From.By != nil || a.To.By != nil || a.Width.By != nil)
	b.Curves(len(spans), inOrder, ways, func(i int, v *drawable.Curve) [7]mgl64.Vec3 {
		s := &spans[i]
		phase := 0.0
		if a.Flow {
			phase = run.Phase(s.row)
		}
		v.Width, v.Offset, v.Feature = float32(width.Of(s.row)), float32(offset.Of(s.row)), uint32(s.row)
		v.Color = [2][4]uint8{from.Of(s.row), to.Of(s.row)}
		v.Time = [2]float32{float32(phase), float32(phase + period)}
		w := a.way(s, tilt.Of(s.row))
		return w.nodes(s)
	})
	return b.Draws(), nil
}

// groundSteps is the number of segments of a curve that follows the ground.
const groundSteps = 48
