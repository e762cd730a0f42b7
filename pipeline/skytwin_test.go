package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/pipeline/sky"
)

// What is drawn of the sky, pixel by pixel, against the same model in float64 along the same
// rays: 13 views from the ground to orbit, by day and at dusk.
func TestDrawnSkyAgainstTwin(t *testing.T) {
	const w, h = 64, 36
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: tier(t, "draft"), Keep: []string{"light"}})
	airs := map[float64]*sky.Air{}
	for _, v := range []struct{ lat, height, sun, turn, pitch, haze float64 }{
		{43, 2, 60, 0, 15, 1}, {43, 2, 60, 180, 15, 1}, {43, 2, 75, 90, 60, 1}, {-20, 100, 35, 90, 5, 1}, {0, 100, 35, 60, 5, 4},
		{60, 300, 10, 20, 5, 1}, {60, 300, 10, 170, 5, 1}, {89, 50, 1, 30, 5, 1}, {43, 50, -4, 10, 8, 1}, {43, 50, -4, 175, 8, 1},
		{10, 1e4, 40, 60, 0, 1}, {43, 3.5e4, 30, 60, -3, 1}, {43, 4e5, 20, 40, -19, 1},
	} {
		if airs[v.haze] == nil {
			airs[v.haze] = sky.NewAir(v.haze)
		}
		home := earth.Place{Lng: 7, Lat: v.lat}
		f := &Frame{View: look(home, 0, 0, v.height, 90+v.turn, v.pitch), Env: Environment{Sun: sunOver(home, v.sun, 90), Haze: v.haze, Exposure: 13, Stars: []sky.Star{}}}
		draw(t, r, f)
		px := readFloats(t, r.scene.Tex(r.kept["light"]))
		c, b, g := &r.camera, &r.air.now, sky.NewGlobe(f.View.Eye, 0)
		sun := c.frame.DirToLocal(f.Env.Sun)
		horizon := math.Pi/2 + math.Acos(sky.Radius/(sky.Radius+g.Height))
		var peak, sum, n float64
		for y := range h {
			for x := range w {
				d := c.forward.Add(c.right.Mul(c.tanX * (2*(float64(x)+0.5)/w - 1))).Add(c.up.Mul(c.tanY * (2*(float64(y)+0.5)/h - 1))).Normalize()
				bent := g.Bend(d).Normalize()
				if math.Acos(bent.Dot(g.Up)) > horizon-3*c.tanY/h || d.Dot(sun) > 0.9995 {
					continue // the globe, its rim, the sun's disc
				}
				air := airs[v.haze].Scatter(g.Height, bent.Dot(g.Up), float64(b.sunDir[3]), bent.Dot(g.Bend(sun).Normalize()), math.Inf(1), 150).Radiance
				for k := range 3 {
					got, want := math.Cbrt(float64(px[(y*w+x)*4+k])), math.Cbrt(air[k]*float64(b.sunLight[k]))
					peak, sum, n = max(peak, want), sum+(got-want)*(got-want), n+1
				}
			}
		}
		psnr := 10 * math.Log10(peak*peak*n/sum)
		t.Logf("latitude %v, eye at %v m, sun at %v°, %v° from it, haze %v: %.1f dB of %v pixels", v.lat, v.height, v.sun, v.turn, v.haze, psnr, n/3)
		if !(psnr >= 45) || n < 3*w*h/6 {
			t.Errorf("latitude %v, eye at %v m, sun at %v°: %.1f dB of %v pixels, want 45", v.lat, v.height, v.sun, psnr, n/3)
		}
	}
}
