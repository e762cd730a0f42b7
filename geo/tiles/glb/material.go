package glb

import (
	"github.com/longtake/longtake/geo"
	"github.com/qmuntal/gltf"
)

// look is the plain PBR of a material for engines that do not know its name.
type look struct {
	roughness, metallic float64
	twoSided            bool
}

var looks = map[geo.Material]look{
	geo.Facade: {roughness: 0.85}, geo.Sign: {roughness: 0.5}, geo.Lamp: {roughness: 0.5}, geo.Wall: {roughness: 0.9}, geo.Roof: {roughness: 0.9},
	geo.Ground: {roughness: 1}, geo.Green: {roughness: 1}, geo.Sand: {roughness: 1}, geo.Paved: {roughness: 0.9},
	geo.Road: {roughness: 0.85}, geo.Path: {roughness: 0.95}, geo.Rail: {roughness: 0.7},
	geo.Water: {roughness: 0.08}, geo.Foliage: {roughness: 0.9, twoSided: true}, geo.Bark: {roughness: 0.95},
	geo.Concrete: {roughness: 0.9}, geo.Glass: {roughness: 0.05}, geo.Metal: {roughness: 0.35, metallic: 1}, geo.Rotor: {roughness: 0.4},
}

// codedAlpha are the materials whose colours carry something else in their alpha.
var codedAlpha = map[geo.Material]bool{geo.Facade: true, geo.Sign: true, geo.Lamp: true}

type materialKey struct {
	name  geo.Material
	blend bool
	tint  [4]uint8 // zero: the vertices have colours
	glass geo.Refraction
	// Of facades with texture coordinates: what one is worth, and where they count from.
	step, origin [2]float64
}

// keyOf says which glTF material a mesh needs; it blends where a vertex is not opaque.
func keyOf(m *geo.Mesh) materialKey {
	key, colors := materialKey{name: m.Material, glass: m.Refraction}, m.Colors
	if codedAlpha[m.Material] {
		return key
	}
	for i := range colors {
		if colors[i][3] != 255 {
			key.blend = true
			break
		}
	}
	return key
}

// material returns the index of a material, which is made when first asked for.
func (b *builder) material(key materialKey) int {
	if i, ok := b.materials[key]; ok {
		return i
	}
	l, ok := looks[key.name]
	if !ok {
		l.roughness = 0.8
	}
	out := &gltf.Material{Name: string(key.name), DoubleSided: l.twoSided,
		PBRMetallicRoughness: &gltf.PBRMetallicRoughness{MetallicFactor: &l.metallic, RoughnessFactor: &l.roughness}}
	if key.blend {
		out.AlphaMode = gltf.AlphaBlend
	}
	if key.tint != ([4]uint8{}) {
		f := [4]float64{1, 1, 1, 1}
		for k, v := range encodeColor(key.tint) {
			f[k] = float64(float32(v) / 65535)
		}
		out.PBRMetallicRoughness.BaseColorFactor = &f
	}
	b.refract(out, key.glass)
	if key.step[0] > 0 {
		b.windows(out, key.step, key.origin)
	}
	b.materials[key] = len(b.doc.Materials)
	b.doc.Materials = append(b.doc.Materials, out)
	return b.materials[key]
}
