package pipeline

import (
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/reference/metric"
)

// A view at rest that is drawn smaller comes about as close to the average of many sub-frames
// as one that is drawn at the picture's size, whatever that size is.
func TestUpscaledViewsAreSharp(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	const w, h = 255, 145
	f := &Frame{View: look(home, 40, -300, 60, 10, -8), Draws: boxCity(home, 8), Env: Environment{Sun: sunOver(home, 40, 120), Haze: 1, AutoExposure: true, GlobeHeight: -2}}
	q := tier(t, "low")
	q.SubFrames = 16
	still := newTestRenderer(t, Options{Width: w, Height: h, Quality: q})
	draw(t, still, f)
	if still.width != w || still.height != h {
		t.Errorf("a still is drawn at %d×%d", still.width, still.height)
	}
	_, truth := linearPicture(t, still)
	settled := func(scale float64) float64 {
		q.Scale = scale
		r := newTestRendererOn(t, still, Options{Width: w, Height: h, Quality: q, Live: true})
		if (scale < 1) != (r.width < w && r.height < h) {
			t.Errorf("at a scale of %v frames are drawn at %d×%d", scale, r.width, r.height)
		}
		now := *f
		for range 24 {
			draw(t, r, &now)
			now.Previous = &f.View
		}
		_, got := linearPicture(t, r)
		_, flip := metric.FLIP(truth, got, w, h, 67)
		return flip
	}
	scale := q.Scale
	full, small := settled(1), settled(scale)
	t.Logf("FLIP %.4f at full size, %.4f drawn smaller", full, small)
	if small > 1.15*full {
		t.Errorf("FLIP %.4f drawn smaller, %.4f at full size", small, full)
	}
}

// Frames with data colours are drawn at the picture's size, and smaller again when they have
// been without them for some time.
func TestDataIsNotUpscaled(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	const w, h = 160, 90
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: tier(t, "low"), Live: true})
	f := &Frame{View: look(home, 40, -300, 60, 10, -8), Draws: boxCity(home, 4), Env: Environment{Sun: sunOver(home, 40, 120), Haze: 1, AutoExposure: true, GlobeHeight: -2}}
	plain := f.Draws
	lights := drawable.Draw{What: &drawable.Points{Blend: drawable.Additive}}
	none := drawable.Draw{What: &drawable.Points{Blend: drawable.Alpha}}
	data := drawable.Draw{What: &drawable.Points{Blend: drawable.Alpha, Vertices: make([]drawable.PointVertex, 1)}}
	for _, c := range []struct {
		more  []drawable.Draw
		after int // frames
		whole bool
	}{{nil, 0, false}, {[]drawable.Draw{none}, 0, false}, {[]drawable.Draw{data}, 0, true}, {nil, 0, true}, {[]drawable.Draw{lights}, heldWhole - 2, true}, {nil, 0, false}} {
		f.Draws = append(plain[:len(plain):len(plain)], c.more...)
		r.holds = max(r.holds-c.after, 0)
		draw(t, r, f)
		if whole := r.width == w && r.height == h; whole != c.whole {
			t.Errorf("with %v frames are drawn at %d×%d", c.more, r.width, r.height)
		}
	}
}

// Additive points of frames that are drawn smaller are picked where the picture has them.
func TestPickInUpscaledFrames(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	const w, h = 160, 90
	q := tier(t, "low")
	light := &drawable.Points{Frame: earth.FrameAt(home).Matrix(), Blend: drawable.Additive, Emission: 1, Radius: 100,
		Vertices: []drawable.PointVertex{{Position: [3]float32{40, 0, 60}, Size: 96, Color: [4]uint8{255, 255, 255, 255}, Feature: 7}}}
	f := &Frame{View: look(home, 0, -200, 60, 0, 0), Draws: []drawable.Draw{{What: light, IDBase: 100}}, Env: daylight(home, 130, 35)}
	full := newTestRenderer(t, Options{Width: w, Height: h, Quality: tier(t, "draft"), Keep: []string{"id"}})
	draw(t, full, f)
	small := newTestRendererOn(t, full, Options{Width: w, Height: h, Quality: q, Live: true})
	draw(t, small, f)
	if small.width >= w {
		t.Fatalf("frames are drawn %d pixels wide", small.width)
	}
	seen := 0
	for x := range w {
		// Jitter moves its edges by less than a pixel.
		left, _ := full.Pick(max(x-1, 0), h/2)
		want, _ := full.Pick(x, h/2)
		right, _ := full.Pick(min(x+1, w-1), h/2)
		if left != want || right != want {
			continue
		}
		id, err := small.Pick(x, h/2)
		if err != nil || id != want {
			t.Errorf("at %d: %d, %v, want %d", x, id, err, want)
		}
		if id == 107 {
			seen++
		}
	}
	if seen < 5 {
		t.Errorf("%d pixels of the point", seen)
	}
}
