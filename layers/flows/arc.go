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
	pairs, err := a.pairs(t)
	if err != nil {
		return nil, err
	}
	run := lines.Running{Period: a.Period, Count: a.Count, Tail: a.Tail, Rest: a.Rest, Taper: a.Taper, Spread: true}
	course := a.course()
	grounded := a.Shape == "ground" && c.Layer.Clamp == "ground" && c.Ground != nil
	// What differs by value tells by its order too, where the later hides the earlier.
	inOrder := grounded || c.Blend(drawable.Alpha) != drawable.Additive && (a.From.By != nil || a.To.By != nil || a.Width.By != nil)
	shaped := width.Varies() || offset.Varies() || tilt.Varies()
	shows := func(row int) bool { return width.Of(row) > 0 && !math.IsNaN(offset.Of(row)+tilt.Of(row)) }
	all := !shaped && t.Rows() > 0 && shows(0)
	places, batches := lines.Neighbours(t.Rows(), inOrder, func(row int) (lng, lat, lng2, lat2 float64, ok bool) {
		lng, lat, lng2, lat2, ok = pairs.of(row)
		return lng, lat, lng2, lat2, ok && (lng != lng2 || lat != lat2) && (all || shows(row))
	})
	count := 0
	for _, b := range batches {
		count += b.Count
	}
	for i := 0; i < len(places) && count < len(places); i++ { // some are missing
		if _, _, _, _, ok := pairs.of(i); !ok {
			c.Skip(t.IDs[i], "no two ends")
		}
	}
	b := lines.NewBuilder(a.Lines(c), amid(c, &pairs, places))
	if a.Flow {
		run.Apply(b.Lines)
	}
	if grounded {
		period := a.Period.Seconds()
		rows := make([]int, count)
		for row, at := range places {
			if at != lines.Absent {
				rows[at] = row
			}
		}
		b.Many(c, count, func(int) int { return groundSteps + 1 }, func(line int, add func(mgl64.Vec3, drawable.LineVertex)) {
			row := rows[line]
			lng, lat, lng2, lat2, _ := pairs.of(row)
			w := drawable.NewWay([2]mgl64.Vec3{earth.Place{Lng: lng, Lat: lat}.Up(), earth.Place{Lng: lng2, Lat: lat2}.Up()}, [2]float64{}, &course, tilt.Of(row))
			v := drawable.LineVertex{Width: float32(width.Of(row)), Offset: float32(offset.Of(row)), Feature: uint32(row)}
			for k := range groundSteps + 1 {
				share := float64(k) / groundSteps
				v.Color, v.Time = from.Of(row).Mix(to.Of(row), share), float32(run.Phase(row)+share*period)
				up := w.Up(share)
				add(c.Place(orb.Point{earth.Degrees(math.Atan2(up[1], up[0])), earth.Degrees(math.Asin(mgl64.Clamp(up[2], -1, 1)))}, 0).ECEF(), v)
			}
		})
		return b.Draws(), nil
	}
	l := b.Lines
	l.Course, l.Batches, l.Curves = course, batches, make([]drawable.Curve, count)
	l.Looks = make([]drawable.CurveLook, 1)
	varies := shaped || a.From.By != nil || a.To.By != nil
	look := func(row int) drawable.CurveLook {
		return drawable.CurveLook{Color: [2][4]uint8{from.Of(row), to.Of(row)}, Width: drawable.ToHalf(float32(width.Of(row))), Offset: drawable.ToHalf(float32(offset.Of(row))), Tilt: drawable.ToHalf(float32(tilt.Of(row)))}
	}
	if varies {
		l.Looks = make([]drawable.CurveLook, count)
	} else {
		l.Looks[0] = look(0)
	}
	layer.PlacesInParts(c, len(places), func(first, end int) struct{} {
		f := b.Frame()
		near := f.Near()
		ground, lift := c.OnGround(), c.Layer.Altitude
		high, half := math.NaN(), drawable.Half(0) // most heights are alike
		for row := first; row < end; row++ {
			at := places[row]
			if at == lines.Absent {
				continue
			}
			lng, lat, lng2, lat2, _ := pairs.of(row)
			from, to, v := earth.Place{Lng: lng, Lat: lat, Height: lift}, earth.Place{Lng: lng2, Lat: lat2, Height: lift}, &l.Curves[at]
			if ground {
				from, to = c.Place(orb.Point{lng, lat}, 0), c.Place(orb.Point{lng2, lat2}, 0)
			}
			x, y, z := near.Local(from)
			v.From[0], v.From[1], v.From[2] = float32(x), float32(y), float32(z)
			x, y, z = near.Local(to)
			v.To[0], v.To[1], v.To[2] = float32(x), float32(y), float32(z)
			if from.Height != high {
				high, half = from.Height, drawable.ToHalf(float32(from.Height/1000))
			}
			v.Height[0] = half
			if to.Height != high {
				high, half = to.Height, drawable.ToHalf(float32(to.Height/1000))
			}
			v.Height[1] = half
			v.Feature = uint32(row)
			if varies {
				l.Looks[at] = look(row)
			}
		}
		return struct{}{}
	})
	return b.Draws(), nil
}

// course is what the arcs have in common.
func (a *Arc) course() (c drawable.Course) {
	c.Period, c.Spread = float32(a.Period.Seconds()), a.Flow
	switch a.Shape {
	case "arc":
		c.Rise = float32(a.Height)
	case "ground":
		c.Bend = float32(a.Bend)
	}
	return c
}

// amid are places of some of the rows, for a frame amid them.
func amid(c *layer.Context, p *pairs, places []uint32) (out []mgl64.Vec3) {
	const sampled = 2048
	step := max(len(places)/sampled, 1)
	for row := 0; row < len(places); row++ {
		if places[row] == lines.Absent {
			continue
		}
		lng, lat, lng2, lat2, _ := p.of(row)
		out = append(out, c.Place(orb.Point{lng, lat}, 0).ECEF(), c.Place(orb.Point{lng2, lat2}, 0).ECEF())
		row += step - 1
	}
	return out
}

// groundSteps is the number of segments of a curve that follows the ground.
const groundSteps = 48
