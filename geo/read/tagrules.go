package read

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

// Schemas of map tiles and tables say the same as OSM in other words. The files of
// tagrules translate them, line by line: a layer, a condition, and the tags that it
// makes. A condition is "-" (always), key=value,value,… or key=* (any value). In a tag,
// $key is the value of that key; a tag whose key has none is not set. The first line
// that sets a tag wins, and a tag that the feature has already stays.
//
//go:embed tagrules/*.txt
var tagRuleFiles embed.FS

type tagRule struct {
	key    string   // "" = always
	values []string // nil = any
	set    [][2]string
}

// schema is a vocabulary: rules by layer, in order.
type schema struct {
	name   string
	layers map[string][]tagRule
}

// readSchema parses a file of rules; a mistake in it is one in this package.
func readSchema(name string) *schema {
	data, err := tagRuleFiles.ReadFile("tagrules/" + name + ".txt")
	if err != nil {
		panic(err)
	}
	s := &schema{name: name, layers: map[string][]tagRule{}}
	for n, line := range strings.Split(string(data), "\n") {
		f := strings.Fields(line)
		if len(f) == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		if len(f) < 3 {
			panic(fmt.Sprintf("read: %s.txt:%d: a layer, a condition and tags are needed", name, n+1))
		}
		var r tagRule
		if f[1] != "-" {
			key, values, _ := strings.Cut(f[1], "=")
			r.key = key
			if values != "*" {
				r.values = strings.Split(values, ",")
			}
		}
		for _, t := range f[2:] {
			k, v, ok := strings.Cut(t, "=")
			if !ok {
				panic(fmt.Sprintf("read: %s.txt:%d: %q is no tag", name, n+1, t))
			}
			r.set = append(r.set, [2]string{k, v})
		}
		s.layers[f[0]] = append(s.layers[f[0]], r)
	}
	return s
}

var (
	openMapTiles = readSchema("openmaptiles")
	protomaps    = readSchema("protomaps")
	shortbread   = readSchema("shortbread")
	mapboxTiles  = readSchema("mapbox")
	overture     = readSchema("overture")
)

// tileSchema tells the schema of tiles from the names of their layers; nil where the
// attributes are taken for OSM's own tags.
func tileSchema(layers []string) *schema {
	has := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(layers, n) })
	}
	switch {
	case has("earth", "roads", "pois", "physical_line"):
		return protomaps
	case has("transportation", "transportation_name", "aerodrome_label", "housenumber"):
		return openMapTiles
	case has("road", "poi_label", "landuse_overlay", "place_label", "road_label"):
		return mapboxTiles
	case has("streets", "street_polygons", "water_polygons", "addresses", "boundary_labels", "ocean"):
		return shortbread
	case has("building", "landcover", "waterway", "water", "park"):
		return openMapTiles
	}
	return nil
}

// translate adds the tags that the rules make of those of a feature.
func (s *schema) translate(layer string, tags map[string]string) {
	if s == nil {
		return
	}
	defer truths(tags)
	for _, r := range s.layers[layer] {
		if r.key != "" {
			v, ok := tags[r.key]
			if !ok || r.values != nil && !slices.Contains(r.values, v) {
				continue
			}
		}
		for _, t := range r.set {
			v := t[1]
			if strings.HasPrefix(v, "$") {
				v = tags[v[1:]]
			}
			if v != "" && tags[t[0]] == "" {
				tags[t[0]] = v
			}
		}
	}
}

// truths writes OSM's words for yes and no under the keys that have them.
func truths(tags map[string]string) {
	for _, k := range [...]string{"bridge", "tunnel", "oneway", "intermittent"} {
		switch tags[k] {
		case "true", "1":
			tags[k] = "yes"
		case "false", "0":
			tags[k] = "no"
		}
	}
}

// overtureType tells which of Overture's types a table holds from its columns; "" where
// it is not one of theirs.
func overtureType(columns []string) string {
	has := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(columns, n) })
	}
	switch {
	case !has("version") || !slices.ContainsFunc(columns, func(c string) bool { return strings.HasPrefix(c, "bbox.") }):
		return ""
	case has("building_id", "roof_shape"):
		return "part"
	case has("has_parts"), has("num_floors", "roof_shape"):
		return "building"
	case has("is_salt"):
		return "water"
	case has("subclass") && has("subtype"):
		return "segment"
	case has("cartography.min_zoom") && has("subtype"):
		return "land_cover"
	case has("elevation") && has("surface"):
		return "land"
	case has("surface") && has("subtype"):
		return "land_use"
	case has("height") && has("subtype"):
		return "infrastructure"
	}
	return ""
}
