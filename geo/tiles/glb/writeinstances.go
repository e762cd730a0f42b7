package glb

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/qmuntal/gltf"
)

// instances writes one node with the copies of a model, which is embedded once.
func (b *builder) instances(s geo.Instances) error {
	mesh, err := b.model(s.Model)
	if err != nil {
		return err
	}
	ids := make([]uint32, len(s.Items))
	some := b.rows > 0
	for i, it := range s.Items {
		if !finite(it.Position[:]) || !finite([]float32{it.Yaw, it.Scale}) {
			return fmt.Errorf("item %d is not finite", i)
		}
		ids[i] = it.Feature
		some = some || it.Feature != 0
	}
	if b.o.Nodes {
		for _, it := range s.Items {
			q := yawQuat(it.Yaw)
			k := float64(it.Scale)
			name, extras := b.rowOf(it.Feature)
			b.node(&gltf.Node{Name: name, Extras: extras, Mesh: gltf.Index(mesh), Scale: [3]float64{k, k, k},
				Translation: [3]float64{float64(it.Position[0]), float64(it.Position[2]), float64(-it.Position[1]) + 0},
				Rotation:    [4]float64{float64(q[0]), float64(q[1]), float64(q[2]), float64(q[3])}})
		}
		return nil
	}
	write := b.exactInstances
	if b.compacts() {
		write = b.compactInstances
	}
	at := write(s.Items)
	node := &gltf.Node{Mesh: gltf.Index(mesh), Extensions: gltf.Extensions{}, Extras: map[string]any{"layer": s.Layer, "model": s.Model}}
	if some {
		f, index, err := b.features(ids)
		if err != nil {
			return err
		}
		at[featureAttribute] = index
		node.Extensions[extInstanceFeatures] = f
		b.used[extInstanceFeatures] = true
	}
	node.Extensions[extInstancing] = instancing{at}
	b.used[extInstancing] = true
	b.node(node)
	return nil
}

// rowOf is how the node of an instance names its feature, since a mesh that is shared cannot: by its id,
// and in extras by its row of the property table.
func (b *builder) rowOf(feature uint32) (name string, extras any) {
	if int64(feature) >= int64(len(b.named)) {
		return "", nil
	}
	return b.named[feature].ID, map[string]any{"feature": feature}
}

func (b *builder) model(name string) (int, error) {
	if i, ok := b.models[name]; ok {
		return i, nil
	}
	var meshes []geo.Mesh
	if b.o.Models != nil {
		meshes = b.o.Models(name)
	}
	out := &gltf.Mesh{Name: name}
	for i, m := range meshes {
		if len(m.Indices) == 0 {
			continue
		}
		prim, err := b.modelPrimitive(m)
		if err != nil {
			return 0, fmt.Errorf("model %q, mesh %d: %w", name, i, err)
		}
		if prim != nil {
			out.Primitives = append(out.Primitives, prim)
		}
	}
	if len(out.Primitives) == 0 {
		return 0, fmt.Errorf("there is no model %q", name)
	}
	b.models[name] = b.mesh(out)
	return b.models[name], nil
}

// modelPrimitive writes a mesh of a model. The node of its copies cannot undo a
// quantisation, for their transforms come after it: positions are float32 here, in steps
// of a 4096th of the model's height.
func (b *builder) modelPrimitive(m geo.Mesh) (*gltf.Primitive, error) {
	if !b.compacts() {
		return b.primitive(m, false)
	}
	m.UVs = nil
	p, _, err := b.compactPrimitive(m, &quantizer{step: 1.0 / 4096, wide: true}, false)
	return p, err
}

// exactInstances writes the transforms and colours as they are.
func (b *builder) exactInstances(items []geo.Instance) map[string]int {
	t, r, sc, col := b.stream("translation", 12, gltf.TargetArrayBuffer), b.stream("rotation", 16, gltf.TargetArrayBuffer),
		b.stream("scale", 12, gltf.TargetArrayBuffer), b.stream("instance color", 8, gltf.TargetArrayBuffer)
	n := len(items)
	at := map[string]int{
		"TRANSLATION": b.accessor(t, n, gltf.ComponentFloat, gltf.AccessorVec3, false),
		"ROTATION":    b.accessor(r, n, gltf.ComponentFloat, gltf.AccessorVec4, false),
		"SCALE":       b.accessor(sc, n, gltf.ComponentFloat, gltf.AccessorVec3, false),
		"_COLOR_0":    b.accessor(col, n, gltf.ComponentUshort, gltf.AccessorVec4, true),
	}
	feet := make([][3]float32, n)
	for i, it := range items {
		t.floats(it.Position[0], it.Position[2], -it.Position[1])
		q := yawQuat(it.Yaw)
		r.floats(q[:]...)
		sc.floats(it.Scale, it.Scale, it.Scale)
		col.color(it.Color)
		feet[i] = it.Position
	}
	b.bounds(at["TRANSLATION"], feet)
	return at
}

// Steps of compact instances: of their feet and of their sizes, in metres.
const (
	footStep = 1.0 / 256
	sizeStep = 1.0 / 64
)

// compactInstances writes feet and sizes in steps, as float32, and turns as 16-bit
// quaternions. What is smaller than a step or out of its reach keeps its float32.
func (b *builder) compactInstances(items []geo.Instance) map[string]int {
	n := len(items)
	feet := make([][3]float32, n)
	foot, size := footStep, sizeStep
	for _, it := range items {
		for _, f := range it.Position {
			if math.Abs(float64(f)) > footStep*(1<<22) {
				foot = 0
			}
		}
		if a := math.Abs(float64(it.Scale)); a > sizeStep*(1<<22) || a < 32*sizeStep {
			size = 0
		}
	}
	t, sc := b.floatStream("translation", foot), b.floatStream("scale", size)
	r := b.stream("rotation 16", 8, gltf.TargetArrayBuffer)
	r.filter = quaternion
	at := map[string]int{
		"TRANSLATION": b.accessor(t, n, gltf.ComponentFloat, gltf.AccessorVec3, false),
		"ROTATION":    b.accessor(r, n, gltf.ComponentShort, gltf.AccessorVec4, true),
		"SCALE":       b.accessor(sc, n, gltf.ComponentFloat, gltf.AccessorVec3, false),
		"_COLOR_0":    b.compactColors(n, func(i int) [4]uint8 { return items[i].Color }),
	}
	for i, it := range items {
		for k, v := range it.Position {
			feet[i][k] = onStep(v, foot)
		}
		t.floats(feet[i][0], feet[i][2], -feet[i][1])
		for _, v := range yawQuat(it.Yaw) {
			r.shorts(int16(math.RoundToEven(float64(v) * 32767)))
		}
		s := onStep(it.Scale, size)
		sc.floats(s, s, s)
	}
	b.bounds(at["TRANSLATION"], feet)
	return at
}

// floatStream is a stream of three float32, on a lattice where step is not 0.
func (b *builder) floatStream(name string, step float64) *stream {
	if step == 0 {
		return b.stream(name, 12, gltf.TargetArrayBuffer)
	}
	return b.latticeStream(name, 12, step)
}

func onStep(v float32, step float64) float32 {
	if step == 0 {
		return v
	}
	return float32(math.RoundToEven(float64(v)/step)*step) + 0
}
