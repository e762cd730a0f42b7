package glb

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/qmuntal/gltf"
)

// transmission, ior and volume are the objects of KHR_materials_transmission, _ior and
// _volume, textures left out.
type transmission struct {
	Factor float64 `json:"transmissionFactor"`
}

type ior struct {
	IOR *float64 `json:"ior,omitempty"` // 1.5 where it is not said
}

type volume struct {
	Thickness float64     `json:"thicknessFactor,omitempty"`
	Left      *[3]float64 `json:"attenuationColor,omitempty"`    // white where it is not said
	Distance  float64     `json:"attenuationDistance,omitempty"` // infinite where it is not said
}

// refractionOf reads what goes through a material. An index of 0, glTF's word for one
// without Fresnel's law, counts as 1.5. Shares that rounding has put beyond 0 or 1 are brought
// back; other numbers out of range are an error, and the material is opaque then.
func refractionOf(m *gltf.Material) (r geo.Refraction, err error) {
	var t transmission
	var i ior
	var v volume
	for _, e := range []struct {
		name string
		to   any
	}{{extTransmission, &t}, {extIOR, &i}, {extVolume, &v}} {
		if _, err := extension(m.Extensions, e.name, e.to); err != nil {
			return r, fmt.Errorf("material %q: %s: %w", m.Name, e.name, err)
		}
	}
	if t.Factor == 0 {
		return r, nil
	}
	index, left := 1.5, [3]float64{1, 1, 1}
	if i.IOR != nil && *i.IOR != 0 {
		index = *i.IOR
	}
	if v.Left != nil {
		left = *v.Left
	}
	if index <= math.MaxFloat32 {
		index = min(index, mirrorIndex)
	}
	t.Factor = unrounded(t.Factor)
	for k, x := range left {
		left[k] = unrounded(x)
	}
	check := func(name, member string, x, low, high float64) {
		if err == nil && !(x >= low && x <= high) {
			err = fmt.Errorf("material %q: %s: %s is %v, not from %v to %v", m.Name, name, member, x, low, high)
		}
	}
	check(extTransmission, "transmissionFactor", t.Factor, 0, 1)
	check(extIOR, "ior", index, 1, math.MaxFloat32)
	check(extVolume, "thicknessFactor", v.Thickness, 0, math.MaxFloat32)
	check(extVolume, "attenuationDistance", v.Distance, 0, math.MaxFloat32)
	for _, x := range left {
		check(extVolume, "attenuationColor", x, 0, 1)
	}
	if err != nil {
		return r, err
	}
	r = geo.Refraction{Transmission: float32(t.Factor), IOR: float32(index), Thickness: float32(v.Thickness), Roughness: 1}
	if v.Distance > 0 {
		r.Distance = float32(v.Distance)
		for k, x := range left {
			r.Left[k] = float32(x)
		}
	}
	if m.PBRMetallicRoughness != nil {
		r.Roughness = float32(m.PBRMetallicRoughness.RoughnessFactorOrDefault())
	}
	return r, nil
}

// emissiveStrength is how many times brighter a material shines than its factor says, 1 where
// its file does not say.
func emissiveStrength(m *gltf.Material) (float32, error) {
	glow := struct {
		EmissiveStrength float64 `json:"emissiveStrength"`
	}{1}
	if _, err := extension(m.Extensions, extEmissiveStrength, &glow); err != nil {
		return 1, fmt.Errorf("material %q: %s: %w", m.Name, extEmissiveStrength, err)
	}
	if !(glow.EmissiveStrength >= 0 && glow.EmissiveStrength <= maxStrength) {
		return 1, fmt.Errorf("material %q: %s: emissiveStrength is %v, not from 0 to %v", m.Name, extEmissiveStrength, glow.EmissiveStrength, maxStrength)
	}
	return float32(glow.EmissiveStrength), nil
}

// mirrorIndex is an index from which a surface is a mirror and greater ones look alike; glTF has
// no upper limit, and squares of far greater ones are no float32.
const mirrorIndex = 1000

// maxStrength times a factor times the exposure of any picture is a float32.
const maxStrength = 1e30

// unrounded is a share of which rounding has made a little less than 0 or more than 1.
func unrounded(x float64) float64 {
	const most = 1e-4
	if x >= -most && x <= 1+most {
		return min(max(x, 0), 1)
	}
	return x
}

// refract writes what goes through a material.
func (b *builder) refract(m *gltf.Material, r geo.Refraction) {
	if r.Transmission <= 0 {
		return
	}
	index, roughness := float64(r.IOR), float64(r.Roughness)
	m.PBRMetallicRoughness.RoughnessFactor = &roughness
	m.Extensions = gltf.Extensions{extTransmission: transmission{float64(r.Transmission)}, extIOR: ior{&index}}
	b.used[extTransmission], b.used[extIOR] = true, true
	if r.Thickness <= 0 && r.Distance <= 0 {
		return
	}
	v := volume{Thickness: float64(r.Thickness), Distance: float64(r.Distance)}
	if r.Distance > 0 {
		v.Left = &[3]float64{float64(r.Left[0]), float64(r.Left[1]), float64(r.Left[2])}
	}
	m.Extensions[extVolume] = v
	b.used[extVolume] = true
}
