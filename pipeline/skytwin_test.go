package pipeline

import (
	"math"
	"testing"
	"unsafe"

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

// The table that every sky comes from, against the same integral in float64.
func TestSkyAgainstTwin(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 32, Height: 18, Quality: tier(t, "draft")})
	air := sky.NewAir(1)
	for _, c := range []struct {
		height, sun float64 // metres, degrees
		psnr        float64
	}{{2, 50, 45}, {2, 4, 45}, {500, -4, 42}, {9000, 20, 45}, {6e4, 30, 45}, {4e5, 10, 40}, {2e7, 40, 40}} {
		p := earth.Place{Lng: 7, Lat: 43, Height: c.height}
		f := &Frame{View: look(earth.Place{Lng: 7, Lat: 43}, 0, 0, c.height, 0, 0), Env: Environment{Sun: sunOver(p, c.sun, 90), Haze: 1, AutoExposure: true}}
		if err := r.Draw(f); err != nil {
			t.Fatal(err)
		}
		b := &r.air.now
		got := readFloats(t, r.air.view)
		h, muSun := float64(b.eyeKm[0]), float64(b.sunDir[3])
		horizon, edge := float64(b.eyeKm[1]), float64(b.eyeKm[2])
		var peak, sum float64
		var pairs [][2]float64
		for y := 1; y < skyViewH; y += 5 {
			n := skyViewH / 2
			s := (float64(y) - float64(n)) / float64(n-1)
			theta := horizon - s*s*(horizon-edge)
			if y < n {
				s = (float64(n-1) - float64(y)) / float64(n-1)
				theta = horizon + s*s*(math.Pi-horizon)
			}
			for x := 0; x < skyViewW; x += 9 {
				u := float64(x) / (skyViewW - 1)
				mu := math.Cos(theta)
				nu := mu*muSun + math.Sqrt(1-muSun*muSun)*math.Sin(theta)*(1-2*u*u)
				want := air.Scatter(h, mu, muSun, nu, math.Inf(1), 150).Radiance
				for k := range 3 {
					g, w := float64(got[(y*skyViewW+x)*4+k]), want[k]*float64(b.sunLight[k])
					g, w = math.Cbrt(g), math.Cbrt(w) // as eyes see it
					peak = max(peak, w)
					pairs = append(pairs, [2]float64{g, w})
				}
			}
		}
		for _, e := range pairs {
			sum += (e[0] - e[1]) * (e[0] - e[1])
		}
		psnr := 10 * math.Log10(peak*peak*float64(len(pairs))/sum)
		t.Logf("eye at %v m, sun at %v°: %.1f dB", c.height, c.sun, psnr)
		if !(psnr >= c.psnr) {
			t.Errorf("eye at %v m, sun at %v°: %.1f dB, want %v", c.height, c.sun, psnr, c.psnr)
		}
	}
}

// The exposure chosen for a scene never jumps with the sun or the height.
func TestSceneEV(t *testing.T) {
	e := Environment{AutoExposure: true}
	for deg := -90.0; deg < 90; deg += 0.1 {
		if a, b := sceneEV(&e, deg, 1), sceneEV(&e, deg+0.1, 1); math.Abs(a-b) > 0.15 || b < a-1e-9 {
			t.Errorf("at %.1f°: %v then %v", deg, a, b)
		}
	}
	for h := 0.001; h < 1e5; h *= 1.02 {
		if a, b := sceneEV(&e, -8, h), sceneEV(&e, -8, h*1.02); math.Abs(a-b) > 0.15 {
			t.Errorf("at %.3f km: %v then %v", h, a, b)
		}
	}
	e = Environment{Exposure: 12}
	if got := sceneEV(&e, 50, 1); got != 12 {
		t.Errorf("manual exposure became %v", got)
	}
}

// The Go block is laid out as the shader's.
func TestSkyBlockLayout(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 16, Height: 16, Quality: tier(t, "draft")})
	p := r.air.drawSky[2][0][1][0][0]
	if got, want := p.BlockSize("Sky"), int(unsafe.Sizeof(skyBlock{})); got != want {
		t.Errorf("the shader's block has %d bytes, Go's %d", got, want)
	}
	var b skyBlock
	for name, offset := range map[string]uintptr{
		"sunDir": unsafe.Offsetof(b.sunDir), "nightGlow": unsafe.Offsetof(b.nightGlow), "pole": unsafe.Offsetof(b.pole),
		"eyeKm": unsafe.Offsetof(b.eyeKm), "globe": unsafe.Offsetof(b.globe), "veil": unsafe.Offsetof(b.veil), "rise": unsafe.Offsetof(b.rise), "fog": unsafe.Offsetof(b.fog),
	} {
		if got := p.BlockField(name); got != int(offset) {
			t.Errorf("%s is at %d in the shader and at %d in Go", name, got, offset)
		}
	}
}
