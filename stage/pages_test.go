package stage

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
)

// Watched live, no frame waits for a page of the web: its panel is empty until the picture comes,
// then shows that of its state. Files wait.
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
	var out leftOut
	frame := func(seconds float64) *drawable.Image {
		f := &pipeline.Frame{}
		g.begin()
		g.add("w", panel, drawable.Draw{What: panel}, nil)
		g.place(f, &drawable.PanelView{Time: seconds}, southOf(earth.Place{Lng: 7.4, Lat: 43.7}), flat, g.live, &out)
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
		t.Fatalf("no picture comes: %v", out.fresh)
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
	if len(out.fresh) > 0 {
		t.Errorf("told: %v", out.fresh)
	}
}

// hanging is a page that is ready at 0 and never after that, and tells each time that it hangs.
func hanging(t *testing.T) (*drawable.Page, chan struct{}) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts Chromium")
	}
	if _, err := Chromium(); err != nil {
		t.Skip(err)
	}
	hangs := make(chan struct{}, 100)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<script>longtake.seek = t => t > 0 && fetch("/hangs?" + t).then(() => new Promise(() => {}))</script>`)
		case "/hangs":
			hangs <- struct{}{}
		}
	}))
	t.Cleanup(s.Close)
	return &drawable.Page{URL: s.URL}, hangs
}

// waits for something that comes within a minute.
func waits(t *testing.T, there func() bool) {
	t.Helper()
	for range 6000 {
		if there() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("it does not come")
}

// A page that never ends holds neither others nor the end.
func TestPagesThatHangHoldNobody(t *testing.T) {
	hung, hangs := hanging(t)
	var p pages
	p.browser.limit = time.Hour
	_, _ = p.later(hung, pageShot{20, 10, 1, 1})
	waits(t, func() bool { return len(hangs) > 0 })
	other := &drawable.Page{HTML: `<body>`}
	_, _ = p.later(other, pageShot{20, 10, 1, 1})
	waits(t, func() bool { img, _ := p.last(other); return img != nil })
	if p.version(hung) != 0 {
		t.Error("the page that hangs has ended")
	}
	ended := make(chan struct{})
	go func() { defer close(ended); p.close() }()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Fatal("close waits for the page that hangs")
	}
}

// A page that takes too long is left alone, longer each time, and asked again without a new wish.
func TestPagesThatHangAreLeftAlone(t *testing.T) {
	hung, hangs := hanging(t)
	var p pages
	defer p.close()
	_, _ = p.later(hung, pageShot{20, 10, 1, 0})
	waits(t, func() bool { return p.version(hung) == 1 })
	p.browser.limit = 200 * time.Millisecond
	began := time.Now()
	for i := 1; time.Since(began) < 3*time.Second; i++ {
		_, _ = p.later(hung, pageShot{20, 10, 1, float64(i)})
		time.Sleep(5 * time.Millisecond)
	}
	// After 0.2 s each: at 0, 0.4, 1.0, 2.0 s at the earliest.
	if n := len(hangs); n < 2 || n > 4 {
		t.Errorf("asked %d times in 3 s", n)
	}
	if img, err := p.last(hung); img == nil || !errors.Is(err, errLate) {
		t.Errorf("picture %v, %v", img != nil, err)
	}
	n := len(hangs)
	waits(t, func() bool { return len(hangs) > n })
}

// What a page is not drawn for is told while it is watched live too, of panels that never change.
func TestPagesThatFailAreTold(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	g := newGallery()
	defer g.pages.close()
	g.live = true
	page, later := &drawable.Page{HTML: "<body>"}, true
	panel := &drawable.Panel{Size: [2]float64{40, 20}, State: func(*drawable.PanelView) any { return 0 }}
	panel.Paint = func(v *drawable.PanelView, w, h float64) *drawable.Image {
		_, later = v.Browse(page, w, h, v.Scale)
		return &drawable.Image{Width: 1, Height: 1, Channels: 4, Pixels: make([]byte, 4)}
	}
	var out leftOut
	waits(t, func() bool {
		g.begin()
		g.add("w", panel, drawable.Draw{What: panel}, nil)
		g.place(&pipeline.Frame{}, &drawable.PanelView{}, southOf(earth.Place{Lng: 7.4, Lat: 43.7}), flat, true, &out)
		return !later
	})
	if _, err := Chromium(); out.of("layer w: "+err.Error()).Count != 1 {
		t.Errorf("told: %v", out.fresh)
	}
}

// The picture of a page stays while its panel is out of sight, as long as it is among the latest.
func TestPicturesOfPagesStay(t *testing.T) {
	g := newGallery()
	g.pages.asked = map[pageKey]*askedPage{}
	var panels []*drawable.Panel
	show := func(p *drawable.Panel) {
		g.begin()
		if p != nil {
			if g.painted[p] == nil {
				g.painted[p] = &painted{page: &drawable.Page{URL: fmt.Sprint(len(panels))}}
				g.pages.asked[keyOf(g.painted[p].page)] = &askedPage{image: &drawable.Image{}}
			}
			g.painted[p].used = g.frame
		}
		g.forget()
	}
	for range mostTabs + 1 {
		panels = append(panels, &drawable.Panel{})
		show(panels[len(panels)-1])
	}
	show(nil)
	for i, p := range panels {
		if there := g.painted[p] != nil; there != (i > 0) {
			t.Errorf("panel %d is kept: %v", i, there)
		}
	}
	if len(g.pages.asked) != mostTabs {
		t.Errorf("%d pictures are kept", len(g.pages.asked))
	}
	// Panels that a layer makes anew with other rows are of one page, and have its picture.
	for range 5 {
		p := &drawable.Panel{}
		g.painted[p] = &painted{page: &drawable.Page{URL: "same", Data: []byte{1}}}
		g.pages.asked[keyOf(g.painted[p].page)] = &askedPage{image: &drawable.Image{}}
		show(p)
	}
	same := 0
	for _, one := range g.painted {
		if one.page.URL == "same" {
			same++
		}
	}
	if img, _ := g.pages.last(&drawable.Page{URL: "same"}); same != 1 || img == nil {
		t.Errorf("%d panels of one page are kept", same)
	}
}
