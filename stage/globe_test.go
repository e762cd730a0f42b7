package stage

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// A mask of another size makes the picture transparent where it is light.
func TestCutWater(t *testing.T) {
	img := &drawable.Image{Width: 8, Height: 4, Channels: 4, Pixels: make([]byte, 8*4*4)}
	for i := range img.Pixels {
		img.Pixels[i] = 255
	}
	mask := &drawable.Image{Width: 2, Height: 1, Channels: 4, Pixels: []byte{0, 0, 0, 255, 255, 255, 255, 255}}
	cutWater(img, mask)
	alpha := func(x, y int) byte { return img.Pixels[4*(8*y+x)+3] }
	if alpha(1, 0) < 200 || alpha(6, 3) > 55 || alpha(4, 1) >= alpha(3, 1) {
		t.Errorf("alpha along a row: %d %d %d %d", alpha(1, 0), alpha(3, 1), alpha(4, 1), alpha(6, 3))
	}
}

// A globe's picture is read with its mask, relative to the document; what cannot be read is named by
// its property and file.
func TestReadGlobe(t *testing.T) {
	dir := t.TempDir()
	grey := func(name string, levels ...byte) {
		img := image.NewGray(image.Rect(0, 0, len(levels), 1))
		copy(img.Pix, levels)
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	grey("globe.png", 10, 20, 30, 40)
	grey("mask.png", 0, 255, 255, 0)
	if err := os.WriteFile(filepath.Join(dir, "text.png"), []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	read := func(g scene.Globe) (*drawable.Image, error) {
		doc, err := scene.Parse(filepath.Join(dir, "s.yaml"), []byte("longtake: 1\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		doc.Environment.Globe = g
		return readGlobe(doc)
	}
	if img, err := read(scene.Globe{Sea: true}); img != nil || err != nil {
		t.Errorf("without a picture: %v, %v", img, err)
	}
	for mask, want := range map[string][4]byte{"": {255, 255, 255, 255}, "mask.png": {255, 0, 0, 255}} {
		img, err := read(scene.Globe{Image: "globe.png", Water: mask})
		if err != nil {
			t.Fatal(err)
		}
		for x, alpha := range want {
			if got := [2]byte(img.Pixels[4*x+2 : 4*x+4]); got != [2]byte{byte(10 * (x + 1)), alpha} {
				t.Errorf("mask %q: pixel %d has blue and alpha %v, want %v and %v", mask, x, got, 10*(x+1), alpha)
			}
		}
	}
	for want, g := range map[string]scene.Globe{
		"environment.globe.image": {Image: "none.png"}, "environment.globe.water": {Image: "globe.png", Water: "none.png"},
		"text.png": {Image: "globe.png", Water: "text.png"},
	} {
		if _, err := read(g); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %s", g, err, want)
		}
	}
}

// The ground of a package reaches to its farthest corner; one as wide as a country has none.
func TestGroundReach(t *testing.T) {
	origin := earth.Place{Lng: 7, Lat: 43}
	doc := &scene.Document{Package: &scene.Package{Origin: scene.Place{Lng: 7, Lat: 43}}}
	grid := func(half float64) *heights.Grid {
		return heights.Sample(earth.FrameAt(origin), [2]float64{-half, -half}, 2*half, 2, func(x, y float64) float64 { return 0 })
	}
	if got := groundReach(grid(5000), doc); got < 7000 || got > 7200 {
		t.Errorf("10 km wide: %v", got)
	}
	if got := groundReach(grid(4e5), doc); got != 0 {
		t.Errorf("800 km wide: %v", got)
	}
}
