package drawable

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// Lights are lamps that light what is around them. They cast no shadows and are not
// themselves seen: what glows is a mesh or a point beside them.
type Lights struct {
	Frame  mgl64.Mat4
	Items  []Light
	Center [3]float32 // bounding sphere of what they light
	Radius float32
	Near   bool // fade out with the distance from the eye, as far as the quality reaches
	// Painted lights are near ones that shine by night and that surfaces further away paint
	// on themselves: street lamps.
	Painted bool
	Night   bool // they shine in the dark only, as painted ones do
}

// Light is one lamp.
type Light struct {
	Position  [3]float32
	Range     float32    // metres at which its light has come down to nothing
	Intensity [3]float32 // linear RGB candela: the luminance of the colour is photometric
	Inner     float32    // cosine of the angle to Direction up to which it shines fully;
	Direction [3]float32 // unit; of no meaning where Outer is -1
	Outer     float32    // cosine of the angle from which it is dark; -1 shines all round
}

// Bound sets the bounding sphere of what is lit and returns the lights.
func (l *Lights) Bound() *Lights {
	var reach float32
	l.Center, l.Radius = BoundingSphere(len(l.Items), func(i int) [3]float32 {
		reach = max(reach, l.Items[i].Range)
		return l.Items[i].Position
	})
	l.Radius += reach
	return l
}

// Candela is the intensity in the middle of a light of so many lumens: of one that shines
// all round, or within angles given by their cosines, between which the intensity falls by
// the square of a straight line of the cosine.
func Candela(lumens, inner, outer float64) float64 {
	if outer <= -1 {
		return lumens / (4 * math.Pi)
	}
	return lumens / (2 * math.Pi * (1 - inner + (inner-outer)/3))
}
