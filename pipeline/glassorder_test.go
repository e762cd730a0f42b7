package pipeline

import (
	"math"
	"slices"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// glassRenderer keeps the light of frames of a tier that are still.
func glassRenderer(t *testing.T, name string, w, h int) *Renderer {
	q := tier(t, name)
	q.TAA, q.SubFrames, q.BloomMips, q.Scale = false, 1, 0, 0
	return newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
}

// upright is a square of one light that stands across the view, its middle at the eye's height.
func upright(x, y, half float32, c [3]float32) drawable.Draw {
	m := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: &drawable.Material{
		Model: drawable.Unlit, DoubleSided: true, Color: [4]float32{c[0] * shine, c[1] * shine, c[2] * shine, 1}}}
	quad(m, [4][3]float32{{x - half, y, eyeHigh - half}, {x + half, y, eyeHigh - half}, {x + half, y, eyeHigh + half}, {x - half, y, eyeHigh + half}},
		[4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
	return drawable.Draw{What: m.Bound()}
}

// thinPane is an upright pane of glass across the view.
func thinPane(x, y, half, roughness float32) drawable.Draw {
	return drawable.Draw{What: block([3]float32{x, y, eyeHigh}, [3]float32{half, 0.01, half}, 0, glassMaterial(1.5, 0, roughness))}
}

// A clear body takes nothing from what was blurred behind the frosted glass of a frame before.
func TestClearBodyForgetsFrost(t *testing.T) {
	const w, h = 160, 90
	bright, dark := upright(0, 30, 60, [3]float32{9, 0, 0}), upright(0, 30, 60, [3]float32{0, 0, 1})
	body := drawable.Draw{What: ball([3]float32{7, 9, eyeHigh}, 3, glassMaterial(1.5, 6, 0))} // over the border
	for _, name := range []string{"draft", "low"} {
		picture := func(frosted bool) []float32 {
			r := glassRenderer(t, name, w, h)
			f := &Frame{View: look(andorra, 0, 0, eyeHigh, 0, 0), Env: nightly(), Draws: []drawable.Draw{bright, thinPane(0, 8, 6, 0.6)}}
			if frosted {
				draw(t, r, f)
			}
			f.Draws = []drawable.Draw{dark, body}
			draw(t, r, f)
			return slices.Clone(buffer(t, r, "light").Data)
		}
		if !slices.Equal(picture(false), picture(true)) {
			t.Errorf("%s: a clear body shows frost of the frame before", name)
		}
	}
}

// What stands between panes beside each other is before the far one alone: it is drawn over that once,
// and a frosted one does not smear it.
func TestPanesBesideEachOtherHaveDepthsOfTheirOwn(t *testing.T) {
	const w, h = 160, 90
	middle := 3 * (h/2*w + w/2)
	wall, beside := upright(0, 20, 40, [3]float32{0, 0, 1}), thinPane(3, 6, 0.4, 0)
	frame := earth.FrameAt(andorra).Matrix()
	sheet := pane{y: 10, half: 30, high: 30, color: [3]float64{shine, 0, 0}, alpha: 0.5}
	ink := [4]uint8{255, 0, 0, 128}
	line := &drawable.Lines{Frame: frame, Metres: true, Blend: drawable.Alpha, Emission: shine, Starts: []uint32{0}, Vertices: []drawable.LineVertex{
		{Position: [3]float32{-9, 10, eyeHigh}, Width: 3, Color: ink}, {Position: [3]float32{9, 10, eyeHigh}, Width: 3, Color: ink}}}
	point := &drawable.Points{Frame: frame, Metres: true, Blend: drawable.Alpha, Emission: shine, Vertices: []drawable.PointVertex{
		{Position: [3]float32{0, 10, eyeHigh}, Size: 3, Color: ink}}}
	things := map[string]drawable.Draw{"sheet": sheet.draw(), "line": {What: line.Bound()}, "point": {What: point.Bound()}}
	post := drawable.Draw{What: block([3]float32{0.35, 10, eyeHigh}, [3]float32{0.2, 0.2, 0.5}, 0, &drawable.Material{Model: drawable.Unlit, Color: [4]float32{9 * shine, 0, 0, 1}})}
	for _, name := range []string{"draft", "low"} {
		r := glassRenderer(t, name, w, h)
		red := func(draws ...drawable.Draw) float32 {
			draw(t, r, &Frame{View: look(andorra, 0, 0, eyeHigh, 0, 0), Env: nightly(), Draws: append(draws, wall)})
			p := buffer(t, r, "light").Data
			return p[middle] / (p[middle] + p[middle+2])
		}
		clear, frosted := thinPane(0, 14, 1, 0), thinPane(0, 14, 1, 0.6)
		for what, thing := range things {
			alone, both := red(thing, clear), red(thing, clear, beside)
			if alone < 0.48 || alone > 0.55 || both-alone > 0.002 || alone-both > 0.002 {
				t.Errorf("%s: a %s before glass is %.3f of the light, with a pane beside it %.3f", name, what, alone, both)
			}
		}
		if smear := red(post, frosted, beside); smear > 1e-3 {
			t.Errorf("%s: what stands before frosted glass leaves %.4f in it", name, smear)
		}
	}
}

// Glass hides no label and no outline of what is seen through it.
func TestLabelsAndOutlinesBehindGlass(t *testing.T) {
	const w, h = 160, 90
	atlas := &drawable.Image{Name: "full", Width: 4, Height: 4, Channels: 1, Pixels: []byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")}
	label := drawable.Draw{What: &drawable.Glyphs{Frame: earth.FrameAt(andorra).Matrix(), Atlas: atlas, Spread: 1, Hides: 1,
		Quads:  []drawable.GlyphQuad{{Min: [2]float32{-90, -90}, Max: [2]float32{90, 90}, UVMin: [2]float32{2, 2}, UVMax: [2]float32{2, 2}}},
		Labels: []drawable.Label{{Anchor: [3]float32{0, 30, eyeHigh}, Count: 1, Color: [4]uint8{255, 0, 0, 255}}}}}
	sign := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: drawable.DefaultMaterial()}
	quad(sign, [4][3]float32{{-2, 20, 2}, {2, 20, 2}, {2, 20, 6}, {-2, 20, 6}}, [4][2]float32{}, [4]uint8{90, 90, 90, 255}, 7)
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: tier(t, "draft")})
	shows := func(lines []Outline, draws ...drawable.Draw) (red, magenta int) {
		draw(t, r, &Frame{View: look(andorra, 0, 0, eyeHigh, 0, 0), Env: daylight(andorra, 180, 40), Draws: draws, Outlines: lines})
		p := readImage(t, r).Pix
		for i := 0; i < len(p); i += 4 {
			red += index(p[i] > 250 && p[i+1] < 5 && p[i+2] < 5)
			magenta += index(p[i] > 250 && p[i+1] < 60 && p[i+2] > 250)
		}
		return red, magenta
	}
	glass := thinPane(0, 8, 6, 0)
	glass.IDBase = 100
	bare, _ := shows(nil, label)
	if through, _ := shows(nil, label, glass); bare < 100 || through != bare {
		t.Errorf("a label has %d pixels, behind glass %d", bare, through)
	}
	line := []Outline{{IDs: []uint32{7}, Color: [4]uint8{255, 0, 255, 255}, Width: 24}}
	_, bare = shows(line, drawable.Draw{What: sign.Bound()})
	if _, through := shows(line, drawable.Draw{What: sign.Bound()}, glass); bare < 40 || through != bare {
		t.Errorf("an outline has %d pixels, behind glass %d", bare, through)
	}
}

// Snow falls behind glass as it does before it.
func TestSnowBehindGlass(t *testing.T) {
	const w, h = 160, 90
	for _, name := range []string{"draft", "low"} {
		r := glassRenderer(t, name, w, h)
		// A wall behind all that falls: what changes is flakes.
		ground, wall := drawable.Draw{What: plane(andorra, 400, drawable.DefaultMaterial())}, upright(0, 40, 80, [3]float32{})
		most := 0.0 // light of a flake
		flakes := func(draws ...drawable.Draw) (n int) {
			f := &Frame{View: look(andorra, 0, 0, eyeHigh, 0, 0), Env: daylight(andorra, 180, 40), Time: 3, Draws: append(draws, wall, ground)}
			draw(t, r, f)
			none := slices.Clone(buffer(t, r, "light").Data)
			f.Env.Snow = 1
			draw(t, r, f)
			for i, v := range buffer(t, r, "light").Data {
				d := float64(v - none[i])
				most = math.Max(most, d)
				n += index(i%3 == 1 && d > 0.05*most)
			}
			return n
		}
		flakes() // for what they send
		bare, behind := flakes(), flakes(thinPane(0, 1.2, 2, 0))
		if bare < 40 || behind < bare*4/5 {
			t.Errorf("%s: %d pixels show snow, %d where there is glass", name, bare, behind)
		}
	}
}

// The nearest panes are told apart however many there are, what is behind them is one layer.
func TestLayersOfManyPanes(t *testing.T) {
	s := &submission{}
	for i := range 2 * mostPanes { // from back to front, the nearest three before each other
		x := float64(i) / (2 * mostPanes)
		s.panes = append(s.panes, glassSide{rect: rect{x, 0, x + 1e-4, 1}})
	}
	n := len(s.panes)
	for i := n - 3; i < n; i++ {
		s.panes[i].rect = rect{2, 0, 3, 1}
	}
	for _, c := range []struct{ most, layers, far int }{{8, 4, 4}, {3, 3, 3}, {1, 1, 1}} {
		if got := s.layer(c.most); got != c.layers {
			t.Errorf("%d layers of at most %d, want %d", got, c.most, c.layers)
		}
		for i, want := range map[int]int{0: c.far, n - mostPanes - 1: c.far, n - mostPanes: 1, n - 4: 1, n - 3: min(3, c.most), n - 2: min(2, c.most), n - 1: 1} {
			if got := s.panes[i].layer; got != want {
				t.Errorf("of at most %d, pane %d is in layer %d, want %d", c.most, i, got, want)
			}
		}
	}
}
