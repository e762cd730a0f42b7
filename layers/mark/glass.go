package mark

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// Glass is what a layer's bodies are of where a document says so; their colour tints it.
type Glass struct {
	Transmission float64     `json:"transmission" min:"0" max:"1" doc:"share of the light that goes in; the rest is sent back in the colour of the body"`
	IOR          float64     `json:"ior" min:"1" max:"4" doc:"index of refraction: water 1.33, glass 1.5, diamond 2.4"`
	Roughness    float64     `json:"roughness" min:"0" max:"1" doc:"of frosted glass: what is behind it blurs with its distance"`
	Solid        bool        `json:"solid" doc:"a closed body, which bends what is seen through it; else it is of thin panes, which do not"`
	Tint         scene.Color `json:"tint" doc:"what is left of white light after depth"`
	Depth        float64     `json:"depth" min:"0" unit:"m" doc:"way through a solid body after which tint is left of white light; 0 is clear"`
}

// SetDefaults fills the defaults: clear, solid window glass.
func (g *Glass) SetDefaults() {
	*g = Glass{Transmission: 1, IOR: 1.5, Solid: true, Tint: scene.Color{255, 255, 255, 255}}
}

// On makes a material glass; a nil Glass leaves it as it is. Glass is lit and replaces what is
// behind it, so a material that is not lit, or adds to what is behind it, ceases to.
// thickness, in the mesh's metres, stands for bodies of which no far side is found.
func (g *Glass) On(m *drawable.Material, thickness float64) {
	if g == nil {
		return
	}
	c := g.Tint.Linear()
	m.Glass = drawable.Glass{Transmission: float32(g.Transmission), IOR: float32(g.IOR), Left: [3]float32{c[0], c[1], c[2]}, Distance: float32(g.Depth)}
	m.Roughness, m.Metallic, m.Model = float32(g.Roughness), 0, drawable.Standard
	if m.Blend != drawable.Alpha {
		m.Blend = drawable.Opaque
	}
	if g.Solid {
		m.Glass.Thickness = float32(thickness)
	}
}
