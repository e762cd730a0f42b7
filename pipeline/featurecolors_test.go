package pipeline

import (
	"slices"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// Colours of features are mixed into theirs by their share, wherever they lie in the buffer.
func TestFeaturesHaveColours(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 64, Height: 64, Quality: Quality{SubFrames: 1}})
	m := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: drawable.DefaultMaterial()}
	box(m, m, -6, 20, 0, 4, 4, 8, [4]uint8{128, 128, 128, 255}, 0)
	box(m, m, 6, 20, 0, 4, 4, 8, [4]uint8{128, 128, 128, 255}, 1)
	m.Bound()
	shot := func(c *drawable.Colors) []uint8 {
		f := &Frame{View: look(andorra, 0, -20, 12, 0, -15), Draws: []drawable.Draw{{What: m, Colors: c}}, Env: daylight(andorra, 180, 40)}
		f.Env.AutoExposure = false
		draw(t, r, f)
		return readImage(t, r).Pix
	}
	plain := shot(nil)
	for i := range 3 { // behind others, and after the buffer has grown
		other := make([][4]uint8, firstColors*i)
		shot(&drawable.Colors{Of: append(other, [4]uint8{9, 9, 9, 255}, [4]uint8{9, 9, 9, 255})})
		got := shot(&drawable.Colors{Of: [][4]uint8{{255, 0, 0, 255}, {0, 0, 255, 0}}})
		red, same := 0, true
		for k := 0; k < len(got); k += 4 {
			if got[k] > got[k+1]+60 {
				red++
			}
			if k/4%64 > 36 {
				same = same && slices.Equal(got[k:k+4], plain[k:k+4])
			}
		}
		if red < 60 || !same {
			t.Errorf("%d pixels are red, the other half is as it was: %v", red, same)
		}
	}
	for range 20 { // a scale that is eased
		shot(&drawable.Colors{Of: make([][4]uint8, 2)})
	}
	if n := len(r.res.order); n > 4 {
		t.Errorf("%d entries stay of one mesh and its colours", n)
	}
}

// More colours than the driver reads are an error that names the mesh, and leave those that are
// there as they were.
func TestMoreColoursThanTheDriverReads(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 16, Height: 16, Quality: Quality{SubFrames: 1}})
	if r.res.colors.most < firstColors {
		t.Fatalf("the driver reads %d texels of a buffer", r.res.colors.most)
	}
	r.res.colors.most = firstColors + 8
	m := plane(andorra, 50, drawable.DefaultMaterial())
	m.Name = "tile 7 buildings"
	shot := func(n int) error {
		return r.Draw(&Frame{View: look(andorra, 0, 0, 20, 0, -60), Draws: []drawable.Draw{{What: m, Colors: &drawable.Colors{Of: make([][4]uint8, n)}}}, Env: daylight(andorra, 180, 40)})
	}
	if err := shot(firstColors + 8); err != nil {
		t.Error(err)
	}
	if err := shot(9); err == nil || !strings.Contains(err.Error(), "tile 7 buildings") || !strings.Contains(err.Error(), "--quality") {
		t.Errorf("more colours than are read: %v", err)
	}
	for range 3 { // what was there has gone with the frames that do not show it
		if err := shot(7); err != nil && strings.Contains(err.Error(), "renderer") {
			t.Error(err)
		}
	}
	if err := shot(9); err != nil {
		t.Errorf("after what was there has gone: %v", err)
	}
}
