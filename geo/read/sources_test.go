package read

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/internal/realdata"
)

// fact is what another way of reading says of a file: how many features, where they lie
// (in crs), and one attribute's value of one of them, "" where none is compared.
type fact struct {
	count      int
	bound      orb.Bound
	crs        string // "" is degrees
	key, value string
}

// TestSources holds each format to readers that share no code with this package: headers
// of Shapefiles and dBASE, SQLite through Python, twins in GeoJSON, plain JSON and XML.
func TestSources(t *testing.T) {
	needGDAL(t)
	for _, c := range []struct {
		path string
		o    Options
		want func(t *testing.T, path string) fact
	}{
		{"dem/luxembourg/lux.shp", Options{}, shapefileFact},
		{"boundaries/nc.shp", Options{}, shapefileFact},
		{"city-boston/boston-parks.shp", Options{}, shapefileFact},
		{"city-washington-dc/dcbuildings.shp", Options{}, shapefileFact},
		{"dem/luxembourg/lux.gpkg", Options{}, geopackageFact},
		{"boundaries/natural-earth_countries_geo.parquet", Options{}, twin("boundaries/ne_110m_admin_0_countries.json", "NAME", "name")},
		// ogrinfo 3.6.2 on the file.
		{"boundaries/countries.fgb", Options{}, constant(fact{179, orb.Bound{Min: orb.Point{-180, -85.609038}, Max: orb.Point{180, 83.64513}}, "", "name", "Antarctica"})},
		{"city-delft/delft.city.json", Options{}, cityJSONFact},
		{"city-delft/3dbag.city.jsonl", Options{}, cityJSONFact},
		{"city-capetown-mamre/mamre3D.city.json", Options{}, cityJSONFact},
		{"city-zurich/zurich_lod2.city.json", Options{}, cityJSONFact},
		{"city-berlin/berlin-lod2.citygml", Options{}, cityGMLFact("EPSG:25833", false)},
		{"city-yokosuka/bldg/52397519_bldg_6697_op.gml", Options{}, cityGMLFact("", true)},
	} {
		t.Run(c.path, func(t *testing.T) {
			path := filepath.Join(realdata.Path(t), filepath.FromSlash(c.path))
			if filepath.Ext(path) == ".gpkg" {
				path = geopackage(t)
			}
			want := c.want(t, path)
			features, _, err := collect(t, path, c.o)
			if err != nil {
				t.Fatal(err)
			}
			if len(features) != want.count {
				t.Errorf("%d features, want %d", len(features), want.count)
			}
			var all orb.Bound
			carries := want.key == ""
			for i, f := range features {
				if i == 0 {
					all = f.Geometry.Bound()
				}
				all = all.Union(f.Geometry.Bound())
				carries = carries || f.Tags[want.key] == want.value
			}
			// A box turns with its system: its corners lie a little off.
			b := inDegrees(t, want.bound, want.crs)
			slack := 1e-6
			if want.crs != "" {
				slack = 0.02 * math.Max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1])
			}
			for _, d := range []float64{all.Min[0] - b.Min[0], all.Min[1] - b.Min[1], all.Max[0] - b.Max[0], all.Max[1] - b.Max[1]} {
				if !(math.Abs(d) <= slack) {
					t.Errorf("from %v to %v, want %v to %v", all.Min, all.Max, b.Min, b.Max)
					break
				}
			}
			if !carries {
				t.Errorf("no feature has %s=%s", want.key, want.value)
			}
		})
	}
}

// inDegrees transforms the sides of a box point by point.
func inDegrees(t *testing.T, b orb.Bound, crs string) orb.Bound {
	if crs == "" {
		return b
	}
	var in strings.Builder
	const n = 8
	for i := range n + 1 {
		f := float64(i) / n
		x, y := b.Min[0]+f*(b.Max[0]-b.Min[0]), b.Min[1]+f*(b.Max[1]-b.Min[1])
		fmt.Fprintf(&in, "%f %f\n%f %f\n%f %f\n%f %f\n", x, b.Min[1], x, b.Max[1], b.Min[0], y, b.Max[0], y)
	}
	cmd := exec.Command("gdaltransform", "-s_srs", crs, "-t_srs", "EPSG:4326", "-output_xy")
	cmd.Stdin = strings.NewReader(in.String())
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var ps orb.MultiPoint
	for _, l := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		var p orb.Point
		if _, err := fmt.Sscan(l, &p[0], &p[1]); err != nil {
			t.Fatal(l, err)
		}
		ps = append(ps, p)
	}
	return ps.Bound()
}

func constant(f fact) func(*testing.T, string) fact {
	return func(*testing.T, string) fact { return f }
}

func must(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// shapefileFact reads the headers (ESRI Shapefile Technical Description, 1998) and the
// first field of the first record of the dBASE table.
func shapefileFact(t *testing.T, path string) fact {
	base := strings.TrimSuffix(path, ".shp")
	shp, shx, dbf := must(t, path), must(t, base+".shx"), must(t, base+".dbf")
	f := fact{count: (len(shx) - 100) / 8}
	at := func(i int) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(shp[i:])) }
	f.bound = orb.Bound{Min: orb.Point{at(36), at(44)}, Max: orb.Point{at(52), at(60)}}
	if prj := string(must(t, base+".prj")); !strings.HasPrefix(prj, "GEOGCS") {
		f.crs = prj
	} else if !strings.Contains(prj, "WGS") {
		f.crs = prj
	}
	from, at0 := int(binary.LittleEndian.Uint16(dbf[8:])), 1
	for k := 32; dbf[k] != 0x0d; k += 32 {
		size := int(dbf[k+16])
		if dbf[k+11] == 'C' {
			f.key = string(bytes.TrimRight(dbf[k:k+11], "\x00"))
			f.value = strings.TrimSpace(string(dbf[from+at0 : from+at0+size]))
			if f.value != "" {
				break
			}
		}
		at0 += size
	}
	return f
}

// geopackage writes the cantons of Luxembourg in two layers.
func geopackage(t *testing.T) string {
	from, to := realdata.Path(t, "dem", "luxembourg", "lux.shp"), filepath.Join(t.TempDir(), "lux.gpkg")
	for _, args := range [][]string{{"-f", "GPKG", to, from, "-nln", "one"}, {"-update", "-f", "GPKG", to, from, "-nln", "two"}} {
		if out, err := exec.Command("ogr2ogr", args...).CombinedOutput(); err != nil {
			t.Fatal(err, string(out))
		}
	}
	return to
}

// geopackageFact asks SQLite.
func geopackageFact(t *testing.T, path string) fact {
	const script = `
import sqlite3, sys, json
d = sqlite3.connect(sys.argv[1])
n = sum(d.execute("select count(*) from " + l).fetchone()[0] for l in ("one", "two"))
b = d.execute("select min(min_x), min(min_y), max(max_x), max(max_y) from gpkg_contents").fetchone()
print(json.dumps([n, b, d.execute("select NAME_2 from two limit 1").fetchone()[0]]))`
	out, err := exec.Command("python3", "-c", script, path).Output()
	if err != nil {
		t.Skip("python3 with sqlite3: ", err)
	}
	var v struct {
		n    int
		b    [4]float64
		name string
	}
	if err := json.Unmarshal(out, &[]any{&v.n, &v.b, &v.name}); err != nil {
		t.Fatal(err)
	}
	return fact{v.n, orb.Bound{Min: orb.Point{v.b[0], v.b[1]}, Max: orb.Point{v.b[2], v.b[3]}}, "", "NAME_2", v.name}
}

// twin reads the same features from GeoJSON, with nothing but a JSON decoder.
func twin(path, from, to string) func(*testing.T, string) fact {
	return func(t *testing.T, _ string) fact {
		var c struct {
			Features []struct {
				Geometry   struct{ Coordinates any }
				Properties map[string]any
			}
		}
		if err := json.Unmarshal(must(t, realdata.Path(t, filepath.FromSlash(path))), &c); err != nil {
			t.Fatal(err)
		}
		f := fact{count: len(c.Features), key: to, value: fmt.Sprint(c.Features[0].Properties[from])}
		var ps orb.MultiPoint
		for _, x := range c.Features {
			pairs(x.Geometry.Coordinates, &ps)
		}
		f.bound = ps.Bound()
		return f
	}
}

func pairs(v any, out *orb.MultiPoint) {
	list, _ := v.([]any)
	if len(list) >= 2 {
		x, okX := list[0].(float64)
		y, okY := list[1].(float64)
		if okX && okY {
			*out = append(*out, orb.Point{x, y})
			return
		}
	}
	for _, e := range list {
		pairs(e, out)
	}
}

// cityJSONFact counts the objects with a geometry that are not divided into others, and takes
// the extent of all vertices; where the file states another, they were left as they were
// before the translation (Mamre).
func cityJSONFact(t *testing.T, path string) fact {
	type object struct {
		Geometry []json.RawMessage
		Children []string
	}
	type file struct {
		Transform struct{ Scale, Translate [3]float64 }
		Metadata  struct {
			ReferenceSystem    string
			GeographicalExtent []float64
		}
		Objects  map[string]object `json:"CityObjects"`
		Vertices [][3]float64
	}
	var first file
	var ps, plain orb.MultiPoint
	f := fact{}
	r := bufio.NewReader(bytes.NewReader(must(t, path)))
	for d, i := json.NewDecoder(r), 0; ; i++ {
		var one file
		if err := d.Decode(&one); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = one
		}
		for _, o := range one.Objects {
			if len(o.Geometry) > 0 && len(o.Children) == 0 {
				f.count++
			}
		}
		for _, v := range one.Vertices {
			s := first.Transform.Scale
			plain = append(plain, orb.Point{v[0] * s[0], v[1] * s[1]})
			for k := range 2 {
				if s := first.Transform.Scale[k]; s != 0 {
					v[k] = v[k]*s + first.Transform.Translate[k]
				}
			}
			ps = append(ps, orb.Point{v[0], v[1]})
		}
	}
	f.bound = ps.Bound()
	if e := first.Metadata.GeographicalExtent; len(e) == 6 && !f.bound.Intersects(orb.Bound{Min: orb.Point{e[0], e[1]}, Max: orb.Point{e[3], e[4]}}) {
		f.bound = plain.Bound()
	}
	code := first.Metadata.ReferenceSystem[strings.LastIndexAny(first.Metadata.ReferenceSystem, "/:")+1:]
	if f.crs = "EPSG:" + code; code == "7415" {
		f.crs = "EPSG:28992" // its horizontal part
	}
	return f
}

// cityGMLFact scans the XML for buildings or their parts, and for lists of positions.
func cityGMLFact(crs string, latFirst bool) func(*testing.T, string) fact {
	return func(t *testing.T, path string) fact {
		f := fact{crs: crs}
		var ps orb.MultiPoint
		parts := 0
		d := xml.NewDecoder(bytes.NewReader(must(t, path)))
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			s, ok := tok.(xml.StartElement)
			if !ok {
				continue
			}
			switch s.Name.Local {
			case "Building":
				f.count++
				parts = 0
			case "BuildingPart": // the first one stands for its building
				if parts++; parts > 1 {
					f.count++
				}
			case "posList", "pos":
				var text string
				if err := d.DecodeElement(&text, &s); err != nil {
					t.Fatal(err)
				}
				v := strings.Fields(text)
				for i := 0; i+2 < len(v); i += 3 {
					x, _ := strconv.ParseFloat(v[i], 64)
					y, _ := strconv.ParseFloat(v[i+1], 64)
					if latFirst {
						x, y = y, x
					}
					ps = append(ps, orb.Point{x, y})
				}
			}
		}
		f.bound = ps.Bound()
		return f
	}
}
