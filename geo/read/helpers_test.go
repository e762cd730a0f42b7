package read

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/gdal"
)

// collect reads a file whole.
func collect(t testing.TB, path string, o Options) ([]geo.Feature, geo.Summary, error) {
	t.Helper()
	o.Report = geo.NewReport()
	var out []geo.Feature
	err := Features(context.Background(), path, o, func(f geo.Feature) error {
		out = append(out, f)
		return nil
	})
	return out, o.Report.Summary(), err
}

// file writes content under a name that says nothing about it.
func file(t testing.TB, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data.bin")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func needGDAL(t testing.TB) {
	t.Helper()
	if err := gdal.Available(); err != nil {
		t.Skip(err)
	}
}

func byID(fs []geo.Feature) map[string]geo.Feature {
	m := map[string]geo.Feature{}
	for _, f := range fs {
		m[f.ID] = f
	}
	return m
}

func skips(s geo.Summary, reason string) int {
	for _, k := range s.Skipped {
		if k.Reason == reason {
			return k.Count
		}
	}
	return 0
}

// areaOf is the area of polygons whatever the orientation of their rings.
func areaOf(g orb.Geometry) float64 {
	switch g := g.(type) {
	case orb.Polygon:
		a := 0.0
		for i, r := range g {
			if s := abs(planar.Area(orb.Polygon{r})); i == 0 {
				a += s
			} else {
				a -= s
			}
		}
		return a
	case orb.MultiPolygon:
		a := 0.0
		for _, p := range g {
			a += areaOf(p)
		}
		return a
	}
	return 0
}

func abs(v float64) float64 { return max(v, -v) }

func decodeCity(data []byte) *cityFile {
	f := &cityFile{}
	if json.Unmarshal(data, f) != nil {
		return &cityFile{}
	}
	f.untranslated()
	return f
}

// fuzzInput runs a reader over bytes and checks what it yields.
func fuzzInput(t *testing.T, data []byte, read func(context.Context, *input, *checker) error) {
	in := &input{name: "fuzz", head: data[:min(len(data), headSize)], whole: len(data) <= headSize, open: opener(data)}
	c := &checker{o: Options{Report: geo.NewReport()}, yield: func(f geo.Feature) error {
		if f.ID == "" || f.Geometry == nil || empty(f.Geometry) || !inRange(f.Geometry) {
			t.Errorf("yielded %+v", f)
		}
		return nil
	}}
	_ = read(t.Context(), in, c)
}

func text2(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
