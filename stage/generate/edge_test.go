package generate

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// A region keeps the houses that stand on its edge, wherever their middles are; what lies
// beyond it is no error. Without a region, a house far from all others is one.
func TestHousesOnTheEdge(t *testing.T) {
	const metre = 1 / 111_320.0
	house := func(id string, x, y float64) string { // 20 m wide around a place in metres, at the equator
		square := ""
		for _, c := range [][2]float64{{-10, -10}, {10, -10}, {10, 10}, {-10, 10}, {-10, -10}} {
			if square != "" {
				square += ","
			}
			square += fmt.Sprintf("[%.9f,%.9f]", (x+c[0])*metre, (y+c[1])*metre)
		}
		return `{"type":"Feature","id":"` + id + `","properties":{"building":"house","height":"6"},"geometry":{"type":"Polygon","coordinates":[[` + square + `]]}}`
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "houses.geojson"), `{"type":"FeatureCollection","features":[`+
		house("in", 0, 0)+","+house("east", 105, 0)+","+house("south", 0, -109)+","+house("corner", -104, 104)+","+house("beyond", 160, 0)+`]}`)
	doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"sources":{"h":{"path":"houses.geojson"}},"layers":[{"id":"b","type":"buildings","source":"h"}]}`), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	for _, metres := range []float64{0, 4000} { // around the square, and with a house on the line between four blocks
		_, s := run(t, doc, Options{BBox: &geo.Bound{West: -100 * metre, South: -100 * metre, East: (100 + metres) * metre, North: (100 + metres) * metre}})
		if want := 4 + int(metres/4000); s.Made["building"] != want || len(s.Skipped) != 0 {
			t.Errorf("%g m more: %d buildings, not %d; left out: %v", metres, s.Made["building"], want, s.Skipped)
		}
	}
	_, s := run(t, doc, Options{BBox: &geo.Bound{West: -100 * metre, South: -100 * metre, East: 100 * metre, North: 100 * metre}})
	if s.Made["building"] != 4 || len(s.Skipped) != 0 {
		t.Errorf("%d buildings, left out: %v", s.Made["building"], s.Skipped)
	}
}
