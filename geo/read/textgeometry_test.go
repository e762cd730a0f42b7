package read

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/gdal"
)

// TestTextGeometry reads geometries as databases write them. The hexadecimal points are those
// of the PostGIS manual's section on EWKB (ST_AsEWKB of POINT(0 0) has SRID 4326) and of the
// WKB of POINT(2 4) in OGC 06-103r4.
func TestTextGeometry(t *testing.T) {
	area := orb.Polygon{{{7, 43}, {8, 43}, {8, 44}, {7, 43}}}
	for text, want := range map[string]orb.Geometry{
		"000000000140000000000000004010000000000000":                orb.Point{2, 4},
		"0101000020E610000000000000000000000000000000000000":        orb.Point{0, 0},
		`\x0101000020E610000000000000000000000000000000000000`:      orb.Point{0, 0},
		" POINT(7.5 43.25) ":                                        orb.Point{7.5, 43.25},
		"SRID=4326;LINESTRING(0 0,1 1)":                             orb.LineString{{0, 0}, {1, 1}},
		"POLYGON ((7 43, 8 43, 8 44, 7 43))":                        area,
		"MULTIPOLYGON (((7 43, 8 43, 8 44, 7 43)))":                 orb.MultiPolygon{area},
		`{"type":"Point","coordinates":[7.5,43.25]}`:                orb.Point{7.5, 43.25},
		string(hex.AppendEncode(nil, ewkb.MustMarshal(area, 4326))): area,
		"": nil,
		"0101000020110F000000000000000000000000000000000000": nil, // Web Mercator
		"SRID=3857;POINT(0 0)":                               nil,
		"SRID=3e3;POINT(0 0)":                                nil,
		"GEOMETRYCOLLECTION(POINT(1 2))":                     orb.MultiPoint{{1, 2}},
		"GeometryCollection(GEOMETRYCOLLECTION(POINT(1 2)))": nil,
		"0101000000000000000000F87F0000000000000000":         nil, // not a number
		"010100000000":                                       nil, // cut off
		"0103000000FFFFFFFF":                                 nil, // rings without end
		"POINT EMPTY":                                        nil,
		"a polygon":                                          nil,
		"01234":                                              nil,
		`{"type":"Feature"}`:                                 nil,
		`{"type":"Polygon","coordinates":[[["a"]]]}`:         nil,
	} {
		got := TextGeometry(text)
		if (got == nil) != (want == nil) || want != nil && !orb.Equal(got, want) {
			t.Errorf("%.60q: %v, want %v", text, got, want)
		}
	}
}

// written is WKB in hexadecimal digits.
func written(order binary.AppendByteOrder, kind uint32, rest ...any) string {
	b := []byte{0}
	if order.AppendUint16(nil, 1)[0] == 1 {
		b[0] = 1
	}
	b = order.AppendUint32(b, kind)
	for _, v := range rest {
		switch v := v.(type) {
		case uint32:
			b = order.AppendUint32(b, v)
		case float64:
			b = order.AppendUint64(b, math.Float64bits(v))
		case string:
			part, _ := hex.DecodeString(v)
			b = append(b, part...)
		}
	}
	return hex.EncodeToString(b)
}

// TestHeights reads what PostGIS and others write of more than two dimensions.
func TestHeights(t *testing.T) {
	const z, m, srid = 1 << 31, 1 << 30, 1 << 29
	area := orb.Polygon{{{7, 43}, {8, 43}, {8, 44}, {7, 43}}}
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		for flags, axes := range map[uint32]int{0: 2, z: 3, m: 3, z | m: 4, 1000: 3, 2000: 3, 3000: 4} {
			points := func(l []orb.Point) (all []any) {
				all = append(all, uint32(len(l)))
				for _, p := range l {
					all = append(all, p[0], p[1])
					for k := 2; k < axes; k++ {
						all = append(all, 1e9)
					}
				}
				return all
			}
			line := written(order, flags+2, points(area[0])...)
			polygon := written(order, flags+3, append([]any{uint32(1)}, points(area[0])...)...)
			for text, want := range map[string]orb.Geometry{
				line:    orb.LineString(area[0]),
				polygon: area,
				written(order, (flags+2)|srid, append([]any{uint32(4326)}, points(area[0])...)...): orb.LineString(area[0]),
				written(order, flags+1, points(area[0])[1:]...):                                    area[0][0],
				written(order, flags+5, uint32(2), line, line):                                     orb.MultiLineString{orb.LineString(area[0]), orb.LineString(area[0])},
				written(order, flags+6, uint32(1), polygon):                                        orb.MultiPolygon{area},
				written(order, flags+6, uint32(1), line):                                           nil,
				written(order, flags+7, uint32(2), line, polygon):                                  orb.MultiPolygon{area},
				line[:len(line)-2]:                               nil,
				written(order, flags+10, points(area[0])...):     nil, // a curve
				written(order, flags+4000+2, points(area[0])...): nil,
			} {
				if got := TextGeometry(text); (got == nil) != (want == nil) || want != nil && !orb.Equal(got, want) {
					t.Errorf("%s: %v, want %v", text, got, want)
				}
			}
		}
	}
}

// TestNesting bounds the depth of collections, which a stack would overflow with.
func TestNesting(t *testing.T) {
	nested := func(depth int) string {
		return strings.Repeat("010700000001000000", depth) + "0101000000000000000000F03F0000000000000040"
	}
	if got := TextGeometry(nested(nesting)); got == nil || !orb.Equal(got, orb.MultiPoint{{1, 2}}) {
		t.Error(got)
	}
	for _, depth := range []int{nesting + 1, 1e6} {
		if got := TextGeometry(nested(depth)); got != nil {
			t.Error(depth, got)
		}
	}
}

// TestGeometryColumnOfFeatures reads footprints out of a table.
func TestGeometryColumnOfFeatures(t *testing.T) {
	path := filepath.Join(t.TempDir(), "houses.csv")
	if err := os.WriteFile(path, []byte("height;geometry;latitude;longitude\n9;POLYGON ((7 43, 8 43, 8 44, 7 43));43.2;7.3\n5;nothing;43;7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := geo.NewReport()
	var got []geo.Feature
	err := Features(t.Context(), path, Options{Report: r}, func(f geo.Feature) error {
		got = append(got, f)
		return nil
	})
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	if want := (orb.Polygon{{{7, 43}, {8, 43}, {8, 44}, {7, 43}}}); !orb.Equal(got[0].Geometry, want) || got[0].Tags["height"] != "9" || got[0].Tags["geometry"] != "" {
		t.Errorf("%+v", got[0])
	}
	if s := r.Summary().Skipped; len(s) != 1 || s[0].Reason != reasonText {
		t.Errorf("%+v", s)
	}
}

// TestGeometrySystems reads geometries that name their reference system.
func TestGeometrySystems(t *testing.T) {
	rows := "name,geom\nempty,\nown,SRID=25833;POINT(500000 5800000)\nnone,POINT(500000 5800000)\ndegrees,SRID=4326;POINT(15 52)\nother,SRID=25832;POINT(500000 5800000)\n"
	for crs, want := range map[string]int{"EPSG:25833": 3, "": 0} {
		if crs != "" {
			if err := gdal.Available(); err != nil {
				continue
			}
		}
		path := filepath.Join(t.TempDir(), "places.csv")
		if err := os.WriteFile(path, []byte(rows), 0o600); err != nil {
			t.Fatal(err)
		}
		r, n := geo.NewReport(), 0
		err := Features(t.Context(), path, Options{Report: r, CRS: crs}, func(f geo.Feature) error {
			n++
			if p := f.Geometry.(orb.Point); math.Abs(p[0]-15) > 1e-3 || math.Abs(p[1]-52) > 0.5 {
				t.Errorf("%s: %v", f.Tags["name"], p)
			}
			return nil
		})
		if n != want || (err == nil) != (want > 0) || err != nil && !strings.Contains(err.Error(), "crs: EPSG:25833") {
			t.Errorf("crs %q: %d, %v", crs, n, err)
		}
		if want > 0 && (skips(r.Summary(), reasonSystem) != 1 || skips(r.Summary(), reasonText) != 1) {
			t.Errorf("%+v", r.Summary().Skipped)
		}
	}
}

// TestWaitingGeometries: what waits is bounded by its points, whatever the number of rows.
func TestWaitingGeometries(t *testing.T) {
	if err := gdal.Available(); err != nil {
		t.Skip(err)
	}
	c := &checker{o: Options{CRS: "EPSG:25833", Report: geo.NewReport()}, yield: func(geo.Feature) error { return nil }}
	r := &tableReader{ctx: t.Context(), in: &input{}, c: c, at: tableColumns{-1, -1, -1, -1, []string{"geom"}, 0}}
	long := "LINESTRING(500000 5800000" + strings.Repeat(",500001 5800000", 30000) + ")"
	for n, want := range []int{1, 0} {
		if err := r.row([]string{long}, n); err != nil || len(r.batch) != want || c.yielded != 2*n {
			t.Fatal(n, err, len(r.batch), c.yielded)
		}
	}
}

// FuzzTextGeometry: any text is a geometry of numbers, or none.
func FuzzTextGeometry(f *testing.F) {
	for _, s := range []string{"POINT(1 2)", "0101000020E610000000000000000000000000000000000000", `{"type":"Point","coordinates":[1,2]}`, "SRID=4326;POLYGON((0 0,1 0,1 1,0 0))", "0107000000FFFFFF7F",
		written(binary.LittleEndian, 1<<31|1<<29|2, uint32(4326), uint32(2), 1.0, 2.0, 3.0, 4.0, 5.0, 6.0),
		written(binary.BigEndian, 3003, uint32(1), uint32(1), 1.0, 2.0, 3.0, 4.0),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if g := TextGeometry(s); g != nil && !finite(g) {
			t.Errorf("%q is %v", s, g)
		}
	})
}
