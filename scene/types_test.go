package scene

import (
	"github.com/invopop/jsonschema"
)

// The layer types that the tests use: every kind of property once.
type buildings struct {
	Color   string         `json:"color" format:"color" doc:"walls"`
	Windows windows        `json:"windows" doc:"windows at night"`
	Levels  int            `json:"levels" min:"1" max:"200" doc:"storeys where unknown"`
	Classes map[string]int `json:"classes" min:"0" doc:"levels by class"`
	Detail  *detail        `json:"detail" doc:"optional"`
	Model   string         `json:"model" format:"path" doc:"landmark"`
	Mask    string         `json:"mask" format:"layer" doc:"another layer"`
	Tags    []string       `json:"tags" doc:"keys kept"`
}

type windows struct {
	Lit   float64 `json:"lit" min:"0" max:"1" doc:"share of lit windows"`
	Color Color   `json:"color" doc:"of the light"`
}

type detail struct {
	Roofs string `json:"roofs" enum:"flat,real" doc:"shapes"`
	Steps int    `json:"steps" min:"0" doc:"count"`
}

func (d *detail) SetDefaults() { *d = detail{"real", 3} }

type column struct {
	Size  size       `json:"size" doc:"metres, or by field"`
	Join  string     `json:"join" format:"source" doc:"second source"`
	Fade  Time       `json:"fade" min:"0" max:"60" unit:"s" doc:"in and out"`
	Range [2]float64 `json:"range" doc:"domain"`
	Free  any        `json:"free" doc:"anything"`
}

// size is a number or a mapping: a type with several shapes.
type size struct {
	Value float64
	Field string
}

type sizeByField struct {
	Field string `json:"field" required:"true" doc:"column"`
}

func (s *size) UnmarshalScene(v *Value) {
	switch v.Kind() {
	case Number:
		v.Decode(&s.Value)
	case Map:
		var f sizeByField
		if v.Decode(&f) {
			*s = size{Field: f.Field}
		}
	default:
		v.Reject("a number or {field} is allowed")
	}
}

func (s size) MarshalScene() any {
	if s.Field != "" {
		return sizeByField{s.Field}
	}
	return s.Value
}

func (size) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "number"}, structSchema(sizeByField{}, nil)}}
}

var testTypes = Types{
	"terrain": {Name: "terrain", Group: "ground", Doc: "The ground.", New: func() any { return &struct{}{} }, Sources: []string{"raster"}},
	"buildings": {Name: "buildings", Group: "city", Doc: "Houses.", Sources: []string{"osm", "vector"}, New: func() any {
		return &buildings{Color: "#d8d0c4", Windows: windows{0.5, Color{255, 220, 160, 255}}, Levels: 3}
	}},
	"column": {Name: "column", Group: "data", Doc: "Columns.", New: func() any {
		return &column{Size: size{Value: 10}, Range: [2]float64{0, 1}}
	}},
}
