package pipeline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
)

// drawRecord is Draw of draws.glsl: one drawable in one frame.
type drawRecord struct {
	row       [3][4]float32 // xyz row of the 3×3 to the eye frame; w the eye in the drawable's frame, high part
	eyeLow    [4]float32    // low part of the eye; w the factor of clip z
	tint      [4]float32
	idBase    uint32
	fade      float32
	instances uint32 // first record of the instances; of a mesh that is none of theirs the first of its features' colours, counted from 1, 0 = its own
	spin      uint32 // of copies: the height of their axis, and their turn; of effects: cycles; of coats: where their features stand, counted from 1
}

// place is the sphere around a cluster in the eye frame. It is wider by what float32 may
// have lost on the way.
func (d *drawRecord) place(c *cluster, scale float64) (center mgl64.Vec3, radius float64) {
	var q mgl64.Vec3
	for k := range q {
		q[k] = c.center[k] - float64(d.row[k][3]) - float64(d.eyeLow[k])
	}
	for k := range center {
		r := &d.row[k]
		center[k] = float64(r[0])*q[0] + float64(r[1])*q[1] + float64(r[2])*q[2]
	}
	return center, c.radius*scale + 2e-6*(math.Abs(center[0])+math.Abs(center[1])+math.Abs(center[2]))
}

// heights is how far down and up a box of the drawable's frame reaches in the eye frame, and
// a little beyond, for what float32 may have lost on the way.
func (d *drawRecord) heights(b *bounds) (low, high float64) {
	return d.along(mgl64.Vec3{0, 0, 1}, b)
}

// along is the same along any unit direction of the eye frame.
func (d *drawRecord) along(axis mgl64.Vec3, b *bounds) (low, high float64) {
	middle, half := 0.0, 0.0
	for k := range 3 {
		r := axis[0]*float64(d.row[0][k]) + axis[1]*float64(d.row[1][k]) + axis[2]*float64(d.row[2][k])
		c := (b.low[k] + b.high[k]) / 2
		middle += r * (c - float64(d.row[k][3]) - float64(d.eyeLow[k]))
		half += math.Abs(r) * (b.high[k] - c)
	}
	half += 2e-6 * (math.Abs(middle) + half)
	return middle - half, middle + half
}

// materialRecord is the uniforms of a material: materialColor, materialEmission and
// materialSurface of mesh.vert and material.glsl, and the three of effect.frag.
type materialRecord struct {
	color    [4]float32
	emission [4]float32 // w: share of lit windows
	surface  [4]float32 // roughness, metallic, reflectance; w: 1 = data
	effect   effectRecord
	glass    [4]float32 // transmission, index of refraction, thickness in the mesh's metres; w unused
	absorbs  [3]float32 // of each colour by the metre
}

func newMaterialRecord(m *drawable.Material) materialRecord {
	r := materialRecord{
		color:    m.Color,
		emission: [4]float32{m.Emission[0], m.Emission[1], m.Emission[2], m.Lit},
		surface:  [4]float32{m.Roughness, m.Metallic, m.Reflectance, float32(index(m.Data))},
		effect:   newEffectRecord(&m.Effect),
	}
	if g := &m.Glass; m.Clears() {
		r.surface[3] = 1 // rain runs off, snow slides down
		r.glass = [4]float32{min(g.Transmission, 1), max(g.IOR, 1), g.Thickness}
		for k, left := range g.Left {
			if g.Distance > 0 {
				r.absorbs[k] = float32(-math.Log(mgl64.Clamp(float64(left), 1e-4, 1))) / g.Distance
			}
		}
	}
	return r
}

// drawCommand is DrawElementsIndirectCommand of OpenGL.
type drawCommand struct {
	count, instances, firstIndex uint32
	baseVertex                   int32
	baseInstance                 uint32 // index of the drawRecord
}
