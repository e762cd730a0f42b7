package glb

import (
	"encoding/json"
	"math"

	"github.com/qmuntal/gltf"
)

// The JSON of the extensions (3D Tiles Next, Khronos registry), as far as it is used.

const (
	extMeshFeatures     = "EXT_mesh_features"
	extMetadata         = "EXT_structural_metadata"
	extInstancing       = "EXT_mesh_gpu_instancing"
	extInstanceFeatures = "EXT_instance_features"
	extQuantization     = "KHR_mesh_quantization"
	extMeshopt          = "EXT_meshopt_compression"
	extTextureTransform = "KHR_texture_transform"
	extUnlit            = "KHR_materials_unlit"
	extTransmission     = "KHR_materials_transmission"
	extIOR              = "KHR_materials_ior"
	extVolume           = "KHR_materials_volume"
	extEmissiveStrength = "KHR_materials_emissive_strength"
	extRTC              = "CESIUM_RTC"
	featureAttribute    = "_FEATURE_ID_0"
	batchAttribute      = "_BATCHID"
)

// featureIDs is the extension object of EXT_mesh_features and EXT_instance_features.
type featureIDs struct {
	FeatureIDs []featureID `json:"featureIds"`
}

type featureID struct {
	FeatureCount  int              `json:"featureCount"`
	NullFeatureID *uint32          `json:"nullFeatureId,omitempty"`
	Attribute     *int             `json:"attribute,omitempty"`
	Texture       *json.RawMessage `json:"texture,omitempty"`
	PropertyTable *int             `json:"propertyTable,omitempty"`
	Label         string           `json:"label,omitempty"`
}

type instancing struct {
	Attributes map[string]int `json:"attributes"`
}

type structuralMetadata struct {
	Schema         *schema         `json:"schema,omitempty"`
	PropertyTables []propertyTable `json:"propertyTables,omitempty"`
}

type schema struct {
	ID      string           `json:"id"`
	Classes map[string]class `json:"classes,omitempty"`
	Enums   map[string]enum  `json:"enums,omitempty"`
}

type enum struct {
	ValueType string      `json:"valueType,omitempty"`
	Values    []enumValue `json:"values"`
}

type enumValue struct {
	Name  string `json:"name"`
	Value int64  `json:"value"`
}

type class struct {
	Name        string              `json:"name,omitempty"`
	Description string              `json:"description,omitempty"`
	Properties  map[string]property `json:"properties,omitempty"`
}

type property struct {
	Name          string `json:"name,omitempty"`
	Description   string `json:"description,omitempty"`
	Type          string `json:"type"`
	ComponentType string `json:"componentType,omitempty"`
	Semantic      string `json:"semantic,omitempty"`
	Required      bool   `json:"required,omitempty"`
	NoData        any    `json:"noData,omitempty"`
	Array         bool   `json:"array,omitempty"`
	Normalized    bool   `json:"normalized,omitempty"`
	EnumType      string `json:"enumType,omitempty"`
	Offset        any    `json:"offset,omitempty"`
	Scale         any    `json:"scale,omitempty"`
}

type propertyTable struct {
	Name       string                    `json:"name,omitempty"`
	Class      string                    `json:"class"`
	Count      int                       `json:"count"`
	Properties map[string]propertyValues `json:"properties,omitempty"`
}

type propertyValues struct {
	Values           int    `json:"values"`
	StringOffsets    *int   `json:"stringOffsets,omitempty"`
	StringOffsetType string `json:"stringOffsetType,omitempty"`
	Offset           any    `json:"offset,omitempty"` // instead of the property's
	Scale            any    `json:"scale,omitempty"`
}

// extension decodes one extension object into v; ok is false where it is absent.
func extension(e gltf.Extensions, name string, v any) (ok bool, err error) {
	x, ok := e[name]
	if !ok {
		return false, nil
	}
	raw, ok := x.(json.RawMessage)
	if !ok { // another package of the program registered its own type for the name
		if raw, err = json.Marshal(x); err != nil {
			return true, err
		}
	}
	return true, json.Unmarshal(raw, v)
}

// extraInt returns a whole number of an extras object, or 0.
func extraInt(extras any, key string) int {
	m, _ := extras.(map[string]any)
	v, _ := m[key].(float64)
	if v != math.Trunc(v) || math.Abs(v) > 1000 {
		return 0
	}
	return int(v)
}

// extra returns a string of an extras object, or "".
func extra(extras any, key string) string {
	m, _ := extras.(map[string]any)
	s, _ := m[key].(string)
	return s
}
