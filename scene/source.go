package scene

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/invopop/jsonschema"
)

// Source is data by name.
type Source struct {
	Type   string   `json:"type" enum:"auto,osm,vector,raster,table,model,image,tileset" doc:"kind of data; auto looks at the content"`
	Path   Paths    `json:"path" doc:"file or folder, or a list of them, relative to the document"`
	BBox   *Bounds  `json:"bbox" doc:"read only what touches this region"`
	Bounds *Bounds  `json:"bounds" doc:"region that a raster without georeference covers, edge to edge"`
	Scale  float64  `json:"scale" doc:"multiplies raster values, after decode"`
	Offset float64  `json:"offset" doc:"added to raster values, after scale"`
	Decode Decode   `json:"decode" doc:"how colours encode heights: none, terrain-rgb, mapbox, terrarium, or a base and an interval"`
	NoData *float64 `json:"nodata" doc:"raster value, before decode, that means nothing is known"`
	CRS    string   `json:"crs" example:"EPSG:25833" doc:"coordinate reference system of files that do not name theirs; of point clouds whatever they name"`
	// Coordinates and LoD of vectors and city models.
	Coordinates string             `json:"coordinates" enum:"auto,wgs84,gcj02,bd09" doc:"how the positions are displaced: gcj02 and bd09 are those of Chinese map services; auto is wgs84, and says so of data in China"`
	LoD         float64            `json:"lod" min:"0" max:"4" doc:"highest level of detail taken of a city model; 0 takes up to 2.2, without windows and doors as surfaces"`
	Datum       string             `json:"datum" enum:"auto,ellipsoid,egm96,egm2008,local" doc:"what heights are measured from; auto takes what the format says; local takes them as ellipsoidal"`
	Tags        map[string]Formula `json:"tags" example:"{height: HEIGHTROOF * 0.3048, building: '\"house\"'}" doc:"OSM's tags from the columns that features have: what is built of them, whatever they are called and measured in; without a value, what the file says stays"`
	Columns     Columns            `json:"columns" doc:"columns of a table that hold the position"`
	Credit      string             `json:"credit" doc:"line that names the data's owner"`
	Rows
}

// SetDefaults fills the defaults.
func (s *Source) SetDefaults() {
	s.Type, s.Scale, s.Datum, s.Coordinates = "auto", 1, "auto", "auto"
	s.Encoding, s.Decimal = "utf-8", "point"
}

// CheckScene refuses a scale of zero, a displacement as reference system and half a pair
// of columns.
func (s *Source) CheckScene(fail func(field, found, allowed string)) {
	if s.Scale == 0 {
		fail("scale", "0", "any other number is allowed")
	}
	switch displaced := strings.ToLower(strings.ReplaceAll(s.CRS, "-", "")); displaced {
	case "gcj02", "bd09":
		fail("crs", strconv.Quote(s.CRS), "no reference system but a displacement: coordinates: "+displaced+" is allowed")
	}
	if (s.Columns.Lng == "") != (s.Columns.Lat == "") {
		fail("columns", "one of lng and lat", "both or neither are allowed")
	}
	s.check(s.Path, fail)
	switch s.Type {
	case "osm", "model", "image", "tileset":
		if (s.Refresh != Time{}) {
			fail("refresh", s.Refresh.String(), "of a source of type "+s.Type+" none is allowed: only rows are read again")
		}
	}
}

// Columns names the columns of a table that hold the position; empty looks for the
// usual names.
type Columns struct {
	Lng string `json:"lng" doc:"column of the longitude in degrees"`
	Lat string `json:"lat" doc:"column of the latitude in degrees"`
}

// Paths is one path or several; in documents text or a list of text.
type Paths []string

// UnmarshalScene reads text or a list.
func (p *Paths) UnmarshalScene(v *Value) {
	var list []string
	switch v.Kind() {
	case Text:
		list = []string{v.Text()}
	case List:
		if !v.Decode(&list) {
			return
		}
	}
	for _, s := range list {
		if s == "" {
			list = nil
		}
	}
	if len(list) == 0 {
		*p = Paths{} // given, so that it is not missed
		v.Reject("a path or a list of paths is allowed")
		return
	}
	*p = list
}

// MarshalScene writes one path as text.
func (p Paths) MarshalScene() any {
	if len(p) == 1 {
		return p[0]
	}
	return []string(p)
}

// SceneSchema describes paths.
func (Paths) SceneSchema() *jsonschema.Schema {
	one := uint64(1)
	text := &jsonschema.Schema{Type: "string", MinLength: &one}
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{text, {Type: "array", Items: text, MinItems: &one}}}
}

// Bounds is a region in degrees; in documents [west, south, east, north]. Where west
// exceeds east it crosses the antimeridian.
type Bounds struct{ West, South, East, North float64 }

// UnmarshalScene reads four numbers.
func (b *Bounds) UnmarshalScene(v *Value) {
	const allowed = "[west, south, east, north] in degrees, south below north, is allowed"
	if v.Kind() != List || len(v.n.items) != 4 {
		v.Reject(allowed)
		return
	}
	var x [4]float64
	if !v.Decode(&x) {
		return
	}
	for i, it := range x {
		if most := 180 - 90*float64(i%2); it < -most || it > most {
			v.Reject(allowed)
			return
		}
	}
	if x[1] >= x[3] || x[0] == x[2] {
		v.d.fail(v.n, v.path, fmt.Sprintf("found an empty region %v; %s", x, allowed))
		return
	}
	*b = Bounds{x[0], x[1], x[2], x[3]}
}

// MarshalScene writes four numbers.
func (b Bounds) MarshalScene() any { return []float64{b.West, b.South, b.East, b.North} }

// SceneSchema describes a region.
func (Bounds) SceneSchema() *jsonschema.Schema {
	four := uint64(4)
	lng := &jsonschema.Schema{Type: "number", Minimum: "-180", Maximum: "180"}
	lat := &jsonschema.Schema{Type: "number", Minimum: "-90", Maximum: "90"}
	return &jsonschema.Schema{Type: "array", PrefixItems: []*jsonschema.Schema{lng, lat, lng, lat}, MinItems: &four, MaxItems: &four,
		Description: "[west, south, east, north] in degrees"}
}

// Decode says how the red, green and blue of a pixel encode a height:
// Base + Interval·(65536 R + 256 G + B), or, with Interval 0, that the raster holds
// plain numbers.
type Decode struct {
	Base     float64 `json:"base" unit:"m" doc:"height of black"`
	Interval float64 `json:"interval" min:"0" unit:"m" doc:"height of one step of blue"`
}

// Encodings are the named ways to decode. terrain-rgb and mapbox are Mapbox Terrain-RGB;
// terrarium is Mapzen's, whose blue is a fraction.
var Encodings = map[string]Decode{
	"none":        {},
	"terrain-rgb": {-10000, 0.1},
	"mapbox":      {-10000, 0.1},
	"terrarium":   {-32768, 1.0 / 256},
}

var encodingNames = []string{"none", "terrain-rgb", "mapbox", "terrarium"}

// UnmarshalScene reads a name or base and interval.
func (d *Decode) UnmarshalScene(v *Value) {
	switch v.Kind() {
	case Text:
		e, ok := Encodings[v.Text()]
		if !ok {
			v.Suggest(encodingNames)
			return
		}
		*d = e
	case Map:
		var p decodePair
		if v.Decode(&p) {
			*d = Decode(p)
		}
	default:
		v.Reject("none, terrain-rgb, mapbox, terrarium or {base, interval} is allowed")
	}
}

type decodePair Decode // without the methods, so that it reads as a plain struct

// MarshalScene writes the name where there is one.
func (d Decode) MarshalScene() any {
	for _, name := range encodingNames {
		if Encodings[name] == d {
			return name
		}
	}
	return decodePair(d)
}

// SceneSchema describes the encoding.
func (Decode) SceneSchema() *jsonschema.Schema {
	pair := structSchema(decodePair{}, nil)
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Enum: anys(encodingNames)}, pair}}
}

// sourceFields is a source without its methods, so that it reads as a plain struct.
type sourceFields Source

// SceneSchema describes a source: its data comes from somewhere.
func (Source) SceneSchema() *jsonschema.Schema {
	var s Source
	s.SetDefaults()
	out := structSchema(sourceFields(s), nil)
	for _, from := range []string{"path", "from", "database", "sql"} {
		out.AnyOf = append(out.AnyOf, &jsonschema.Schema{Required: []string{from}})
	}
	return out
}
