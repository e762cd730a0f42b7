package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/invopop/jsonschema"

	"github.com/longtake/longtake/scene"
)

// kindOf says in a few words what a schema allows.
func kindOf(s *jsonschema.Schema) string {
	var either []string
	for _, o := range slices.Concat(s.AnyOf, s.OneOf) {
		if k := kindOf(o); k != "null" && !slices.Contains(either, k) {
			either = append(either, k)
		}
	}
	switch {
	case len(either) > 0:
		return strings.Join(either, " or ")
	case len(s.Enum) > 0:
		return strings.Trim(strings.ReplaceAll(fmt.Sprint(s.Enum), " ", "|"), "[]")
	case s.Format == "color" || strings.HasPrefix(s.Pattern, "^#"):
		return "color"
	case s.Type == "string":
		return "text"
	case s.Type == "array" && s.Items != nil:
		return "list of " + kindOf(s.Items)
	case s.Type == "object" && s.Properties != nil && s.Properties.Len() > 0:
		var keys []string
		for p := s.Properties.Oldest(); p != nil; p = p.Next() {
			keys = append(keys, p.Key)
		}
		return "{" + strings.Join(keys, ", ") + "}"
	case s.Type == "object":
		return "mapping"
	case s.Type == "boolean":
		return "true|false"
	case s.Type == "":
		return "anything"
	}
	return s.Type + limits(s)
}

// limits writes what a number may be as an interval.
func limits(s *jsonschema.Schema) string {
	low, high := "(-∞", "∞)"
	switch {
	case s.Minimum != "":
		low = "[" + s.Minimum.String()
	case s.ExclusiveMinimum != "":
		low = "(" + s.ExclusiveMinimum.String()
	}
	switch {
	case s.Maximum != "":
		high = s.Maximum.String() + "]"
	case s.ExclusiveMaximum != "":
		high = s.ExclusiveMaximum.String() + ")"
	}
	if low == "(-∞" && high == "∞)" {
		return ""
	}
	return " " + low + ", " + high
}

// exampleScene is a scene with one layer of the type, whose properties are written out
// with their defaults, to copy and edit.
func exampleScene(t scene.Type) string {
	var b strings.Builder
	kind, file := "vector", "data.geojson"
	if len(t.Sources) > 0 {
		kind = t.Sources[0]
	}
	switch kind {
	case "osm":
		file = "city.osm.pbf"
	case "raster":
		file = "elevation.tif"
	case "table":
		file = "data.csv"
	case "tileset":
		file = "city/tileset.json"
	}
	fmt.Fprintf(&b, "longtake: 1\nsources:\n  data: { type: %s, path: %s }\nlayers:\n  - id: my-%s\n    type: %s\n    source: data\n", kind, file, t.Name, t.Name)
	required := propertySchema(t).Required
	for _, p := range t.Properties() {
		value := p.Default
		if slices.Contains(required, p.Name) || p.File {
			value = exampleValue(t, p.Name)
		} else if given := exampleValue(t, p.Name); value == `""` && given != "null" { // a type may need one of several
			value = given
		}
		if value != "" && value != "null" && (value != `""` || len(p.Enum) == 0) { // one of the words, or none
			fmt.Fprintf(&b, "    %s: %s\n", p.Name, value)
		}
	}
	return b.String()
}

// exampleValue is what the type's first example gives a property that has no default.
func exampleValue(t scene.Type, name string) string {
	var layer map[string]any
	if err := yaml.Unmarshal([]byte("{"+t.Examples[0].Layer+"}"), &layer); err != nil {
		return "" // a test parses every example
	}
	text, err := yaml.MarshalWithOptions(layer[name], yaml.Flow(true))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}

// exampleJSON is exampleScene as JSON.
func exampleJSON(t scene.Type) (json.RawMessage, error) {
	return yaml.YAMLToJSON([]byte(exampleScene(t)))
}
