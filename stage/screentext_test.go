package stage

import (
	"testing"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
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

// Panels that flow keep out of the way of all captions of the story, in every chapter alike.
func TestPanelsKeepOffCaptions(t *testing.T) {
	s, err := newScreenText(false)
	if err != nil {
		t.Fatal(err)
	}
	chapters := []scene.Chapter{{ID: "a"}, {ID: "b", Caption: "Power stations"}, {ID: "c", Caption: "Harbour and old town"}}
	if out := s.captions(chapters[:1], Shot{Width: 640, Height: 360}, nil); len(out) != 0 {
		t.Errorf("captions that there are none of take %v", out)
	}
	for _, size := range [][2]int{{1920, 1080}, {640, 360}, {1080, 1920}} {
		shot := Shot{Width: size[0], Height: size[1]}
		boxes := s.captions(chapters, shot, nil)
		g := s.caption(chapters[2].Caption, pipeline.View{}, shot)[0].What.(*drawable.Glyphs)
		width := 1080 * float32(size[0]) / float32(size[1])
		for _, q := range g.Quads { // y is up, from the anchor
			at := canvas.Box{X: float64(captionAt.x*width + q.Min[0]), Y: float64(1080*(1-captionAt.y) - q.Max[1]), W: float64(q.Max[0] - q.Min[0]), H: float64(q.Max[1] - q.Min[1])}
			if b := boxes[0]; at.X < b.X-12 || at.X+at.W > b.X+b.W+12 || at.Y < b.Y-12 || at.Y+at.H > b.Y+b.H+12 {
				t.Fatalf("%v: a letter at %+v, not in %+v", size, at, b)
			}
		}
		bar := &drawable.Panel{Size: [2]float64{200, 60}, Place: drawable.PanelPlace{Layout: drawable.Flow, Anchor: [2]float64{0, 1}}}
		if b := panels.Arrange([]*drawable.Panel{bar}, float64(width), 1080, boxes...)[0]; b.W == 0 || b.Meets(boxes[0]) {
			t.Errorf("%v: a panel at %+v over captions at %+v", size, b, boxes[0])
		}
	}
}
