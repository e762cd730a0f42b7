package stage

import (
	"testing"
	"time"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
)

// Watched live, no frame waits for a page of the web: its panel is empty until the picture comes,
// then shows that of its state. Files wait. A page that never ends is left behind.
func TestPagesAreDrawnAside(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Chromium")
	}
	if _, err := Chromium(); err != nil {
		t.Skip(err)
	}
	g := newGallery()
	defer g.pages.close()
	page := &drawable.Page{HTML: `<body style="margin:0;background:rgb(10,200,30)">`}
	state, asked, later := 0, 0, false
	panel := &drawable.Panel{Size: [2]float64{40, 20}, State: func(*drawable.PanelView) any { return state }}
	panel.Paint = func(v *drawable.PanelView, w, h float64) (img *drawable.Image) {
		asked++
		img, later = v.Browse(page, w, h, v.Scale)
		if img == nil {
			img = &drawable.Image{Width: 1, Height: 1, Channels: 4, Pixels: make([]byte, 4)}
		}
		return img
	}
	skipped := map[string]int{}
	frame := func(seconds float64) *drawable.Image {
		f := &pipeline.Frame{}
		g.begin()
		g.add(panel, drawable.Draw{What: panel})
		g.place(f, &drawable.PanelView{Time: seconds}, southOf(earth.Place{Lng: 7.4, Lat: 43.7}), flat, g.live, skipped)
		return f.Draws[0].What.(*drawable.Sheet).Image
	}
	g.live = true
	if img := frame(0); img.Width != 1 || !later || asked != 1 {
		t.Fatalf("the first frame has waited for a picture of %d pixels, later %v", img.Width, later)
	}
	arrives := func(seconds float64, was *drawable.Image) *drawable.Image {
		for range 6000 {
			if img := frame(seconds); img != was && img.Width > 1 {
				return img
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Fatalf("no picture comes: %v", skipped)
		return nil
	}
	first := arrives(0.1, nil)
	if first.Width != 27 && first.Width != 26 || [4]byte(first.Pixels) != [4]byte{10, 200, 30, 255} {
		t.Fatalf("%d pixels wide, the first is %v", first.Width, first.Pixels[:4])
	}
	for i := range 20 { // the panel has not changed
		frame(1 + float64(i))
		time.Sleep(5 * time.Millisecond)
	}
	if n := g.pages.version(page); asked != 2 || n != 1 {
		t.Errorf("painted %d times with %d pictures", asked, n)
	}
	state++
	if img := frame(30); img != first { // the one before stays meanwhile
		t.Error("the picture goes while the next is drawn")
	}
	if arrives(30.1, first); g.pages.version(page) != 2 {
		t.Errorf("%d pictures of two states", g.pages.version(page))
	}
	g.live = false
	state++
	if img := frame(40); img.Width < 26 || later {
		t.Errorf("a file does not wait: %d pixels wide", img.Width)
	}
	g.live = true
	page.HTML, state = `<script>longtake.seek = () => new Promise(() => {})</script>`, state+1
	page = &drawable.Page{HTML: page.HTML}
	frame(50)
	g.pages.close()
	g.begin()
	if g.place(&pipeline.Frame{}, &drawable.PanelView{}, southOf(earth.Place{Lng: 7.4, Lat: 43.7}), flat, true, skipped); len(skipped) > 0 {
		t.Errorf("told: %v", skipped)
	}
}
