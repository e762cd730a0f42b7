package labels

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

// Backing is embedded by types of text: a plate behind it, and a shadow.
type Backing struct {
	Background   scale.ColorBy `json:"background" doc:"colour of a plate behind the text; transparent is none"`
	Padding      [2]float64    `json:"padding" min:"0" max:"200" unit:"px" doc:"plate: room left and right of the text, and above and below it"`
	Radius       float64       `json:"radius" min:"0" max:"200" unit:"px" doc:"plate: of its corners; as large as half its height makes a pill"`
	Border       scene.Color   `json:"border" doc:"plate: colour of its border"`
	BorderWidth  float64       `json:"borderWidth" min:"0" max:"20" unit:"px" doc:"plate: width of its border; 0 has none"`
	Shadow       scene.Color   `json:"shadow" doc:"colour of a shadow that the plate drops, or the letters where there is none; transparent is none"`
	ShadowOffset [2]float64    `json:"shadowOffset" min:"-100" max:"100" unit:"px" doc:"shadow: moved to the right and down"`
	ShadowBlur   float64       `json:"shadowBlur" min:"0" max:"100" unit:"px" doc:"shadow: across which its edge fades; of letters up to a seventh of their size"`
}

// backed are the defaults: neither plate nor shadow.
func backed() Backing {
	return Backing{Padding: [2]float64{12, 6}, Radius: 6, ShadowOffset: [2]float64{0, 3}, ShadowBlur: 10, Border: scene.Color{255, 255, 255, 90}}
}

// dress sets the look that all labels share.
func (b *Backing) dress(g *drawable.Glyphs) {
	g.Plate = drawable.Plate{Radius: float32(b.Radius), Border: b.Border, Width: float32(b.BorderWidth)}
	g.Shadow = drawable.Shadow{Color: b.Shadow, Offset: [2]float32{float32(b.ShadowOffset[0]), float32(b.ShadowOffset[1])}, Blur: float32(b.ShadowBlur)}
}

// padded is the extent of a text with its plate.
func (b *Backing) padded(lo, hi [2]float32) (low, high [2]float32) {
	for k, p := range b.Padding {
		lo[k] -= float32(p)
		hi[k] += float32(p)
	}
	return lo, hi
}
