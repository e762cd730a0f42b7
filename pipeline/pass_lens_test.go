package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/sky"
)

// stripes is a wall of black and white stripes a metre wide, north of the eye.
func stripes(home earth.Place, distance float32) drawable.Draw {
	wall := &drawable.Mesh{Frame: earth.FrameAt(home).Matrix(), Material: &drawable.Material{Model: drawable.Unlit, Color: [4]float32{1, 1, 1, 1}}}
	for i := -60; i < 60; i++ {
		shade := uint8(255 * (i & 1))
		x := float32(i)
		quad(wall, [4][3]float32{{x, distance, -60}, {x + 1, distance, -60}, {x + 1, distance, 60}, {x, distance, 60}}, [4][2]float32{}, [4]uint8{shade, shade, shade, 255}, 1)
	}
	return drawable.Draw{What: wall.Bound()}
}

// contrast is the mean square of steps between neighbours in a row and in a column, and the mean.
func contrast(t *testing.T, r *Renderer) (across, up, mean float64) {
	px := readFloats(t, r.scene.Tex(r.kept["light"]))
	w, h := r.options.Width, r.options.Height
	n := 0.0
	for y := h / 4; y < 3*h/4; y++ {
		for x := w / 4; x < 3*w/4; x++ {
			at := func(x, y int) float64 { return float64(px[(y*w+x)*4+1]) }
			across += math.Pow(at(x+1, y)-at(x, y), 2)
			up += math.Pow(at(x, y+1)-at(x, y), 2)
			mean += at(x, y)
			n++
		}
	}
	return across / n, up / n, mean / n
}

func TestDepthOfField(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "high")
	q.SubFrames, q.SSRSteps = 1, 0
	r := newTestRenderer(t, Options{Width: 192, Height: 108, Quality: q, Keep: []string{"light"}})
	f := &Frame{View: look(home, 0, 0, 2, 0, 0), Draws: []drawable.Draw{stripes(home, 20)},
		Env: Environment{Sun: sunOver(home, 40, 180), Haze: 0, Exposure: 14, GlobeHeight: -50, Stars: []sky.Star{}}}
	draw(t, r, f)
	sharp, _, mean := contrast(t, r)
	f.Env.Aperture, f.Env.Focus = 1, 20
	draw(t, r, f)
	focused, _, _ := contrast(t, r)
	f.Env.Focus = 5
	draw(t, r, f)
	blurred, _, after := contrast(t, r)
	if focused < 0.97*sharp || blurred > 0.5*sharp || math.Abs(after/mean-1) > 0.03 {
		t.Errorf("contrast %.4f sharp, %.4f in focus, %.4f out of it; light %.4f became %.4f", sharp, focused, blurred, mean, after)
	}
}

// A camera that moves sideways blurs upright edges by what it moves, and a resting one none.
func TestMotionBlur(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "high")
	q.SubFrames, q.SSRSteps = 1, 0
	r := newTestRenderer(t, Options{Width: 192, Height: 108, Quality: q, Keep: []string{"light"}})
	f := &Frame{View: look(home, 0, 0, 2, 0, 0), Draws: []drawable.Draw{stripes(home, 20)},
		Env: Environment{Sun: sunOver(home, 40, 180), Haze: 0, Exposure: 14, GlobeHeight: -50, Stars: []sky.Star{}}}
	draw(t, r, f)
	sharp, _, mean := contrast(t, r)
	f.Opened = &f.View
	draw(t, r, f)
	resting, _, _ := contrast(t, r)
	aside := look(home, -1, 0, 2, 0, 0)
	f.Opened = &aside
	draw(t, r, f)
	moving, _, after := contrast(t, r)
	above := look(home, 0, 0, 3, 0, 0)
	f.Opened = &above
	draw(t, r, f)
	rising, _, _ := contrast(t, r)
	if math.Abs(resting/sharp-1) > 0.02 || moving > 0.6*sharp || math.Abs(rising/sharp-1) > 0.05 || math.Abs(after/mean-1) > 0.03 {
		t.Errorf("contrast %.4f sharp, %.4f at rest, %.4f moving along, %.4f moving along the stripes; light %.4f became %.4f", sharp, resting, moving, rising, mean, after)
	}
}

// Dirt on the lens shows in the glow around what is bright, the same in every frame, and not in an
// even picture; a clean lens draws what it did.
func TestDirtShowsInTheGlow(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "high")
	q.SubFrames, q.SSRSteps = 1, 0
	r := newTestRenderer(t, Options{Width: 192, Height: 108, Quality: q})
	lamp := &drawable.Mesh{Frame: earth.FrameAt(home).Matrix(), Material: &drawable.Material{Model: drawable.Unlit, Color: [4]float32{1, 1, 1, 1}, Emission: [3]float32{400, 400, 400}}}
	quad(lamp, [4][3]float32{{-2, 20, 0}, {2, 20, 0}, {2, 20, 4}, {-2, 20, 4}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
	f := &Frame{View: look(home, 0, 0, 2, 0, 0), Env: Environment{Sun: sunOver(home, -30, 180), Haze: 0, Exposure: 8, GlobeHeight: -50, Stars: []sky.Star{}}}
	picture := func(dirt float64, draws ...drawable.Draw) []byte {
		f.Env.Dirt, f.Draws = dirt, draws
		draw(t, r, f)
		out := make([]byte, 192*108*4)
		if err := r.ReadRGBA(out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	rough := func(a, b []byte) (more, less int) {
		for i := range a {
			switch d := int(b[i]) - int(a[i]); {
			case d > 3:
				more++
			case d < -3:
				less++
			}
		}
		return more, less
	}
	clean := picture(0, drawable.Draw{What: lamp.Bound()})
	dirty := picture(1, drawable.Draw{What: lamp.Bound()})
	if more, less := rough(clean, dirty); more < 300 || less > more {
		t.Errorf("around a lamp %d values are brighter, %d darker", more, less)
	}
	if more, less := rough(dirty, picture(1, drawable.Draw{What: lamp.Bound()})); more+less > 0 {
		t.Errorf("another frame has other dirt: %d", more+less)
	}
	if more, less := rough(clean, picture(0, drawable.Draw{What: lamp.Bound()})); more+less > 0 {
		t.Errorf("a clean lens differs: %d", more+less)
	}
	if more, less := rough(picture(0), picture(1)); more+less > 20 {
		t.Errorf("dirt shows where there is no glow: %d values", more+less)
	}
}
