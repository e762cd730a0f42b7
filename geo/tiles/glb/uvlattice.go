package glb

import (
	"math"

	"github.com/qmuntal/gltf"
)

// uvLattice is how texture coordinates become whole numbers: steps of a power of two for
// each of the two, counted from a whole number. Numbers of 16 bits where the steps stay
// below 1/32, float32 multiples of 1/256 where they would not, and float32 as they are
// where those lose something.
type uvLattice struct {
	step, origin [2]float64
	inverse      [2]float64 // of the steps
	narrow       bool
}

func uvLatticeFor(uvs [][2]float32) uvLattice {
	if len(uvs) == 0 {
		return uvLattice{}
	}
	first := soundUV(uvs[0])
	u0, v0 := first[0], first[1]
	u1, v1 := u0, v0
	for i := range uvs { // number by number: pairs go through memory
		u, v := uvs[i][0], uvs[i][1]
		if u-u != 0 || v-v != 0 {
			sound := soundUV(uvs[i])
			u, v = sound[0], sound[1]
		}
		if u < u0 {
			u0 = u
		} else if u > u1 {
			u1 = u
		}
		if v < v0 {
			v0 = v
		} else if v > v1 {
			v1 = v
		}
	}
	lo, hi := [2]float32{u0, v0}, [2]float32{u1, v1}
	l := uvLattice{narrow: true}
	far := 0.0
	for k := range l.step {
		a, b := float64(lo[k]), float64(hi[k])
		far = max(far, math.Abs(a), math.Abs(b))
		reach := max(math.Abs(a), math.Abs(b))
		if reach > 64 { // small ones are best counted from 0
			l.origin[k] = math.RoundToEven((a + b) / 2)
			reach = max(b-l.origin[k], l.origin[k]-a)
		}
		l.step[k] = max(math.Exp2(math.Ceil(math.Log2(reach/32767))), 1.0/1024)
		l.narrow = l.narrow && l.step[k] <= 1.0/32
	}
	switch {
	case far > 1<<14:
		return uvLattice{}
	case !l.narrow:
		return uvLattice{step: [2]float64{1.0 / 256, 1.0 / 256}}
	}
	return l
}

// set writes the whole numbers of sound coordinates.
func (l *uvLattice) set(n *[2]int32, uv *[2]float32) {
	if l.step[0] == 0 {
		n[0], n[1] = int32(math.Float32bits(uv[0])), int32(math.Float32bits(uv[1]))
		return
	}
	// Steps are powers of two: their inverses are exact.
	n[0] = int32(math.RoundToEven((float64(uv[0]) - l.origin[0]) * l.inverse[0]))
	n[1] = int32(math.RoundToEven((float64(uv[1]) - l.origin[1]) * l.inverse[1]))
}

// extras is what a reader needs to undo it: steps, and origins where they are not 0.
func (l *uvLattice) extras() []float64 {
	if l == nil || !l.narrow {
		return nil
	}
	if l.origin == [2]float64{} {
		return l.step[:]
	}
	return append(l.step[:], l.origin[:]...)
}

func (b *builder) compactUVs(vertices []vertex, l uvLattice) int {
	if l.narrow {
		s := b.stream("uv 16", 4, gltf.TargetArrayBuffer)
		a := b.accessor(s, len(vertices), gltf.ComponentShort, gltf.AccessorVec2, false)
		out := s.grow(4 * len(vertices))
		for i := range vertices {
			putShorts(out[4*i:4*i+4], vertices[i].uv[0], vertices[i].uv[1])
		}
		return a
	}
	if l.step[0] > 0 {
		s := b.latticeStream("uv", 8, l.step[0])
		a := b.accessor(s, len(vertices), gltf.ComponentFloat, gltf.AccessorVec2, false)
		out := s.grow(8 * len(vertices))
		for i := range vertices {
			s.steps(out[8*i:], vertices[i].uv[0], vertices[i].uv[1])
		}
		return a
	}
	s := b.stream("uv", 8, gltf.TargetArrayBuffer)
	a := b.accessor(s, len(vertices), gltf.ComponentFloat, gltf.AccessorVec2, false)
	for i := range vertices {
		s.floats(math.Float32frombits(uint32(vertices[i].uv[0])), math.Float32frombits(uint32(vertices[i].uv[1])))
	}
	return a
}
