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
	geo.Concrete: {roughness: 0.9}, geo.Glass: {roughness: 0.05}, geo.Metal: {roughness: 0.35, metallic: 1},
}

type materialKey struct {
	name  geo.Material
	blend bool
}

// material returns the glTF material of a mesh; it blends where a vertex is not opaque.
func (b *builder) material(m geo.Mesh) int {
	key := materialKey{name: m.Material}
	coded := m.Material == geo.Facade || m.Material == geo.Sign || m.Material == geo.Lamp // alpha is a code
	for _, c := range m.Colors {
		if c[3] != 255 && !coded {
			key.blend = true
			break
		}
	}
	if i, ok := b.materials[key]; ok {
		return i
	}
	l, ok := looks[m.Material]
	if !ok {
		l.roughness = 0.8
	}
	out := &gltf.Material{Name: string(m.Material), DoubleSided: l.twoSided,
		PBRMetallicRoughness: &gltf.PBRMetallicRoughness{MetallicFactor: &l.metallic, RoughnessFactor: &l.roughness}}
	if key.blend {
		out.AlphaMode = gltf.AlphaBlend
	}
	b.materials[key] = len(b.doc.Materials)
	b.doc.Materials = append(b.doc.Materials, out)
	return b.materials[key]
}
