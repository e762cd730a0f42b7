package generate

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// table chooses one layer of a file that holds several, for layers that are built as for those of rows;
// a layer that there is not is an error that lists those that there are.
func TestTableIsALayer(t *testing.T) {
	if err := gdal.Available(); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	house := func(x string) string {
		return `<Placemark><name>h` + x + `</name><Polygon><outerBoundaryIs><LinearRing><coordinates>` + x + `,50 ` + x + `01,50 ` + x + `01,50.0001 ` + x + `,50.0001 ` + x + `,50</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>`
	}
	write(t, filepath.Join(dir, "two.kml"), `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>
		<Folder><name>here</name>`+house("7.00")+house("7.02")+`</Folder><Folder><name>far away</name>`+house("17.00")+`</Folder></Document></kml>`)
	write(t, filepath.Join(dir, "one.geojson"), `{"type":"FeatureCollection","features":[]}`)
	of := func(path, table string) *scene.Document {
		doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"sources":{"s":{"type":"vector","path":"`+path+`","table":"`+table+`"}},
			"layers":[{"id":"b","type":"buildings","source":"s","all":true}]}`), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	parts := t.TempDir()
	for table, want := range map[string]int{"here": 2, "far away": 1} {
		if _, s := run(t, of("two.kml", table), Options{Parts: parts}); s.Made["building"] != want {
			t.Errorf("layer %s: %d buildings, not %d", table, s.Made["building"], want)
		}
	}
	for _, c := range [][3]string{{"two.kml", "nowhere", "it has here, far away"}, {"one.geojson", "here", "this is geojson: take it away"}} {
		_, err := Run(context.Background(), of(c[0], c[1]), filepath.Join(dir, "none"), Options{})
		if err == nil || !strings.Contains(err.Error(), c[2]) {
			t.Errorf("%s: %v", c[0], err)
		}
	}
}
