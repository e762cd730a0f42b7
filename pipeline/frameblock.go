package pipeline

import "github.com/go-gl/mathgl/mgl64"

// frameBlock is the uniform block Frame of shaders/frame.glsl, where its fields are
// described. Every member is a multiple of 16 bytes, so that Go's layout is std140.
type frameBlock struct {
	viewProj, viewProjStable, reproject, view, toEcef, toStars [16]float32
	cascade                                                    [16]float32
	cascadeStep                                                [4][4]float32
	cascadeSplit, cascadeTexel                                 [4]float32
	rayForward, rayRight, rayUp                                [4]float32
	size, jitter, sun, moon, planet, ground, air               [4]float32
	exposure, clock, lamps, lattice                            [4]float32
	counts                                                     [4]uint32
}

// patternPeriod is PATTERN of frame.glsl.
const patternPeriod = 2560

func mat32(m mgl64.Mat4) (out [16]float32) {
	for i, v := range m {
		out[i] = float32(v)
	}
	return out
}

func vec32(v mgl64.Vec3, w float64) [4]float32 {
	return [4]float32{float32(v[0]), float32(v[1]), float32(v[2]), float32(w)}
}
