package stage

import (
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
)

// Captions and credits stay in the picture, however long they are and however narrow it is.
func TestTextStaysInThePicture(t *testing.T) {
	s, err := newScreenText(false)
	if err != nil {
		t.Fatal(err)
	}
	long := "A caption so long that it cannot stand on one line of any picture, whether it is made for a wall or for a telephone that is held upright"
	credits := []string{long, "© OpenStreetMap contributors", "Made with Natural Earth"}
	for _, size := range [][2]int{{1920, 1080}, {1080, 1920}, {320, 320}} {
		shot := Shot{Width: size[0], Height: size[1]}
		width := 1080 * float32(size[0]) / float32(size[1])
		for name, at := range map[string]struct {
			draws []drawable.Draw
			x     float32
		}{
			"caption": {s.caption(long, pipeline.View{}, shot), 0.035},
			"credits": {s.credits(credits, pipeline.View{}, shot), 0.988},
		} {
			g := at.draws[0].What.(*drawable.Glyphs)
			if len(g.Quads) != g.Labels[0].Count {
				t.Errorf("%s, %v: %d quads, %d of them in the label", name, size, len(g.Quads), g.Labels[0].Count)
			}
			for _, q := range g.Quads {
				if lo, hi := at.x*width+q.Min[0], at.x*width+q.Max[0]; lo < 0 || hi > width {
					t.Fatalf("%s, %v: a letter from %g to %g of %g", name, size, lo, hi, width)
				}
			}
			if l := g.Labels[0]; name == "caption" && l.Max[1]-l.Min[1] < 2*34 {
				t.Errorf("%s, %v: one line, %g high", name, size, l.Max[1]-l.Min[1])
			}
		}
	}
	if len(s.blocks) != 2 {
		t.Errorf("%d texts are kept", len(s.blocks))
	}
}
