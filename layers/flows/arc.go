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
	From   scale.ColorBy  `json:"fromColor" doc:"colour at the start"`
	To     scale.ColorBy  `json:"toColor" doc:"colour at the end"`
	Flow   bool           `json:"flow" doc:"lights run along the arcs"`
	Period scene.Time     `json:"period" above:"0" max:"3600" unit:"s" doc:"time of a light from end to end"`
	Count  float64        `json:"count" min:"1" max:"100" doc:"lights on an arc at once"`
	Tail   float64        `json:"tail" above:"0" max:"1" doc:"length of a light, as a share of the way to the next one"`
	Rest   float64        `json:"rest" min:"0" max:"1" doc:"opacity of the arc where there is no light"`
	Taper  float64        `json:"taper" min:"0" max:"1" doc:"share of the width that the end of the tail lacks"`
}

// arcSteps is the number of segments of an arc.
const arcSteps = 48

// Draw makes one polyline for each row.
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
	var numbers [3][]float64
	for i, by := range []scale.NumberBy{a.Width, a.Offset, a.Tilt} {
		if numbers[i], err = by.Numbers(t); err != nil {
			return nil, err
		}
	}
	ends, err := a.ends(c)
	if err != nil {
		return nil, err
	}
	around := make([]mgl64.Vec3, 0, 2*len(ends))
	rows := make([]int, 0, len(ends))
	for i := range ends {
		if e := &ends[i]; e.found {
			around = append(around, c.Place(e.at[0], 0).ECEF(), c.Place(e.at[1], 0).ECEF())
			if numbers[0][i] > 0 {
				rows = append(rows, i)
			}
		}
	}
	b := lines.NewBuilder(a.Lines(c), around)
	run := lines.Running{Period: a.Period, Count: a.Count, Tail: a.Tail, Rest: a.Rest, Taper: a.Taper, Spread: true}
	if a.Flow {
		run.Apply(b.Lines)
	}
	b.Even(c, len(rows), arcSteps+1, func(line int, add func(mgl64.Vec3, drawable.LineVertex)) {
		i := rows[line]
		v := drawable.LineVertex{Width: float32(numbers[0][i]), Offset: float32(numbers[1][i]), Feature: uint32(i)}
		phase := run.Phase(i)
		a.curve(c, ends[i].at, numbers[2][i], func(k int, p mgl64.Vec3) {
			share := float64(k) / arcSteps
			v.Color, v.Time = from[i].Mix(to[i], share), float32(phase+share*a.Period.Seconds())
			add(p, v)
		})
	})
	return b.Draws(), nil
}

// highest is how far an arc rises at most: halfway round the Earth it need not leave it.
const highest = 3e6

// curve follows the great circle between two places (slerp of their normals); it rises as a
// parabola, upright or leaning, or bends aside as one.
func (a *Arc) curve(c *layer.Context, e [2]orb.Point, tilt float64, add func(k int, at mgl64.Vec3)) {
	from, to := c.Place(e[0], 0), c.Place(e[1], 0)
	u, v := from.Up(), to.Up()
	right := u.Cross(v)
	angle := math.Atan2(right.Len(), u.Dot(v))
	length := angle * earth.A
	if n := right.Len(); n > 1e-12 {
		right = right.Mul(-1 / n)
	} else {
		right = mgl64.Vec3{}
	}
	var rise, aside float64
	switch a.Shape {
	case "arc":
		top := a.Height * length
		if top > highest {
			top = highest + (top-highest)*0.1
		}
		lean := earth.Radians(mgl64.Clamp(tilt, -90, 90))
		rise, aside = top*math.Cos(lean), top*math.Sin(lean)
	case "ground":
		aside = math.Max(math.Min(a.Bend*length, highest), -highest)
	}
	ups := slerp(u, v, angle)
	for k, up := range ups {
		t := float64(k) / arcSteps
		bow := 4 * t * (1 - t)
		if aside != 0 {
			up = up.Add(right.Mul(aside * bow / earth.A)).Normalize()
		}
		if a.Shape == "ground" {
			lng, lat := earth.Degrees(math.Atan2(up[1], up[0])), earth.Degrees(math.Asin(mgl64.Clamp(up[2], -1, 1)))
			add(k, c.Place(orb.Point{lng, lat}, 0).ECEF())
			continue
		}
		add(k, along(up, from.Height+(to.Height-from.Height)*t+rise*bow))
	}
}

// along is the point at a height above the ellipsoid where up is its normal, as Place.ECEF has
// it by longitude and latitude.
func along(up mgl64.Vec3, height float64) mgl64.Vec3 {
	n := earth.A / math.Sqrt(1-earth.E2*up[2]*up[2])
	return mgl64.Vec3{(n + height) * up[0], (n + height) * up[1], (n*(1-earth.E2) + height) * up[2]}
}

// slerp is unit vectors at even angles from u to v, which are so far apart (Shoemake 1985). The
// sines of the multiples of a step follow from each other by its rotation.
func slerp(u, v mgl64.Vec3, angle float64) (out [arcSteps + 1]mgl64.Vec3) {
	s := math.Sin(angle)
	if s < 1e-9 {
		w := mgl64.Vec3{}
		if angle > 1 { // antipodes: any great circle will do, take one over the pole
			w = mgl64.Vec3{0, 0, 1}
			if math.Abs(u[2]) > 0.9 {
				w = mgl64.Vec3{1, 0, 0}
			}
			w = w.Sub(u.Mul(w.Dot(u))).Normalize()
		}
		for k := range out {
			sin, cos := math.Sincos(angle * float64(k) / arcSteps)
			out[k] = u.Mul(cos).Add(w.Mul(sin))
		}
		return out
	}
	var sines [arcSteps + 1]float64
	sin, cos := math.Sincos(angle / arcSteps)
	x, y := 1.0, 0.0
	for k := range sines {
		sines[k] = y / s
		x, y = x*cos-y*sin, x*sin+y*cos
	}
	for k := range out {
		p, q := sines[arcSteps-k], sines[k]
		out[k] = mgl64.Vec3{p*u[0] + q*v[0], p*u[1] + q*v[1], p*u[2] + q*v[2]}
	}
	return out
}
