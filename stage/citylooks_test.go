package stage

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// TestGoldenCityLooks draws the components that buildings and roads make with some of their
// options on a small town: colours of values, of heights and classes, edges.
func TestGoldenCityLooks(t *testing.T) {
	info := screen(t)
	driver := golden.Driver(info.Version, info.Renderer)
	all := newPainter(t, scene.Size{Width: 240, Height: 135}, "low")
	for _, name := range []string{"buildings", "roads"} {
		typ := layers.Types()[name]
		for _, e := range typ.Examples[1:] {
			id := layers.ExampleID(typ, e)
			t.Run(id, func(t *testing.T) {
				p := player(t, townPackage(t, name, e))
				p.options.NoCredits = true
				golden.Check(t, "testdata/golden", "layer-"+id, driver, all.picture(t, p, scene.Seconds(1), nil))
			})
		}
	}
}

// townPackage is a town of 49 houses between streets of three classes, of which one layer looks
// as an example has it. Houses are higher towards the middle.
func townPackage(t *testing.T, name string, e scene.Example) string {
	t.Helper()
	const step, house = 0.0006, 0.00038
	var features []string
	add := func(properties, kind, coordinates string) {
		features = append(features, fmt.Sprintf(`{"type":"Feature","id":"%d","properties":{%s},"geometry":{"type":%q,"coordinates":%s}}`, len(features)+1, properties, kind, coordinates))
	}
	for i := range 7 {
		for k := range 7 {
			x, y := float64(i)*step, float64(k)*step
			dx, dy := i-3, k-3
			add(fmt.Sprintf(`"building":"yes","roof:shape":"flat","height":%d`, max(64-9*(dx*dx+dy*dy), 6+(i*5+k*3)%9)), "Polygon",
				fmt.Sprintf("[[[%g,%g],[%g,%g],[%g,%g],[%g,%g],[%g,%g]]]", x, y, x+house, y, x+house, y+house, x, y+house, x, y))
		}
		at := float64(i)*step - (step-house)/2
		class := []string{"primary", "residential", "service"}[i%3]
		add(fmt.Sprintf(`"highway":%q`, class), "LineString", fmt.Sprintf("[[%g,-0.0005],[%g,0.0045]]", at, at))
		add(fmt.Sprintf(`"highway":%q`, class), "LineString", fmt.Sprintf("[[-0.0005,%g],[0.0045,%g]]", at, at))
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "town.geojson"), []byte(`{"type":"FeatureCollection","features":[`+strings.Join(features, ",")+"]}"), 0o644); err != nil {
		t.Fatal(err)
	}
	list := ""
	for _, other := range []string{"roads", "buildings"} {
		props := "source: city"
		if other == name {
			props = e.Layer
		}
		list += fmt.Sprintf("  - { id: %s, type: %s, %s }\n", other, other, props)
	}
	clock := e.Time
	if clock == "" {
		clock = "2026-06-21T17:00:00Z"
	}
	doc := parsed(t, filepath.Join(dir, "town.yaml"), "longtake: 1\nsources: { city: { path: town.geojson } }\nlayers:\n"+list+
		"environment: { time: "+clock+" }\ncamera: { lng: -0.0005, lat: -0.0022, height: 190, heading: 35, pitch: -24 }\n")
	out := filepath.Join(dir, "package")
	if _, err := Generate(t.Context(), doc, out, GenerateOptions{}); err != nil {
		t.Fatal(err)
	}
	return out
}
