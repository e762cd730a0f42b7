package stage

import (
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
