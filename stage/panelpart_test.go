package stage

import (
	"slices"
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/window"
	"github.com/longtake/longtake/scene"
)

// chartPlayer plays six shops of two districts beside a panel about them.
func chartPlayer(t *testing.T, panel, story string) *Player {
	t.Helper()
	return openPlayer(t, `longtake: 1
sources: { shops: { type: table, path: shops.csv } }
layers:
  - { id: shops, type: point, source: shops, size: 9 }
  - { id: p, source: shops, anchor: left, `+panel+`, events: { click: { filter: name }, hover: { highlight: name } } }
camera: { lng: 10.01, lat: 10, height: 4000, heading: 0, pitch: -90 }
environment: { time: 2026-06-21T12:00:00Z }
`+story, map[string]string{"shops.csv": "lng,lat,name,staff\n10,10.01,A,5\n10.002,10.01,B,2\n10.004,10.01,A,5\n10.006,10.01,B,2\n10.008,10.01,A,5\n10.01,10.01,B,3\n"})
}

// partOf is a place of a panel's picture where the rows of a part are, in pixels of a picture
// that is so high.
func partOf(t *testing.T, p *Player, rows []int, height int) (x, y float64) {
	t.Helper()
	for _, one := range p.gallery.placed {
		for y := 1.0; y < one.box.H; y += 2 {
			for x := 1.0; x < one.box.W; x += 2 {
				if _, part, _ := p.gallery.at(one.box.X+x, one.box.Y+y); part != nil && slices.Equal(part.Rows, rows) {
					k := float64(height) / 1080
					return (one.box.X + x + 1) * k, (one.box.Y + y + 1) * k
				}
			}
		}
	}
	t.Fatalf("nothing stands for rows %v", rows)
	return 0, 0
}

// sheet is the picture of a frame's one panel.
func sheet(t *testing.T, f *pipeline.Frame) *drawable.Image {
	t.Helper()
	for _, d := range f.Draws {
		if s, ok := d.What.(*drawable.Sheet); ok {
			return s.Image
		}
	}
	t.Fatal("no panel")
	return nil
}

// brightOf counts the pixels of a picture in the colour of an outline.
func brightOf(i *drawable.Image, c [4]uint8) (n int) {
	for k := 0; k < len(i.Pixels); k += 4 {
		near := true
		for j := range 3 {
			d := int(i.Pixels[k+j]) - int(c[j])
			near = near && d > -24 && d < 24
		}
		if near {
			n++
		}
	}
	return n
}

// What panels show stands for rows: a click on it selects as one on a mark does, the pointer
// over it highlights, a click beside it takes that back.
func TestPanelsAreClicked(t *testing.T) {
	for name, c := range map[string]struct {
		panel string
		rows  []int
		shops int // that have the value
	}{
		"bars":    {"type: bar-chart, x: name, y: [staff]", []int{0, 2, 4}, 3},
		"pie":     {"type: pie-chart, name: name, value: staff", []int{1, 3, 5}, 3},
		"ranking": {"type: ranking, name: name, field: staff", []int{0, 2, 4}, 3},
		"table":   {"type: table", []int{1}, 3},
		"treemap": {"type: treemap, name: name, value: staff", []int{1, 3, 5}, 3},
	} {
		p := chartPlayer(t, c.panel, "")
		var x, y float64
		runScriptOf(t, p, func(k *kiosk, w *script, frame int) []window.Event {
			at := k.live.pointing
			switch frame {
			case 2:
				x, y = partOf(t, p, c.rows, k.live.size.Height)
				return []window.Event{mouse(window.MouseMove, 0, x, y)}
			case 6:
				want := string("AB"[c.rows[0]%2])
				if s := p.links.hover; s.Highlight["name"] != want {
					t.Errorf("%s: the pointer is over %s, and %v", name, want, s)
				}
				if at.over == nil || !slices.Equal(at.over.feature.rows, c.rows) || at.under {
					t.Errorf("%s: over %+v, asked the picture: %v", name, at.over, at.under)
				}
				if at.over.slip.sheet.Image == nil || at.over.slip.words == "" {
					t.Errorf("%s: nothing is told of it", name)
				}
				p.happened("hover", &at.over.feature, func(*scene.Events) scene.Action { return scene.Action{Data: 1} }, func(h Happening) {
					if h.Values["name"] != want {
						t.Errorf("%s: the host is told %+v", name, h)
					}
				})
				return []window.Event{mouse(window.MouseDown, 0, x, y), mouse(window.MouseUp, 0, x, y)}
			case 10:
				f := frameAt(t, p, 0)
				if n := dots(f); n[9] != c.shops {
					t.Errorf("%s: a click left %d shops", name, n[9])
				}
				return []window.Event{mouse(window.MouseDown, 0, 3, 3), mouse(window.MouseUp, 0, 3, 3)}
			case 14:
				if n := dots(frameAt(t, p, 0)); n[9] != 6 || at.selected != nil {
					t.Errorf("%s: a click beside it left %d shops, %v", name, n[9], at.selected)
				}
				return []window.Event{escape}
			}
			return nil
		})
	}
}

// A story's highlight outlines the parts of panels that stand for its rows, in files too, at any
// time asked in any order; unmarked panels are painted as ever.
func TestStoryMarksParts(t *testing.T) {
	p := chartPlayer(t, "type: bar-chart, x: name, y: [staff], enter: 0s", "story: { chapters: [{ id: a, from: 1s, set: { selection: { highlight: { name: B } } } }, { id: none, from: 2s, set: { selection: null } }] }")
	q, _ := pipeline.Tier("draft")
	picture := func(seconds float64) *drawable.Image {
		f, err := p.Frame(t.Context(), scene.Seconds(seconds), Shot{Width: 1280, Height: 720, Quality: q})
		if err != nil {
			t.Fatal(err)
		}
		return sheet(t, f)
	}
	plain := slices.Clone(picture(0).Pixels)
	for _, at := range []float64{1.5, 0.5, 2.5, 1.5} {
		i := picture(at)
		if n, marked := brightOf(i, highlightColor), at == 1.5; marked != (n > 20) || marked == slices.Equal(plain, i.Pixels) {
			t.Errorf("at %v s %d pixels are outlined", at, n)
		}
	}
}
