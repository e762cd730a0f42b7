package drawable

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// Screen is a picture and the camera that it is drawn by, in ECEF: comparable.
type Screen struct {
	Eye, Right, Up, Forward mgl64.Vec3
	FovY                    float64 // radians, the whole vertical angle
	Width, Height           int     // pixels
}

// At is where a place of ECEF stands in the picture, in pixels from its upper left corner; ok
// is false of what is behind the eye or is no place.
func (s *Screen) At(p mgl64.Vec3) (x, y float64, ok bool) {
	to := p.Sub(s.Eye)
	depth := to.Dot(s.Forward)
	if !(depth > 0) {
		return 0, 0, false
	}
	pixels := float64(s.Height) / (2 * depth * math.Tan(s.FovY/2))
	return float64(s.Width)/2 + to.Dot(s.Right)*pixels, float64(s.Height)/2 - to.Dot(s.Up)*pixels, true
}
