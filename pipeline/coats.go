package pipeline

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// setCoat sets what a program reads of a coat.
func setCoat(p *gpu.Program, c *drawable.Coat) {
	ink := func(name string, v [4]float32) {
		root := func(x float32) float32 { return float32(math.Sqrt(float64(max(x, 0)))) }
		p.Vec4(name, root(v[0]), root(v[1]), root(v[2]), v[3])
	}
	ink("coatFrom", c.From)
	ink("coatTo", c.To)
	p.Vec4("coatShape", c.Bend, c.Emission, c.Height, 0)
}

// coatKey tells a coat from another.
func coatKey(c *drawable.Coat) uint64 {
	key := mix(uint64(math.Float32bits(c.Height))<<32|uint64(math.Float32bits(c.Bend)), uint64(math.Float32bits(c.Emission)))
	for i := range c.From {
		key = mix(key, uint64(math.Float32bits(c.From[i]))<<32|uint64(math.Float32bits(c.To[i])))
	}
	return key
}

// standing is where the stands of features begin, counted from 1. They lie among the colours:
// foot and top of each, as the bits of float32.
func (r *residency) standing(s *drawable.Stands) uint32 {
	e := r.touch(s)
	if e == nil {
		bits := make([][4]uint8, 0, 2*len(s.Of))
		for i := range s.Of {
			for _, z := range s.Of[i] {
				b := math.Float32bits(z)
				bits = append(bits, [4]uint8{uint8(b), uint8(b >> 8), uint8(b >> 16), uint8(b >> 24)})
			}
		}
		at := r.colors.add(bits)
		if at.count == 0 {
			return 0
		}
		e = r.insert(&entry{key: s, records: poolRange{span: at}, bytes: 4 * len(bits)})
	}
	return uint32(e.records.first) + 1
}
