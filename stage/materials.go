package stage

import (
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/model"
	"github.com/longtake/longtake/layers/drawable"
)

// roomLight is what white walls send back of a room's lamps, by day: a photographer's
// exposure of a room and its windows, as 300 lx would be black beside the sun.
var roomLight = [3]float32{0.30, 0.25, 0.19}

// looks is how each material of geo is drawn: its shading model and its surface.
var looks = map[geo.Material]drawable.Material{
	geo.Facade:   {Model: drawable.Facade, Roughness: 0.85, Reflectance: 0.5},
	geo.Wall:     {Model: drawable.Standard, Roughness: 0.88, Reflectance: 0.45},
	geo.Roof:     {Model: drawable.Roof, Roughness: 0.85, Reflectance: 0.45},
	geo.Ground:   {Model: drawable.Ground, Roughness: 0.95, Reflectance: 0.35},
	geo.Green:    {Model: drawable.Ground, Roughness: 0.95, Reflectance: 0.35},
	geo.Sand:     {Model: drawable.Ground, Roughness: 0.92, Reflectance: 0.4},
	geo.Paved:    {Model: drawable.Ground, Roughness: 0.8, Reflectance: 0.5},
	geo.Road:     {Model: drawable.Road, Roughness: 0.85, Reflectance: 0.5},
	geo.Path:     {Model: drawable.Road, Roughness: 0.9, Reflectance: 0.4},
	geo.Rail:     {Model: drawable.Road, Roughness: 0.95, Reflectance: 0.4},
	geo.Water:    {Model: drawable.Water, Roughness: 0.06, Reflectance: 0.36},
	geo.Foliage:  {Model: drawable.Foliage, Roughness: 0.9, Reflectance: 0.35, DoubleSided: true},
	geo.Bark:     {Model: drawable.Standard, Roughness: 0.95, Reflectance: 0.35},
	geo.Concrete: {Model: drawable.Standard, Roughness: 0.85, Reflectance: 0.45},
	geo.Glass:    {Model: drawable.Standard, Roughness: 0.08, Reflectance: 0.6},
	geo.Sign:     {Model: drawable.Facade, Roughness: 0.35, Reflectance: 0.5}, // facade codes: surface_facade.glsl
	geo.Lamp:     {Model: drawable.Facade, Roughness: 0.3, Reflectance: 0.5},
	geo.Paint:    {Model: drawable.Standard, Roughness: 0.3, Reflectance: 0.55},
	geo.Rotor:    {Model: drawable.Standard, Roughness: 0.4, Reflectance: 0.5, Spin: drawable.Spin{Axis: model.RotorAxis, Rate: 29}}, // 0.2 turns a second at 145 m
	geo.Floor:    {Model: drawable.Standard, Roughness: 0.42, Reflectance: 0.5, Emission: roomLight, Lit: 1},                         // by lamps: surface_standard.glsl
	geo.Room:     {Model: drawable.Standard, Roughness: 0.88, Reflectance: 0.4, Emission: roomLight, Lit: 1},
	geo.Slab:     {Model: drawable.Standard, Roughness: 0.9, Reflectance: 0.4},
	geo.SlabSide: {Model: drawable.Standard, Roughness: 0.6, Reflectance: 0.5},
	geo.Metal:    {Model: drawable.Standard, Roughness: 0.35, Reflectance: 0.7, Metallic: 0.8},
}

// materials hands out one material for each name, share of lit windows and what goes through
// it, so that everything of one look is drawn together.
type materials map[materialKey]*drawable.Material

type materialKey struct {
	name  geo.Material
	lit   float32
	clear geo.Refraction
}

func (m materials) get(name geo.Material, lit float32, clear geo.Refraction) *drawable.Material {
	key := materialKey{name, lit, clear}
	if m[key] == nil {
		look, ok := looks[name]
		if !ok { // content of other makers
			look = drawable.Material{Roughness: 0.8, Reflectance: 0.5}
		}
		look.Name, look.Color = string(name), [4]float32{1, 1, 1, 1}
		if look.Lit == 0 {
			look.Lit = lit
		}
		if clear.Transmission > 0 {
			look.Model, look.Roughness, look.Metallic = drawable.Standard, clear.Roughness, 0
			look.Glass = drawable.Glass{Transmission: clear.Transmission, IOR: clear.IOR, Thickness: clear.Thickness, Left: clear.Left, Distance: clear.Distance}
		}
		m[key] = &look
	}
	return m[key]
}
