package layers

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// sampleSources are the files of the sample city's folder by the names that examples have for
// them, in the order of a document.
var sampleSources = []struct{ name, source string }{
	{"city", "{ type: osm, path: city.osm }"},
	{"outskirts", "{ type: osm, path: outskirts.osm }"},
	{"isle", "{ type: vector, path: isle.city.json }"},
	{"dem", "{ type: raster, path: N36W031.hgt, datum: egm96 }"},
	{"island", "{ type: raster, path: N36W031.hgt, datum: egm96, bbox: [-30.58, 36.46, -30.42, 36.58] }"},
	{"places", "{ type: table, path: places.csv }"},
	{"sensors", "{ type: table, path: sensors.csv }"},
	{"flows", "{ type: table, path: flows.csv }"},
	{"prices", "{ type: table, path: prices.csv }"},
	{"trips", "{ type: vector, path: trips.json }"},
	{"ferries", `{ type: vector, path: trips.json, transform: [ { filter: 'kind == "ferry"' } ] }`},
	{"zones", "{ type: vector, path: zones.geojson }"},
	{"winds", "{ type: table, path: winds.csv }"},
	{"storm", "{ type: table, path: storm.csv }"},
	{"tiles", "{ type: tileset, path: pyramid.json }"},
	{"earth", "{ type: image, path: globe.png, bounds: [-180, -90, 180, 90] }"},
}

// cityContext is what stands around a layer that is built from the city, so that its picture
// shows where it belongs.
var cityContext = []struct{ id, typ, layer string }{
	{"terrain", "terrain", bareGround},
	{"land", "areas", "source: city, on: ground"},
	{"sea", "water", "source: city, on: ground"},
	{"streets", "roads", "source: city, on: ground"},
	{"houses", "buildings", "source: city"},
}

// bareGround is one layer in all examples that have it, as those of the gallery lie in one
// package, whose ground is one.
const bareGround = "source: dem, maxError: 1, margin: 4000"

// onGround are the types that lie on the tiles of the ground.
var onGround = []string{"areas", "water", "roads", "railways"}

const (
	seaView    = "{ lng: -30.505, lat: 36.47, height: 3500, pitch: -38 }"
	islandView = "{ lng: -30.505, lat: 36.462, height: 3500, pitch: -32 }"
	cityView   = "{ lng: -30.4935, lat: 36.4995, height: 330, heading: 318, pitch: -16 }"
	// Day and Night are the dates of pictures by day and by night.
	Day   = "2026-06-21T17:00:00Z"
	Night = "2026-06-21T21:50:00Z" // the end of the blue hour
)

// What may stand around an example.
const (
	Sea    = "sea"    // nothing: the globe
	Ground = "ground" // the bare island
	City   = "city"
)

// Around is what stands around an example: what it says, what it is built from, or what its
// group lies on.
func Around(t scene.Type, e scene.Example) string {
	switch {
	case e.Around != "":
		return e.Around
	case Built(t), t.Group == "weather":
		return City
	case t.Group == "terrain":
		return Ground
	}
	return Sea
}

// Built tells whether a type is built into tiles from the city.
func Built(t scene.Type) bool {
	_, built := t.New().(layer.Built)
	return built
}

// ExampleID names an example: its type, and the component where it is one.
func ExampleID(t scene.Type, e scene.Example) string {
	if e.Name == "" {
		return t.Name
	}
	return t.Name + "-" + e.Name
}

// ExampleLayers are the layers of an example as a document lists them: what stands around it,
// and at the end the example itself.
func ExampleLayers(t scene.Type, e scene.Example) []string {
	var out []string
	props := e.Layer
	switch Around(t, e) {
	case Ground:
		out = append(out, "{ id: island, type: terrain, source: island, margin: 0 }")
	case City:
		ground := Built(t) && slices.Contains(onGround, t.Name)
		if ground && !strings.Contains(props, "on:") {
			props += ", on: ground"
		}
		for _, c := range cityContext {
			if c.typ != t.Name && (c.typ != "buildings" || t.Name != "citymodel") {
				out = append(out, fmt.Sprintf("{ id: %s, type: %s, %s }", c.id, c.typ, c.layer))
			}
		}
	}
	if t.Group == "terrain" { // looks of the ground need some
		out = append(out, "{ id: terrain, type: terrain, "+bareGround+" }")
	}
	return append(out, fmt.Sprintf("{ id: %s, type: %s, %s }", ExampleID(t, e), t.Name, props))
}

// invented are the pictures of the world that the sample makes up, whose continents are not ours.
var invented = regexp.MustCompile(`globe\.png|source: earth\b`)

var word = regexp.MustCompile(`[a-z]+`)

// ExampleSources are the lines of a document's sources that layers name; all of them where
// there are no layers.
func ExampleSources(layers []string) []string {
	var out []string
	used := word.FindAllString(strings.Join(layers, " "), -1)
	for _, s := range sampleSources {
		if layers == nil || slices.Contains(used, s.name) {
			out = append(out, s.name+": "+s.source)
		}
	}
	return out
}

// ExampleCamera is a camera in flow style from which an example is seen.
func ExampleCamera(t scene.Type, e scene.Example) string {
	switch Around(t, e) {
	case City:
		return cmp.Or(e.Camera, cityView)
	case Ground:
		return cmp.Or(e.Camera, islandView)
	}
	return cmp.Or(e.Camera, seaView)
}

// ExampleScene is a whole document with one example, to copy into the folder of the sample
// city that longtake sample makes.
func ExampleScene(t scene.Type, e scene.Example) string {
	var b strings.Builder
	list := ExampleLayers(t, e)
	b.WriteString("longtake: 1\n")
	if sources := ExampleSources(list); len(sources) > 0 {
		b.WriteString("sources:\n")
		for _, s := range sources {
			fmt.Fprintf(&b, "  %s\n", s)
		}
	}
	b.WriteString("layers:\n")
	for _, l := range list {
		fmt.Fprintf(&b, "  - %s\n", l)
	}
	globe := ""
	if invented.MatchString(e.Layer) {
		globe = ", globe: { land: none }"
	}
	fmt.Fprintf(&b, "camera: %s\nenvironment: { time: %s%s }\n", ExampleCamera(t, e), cmp.Or(e.Time, Day), globe)
	return b.String()
}
