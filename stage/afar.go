package stage

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/drawable"
)

// Labels, points and lines of pixels do not grow smaller with distance: of an Earth that is a dot
// they would be all that is seen, and hang over the planets and the stars. They are gone where it is
// dotted pixels of a 1080-line picture across, and begin to go where it is discerned.
const (
	dotted    = 8.0
	discerned = 24.0
)

// besideEarth is how far from its middle what is told of the Earth may be: satellites are of it.
const besideEarth = 10 * earth.A

// afar fades what marks places on and around the Earth where the Earth is hardly to be seen itself.
func afar(draws []drawable.Draw, v *tiles.View) {
	across := 1080 * earth.A / max(v.Eye.Len(), earth.A) / math.Tan(v.FovY/2)
	share := min(max((across-dotted)/(discerned-dotted), 0), 1)
	if share == 1 {
		return
	}
	for i := range draws {
		if d := &draws[i]; marksEarth(d.What) {
			d.Fade = 1 - (1-d.Fade)*float32(share)
		}
	}
}

// marksEarth tells whether a drawable has a size in pixels and lies at the Earth as a whole.
func marksEarth(what drawable.Drawable) bool {
	near := func(frame mgl64.Mat4, center [3]float32, radius float32) bool {
		at := frame.Mul4x1(mgl64.Vec4{float64(center[0]), float64(center[1]), float64(center[2]), 1})
		return at.Vec3().Len()+float64(radius) < besideEarth
	}
	switch w := what.(type) {
	case *drawable.Points:
		return !w.Metres && near(w.Frame, w.Center, w.Radius)
	case *drawable.Lines:
		return !w.Metres && near(w.Frame, w.Center, w.Radius)
	case *drawable.Glyphs:
		for i := range w.Labels {
			if !near(w.Frame, w.Labels[i].Anchor, 0) {
				return false
			}
		}
		return true
	}
	return false
}
