package pipeline

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/sky"
)

// The far ground, a degree of which holds most of a landscape, against the model in
// float64: what the air before it adds and what it lets through, colour by colour, close
// to the horizon and further down.
func TestFarGroundAgainstTwin(t *testing.T) {
	const w, h, gloss = 16, 64, 0.035 // what rough land mirrors of the sky
	desert := &drawable.Image{Name: "desert", Width: 1, Height: 1, Channels: 4, Pixels: []byte{77, 54, 31, 255}}
	albedo := mgl64.Vec3{77.0 / 255, 54.0 / 255, 31.0 / 255}
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: tier(t, "draft"), Keep: []string{"light"}})
	home := earth.Place{Lng: 7, Lat: 36}
	for _, v := range []struct{ height, sun, turn, pitch, fov, haze float64 }{
		{300, 45, 150, -1, 4, 1}, {300, 45, 150, -1, 4, 8}, {2000, 20, 60, -3, 8, 3}, {10_000, 60, 100, -6, 12, 1}, {400_000, 40, 60, -25, 14, 1},
	} {
		air, eye := sky.NewAir(v.haze), look(home, 0, 0, v.height, 90+v.turn, v.pitch)
		eye.FovY = earth.Radians(v.fov)
		f := &Frame{View: eye, Env: Environment{Sun: sunOver(home, v.sun, 90), Haze: v.haze, Exposure: 13, Stars: []sky.Star{}, GlobeImage: desert}}
		draw(t, r, f)
		px := readFloats(t, r.scene.Tex(r.kept["light"]))
		c, b, g := &r.camera, &r.air.now, sky.NewGlobe(f.View.Eye, 0)
		sun := g.Bend(c.frame.DirToLocal(f.Env.Sun)).Normalize()
		var worst, sum, n float64
		for y := range h {
			for x := range w {
				d := c.forward.Add(c.right.Mul(c.tanX * (2*(float64(x)+0.5)/w - 1))).Add(c.up.Mul(c.tanY * (2*(float64(y)+0.5)/h - 1))).Normalize()
				bent := g.Bend(d)
				dist, ok := g.Hit(d)
				_, rim := g.Hit(d.Add(c.up.Mul(2 * c.tanY / h)).Normalize())
				if !ok || !rim {
					continue
				}
				normal := g.Up.Mul(g.Centre).Add(bent.Mul(dist)).Normalize()
				bent = bent.Normalize()
				muSun := normal.Dot(sun)
				before := air.Scatter(g.Height, bent.Dot(g.Up), float64(b.sunDir[3]), bent.Dot(sun), math.Inf(1), 150)
				direct, around := air.Sunlight(0, muSun), air.Multiple(0, muSun)
				for k := range 3 {
					ground := albedo[k]/math.Pi*direct[k]*muSun + (albedo[k]+gloss)*0.92*2.2*around[k]
					want := (before.Radiance[k] + before.Through[k]*ground) * float64(b.sunLight[k])
					off := math.Abs(float64(px[(y*w+x)*4+k])/want - 1)
					worst, sum, n = max(worst, off), sum+off, n+1
				}
			}
		}
		t.Logf("eye at %v m, haze %v: %.1f %% off in the mean, %.1f %% at most, of %v pixels", v.height, v.haze, 100*sum/n, 100*worst, n/3)
		if !(sum/n < 0.01) || !(worst < 0.04) || n < 3*w*h/4 {
			t.Errorf("eye at %v m, haze %v: %.1f %% off in the mean, %.1f %% at most, of %v pixels", v.height, v.haze, 100*sum/n, 100*worst, n/3)
		}
	}
}
