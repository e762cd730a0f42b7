package stage

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/model"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/drawable"
)

// library keeps the contents of tiles in memory, the least recently used ones only up
// to a budget.
type library struct {
	sets   map[string]*tiles.Tileset
	held   map[tileKey]*tileContent
	sizes  map[tileKey]int // of all tiles that were ever held, in bytes
	budget int             // bytes
	used   int
	clock  int     // frames
	dark   float64 // of this frame: 0 by day to 1
	shops  float64 // of this frame: share of shops that are lit
	looks  materials
	models map[string]*modelMeshes
	trace  *Trace
	named  bool            // rows of features are kept
	fields map[string]bool // of features that something asks for: rows are kept then
	out    *leftOut        // what is left out of tiles
}

type tileKey struct {
	set   string
	index int
}

// tileContent is a tile made ready to draw.
type tileContent struct {
	parts   []tilePart
	bytes   int
	last    int // frame of the last use
	ids     uint32
	rows    []geo.FeatureRow // by id; nil where they are not kept
	columns []geo.Attribute  // of the rows' values
	filter  *tileFilter
	shown   []bool // rows that the filter leaves
	matched tileMatches
	paints  []tilePaint // newest last
	heights []float32   // of features, by id, 0 where nothing tells
	stands  *drawable.Stands
	edged   []*tileEdges     // newest last
	cuts    []*tileCuts      // newest last
	centers []featureMiddles // by frame
}

// tilePart is one drawable of a tile; instances have a near and a far form.
type tilePart struct {
	layer  string
	name   geo.Material
	clear  geo.Refraction // of the mesh
	mesh   *drawable.Mesh
	near   []*drawable.Instances
	far    []*drawable.Instances
	sizes  float64          // height of the tallest instance
	lights *drawable.Lights // of copies
	glow   *glow            // of the mesh
	sifted
}

type modelMeshes struct {
	near, far []*drawable.Mesh
	front     float64 // how far it reaches to +x
}

func newLibrary(budget int) *library {
	return &library{sets: map[string]*tiles.Tileset{}, held: map[tileKey]*tileContent{}, sizes: map[tileKey]int{}, budget: budget, looks: materials{}, models: map[string]*modelMeshes{}, out: &leftOut{}}
}

func (l *library) set(path string) (*tiles.Tileset, error) {
	if s := l.sets[path]; s != nil {
		return s, nil
	}
	s, err := tiles.Open(path)
	if err != nil {
		return nil, err
	}
	s.Wants = func(name string) bool { return l.fields[name] }
	l.sets[path] = s
	return s, nil
}

// want is a tile that a view needs.
type want struct {
	set  *tiles.Tileset
	tile *tiles.Tile
}

// evict drops the tiles that were not used for longest until the budget holds; tiles of
// this frame stay.
func (l *library) evict() {
	if l.used <= l.budget {
		return
	}
	var keys []tileKey
	for k, c := range l.held {
		if c.last < l.clock {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b tileKey) int {
		if d := l.held[a].last - l.held[b].last; d != 0 {
			return d
		}
		return a.index - b.index
	})
	for _, k := range keys {
		if l.used <= l.budget*3/4 {
			return
		}
		l.used -= l.held[k].bytes
		delete(l.held, k)
	}
}

// prepare packs contents for the renderer.
func (l *library) prepare(contents []geo.Content, name string) *tileContent {
	out := &tileContent{}
	for _, c := range contents {
		frame := c.Frame.Matrix()
		first := out.ids
		out.ids += uint32(len(c.Features)) + 1 // the last one is nobody's: what has no features
		for i := range c.Features {
			out.heights = append(out.heights, c.Features[i].Height)
		}
		out.heights = append(out.heights, 0)
		if l.named || len(l.fields) > 0 {
			out.name(&c)
		}
		for i := range c.Meshes {
			m := &c.Meshes[i]
			if len(m.Indices) == 0 {
				continue
			}
			d := pack(m, frame, name)
			for i := range d.Vertices {
				v := &d.Vertices[i]
				// Other makers number features of which no table tells.
				if m.Features == nil || v.Feature >= uint32(len(c.Features)) {
					v.Feature = out.ids - 1
				} else {
					v.Feature += first
				}
			}
			out.bytes += len(d.Vertices)*32 + len(d.Indices)*4
			out.parts = append(out.parts, tilePart{layer: m.Layer, name: m.Material, clear: m.Refraction, mesh: d, glow: glowOf(m, frame)})
		}
		for i := range c.Instances {
			if p, ok := l.instances(&c.Instances[i], frame, first, out.ids-1); ok {
				out.bytes += len(p.near[0].Items) * 32
				out.parts = append(out.parts, p)
			}
		}
	}
	return out
}

// name keeps the rows of features, and an empty one.
func (c *tileContent) name(from *geo.Content) {
	rows := from.Features
	if len(c.rows) == 0 {
		c.columns = from.Attributes
	} else if !slices.Equal(c.columns, from.Attributes) { // of a composite
		rows = slices.Clone(rows)
		for i := range rows {
			values := make([]string, len(c.columns))
			for k, a := range c.columns {
				values[k] = from.Features[i].Value(slices.IndexFunc(from.Attributes, func(b geo.Attribute) bool { return b.Name == a.Name }))
			}
			rows[i].Values = values
		}
	}
	c.rows = append(append(c.rows, rows...), geo.FeatureRow{})
	for i := range rows {
		c.bytes += len(rows[i].ID) + len(rows[i].Name) + len(rows[i].Class) + 80
		for _, v := range rows[i].Values {
			c.bytes += len(v) + 16
		}
	}
}

// pack turns a mesh of geo into vertices for upload; its material is set at drawing.
func pack(m *geo.Mesh, frame mgl64.Mat4, name string) *drawable.Mesh {
	d := &drawable.Mesh{Name: name + " " + m.Layer + " " + string(m.Material), Frame: frame, Indices: m.Indices, Bias: m.Bias, Vertices: make([]drawable.Vertex, len(m.Positions))}
	for i := range d.Vertices {
		v := &d.Vertices[i]
		v.Position = m.Positions[i]
		v.Color = [4]uint8{255, 255, 255, 255}
		if m.Normals != nil {
			v.Normal = drawable.EncodeNormal(m.Normals[i])
		}
		if m.Colors != nil {
			v.Color = m.Colors[i]
		}
		if m.UVs != nil {
			v.UV = m.UVs[i]
		}
		if m.Features != nil {
			v.Feature = m.Features[i]
		}
	}
	return d.Bound()
}

// instances packs copies of a model, whose features are numbered from one up to that of nobody.
func (l *library) instances(s *geo.Instances, frame mgl64.Mat4, first, nobody uint32) (tilePart, bool) {
	m := l.model(s.Model)
	if m == nil || len(s.Items) == 0 {
		return tilePart{}, false
	}
	p := tilePart{layer: s.Layer, lights: lampLights(s, frame)}
	items := make([]drawable.Instance, len(s.Items))
	for i, it := range s.Items {
		items[i] = drawable.Instance{Position: it.Position, Yaw: it.Yaw, Scale: [2]float32{it.Scale, it.Scale}, Color: it.Color, Feature: first + min(it.Feature, nobody-first)}
		p.sizes = math.Max(p.sizes, float64(it.Scale))
	}
	for _, mesh := range m.near {
		p.near = append(p.near, (&drawable.Instances{Mesh: mesh, Frame: frame, Items: items}).Bound())
	}
	for _, mesh := range m.far {
		p.far = append(p.far, (&drawable.Instances{Mesh: mesh, Frame: frame, Items: items}).Bound())
	}
	return p, true
}

// model packs one of geo's models, once.
func (l *library) model(name string) *modelMeshes {
	if m, ok := l.models[name]; ok {
		return m
	}
	get := func(name string) []*drawable.Mesh {
		meshes, _ := model.Get(name)
		var out []*drawable.Mesh
		for i := range meshes {
			d := pack(&meshes[i], mgl64.Ident4(), name)
			d.Material = l.looks.get(meshes[i].Material, 0, meshes[i].Refraction)
			out = append(out, d)
		}
		return out
	}
	m := &modelMeshes{near: get(name), far: get(name + "@far")}
	for _, d := range m.near {
		for i := range d.Vertices {
			m.front = max(m.front, float64(d.Vertices[i].Position[0]))
		}
	}
	if len(m.far) == 0 {
		m.far = m.near
	}
	if len(m.near) == 0 {
		m = nil
	}
	l.models[name] = m
	return m
}
