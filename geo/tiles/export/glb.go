package export

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/geo/tiles/glb"
)

// Options of GLB.
type Options struct {
	Error    float64                      // metres that may be left out; 0 for the finest tiles
	Layers   []string                     // ids of the layers wanted; nil for all
	Compress bool                         // with EXT_meshopt_compression
	Models   func(name string) []geo.Mesh // of instances
	Placed   []Model                      // that stand among the tiles
	Version  string                       // of longtake
}

// GLB writes the tiles of several tilesets as one glb in a tangent frame at origin:
// glTF's x east, y up, z south. Meshes of a layer and material become one, instances
// nodes that share a mesh, each of Placed a node with its own looks. It returns the number of triangles of the meshes.
func GLB(w io.Writer, sets []*tiles.Tileset, origin earth.Place, o Options) (triangles int, err error) {
	m := merger{o: o, frame: earth.FrameAt(origin), meshes: map[meshKey]*geo.Mesh{}, instances: map[instanceKey]*geo.Instances{}}
	for _, s := range sets {
		err := cut(s.Root, o.Error, func(t *tiles.Tile) error {
			contents, err := s.Load(t)
			for i := range contents {
				m.add(&contents[i])
			}
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	c := m.content()
	for _, mesh := range c.Meshes {
		triangles += len(mesh.Indices) / 3
	}
	models, err := placed(o.Placed, m.frame)
	if err != nil {
		return 0, err
	}
	for _, p := range models {
		triangles += p.Model.Triangles() * max(len(p.Copies), 1)
	}
	if triangles == 0 && len(c.Instances) == 0 {
		return 0, fmt.Errorf("export: there is nothing in the tiles that were asked for")
	}
	g := "longtake"
	if o.Version != "" {
		g += " " + o.Version
	}
	out := glb.Options{Models: o.Models, Nodes: true, Compress: o.Compress, Placed: models, Generator: g}
	if o.Compress { // a whole city is too wide for 16 bits
		out.Lattice = &glb.Lattice{Frame: m.frame, Step: 1.0 / 1024}
	}
	return triangles, glb.Write(w, c, out)
}

// merger gathers contents in one frame.
type merger struct {
	o         Options
	frame     earth.Frame
	rows      []geo.FeatureRow
	columns   []geo.Attribute // of rows
	meshes    map[meshKey]*geo.Mesh
	instances map[instanceKey]*geo.Instances
}

type meshKey struct {
	layer    string
	material geo.Material
	bias     int
	uvs, ids bool
	glass    geo.Refraction
}

type instanceKey struct{ layer, model string }

// wants takes parts of layers too: floors are LAYER#LEVEL.
func (m *merger) wants(layer string) bool {
	id, _, _ := strings.Cut(layer, "#")
	return m.o.Layers == nil || slices.Contains(m.o.Layers, id)
}

func (m *merger) add(c *geo.Content) {
	first := uint32(len(m.rows))
	used := false
	turn, shift := between(c.Frame, m.frame)
	place := func(p [3]float32) [3]float32 {
		v := turn.Mul3x1(vec(p)).Add(shift)
		return [3]float32{float32(v[0]), float32(v[1]), float32(v[2])}
	}
	for i := range c.Meshes {
		in := &c.Meshes[i]
		if !m.wants(in.Layer) || len(in.Indices) == 0 {
			continue
		}
		key := meshKey{in.Layer, in.Material, in.Bias, in.UVs != nil, in.Features != nil, in.Refraction}
		out := m.meshes[key]
		if out == nil {
			out = &geo.Mesh{Layer: in.Layer, Material: in.Material, Bias: in.Bias, Refraction: in.Refraction}
			m.meshes[key] = out
		}
		base := uint32(len(out.Positions))
		for k, p := range in.Positions {
			out.Positions = append(out.Positions, place(p))
			n := turn.Mul3x1(vec(in.Normals[k]))
			out.Normals = append(out.Normals, [3]float32{float32(n[0]), float32(n[1]), float32(n[2])})
		}
		out.Colors, out.UVs = append(out.Colors, in.Colors...), append(out.UVs, in.UVs...)
		for _, f := range in.Features {
			out.Features = append(out.Features, first+f)
			used = true
		}
		for _, v := range in.Indices {
			out.Indices = append(out.Indices, base+v)
		}
	}
	for _, in := range c.Instances {
		if !m.wants(in.Layer) {
			continue
		}
		key := instanceKey{in.Layer, in.Model}
		out := m.instances[key]
		if out == nil {
			out = &geo.Instances{Layer: in.Layer, Model: in.Model}
			m.instances[key] = out
		}
		for _, it := range in.Items {
			it.Position = place(it.Position)
			if int(it.Feature) < len(c.Features) {
				it.Feature, used = first+it.Feature, true
			} else {
				it.Feature = none
			}
			out.Items = append(out.Items, it)
		}
	}
	if used {
		m.take(c)
	}
}

// none is the row of an instance that has none.
const none = math.MaxUint32

// take adds the rows of a content, with their values in the columns of all: tiles leave out
// columns of which they have nothing.
func (m *merger) take(c *geo.Content) {
	if slices.Equal(m.columns, c.Attributes) {
		m.rows = append(m.rows, c.Features...)
		return
	}
	at := make([]int, len(c.Attributes))
	for i, a := range c.Attributes {
		at[i] = slices.IndexFunc(m.columns, func(b geo.Attribute) bool { return b.Name == a.Name })
		switch k := at[i]; {
		case k < 0:
			at[i] = len(m.columns)
			m.columns = append(m.columns, a)
		case m.columns[k].Kind != a.Kind:
			m.columns[k].Kind = geo.TextAttribute
		}
	}
	for _, r := range c.Features {
		values := make([]string, len(m.columns))
		for i, k := range at {
			values[k] = r.Value(i)
		}
		r.Values = values
		m.rows = append(m.rows, r)
	}
}

// content puts everything in a fixed order.
func (m *merger) content() geo.Content {
	for k := range m.columns { // a truth value is never missing
		if a := &m.columns[k]; a.Kind == geo.BooleanAttribute && slices.ContainsFunc(m.rows, func(r geo.FeatureRow) bool { return r.Value(k) == "" }) {
			a.Kind = geo.TextAttribute
		}
	}
	c := geo.Content{Frame: m.frame, Features: m.rows, Attributes: m.columns}
	for _, mesh := range m.meshes {
		c.Meshes = append(c.Meshes, *mesh)
	}
	slices.SortFunc(c.Meshes, func(a, b geo.Mesh) int {
		return cmp.Or(cmp.Compare(a.Layer, b.Layer), cmp.Compare(a.Bias, b.Bias), cmp.Compare(a.Material, b.Material),
			cmp.Compare(len(a.UVs), len(b.UVs)), cmp.Compare(len(a.Features), len(b.Features)), a.Refraction.Compare(b.Refraction))
	})
	for _, s := range m.instances {
		c.Instances = append(c.Instances, *s)
	}
	slices.SortFunc(c.Instances, func(a, b geo.Instances) int {
		return cmp.Or(cmp.Compare(a.Layer, b.Layer), cmp.Compare(a.Model, b.Model))
	})
	return c
}

// between is the rigid transform from a frame to another.
func between(from, to earth.Frame) (mgl64.Mat3, mgl64.Vec3) {
	return mgl64.Mat3FromCols(to.DirToLocal(from.East), to.DirToLocal(from.North), to.DirToLocal(from.Up)), to.ToLocal(from.Center)
}

func vec(p [3]float32) mgl64.Vec3 { return mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])} }
