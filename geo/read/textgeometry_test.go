package read

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"

	"github.com/longtake/longtake/geo"
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
		"0101000000000000000000F87F0000000000000000":         nil, // not a number
		"010100000000":       nil, // cut off
		"0103000000FFFFFFFF": nil, // rings without end
		"POINT EMPTY":        nil,
		"a polygon":          nil,
		"01234":              nil,
		`{"type":"Feature"}`: nil,
		`{"type":"Polygon","coordinates":[[["a"]]]}`: nil,
	} {
		got := TextGeometry(text)
		if (got == nil) != (want == nil) || want != nil && !orb.Equal(got, want) {
			t.Errorf("%.60q: %v, want %v", text, got, want)
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

// FuzzTextGeometry: any text is a geometry of numbers, or none.
func FuzzTextGeometry(f *testing.F) {
	for _, s := range []string{"POINT(1 2)", "0101000020E610000000000000000000000000000000000000", `{"type":"Point","coordinates":[1,2]}`, "SRID=4326;POLYGON((0 0,1 0,1 1,0 0))", "0107000000FFFFFF7F"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if g := TextGeometry(s); g != nil && !finite(g) {
			t.Errorf("%q is %v", s, g)
		}
	})
}
