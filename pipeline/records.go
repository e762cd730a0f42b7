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
	instances uint32 // first record of the instances
	spin      uint32 // of copies: the height of their axis, and their turn; of effects: cycles
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
	r := &d.row[2]
	middle, half := 0.0, 0.0
	for k := range 3 {
		c := (b.low[k] + b.high[k]) / 2
		middle += float64(r[k]) * (c - float64(d.row[k][3]) - float64(d.eyeLow[k]))
		half += math.Abs(float64(r[k])) * (b.high[k] - c)
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
}

func newMaterialRecord(m *drawable.Material) materialRecord {
	r := materialRecord{
		color:    m.Color,
		emission: [4]float32{m.Emission[0], m.Emission[1], m.Emission[2], m.Lit},
		surface:  [4]float32{m.Roughness, m.Metallic, m.Reflectance, float32(index(m.Data))},
		effect:   newEffectRecord(&m.Effect),
	}
	return r
}

// drawCommand is DrawElementsIndirectCommand of OpenGL.
type drawCommand struct {
	count, instances, firstIndex uint32
	baseVertex                   int32
	baseInstance                 uint32 // index of the drawRecord
}
