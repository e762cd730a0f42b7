package stage

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/scene"
)

// TestGoldenDrapeOverAreas: a heatmap after flat areas in the order lies over them and over the
// ground around them, areas after it over the heatmap.
func TestGoldenDrapeOverAreas(t *testing.T) {
	info := screen(t)
	dir := t.TempDir()
	var points, areas []string
	for i := range 400 { // in rows that are denser to the west
		x, y := float64(i%20)*0.0011-0.002*float64(i%2), float64(i/20)*0.0007
		points = append(points, fmt.Sprintf("%g,%g", x*x*45, y))
	}
	for i := range 6 {
		x, y := float64(i%3)*0.007, float64(i/3)*0.007
		areas = append(areas, fmt.Sprintf(`{"type":"Feature","properties":{"n":%d},"geometry":{"type":"Polygon","coordinates":[[[%g,%g],[%g,%g],[%g,%g],[%g,%g],[%g,%g]]]}}`,
			i, x, y, x+0.0055, y, x+0.0055, y+0.0055, x, y+0.0055, x, y))
	}
	for name, text := range map[string]string{
		"points.csv": "lng,lat\n" + strings.Join(points, "\n"), "areas.geojson": `{"type":"FeatureCollection","features":[` + strings.Join(areas, ",") + "]}",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	doc := parsed(t, filepath.Join(dir, "drape.yaml"), `longtake: 1
sources: { points: { path: points.csv }, areas: { path: areas.geojson }, last: { from: areas, transform: [ { filter: n == 5 } ] } }
layers:
  - { id: under, type: choropleth, source: areas, clamp: ground, alpha: 1, color: { field: n, palette: viridis } }
  - { id: heat, type: heatmap, source: points, radius: 180, over: all }
  - { id: over, type: choropleth, source: last, clamp: ground, alpha: 1, color: "#ffffff" }
environment: { time: 2026-06-21T14:00:00Z, globe: { land: none } }
camera: { lng: 0.0098, lat: -0.011, height: 1900, pitch: -45 }
`)
	out := filepath.Join(dir, "package")
	if _, err := Generate(t.Context(), doc, out, GenerateOptions{}); err != nil {
		t.Fatal(err)
	}
	p := player(t, out)
	p.options.NoCredits = true
	picture := newPainter(t, scene.Size{Width: 240, Height: 135}, "low").picture(t, p, scene.Seconds(1), nil)
	golden.Check(t, "testdata/golden", "drape-over-areas", golden.Driver(info.Version, info.Renderer), picture)
}
