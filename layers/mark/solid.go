package mark

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
)

// Solid is the material of bodies that a layer draws: colours of data, lit by the scene, with
// some light of their own (see drawable.Material.Emission), opaque unless the layer blends.
func Solid(c *layer.Context, roughness, emission float64) *drawable.Material {
	m := drawable.DefaultMaterial()
	e := float32(emission)
	m.Data = true
	m.Name, m.Roughness, m.Emission, m.Blend = c.Layer.Type, float32(roughness), [3]float32{e, e, e}, c.Blend(drawable.Opaque)
	return m
}
