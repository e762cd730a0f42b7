package glb

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/qmuntal/gltf"
)

// Options of Write. The zero value writes float32 without instances.
type Options struct {
	// Models returns the meshes of an instanced model, one unit high, foot at the origin,
	// z up. Required for contents with instances; nil for an unknown name.
	Models func(name string) []geo.Mesh
	// Quantize writes positions as 16-bit numbers on a grid of a power of two of a metre
	// and normals as bytes (KHR_mesh_quantization).
	Quantize bool
	// Generator is written into asset.generator; "longtake" where empty.
	Generator string
}

// Write encodes a tile's content as a binary glTF: a mesh with one primitive for each
// geo.Mesh, a node for each of the instances, and one property table. The same content
// gives the same bytes. Meshes without triangles and instances without items are left
// out. The frame is not in the file: it is the tile's transform.
//
// An error says that the content is not sound (an index or feature beyond its list, a
// position that is not finite), that a model is unknown, or that w failed.
func Write(w io.Writer, c geo.Content, o Options) error {
	b := newBuilder(o)
	if err := b.content(c); err != nil {
		return fmt.Errorf("glb: %w", err)
	}
	if err := b.encode(w); err != nil {
		return fmt.Errorf("glb: %w", err)
	}
	return nil
}

// builder collects a document. The binary part is one buffer view for each kind of data.
type builder struct {
	o         Options
	doc       *gltf.Document
	streams   []*stream
	materials map[materialKey]int
	models    map[string]int // mesh of each embedded model
	used      map[string]bool
	grid      grid
	rows      int
}

func newBuilder(o Options) *builder {
	if o.Generator == "" {
		o.Generator = "longtake"
	}
	return &builder{o: o, doc: &gltf.Document{
		Asset:  gltf.Asset{Version: "2.0", Generator: o.Generator},
		Scene:  gltf.Index(0),
		Scenes: []*gltf.Scene{{}},
	}, materials: map[materialKey]int{}, models: map[string]int{}, used: map[string]bool{}}
}

func (b *builder) content(c geo.Content) error {
	if err := b.table(c.Features); err != nil {
		return err
	}
	b.rows = len(c.Features)
	if b.o.Quantize {
		b.grid = gridFor(c.Meshes)
	}
	for i, m := range c.Meshes {
		if len(m.Indices) == 0 {
			continue
		}
		prim, err := b.primitive(m, b.o.Quantize, true)
		if err != nil {
			return fmt.Errorf("mesh %d (%s, %s): %w", i, m.Layer, m.Material, err)
		}
		mesh := &gltf.Mesh{Name: string(m.Material), Primitives: []*gltf.Primitive{prim}}
		if m.Layer != "" || m.Bias != 0 {
			mesh.Extras = meshExtras{m.Layer, m.Bias}
		}
		n := &gltf.Node{Mesh: gltf.Index(b.mesh(mesh))}
		if b.o.Quantize {
			n.Translation, n.Scale = b.grid.node()
		}
		b.node(n)
	}
	for i, s := range c.Instances {
		if len(s.Items) == 0 {
			continue
		}
		if err := b.instances(s); err != nil {
			return fmt.Errorf("instances %d (%s, %s): %w", i, s.Layer, s.Model, err)
		}
	}
	return nil
}

func (b *builder) mesh(m *gltf.Mesh) int {
	b.doc.Meshes = append(b.doc.Meshes, m)
	return len(b.doc.Meshes) - 1
}

func (b *builder) node(n *gltf.Node) {
	b.doc.Scenes[0].Nodes = append(b.doc.Scenes[0].Nodes, len(b.doc.Nodes))
	b.doc.Nodes = append(b.doc.Nodes, n)
}

// instances writes one node with the copies of a model, which is embedded once.
func (b *builder) instances(s geo.Instances) error {
	mesh, err := b.model(s.Model)
	if err != nil {
		return err
	}
	t, r, sc, col := b.stream("translation", 12, gltf.TargetArrayBuffer), b.stream("rotation", 16, gltf.TargetArrayBuffer),
		b.stream("scale", 12, gltf.TargetArrayBuffer), b.stream("instance color", 8, gltf.TargetArrayBuffer)
	n := len(s.Items)
	at := map[string]int{
		"TRANSLATION": b.accessor(t, n, gltf.ComponentFloat, gltf.AccessorVec3, false),
		"ROTATION":    b.accessor(r, n, gltf.ComponentFloat, gltf.AccessorVec4, false),
		"SCALE":       b.accessor(sc, n, gltf.ComponentFloat, gltf.AccessorVec3, false),
		"_COLOR_0":    b.accessor(col, n, gltf.ComponentUshort, gltf.AccessorVec4, true),
	}
	ids, feet := make([]uint32, n), make([][3]float32, n)
	some := b.rows > 0
	for i, it := range s.Items {
		if !finite(it.Position[:]) || !finite([]float32{it.Yaw, it.Scale}) {
			return fmt.Errorf("item %d is not finite", i)
		}
		t.floats(it.Position[0], it.Position[2], -it.Position[1])
		q := yawQuat(it.Yaw)
		r.floats(q[:]...)
		sc.floats(it.Scale, it.Scale, it.Scale)
		col.color(it.Color)
		ids[i], feet[i] = it.Feature, it.Position
		some = some || it.Feature != 0
	}
	b.bounds(at["TRANSLATION"], feet)
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
		prim, err := b.primitive(m, false, false)
		if err != nil {
			return 0, fmt.Errorf("model %q, mesh %d: %w", name, i, err)
		}
		out.Primitives = append(out.Primitives, prim)
	}
	if len(out.Primitives) == 0 {
		return 0, fmt.Errorf("there is no model %q", name)
	}
	b.models[name] = b.mesh(out)
	return b.models[name], nil
}

// encode writes the container: the binary chunk begins, and the file ends, on a multiple
// of 8 bytes, as EXT_structural_metadata and 3D Tiles ask.
func (b *builder) encode(w io.Writer) error {
	size := b.views()
	b.extensions()
	text, err := json.Marshal(b.doc)
	if err != nil {
		return err
	}
	for (20+len(text)+8)%8 != 0 {
		text = append(text, ' ')
	}
	if size == 0 {
		for (20+len(text))%8 != 0 {
			text = append(text, ' ')
		}
	}
	total := uint64(20 + len(text))
	if size > 0 {
		total += 8 + uint64(size)
	}
	if total > math.MaxUint32 {
		return fmt.Errorf("%d bytes are more than a glb can hold; split the tile", total)
	}
	head := binary.LittleEndian.AppendUint32(nil, magicGLB)
	for _, v := range []uint32{2, uint32(total), uint32(len(text)), chunkJSON} {
		head = binary.LittleEndian.AppendUint32(head, v)
	}
	if _, err := w.Write(append(head, text...)); err != nil {
		return err
	}
	if size == 0 {
		return nil
	}
	head = binary.LittleEndian.AppendUint32(head[:0], uint32(size))
	if _, err := w.Write(binary.LittleEndian.AppendUint32(head, chunkBIN)); err != nil {
		return err
	}
	for _, s := range b.streams {
		if _, err := w.Write(s.data); err != nil {
			return err
		}
	}
	return nil
}

// extensions lists what the document uses; quantised positions cannot be ignored.
func (b *builder) extensions() {
	b.doc.ExtensionsUsed = sortedKeys(b.used)
	if b.used[extQuantization] {
		b.doc.ExtensionsRequired = []string{extQuantization}
	}
	if len(b.doc.ExtensionsUsed) == 0 {
		b.doc.ExtensionsUsed = nil
	}
}

func finite(v []float32) bool {
	for _, f := range v {
		if math.IsNaN(float64(f)) || math.IsInf(float64(f), 0) {
			return false
		}
	}
	return true
}

// meshExtras keeps of a mesh what glTF has no word for.
type meshExtras struct {
	Layer string `json:"layer,omitempty"`
	Bias  int    `json:"bias,omitempty"`
}
