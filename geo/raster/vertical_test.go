package raster

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
)

func TestVerticalOf(t *testing.T) {
	for _, c := range []struct{ srs, datum, other string }{
		{`COMPD_CS["a",GEOGCS["WGS 84"],VERT_CS["EGM96 height",VERT_DATUM["EGM96 geoid",2005]]]`, EGM96, ""},
		{`COMPOUNDCRS["b",GEOGCRS["WGS 84"],VERTCRS["EGM2008 height",VDATUM["EGM2008 geoid"]]]`, EGM2008, ""},
		{"EPSG:4326+3855", EGM2008, ""},
		{"EPSG:4326+5773", EGM96, ""},
		{`COMPOUNDCRS["c",PROJCRS["Amersfoort / RD New"],VERTCRS["NAP height",VDATUM["Normaal Amsterdams Peil"]]]`, "", "NAP height"},
		{`GEOGCRS["WGS 84",CS[ellipsoidal,3]]`, Ellipsoid, ""},
		{`GEOGCRS["WGS 84",CS[ellipsoidal,2]]`, "", ""},
		{"", "", ""},
	} {
		if d, o := verticalOf(c.srs); d != c.datum || o != c.other {
			t.Errorf("%s: %q %q", c.srs, d, o)
		}
	}
}

// TestDatumDeclared: every raster says which datum it was taken for, and why; what has no
// grid of its own geoid stands a metre or so off, not fifty.
func TestDatumDeclared(t *testing.T) {
	needGDAL(t)
	path := filepath.Join(t.TempDir(), "level.asc")
	if err := os.WriteFile(path, []byte("ncols 3\nnrows 3\nxllcorner 7\nyllcorner 43\ncellsize 0.1\n"+strings.Repeat("10 10 10\n", 3)), 0o600); err != nil {
		t.Fatal(err)
	}
	nap := `COMPD_CS["x",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],VERT_CS["NAP height",VERT_DATUM["Normaal Amsterdams Peil",2005],UNIT["metre",1],AXIS["Gravity-related height",UP]]]`
	for _, c := range []struct {
		o         Options
		datum     string
		low, high float64
		says      string
	}{
		{Options{CRS: "EPSG:4326"}, Ellipsoid, 56, 61, "EGM96 (nothing else is stated)"},
		{Options{CRS: "EPSG:4326", Datum: Local}, Local, 9.99, 10.01, "zero of their own"},
		{Options{CRS: "EPSG:4326", Datum: Ellipsoid}, Ellipsoid, 9.99, 10.01, "WGS84 ellipsoid (as asked for)"},
		{Options{CRS: "EPSG:4326", Datum: EGM2008}, Ellipsoid, 55, 62, "EGM2008 (as asked for)"},
		{Options{CRS: nap}, Ellipsoid, 56, 61, "the zero of NAP height"},
	} {
		g, err := Open(context.Background(), path, c.o)
		if err != nil {
			t.Fatal(err)
		}
		h, _ := g.At(7.15, 43.15)
		if g.Datum != c.datum || h < c.low || h > c.high || !strings.Contains(strings.Join(g.Notes, "; "), c.says) {
			t.Errorf("%+v: %s, %v m, %q", c.o, g.Datum, h, g.Notes)
		}
	}
	if _, err := UndulationOf(context.Background(), Local, geo.Bound{West: 7, South: 43, East: 8, North: 44}); err == nil {
		t.Error("a geoid of a local datum")
	}
}

// TestFeet: a raster that says that its heights are feet is read as metres.
func TestFeet(t *testing.T) {
	d := &dataset{Size: []int{2, 2}, Bands: []band{{Type: "Float32", Unit: "US survey foot"}}}
	for _, c := range []struct {
		o             Options
		scale, offset float64
	}{{Options{}, 1200. / 3937, 0}, {Options{Offset: 5}, 1200. / 3937, 5}, {Options{Scale: 2}, 2, 0}} {
		g := &Grid{}
		v, err := d.virtual("x", "EPSG:4326", []float64{0, 1, 0, 0, 0, -1}, c.o, g)
		if err != nil || v.scale != c.scale || v.offset != c.offset {
			t.Errorf("%+v: %v %v, %v", c.o, v.scale, v.offset, err)
		}
	}
}
