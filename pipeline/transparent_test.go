package pipeline

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// pane is a coloured sheet that stands on the ground: its middle, east and north, the
// turn of its plane, half its width and its height, metres.
type pane struct {
	x, y, turn, half, high float64
	color                  [3]float64 // linear
	alpha                  float64
}

func (p *pane) draw() drawable.Draw {
	s, c := math.Sincos(p.turn)
	corner := func(u, v float64) [3]float32 {
		return [3]float32{float32(p.x + u*p.half*c), float32(p.y + u*p.half*s), float32(v * p.high)}
	}
	m := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: &drawable.Material{
		Model: drawable.Unlit, Blend: drawable.Alpha, DoubleSided: true,
		Color: [4]float32{float32(p.color[0]), float32(p.color[1]), float32(p.color[2]), float32(p.alpha)}}}
	quad(m, [4][3]float32{corner(-1, 0), corner(1, 0), corner(1, 1), corner(-1, 1)}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
	return drawable.Draw{What: m.Bound()}
}

// meets is the distance at which a ray from the origin of the panes' frame meets it.
func (p *pane) meets(from, along mgl64.Vec3) (t float64, ok bool) {
	s, c := math.Sincos(p.turn)
	n := mgl64.Vec3{-s, c, 0}
	t = n.Dot(mgl64.Vec3{p.x, p.y, 0}.Sub(from)) / n.Dot(along)
	q := from.Add(along.Mul(t))
	u := (q[0]-p.x)*c + (q[1]-p.y)*s
	return t, t > 0 && math.Abs(u) < p.half && q[2] > 0 && q[2] < p.high
}

// overPanes is what is seen through panes, sorted by ray, before a background.
func overPanes(panes []pane, from, along, behind mgl64.Vec3) mgl64.Vec3 {
	type met struct {
		t float64
		p *pane
	}
	var hits []met
	for i := range panes {
		if t, ok := panes[i].meets(from, along); ok {
			hits = append(hits, met{t, &panes[i]})
		}
	}
	slices.SortFunc(hits, func(a, b met) int {
		if a.t > b.t {
			return -1
		}
		return 1
	})
	for _, h := range hits {
		for k := range behind {
			behind[k] = behind[k]*(1-h.p.alpha) + h.p.color[k]*h.p.alpha
		}
	}
	return behind
}

// Transparent surfaces give the same picture in any order of drawing, close to that of
// surfaces sorted by pixel: stacked sheets of glass, data layers that cross.
func TestTransparencyInAnyOrder(t *testing.T) {
	stacked := []pane{}
	for i := range 6 {
		c := [3]float64{0.08, 0.08, 0.08}
		c[i%3] = 0.8
		stacked = append(stacked, pane{x: float64(i%2) - 0.5, y: 20 + 4*float64(i), half: 8, high: 10, color: c, alpha: 0.25 + 0.05*float64(i)})
	}
	random := rand.New(rand.NewPCG(8, 9))
	var crossed []pane
	for range 8 {
		crossed = append(crossed, pane{x: 6 * (random.Float64() - 0.5), y: 26 + 6*(random.Float64()-0.5), turn: 2 * random.Float64() * math.Pi, half: 9, high: 9,
			color: [3]float64{random.Float64(), random.Float64(), random.Float64()}, alpha: 0.2 + 0.3*random.Float64()})
	}
	q := tier(t, "low")
	q.TAA, q.SSRSteps, q.AOSlices, q.BloomMips = false, 0, 0, 0
	const w, h = 160, 90
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
	view := look(andorra, 0, 0, 4, 0, 0)
	frame := earth.FrameAt(andorra)
	background := plane(andorra, 3000, drawable.DefaultMaterial())
	for _, c := range []struct {
		name  string
		panes []pane
		limit float64 // RMS of the light against truth, as a share of its mean
	}{{"stacked", stacked, 0.03}, {"crossed", crossed, 0.045}} {
		f := &Frame{View: view, Env: daylight(andorra, 180, 40), Draws: []drawable.Draw{{What: background}}}
		shot := func(panes []pane, moments bool) []float32 {
			q := q
			q.Moments = moments
			if err := r.SetQuality(q); err != nil {
				t.Fatal(err)
			}
			f.Draws = f.Draws[:1]
			for i := range panes {
				f.Draws = append(f.Draws, panes[i].draw())
			}
			draw(t, r, f)
			return buffer(t, r, "light").Data
		}
		behind := shot(nil, true)
		var want []float64
		eye := frame.ToLocal(view.Eye)
		tan := math.Tan(view.FovY / 2)
		for i := range w * h {
			x, y := (float64(i%w)+0.5)/w*2-1, 1-(float64(i/w)+0.5)/h*2
			along := view.Forward.Add(view.Right.Mul(x * tan * w / h)).Add(view.Up.Mul(y * tan))
			bg := mgl64.Vec3{float64(behind[3*i]), float64(behind[3*i+1]), float64(behind[3*i+2])}
			c := overPanes(c.panes, eye, frame.DirToLocal(along), bg)
			want = append(want, c[0], c[1], c[2])
		}
		off := func(got []float32) float64 {
			var sum, mean float64
			for i, v := range want {
				sum += (float64(got[i]) - v) * (float64(got[i]) - v)
				mean += v
			}
			n := float64(len(want))
			return math.Sqrt(sum/n) / (mean / n)
		}
		first := shot(c.panes, true)
		sorted := shot(c.panes, false)
		t.Logf("%s: RMS of %.4f of the mean light against truth, %.4f where meshes are sorted", c.name, off(first), off(sorted))
		if off(first) > c.limit {
			t.Errorf("%s: off by %.4f of the mean light", c.name, off(first))
		}
		for range 3 {
			panes := slices.Clone(c.panes)
			random.Shuffle(len(panes), func(i, j int) { panes[i], panes[j] = panes[j], panes[i] })
			for i, v := range shot(panes, true) {
				if math.Abs(float64(v-first[i])) > 0.004*(1+math.Abs(float64(v))) {
					t.Fatalf("%s: number %d is %v in one order and %v in another", c.name, i, first[i], v)
				}
			}
		}
	}
}

// One pane is exactly what blending it would be, and frames without any make no targets.
func TestOnePaneIsBlended(t *testing.T) {
	q := tier(t, "low")
	q.TAA = false
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: q, Keep: []string{"light"}})
	f := &Frame{View: look(andorra, 0, 0, 4, 0, 0), Env: daylight(andorra, 180, 40), Draws: []drawable.Draw{{What: plane(andorra, 3000, drawable.DefaultMaterial())}}}
	draw(t, r, f)
	if r.layers != nil {
		t.Error("targets for transparent surfaces where there are none")
	}
	p := pane{y: 20, half: 5, high: 8, color: [3]float64{0.2, 0.9, 0.4}, alpha: 0.6}
	f.Draws = append(f.Draws, p.draw())
	draw(t, r, f)
	got := buffer(t, r, "light").Data
	q.Moments = false
	if err := r.SetQuality(q); err != nil {
		t.Fatal(err)
	}
	draw(t, r, f)
	for i, v := range buffer(t, r, "light").Data {
		if math.Abs(float64(got[i]-v)) > 0.003*(1+math.Abs(float64(v))) {
			t.Fatalf("number %d is %v by moments, %v blended", i, got[i], v)
		}
	}
}

// A tint changes the base colour of what is behind it and nothing else of the G-buffer, in
// the frame's order.
func TestTintFillsTheBaseColourAlone(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: tier(t, "draft"), Keep: []string{"albedo", "roughness", "normal", "material"}})
	ground := drawable.DefaultMaterial()
	ground.Roughness = 0.4
	f := &Frame{View: look(andorra, 0, 0, 30, 0, -90), Env: daylight(andorra, 180, 40), Draws: []drawable.Draw{{What: plane(andorra, 3000, ground)}}}
	draw(t, r, f)
	before := map[string][]float32{}
	for _, name := range r.options.Keep {
		before[name] = buffer(t, r, name).Data
	}
	for _, c := range [][4]float32{{1, 0, 0, 0.5}, {0, 0, 1, 0.25}} {
		m := plane(andorra, 500, &drawable.Material{Model: drawable.Standard, Blend: drawable.Tint, Roughness: 0.9, Metallic: 1, Color: c})
		m.Bias = 30
		f.Draws = append(f.Draws, drawable.Draw{What: m})
	}
	draw(t, r, f)
	for _, name := range r.options.Keep[1:] {
		if !slices.Equal(buffer(t, r, name).Data, before[name]) {
			t.Errorf("a tint changes %s", name)
		}
	}
	// White, half of it red, then a quarter blue, of square roots.
	got := buffer(t, r, "albedo").Data[:3]
	for k, want := range [3]float64{0.75, 0.375, 0.625} {
		if math.Abs(math.Sqrt(float64(got[k]))-want) > 0.01 {
			t.Errorf("base colour %v, want the squares of 0.75 0.375 0.625", got)
		}
	}
}
