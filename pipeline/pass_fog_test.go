package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/sky"
)

// What fog lets through is Beer's law over its profile, summed in small steps in float64:
// the difference of a white and a black wall, with fog and without.
func TestFogLetsThrough(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	const w, h = 48, 27
	q := tier(t, "draft")
	q.AOSlices, q.AerialSlices = 0, 0
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
	const distance, eye, visibility, height, base = 300.0, 40.0, 500.0, 25.0, 10.0
	light := func(shade uint8, visibility float64) []float32 {
		wall := &drawable.Mesh{Frame: earth.FrameAt(home).Matrix(), Material: drawable.DefaultMaterial()}
		quad(wall, [4][3]float32{{-900, distance, -100}, {900, distance, -100}, {900, distance, 400}, {-900, distance, 400}}, [4][2]float32{}, [4]uint8{shade, shade, shade, 255}, 1)
		f := &Frame{View: look(home, 0, 0, eye, 0, 0), Draws: []drawable.Draw{{What: wall.Bound()}}, Env: Environment{
			Sun: sunOver(home, 30, 180), Haze: 1, Exposure: 14, GlobeHeight: -200, Stars: []sky.Star{}, FogVisibility: visibility, FogHeight: height, FogBase: base}}
		draw(t, r, f)
		return readFloats(t, r.scene.Tex(r.kept["light"]))
	}
	white, black := light(255, visibility), light(0, visibility)
	clearWhite, clearBlack := light(255, 0), light(0, 0)
	c := &r.camera
	for y := 1; y < h; y += 4 {
		for x := 1; x < w; x += 7 {
			d := c.forward.Add(c.right.Mul(c.tanX * (2*(float64(x)+0.5)/w - 1))).Add(c.up.Mul(c.tanY * (2*(float64(y)+0.5)/h - 1)))
			d = d.Mul(1 / d[1]) // a metre north
			const n = 2000
			tau := 0.0
			for k := range n {
				z := eye - base + d[2]*distance*(float64(k)+0.5)/n
				tau += math.Log(50) / visibility * math.Exp(math.Min(-z/height, 3)) * distance * d.Len() / n
			}
			i := (y*w+x)*4 + 1
			got := float64(white[i]-black[i]) / float64(clearWhite[i]-clearBlack[i])
			if want := math.Exp(-tau); math.Abs(got-want) > 0.01+0.03*want {
				t.Errorf("pixel %d, %d: %.3f let through, want %.3f", x, y, got, want)
			}
		}
	}
}

// A roof that keeps the sun off keeps it off the fog below, too: that is a shaft's edge.
func TestFogShafts(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "high")
	q.SubFrames, q.AOSlices, q.SSRSteps, q.BloomMips = 1, 0, 0, 0
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: q, Keep: []string{"light"}})
	roof := plane(earth.Place{Lng: 7, Lat: 43, Height: 60}, 400, drawable.DefaultMaterial())
	roof.Material.DoubleSided = true
	middle := func(draws ...drawable.Draw) float64 {
		f := &Frame{View: look(home, 0, 0, 10, 0, -1), Draws: draws, Env: Environment{
			Sun: sunOver(home, 65, 180), Haze: 1, Exposure: 14, GlobeHeight: -50, Stars: []sky.Star{}, FogVisibility: 300, FogHeight: 40}}
		draw(t, r, f)
		px := readFloats(t, r.scene.Tex(r.kept["light"]))
		return float64(px[(18*64+32)*4+1])
	}
	ground := drawable.Draw{What: plane(home, 2000, drawable.DefaultMaterial())}
	open, under := middle(ground), middle(ground, drawable.Draw{What: roof})
	if !(under < 0.8*open) {
		t.Errorf("fog under a roof sends %.3f, in the open %.3f", under, open)
	}
}

// A file's shafts of light and blurs do not depend on how many frames were drawn before.
func TestNoiseOfFilesStands(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "draft")
	q.FogSteps, q.ShadowCascades, q.ShadowSize = 6, 1, 256
	r := newTestRenderer(t, Options{Width: 96, Height: 54, Quality: q})
	env := Environment{Sun: sunOver(home, 25, 120), Haze: 1, Exposure: 14, FogVisibility: 300, FogHeight: 40, GlobeHeight: -2, Focus: 60, Aperture: 3}
	f := &Frame{View: look(home, 40, -300, 20, 10, 0), Draws: boxCity(home, 8), Env: env}
	draw(t, r, f)
	first := readImage(t, r)
	draw(t, r, f)
	if d := golden.Compare(first, readImage(t, r)); d.Different > 0 {
		t.Errorf("drawn twice: %v", d)
	}
}
