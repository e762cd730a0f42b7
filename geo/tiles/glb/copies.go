package glb

import (
	"errors"
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/qmuntal/gltf"
)

// copies writes where a model stands as attributes of EXT_mesh_gpu_instancing, in float32.
func (b *builder) copies(all []mgl64.Mat4) (map[string]int, error) {
	t, r, s := b.stream("model translation", 12, gltf.TargetArrayBuffer), b.stream("model rotation", 16, gltf.TargetArrayBuffer), b.stream("model scale", 12, gltf.TargetArrayBuffer)
	n := len(all)
	at := map[string]int{
		"TRANSLATION": b.accessor(t, n, gltf.ComponentFloat, gltf.AccessorVec3, false),
		"ROTATION":    b.accessor(r, n, gltf.ComponentFloat, gltf.AccessorVec4, false),
		"SCALE":       b.accessor(s, n, gltf.ComponentFloat, gltf.AccessorVec3, false),
	}
	feet := make([][3]float32, n)
	for i, m := range all {
		for _, v := range m {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, fmt.Errorf("copy %d is not finite", i)
			}
		}
		scale := m.Col(0).Vec3().Len()
		if !(scale > 0) {
			return nil, fmt.Errorf("copy %d has no size", i)
		}
		q := mgl64.Mat4ToQuat(m.Mat3().Mul(1 / scale).Mat4()).Normalize()
		feet[i] = [3]float32{float32(m[12]), float32(m[13]), float32(m[14])}
		t.floats(feet[i][0], feet[i][2], -feet[i][1])
		r.floats(float32(q.V[0]), float32(q.V[2]), float32(-q.V[1]), float32(q.W)) // its axis, in glTF's axes
		s.floats(float32(scale), float32(scale), float32(scale))
	}
	b.bounds(at["TRANSLATION"], feet)
	return at, nil
}

// ReadCopies decodes a glb of one Placed whose At is none: the model, and where its copies
// stand; nil where it stands once.
func ReadCopies(data []byte) (*Model, []mgl64.Mat4, error) {
	d, err := parse(data, nil)
	if err != nil {
		return nil, nil, err
	}
	m, err := d.model()
	if err != nil {
		return nil, nil, fmt.Errorf("glb: %w", err)
	}
	all, worlds, err := d.walk()
	if err != nil {
		return nil, nil, fmt.Errorf("glb: %w", err)
	}
	r := reader{document: d, worlds: worlds, first: []int{0}, budget: newBudget()}
	var out []mgl64.Mat4
	for _, p := range all {
		var inst instancing
		some, err := extension(p.node.Extensions, extInstancing, &inst)
		if err != nil {
			return nil, nil, fmt.Errorf("glb: %w", err)
		}
		if !some {
			continue
		}
		if len(all) > 1 || p.world != mgl64.Ident4() {
			return nil, nil, errors.New("glb: copies of more than one model, or moved ones")
		}
		c, err := r.copies(p, inst)
		if err != nil {
			return nil, nil, fmt.Errorf("glb: %w", err)
		}
		if c.translation == nil || c.rotation == nil || c.scale == nil {
			return nil, nil, errors.New("glb: copies without a place, a turn or a scale")
		}
		for i := range c.n {
			q := c.rotation[4*i:]
			turned := compose(vec3(c.translation[3*i:]), mgl64.Quat{W: float64(q[3]), V: vec3(q)}, vec3(c.scale[3*i:]))
			out = append(out, zUp.Mul4(turned).Mul4(zUp.Transpose()))
		}
	}
	return m, out, nil
}
