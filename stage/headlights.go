package stage

import (
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/model"
	"github.com/longtake/longtake/layers/drawable"
)

// Vehicles' lights: two dipped beams of a thousand lumens as one, and both rear lamps.
const (
	beamLumens, beamReach, beamTilt = 2000, 45.0, 0.055
	rearLumens, rearReach           = 40, 5.0
	beamsReach                      = 1000.0 // metres from the eye up to which there are any
)

var (
	beamWhite  = luminous(mgl64.Vec3{1, 0.87, 0.68})
	rearRed    = luminous(mgl64.Vec3{1, 0.02, 0.01})
	beamCosine = [2]float64{cosine(3), cosine(19)}
	rearCosine = [2]float64{1, cosine(80)}
)

// headlights appends the lights that vehicles throw on what is around them.
func (l *library) headlights(out []drawable.Draw, vehicles []drawable.Copy, frame mgl64.Mat4, eye mgl64.Vec3, base drawable.Draw) []drawable.Draw {
	lights := &drawable.Lights{Frame: frame, Near: true}
	beam := drawable.Candela(beamLumens, beamCosine[0], beamCosine[1]) * l.dark
	rear := drawable.Candela(rearLumens, rearCosine[0], rearCosine[1]) * l.dark
	for i := range vehicles {
		c := &vehicles[i]
		m := l.model(c.Model)
		if m == nil {
			continue
		}
		for _, it := range c.Items {
			at := mgl64.Vec3{float64(it.Position[0]), float64(it.Position[1]), float64(it.Position[2])}
			if at.Sub(eye).Len() > beamsReach {
				continue
			}
			size := float64(it.Scale[0])
			ahead := mgl64.Rotate3DZ(float64(it.Yaw)).Mul3x1(mgl64.Vec3{1, 0, 0})
			bumper := ahead.Mul(size*m.front + 0.1)
			lamp := at.Add(mgl64.Vec3{0, 0, 0.7})
			grown := min(size/model.Height(c.Model), 1)
			lights.Items = append(lights.Items,
				newLight(lamp.Add(bumper), ahead.Sub(mgl64.Vec3{0, 0, beamTilt}).Normalize(), beamReach, beam*grown, beamWhite, beamCosine[0], beamCosine[1]),
				newLight(lamp.Sub(bumper), ahead.Mul(-1), rearReach, rear*grown, rearRed, rearCosine[0], rearCosine[1]))
		}
	}
	if len(lights.Items) == 0 {
		return out
	}
	base.What = lights.Bound()
	return append(out, base)
}
