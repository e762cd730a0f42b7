package pipeline

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/layers/drawable"
)

// What stands before frosted glass is not smeared into it; what stands behind is.
func TestFrostedGlassShowsWhatIsBehind(t *testing.T) {
	const w, h = 160, 90
	view := look(andorra, 0, 0, eyeHigh, 0, 0)
	q := tier(t, "low")
	q.TAA, q.BloomMips = false, 0
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
	post := func(y float32) drawable.Draw {
		m := block([3]float32{0.5, y, eyeHigh}, [3]float32{0.2, 0.2, 9}, 0, &drawable.Material{Model: drawable.Unlit, Color: [4]float32{9 * shine, 0, 0, 1}})
		return drawable.Draw{What: m}
	}
	red := func(y float32) float32 {
		wall := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: &drawable.Material{Model: drawable.Unlit, Color: [4]float32{0, 0, shine, 1}}}
		quad(wall, [4][3]float32{{-40, 20, -30}, {40, 20, -30}, {40, 20, 40}, {-40, 20, 40}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
		pane := block([3]float32{0, 8, eyeHigh}, [3]float32{6, 0.01, 6}, 0, glassMaterial(1.5, 0, 0.6))
		draw(t, r, &Frame{View: view, Env: nightly(), Draws: []drawable.Draw{{What: wall.Bound()}, {What: pane}, post(y)}})
		p := buffer(t, r, "light").Data
		at := 3 * (h/2*w + w/2) // beside the post
		return p[at] / p[at+2]
	}
	if before := red(6); before > 1e-3 {
		t.Errorf("what stands before the glass leaves %.4f in it", before)
	}
	if behind := red(12); behind < 0.02 {
		t.Errorf("what stands behind the glass leaves %.4f beside it: it does not blur", behind)
	}
}

// Data behind glass is seen through it, data before it over it, and glass behind glass, in any
// order of the draws.
func TestGlassAndDataInAnyOrder(t *testing.T) {
	const w, h = 96, 54
	q := tier(t, "high")
	q.SubFrames, q.BloomMips = 1, 0
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
	sheet := func(y, alpha float64, c [3]float64) drawable.Draw {
		p := pane{y: y, half: 30, high: 30, color: [3]float64{c[0] * shine, c[1] * shine, c[2] * shine}, alpha: alpha}
		return p.draw()
	}
	glass := func(y, half float32, c [4]float32) drawable.Draw {
		m := glassMaterial(1.5, 0, 0)
		m.Color = c
		return drawable.Draw{What: block([3]float32{0, y, eyeHigh}, [3]float32{half, 0.01, half}, 0, m)}
	}
	draws := append(mapped()[:1], sheet(16, 0.5, [3]float64{0, 1, 0}), glass(14, 9, [4]float32{0.5, 1, 1, 1}), sheet(12, 0.25, [3]float64{1, 0, 0}),
		glass(10, 9, [4]float32{1, 1, 0.5, 1}), sheet(8, 0.5, [3]float64{0, 0, 1}))
	f := &Frame{View: look(andorra, 0, 0, eyeHigh, 0, 0), Env: nightly(), Draws: draws}
	f.Draws = draws[:1]
	draw(t, r, f)
	unit := float64(buffer(t, r, "light").Data[3*(h/2*w+w/2)+2]) // white
	f.Draws = draws
	draw(t, r, f)
	first := slices.Clone(buffer(t, r, "light").Data)
	want := [3]float64{0, 0, 1} // the wall is blue
	over := func(alpha float64, c [3]float64) {
		for k := range want {
			want[k] = want[k]*(1-alpha) + c[k]*alpha
		}
	}
	through := func(c [3]float64) {
		for k := range want {
			want[k] *= c[k] * (1 - 2*0.04/1.04)
		}
	}
	over(0.5, [3]float64{0, 1, 0})
	through([3]float64{0.5, 1, 1})
	over(0.25, [3]float64{1, 0, 0})
	through([3]float64{1, 1, 0.5})
	over(0.5, [3]float64{0, 0, 1})
	for k, v := range want {
		if got := float64(first[3*(h/2*w+w/2)+k]) / unit; math.Abs(got-v) > 0.02 {
			t.Errorf("colour %d is %.3f, want %.3f", k, got, v)
		}
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range 4 {
		f.Draws = slices.Clone(draws)
		random.Shuffle(len(draws), func(i, j int) { f.Draws[i], f.Draws[j] = f.Draws[j], f.Draws[i] })
		draw(t, r, f)
		for i, v := range buffer(t, r, "light").Data {
			if math.Abs(float64(v-first[i])) > 0.004*(unit+math.Abs(float64(v))) {
				t.Fatalf("number %d is %v in one order and %v in another", i, first[i], v)
			}
		}
	}
}

// A ball within a shell is seen through it, also where a tier tells two layers apart.
func TestGlassWithinAShell(t *testing.T) {
	const w, h = 96, 54
	q := tier(t, "low")
	q.TAA, q.BloomMips = false, 0
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
	shell := glassMaterial(1.5, 0, 0)
	shell.DoubleSided = true
	draws := append(mapped(), drawable.Draw{What: ball([3]float32{0, 9, eyeHigh}, 1.5, glassMaterial(1.5, 3, 0))})
	across := func(draws []drawable.Draw) float32 {
		draw(t, r, &Frame{View: look(andorra, 0, 0, eyeHigh, 0, 0), Env: nightly(), Draws: draws})
		p := buffer(t, r, "light").Data[3*(h/2*w+w/2+5):] // right of the middle: the ball shows what is left of it
		return p[0] / p[2]
	}
	bare := across(draws)
	within := across(append(draws, drawable.Draw{What: ball([3]float32{0, 9, eyeHigh}, 6, shell)}))
	if bare > 0.45 || math.Abs(float64(within-bare)) > 0.01 {
		t.Errorf("a ball shows the map at %.3f, within a shell at %.3f", bare, within)
	}
}

func TestGoldenGlass(t *testing.T) {
	q := tier(t, "high")
	r := newTestRenderer(t, Options{Width: 320, Height: 180, Quality: q})
	f := &Frame{View: look(andorra, 0, -176, 7, 0, 0), Env: daylight(andorra, 130, 35), Draws: glassCity(andorra)}
	draw(t, r, f)
	golden.Check(t, "testdata/golden", "glass", r.surface.Describe().Version, readImage(t, r))
}

// Frames without glass make no targets for it; with it a steady frame allocates nothing.
func TestGlassCostsNothingWhereThereIsNone(t *testing.T) {
	q := tier(t, "low")
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: q, Live: true})
	f := &Frame{View: look(andorra, 0, -176, 7, 180, 0), Env: daylight(andorra, 130, 35), Draws: glassCity(andorra)}
	draw(t, r, f)
	if r.glass != nil {
		t.Error("targets for glass that is behind the eye")
	}
	f.View = look(andorra, 0, -176, 7, 0, 0)
	f.Previous = &f.View
	for range 4 {
		draw(t, r, f)
	}
	if r.glass == nil {
		t.Error("glass in the view is not drawn")
	}
	if n := testing.AllocsPerRun(20, func() { draw(t, r, f) }); n > 0 {
		t.Errorf("%v allocations a frame", n)
	}
}

// A camera that goes past glass leaves no trace in it: the live picture stays close to what
// many sub-frames of the same instant average to.
func TestGlassLeavesNoTrace(t *testing.T) {
	const w, h = 256, 144
	env, draws := daylight(andorra, 130, 35), glassCity(andorra)
	at := func(i int) *Frame {
		return &Frame{View: look(andorra, -6+0.25*float64(i), -176+0.2*float64(i), 7, 0, 0), Draws: draws, Env: env}
	}
	for _, name := range []string{"low", "high"} {
		q := tier(t, name)
		r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Live: true})
		f := at(0)
		draw(t, r, f)
		flip := inMotion(t, r, q, w, h, f, at)
		t.Logf("%s: FLIP %.4f against 16 sub-frames", name, flip)
		if flip > 0.08 {
			t.Errorf("%s: FLIP %.4f in motion", name, flip)
		}
	}
}
