package points

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "pin", Group: "points", Doc: "solid pins, lit by the scene, which may bounce or turn",
	New: func() any {
		return &Pin{Shape: "drop", Size: scale.NumberBy{Constant: 60}, Color: scale.ColorBy{Constant: scene.Color{235, 64, 52, 255}}, Motion: "none", Period: 1.2, Emission: 0.15}
	},
	Examples: []scene.Example{
		{Layer: `source: places, size: 420`},
		{Name: "bouncing", Doc: "pins that bounce, each in its own time", Layer: `source: places, size: 420, motion: bounce, color: {field: population, palette: neon}`, At: 5.2},
		{Name: "needle", Doc: "balls on a stem", Layer: `source: places, shape: needle, size: 520, color: "#ffb020"`},
		{Name: "gem", Doc: "gems that turn above a place", Layer: `source: places, shape: gem, size: 360, motion: turn, period: 4, color: "#22d3a6", emission: 0.5`},
	},
})

// Pin draws a pin at every point of its rows: 32 bytes a row on the GPU. Pins that move are
// placed anew for each frame by the time alone.
type Pin struct {
	mark.Where
	Shape    string         `json:"shape" enum:"drop,needle,gem,cone" doc:"a drop on its tip, a ball on a stem, an octahedron, a cone on its tip"`
	Size     scale.NumberBy `json:"size" unit:"m" doc:"height"`
	Color    scale.ColorBy  `json:"color" theme:"accent" doc:"colour"`
	Height   scale.NumberBy `json:"height" unit:"m" doc:"of its foot above where it stands"`
	Motion   string         `json:"motion" enum:"none,bounce,turn,float" doc:"what it does: a gem looks best turning, a drop bouncing"`
	Period   float64        `json:"period" above:"0" max:"3600" unit:"s" doc:"of a bounce, a turn or a rise and fall"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"light of its own, for pins by night"`
}

// Draw makes instances of one pin, or what moves them.
func (p *Pin) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := p.Table(c)
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	n, err := numbers(t, p.Size, p.Height)
	if err != nil {
		return nil, err
	}
	sizes, heights := n[0], n[1]
	m := mark.Solid(c, 0.22, p.Emission)
	m.Reflectance = 0.6
	spots := mark.Spots(c, t, func(i int) float64 { return heights[i] + p.Where.Height() }, func(i int) bool { return colors[i][3] > 0 && sizes[i] > 0 })
	still := mark.Copies(mark.Groups(spots), p.body(m), func(row int, it *drawable.Instance) {
		s := float32(sizes[row])
		it.Scale, it.Color = [2]float32{s, s}, colors[row]
	})
	if p.Motion == "none" {
		return still, nil
	}
	for i := range still {
		still[i].What = p.moving(still[i].What.(*drawable.Instances))
	}
	return still, nil
}

// moving places copies by the time.
func (p *Pin) moving(d *drawable.Instances) *drawable.Moving {
	return mark.Moving(d, func(now float64, it drawable.Instance, out []drawable.Instance) []drawable.Instance {
		t := mark.Phase(now/p.Period, it.Feature)
		switch p.Motion {
		case "bounce": // a throw, and the body gives way where it lands
			h := 4 * t * (1 - t)
			squash := float32(0.16 * math.Exp(-30*h))
			it.Position[2] += float32(0.45*h) * it.Scale[1]
			it.Scale[0] *= 1 + squash
			it.Scale[1] *= 1 - squash
		case "turn":
			it.Yaw = float32(2 * math.Pi * t)
			it.Position[2] += float32(0.05*math.Sin(2*math.Pi*t)) * it.Scale[1]
		case "float":
			it.Position[2] += float32(0.06*(1-math.Cos(2*math.Pi*t))) * it.Scale[1]
		}
		return append(out, it)
	})
}

// body is a pin of height 1.
func (p *Pin) body(m *drawable.Material) *drawable.Mesh {
	switch p.Shape {
	case "needle":
		profile := []mark.Ring{{R: 0, Z: 0}, {R: 0.022, Z: 0.06}, {R: 0.022, Z: 0.7}}
		return mark.Lathe(m, 32, true, append(profile, ball(0.15, 0.85, 0.15-math.Pi/2)...)...)
	case "gem":
		return mark.Lathe(m, 4, false, mark.Ring{R: 0, Z: 0.12}, mark.Ring{R: 0.3, Z: 0.6}, mark.Ring{R: 0, Z: 1})
	case "cone":
		return mark.Lathe(m, 40, false, mark.Ring{R: 0, Z: 0}, mark.Ring{R: 0.32, Z: 0.94}, mark.Ring{R: 0.27, Z: 1}, mark.Ring{R: 0, Z: 1})
	}
	// A ball, and the cone that touches it and has its tip on the ground.
	const r = 0.31
	z := 1 - r
	turn := math.Asin(r / z) // of the cone's side from the axis
	profile := []mark.Ring{{R: 0, Z: 0}, {R: 0.4 * r * math.Cos(turn), Z: 0.4 * (z - r*math.Sin(turn))}}
	return mark.Lathe(m, 40, true, append(profile, ball(r, z, -turn)...)...)
}

// ball is the rings of a ball's surface, from an angle above its middle's height up to its
// top.
func ball(r, z, from float64) []mark.Ring {
	const n = 14
	var out []mark.Ring
	for i := range n + 1 {
		sin, cos := math.Sincos(from + (math.Pi/2-from)*float64(i)/n)
		out = append(out, mark.Ring{R: math.Max(r*cos, 0), Z: z + r*sin})
	}
	return out
}
