package pipeline

import (
	"maps"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/reference/metric"
)

// rest draws n live frames of a camera at rest while the story plays; each may change the draws.
func rest(t *testing.T, r *Renderer, f *Frame, n int, change func(i int)) {
	t.Helper()
	for i := range n {
		if change != nil {
			change(i)
		}
		f.Time += 1.0 / 60
		draw(t, r, f)
		f.Previous = &f.View
	}
}

// beside is how far the live picture is from the file's of the same instant, FLIP's mean.
func beside(t *testing.T, r *Renderer, f *Frame) float64 {
	t.Helper()
	o := r.options
	_, live := linearPicture(t, r)
	o.Live, o.Quality.SubFrames = false, 16
	still := newTestRendererOn(t, r, o)
	alone := *f
	alone.Previous = nil
	draw(t, still, &alone)
	_, truth := linearPicture(t, still)
	_, mean := metric.FLIP(truth, live, o.Width, o.Height, 67)
	return mean
}

// History grows long before a camera at rest only while nothing in the view, or shading it,
// changes: not where a mesh is shifted, nor where only its shadow is seen, nor where a texture
// becomes another.
func TestHistoryIsShortWhereSomethingMoves(t *testing.T) {
	ground := drawable.Draw{What: plane(andorra, 2000, drawable.DefaultMaterial())}
	tower := func(north float32) *drawable.Mesh {
		m := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: drawable.DefaultMaterial()}
		box(m, m, -5, north, 0, 10, 10, 20, [4]uint8{200, 190, 180, 255}, 1)
		return m.Bound()
	}
	// The eye looks north from 60 m south, and the sun stands low in the south: what is behind
	// the eye shades what is before it.
	seen, behind, still := drawable.Draw{What: tower(0)}, drawable.Draw{What: tower(-85)}, drawable.Draw{What: tower(30)}
	board := tower(0)
	board.Material = &drawable.Material{Model: drawable.Standard, Color: [4]float32{1, 1, 1, 1}, Roughness: 0.8}
	for _, c := range []struct {
		name string
		long bool
		at   func(i int) drawable.Draw
	}{
		{"a mesh", true, func(int) drawable.Draw { return seen }},
		{"a shadow", true, func(int) drawable.Draw { return behind }},
		{"a mesh that is shifted and stays", true, func(int) drawable.Draw {
			d := seen
			d.Shift = mgl64.Translate3D(0, 0, 3)
			return d
		}},
		{"a shifted mesh", false, func(i int) drawable.Draw {
			d := seen
			d.Shift = mgl64.Translate3D(0, 0, 0.01*float64(i))
			return d
		}},
		{"the shadow of a shifted mesh", false, func(i int) drawable.Draw {
			d := behind
			d.Shift = mgl64.Translate3D(0.01*float64(i), 0, 0)
			return d
		}},
		{"the shadow of brief copies", false, func(i int) drawable.Draw {
			items := []drawable.Instance{{Position: [3]float32{0.01 * float32(i), -85, 0}, Scale: [2]float32{1, 1}, Color: [4]uint8{255, 255, 255, 255}}}
			m := seen.What.(*drawable.Mesh)
			return drawable.Draw{What: (&drawable.Instances{Mesh: m, Frame: m.Frame, Items: items, Brief: true}).Bound()}
		}},
		{"a texture", false, func(i int) drawable.Draw {
			board.Material.Texture = &drawable.Image{Name: "picture", Width: 1, Height: 1, Channels: 4, SRGB: true, Brief: true, Pixels: []byte{byte(4 * i), 90, 60, 255}}
			return drawable.Draw{What: board}
		}},
	} {
		r := newTestRenderer(t, Options{Width: 96, Height: 54, Quality: tier(t, "low"), Live: true})
		f := &Frame{View: look(andorra, 0, -60, 25, 0, -15), Env: daylight(andorra, 180, 25)}
		rest(t, r, f, 40, func(i int) { f.Draws = []drawable.Draw{ground, still, c.at(i)} })
		if i := len(r.submit.items) - 1; i != 2 || r.submit.items[i].seen == strings.Contains(c.name, "shadow") {
			t.Fatalf("%s: %d meshes are drawn, the last one seen: %v", c.name, i+1, r.submit.items[i].seen)
		}
		if c.long && r.held != heldRest || !c.long && r.held > heldMoving {
			t.Errorf("%s: the history stands for %.1f frames", c.name, r.held)
		}
	}
}

// A town that is shifted before a camera at rest stays as close to the truth as a history for
// motion lets it: one for rest brings 1.75 times and more of what the picture at rest is off, at high
// 1.95, where history in floats comes closer to the truth at rest.
func TestShiftedMeshesLeaveNoTrail(t *testing.T) {
	for name, most := range map[string]float64{"low": 1.62, "high": 1.85} {
		r := newTestRenderer(t, Options{Width: 160, Height: 90, Quality: tier(t, name), Live: true})
		f := &Frame{View: look(andorra, 0, -300, 120, 0, -20), Env: daylight(andorra, 150, 40)}
		f.Draws = []drawable.Draw{{What: plane(andorra, 2000, drawable.DefaultMaterial())}, {What: plainCity(andorra, 12)}}
		var flip [2]float64
		for k, speed := range [...]float64{0.1, 0} {
			rest(t, r, f, 50, func(i int) { f.Draws[1].Shift = mgl64.Translate3D(speed*float64(i), 0, 0) })
			flip[k] = beside(t, r, f)
		}
		t.Logf("%s: FLIP %.4f shifted, %.4f at rest", name, flip[0], flip[1])
		if flip[0] > most*flip[1] {
			t.Errorf("%s: FLIP %.4f shifted, %.4f at rest", name, flip[0], flip[1])
		}
	}
}

// A history begins anew with new graphs: after a long rest, another tone map, and data that
// has left, show a picture soon that is as good as a settled one.
func TestHistoryBeginsAnewWithTheGraphs(t *testing.T) {
	toneMap := func(_ *Renderer, f *Frame) { f.Env.ToneMap = Neutral }
	for _, c := range []struct {
		name, tier string
		change     func(r *Renderer, f *Frame)
	}{
		{"tone map", "low", toneMap},
		{"tone map", "high", toneMap},
		{"data leaves", "low", func(r *Renderer, f *Frame) { f.Draws, r.holds = f.Draws[:2], 1 }},
	} {
		r := newTestRenderer(t, Options{Width: 160, Height: 90, Quality: tier(t, c.tier), Live: true})
		data := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: &drawable.Material{Model: drawable.Unlit, Color: [4]float32{1, 1, 1, 1}}}
		box(data, data, -5, 50, 0, 10, 10, 40, [4]uint8{255, 0, 0, 255}, 1)
		f := &Frame{View: look(andorra, 0, -300, 120, 0, -20), Env: daylight(andorra, 150, 40)}
		f.Draws = []drawable.Draw{{What: plane(andorra, 2000, drawable.DefaultMaterial())}, {What: plainCity(andorra, 12)}, {What: data.Bound()}}
		if c.name == "tone map" {
			f.Draws = f.Draws[:2]
		}
		rest(t, r, f, 40, nil)
		c.change(r, f)
		rest(t, r, f, 8, nil)
		if r.held > 1+7*heldStep {
			t.Errorf("%s, %s: the history of 8 frames stands for %.1f", c.name, c.tier, r.held)
		}
		soon := beside(t, r, f)
		rest(t, r, f, 24, nil)
		settled := beside(t, r, f)
		t.Logf("%s, %s: FLIP %.4f after 8 frames, %.4f after 32", c.name, c.tier, soon, settled)
		if soon > 1.05*settled {
			t.Errorf("%s, %s: FLIP %.4f after 8 frames, settled %.4f", c.name, c.tier, soon, settled)
		}
	}
}

// Live, what shines and comes into view finds its programs made.
func TestWhatShinesWaitsForNoProgram(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: tier(t, "low"), Live: true})
	f := cityFrame(8)
	f.Draws = boxCity(andorra, 8)
	f.Env = daylight(andorra, 130, 35)
	draw(t, r, f)
	if r.emissive() {
		t.Fatal("something shines from the first")
	}
	made := maps.Clone(r.programs)
	lamp := &drawable.Mesh{Name: "lamp", Frame: earth.FrameAt(andorra).Matrix(), Material: &drawable.Material{Model: drawable.Roof, Color: [4]float32{1, 1, 1, 1}, Roughness: 0.5, Emission: [3]float32{5, 4, 3}}}
	box(lamp, lamp, -100, 0, 0, 20, 20, 30, [4]uint8{255, 255, 255, 255}, 7)
	f.Draws = append(f.Draws, drawable.Draw{What: lamp.Bound()})
	draw(t, r, f)
	if !r.emissive() {
		t.Fatal("the lamp is not in view")
	}
	for name := range r.programs {
		if made[name] == nil {
			t.Errorf("%s is made when the lamp comes into view", name)
		}
	}
}
