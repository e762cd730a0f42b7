package glb

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// Lattice is a grid of points that several tiles share: multiples of Step metres along
// the axes of one frame. Vertices that two tiles have in common are written as the same
// point of it, though the tiles' own frames are turned against each other. Step is a
// power of two.
type Lattice struct {
	Frame earth.Frame
	Step  float64
}

// Snap returns the point of the lattice nearest to a point in ECEF. What Write then makes
// of it, in any frame near it, is that point again: builders that want shared vertices to
// be the same to the last bit in both tiles snap them before they round to float32.
func (l Lattice) Snap(ecef mgl64.Vec3) mgl64.Vec3 {
	v := l.Frame.ToLocal(ecef)
	for k := range v {
		v[k] = math.RoundToEven(v[k]/l.Step) * l.Step
	}
	return l.Frame.FromLocal(v)
}

// quantizer brings positions of a tile's frame to whole numbers of steps from an origin.
type quantizer struct {
	step   float64
	origin [3]float64
	turn   *mgl64.Mat3 // from the tile's axes to the lattice's; nil where they are the same
	shift  mgl64.Vec3  // of the tile's origin in the lattice's frame
	wide   bool        // numbers are written as float32 metres, else as int16 steps
}

// onLattice returns the quantizer for meshes in a frame: its numbers are below 2²³, so
// that float32 holds them exactly. Where the meshes reach too far for the step, it is
// doubled until they do not.
func onLattice(l Lattice, frame earth.Frame, lo, hi [3]float32) quantizer {
	q := quantizer{step: l.Step, wide: true, shift: l.Frame.ToLocal(frame.Center)}
	if frame != l.Frame {
		m := mgl64.Mat3FromCols(l.Frame.DirToLocal(frame.East), l.Frame.DirToLocal(frame.North), l.Frame.DirToLocal(frame.Up))
		q.turn = &m
	}
	middle := mgl64.Vec3{}
	reach := 0.0
	for k := range middle {
		middle[k] = (float64(lo[k]) + float64(hi[k])) / 2
		reach += math.Abs(float64(hi[k])-float64(lo[k])) / 2
	}
	for reach/q.step > 1<<23-8 {
		q.step *= 2
	}
	// Origins are multiples of many steps: differences of neighbouring tiles stay whole.
	coarse := q.step * 1024
	for k, v := range q.turned(middle) {
		q.origin[k] = math.RoundToEven(v/coarse) * coarse
	}
	for reach/q.step+1024 > 1<<23-8 {
		q.step *= 2
	}
	return q
}

// turned takes a position to the lattice's frame.
func (q *quantizer) turned(v mgl64.Vec3) mgl64.Vec3 {
	if q.turn == nil {
		return v.Add(q.shift)
	}
	m := q.turn
	return mgl64.Vec3{
		float64(m[0]*v[0]) + float64(m[3]*v[1]) + float64(m[6]*v[2]) + q.shift[0],
		float64(m[1]*v[0]) + float64(m[4]*v[1]) + float64(m[7]*v[2]) + q.shift[1],
		float64(m[2]*v[0]) + float64(m[5]*v[1]) + float64(m[8]*v[2]) + q.shift[2]}
}

func (q *quantizer) position(p [3]float32) (n [3]int32) {
	v := mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}
	inverse := 1 / q.step // exact, as the step is a power of two
	if q.turn != nil || q.shift != (mgl64.Vec3{}) {
		v = q.turned(v)
	}
	return [3]int32{
		int32(math.RoundToEven((v[0] - q.origin[0]) * inverse)),
		int32(math.RoundToEven((v[1] - q.origin[1]) * inverse)),
		int32(math.RoundToEven((v[2] - q.origin[2]) * inverse)),
	}
}

// normal turns a direction into the lattice's axes.
func (q *quantizer) normal(v [3]float32) [3]float32 {
	if q.turn == nil {
		return v
	}
	w := q.turn.Mul3x1(mgl64.Vec3{float64(v[0]), float64(v[1]), float64(v[2])})
	return [3]float32{float32(w[0]), float32(w[1]), float32(w[2])}
}

// node is the transform that undoes the quantisation, in glTF's axes.
func (q *quantizer) node() (translation [3]float64, rotation [4]float64, scale [3]float64) {
	o := mgl64.Vec3(q.origin).Sub(q.shift)
	rotation = [4]float64{0, 0, 0, 1}
	if q.turn != nil {
		back := q.turn.Transpose()
		o = back.Mul3x1(o)
		r := mgl64.Mat4ToQuat(back.Mat4()).Normalize()
		rotation = [4]float64{r.V[0], r.V[2], -r.V[1], r.W}
	}
	s := q.step
	if q.wide {
		s = 1
	}
	return [3]float64{o[0] + 0, o[2] + 0, -o[1] + 0}, rotation, [3]float64{s, s, s}
}

// inShorts returns the quantizer of the finest step on which all meshes fit into int16.
// Its step is a power of two of a metre and its origin a multiple of the step.
func inShorts(lo, hi [3]float32) quantizer {
	size := 1e-3
	for k := range lo {
		size = max(size, float64(hi[k])-float64(lo[k]))
	}
	// Two steps are kept free for the rounding of the origin and of the positions.
	q := quantizer{step: math.Exp2(math.Ceil(math.Log2(size / (2*32767 - 2))))}
	for k := range lo {
		q.origin[k] = math.RoundToEven((float64(lo[k])+float64(hi[k]))/2/q.step) * q.step
	}
	return q
}

// reach is the box of all meshes that draw something.
func reach(meshes []geo.Mesh) (lo, hi [3]float32) {
	some := false
	for _, m := range meshes {
		if len(m.Indices) == 0 || len(m.Positions) == 0 {
			continue
		}
		a, b := extent(m.Positions)
		for k := range a {
			if !some {
				lo[k], hi[k] = a[k], b[k]
			}
			lo[k], hi[k] = min(lo[k], a[k]), max(hi[k], b[k])
		}
		some = true
	}
	return lo, hi
}
