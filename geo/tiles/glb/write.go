package glb

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image"
	"io"
	"math"
	"sync"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/qmuntal/gltf"
)

// Options of Write. The zero value writes float32 without instances.
type Options struct {
	// Models returns the meshes of an instanced model, one unit high, foot at the origin,
	// z up. Required for contents with instances; nil for an unknown name.
	Models func(name string) []geo.Mesh
	// Quantize writes positions as 16-bit numbers of a power of two of a metre, normals as
	// bytes, texture coordinates to 1/1024 to 1/32 of a unit by their range, and ids in 16
	// bits (KHR_mesh_quantization). Equal vertices become one, where a mesh has them.
	Quantize bool
	// Lattice is Quantize for surfaces that meet those of other tiles: positions are on the
	// lattice, in float32. nil for objects that stand by themselves.
	Lattice *Lattice
	// Lift raises every mesh by this many metres times its Bias, for engines that know no
	// order of coplanar surfaces. Read undoes it.
	Lift float64
	// Parent is the frame of the tile's transform where it is not the content's own: a node
	// around all others then takes the content there.
	Parent *earth.Frame
	// Nodes writes every instance as a node of its own that shares the model's mesh, for
	// programs that do not know EXT_mesh_gpu_instancing. Tints of instances are lost; ids of features are the nodes' names, their rows extras.feature.
	Nodes bool
	// Compress packs the buffers with EXT_meshopt_compression; it implies Quantize.
	Compress bool
	// Placed are models with looks of their own, written as they are.
	Placed []Placed
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
	kept := scratches.Get().(*scratch)
	b.scratch = *kept
	defer func() {
		for _, s := range b.streams {
			b.give(s.name, s.packed, s.data)
		}
		*kept = b.scratch
		scratches.Put(kept)
	}()
	if err := b.content(c); err != nil {
		return fmt.Errorf("glb: %w", err)
	}
	if o.Parent != nil && len(b.doc.Nodes) > 0 {
		b.within(c.Frame, *o.Parent)
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
	// Of Placed.
	modelMaterials map[ModelMaterial]int
	pictures       map[*image.NRGBA]int // numbers of textures
	quantizer      quantizer
	rows           int
	named          []geo.FeatureRow // the rows
	first          int              // view of the streams
	scratch
}

// scratch is memory that is used again from file to file.
type scratch struct {
	hashes  []uint32 // of table32
	numbers []uint32 // of compact
	corners []uint32 // of compact
	welded  []vertex // of compact
	ordered []vertex // of order
	buffers map[bufferKey][]byte
}

// bufferKey tells what a buffer was for: streams of a name are about as long in every file.
type bufferKey struct {
	stream string
	packed bool // its compressed form
}

// take returns an empty buffer for a stream, and give gets it back.
func (s *scratch) take(stream string, packed bool) []byte {
	k := bufferKey{stream, packed}
	b := s.buffers[k]
	delete(s.buffers, k)
	return b[:0]
}

func (s *scratch) give(stream string, packed bool, b []byte) {
	if cap(b) > 0 {
		s.buffers[bufferKey{stream, packed}] = b
	}
}

var scratches = sync.Pool{New: func() any { return &scratch{buffers: map[bufferKey][]byte{}} }}

func newBuilder(o Options) *builder {
	if o.Generator == "" {
		o.Generator = "longtake"
	}
	return &builder{o: o, doc: &gltf.Document{
		Asset:  gltf.Asset{Version: "2.0", Generator: o.Generator},
		Scene:  gltf.Index(0),
		Scenes: []*gltf.Scene{{}},
	}, materials: map[materialKey]int{}, models: map[string]int{}, used: map[string]bool{}, scratch: scratch{buffers: map[bufferKey][]byte{}}}
}

func (b *builder) content(c geo.Content) error {
	b.sources(c.Sources)
	b.rows, b.named = len(c.Features), c.Features
	switch lo, hi := reach(c.Meshes); {
	case b.o.Lattice != nil:
		b.quantizer = onLattice(*b.o.Lattice, c.Frame, lo, hi)
	case b.compacts():
		b.quantizer = inShorts(lo, hi)
	}
	for i, m := range c.Meshes {
		if len(m.Indices) == 0 {
			continue
		}
		if err := b.add(m); err != nil {
			return fmt.Errorf("mesh %d (%s, %s): %w", i, m.Layer, m.Material, err)
		}
	}
	for i, s := range c.Instances {
		if len(s.Items) == 0 {
			continue
		}
		if err := b.instances(s); err != nil {
			return fmt.Errorf("instances %d (%s, %s): %w", i, s.Layer, s.Model, err)
		}
	}
	for i := range b.o.Placed {
		if err := b.place(b.o.Placed[i]); err != nil {
			return fmt.Errorf("model of layer %s: %w", b.o.Placed[i].Layer, err)
		}
	}
	return b.table(c.Features, c.Attributes) // the last, see Retable
}

func (b *builder) sources(all []geo.Source) {
	b.doc.Asset.Extras = nil
	if len(all) > 0 {
		b.doc.Asset.Extras = map[string]any{"sources": all}
	}
}

// compacts tells whether meshes are quantised.
func (b *builder) compacts() bool { return b.o.Quantize || b.o.Compress || b.o.Lattice != nil }

// add appends a mesh with a node of its own.
func (b *builder) add(m geo.Mesh) error {
	extras := meshExtras{Layer: m.Layer, Bias: m.Bias}
	n := &gltf.Node{}
	var prim *gltf.Primitive
	var err error
	if b.compacts() {
		var uvs *uvLattice
		if prim, uvs, err = b.compactPrimitive(m, &b.quantizer, true); prim == nil || err != nil {
			return err
		}
		extras.UV = uvs.extras()
		n.Translation, n.Rotation, n.Scale = b.quantizer.node()
	} else if prim, err = b.primitive(m, true); err != nil {
		return err
	}
	if m.Bias > 0 && b.o.Lift > 0 {
		extras.Lift = float64(m.Bias) * b.o.Lift
		n.Translation[1] += extras.Lift
	}
	mesh := &gltf.Mesh{Name: string(m.Material), Primitives: []*gltf.Primitive{prim}}
	if extras.Layer != "" || extras.Bias != 0 || extras.UV != nil || extras.Lift != 0 {
		mesh.Extras = extras
	}
	n.Mesh = gltf.Index(b.mesh(mesh))
	b.node(n)
	return nil
}

func (b *builder) mesh(m *gltf.Mesh) int {
	b.doc.Meshes = append(b.doc.Meshes, m)
	return len(b.doc.Meshes) - 1
}

// within puts all nodes below one that leads from a frame to another.
func (b *builder) within(frame, parent earth.Frame) {
	q := quantizer{step: 1}
	turn := mgl64.Mat3FromCols(frame.DirToLocal(parent.East), frame.DirToLocal(parent.North), frame.DirToLocal(parent.Up))
	q.turn, q.shift = &turn, frame.ToLocal(parent.Center)
	n := &gltf.Node{Children: b.doc.Scenes[0].Nodes}
	n.Translation, n.Rotation, _ = q.node()
	b.doc.Scenes[0].Nodes = nil
	b.node(n)
}

func (b *builder) node(n *gltf.Node) {
	b.doc.Scenes[0].Nodes = append(b.doc.Scenes[0].Nodes, len(b.doc.Nodes))
	b.doc.Nodes = append(b.doc.Nodes, n)
}

// encode writes the container: the binary chunk begins, and the file ends, on a multiple
// of 8 bytes, as EXT_structural_metadata and 3D Tiles ask.
func (b *builder) encode(w io.Writer) error {
	size := b.views(layout{fallback: firstFallback})
	b.extensions()
	text, err := json.Marshal(b.doc)
	if err != nil {
		return err
	}
	data := make([][]byte, len(b.streams))
	for i, s := range b.streams {
		data[i] = s.data
	}
	return container(w, text, size, data)
}

// container writes the chunks: JSON, and size bytes of data.
func container(w io.Writer, text []byte, size int, data [][]byte) error {
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
	if g, ok := w.(interface{ Grow(n int) }); ok { // bytes.Buffer
		g.Grow(int(total))
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
	for _, d := range data {
		if _, err := w.Write(d); err != nil {
			return err
		}
	}
	return nil
}

// extensions lists what the document uses; quantised positions cannot be ignored.
func (b *builder) extensions() {
	b.doc.ExtensionsUsed = sortedKeys(b.used)
	for _, name := range []string{extMeshopt, extQuantization} {
		if b.used[name] {
			b.doc.ExtensionsRequired = append(b.doc.ExtensionsRequired, name)
		}
	}
	if len(b.doc.ExtensionsUsed) == 0 {
		b.doc.ExtensionsUsed = nil
	}
}

func finite(v []float32) bool {
	for _, f := range v {
		if f-f != 0 { // NaN also where f is infinite
			return false
		}
	}
	return true
}

// meshExtras keeps of a mesh what glTF has no word for.
type meshExtras struct {
	Layer string `json:"layer,omitempty"`
	Bias  int    `json:"bias,omitempty"`
	// UV is what texture coordinates in whole numbers count: two steps, and two origins.
	// The glTF extension for that, KHR_texture_transform, belongs to textures, which there
	// are none of.
	UV []float64 `json:"uv,omitempty"`
	// Lift is how far the node stands above the mesh's true place, in metres.
	Lift float64 `json:"lift,omitempty"`
}
