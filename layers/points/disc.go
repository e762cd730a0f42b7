package points

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "disc", Group: "points", Doc: "discs on the ground with a pattern that moves: breathing bubbles, ripples, radars, turntables",
	New: func() any {
		return &Disc{Pattern: mark.Pattern{Pattern: "breathe", Stagger: 1, Emission: 1}, Radius: scale.NumberBy{Constant: 150}, Color: scale.ColorBy{Constant: scene.Color{64, 196, 255, 255}}, Reach: 400}
	},
	Examples: []scene.Example{
		{Layer: `source: places, radius: {field: population, scale: sqrt, range: [160, 420]}, color: {field: population, palette: neon}`},
		{Name: "ripple", Doc: "rings that leave a place", Layer: `source: places, pattern: ripple, radius: 420, color: "#ff5a36"`},
		{Name: "radar", Doc: "a beam that goes round over its range rings", Layer: `at: {lng: -30.505, lat: 36.499}, pattern: sweep, radius: 900, color: "#3dffb0"`},
		{Name: "fan", Doc: "a broad sector that turns", Layer: `source: places, pattern: sweep, radius: 360, repeat: 1, width: 0.45, period: 6, color: {field: population, palette: plasma}`},
		{Name: "turntable", Doc: "rings of ticks that turn under a thing on show", Layer: `at: {lng: -30.505, lat: 36.499}, pattern: turntable, radius: 800, color: "#58d6ff", stagger: 0`},
		{Name: "spiral", Doc: "arms that wind outwards", Layer: `source: places, pattern: spiral, radius: 380, color: "#c77dff"`},
		{Name: "pulse", Doc: "alarms that beat", Layer: `source: places, pattern: flash, radius: 320, color: "#ff3b30", stagger: 0.3`, At: 5.15},
		{Name: "gradient", Doc: "soft discs with a rim", Layer: `source: sensors, pattern: disc, radius: {field: megawatt, range: [90, 260]}, color: {field: megawatt, palette: neon}`},
	},
})

// Disc lays a disc on the ground at every point of its rows. Clamped to the ground it follows
// it, and whatever stands there; else it is flat. 32 bytes a row on the GPU.
type Disc struct {
	mark.Where
	mark.Pattern
	Radius scale.NumberBy `json:"radius" unit:"m" doc:"of the disc"`
	Angle  scale.NumberBy `json:"angle" unit:"°" doc:"turned clockwise from north"`
	Color  scale.ColorBy  `json:"color" theme:"accent" doc:"colour"`
	Height scale.NumberBy `json:"height" unit:"m" doc:"above where it lies"`
	Reach  float64        `json:"reach" min:"1" max:"1e5" unit:"m" doc:"clamped to the ground: how far above and below it the disc is laid on what is there"`
}

// Draw makes instances of one disc.
func (d *Disc) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := d.Table(c)
	if err != nil {
		return nil, err
	}
	colors, err := d.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	n, err := numbers(t, d.Radius, d.Height, d.Angle)
	if err != nil {
		return nil, err
	}
	radii, heights, angles := n[0], n[1], n[2]
	spots := mark.Spots(c, t, func(i int) float64 { return heights[i] + d.Where.Height() }, func(i int) bool { return colors[i][3] > 0 && radii[i] > 0 })
	return mark.Discs(c, mark.Groups(spots), d.Effect(), d.Reach, func(row int, it *drawable.Instance) {
		r := float32(radii[row])
		it.Scale, it.Color, it.Yaw = [2]float32{r, r}, colors[row], yaw(angles[row])
	}), nil
}
