package city

import (
	"fmt"
	"math"
	"sort"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/traffic"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var trafficType = layer.Register(scene.Type{Name: "traffic", Group: "city", Doc: "vehicles on the streets of a city, by the hour, with lights in the dark", Sources: []string{"osm", "vector"},
	New:      func() any { return &Traffic{Density: 1, Vehicles: 1, Lights: 1} },
	Examples: []scene.Example{{Layer: `source: city`, Camera: `{ lng: -30.4975, lat: 36.5079, height: 95, heading: 75, pitch: -14 }`}},
})

// Traffic drives along routes that are found when a package is generated.
type Traffic struct {
	Density  float64 `json:"density" min:"0" max:"4" fixed:"true" doc:"multiplies the vehicles that set out at the busiest hour"`
	Vehicles float64 `json:"vehicles" min:"0" max:"1" doc:"share of them that is shown"`
	Hour     float64 `json:"hour" min:"0" max:"24" doc:"local hour whose traffic is shown; 0 follows the scene's time"`
	Lights   float64 `json:"lights" min:"0" max:"20" doc:"brightness of head and tail lights in the dark"`
}

// Kind names what geo builds.
func (*Traffic) Kind() string { return "traffic" }

// run is a row of the table: a vehicle that sets out once in every cycle.
type run struct {
	model         string
	color         [4]uint8
	path          []mgl64.Vec3 // in the layer's frame
	along         []float64    // metres at each point
	times, metres []float64    // since it set out
	start, share  float64
	seed          uint64
	center        mgl64.Vec3
	radius        float64
	feature       uint32
}

// Draw reads the runs; where their vehicles are is asked for at every frame.
func (p *Traffic) Draw(c *layer.Context) ([]drawable.Draw, error) {
	if c.Table == nil {
		return nil, nil
	}
	runs, f, err := p.runs(c, c.Table)
	if err != nil {
		return nil, err
	}
	m := &drawable.Moving{Frame: f.Matrix(), At: func(at drawable.Instant) drawable.Copies { return p.at(runs, f, at) }}
	return []drawable.Draw{{What: m}}, nil
}

func (p *Traffic) runs(c *layer.Context, t *table.Table) ([]run, earth.Frame, error) {
	models, err := t.Strings("model")
	if err != nil {
		return nil, earth.Frame{}, err
	}
	paints, err := t.Strings("color")
	if err != nil {
		return nil, earth.Frame{}, err
	}
	var lists [4][][]float64
	for i, name := range []string{"height", "along", "times", "metres"} {
		if lists[i], err = t.Lists(name); err != nil {
			return nil, earth.Frame{}, err
		}
	}
	var numbers [3][]float64
	for i, name := range []string{"start", "share", "seed"} {
		if numbers[i], err = t.Numbers(name); err != nil {
			return nil, earth.Frame{}, err
		}
	}
	var points []mgl64.Vec3
	paths := make([][]mgl64.Vec3, t.Rows())
	for i, g := range t.Geometry {
		line, ok := g.(orb.LineString)
		if !ok || len(line) < 2 || len(lists[0][i]) != len(line) || len(lists[1][i]) != len(line) || len(lists[2][i]) < 2 || len(lists[3][i]) != len(lists[2][i]) {
			c.Skip(t.IDs[i], "damaged row of traffic")
			continue
		}
		for k, q := range line {
			paths[i] = append(paths[i], earth.Place{Lng: q[0], Lat: q[1], Height: lists[0][i][k] + c.Layer.Altitude}.ECEF())
		}
		points = append(points, paths[i]...)
	}
	f := layer.Frame(points)
	var out []run
	for i, path := range paths {
		if path == nil {
			continue
		}
		paint, err := scene.ParseColor(paints[i])
		if err != nil {
			return nil, f, fmt.Errorf("row %s: %w", t.IDs[i], err)
		}
		r := run{model: models[i], color: paint, along: lists[1][i], times: lists[2][i], metres: lists[3][i],
			start: numbers[0][i], share: numbers[1][i], seed: uint64(numbers[2][i]), feature: uint32(i)}
		lo, hi := f.ToLocal(path[0]), f.ToLocal(path[0])
		for _, q := range path {
			v := f.ToLocal(q)
			r.path = append(r.path, v)
			for k := range v {
				lo[k], hi[k] = math.Min(lo[k], v[k]), math.Max(hi[k], v[k])
			}
		}
		r.center, r.radius = lo.Add(hi).Mul(0.5), hi.Sub(lo).Len()/2
		out = append(out, r)
	}
	return out, f, nil
}

// emerge is the time in seconds in which vehicles grow at the ends of their ways.
const emerge = 0.7

// at places all vehicles of an instant, in the order of their rows.
func (p *Traffic) at(runs []run, f earth.Frame, at drawable.Instant) drawable.Copies {
	hour := p.Hour
	if hour == 0 {
		u := at.Clock.UTC()
		hour = float64(u.Hour()) + float64(u.Minute())/60 + float64(u.Second())/3600 + f.Origin.Lng/15
	}
	busy := traffic.Share(hour) * p.Vehicles
	var out drawable.Copies
	index := map[string]int{}
	for i := range runs {
		r := &runs[i]
		if r.center.Sub(at.Eye).Len()-r.radius > at.Reach {
			continue
		}
		total := r.times[len(r.times)-1]
		last := math.Floor((at.Time - r.start) / traffic.Cycle)
		for n := math.Ceil((at.Time - r.start - total) / traffic.Cycle); n <= last; n++ {
			since := at.Time - r.start - n*traffic.Cycle
			if since < 0 || since > total || traffic.Chance(r.seed+uint64(int64(n))*0x9e3779b97f4a7c15) >= r.share*busy {
				continue
			}
			k, ok := index[r.model]
			if !ok {
				k = len(out.Models)
				index[r.model] = k
				out.Models = append(out.Models, drawable.Copy{Model: r.model})
			}
			v, d := r.place(since)
			grow := min(since/emerge, (total-since)/emerge, 1)
			size := float32(vehicleHeight(r.model) * grow)
			out.Models[k].Items = append(out.Models[k].Items, drawable.Instance{
				Position: [3]float32{float32(v[0]), float32(v[1]), float32(v[2])}, Yaw: float32(math.Atan2(d[1], d[0])),
				Scale: [2]float32{size, size}, Color: r.color, Feature: r.feature})
			if at.Dark > 0 && p.Lights > 0 {
				out.Lights = r.lights(out.Lights, v, d, at.Dark*p.Lights*grow)
			}
		}
	}
	return out
}

// place is where a vehicle is so many seconds after it set out, and where it looks: along
// the chord of its length.
func (r *run) place(since float64) (at, dir mgl64.Vec3) {
	i := min(max(sort.SearchFloat64s(r.times, since), 1), len(r.times)-1)
	t := (since - r.times[i-1]) / (r.times[i] - r.times[i-1])
	s := r.metres[i-1] + t*(r.metres[i]-r.metres[i-1])
	front, back := r.on(s), r.on(s-vehicleLength(r.model))
	d := front.Sub(back)
	if d.Len() < 1e-3 {
		d = r.path[1].Sub(r.path[0])
	}
	return front.Add(back).Mul(0.5), d.Normalize()
}

// on is the point of the path so many metres along; beyond its ends it goes straight on.
func (r *run) on(s float64) mgl64.Vec3 {
	i := min(max(sort.SearchFloat64s(r.along, s), 1), len(r.along)-1)
	t := (s - r.along[i-1]) / math.Max(r.along[i]-r.along[i-1], 1e-6)
	return r.path[i-1].Add(r.path[i].Sub(r.path[i-1]).Mul(t))
}

// The front and the rear of vehicles by model, and their height, in metres.
func vehicleLength(model string) float64 { return measuresOf(model)[0] }
func vehicleHeight(model string) float64 { return measuresOf(model)[1] }

func measuresOf(model string) [2]float64 {
	if m, ok := vehicleSizes[model]; ok {
		return m
	}
	return vehicleSizes["car"]
}

var vehicleSizes = map[string][2]float64{"car": {4.4, 1.42}, "suv": {4.65, 1.68}, "van": {5.5, 2.25}, "bus": {12, 3}, "truck": {9, 3.4}}

// lights adds two head and two tail lights just outside of the body, which hides them from
// the other side.
func (r *run) lights(out []drawable.PointVertex, at, dir mgl64.Vec3, bright float64) []drawable.PointVertex {
	side := mgl64.Vec3{-dir[1], dir[0], 0}.Normalize().Mul(0.62)
	half := vehicleLength(r.model)/2 + 0.12
	alpha := uint8(math.Min(255*bright, 255))
	add := func(end float64, z float64, size float32, c [3]uint8) {
		for _, s := range [2]float64{1, -1} {
			q := at.Add(dir.Mul(end)).Add(side.Mul(s))
			out = append(out, drawable.PointVertex{Position: [3]float32{float32(q[0]), float32(q[1]), float32(q[2] + z)}, Size: size, Color: [4]uint8{c[0], c[1], c[2], alpha}, Feature: r.feature})
		}
	}
	add(half, 0.66, 0.34, [3]uint8{255, 240, 214})
	add(-half, 0.78, 0.26, [3]uint8{255, 34, 22})
	return out
}
