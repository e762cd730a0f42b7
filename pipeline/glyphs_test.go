package pipeline

import (
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// A label goes as far as it is asked to where a wall stands well before its place, at any tier,
// live and in files; and not for what stands beside or right before it.
func TestLabelsGoBehindThings(t *testing.T) {
	frame := earth.FrameAt(andorra).Matrix()
	wall := func(y float64) *drawable.Mesh {
		m := &drawable.Mesh{Frame: frame, Material: drawable.DefaultMaterial()}
		box(m, m, -20, float32(y), 0, 40, 5, 30, [4]uint8{90, 90, 90, 255}, 5)
		return m.Bound()
	}
	atlas := &drawable.Image{Name: "solid", Width: 4, Height: 4, Channels: 1, Pixels: make([]byte, 16)}
	for i := range atlas.Pixels {
		atlas.Pixels[i] = 255
	}
	label := func(hides float32) *drawable.Glyphs {
		uv := [2]float32{2, 2}
		return &drawable.Glyphs{Frame: frame, Atlas: atlas, Spread: 1, Hides: hides,
			Quads:  []drawable.GlyphQuad{{Min: [2]float32{-100, -100}, Max: [2]float32{100, 100}, UVMin: uv, UVMax: uv}},
			Labels: []drawable.Label{{Anchor: [3]float32{0, 100, 8}, Count: 1, Color: [4]uint8{255, 0, 0, 255}}}}
	}
	for _, o := range []struct {
		tier string
		live bool
	}{{"draft", false}, {"high", false}, {"low", true}, {"draft", true}} {
		r := newTestRenderer(t, Options{Width: 160, Height: 90, Quality: tier(t, o.tier), Live: o.live})
		red := func(d ...drawable.Draw) [4]byte {
			f := &Frame{View: look(andorra, 0, -40, 8, 0, 0), Env: daylight(andorra, 200, 40), Draws: d}
			draw(t, r, f)
			px := make([]byte, 160*90*4)
			if err := r.ReadRGBA(px); err != nil {
				t.Fatal(err)
			}
			return [4]byte(px[4*(45*160+80):])
		}
		full := [4]byte{255, 0, 0, 255}
		for _, c := range []struct {
			name  string
			draws []drawable.Draw
			full  bool
		}{
			{"no notice", []drawable.Draw{{What: wall(40)}, {What: label(0)}}, true},
			{"hidden", []drawable.Draw{{What: wall(40)}, {What: label(1)}}, false},
			{"alone", []drawable.Draw{{What: label(1)}}, true},
			{"right before it", []drawable.Draw{{What: wall(92)}, {What: label(1)}}, true},
			{"behind it", []drawable.Draw{{What: wall(120)}, {What: label(1)}}, true},
			{"over all", []drawable.Draw{{What: wall(40)}, {What: label(1), Overlay: true}}, true},
		} {
			if got := red(c.draws...); (got == full) != c.full {
				t.Errorf("%s, live %v: %s: %v", o.tier, o.live, c.name, got)
			}
		}
		bare := red(drawable.Draw{What: wall(40)})
		if hidden := red(drawable.Draw{What: wall(40)}, drawable.Draw{What: label(1)}); int(hidden[1])-int(bare[1]) > 3 || int(bare[1])-int(hidden[1]) > 3 {
			t.Errorf("%s, live %v: a hidden label leaves %v of %v", o.tier, o.live, hidden, bare)
		}
		if half := red(drawable.Draw{What: wall(40)}, drawable.Draw{What: label(0.5)}); half[0] <= bare[0] || half[1] >= bare[1] || half[1] == 0 {
			t.Errorf("%s, live %v: half of it is %v before %v", o.tier, o.live, half, bare)
		}
	}
}
