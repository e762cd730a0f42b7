// Package layertest holds what tests of layer types share.
package layertest

import (
	"math"
	"os"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// Table has one feature of every kind that data layers draw: fields kind, lat2, lng2, name,
// timestamps and v.
func Table() *table.Table {
	return table.FromFeatures([]geo.Feature{
		{ID: "p", Geometry: orb.Point{7.42, 43.73}, Tags: map[string]string{"name": "Porto", "v": "3", "kind": "a", "lng2": "7.5", "lat2": "43.8"}},
		{ID: "q", Geometry: orb.Point{179.99, -17}, Tags: map[string]string{"name": "Fidschi", "v": "9", "kind": "b", "lng2": "-179.9", "lat2": "-17"}},
		{ID: "l", Geometry: orb.LineString{{7.42, 43.73}, {7.43, 43.74}, {7.44, 43.74}}, Tags: map[string]string{"v": "5", "kind": "a", "timestamps": "[0,4,9]"}},
		{ID: "a", Geometry: orb.Polygon{{{7.42, 43.73}, {7.43, 43.73}, {7.43, 43.74}, {7.42, 43.74}, {7.42, 43.73}}, {{7.424, 43.733}, {7.424, 43.736}, {7.427, 43.736}, {7.427, 43.733}, {7.424, 43.733}}}, Tags: map[string]string{"v": "NA"}},
	})
}

// Context reads a document and gives its first layer the Table, ground at 40 m and files of
// the working folder; the map counts what it skips by reason.
func Context(t testing.TB, doc string) (*layer.Context, map[string]int) {
	t.Helper()
	d, err := scene.Parse("test.yaml", []byte(doc), layer.Types())
	if err != nil {
		t.Fatal(err)
	}
	skipped := map[string]int{}
	return &layer.Context{
		Layer: &d.Layers[0], Table: Table(), Tiles: "tiles/x/tileset.json",
		Ground: func(_, _ float64) float64 { return 40 },
		Skip:   func(_, reason string) { skipped[reason]++ },
		Open:   os.ReadFile,
	}, skipped
}

// Finite fails where a drawable has a position that is not on or near the Earth, or an index
// without a vertex.
func Finite(t *testing.T, name string, d drawable.Drawable) {
	t.Helper()
	ok := func(p [3]float32) {
		for _, v := range p {
			if math.IsNaN(float64(v)) || math.Abs(float64(v)) > 2e7 {
				t.Fatalf("%s: position %v", name, p)
			}
		}
	}
	switch d := d.(type) {
	case *drawable.Mesh:
		for _, v := range d.Vertices {
			ok(v.Position)
		}
		for _, i := range d.Indices {
			if int(i) >= len(d.Vertices) {
				t.Fatalf("%s: index %d of %d", name, i, len(d.Vertices))
			}
		}
	case *drawable.Lines:
		for _, v := range d.Vertices {
			ok(v.Position)
		}
		for i := range d.Curves {
			for k := range 5 {
				p := d.CurveAt(i, float64(k)/4)
				ok([3]float32{float32(p[0]), float32(p[1]), float32(p[2])})
			}
		}
	case *drawable.Points:
		for _, v := range d.Vertices {
			ok(v.Position)
		}
	case *drawable.Instances:
		for _, v := range d.Items {
			ok(v.Position)
		}
	}
}
