package pipeline

import (
	"unsafe"

	"github.com/longtake/longtake/pipeline/gpu"
	"github.com/longtake/longtake/pipeline/grade"
)

// grading is the colour-grading table in use, on the GPU; the zero value is none.
type grading struct {
	of      *grade.Table
	texture *gpu.Texture
}

// kind is GRADE of tonemap.frag.
func (g *grading) kind() int {
	switch {
	case g.of == nil:
		return 0
	case g.of.Cube:
		return 1
	}
	return 2
}

// set uploads a table in the place of the one before; nil is none.
func (g *grading) set(t *grade.Table) error {
	g.release()
	if t == nil {
		return nil
	}
	d := gpu.TextureDesc{Format: gpu.RGBA16F, Width: t.Size, Height: 1}
	if t.Cube {
		d.Kind, d.Height, d.Layers = gpu.Tex3D, t.Size, t.Size
	}
	texture, err := gpu.NewTexture("grade", d)
	if err != nil {
		return err
	}
	layer := make([][4]float32, t.Size*d.Height)
	for z := range max(d.Layers, 1) {
		for i := range layer {
			v := t.Values[z*len(layer)+i]
			layer[i] = [4]float32{v[0], v[1], v[2], 1}
		}
		texture.Upload(0, z, unsafe.Pointer(&layer[0]))
	}
	g.of, g.texture = t, texture
	return nil
}

// use gives the tone map's program the table.
func (g *grading) use(p *gpu.Program) {
	t := g.of
	if t == nil {
		return
	}
	var scale, shift [3]float32
	for k := range scale {
		scale[k] = 1 / (t.Max[k] - t.Min[k])
		shift[k] = -t.Min[k] * scale[k]
	}
	p.Texture("gradeTable", g.texture)
	p.Vec3("gradeScale", scale[0], scale[1], scale[2])
	p.Vec3("gradeShift", shift[0], shift[1], shift[2])
}

func (g *grading) release() {
	g.texture.Release()
	g.of, g.texture = nil, nil
}
