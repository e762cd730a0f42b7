package glb

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
	"github.com/qmuntal/gltf"
)

// ReadOptions says where a tile's content stands. The zero value reads a file by itself.
type ReadOptions struct {
	// ToECEF is the tile's transform. Where it is zero, the content is returned in the
	// file's own axes (turned to z up) with an empty frame.
	ToECEF mgl64.Mat4
	// Open reads buffers beside the file; nil refuses them.
	Open Open
	// Wants tells which attributes are read; nil is all of them.
	Wants func(name string) bool
	// RowsOnly leaves out meshes and instances.
	RowsOnly bool
}

// Read decodes the content of a tile: glb, glTF JSON, or b3dm, i3dm and pnts of 3D Tiles 1.0. Files of
// Write come back as they were written; of others, nodes are flattened, instances
// unfolded, base colour factors multiplied into the vertex colours and textures left out.
//
// The content's frame is the tile's where that is a tangent frame near the content, and
// otherwise a tangent frame at the content's middle, so that metres stay small.
// Errors wrap ErrUnsupported where the file is sound but beyond this reader.
func Read(data []byte, o ReadOptions) (geo.Content, error) {
	var b batch
	if len(data) >= 4 {
		switch kind := string(data[:4]); kind {
		case "b3dm":
			var err error
			if b, err = splitB3DM(data, o.Wants); err != nil {
				return geo.Content{}, err
			}
			data = b.glb
		case "i3dm":
			return readI3DM(data, o)
		case "pnts":
			return readPNTS(data, o)
		case "cmpt":
			return geo.Content{}, fmt.Errorf("glb: a composite holds several contents: %w; ReadAll gives them", ErrUnsupported)
		case "vctr", "geom":
			return geo.Content{}, fmt.Errorf("glb: content of the kind %s: %w", kind, ErrUnsupported)
		}
	}
	d, err := parse(data, o.Open)
	if err != nil {
		return geo.Content{}, err
	}
	c, err := d.content(b, o)
	if err != nil {
		return geo.Content{}, fmt.Errorf("glb: %w", err)
	}
	return c, nil
}

func (d *document) content(b batch, o ReadOptions) (geo.Content, error) {
	placed, worlds, err := d.walk()
	if err != nil {
		return geo.Content{}, err
	}
	rows, attributes, first, err := d.tables(o.Wants)
	if err != nil {
		return geo.Content{}, err
	}
	if len(b.rows) > 0 { // a batch table instead of property tables
		rows, attributes, first = b.rows, b.attributes.all, []int{0, len(b.rows)}
	}
	r := reader{document: d, worlds: worlds, first: first, budget: newBudget(), batched: len(b.rows) > 0}
	r.content.Features, r.content.Attributes = rows, attributes
	if o.RowsOnly {
		return r.content, nil
	}
	base, err := d.base(b.center)
	if err != nil {
		return geo.Content{}, err
	}
	r.base = base
	if o.ToECEF != (mgl64.Mat4{}) {
		frame, toFrame := d.frame(placed, o.ToECEF, base)
		r.content.Frame, r.base = frame, toFrame
	}
	for _, p := range placed {
		if err := r.node(p); err != nil {
			return geo.Content{}, err
		}
	}
	return r.content, nil
}

type reader struct {
	*document
	content geo.Content
	worlds  map[int]mgl64.Mat4
	base    mgl64.Mat4
	first   []int
	budget  *budget
	batched bool
	null    *uint32 // the row that stands for "no feature", made when first needed
}

func (r *reader) node(p placed) error {
	var inst instancing
	ok, err := extension(p.node.Extensions, extInstancing, &inst)
	if err != nil {
		return fmt.Errorf("%s: %w", extInstancing, err)
	}
	m := r.base.Mul4(p.world)
	if ok {
		return r.instances(p, inst, m)
	}
	for i, prim := range p.mesh.Primitives {
		mesh, err := r.mesh(p, prim, m)
		if err != nil {
			return fmt.Errorf("mesh %q, primitive %d: %w", p.mesh.Name, i, err)
		}
		if mesh != nil {
			r.content.Meshes = append(r.content.Meshes, *mesh)
		}
	}
	return nil
}

// mesh decodes one primitive placed by m; nil for points and lines.
func (r *reader) mesh(p placed, prim *gltf.Primitive, m mgl64.Mat4) (*geo.Mesh, error) {
	attribute, table, null := r.idSource(prim)
	s, err := r.shape(prim, p.mesh.Weights, gltf.TEXCOORD_0, attribute, r.budget)
	if s == nil || err != nil {
		return nil, err
	}
	if p.node.Skin != nil && p.node.Extensions[extInstancing] == nil {
		if err := r.skin(s, prim, *p.node.Skin, r.worlds); err != nil {
			return nil, err
		}
		m = r.base
	}
	if err := s.finish(r.budget); err != nil {
		return nil, err
	}
	out := &geo.Mesh{Layer: extra(p.mesh.Extras, "layer"), Bias: extraInt(p.mesh.Extras, "bias")}
	factor := [4]float32{1, 1, 1, 1}
	if prim.Material != nil && *prim.Material >= 0 && *prim.Material < len(r.Materials) {
		mat := r.Materials[*prim.Material]
		out.Material = geo.Material(mat.Name)
		if out.Refraction, err = refractionOf(mat); err != nil {
			r.note(err)
		}
		if mat.PBRMetallicRoughness != nil {
			for k, v := range mat.PBRMetallicRoughness.BaseColorFactorOrDefault() {
				factor[k] = float32(v)
			}
		}
	}
	out.Positions, out.Normals, out.Indices = s.place(m)
	out.Colors = s.shade(factor)
	if s.uvs != nil {
		out.UVs = make([][2]float32, s.count())
		for i := range out.UVs {
			out.UVs[i] = [2]float32{s.uvs[2*i], s.uvs[2*i+1]}
		}
		r.scaleUVs(out.UVs, prim, p.mesh.Extras)
	}
	out.Features = s.ids
	r.rows(out.Features, table, null)
	return out, nil
}

// note keeps what is left out.
func (r *reader) note(err error) {
	if what := err.Error(); !slices.Contains(r.content.Notes, what) {
		r.content.Notes = append(r.content.Notes, what)
	}
}

// scaleUVs brings texture coordinates that are whole numbers back to their unit.
func (d *document) scaleUVs(uvs [][2]float32, prim *gltf.Primitive, extras any) {
	a := d.Accessors[prim.Attributes[gltf.TEXCOORD_0]]
	m, _ := extras.(map[string]any)
	list, _ := m["uv"].([]any)
	if len(list) != 2 && len(list) != 4 || a.ComponentType == gltf.ComponentFloat || a.Normalized {
		return
	}
	var n [4]float64 // two steps, two origins
	for i, v := range list {
		n[i], _ = v.(float64)
	}
	for i := range uvs {
		for k, v := range uvs[i] {
			uvs[i][k] = float32(float64(float64(v)*n[k]) + n[2+k])
		}
	}
}

// shade returns the sRGB colours: vertex colour times factor, both linear.
func (s *shape) shade(factor [4]float32) [][4]uint8 {
	out := make([][4]uint8, s.count())
	flat := decodeColor(factor)
	for i := range out {
		if s.colors == nil {
			out[i] = flat
			continue
		}
		c := s.colors[i]
		for k := range c {
			c[k] *= factor[k]
		}
		out[i] = decodeColor(c)
	}
	return out
}

// idSource names the vertex attribute with feature ids and the property table of them
// (-1 = none).
func (r *reader) idSource(prim *gltf.Primitive) (attribute string, table int, null *uint32) {
	if r.batched {
		return batchAttribute, 0, nil
	}
	var f featureIDs
	if ok, err := extension(prim.Extensions, extMeshFeatures, &f); !ok || err != nil {
		return "", -1, nil
	}
	for _, id := range f.FeatureIDs {
		if id.Attribute == nil {
			continue
		}
		table = -1
		if id.PropertyTable != nil && *id.PropertyTable >= 0 && *id.PropertyTable < len(r.first)-1 {
			table = *id.PropertyTable
		}
		return fmt.Sprintf("_FEATURE_ID_%d", *id.Attribute), table, id.NullFeatureID
	}
	return "", -1, nil
}

// rows turns ids of a property table into rows of Content.Features. Ids that name no
// feature get one nameless row of their own.
func (r *reader) rows(ids []uint32, table int, null *uint32) {
	if table < 0 {
		return
	}
	from, to := r.first[table], r.first[table+1]
	for i, id := range ids {
		if (null != nil && id == *null) || int64(id) >= int64(to-from) {
			if r.null == nil {
				n := uint32(len(r.content.Features))
				r.null = &n
				r.content.Features = append(slices.Clip(r.content.Features), geo.FeatureRow{})
			}
			ids[i] = *r.null
			continue
		}
		ids[i] = id + uint32(from)
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func f32(b []byte) float32 { return math.Float32frombits(le32(b)) }
