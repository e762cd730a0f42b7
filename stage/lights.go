package stage

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/model"
	"github.com/longtake/longtake/layers/drawable"
)

// luminaire is how a model of geo gives light: its heads' places and directions for its
// natural height, lumens of each, and the angles to the axis up to which it shines fully
// and from which it is dark.
type luminaire struct {
	heads        [][2]mgl64.Vec3
	lumens       float64
	inner, outer float64 // degrees
	reach        float64 // heights
}

// luminaires by model. Lamps of streets throw their light forward, over the carriageway, and
// are cut off below the horizon, so that houses behind them stay dark; a lantern shines all
// about. Flux as of LED luminaires of EN 13201's classes M4 to P3.
var luminaires = map[string]luminaire{
	"lamp":        {[][2]mgl64.Vec3{{{1.6, 0, 7.8}, {0.35, 0, -1}}}, 6500, 52, 84, 3.6},
	"lamp-double": {[][2]mgl64.Vec3{{{1.6, 0, 7.8}, {0.35, 0, -1}}, {{-1.6, 0, 7.8}, {-0.35, 0, -1}}}, 6500, 52, 84, 3.6},
	"lantern":     {[][2]mgl64.Vec3{{{0, 0, 3.7}, {0, 0, -1}}}, 2200, 70, 110, 4},
}

// lampWarm is the colour of street lamps, of luminance 1: that of surface.glsl.
var lampWarm = luminous(mgl64.Vec3{1, 0.66, 0.34})

// luminous scales a linear colour to a luminance of 1 (ITU-R BT.709).
func luminous(c mgl64.Vec3) mgl64.Vec3 {
	return c.Mul(1 / math.Max(c.Dot(mgl64.Vec3{0.2126, 0.7152, 0.0722}), 1e-4))
}

// newLight is a light of so many candela in the middle.
func newLight(at, along mgl64.Vec3, reach, candela float64, color mgl64.Vec3, inner, outer float64) (l drawable.Light) {
	l.Range, l.Inner, l.Outer = float32(reach), float32(inner), float32(outer)
	for k := range 3 {
		l.Position[k], l.Direction[k], l.Intensity[k] = float32(at[k]), float32(along[k]), float32(color[k]*candela)
	}
	return l
}

func cosine(degrees float64) float64 { return math.Cos(earth.Radians(degrees)) }

// lampLights are the lights of a tile's copies of a model; nil for what gives none.
func lampLights(s *geo.Instances, frame mgl64.Mat4) *drawable.Lights {
	name := model.Near(s.Model)
	lamp, ok := luminaires[name]
	if !ok || len(s.Items) == 0 {
		return nil
	}
	inner, outer := cosine(lamp.inner), cosine(lamp.outer)
	out := &drawable.Lights{Frame: frame, Painted: true}
	for _, it := range s.Items {
		scale := float64(it.Scale) / model.Height(name)
		turn := mgl64.Rotate3DZ(float64(it.Yaw))
		foot := mgl64.Vec3{float64(it.Position[0]), float64(it.Position[1]), float64(it.Position[2])}
		// A taller lamp is a stronger one: the ground below has as much light.
		candela := drawable.Candela(lamp.lumens*scale*scale, inner, outer)
		for _, h := range lamp.heads {
			at, along := foot.Add(turn.Mul3x1(h[0].Mul(scale))), turn.Mul3x1(h[1]).Normalize()
			out.Items = append(out.Items, newLight(at, along, lamp.reach*float64(it.Scale), candela, lampWarm, inner, outer))
		}
	}
	return out.Bound()
}
