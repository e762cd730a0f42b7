package glb

import (
	"fmt"
	"image"
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
	"github.com/qmuntal/gltf"
)

// Model is a glTF model at rest: all nodes flattened, skins and morph targets in the
// pose that the file has by default. Axes are geo's: x right, y forward (glTF's -z), z up;
// metres.
type Model struct {
	Parts    []Part
	Min, Max [3]float32
	// Notes says what was left out: "animation", "points or lines", "texture: …".
	Notes []string
	// Files are the PNG and JPEG files of its pictures, where they came in such.
	Files map[*image.NRGBA][]byte
}

// Part is triangles of one material, counter-clockwise from outside. All slices but
// Indices have one entry a vertex.
type Part struct {
	Name      string
	Positions [][3]float32
	Normals   [][3]float32
	Colors    [][4]uint8 // sRGB vertex colours, without the material's factor; white where the file has none
	UVs       [][2]float32
	Indices   []uint32
	Material  ModelMaterial
}

// ModelMaterial is glTF's metal and roughness material.
type ModelMaterial struct {
	Name                string
	BaseColor           [4]float32 // linear factor
	Metallic, Roughness float32
	Emission            [3]float32 // linear
	Refraction          geo.Refraction
	Texture             *image.NRGBA
	Blend               bool    // alphaMode BLEND
	Cutoff              float32 // alphaMode MASK: alpha below it is a hole; 0 otherwise
	DoubleSided         bool
	Unlit               bool
}

// ReadModel decodes a glb or glTF model. open supplies the buffers and pictures beside
// it (nil refuses them). A texture that cannot be read is left out with a note; anything
// else that is broken is an error.
func ReadModel(data []byte, open Open) (*Model, error) {
	d, err := parse(data, open)
	if err != nil {
		return nil, err
	}
	m, err := d.model()
	if err != nil {
		return nil, fmt.Errorf("glb: %w", err)
	}
	return m, nil
}

func (d *document) model() (*Model, error) {
	placed, worlds, err := d.walk()
	if err != nil {
		return nil, err
	}
	m := &Model{}
	notes := map[string]bool{}
	if len(d.Animations) > 0 {
		notes["animation"] = true
	}
	materials := make([]*ModelMaterial, len(d.Materials)+1)
	sets := make([]uvSet, len(materials))
	textures := newTextures(d)
	b := newBudget()
	for _, p := range placed {
		for i, prim := range p.mesh.Primitives {
			at := len(d.Materials)
			if prim.Material != nil && *prim.Material >= 0 && *prim.Material < at {
				at = *prim.Material
			}
			if materials[at] == nil {
				materials[at], sets[at] = d.modelMaterial(at, textures, notes)
			}
			part, err := d.part(p, prim, sets[at], worlds, b)
			if err != nil {
				return nil, fmt.Errorf("mesh %q, primitive %d: %w", p.mesh.Name, i, err)
			}
			if part == nil {
				notes["points or lines"] = true
				continue
			}
			part.Material = *materials[at]
			m.Parts = append(m.Parts, *part)
		}
	}
	m.Notes, m.Files = sortedKeys(notes), textures.files
	m.bound()
	return m, nil
}

func (m *Model) bound() {
	first := true
	for _, p := range m.Parts {
		for _, v := range p.Positions {
			for k, c := range v {
				if first {
					m.Min[k], m.Max[k] = c, c
				}
				m.Min[k], m.Max[k] = min(m.Min[k], c), max(m.Max[k], c)
			}
			first = false
		}
	}
}

func (d *document) part(p placed, prim *gltf.Primitive, uv uvSet, worlds map[int]mgl64.Mat4, b *budget) (*Part, error) {
	s, err := d.shape(prim, p.mesh.Weights, uv.attribute, "", b)
	if s == nil || err != nil {
		return nil, err
	}
	world := p.world
	if p.node.Skin != nil {
		if err := d.skin(s, prim, *p.node.Skin, worlds); err != nil {
			return nil, err
		}
		world = mgl64.Ident4()
	}
	if err := s.finish(b); err != nil {
		return nil, err
	}
	part := &Part{Name: p.mesh.Name}
	if p.node.Name != "" {
		part.Name = p.node.Name
	}
	part.Positions, part.Normals, part.Indices = s.place(zUp.Mul4(world))
	part.Colors = s.shade([4]float32{1, 1, 1, 1})
	part.UVs = make([][2]float32, s.count())
	for i := range part.UVs {
		if s.uvs != nil {
			part.UVs[i] = uv.apply([2]float32{s.uvs[2*i], s.uvs[2*i+1]})
		}
	}
	return part, nil
}

// modelMaterial decodes a material; the index after the last is glTF's default one.
func (d *document) modelMaterial(i int, t *textures, notes map[string]bool) (*ModelMaterial, uvSet) {
	out := &ModelMaterial{BaseColor: [4]float32{1, 1, 1, 1}, Metallic: 1, Roughness: 1}
	uv := uvSet{attribute: gltf.TEXCOORD_0, scale: [2]float64{1, 1}}
	if i >= len(d.Materials) {
		return out, uv
	}
	m := d.Materials[i]
	out.Name, out.DoubleSided = m.Name, m.DoubleSided
	for k, v := range m.EmissiveFactor {
		out.Emission[k] = float32(v)
	}
	out.Blend = m.AlphaMode == gltf.AlphaBlend
	if m.AlphaMode == gltf.AlphaMask {
		out.Cutoff = float32(m.AlphaCutoffOrDefault())
	}
	_, out.Unlit = m.Extensions[extUnlit]
	if strength, err := emissiveStrength(m); err != nil {
		notes[err.Error()] = true
	} else {
		for k := range out.Emission {
			out.Emission[k] *= strength
		}
	}
	refraction, err := refractionOf(m)
	if err != nil {
		notes[err.Error()] = true
	}
	out.Refraction = refraction
	pbr := m.PBRMetallicRoughness
	if pbr == nil {
		return out, uv
	}
	for k, v := range pbr.BaseColorFactorOrDefault() {
		out.BaseColor[k] = float32(v)
	}
	out.Metallic, out.Roughness = float32(pbr.MetallicFactorOrDefault()), float32(pbr.RoughnessFactorOrDefault())
	if info := pbr.BaseColorTexture; info != nil {
		img, err := t.image(info.Index)
		if err != nil {
			notes["texture: "+err.Error()] = true
		}
		out.Texture = img
		uv = textureSet(info)
	}
	return out, uv
}

// uvSet is which texture coordinates a texture uses, and KHR_texture_transform.
type uvSet struct {
	attribute     string
	offset, scale [2]float64
	rotation      float64
}

func textureSet(info *gltf.TextureInfo) uvSet {
	var t struct {
		Offset   [2]float64
		Rotation float64
		Scale    *[2]float64
		TexCoord *int
	}
	set := info.TexCoord
	if ok, err := extension(info.Extensions, extTextureTransform, &t); ok && err == nil && t.TexCoord != nil {
		set = *t.TexCoord
	}
	u := uvSet{attribute: fmt.Sprintf("TEXCOORD_%d", set), offset: t.Offset, scale: [2]float64{1, 1}, rotation: t.Rotation}
	if t.Scale != nil {
		u.scale = *t.Scale
	}
	return u
}

// apply is offset × rotation × scale, as KHR_texture_transform defines them.
func (u uvSet) apply(uv [2]float32) [2]float32 {
	if u.rotation == 0 && u.offset == [2]float64{} && u.scale == [2]float64{1, 1} {
		return uv
	}
	sin, cos := math.Sincos(u.rotation)
	x, y := float64(uv[0])*u.scale[0], float64(uv[1])*u.scale[1]
	return [2]float32{float32(cos*x + sin*y + u.offset[0]), float32(-sin*x + cos*y + u.offset[1])}
}
