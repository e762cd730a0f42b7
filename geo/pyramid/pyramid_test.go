package pyramid

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io/fs"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
)

// What is written is read back, with few tiles and with so many that directories have leaves.
func TestArchiveRoundTrip(t *testing.T) {
	for _, zoom := range []uint32{2, 6} {
		var all []Picture
		for z := range zoom + 1 {
			for y := range uint32(1) << z {
				for x := range uint32(1) << z {
					all = append(all, Picture{Tile{Z: z, X: x, Y: y}, []byte(fmt.Sprintf("\x89PNG %d", (x+y)%50))})
				}
			}
		}
		path := filepath.Join(t.TempDir(), "a.pmtiles")
		f, err := os.Create(path)
		if err == nil {
			err = errors.Join(Write(f, all, "© me"), f.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
		s, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all {
			got, err := s.Read(t.Context(), p.Tile)
			if err != nil || string(got) != string(p.Data) {
				t.Fatalf("%v: %q, %v", p.Tile, got, err)
			}
		}
		if s.Has(Tile{Z: zoom + 1}) {
			t.Error("has a tile that was not written")
		}
		if _, err := s.Read(t.Context(), Tile{Z: 9}); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a missing tile: %v", err)
		}
		if low, high := s.Zooms(); low != 0 || high != zoom {
			t.Errorf("zooms %d to %d", low, high)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestAddresses(t *testing.T) {
	tile := Tile{Z: 3, X: 5, Y: 2}
	for template, want := range map[string]string{
		"https://a.example/{z}/{x}/{y}.png":                                         "https://a.example/3/5/2.png",
		"https://{s}.example/{z}/{x}/{-y}.png":                                      "https://b.example/3/5/5.png",
		"https://{0-3}.example/{quadkey}?g=1":                                       "https://3.example/121?g=1",
		"tiles/{z}/{x}/{y}.jpg":                                                     "tiles/3/5/2.jpg",
		"https://w.example/wmts?service=WMTS&layer=sat&format=image/png&style=x":    "https://w.example/wmts?service=WMTS&layer=sat&format=image/png&style=x&REQUEST=GetTile&VERSION=1.0.0&TILEMATRIXSET=GoogleMapsCompatible&TILEMATRIX=3&TILEROW=2&TILECOL=5",
		"https://w.example/?SERVICE=WMS&VERSION=1.1.1&LAYERS=a&STYLES=&FORMAT=x&t=": "https://w.example/?SERVICE=WMS&VERSION=1.1.1&LAYERS=a&STYLES=&FORMAT=x&t=&REQUEST=GetMap&SRS=EPSG:3857&WIDTH=256&HEIGHT=256&BBOX=5009377.086,5009377.086,10018754.171,10018754.171",
	} {
		a, err := ParseAddress(template)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := a.Of(tile); got != want {
			t.Errorf("%s\n is %s\nnot %s", template, got, want)
		}
	}
	for _, bad := range []string{"https://a.example/tile.png", "https://a.example/{z}/{x}/{y}/{what}.png", "ftp://a.example/{z}/{x}/{y}.png"} {
		if _, err := ParseAddress(bad); err == nil {
			t.Errorf("%s is an address", bad)
		}
	}
}

func TestService(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/1/0/0":
			_, _ = w.Write([]byte("\x89PNG tile"))
		case "/1/1/0":
			_, _ = w.Write([]byte("<ServiceException>no such layer"))
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	s, err := Open(server.URL + "/{z}/{x}/{y}")
	if err != nil {
		t.Fatal(err)
	}
	if data, err := s.Read(t.Context(), Tile{Z: 1}); err != nil || string(data) != "\x89PNG tile" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := s.Read(t.Context(), Tile{Z: 1, X: 1}); !errors.Is(err, errNoPicture) {
		t.Errorf("a page for a picture: %v", err)
	}
	if _, err := s.Read(t.Context(), Tile{Z: 1, Y: 1}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing tile: %v", err)
	}
}

// A selection covers what is seen once, and no texel of it is too large.
func TestSelect(t *testing.T) {
	f := earth.FrameAt(earth.Place{Lng: 7.4, Lat: 43.7})
	for _, height := range []float64{300, 2e4, 3e6, 2e7} {
		v := tiles.View{Eye: f.Center.Add(f.Up.Mul(height)), Right: f.East, Up: f.North, Forward: f.Up.Mul(-1), FovY: 0.8, Width: 960, Height: 540}
		got := Select(v, Choice{MaxZoom: 20, Error: 1})
		covers := 0
		for i, a := range got {
			b := Bounds(a)
			if b.West <= 7.4 && 7.4 < b.East && b.South <= 43.7 && 43.7 < b.North {
				covers++
				texel := earth.Radians(b.East-b.West) * earth.A * math.Cos(earth.Radians(43.7)) / 256
				if pixels := texel * 540 / (2 * height * math.Tan(0.4)); pixels > 1.01 || pixels < 0.4 {
					t.Errorf("from %g m a texel spans %.2f pixels", height, pixels)
				}
			}
			for _, c := range got[:i] {
				for d := a; ; d = Parent(d) {
					if d == c {
						t.Fatalf("from %g m %v lies in %v", height, a, c)
					}
					if d.Z == 0 {
						break
					}
				}
			}
		}
		if covers != 1 || len(got) > 120 {
			t.Errorf("from %g m: %d tiles, %d below the eye", height, len(got), covers)
		}
	}
}

// A picture that is cut has its colours where they were, at every zoom.
func TestCut(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 1024, 512))
	for y := range 512 {
		for x := range 1024 {
			img.SetNRGBA(x, y, color.NRGBA{uint8(x / 4), uint8(y / 2), 0, 255})
		}
	}
	got, err := Cut(context.Background(), img, geo.Bound{West: -180, South: -90, East: 180, North: 90})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1+4+16 {
		t.Fatalf("%d tiles", len(got))
	}
	for _, b := range []geo.Bound{{West: 0, South: 1, East: 1, North: 0}, {West: 0, South: -91, East: 1, North: 0}} {
		if _, err := Cut(context.Background(), img, b); !errors.Is(err, ErrRegion) {
			t.Errorf("%v: %v", b, err)
		}
	}
}
