package decor

import (
	"math"
	"math/rand/v2"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "sparks", Group: "decoration", Doc: "sparks that rise from places, or burst over them as fireworks",
	New: func() any {
		return &Sparks{Kind: "rising", Radius: scale.NumberBy{Constant: 60}, Height: scale.NumberBy{Constant: 200}, Color: scale.ColorBy{Constant: scene.Color{255, 196, 92, 255}}, Count: 60, Size: 4, Period: 4, Emission: 6}
	},
	Examples: []scene.Example{
		{Layer: `source: places, radius: 160, height: 600, size: 26`, Time: "2026-06-21T21:40:00Z"},
		{Name: "firework", Doc: "shells that rise and burst", Layer: `source: places, kind: firework, height: 700, radius: 420, size: 26, count: 110, color: {field: population, palette: turbo}`, Time: "2026-06-21T21:40:00Z", At: 5.6},
	},
})

// Sparks draws glowing particles at every point of its rows. They are placed anew for each
// frame by the time alone.
type Sparks struct {
	mark.Where
	Kind     string         `json:"kind" enum:"rising,firework" doc:"what they do"`
	Radius   scale.NumberBy `json:"radius" unit:"m" doc:"around the place within which they rise; of a burst"`
	Height   scale.NumberBy `json:"height" unit:"m" doc:"up to which they rise; of a burst"`
	Color    scale.ColorBy  `json:"color" theme:"accent" doc:"colour"`
	Count    int            `json:"count" min:"1" max:"2000" doc:"sparks of a place"`
	Size     float64        `json:"size" above:"0" unit:"m" doc:"diameter of a spark's glow"`
	Period   float64        `json:"period" above:"0" max:"3600" unit:"s" doc:"in which a spark rises, or a shell rises, bursts and fades"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness"`
}

// most sparks of a layer: where there are more, places have fewer each.
const most = 200_000

// Draw makes what moves the sparks.
func (s *Sparks) Draw(c *layer.Context) ([]drawable.Draw, error) {
	l, err := looksOf(c, &s.Where, s.Color, s.Radius, &s.Height)
	if err != nil {
		return nil, err
	}
	count := max(min(s.Count, most/max(len(l.spots), 1)), 1)
	var out []drawable.Draw
	for _, g := range mark.Groups(l.spots) {
		fountains := make([]fountain, len(g.Spots))
		for i, p := range g.Spots {
			fountains[i] = fountain{at: layer.Local(g.Frame, p.At), radius: l.radii[p.Row], height: l.heights[p.Row], color: l.colors[p.Row], row: uint32(p.Row)}
		}
		frame := g.Frame.Matrix()
		out = append(out, drawable.Draw{What: &drawable.Moving{Frame: frame, At: func(now drawable.Instant) drawable.Copies {
			d := &drawable.Points{Frame: frame, Metres: true, Least: 1.2, Blend: drawable.Additive, Emission: float32(s.Emission), Softness: 1, Brief: true}
			for _, p := range fountains {
				if s.Kind == "firework" {
					d.Vertices = s.burst(d.Vertices, p, count, now.Time)
				} else {
					d.Vertices = s.rise(d.Vertices, p, count, now.Time)
				}
			}
			return drawable.Copies{Draws: []drawable.Drawable{d.Bound()}}
		}}})
	}
	return out, nil
}

// fountain is where sparks come from.
type fountain struct {
	at             [3]float32
	radius, height float64
	color          scene.Color
	row            uint32
}

func (p *fountain) spark(x, y, z, size, alpha float64) drawable.PointVertex {
	v := drawable.PointVertex{Position: [3]float32{p.at[0] + float32(x), p.at[1] + float32(y), p.at[2] + float32(z)}, Size: float32(size), Color: p.color, Feature: p.row}
	v.Color[3] = uint8(float64(v.Color[3]) * math.Max(math.Min(alpha, 1), 0))
	return v
}

// rise adds sparks that drift up and flicker; each starts anew elsewhere when it is gone.
func (s *Sparks) rise(out []drawable.PointVertex, p fountain, count int, seconds float64) []drawable.PointVertex {
	for k := range count {
		own := rand.NewPCG(uint64(p.row), uint64(k))
		pace, start, size := 0.7+0.6*unit(own), unit(own), 0.5+unit(own)
		cycle := math.Floor(seconds/s.Period*pace + start)
		f := seconds/s.Period*pace + start - cycle
		now := rand.NewPCG(uint64(p.row)<<20|uint64(k), uint64(int64(cycle)))
		r, turn, sway := p.radius*math.Sqrt(unit(now)), 2*math.Pi*unit(now)+0.8*f, 2*math.Pi*unit(now)
		x, y := r*math.Cos(turn)+0.06*p.radius*math.Sin(7*f+sway), r*math.Sin(turn)+0.06*p.radius*math.Cos(6*f+sway)
		alpha := math.Min(8*f, 1) * (1 - f) * (0.65 + 0.35*math.Sin(40*f+sway))
		out = append(out, p.spark(x, y, p.height*math.Pow(f, 0.8), s.Size*size*(1-0.5*f), alpha))
	}
	return out
}

// burst adds a shell's trail and then its stars, which air brakes and weight pulls down, each
// with dots where it was.
func (s *Sparks) burst(out []drawable.PointVertex, p fountain, count int, seconds float64) []drawable.PointVertex {
	const rising, tail = 0.28, 6 // share of the period; dots of a star
	cycles := seconds/s.Period + float64(p.row)*0.6180339887498949
	cycle := math.Floor(cycles)
	f, own := cycles-cycle, rand.NewPCG(uint64(p.row), uint64(int64(cycle)))
	dx, dy, top := p.radius*0.5*(unit(own)-0.5), p.radius*0.5*(unit(own)-0.5), p.height*(0.85+0.3*unit(own))
	if f < rising {
		for k := range 14 {
			u := math.Max(f/rising-0.02*float64(k), 0)
			out = append(out, p.spark(dx*u, dy*u, top*(1-(1-u)*(1-u)), s.Size*(1-0.05*float64(k)), 0.8-0.06*float64(k)))
		}
		return out
	}
	since := (f - rising) / (1 - rising)
	for range count {
		z := 2*unit(own) - 1
		a, speed, life := 2*math.Pi*unit(own), 0.75+0.25*unit(own), 0.75+0.25*unit(own)
		flat := math.Sqrt(1 - z*z)
		for k := range tail {
			u := since - 0.02*float64(k)
			if u < 0 || u > life {
				continue
			}
			r := p.radius * speed * (1 - math.Exp(-4.5*u)) // drag
			fade := math.Pow(1-u/life, 1.5) * math.Pow(0.7, float64(k))
			out = append(out, p.spark(dx+r*flat*math.Cos(a), dy+r*flat*math.Sin(a), top+r*z-0.9*p.radius*u*u, s.Size*(1-0.1*float64(k)), fade))
		}
	}
	if since < 0.12 {
		out = append(out, p.spark(dx, dy, top, p.radius*0.9, 0.5*(1-since/0.12)))
	}
	return out
}

func unit(r *rand.PCG) float64 { return float64(r.Uint64()>>11) / (1 << 53) }
