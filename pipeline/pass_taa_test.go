package pipeline

import (
	"bytes"
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
)

// A camera at rest sees a picture at rest, close to what many sub-frames average to.
func TestTAASettles(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	const w, h = 160, 90
	f := &Frame{View: look(home, 40, -300, 60, 10, -8), Draws: boxCity(home, 8), Env: Environment{Sun: sunOver(home, 40, 120), Haze: 1, AutoExposure: true, GlobeHeight: -2}}
	q := tier(t, "low")
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Live: true})
	var frames [2][]byte
	for i := range 26 {
		frames[i%2] = make([]byte, w*h*4)
		if err := r.Draw(f); err != nil {
			t.Fatal(err)
		}
		if err := r.ReadRGBA(frames[i%2]); err != nil {
			t.Fatal(err)
		}
		f.Previous = &f.View
	}
	difference := func(a, b []byte) (d float64) {
		for i := range a {
			d += math.Abs(float64(a[i]) - float64(b[i]))
		}
		return d / float64(len(a))
	}
	// Dither moves a value by half a step each frame.
	if d := difference(frames[0], frames[1]); d > 1.5 {
		t.Errorf("two frames of a view at rest differ by %.2f/255", d)
	}
	q.SubFrames = 16
	still := newTestRendererOn(t, r, Options{Width: w, Height: h, Quality: q})
	f.Previous = nil
	if err := still.Draw(f); err != nil {
		t.Fatal(err)
	}
	want := make([]byte, w*h*4)
	if err := still.ReadRGBA(want); err != nil {
		t.Fatal(err)
	}
	if d := difference(frames[0], want); d > 4 {
		t.Errorf("the settled view is %.2f/255 from the average of 16 sub-frames", d)
	}
}

// newTestRendererOn makes a second renderer on the surface of a first.
func newTestRendererOn(t *testing.T, r *Renderer, o Options) *Renderer {
	t.Helper()
	n, err := New(r.surface, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Release)
	return n
}

// The sky can be left out, and a file's frame is the same each time, whatever came before.
func TestTransparentAndRepeatable(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	const w, h = 160, 90
	q := tier(t, "draft")
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q})
	env := Environment{Sun: sunOver(home, 40, 120), Haze: 1, AutoExposure: true, Transparent: true, GlobeHeight: -2}
	f := &Frame{View: look(home, 40, -300, 60, 10, 0), Draws: boxCity(home, 8), Env: env}
	shoot := func() []byte {
		px := make([]byte, w*h*4)
		if err := r.Draw(f); err != nil {
			t.Fatal(err)
		}
		if err := r.ReadRGBA(px); err != nil {
			t.Fatal(err)
		}
		return px
	}
	first := shoot()
	if a := first[(3*w+w/2)*4+3]; a != 0 {
		t.Errorf("the sky's alpha is %d", a)
	}
	if a := first[((h-3)*w+w/2)*4+3]; a != 255 {
		t.Errorf("the ground's alpha is %d", a)
	}
	f.Env.Sun, f.Env.Transparent = sunOver(home, -30, 0), false
	f.View = look(home, 0, 0, 3e6, 0, -80)
	f.Env.Clouds = 0.5
	if bytes.Equal(shoot(), first) {
		t.Error("another frame looks the same")
	}
	f.Env = env
	f.View = look(home, 40, -300, 60, 10, 0)
	if !bytes.Equal(shoot(), first) {
		t.Error("the frame depends on those before it")
	}
}

// Where an edge covers a pixel in part, the colour of a transparent picture is the surface's
// own, not darkened by the empty sky.
func TestTransparentEdges(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	const w, h = 160, 90
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: tier(t, "high")})
	env := Environment{Sun: sunOver(home, 40, 120), Haze: 1, AutoExposure: true, Transparent: true, GlobeHeight: -2}
	if err := r.Draw(&Frame{View: look(home, 40, -300, 60, 10, 0), Draws: boxCity(home, 8), Env: env}); err != nil {
		t.Fatal(err)
	}
	px := make([]byte, w*h*4)
	if err := r.ReadRGBA(px); err != nil {
		t.Fatal(err)
	}
	edges, dark := 0, 0
	for y := 1; y < h-1; y++ {
		for x := 1; x < w-1; x++ {
			if a := px[(y*w+x)*4+3]; a < 40 || a > 200 {
				continue
			}
			least := 255
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					if i := ((y+dy)*w + x + dx) * 4; px[i+3] == 255 {
						least = min(least, int(px[i+1]))
					}
				}
			}
			if least == 255 {
				continue
			}
			edges++
			if float64(px[(y*w+x)*4+1]) < 0.8*float64(least) {
				dark++
			}
		}
	}
	if edges < 30 || dark*20 > edges {
		t.Errorf("%d of %d pixels at edges are darker than the surfaces beside them", dark, edges)
	}
}
