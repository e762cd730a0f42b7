package pipeline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
)

// placement is where a drawable is in this frame.
type placement struct {
	record drawRecord // rows and eye only
	center mgl64.Vec3 // of the bounding sphere, eye frame
	radius float64
	scale  float64 // at most, of lengths of the drawable's frame
}

// placeKey tells a drawable's place on the Earth from others. Of its frame it takes the origin: a
// mesh keeps its frame, and what moves one is the shift.
func placeKey(frame *mgl64.Mat4, d *drawable.Draw) uint64 {
	key := uint64(14695981039346656037)
	for _, x := range frame[12:15] {
		key = mix(key, math.Float64bits(x))
	}
	if d.Shift[15] != 0 {
		for _, x := range d.Shift {
			key = mix(key, math.Float64bits(x))
		}
	}
	return key
}

// mix hashes as FNV-1a does, by words, and brings high bits down, so that sums of keys differ
// where their parts do.
func mix(key, x uint64) uint64 {
	key = (key ^ x) * 1099511628211
	return key ^ key>>29
}

// placeDraw takes a drawable's frame to the eye frame in float64. It fails on a
// transform that cannot be inverted.
func placeDraw(frame mgl64.Mat4, d *drawable.Draw, center [3]float32, radius float32, c *camera) (p placement, ok bool) {
	if d.Shift[15] != 0 {
		frame = frame.Mul4(d.Shift)
	}
	linear := frame.Mat3()
	det := linear.Det()
	if det == 0 || math.IsNaN(det) || math.IsInf(det, 0) {
		return p, false
	}
	rot := mgl64.Mat3FromRows(c.frame.East, c.frame.North, c.frame.Up)
	m := rot.Mul3(linear)
	eye := linear.Inv().Mul3x1(c.eye.Sub(frame.Col(3).Vec3())) // the eye in the drawable's frame
	for i := range 3 {
		high := float32(eye[i])
		p.record.row[i] = [4]float32{float32(m.At(i, 0)), float32(m.At(i, 1)), float32(m.At(i, 2)), high}
		p.record.eyeLow[i] = float32(eye[i] - float64(high))
	}
	local := mgl64.Vec3{float64(center[0]), float64(center[1]), float64(center[2])}
	p.center = m.Mul3x1(local.Sub(eye))
	p.scale = math.Max(m.Col(0).Len(), math.Max(m.Col(1).Len(), m.Col(2).Len()))
	p.radius = float64(radius) * p.scale
	return p, true
}
