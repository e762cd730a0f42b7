package decor

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "dome", Group: "decoration", Doc: "half spheres over places: shields of hexagons, ranges of service, energy",
	New: func() any {
		return &Dome{Pattern: mark.Pattern{Pattern: "hexagons", Emission: 1}, Radius: scale.NumberBy{Constant: 300}, Color: scale.ColorBy{Constant: scene.Color{70, 170, 255, 255}}, Density: 0.9, Base: true}
	},
	Examples: []scene.Example{
		{Layer: `at: {lng: -30.505, lat: 36.499}, radius: 900`},
		{Name: "energy", Doc: "a shell of bolts", Layer: `at: {lng: -30.505, lat: 36.499}, radius: 900, pattern: energy, color: "#9fd6ff", emission: 3`, Time: "2026-06-21T21:40:00Z"},
		{Name: "range", Doc: "how far a service reaches", Layer: `source: places, radius: {field: population, range: [220, 520]}, pattern: grid, repeat: 6, color: {field: population, palette: neon}`},
		{Name: "radar", Doc: "the sky that a radar scans", Layer: `at: {lng: -30.505, lat: 36.499}, radius: 900, pattern: sweep, color: "#3dffb0"`},
	},
})

// Dome draws half a sphere at every point of its rows: 64 bytes a row, for thousands. Its
// pattern is that of a disc laid over it, whose middle is the top.
type Dome struct {
	mark.Where
	mark.Pattern
	Radius  scale.NumberBy `json:"radius" unit:"m" doc:"of the sphere"`
	Color   scale.ColorBy  `json:"color" theme:"accent" doc:"colour"`
	Shell   float64        `json:"shell" min:"0" max:"1" doc:"how much of it is seen at its outline alone"`
	Density float64        `json:"density" min:"0" max:"1" doc:"opacity of the pattern"`
	Glass   *mark.Glass    `json:"glass" doc:"a shell of glass below the pattern, in its colour; it is thin, and solid is of no matter"`
	Base    bool           `json:"base" doc:"a line where it meets the ground"`
}

// Draw makes instances of one dome.
func (d *Dome) Draw(c *layer.Context) ([]drawable.Draw, error) {
	l, err := looksOf(c, &d.Where, d.Color, d.Radius, nil)
	if err != nil {
		return nil, err
	}
	groups := mark.Groups(l.spots)
	e := d.Effect()
	e.Fade, e.Rim = 0, float32(-d.Shell)
	look := func(row int, it *drawable.Instance) {
		r := float32(l.radii[row])
		it.Scale, it.Color = [2]float32{r, r}, l.colors[row]
		it.Color[3] = uint8(float64(it.Color[3]) * d.Density)
	}
	out := mark.Copies(groups, mark.Dome(mark.Material("dome", e, c.Blend(drawable.Alpha)), 16, 64), look)
	if d.Glass != nil {
		m := drawable.DefaultMaterial()
		m.Name, m.DoubleSided = "glass dome", true
		d.Glass.On(m, 0)
		out = append(out, mark.Copies(groups, mark.Dome(m, 32, 128), func(row int, it *drawable.Instance) {
			r := float32(l.radii[row] * 0.997) // within the pattern
			it.Scale, it.Color = [2]float32{r, r}, l.colors[row]
		})...)
	}
	if d.Base {
		base := mark.Pattern{Pattern: "disc", Emission: d.Emission}
		b := base.Effect()
		b.Width, b.Fill = 0.02, 0
		out = append(out, mark.Discs(c, groups, b, 200, look)...)
	}
	return out, nil
}
