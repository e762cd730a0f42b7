package stage

import (
	"fmt"
	"math"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

// counted is a panel whose picture changes with the whole seconds.
func counted(times *int) *drawable.Panel {
	return &drawable.Panel{Size: [2]float64{100, 50}, State: func(v *drawable.PanelView) any { return math.Floor(v.Time) },
		Paint: func(v *drawable.PanelView, w, h float64) *drawable.Image {
			*times++
			x, y := int(w*v.Scale), int(h*v.Scale)
			return &drawable.Image{Width: x, Height: y, Channels: 4, Pixels: make([]byte, 4*x*y)}
		}}
}

// southOf is a view from 1000 m above and 1000 m south of a place, down at 45°.
func southOf(p earth.Place) *tiles.View {
	f := earth.FrameAt(p)
	h := math.Sqrt(0.5)
	return &tiles.View{Eye: f.FromLocal(mgl64.Vec3{0, -1000, 1000}), Right: f.DirFromLocal(mgl64.Vec3{1, 0, 0}), Up: f.DirFromLocal(mgl64.Vec3{0, h, h}),
		Forward: f.DirFromLocal(mgl64.Vec3{0, h, -h}), FovY: 0.8, Width: 1280, Height: 720}
}

// Panels are painted where their state, size or scale has changed, and not else; those in the
// world come where their place is, and one over another is not seen.
func TestPanelsArePaintedOnce(t *testing.T) {
	home := earth.Place{Lng: 7.4, Lat: 43.7}
	view, times, twice := southOf(home), 0, 0
	flow, stand, under := counted(&times), counted(&twice), counted(new(int))
	stand.Place = drawable.PanelPlace{Layout: drawable.Facing, Anchor: [2]float64{0.5, 1}, World: home.ECEF(), Over: true}
	under.Place = stand.Place
	g := newGallery()
	var out leftOut
	frame := func(seconds float64) *pipeline.Frame {
		f := &pipeline.Frame{}
		g.begin()
		for _, p := range []*drawable.Panel{flow, stand, under} {
			g.add("one", p, drawable.Draw{What: p}, nil)
		}
		g.place(f, &drawable.PanelView{Time: seconds}, view, flat, false, &out)
		return f
	}
	f := frame(1.2)
	if len(f.Draws) != 2 || len(out.reasons) != 0 {
		t.Fatalf("%d draws, left out %v", len(f.Draws), out.fresh)
	}
	s := f.Draws[0].What.(*drawable.Sheet) // what stands in the world comes first
	if s.X != 640-33 && s.X != 640-34 || s.Y+s.Image.Height < 359 || s.Y+s.Image.Height > 361 {
		t.Errorf("it stands at %d, %d", s.X, s.Y)
	}
	image := s.Image
	if frame(1.9).Draws[0].What.(*drawable.Sheet).Image != image || times != 1 || twice != 1 {
		t.Errorf("painted %d and %d times", times, twice)
	}
	frame(2)
	if view.Width, view.Height = 640, 360; len(frame(2).Draws) != 2 || times != 3 {
		t.Errorf("painted %d times", times)
	}
	// A board that is painted anew stays the same mesh.
	under.Place = drawable.PanelPlace{Layout: drawable.Board, Anchor: [2]float64{0.5, 1}, World: home.ECEF(), Axes: [2]mgl64.Vec3{view.Right, view.Up}, Width: 20}
	board := frame(3).Draws[1].What.(*drawable.Mesh)
	was := board.Material.Texture
	if again := frame(4).Draws[1].What.(*drawable.Mesh); again != board || board.Material.Texture == was || !was.Brief {
		t.Error("a board is built anew where only its picture is")
	}
	g.begin()
	g.place(&pipeline.Frame{}, &drawable.PanelView{}, view, flat, false, &out)
	if len(g.painted) != 0 {
		t.Errorf("%d panels are kept that nobody shows", len(g.painted))
	}
}

// The view that panels see: heading, and metres a pixel on the ground in the middle.
func TestPanelsKnowTheView(t *testing.T) {
	home := earth.Place{Lng: 7.4, Lat: 43.7}
	f := earth.FrameAt(home)
	view := southOf(home)
	p := &Player{Doc: &scene.Document{}}
	v := p.panelView(&pipeline.Frame{}, scene.Moment{SceneTime: time.Unix(0, 0)}, view)
	if math.Abs(math.Remainder(v.Heading, 360)) > 0.01 || math.Abs(v.Pitch+45) > 0.01 {
		t.Errorf("heading %v, pitch %v", v.Heading, v.Pitch)
	}
	want := 1000 * math.Sqrt2 * 2 * math.Tan(0.4) / 1080
	if math.Abs(v.Ground/want-1) > 1e-3 || math.Abs(v.Lng-home.Lng) > 1e-5 {
		t.Errorf("%v m a pixel, want %v; middle at %v, %v", v.Ground, want, v.Lng, v.Lat)
	}
	view.Right, view.Forward = f.DirFromLocal(mgl64.Vec3{0, -1, 0}), f.DirFromLocal(mgl64.Vec3{1, 0, 0.2}).Normalize()
	view.Up = view.Right.Cross(view.Forward)
	if v = p.panelView(&pipeline.Frame{}, scene.Moment{}, view); math.Abs(v.Heading-90) > 0.01 || v.Ground != 0 {
		t.Errorf("to the east and up: heading %v, %v m a pixel", v.Heading, v.Ground)
	}
}

// A page is drawn with a transparent ground, at the output's scale, by its data and the
// story's time.
func TestPagesAreDrawn(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Chromium")
	}
	if _, err := Chromium(); err != nil {
		t.Skip(err)
	}
	var b browser
	defer b.close()
	page := &drawable.Page{Data: []byte(`[{"v": 30}]`), HTML: `<body style="margin:0"><div id=a style="position:absolute;height:20px;background:rgb(10,200,30)"></div>
<script>longtake.seek = t => { a.style.width = longtake.data[0].v + 10 * t + "px" }</script>`}
	for _, seconds := range []float64{0, 2, 1} {
		img, err := b.draw(page, 100, 40, 1.5, seconds)
		if err != nil {
			t.Fatal(err)
		}
		if img.Width != 150 || img.Height != 60 {
			t.Fatalf("%d×%d", img.Width, img.Height)
		}
		inked := 0
		for x := range img.Width {
			switch p := [4]byte(img.Pixels[4*(10*img.Width+x):]); p {
			case [4]byte{10, 200, 30, 255}:
				inked++
			case [4]byte{}:
			default:
				t.Fatalf("pixel %d is %v", x, p)
			}
		}
		if want := int(1.5 * (30 + 10*seconds)); inked != want {
			t.Errorf("at %v s the bar is %d pixels wide, want %d", seconds, inked, want)
		}
	}
	// Other rows are handed to the page that is open, which draws them if it can, or is loaded again.
	for _, c := range []struct{ script, want string }{
		{"longtake.update = data => { a.style.width = data[0].v + 'px'; a.style.height = ++n * 10 + 'px' }", "50×20"},
		{"", "50×10"},
	} {
		html := `<body style="margin:0"><div id=a style="position:absolute;background:rgb(10,200,30)"></div><script>let n = 1; a.style.width = longtake.data[0].v + "px"; a.style.height = "10px"; ` + c.script + `</script>`
		tabs := len(b.tabs)
		for i, v := range []string{"30", "50"} {
			img, err := b.draw(&drawable.Page{Of: "w", HTML: html, Data: []byte(`[{"v": ` + v + `}]`)}, 100, 40, 1, 0)
			if err != nil {
				t.Fatal(err)
			}
			w, h := 0, 0
			for x := 0; x < 100 && img.Pixels[4*x+3] > 0; x++ {
				w++
			}
			for y := 0; y < 40 && img.Pixels[4*100*y+3] > 0; y++ {
				h++
			}
			if got := fmt.Sprintf("%d×%d", w, h); i == 0 && got != "30×10" || i == 1 && got != c.want {
				t.Errorf("rows %d of a page with %q are drawn as %s, want %s", i, c.script, got, c.want)
			}
		}
		if len(b.tabs) != tabs+1 {
			t.Errorf("%d tabs for other rows of a page", len(b.tabs)-tabs)
		}
	}
	// One that cannot take some rows is loaded again with the next.
	fails := `<body style="background:rgb(10,200,30)"><script>longtake.update = () => { throw new Error("no") }</script>`
	for i, want := range []bool{true, false, true, false} {
		img, err := b.draw(&drawable.Page{Of: "fails", HTML: fails, Data: fmt.Appendf(nil, "[%d]", i)}, 10, 10, 1, 0)
		if there := err == nil && [4]byte(img.Pixels) == [4]byte{10, 200, 30, 255}; there != want {
			t.Errorf("rows %d are drawn: %v, %v", i, there, err)
		}
	}
	if _, err := b.draw(&drawable.Page{URL: "file:///no/such/page.html"}, 10, 10, 1, 0); err == nil || !strings.Contains(err.Error(), "/no/such/page.html") {
		t.Errorf("a page that is not there: %v", err)
	}
	// Tabs are bounded: the oldest is closed, and opened anew where it is asked for.
	for i := range mostTabs + 2 - len(b.tabs) {
		if i > 0 {
			b.tabs[pageKey{of: fmt.Sprint(i)}] = &tab{close: func() {}, drawn: 100 + i}
		}
	}
	if b.makeRoom(); b.tabs[keyOf(page)] != nil || len(b.tabs) != mostTabs {
		t.Errorf("%d tabs, the oldest among them: %v", len(b.tabs), b.tabs[keyOf(page)] != nil)
	}
	process := chromedp.FromContext(b.root).Browser.Process()
	b.close()
	if err := process.Signal(syscall.Signal(0)); err == nil {
		t.Error("Chromium runs on after close")
	}
}
