package glb

import (
	"bytes"
	"fmt"
	"image"
	"image/png"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/qmuntal/gltf"

	"github.com/longtake/longtake/geo"
)

// Placed is a model that stands in a content, with its own materials and pictures.
type Placed struct {
	Layer string // id of the scene layer that it belongs to
	Model *Model
	At    mgl64.Mat4 // takes the model's points to the content's frame: turns, one scale, a shift
	// Copies are where it stands instead, and At takes all of them there; nil for a model that
	// stands once. They are written as EXT_mesh_gpu_instancing, with Options.Nodes as nodes.
	Copies []mgl64.Mat4
}

// Triangles counts those of all parts.
func (m *Model) Triangles() (n int) {
	for i := range m.Parts {
		n += len(m.Parts[i].Indices) / 3
	}
	return n
}

// place writes a model as one node with a primitive for each part.
func (b *builder) place(p Placed) error {
	mesh := &gltf.Mesh{Name: p.Layer, Extras: meshExtras{Layer: p.Layer}}
	for i := range p.Model.Parts {
		part := &p.Model.Parts[i]
		if len(part.Indices) == 0 {
			continue
		}
		prim, err := b.placedPart(p.Model, part)
		if err != nil {
			return fmt.Errorf("part %d (%s): %w", i, part.Name, err)
		}
		mesh.Primitives = append(mesh.Primitives, prim)
	}
	if len(mesh.Primitives) == 0 {
		return nil
	}
	one := gltf.Index(b.mesh(mesh))
	node := func(at mgl64.Mat4) *gltf.Node {
		return &gltf.Node{Name: p.Layer, Mesh: one, Matrix: [16]float64(zUp.Transpose().Mul4(at).Mul4(zUp))}
	}
	switch {
	case p.Copies == nil:
		b.node(node(p.At))
	case b.o.Nodes:
		for _, c := range p.Copies {
			b.node(node(p.At.Mul4(c)))
		}
	default:
		at, err := b.copies(p.Copies)
		if err != nil {
			return err
		}
		n := node(p.At)
		n.Extensions = gltf.Extensions{extInstancing: instancing{at}}
		b.used[extInstancing] = true
		b.node(n)
	}
	return nil
}

// placedPart writes a part in float32: the node of a model cannot undo a quantisation, as
// pictures of any kind may hang on its texture coordinates.
func (b *builder) placedPart(m *Model, part *Part) (*gltf.Primitive, error) {
	if err := check(geo.Mesh{Positions: part.Positions, Normals: part.Normals, Colors: part.Colors, UVs: part.UVs, Indices: part.Indices}); err != nil {
		return nil, err
	}
	material, err := b.modelMaterial(m, part.Material)
	if err != nil {
		return nil, err
	}
	p := &gltf.Primitive{Attributes: gltf.PrimitiveAttributes{}, Material: gltf.Index(material)}
	n := len(part.Positions)
	b.surface(p, "model ", part.Positions, part.Normals)
	if colored(part.Colors) {
		s := b.stream("model color", 8, gltf.TargetArrayBuffer)
		p.Attributes[gltf.COLOR_0] = b.accessor(s, n, gltf.ComponentUshort, gltf.AccessorVec4, true)
		for _, c := range part.Colors {
			s.color(c)
		}
	}
	if part.Material.Texture != nil && part.UVs != nil {
		s := b.stream("model uv", 8, gltf.TargetArrayBuffer)
		p.Attributes[gltf.TEXCOORD_0] = b.accessor(s, n, gltf.ComponentFloat, gltf.AccessorVec2, false)
		for _, v := range part.UVs {
			v = soundUV(v)
			s.floats(v[0], v[1])
		}
	}
	p.Indices = gltf.Index(b.indices(part.Indices, n))
	return p, nil
}

func colored(all [][4]uint8) bool {
	for _, c := range all {
		if c != [4]uint8{255, 255, 255, 255} {
			return true
		}
	}
	return false
}

// modelMaterial returns the index of a model's material, which is made when first asked for.
func (b *builder) modelMaterial(m *Model, of ModelMaterial) (int, error) {
	if i, ok := b.modelMaterials[of]; ok {
		return i, nil
	}
	color := [4]float64{float64(of.BaseColor[0]), float64(of.BaseColor[1]), float64(of.BaseColor[2]), float64(of.BaseColor[3])}
	for k := range color {
		color[k] = min(max(color[k], 0), 1)
	}
	metallic, roughness := min(max(float64(of.Metallic), 0), 1), min(max(float64(of.Roughness), 0), 1)
	out := &gltf.Material{Name: of.Name, DoubleSided: of.DoubleSided,
		PBRMetallicRoughness: &gltf.PBRMetallicRoughness{BaseColorFactor: &color, MetallicFactor: &metallic, RoughnessFactor: &roughness}}
	switch cutoff := float64(of.Cutoff); {
	case of.Blend:
		out.AlphaMode = gltf.AlphaBlend
	case cutoff > 0:
		out.AlphaMode, out.AlphaCutoff = gltf.AlphaMask, &cutoff
	}
	if of.Texture != nil {
		i, err := b.picture(m, of.Texture)
		if err != nil {
			return 0, fmt.Errorf("picture of material %q: %w", of.Name, err)
		}
		out.PBRMetallicRoughness.BaseColorTexture = &gltf.TextureInfo{Index: i}
	}
	b.refract(out, of.Refraction)
	if out.Extensions == nil {
		out.Extensions = gltf.Extensions{}
	}
	if of.Unlit {
		out.Extensions[extUnlit] = struct{}{}
		b.used[extUnlit] = true
	}
	top := max(of.Emission[0], of.Emission[1], of.Emission[2])
	for k, v := range of.Emission {
		out.EmissiveFactor[k] = float64(max(v, 0) / max(top, 1))
	}
	if top > 1 && !of.Unlit { // which shows its base colour alone
		out.Extensions[extEmissiveStrength] = map[string]float64{"emissiveStrength": float64(top)}
		b.used[extEmissiveStrength] = true
	}
	if b.modelMaterials == nil {
		b.modelMaterials = map[ModelMaterial]int{}
	}
	b.modelMaterials[of] = len(b.doc.Materials)
	b.doc.Materials = append(b.doc.Materials, out)
	return b.modelMaterials[of], nil
}

// picture returns the index of a texture: the file that it came in, or a PNG.
func (b *builder) picture(m *Model, of *image.NRGBA) (int, error) {
	if i, ok := b.pictures[of]; ok {
		return i, nil
	}
	data := m.Files[of]
	if data == nil {
		var out bytes.Buffer
		if err := png.Encode(&out, of); err != nil {
			return 0, err
		}
		data = out.Bytes()
	}
	kind := "image/png"
	if data[0] == 0xff { // SOI of JPEG
		kind = "image/jpeg"
	}
	s := b.stream(fmt.Sprint("model picture ", len(b.doc.Images)), 0, gltf.TargetNone)
	s.data = append(s.data, data...)
	b.doc.Samplers = append(b.doc.Samplers, &gltf.Sampler{MagFilter: gltf.MagLinear, MinFilter: gltf.MinLinearMipMapLinear, WrapS: gltf.WrapRepeat, WrapT: gltf.WrapRepeat})
	b.doc.Images = append(b.doc.Images, &gltf.Image{MimeType: kind, BufferView: gltf.Index(s.view)})
	b.doc.Textures = append(b.doc.Textures, &gltf.Texture{Sampler: gltf.Index(len(b.doc.Samplers) - 1), Source: gltf.Index(len(b.doc.Images) - 1)})
	if b.pictures == nil {
		b.pictures = map[*image.NRGBA]int{}
	}
	b.pictures[of] = len(b.doc.Textures) - 1
	return b.pictures[of], nil
}
