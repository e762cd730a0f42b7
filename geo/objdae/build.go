//go:build g3n

package objdae

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/tiles/glb"
)

func decode(format Format, data []byte, open glb.Open) (*glb.Model, error) {
	b := &builder{pictures: pictures{open: open}, at: map[string]int{}, notes: map[string]bool{}}
	var err error
	if format == OBJ {
		err = b.obj(data)
	} else {
		err = b.collada(data)
	}
	if err != nil {
		return nil, err
	}
	m := b.finish()
	if len(m.Parts) == 0 {
		return nil, errors.New("it has no triangles")
	}
	return m, nil
}

// builder gathers triangles into one part a material.
type builder struct {
	pictures
	parts   []*part
	at      map[string]int // index into parts by material
	corners int
	notes   map[string]bool
}

type part struct {
	glb.Part
	seen map[corner]uint32
}

// corner is a vertex as the file has it but for its axes; a zero normal is none.
type corner struct {
	p, n [3]float32
	uv   [2]float32 // v counts down, as in glTF
}

func (b *builder) note(format string, args ...any) { b.notes[fmt.Sprintf(format, args...)] = true }

// part returns the part of a material, which make makes at its first use.
func (b *builder) part(material string, make func() glb.ModelMaterial) *part {
	i, ok := b.at[material]
	if !ok {
		i = len(b.parts)
		b.at[material] = i
		b.parts = append(b.parts, &part{Part: glb.Part{Name: material, Material: make()}, seen: map[corner]uint32{}})
	}
	return b.parts[i]
}

// triangle adds a triangle, flat where one of its corners has no normal.
func (b *builder) triangle(to *part, t [3]corner) error {
	for _, c := range t {
		for _, v := range [...]float32{c.p[0], c.p[1], c.p[2], c.n[0], c.n[1], c.n[2], c.uv[0], c.uv[1]} {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				return errors.New("a coordinate is not a finite number")
			}
		}
	}
	if b.corners += 3; b.corners > glb.MaxVertices {
		return fmt.Errorf("more than %d triangle corners; split it", glb.MaxVertices)
	}
	flat := normal(vec(t[0].p), vec(t[1].p), vec(t[2].p))
	if flat == (mgl64.Vec3{}) {
		return nil // no area
	}
	for _, c := range t {
		if vec(t[0].n).Len() == 0 || vec(t[1].n).Len() == 0 || vec(t[2].n).Len() == 0 {
			c.n = single(flat)
		} else {
			c.n = single(vec(c.n).Normalize())
		}
		i, ok := to.seen[c]
		if !ok {
			i = uint32(len(to.Positions))
			to.seen[c] = i
			to.Positions = append(to.Positions, c.p)
			to.Normals = append(to.Normals, c.n)
			to.UVs = append(to.UVs, c.uv)
			to.Colors = append(to.Colors, [4]uint8{255, 255, 255, 255})
		}
		to.Indices = append(to.Indices, i)
	}
	return nil
}

func (b *builder) finish() *glb.Model {
	m := &glb.Model{}
	inf := float32(math.Inf(1))
	m.Min, m.Max = [3]float32{inf, inf, inf}, [3]float32{-inf, -inf, -inf}
	for _, p := range b.parts {
		if len(p.Indices) == 0 {
			continue
		}
		m.Parts = append(m.Parts, p.Part)
		for _, v := range p.Positions {
			for k := range v {
				m.Min[k], m.Max[k] = min(m.Min[k], v[k]), max(m.Max[k], v[k])
			}
		}
	}
	for n := range b.notes {
		m.Notes = append(m.Notes, n)
	}
	slices.Sort(m.Notes)
	return m
}

func vec(p [3]float32) mgl64.Vec3 { return mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])} }

func single(v mgl64.Vec3) [3]float32 { return [3]float32{float32(v[0]), float32(v[1]), float32(v[2])} }

// normal is the unit normal of a counter-clockwise triangle, zero where it has no area.
func normal(a, b, c mgl64.Vec3) mgl64.Vec3 {
	n := b.Sub(a).Cross(c.Sub(a))
	if l := n.Len(); l > 0 && !math.IsInf(l, 0) {
		return n.Mul(1 / l)
	}
	return mgl64.Vec3{}
}
