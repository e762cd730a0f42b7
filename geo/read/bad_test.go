package read

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
)

// TestBadFiles checks that each fault of a file is one sentence that names it.
func TestBadFiles(t *testing.T) {
	for name, c := range map[string]struct{ content, says string }{
		"empty":                   {"", "empty"},
		"white space":             {" \n\t\n", "white space"},
		"two bytes":               {"\x00\x01", "cut off"},
		"XML cut in a tag":        {`<osm><node id="1" lat="1" lo`, "stops in the middle"},
		"XML cut after a tag":     {`<osm><node id="1" lat="1" lon="1"/><way id="1">`, "stops in the middle"},
		"XML not closed":          {`<osm><node id="1" lat="1" lon="1"/>`, "stops in the middle"},
		"XML mismatch":            {`<osm><node id="1" lat="1" lon="1"></way></osm>`, "line 1"},
		"XML id":                  {`<osm><node id="one" lat="1" lon="1"/></osm>`, `"one"`},
		"XML ref":                 {`<osm><way id="1"><nd ref=""/></way></osm>`, "way 1"},
		"XML encoding":            {`<?xml version="1.0" encoding="EBCDIC"?><osm></osm>`, "EBCDIC"},
		"osmChange":               {`<osmChange></osmChange>`, "change file"},
		"a web page":              {`<!DOCTYPE html><html><body>404</body></html>`, "not data"},
		"GeoJSON cut":             {`{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}},{"type"`, "stops in the middle"},
		"GeoJSON cut in a value":  {`{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,`, "stops in the middle"},
		"features not an array":   {`{"type":"FeatureCollection","features":{}}`, "not an array"},
		"JSON of no kind":         {`{"a":1,"b":{"type":3}}`, "neither GeoJSON"},
		"JSON broken":             {`{"type":"FeatureCollection","features":[}`, "byte"},
		"projected GeoJSON":       {`{"type":"Feature","geometry":{"type":"Point","coordinates":[500000,4500000]}}`, "as crs: EPSG:"},
		"UTF-16":                  {"\xff\xfe{\x00}\x00", "UTF-8"},
		"CityJSON without CRS":    {`{"type":"CityJSON","version":"2.0","CityObjects":{"a":{"type":"Building","geometry":[]}},"vertices":[]}`, "as crs: EPSG:"},
		"CityJSON of features":    {`{"type":"CityJSONFeature","CityObjects":{}}`, "begin with"},
		"CityJSON cut":            {`{"CityObjects":{"a":{"type":"Building"`, "stops in the middle"},
		"table without places":    {"a,b,c\n1,2,3\n", "as columns: { lng: …"},
		"table out of range":      {"x,y\n500000,4500000\n", "as crs: EPSG:"},
		"gzip cut":                {gz(strings.Repeat("hello", 100))[:20], "cannot unpack"},
		"gzip of nothing":         {gz(""), "empty"},
		"point cloud":             {"LASF\x00\x00\x00\x00", "type: table"},
		"PNG":                     {"\x89PNG\r\n\x1a\n....", "not a source of features"},
		"shapefile cut":           {"\x00\x00\x27\x0a\x00\x00", "data.bin"},
		"GeoPackage cut":          {"SQLite format 3\x00" + strings.Repeat("\x00", 100), "data.bin"},
		"Parquet cut":             {"PAR1\x15\x04", "damaged Parquet"},
		"Parquet without its end": {"PAR1" + strings.Repeat("x", 100), "cut off: fetch it again"},
		"zip cut":                 {"PK\x03\x04\x14\x00", "damaged zip"},
		"zip of several":          {zipped(map[string]string{"a.txt": "1", "b.txt": "2"}), "unpack it"},
		"archives four deep":      {gz(gz(gz(gz("a")))), "archives inside archives"},
		"noise":                   {"\x01\x02\x03\x04\x05\x06\x07\x08 noise", "not a format known"},
	} {
		path := file(t, c.content)
		fs, _, err := collect(t, path, Options{})
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), filepath.Base(path)) {
			t.Errorf("%s: %d features, %v; want %q", name, len(fs), err, c.says)
		}
	}
	if _, _, err := collect(t, filepath.Join(t.TempDir(), "nowhere"), Options{}); !os.IsNotExist(err) {
		t.Errorf("a missing file: %v", err)
	}
}

func gz(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func zipped(files map[string]string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"a.txt", "b.txt", "__MACOSX/a.txt", "data.osm", "N43E007.hgt"} {
		if s, ok := files[name]; ok {
			f, _ := w.Create(name)
			f.Write([]byte(s))
		}
	}
	w.Close()
	return b.String()
}

// TestDetectByContent gives every content a name that lies.
func TestDetectByContent(t *testing.T) {
	osm := block("")
	feature := `{"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[1,2]},"properties":{}}`
	for _, c := range []struct {
		content string
		kind    Kind
		name    string
	}{
		{osm, KindFeatures, "osm-xml"}, {gz(osm), KindFeatures, "osm-xml"}, {zipped(map[string]string{"data.osm": osm, "__MACOSX/a.txt": "x"}), KindFeatures, "osm-xml"},
		{gz(string(pbf())), KindFeatures, "osm-pbf"}, {"\xef\xbb\xbf  " + feature, KindFeatures, "geojson"}, {feature + "\n" + feature + "\n", KindFeatures, "geojsonseq"},
		{"\x1e" + feature + "\n\x1e" + feature + "\n", KindFeatures, "geojsonseq"}, {"[" + feature + "]", KindFeatures, "json-features"},
		{`{"type":"Polygon","coordinates":[]}`, KindFeatures, "geojson"}, {`[{"height":3,"polygon":[[0,0],[1,0],[1,1]]}]`, KindFeatures, "json-rows"},
		{`[[1,2],[3,4]]`, KindTable, "json"}, {`[{"a":1}]`, KindTable, "json"}, {`{"type":"Topology","objects":{},"arcs":[]}`, KindFeatures, "topojson"},
		{`{"vertices":[],"CityObjects":{},"type":"CityJSON"}`, KindCityModel, "cityjson"}, {`{"asset":{"version":"2.0"},"scenes":[]}`, KindModel, "gltf"},
		{`{"asset":{"version":"1.1"},"geometricError":1}`, KindModel, "3dtiles"}, {"glTF\x02\x00\x00\x00", KindModel, "glb"},
		{"# made by hand\nmtllib a.mtl\nv 1.0 2.0 3.0\nf 1 2 3\n", KindModel, "obj"},
		{"<?xml version=\"1.0\"?><COLLADA version=\"1.4.1\"></COLLADA>", KindModel, "dae"}, {"ncols 4\nnrows 3\nxllcorner 0\n", KindRaster, "asc"},
		{"II*\x00....", KindRaster, "geotiff"}, {"MM\x00*....", KindRaster, "geotiff"}, {"II+\x00....", KindRaster, "geotiff"},
		{string(make([]byte, 1201*1201*2)), KindRaster, "hgt"}, {zipped(map[string]string{"N43E007.hgt": "\x00\x01\x00\x02"}), KindRaster, "hgt"},
		{"lng;lat;name\n1,5;2,5;a\n", KindTable, "csv"}, {"a\tb\n1\t2\n", KindTable, "csv"},
		{`<?xml version="1.0"?><!-- x --><gpx version="1.1"></gpx>`, KindFeatures, "gpx"}, {`<kml xmlns="http://www.opengis.net/kml/2.2"></kml>`, KindFeatures, "kml"},
		{`<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0"></core:CityModel>`, KindCityModel, "citygml"}, {`<wfs:FeatureCollection></wfs:FeatureCollection>`, KindFeatures, "gml"},
	} {
		path := filepath.Join(t.TempDir(), "liar.tif")
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		if f, err := Detect(path); err != nil || f != (Format{c.kind, c.name}) {
			t.Errorf("%.40q: %v, %v; want %s", c.content, f, err, c.name)
		}
	}
}

// TestGeoJSONForms reads the same point in all forms.
func TestGeoJSONForms(t *testing.T) {
	feature := `{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[7.5,43.25]},"properties":{"n":1,"f":1.50,"b":true,"s":"x","z0":null,"o":{"k":[1]}}}`
	for name, content := range map[string]string{
		"feature": feature, "collection": `{"type":"FeatureCollection","bbox":[0,0,1,1],"features":[` + feature + `],"foot":{}}`, "lines": feature + "\r\n",
		"records": "\x1e" + feature + "\n", "array": "[" + feature + "]", "mark": "\xef\xbb\xbf" + feature,
		"latecomer":  `{"features":[` + feature + `],"type":"FeatureCollection"}`,
		"degrees":    `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"features":[` + feature + `]}`,
		"compressed": gz(feature), "zipped": zipped(map[string]string{"a.txt": feature}),
	} {
		fs, s, err := collect(t, file(t, content), Options{})
		if err != nil || len(fs) != 1 {
			t.Errorf("%s: %v %v %v", name, fs, s, err)
			continue
		}
		f := fs[0]
		if f.ID != "a" || f.Geometry != (orb.Point{7.5, 43.25}) || len(f.Tags) != 5 || f.Tags["n"] != "1" || f.Tags["f"] != "1.5" || f.Tags["b"] != "true" || f.Tags["s"] != "x" || f.Tags["o"] != `{"k":[1]}` {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// TestGeoJSONBadObjects skips what is wrong and keeps the rest.
func TestGeoJSONBadObjects(t *testing.T) {
	wrap := func(g string) string { return `{"type":"Feature","geometry":` + g + `,"properties":{"v":NaN}}` }
	content := `{"type":"FeatureCollection","features":[` + strings.Join([]string{
		wrap(`{"type":"Point","coordinates":[NaN,1]}`), wrap(`{"type":"Point","coordinates":[1,-Infinity]}`), wrap(`{"type":"Point","coordinates":[1,91]}`),
		wrap(`{"type":"Point","coordinates":[1e400,1]}`),
		wrap(`null`), wrap(`{"type":"Point","coordinates":["1","2"]}`), wrap(`{"type":"Point","coordinates":[1]}`), wrap(`{"type":"Polygon","coordinates":[]}`),
		wrap(`{"type":"Circle","coordinates":[1,2]}`), wrap(`7`), `7`, `null`, wrap(`{"type":"LineString","coordinates":[[1,2],[3]]}`),
		wrap(`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}`), wrap(`{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[1,2],[3,4]]}]}`),
		`{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"note":"NaN -Infinity \" NaN"}}`,
	}, ",") + `]}`
	fs, s, err := collect(t, file(t, content), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(fs) != 3 || fs[0].ID != "#13" || fs[2].Tags["note"] != `NaN -Infinity " NaN` || skips(s, reasonRange) != 4 || skips(s, reasonGeometry) != 9 {
		t.Errorf("%d features %+v\n%+v", len(fs), fs, s)
	}
	if p, ok := fs[0].Geometry.(orb.Polygon); ok {
		if polys, out := clean.Polygon(p, clean.Degrees); len(polys) != 1 || len(out.Notes) != 1 || out.Notes[0] != clean.NoteClosed {
			t.Errorf("unclosed ring: %v %+v", polys, out)
		}
	}
}

func TestForeignCRS(t *testing.T) {
	needGDAL(t)
	feature := `{"type":"Feature","geometry":{"type":"Point","coordinates":[84500,447000]},"properties":{"a":"b"}}`
	crs := `"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::28992"}}`
	for name, c := range map[string]struct{ content, crs string }{
		"stated":  {`{"type":"FeatureCollection",` + crs + `,"features":[` + feature + `]}`, ""},
		"given":   {`{"type":"FeatureCollection","features":[` + feature + `]}`, "EPSG:28992"},
		"a table": {"name;x;y\nq;84500;447000\n", "EPSG:28992"},
	} {
		fs, _, err := collect(t, file(t, c.content), Options{CRS: c.crs})
		if err != nil || len(fs) != 1 {
			t.Errorf("%s: %v %v", name, fs, err)
			continue
		}
		if p, ok := fs[0].Geometry.(orb.Point); !ok || math.Abs(p[0]-4.36040) > 1e-5 || math.Abs(p[1]-52.00688) > 1e-5 {
			t.Errorf("%s: %v", name, fs[0])
		}
	}
	late := `{"type":"FeatureCollection","features":[` + feature + `],` + crs + `}`
	if _, _, err := collect(t, file(t, late), Options{}); err == nil || !strings.Contains(err.Error(), "move it to the front") {
		t.Errorf("a late crs: %v", err)
	}
}

func TestRows(t *testing.T) {
	for _, c := range []struct {
		row  string
		want orb.Geometry
		tags int
	}{
		{`{"height":5,"polygon":[[0,0],[1,0],[1,1]]}`, orb.Polygon{{{0, 0}, {1, 0}, {1, 1}}}, 1},
		{`{"polygon":[[[0,0],[1,0],[1,1]],[[0.1,0.1],[0.2,0.1],[0.2,0.2]]]}`, orb.Polygon{{{0, 0}, {1, 0}, {1, 1}}, {{.1, .1}, {.2, .1}, {.2, .2}}}, 0},
		{`{"path":[[0,0],[1,0,9]],"timestamps":[1,2]}`, orb.LineString{{0, 0}, {1, 0}}, 1},
		{`{"start":[0,0,3],"end":[1,1,4],"name":"x"}`, orb.LineString{{0, 0}, {1, 1}}, 1},
		{`{"from":{"name":"a","coordinates":[0,1]},"to":{"coordinates":[2,3]}}`, orb.LineString{{0, 1}, {2, 3}}, 0},
		{`{"coordinates":[4,5],"name":"x"}`, orb.Point{4, 5}, 1},
		{`{"Longitude":"4.5","Latitude":"5"}`, orb.Point{4.5, 5}, 0},
		{`{"lon":4,"lat":5,"alt":3}`, orb.Point{4, 5}, 1},
	} {
		fs, _, err := collect(t, file(t, "["+c.row+"]"), Options{})
		if err != nil || len(fs) != 1 || !orb.Equal(fs[0].Geometry, c.want) || len(fs[0].Tags) != c.tags {
			t.Errorf("%s: %+v %v", c.row, fs, err)
		}
	}
}

func TestTables(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		o       Options
		n       int
	}{
		"comma":          {"name,Lng,LAT\na,1,2\nb,3,4\n", Options{}, 2},
		"semicolon":      {"X;Y;n\n1,5;2,5;a\n", Options{}, 1},
		"tab":            {"longitude\tlatitude\n1\t2\n", Options{}, 1},
		"mark":           {"\xef\xbb\xbflon,lat\n1,2\n", Options{}, 1},
		"named":          {"a,breite,laenge\nx,2,1\n", Options{LngColumn: "laenge", LatColumn: "breite"}, 1},
		"numbered":       {"a,2,1\nb,4,3\n", Options{LngColumn: "3", LatColumn: "2"}, 2},
		"bad rows":       {"lng,lat\n1,2\nx,y\n3\n,\n1,99\n5,6\n", Options{}, 2},
		"quoted":         {"name,lng,lat\n\"a, \"\"b\"\"\nc\",1,2\n", Options{}, 1},
		"two places":     {"lon1,lat1,lon2,lat2,v\n1,2,3,4,5\n", Options{}, 1},
		"box":            {"lng,lat\n1,2\n50,2\n", Options{BBox: &geo.Bound{West: 0, South: 0, East: 10, North: 10}}, 1},
		"box round 180°": {"lng,lat\n179,2\n-179,2\n0,2\n", Options{BBox: &geo.Bound{West: 170, South: 0, East: -170, North: 10}}, 2},
	} {
		if fs, s, err := collect(t, file(t, c.content), c.o); err != nil || len(fs) != c.n {
			t.Errorf("%s: %v %v %v", name, fs, s, err)
		}
	}
	if _, _, err := collect(t, file(t, "a,b\n1,2\n"), Options{LngColumn: "lng", LatColumn: "lat"}); err == nil || !strings.Contains(err.Error(), `"lng"`) {
		t.Errorf("columns that are not there: %v", err)
	}
}

// TestCityJSONObjects has faults in single objects.
func TestCityJSONObjects(t *testing.T) {
	needGDAL(t)
	content := `{"type":"CityJSON","version":"2.0","transform":{"scale":[0.001,0.001,0.001],"translate":[84500,447000,0]},
"metadata":{"referenceSystem":"https://www.opengis.net/def/crs/EPSG/0/7415"},
"vertices":[[0,0,0],[10000,0,0],[10000,10000,0],[0,10000,0],[0,0,5000],[10000,0,5000],[10000,10000,5000],[0,10000,5000]],
"geometry-templates":{"templates":[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2]]]}],"vertices-templates":[[0,0,0],[1,0,0],[0,1,0]]},
"CityObjects":{
"solid":{"type":"Building","attributes":{"measuredHeight":5},"geometry":[{"type":"Solid","lod":"1.2","boundaries":[[[[0,3,2,1]]]]},
 {"type":"Solid","lod":"2.2","boundaries":[[[[0,3,2,1]],[[4,5,6,7]],[[0,1,5,4]],[[1,2,6,5]],[[2,3,7,6]],[[3,0,4,7]]]],"semantics":{"surfaces":[{"type":"GroundSurface"},{"type":"RoofSurface"}],"values":[[0,1,null,null,null,null]]}},
 {"type":"Solid","lod":"3","boundaries":[]}]},
"room":{"type":"BuildingRoom","geometry":[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2]]]}]},
"range":{"type":"Building","geometry":[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,99]]]}]},
"shape":{"type":"Building","geometry":[{"type":"Solid","lod":"2","boundaries":[1,2]}]},
"empty":{"type":"Building","geometry":[{"type":"MultiPoint","lod":"0","boundaries":[0]}]},
"tree":{"type":"SolitaryVegetationObject","geometry":[{"type":"GeometryInstance","template":0,"boundaries":[6],"transformationMatrix":[2,0,0,0,0,2,0,0,0,0,2,0,0,0,0,1]}]}}}`
	fs, s, err := collect(t, file(t, content), Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := byID(fs)
	solid := m["solid"]
	if len(fs) != 2 || len(solid.Surfaces) != 6 || solid.Surfaces[0].Kind != "ground" || solid.Surfaces[1].Kind != "roof" || solid.Tags["height"] != "5" || solid.Tags["building"] != "yes" {
		t.Errorf("%d features, %+v", len(fs), solid)
	}
	if a := areaOf(solid.Geometry) * 111320 * 111320 * math.Cos(52*math.Pi/180); math.Abs(a-100) > 1 {
		t.Errorf("footprint of %v m²", a)
	}
	if a := areaOf(m["tree"].Geometry) * 111320 * 111320 * math.Cos(52*math.Pi/180); math.Abs(a-2) > 0.1 || m["tree"].Tags["natural"] != "tree" {
		t.Errorf("the template covers %v m²: %+v", a, m["tree"])
	}
	for _, k := range s.Skipped {
		if k.Reason == "city object malformed" && !slices.Equal(k.IDs, []string{"range", "shape"}) {
			t.Errorf("%q", k.IDs)
		}
	}
	for _, why := range []string{"surface 0 names vertex 99 of 8", "its boundaries are nested otherwise than its type says"} {
		if s.Notes["city object left out: malformed geometry: "+why] != 1 {
			t.Errorf("%s is not among %v", why, s.Notes)
		}
	}
	if s.Notes["inside of a building not built: BuildingRoom"] != 1 {
		t.Errorf("%v", s.Notes)
	}
	if skips(s, "city object malformed") != 2 || skips(s, "city object without surfaces") != 1 {
		t.Errorf("%+v", s)
	}
}

func FuzzGeoJSON(f *testing.F) {
	f.Add([]byte(`{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]},"properties":{"a":NaN}}]}`))
	f.Add([]byte(`[{"height":5,"polygon":[[0,0],[1,0],[1,1]]},{"start":[1,2],"end":[3,4]}]`))
	f.Add([]byte("\x1e{\"type\":\"Point\",\"coordinates\":[-Infinity,2]}\n"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzInput(t, data, readJSON) })
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("lng,lat\n1,2\n"))
	f.Add([]byte("wkt,n\n\"POLYGON((0 0,1 0,1 1,0 0))\",a\n0101000000,b\n"))
	f.Add([]byte("X;Y;n\n\"1,5\";2,5;a\n"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzInput(t, data, readCSV) })
}

// FuzzCityJSON goes as far as the surfaces: what follows is a subprocess.
func FuzzCityJSON(f *testing.F) {
	f.Add([]byte(`{"type":"CityJSON","vertices":[[0,0,0],[1,0,0],[1,1,0]],"CityObjects":{"a":{"type":"Building","geometry":[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2]]]}]}}}`))
	f.Add([]byte(`{"type":"CityJSON","CityObjects":{"a":{"type":"B","geometry":[{"type":"GeometryInstance","template":-1,"boundaries":[0],"transformationMatrix":[]}]}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		city := decodeCity(data)
		for _, o := range city.Objects {
			if o == nil || len(o.Geometry) == 0 {
				continue
			}
			surfaces, err := city.surfaces(city.bestLoD(o.Geometry, 0))
			if err != nil {
				continue
			}
			city.tags(o)
			for _, s := range surfaces {
				if len(s.Rings) == 0 || len(s.Rings[0]) < 3 {
					t.Errorf("a surface without a ring: %+v", s)
				}
			}
		}
	})
}

func FuzzDetect(f *testing.F) {
	for _, s := range []string{"<osm>", "{", "[[", "PK\x03\x04", "\x1f\x8b", "PAR1", "a,b\n1,2", "SQLite format 3\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		t.Setenv("PATH", "") // no subprocesses
		if f, err := Detect(file(t, string(data))); (err == nil) == (f == Format{}) {
			t.Errorf("%v, %v", f, err)
		}
	})
}
