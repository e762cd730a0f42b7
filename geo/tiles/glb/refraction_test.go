package glb

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
)

// panel is a glTF triangle of a material with the extensions.
func panel(extensions string) []byte {
	const data = "AAAAAAAAAAAAAAAAAACAPwAAAAAAAAAAAAAAAAAAgD8AAAAA"
	return fmt.Appendf(nil, `{"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],
		"buffers":[{"byteLength":36,"uri":"data:application/octet-stream;base64,%s"}],"bufferViews":[{"buffer":0,"byteLength":36}],
		"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]}],
		"meshes":[{"primitives":[{"attributes":{"POSITION":0},"material":0}]}],
		"materials":[{"name":"pane","emissiveFactor":[0.5,0,0],"pbrMetallicRoughness":{"roughnessFactor":0.25},"extensions":{%s}}]}`, data, extensions)
}

// What goes through a material comes with models and tiles, with glTF's defaults.
func TestRefractionIsRead(t *testing.T) {
	for _, c := range []struct {
		extensions string
		want       geo.Refraction
	}{
		{`"KHR_materials_ior":{"ior":1.7}`, geo.Refraction{}},
		{`"KHR_materials_transmission":{"transmissionFactor":0.75}`, geo.Refraction{Transmission: 0.75, IOR: 1.5, Roughness: 0.25}},
		{`"KHR_materials_transmission":{"transmissionFactor":1},"KHR_materials_ior":{"ior":0}`, geo.Refraction{Transmission: 1, IOR: 1.5, Roughness: 0.25}},
		{`"KHR_materials_transmission":{"transmissionFactor":1},"KHR_materials_ior":{"ior":1.33},"KHR_materials_volume":{"thicknessFactor":2,"attenuationDistance":0.5,"attenuationColor":[0.5,1,0.25]}`,
			geo.Refraction{Transmission: 1, IOR: 1.33, Thickness: 2, Distance: 0.5, Left: [3]float32{0.5, 1, 0.25}, Roughness: 0.25}},
		{`"KHR_materials_transmission":{"transmissionFactor":1},"KHR_materials_ior":{"ior":1e30}`, geo.Refraction{Transmission: 1, IOR: 1000, Roughness: 0.25}},
		{`"KHR_materials_transmission":{"transmissionFactor":1.0000001},"KHR_materials_ior":{"ior":12},"KHR_materials_volume":{"attenuationDistance":2,"attenuationColor":[1.0000001,-1e-7,1]}`,
			geo.Refraction{Transmission: 1, IOR: 12, Distance: 2, Left: [3]float32{1, 0, 1}, Roughness: 0.25}},
	} {
		m, err := ReadModel(panel(c.extensions), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Parts[0].Material.Refraction; got != c.want {
			t.Errorf("model with %s: %+v", c.extensions, got)
		}
		content, err := Read(panel(c.extensions), ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if got := content.Meshes[0].Refraction; got != c.want {
			t.Errorf("tile with %s: %+v", c.extensions, got)
		}
	}
	m, err := ReadModel(panel(`"KHR_materials_emissive_strength":{"emissiveStrength":4}`), nil)
	if err != nil || m.Parts[0].Material.Emission != [3]float32{2, 0, 0} {
		t.Errorf("emission %v, %v", m.Parts[0].Material.Emission, err)
	}
}

// Numbers out of range are named, and leave the material opaque: of a tile as of a model.
func TestBadRefraction(t *testing.T) {
	for extensions, want := range map[string]string{
		`"KHR_materials_transmission":{"transmissionFactor":1.5}`:                                                                           `material "pane": KHR_materials_transmission: transmissionFactor is 1.5, not from 0 to 1`,
		`"KHR_materials_transmission":{"transmissionFactor":1},"KHR_materials_ior":{"ior":0.5}`:                                             "ior is 0.5, not from 1",
		`"KHR_materials_transmission":{"transmissionFactor":1},"KHR_materials_volume":{"thicknessFactor":-1}`:                               "thicknessFactor is -1",
		`"KHR_materials_transmission":{"transmissionFactor":1},"KHR_materials_volume":{"attenuationColor":[0,2,0],"attenuationDistance":1}`: "attenuationColor is 2",
		`"KHR_materials_transmission":"much"`:                                                                                               "KHR_materials_transmission",
	} {
		c, err := Read(panel(extensions), ReadOptions{})
		if err != nil || len(c.Meshes) != 1 || c.Meshes[0].Refraction != (geo.Refraction{}) || len(c.Notes) != 1 || !strings.Contains(c.Notes[0], want) {
			t.Errorf("%s: %v, %v", extensions, c, err)
		}
		m, err := ReadModel(panel(extensions), nil)
		if err != nil || m.Parts[0].Material.Refraction != (geo.Refraction{}) || len(m.Notes) != 1 || !strings.Contains(m.Notes[0], want) {
			t.Errorf("%s: %v, %v", extensions, m, err)
		}
	}
}

// A strength of emission that is no number in a float32 is told, and the factor alone shines.
func TestBadEmissiveStrength(t *testing.T) {
	for _, strength := range []string{"1e39", "-1", `"bright"`} {
		m, err := ReadModel(panel(`"KHR_materials_emissive_strength":{"emissiveStrength":`+strength+`}`), nil)
		if err != nil || m.Parts[0].Material.Emission != [3]float32{0.5, 0, 0} || len(m.Notes) != 1 || !strings.Contains(m.Notes[0], "KHR_materials_emissive_strength") {
			t.Errorf("strength %s: emission %v, notes %v, %v", strength, m.Parts[0].Material.Emission, m.Notes, err)
		}
	}
}

// Extensions are written where glass is, and listed.
func TestRefractionIsWritten(t *testing.T) {
	triangle := geo.Mesh{Material: "pane", Positions: [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}, Normals: [][3]float32{{0, 0, 1}, {0, 0, 1}, {0, 0, 1}},
		Colors: make([][4]uint8, 3), Indices: []uint32{0, 1, 2}, Refraction: geo.Refraction{Transmission: 0.5, IOR: 1.25, Thickness: 3, Roughness: 0.125}}
	wall := triangle
	wall.Refraction = geo.Refraction{}
	for _, o := range []Options{{}, {Quantize: true}, {Compress: true}} {
		data := encode(t, geo.Content{Meshes: []geo.Mesh{triangle, wall}}, o)
		text, _, err := splitGLB(data)
		if err != nil {
			t.Fatal(err)
		}
		var doc struct {
			ExtensionsUsed []string
			Materials      []struct{ Extensions map[string]json.RawMessage }
		}
		if err := json.Unmarshal(text, &doc); err != nil {
			t.Fatal(err)
		}
		if len(doc.Materials) != 2 || len(doc.Materials[1].Extensions) != 0 || string(doc.Materials[0].Extensions[extVolume]) != `{"thicknessFactor":3}` {
			t.Errorf("%+v", doc.Materials)
		}
		for _, name := range []string{extTransmission, extIOR, extVolume} {
			if !slices.Contains(doc.ExtensionsUsed, name) {
				t.Errorf("%s is not listed in %v", name, doc.ExtensionsUsed)
			}
		}
	}
}
