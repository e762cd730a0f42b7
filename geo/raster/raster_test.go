package raster

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/internal/realdata"
)

func needGDAL(t testing.TB) {
	t.Helper()
	if err := gdal.Available(); err != nil {
		t.Skip(err)
	}
}

func open4(t testing.TB, o Options, elem ...string) *Grid {
	t.Helper()
	g, err := Open(context.Background(), realdata.Path(t, elem...), o)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func within(t testing.TB, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: %v, want %v ± %v", what, got, want, tol)
	}
}

func TestUndulation(t *testing.T) {
	needGDAL(t)
	for _, c := range []struct {
		name          string
		lng, lat, n   float64
		width, height float64
	}{
		{"San Francisco", -122.4, 37.77, -32.222, 0.3, 0.3},
		{"Monaco", 7.42, 43.73, 48.679, 0.1, 0.1},
		{"south pole", 0, -89.9, -29.6, 1, 0.05},
	} {
		g, err := Undulation(context.Background(), geo.Bound{West: c.lng - c.width, East: c.lng + c.width, South: c.lat - c.height, North: c.lat + c.height})
		if err != nil {
			t.Fatal(err)
		}
		within(t, c.name, g.At(c.lng, c.lat), c.n, 0.3)
		within(t, c.name+" another turn", g.At(c.lng+360, c.lat), g.At(c.lng, c.lat), 1e-9)
	}
	// Across the antimeridian, against one point on each side.
	g, err := Undulation(context.Background(), geo.Bound{West: 179.5, East: -179.5, South: -17, North: -16})
	if err != nil {
		t.Fatal(err)
	}
	pts := [][3]float64{{179.9, -16.4, 0}, {-179.9, -16.4, 0}}
	if err := gdal.Transform(context.Background(), "+proj=longlat +datum=WGS84 +geoidgrids=egm96_15.gtx +vunits=m +no_defs", "EPSG:4979", pts); err != nil {
		t.Fatal(err)
	}
	for _, p := range pts {
		within(t, "Fiji", g.At(p[0], -16.4), p[2], 1e-3)
	}
}

func TestMonaco(t *testing.T) {
	needGDAL(t)
	g := open4(t, Options{Datum: Local}, "city-monaco", "N43E007.hgt.zip")
	if g.Width != 1201 || g.Voids() != 1595 || g.West != 7 || g.North != 44 {
		t.Fatalf("%d voids, corner %v %v", g.Voids(), g.West, g.North)
	}
	e := open4(t, Options{}, "city-monaco", "N43E007.hgt.zip")
	if e.Datum != Ellipsoid || len(e.Notes) != 1 || !strings.Contains(e.Notes[0], "above EGM96") {
		t.Fatalf("%s %v", e.Datum, e.Notes)
	}
	a, _ := g.At(7.42, 43.5) // the sea
	b, _ := e.At(7.42, 43.5)
	within(t, "sea", a, 0, 0.5)
	within(t, "geoid added", b-a, 47.142, 0.01) // gdaltransform says 47.14201
	m := Mosaic(e)
	if m.Filled() == 0 {
		t.Error("no void filled")
	}
	for lat := 43.01; lat < 44; lat += 0.0137 {
		for lng := 7.01; lng < 8; lng += 0.0137 {
			if h, ok := m.HeightAt(lng, lat); !ok || h < 30 || h > 2130 {
				t.Fatalf("%v %v: %v %v", lng, lat, h, ok)
			}
		}
	}
	if _, ok := m.HeightAt(8.1, 43.5); ok {
		t.Error("answers outside")
	}
}

func TestAndorraSeam(t *testing.T) {
	needGDAL(t)
	north := open4(t, Options{}, "city-andorra", "N42E001.hgt.zip")
	south := open4(t, Options{}, "city-andorra", "N41E001.hgt.zip")
	m := Mosaic(north, south)
	if len(m.layers) != 1 {
		t.Fatalf("%d layers: the tiles were not joined", len(m.layers))
	}
	g := m.layers[0].Grid
	if g.Width != 1201 || g.Height != 2401 || g.Voids() != 0 {
		t.Fatalf("%d×%d, %d voids left", g.Width, g.Height, g.Voids())
	}
	b := m.Bounds()
	within(t, "west", b.West, 1-1/2400., 1e-9)
	within(t, "south", b.South, 41-1/2400., 1e-9)
	within(t, "north", b.North, 43+1/2400., 1e-9)
	// The step over 42°N is no steeper than the steepest step within the rows near it.
	var seam, near float64
	for lng := 1.0; lng <= 2; lng += 1. / 4800 {
		step := func(lat float64) float64 {
			a, _ := m.HeightAt(lng, lat-1e-7)
			b, _ := m.HeightAt(lng, lat+1e-7)
			return math.Abs(a - b)
		}
		seam = max(seam, step(42))
		near = max(near, step(42+5./1200), step(42-5./1200))
	}
	if seam > 2*near+1e-3 {
		t.Errorf("step of %v m at the seam, %v beside it", seam, near)
	}
	// Order of the files does not matter where both agree.
	o := Mosaic(south, north)
	for _, lat := range []float64{41.9, 42, 42.3} {
		h0, _ := m.HeightAt(1.5, lat)
		h1, _ := o.HeightAt(1.5, lat)
		within(t, "order", h0, h1, 1)
	}
}

func TestRussianHill(t *testing.T) {
	needGDAL(t)
	f := open4(t, Options{Datum: Local}, "city-sanfrancisco", "elev-russian-hill-float32.tif")
	c := open4(t, Options{Datum: Local, Decode: TerrainRGB, Scale: 0.001, Offset: -100}, "city-sanfrancisco", "elev-russian-hill-terrainrgb.tif")
	if f.Width != c.Width || f.Height != c.Height {
		t.Fatalf("%d×%d and %d×%d", f.Width, f.Height, c.Width, c.Height)
	}
	worst := 0.0
	for i := range f.Heights {
		if f.Heights[i] == f.Heights[i] {
			// The encoder rounded down to 0.001 m, so the middle of its error is 0.0005 m.
			worst = max(worst, math.Abs(float64(f.Heights[i]-c.Heights[i])-0.0005))
		}
	}
	if worst > 0.0006 {
		t.Errorf("the two differ by %v m", worst)
	}
	within(t, "resolution", f.Resolution(), 6.06*math.Cos(37.8*math.Pi/180), 0.1)
	h, ok := f.At(-122.4174, 37.7997) // the top of Russian Hill, some 90 m
	if !ok || h < 70 || h > 116 {
		t.Errorf("Russian Hill: %v %v", h, ok)
	}
}

func TestHeightMap8Bit(t *testing.T) {
	needGDAL(t)
	b := geo.Bound{West: -122.5233, South: 37.6493, East: -122.3566, North: 37.8159}
	g := open4(t, Options{Bounds: &b, Scale: 1.21, Datum: Local}, "city-sanfrancisco", "sf-heightmap-8bit.png")
	if g.Quantum != 1.21 {
		t.Fatal("not seen as 8-bit")
	}
	ref := open4(t, Options{Datum: Local}, "city-sanfrancisco", "elev-russian-hill-float32.tif")
	var sum, n float64
	flat, steps := 0, 0
	for lat := 37.792; lat < 37.81; lat += 0.0005 {
		for lng := -122.44; lng < -122.415; lng += 0.0005 {
			a, _ := g.At(lng, lat)
			b, _ := ref.At(lng, lat)
			sum += (a - b) * (a - b)
			n++
		}
	}
	if rms := math.Sqrt(sum / n); rms > 12 {
		t.Errorf("%v m off the float raster", rms)
	}
	for i := 1; i < len(g.Heights); i++ { // inland terraces are gone
		if h := g.Heights[i]; h > 20 && h < 250 {
			if h == g.Heights[i-1] {
				flat++
			}
			steps++
		}
	}
	if flat*10 > steps {
		t.Errorf("%d of %d steps are flat", flat, steps)
	}
}

func TestRealRasters(t *testing.T) {
	needGDAL(t)
	for _, c := range []struct {
		path     []string
		o        Options
		lng, lat float64
		low, hi  float64
	}{
		{[]string{"dem", "mt_fuji_90m.tif"}, Options{Datum: Local}, 138.7278, 35.3606, 3600, 3776},
		{[]string{"dem", "bigtujunga_utm11.tif"}, Options{Datum: Local}, -118.16, 34.30, 700, 1700},
		{[]string{"dem", "vinschgau_250m.tif"}, Options{Datum: Local}, 10.5447, 46.5086, 3500, 3905}, // Ortler
		{[]string{"dem", "terrarium-8-45-99.png"}, Options{Datum: Local}, -116, 37, 734, 2795},
		{[]string{"dem", "terrarium-12-646-1400.png"}, Options{Datum: Local}, -123.17, 49.35, -10, 1100},
		{[]string{"dem", "luxembourg", "elev.tif"}, Options{Datum: Local}, 6.1, 49.8, 200, 450},
		{[]string{"city-portoalegre", "poa_elevation.tif"}, Options{Datum: Local}, -51.2, -30.05, 0, 256},
		{[]string{"city-capetown-mamre", "LO19_050M_3318CB.tif"}, Options{Datum: Local}, 18.47, -33.51, 100, 300},
		{[]string{"dem", "colorado_frontrange_srtm3.asc"}, Options{Datum: Local, CRS: "EPSG:4326"}, -105.45, 40.15, 1943, 3286},
		{[]string{"city-washington-dc", "dtm.tif"}, Options{Datum: Local}, -77.0525, 38.8105, 6, 23},
	} {
		g := open4(t, c.o, c.path...)
		if h, ok := g.At(c.lng, c.lat); !ok || h < c.low || h > c.hi {
			t.Errorf("%v: %v %v in %v", c.path, h, ok, g.Bounds())
		}
		for _, h := range g.Heights {
			if h < -60 || h > 4000 {
				t.Errorf("%v: height %v", c.path, h)
				break
			}
		}
	}
	// Pixel is point: the samples of Fuji's tile lie on whole degrees.
	g := open4(t, Options{Datum: Local}, "dem", "mt_fuji_90m.tif")
	within(t, "west", g.West, 138, 1e-8)
	within(t, "north", g.North, 36, 1e-8)
	if g.Width != 1201 || g.Height != 1201 {
		t.Errorf("%d×%d: native samples were not kept", g.Width, g.Height)
	}
	g = open4(t, Options{}, "dem", "terrarium-8-45-99.png")
	if !g.Mercator || len(g.Notes) < 2 {
		t.Errorf("tile without notes: %v", g.Notes)
	}
}

func TestClip(t *testing.T) {
	needGDAL(t)
	ctx := context.Background()
	for _, c := range []struct {
		path []string
		clip geo.Bound
	}{
		{[]string{"city-andorra", "N42E001.hgt.zip"}, geo.Bound{West: 1.4, South: 42.4, East: 1.6, North: 42.6}},
		{[]string{"dem", "mt_fuji_90m.tif"}, geo.Bound{West: 138.6, South: 35.3, East: 138.8, North: 35.4}},
		{[]string{"dem", "bigtujunga_utm11.tif"}, geo.Bound{West: -118.2, South: 34.28, East: -118.1, North: 34.32}},
	} {
		whole := open4(t, Options{Datum: Local}, c.path...)
		part := open4(t, Options{Datum: Local, Clip: &c.clip}, c.path...)
		if part.Width*part.Height >= whole.Width*whole.Height/4 {
			t.Errorf("%v: clip kept %d×%d", c.path, part.Width, part.Height)
		}
		for i := range 100 {
			lng := c.clip.West + (c.clip.East-c.clip.West)*float64(i%10)/9
			lat := c.clip.South + (c.clip.North-c.clip.South)*float64(i/10)/9
			a, okA := whole.At(lng, lat)
			b, okB := part.At(lng, lat)
			if okA != okB || okA && math.Abs(a-b) > 0.02 { // gdalwarp approximates to 0.001 cells
				t.Fatalf("%v: %v %v, clipped %v %v", c.path, a, okA, b, okB)
			}
		}
		far := geo.Bound{West: 10, South: -10, East: 11, North: -9}
		_, err := Open(ctx, realdata.Path(t, c.path...), Options{Clip: &far})
		wantOutside(t, err)
	}
}

// TestWarpAcrossAntimeridian: a grid of UTM zone 1 that reaches over 180° stays small.
func TestWarpAcrossAntimeridian(t *testing.T) {
	needGDAL(t)
	var b strings.Builder
	b.WriteString("ncols 60\nnrows 40\nxllcorner 150000\nyllcorner 8100000\ncellsize 1000\nNODATA_value -9999\n")
	for y := range 40 {
		for x := range 60 {
			fmt.Fprint(&b, x*10+y, " ")
		}
		b.WriteString("\n")
	}
	p := filepath.Join(t.TempDir(), "fiji.asc")
	if err := os.WriteFile(p, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	g, err := Open(context.Background(), p, Options{CRS: "EPSG:32701", Datum: Local})
	if err != nil {
		t.Fatal(err)
	}
	if g.Width > 80 || g.Bounds().West < g.Bounds().East {
		t.Fatalf("%d×%d in %+v", g.Width, g.Height, g.Bounds())
	}
	for _, xy := range [][2]float64{{155500, 8120500}, {204500, 8110500}} {
		pts := [][3]float64{{xy[0], xy[1], 0}}
		if err := gdal.Transform(context.Background(), "EPSG:32701", "EPSG:4326", pts); err != nil {
			t.Fatal(err)
		}
		want := (xy[0]-150500)/100 + (8139500-xy[1])/1000
		h, ok := g.At(pts[0][0], pts[0][1])
		if !ok {
			t.Fatalf("nothing at %v", pts[0])
		}
		within(t, "height", h, want, 0.5)
	}
}

// TestSeamOfTwoSurveys: where a float raster in Web-Mercator ends over the 8-bit map of the
// whole city, the ground runs on without a step.
func TestSeamOfTwoSurveys(t *testing.T) {
	needGDAL(t)
	city := open4(t, Options{Datum: Local, Scale: 1.21, Bounds: &geo.Bound{West: -122.5233, South: 37.6493, East: -122.3566, North: 37.8159}}, "city-sanfrancisco", "sf-heightmap-8bit.png")
	hill := open4(t, Options{Datum: Local}, "city-sanfrancisco", "elev-russian-hill-float32.tif")
	m := Mosaic(city, hill)
	edge := hill.Bounds()
	apart, steepest := 0.0, 0.0
	for k := range 40 {
		lng := edge.West + (edge.East-edge.West)*(0.1+0.8*float64(k)/39)
		a, _ := city.At(lng, edge.South+0.0004)
		b, _ := hill.At(lng, edge.South+0.0004)
		apart = max(apart, math.Abs(a-b))
		const step = 0.00004 // 4.4 m
		for lat := edge.South - 0.002; lat < edge.South+0.002; lat += step {
			h, ok := m.HeightAt(lng, lat)
			next, ok2 := m.HeightAt(lng, lat+step)
			if !ok || !ok2 {
				t.Fatalf("nothing at %v, %v", lng, lat)
			}
			own := 0.0 // what either survey rises by itself
			for _, g := range []*Grid{city, hill} {
				p, ok := g.At(lng, lat)
				if q, ok2 := g.At(lng, lat+step); ok && ok2 {
					own = max(own, math.Abs(q-p))
				}
			}
			steepest = max(steepest, math.Abs(next-h)-own)
		}
	}
	t.Logf("the surveys are up to %.1f m apart; the seam adds up to %.2f m over 4.4 m", apart, steepest)
	if apart < 5 || steepest > apart/4 {
		t.Errorf("the surveys are %.1f m apart, the seam adds %.2f m", apart, steepest)
	}
}
