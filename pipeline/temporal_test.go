package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/srgb"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/reference/metric"
)

// linearPicture reads the picture as linear light.
func linearPicture(t *testing.T, r *Renderer) (px []byte, linear [][3]float64) {
	t.Helper()
	px = make([]byte, r.options.Width*r.options.Height*4)
	if err := r.ReadRGBA(px); err != nil {
		t.Fatal(err)
	}
	linear = make([][3]float64, len(px)/4)
	for i := range linear {
		for k := range 3 {
			linear[i][k] = srgb.Light(float64(px[4*i+k]) / 255)
		}
	}
	return px, linear
}

// The two promises of live pictures: a view at rest comes to rest, and one that moves stays
// close to what many sub-frames of the same instant average to.
func TestTemporalStability(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	town, plain := boxCity(home, 8), []drawable.Draw{{What: plane(home, 4000, drawable.DefaultMaterial())}, {What: plainCity(home, 100)}}
	env := Environment{Sun: sunOver(home, 40, 120), Haze: 1, AutoExposure: true, GlobeHeight: -2}
	ahead := func(i int) *Frame {
		return &Frame{View: look(home, 40+0.35*float64(i), -300+0.8*float64(i), 60, 10+0.1*float64(i), -8), Draws: town, Env: env}
	}
	// An orbit of 12 s around plain buildings.
	orbit := func(i int) *Frame {
		turn := earth.Radians(float64(i))
		f := &Frame{View: look(home, 500*math.Sin(turn), 500*math.Cos(turn), 220, 180+float64(i), -23.75), Draws: plain, Env: env}
		f.View.FovY = earth.Radians(51.6)
		return f
	}
	for _, c := range []struct {
		name, tier string
		w, h       int
		at         func(i int) *Frame
	}{{"low", "low", 256, 144, ahead}, {"high", "high", 256, 144, ahead}, {"low, orbit", "low", 1280, 720, orbit}} {
		name, w, h, at := c.name, c.w, c.h, c.at
		q := tier(t, c.tier)
		r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Live: true})
		f := at(0)
		var before []byte
		change, n := 0.0, 0
		for i := range 24 {
			draw(t, r, f)
			px, _ := linearPicture(t, r)
			if i > 16 {
				sum := 0.0
				for k := range px {
					sum += math.Abs(float64(px[k]) - float64(before[k]))
				}
				change, n = change+sum/float64(len(px)*3/4), n+1
			}
			before = px
			f.Previous = &f.View
		}
		change /= float64(n)
		t.Logf("%s at rest: a frame changes %.3f/255 on average", name, change)
		if change > 0.2 {
			t.Errorf("%s: after 16 frames a view at rest changes by %.3f/255 a frame", name, change)
		}
		flip := inMotion(t, r, q, w, h, f, at)
		t.Logf("%s in motion: FLIP %.4f against 16 sub-frames", name, flip)
		if flip > 0.08 {
			t.Errorf("%s: FLIP %.4f in motion", name, flip)
		}
	}
}

// inMotion draws frames 1 to 20 of a flight live after f and returns the FLIP of
// the last of them against what 16 sub-frames of the same instant average to.
func inMotion(t *testing.T, r *Renderer, q Quality, w, h int, f *Frame, at func(i int) *Frame) float64 {
	t.Helper()
	for i := 1; i <= 20; i++ {
		next := at(i)
		next.Previous = &f.View
		draw(t, r, next)
		f = next
	}
	_, moving := linearPicture(t, r)
	q.SubFrames = 16
	still := newTestRendererOn(t, r, Options{Width: w, Height: h, Quality: q})
	f.Previous = nil
	draw(t, still, f)
	_, truth := linearPicture(t, still)
	_, flip := metric.FLIP(truth, moving, w, h, 67)
	return flip
}
