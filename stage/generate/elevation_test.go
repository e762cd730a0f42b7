package generate

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// What a raster tells of itself is reported once; terrain alone of a region beside it is an error,
// and beside it with data on it a raster that is left out, once.
func TestRasterIsReportedOnce(t *testing.T) {
	if err := gdal.Available(); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "dem.asc"), "ncols 20\nnrows 20\nxllcorner 7\nyllcorner 50\ncellsize 0.001\n"+strings.Repeat(strings.Repeat("120 ", 20)+"\n", 20))
	write(t, filepath.Join(dir, "h.geojson"), `{"type":"Feature","properties":{"building":"yes"},"geometry":{"type":"Polygon","coordinates":[[[8,50],[8.0002,50],[8.0002,50.0001],[8,50]]]}}`)
	of := func(more string) *scene.Document {
		doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"sources":{"dem":{"type":"raster","path":"dem.asc","crs":"EPSG:4326"},"h":{"path":"h.geojson"}},
			"layers":[{"id":"g","type":"terrain","source":"dem"}`+more+`]}`), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	_, s := run(t, of(""), Options{})
	told := 0
	for n, count := range s.Notes {
		if strings.HasPrefix(n, "dem.asc: ") {
			if told++; count != 1 {
				t.Errorf("%s: %d times", n, count)
			}
		}
	}
	if told == 0 {
		t.Error("nothing is told of the raster")
	}
	_, err := Run(context.Background(), of(""), filepath.Join(dir, "none"), Options{BBox: &geo.Bound{West: 9, South: 50, East: 9.1, North: 50.1}})
	if err == nil || !strings.Contains(err.Error(), "no raster of source dem reaches into the bbox 9,50,9.1,50.1") {
		t.Error(err)
	}
	_, s = run(t, of(`,{"id":"b","type":"buildings","source":"h"}`), Options{BBox: &geo.Bound{West: 7.99, South: 49.99, East: 8.01, North: 50.01}})
	if len(s.Skipped) != 1 || s.Skipped[0].Count != 1 || s.Made["building"] != 1 {
		t.Error(fmt.Sprint(s.Skipped, s.Made))
	}
}
