package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
)

// A night sky has no bands in 8 bits: small blocks keep the mean that they have in 16.
func TestPicturesAreDithered(t *testing.T) {
	const w, h, block = 128, 64, 8
	home := earth.Place{Lng: 7, Lat: 43}
	f := &Frame{View: look(home, 0, 0, 2, 270, 12), Env: Environment{Sun: sunOver(home, -9, 90), Haze: 1, AutoExposure: true, GlobeHeight: -50, GlobeSea: true}}
	f.View.FovY = earth.Radians(4) // few steps over many pixels
	q := tier(t, "draft")
	coarse := newTestRenderer(t, Options{Width: w, Height: h, Quality: q})
	draw(t, coarse, f)
	bytes := readImage(t, coarse).Pix
	fine := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Deep: true})
	draw(t, fine, f)
	words := make([]byte, w*h*8)
	if err := fine.ReadRGBA16(words); err != nil {
		t.Fatal(err)
	}
	var sum, n float64
	for y := 0; y < h; y += block {
		for x := 0; x < w; x += block {
			for c := range 3 {
				var got, want float64
				for k := range block * block {
					i := 4*((y+k/block)*w+x+k%block) + c
					got += float64(bytes[i]) / (block * block)
					want += float64(uint16(words[2*i])<<8|uint16(words[2*i+1])) / 257 / (block * block)
				}
				sum, n = sum+math.Abs(got-want), n+1
			}
		}
	}
	t.Logf("blocks of %d×%d are off by %.3f of a step of 8 bits", block, block, sum/n)
	if sum/n > 0.06 {
		t.Errorf("blocks of %d×%d are off by %.3f of a step of 8 bits", block, block, sum/n)
	}
}
