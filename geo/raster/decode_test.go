package raster

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/internal/realdata"
)

func wantOutside(t testing.TB, err error) {
	t.Helper()
	if !errors.Is(err, ErrOutside) {
		t.Errorf("got %v, want ErrOutside", err)
	}
}

// hgtFile writes a plane of heights h = x + 2y (in samples) with a void.
func hgtBytes() []byte {
	const n = 1201
	b := make([]byte, 2*n*n)
	for y := range n {
		for x := range n {
			v := uint16(x + 2*y)
			if x == 600 && y == 600 {
				v = 0x8000
			}
			b[2*(y*n+x)], b[2*(y*n+x)+1] = byte(v>>8), byte(v)
		}
	}
	return b
}

func TestHGT(t *testing.T) {
	dir := t.TempDir()
	p := filepath.Join(dir, "S17W180.hgt")
	if err := os.WriteFile(p, hgtBytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	g, err := Open(context.Background(), p, Options{Datum: Local})
	if err != nil {
		t.Fatal(err)
	}
	if g.West != -180 || g.North != -16 || g.Voids() != 1 {
		t.Fatalf("corner %v %v, %d voids", g.West, g.North, g.Voids())
	}
	for _, c := range [][3]float64{{-180, -16, 0}, {-179, -16, 1200}, {-180, -17, 2400}, {-179.5 + 0.1, -16.25, 600 + 120 + 600}, {180.25, -16.5, 300 + 1200}} {
		h, ok := g.At(c[0], c[1])
		if !ok || math.Abs(h-c[2]) > 1e-6 {
			t.Errorf("%v: %v %v", c, h, ok)
		}
	}
	if _, ok := g.At(-179.5, -16.5); ok {
		t.Error("a void answers")
	}
	h, ok := Mosaic(g).HeightAt(-179.5, -16.5)
	if !ok || math.Abs(h-1800) > 1e-3 {
		t.Errorf("filled void: %v %v", h, ok)
	}
	for lng, want := range map[float64]bool{-180.0004: true, -180.001: false, 179.9997: true, -178.9997: true, -178.9: false} {
		if _, ok := g.At(lng, -16.5+0.1); ok != want {
			t.Errorf("at %v: %v", lng, ok)
		}
	}
}

func TestClearErrors(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, b []byte) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	var pic bytes.Buffer
	if err := png.Encode(&pic, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	asc := write("a.asc", []byte("ncols 3\nnrows 3\nxllcorner 0\nyllcorner 0\ncellsize 10\nNODATA_value -9999\n1 2 3\n4 5 6\n7 8 9\n"))
	nodata := write("n.asc", []byte("ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 1\nNODATA_value -9999\n-9999 -9999\n-9999 -9999\n"))
	huge := pic.Bytes()
	for _, c := range []struct {
		path string
		o    Options
		want string
		gdal bool
	}{
		{write("empty.hgt", nil), Options{}, "empty", false},
		{write("noname.hgt", hgtBytes()), Options{}, "give bounds", false},
		{write("a.png", pic.Bytes()), Options{}, "give bounds", false},
		{write("cut.png", pic.Bytes()[:40]), Options{Bounds: &geo.Bound{East: 1, North: 1}}, "cut.png", false},
		{write("big.png", huge), Options{Bounds: &geo.Bound{East: 1, North: 1}, MaxCells: 8}, "4×4", false},
		{write("b.png", pic.Bytes()), Options{Datum: "navd"}, "egm2008", false},
		{write("c.png", pic.Bytes()), Options{Decode: "rgb"}, "terrain-rgb", false},
		{write("d.png", pic.Bytes()), Options{Bounds: &geo.Bound{East: 1, North: -1}}, "west,south", false},
		{write("t.hgt.gz", []byte{0x1f, 0x8b, 8, 0}), Options{}, "t.hgt.gz", false},
		{write("z.zip", []byte("PK\x03\x04junk")), Options{}, "z.zip", false},
		{filepath.Join(dir, "absent.tif"), Options{}, "absent.tif", false},
		{asc, Options{}, "give crs", true},
		{asc, Options{CRS: "EPSG:99999"}, "EPSG:99999", true},
		{nodata, Options{CRS: "EPSG:4326"}, "void", true},
		{write("junk.tif", []byte("II*\x00\xff\xff\xff\x7f")), Options{}, "junk.tif", true},
	} {
		if c.gdal && gdal.Available() != nil {
			continue
		}
		_, err := Open(context.Background(), c.path, c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want a mention of %q", filepath.Base(c.path), err, c.want)
		}
	}
	if gdal.Available() == nil {
		g, err := Open(context.Background(), asc, Options{CRS: "EPSG:32631", Datum: Ellipsoid})
		if err != nil || g.Voids() == len(g.Heights) {
			t.Errorf("crs does not help: %v", err)
		}
		if g, err = Open(context.Background(), asc, Options{Bounds: &geo.Bound{West: 1, South: 2, East: 4, North: 5}, Datum: Ellipsoid}); err != nil {
			t.Error(err)
		} else if h, _ := g.At(1.5, 4.5); h != 1 {
			t.Errorf("north-west cell is %v", h)
		}
	}
}

func TestNoCRSRealFile(t *testing.T) {
	needGDAL(t)
	_, err := Open(context.Background(), realdata.Path(t, "dem", "hugo_site.asc"), Options{})
	if err == nil || !strings.Contains(err.Error(), "give crs") {
		t.Errorf("got %v", err)
	}
}

func TestWithoutGDAL(t *testing.T) {
	p := filepath.Join(t.TempDir(), "N01E001.hgt")
	if err := os.WriteFile(p, hgtBytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", t.TempDir())
	g, err := Open(context.Background(), p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if g.Datum != EGM96 || len(g.Notes) != 1 || !strings.Contains(g.Notes[0], "gdal-bin") {
		t.Errorf("datum %s, notes %v", g.Datum, g.Notes)
	}
}

func TestPNGEncodings(t *testing.T) {
	want := []float64{0, 1234.5, -12.3, 4000}
	terrainRGB, terrarium := image.NewNRGBA(image.Rect(0, 0, 4, 1)), image.NewNRGBA(image.Rect(0, 0, 4, 1))
	for i, h := range want {
		v := uint32(math.Round((h + 10000) * 10))
		terrainRGB.SetNRGBA(i, 0, color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255})
		v = uint32(math.Round((h + 32768) * 256))
		terrarium.SetNRGBA(i, 0, color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255})
	}
	for name, img := range map[string]image.Image{TerrainRGB: terrainRGB, Terrarium: terrarium} {
		for _, decode := range []string{"", name} {
			var b bytes.Buffer
			if err := png.Encode(&b, img); err != nil {
				t.Fatal(err)
			}
			g, err := readPNG(bytes.NewReader(b.Bytes()), "x.png", Options{Bounds: &geo.Bound{East: 1, North: 1}, Decode: decode})
			if err != nil {
				t.Fatal(err)
			}
			for i, h := range want {
				within(t, name, float64(g.Heights[i]), h, 0.051)
			}
		}
	}
	deep := image.NewGray16(image.Rect(0, 0, 2, 1))
	deep.SetGray16(1, 0, color.Gray16{Y: 40000})
	var b bytes.Buffer
	if err := png.Encode(&b, deep); err != nil {
		t.Fatal(err)
	}
	g, err := readPNG(bytes.NewReader(b.Bytes()), "3/4/2.png", Options{Bounds: &geo.Bound{East: 1, North: 1}, Scale: 0.1, Offset: -100})
	if err != nil || g.Quantum != 0 {
		t.Fatal(err, g.Quantum)
	}
	within(t, "16 bit", float64(g.Heights[1]), 3900, 1e-3)
}

func TestTileAddress(t *testing.T) {
	for name, want := range map[string][3]uint32{
		"a/12/646/1400.png": {12, 646, 1400}, "terrarium-8-45-99.png": {8, 45, 99}, "/t/0/0/0@2x.png": {0, 0, 0},
	} {
		if got, ok := tileAddress(name); !ok || got != want {
			t.Errorf("%s: %v %v", name, got, ok)
		}
	}
	for _, name := range []string{"2024-05-06.png", "a.png", "3/8/0.png", "99/1/1.png"} {
		if got, ok := tileAddress(name); ok {
			t.Errorf("%s: %v", name, got)
		}
	}
	g := &Grid{Width: 256, Height: 256}
	g.placeTile([3]uint32{1, 1, 0})
	b := g.Bounds()
	if math.Abs(b.North-85.0511288) > 1e-6 || math.Abs(b.South) > 1e-9 || b.West != 0 || b.East != 180 {
		t.Errorf("%+v", b)
	}
	if x, y := g.pixel(90, 66.51326044); math.Abs(x-127.5) > 1e-6 || math.Abs(y-127.5) > 1e-5 {
		t.Errorf("%v %v", x, y)
	}
}

func FuzzHGT(f *testing.F) {
	f.Add(hgtBytes()[:2*9*9], "N42E001.hgt", uint8(9))
	f.Add([]byte{0x80, 0}, "x", uint8(3))
	f.Fuzz(func(t *testing.T, data []byte, name string, side uint8) {
		if lng, lat, ok := hgtCorner(name); ok && (math.Abs(lng) > 180 || math.Abs(lat) > 90) {
			t.Fatal(lng, lat)
		}
		n := int(side%64) + 1
		g := &Grid{Width: n, Height: n}
		err := g.decodeHGT(bytes.NewReader(data), nil)
		if (err == nil) != (len(data) >= 2*n*n) {
			t.Fatalf("%d bytes for %d samples a side: %v", len(data), n, err)
		}
		g.finish(1, 0)
		for _, h := range g.Heights {
			if h < lowest || h > highest {
				t.Fatal(h)
			}
		}
	})
}

func FuzzPNG(f *testing.F) {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 3, 2)))
	f.Add(b.Bytes(), "1/1/1.png", uint8(0))
	f.Add(b.Bytes()[:30], "a.png", uint8(1))
	f.Fuzz(func(t *testing.T, data []byte, name string, kind uint8) {
		o := Options{Decode: []string{"", TerrainRGB, Terrarium, Grey}[kind%4], MaxCells: 1 << 16}
		if kind&4 == 0 {
			o.Bounds = &geo.Bound{West: 170, East: -170, South: 1, North: 2}
		}
		g, err := readPNG(bytes.NewReader(data), name, o)
		if err == nil && (len(g.Heights) != g.Width*g.Height || len(g.Heights) > 1<<16) {
			t.Fatal(g.Width, g.Height)
		}
	})
}

func FuzzZip(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		t.Setenv("PATH", "/nowhere")
		_, _ = readZip(context.Background(), bytes.NewReader(data), int64(len(data)), "N01E001.zip", Options{})
	})
}
