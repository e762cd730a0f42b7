package quantized

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/internal/realdata"
)

// TestAndorra writes a real country and finds its highest summit where it is.
func TestAndorra(t *testing.T) {
	if err := gdal.Available(); err != nil {
		t.Skip(err)
	}
	g, err := raster.Open(context.Background(), realdata.Path(t, "city-andorra", "N42E001.hgt.zip"), raster.Options{})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "terrain")
	s, err := Write(context.Background(), dir, raster.Mosaic(g), geo.Bound{West: 1.4, South: 42.43, East: 1.79, North: 42.66}, Options{MaxLevel: 11})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", *s)
	// Coma Pedrosa, 2942 m above the sea, 52 m more above the ellipsoid.
	size := 180. / (1 << 11)
	d := read(t, dir, 11, int((1.4444+180)/size), int((42.5917+90)/size))
	if d.high < 2880 || d.high > 3010 {
		t.Errorf("the summit is at %v m", d.high)
	}
}
