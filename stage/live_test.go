package stage

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
)

// dot is where the test scene's only point is.
var dot = earth.Place{Lng: 7.4213, Lat: 43.7402, Height: 80}

// dotScene is a bright point over the dark globe, and a camera that flies round it.
const dotScene = `longtake: 1
name: dot
sources:
  dots: {path: dots.csv}
layers:
  - {id: dots, type: point, source: dots, size: 40, color: "#ffffff", emission: 20, height: 80}
environment: {time: 2026-06-21T23:30:00Z, globe: {sea: true}}
output: {size: 160x90, fps: 10, quality: draft}
story:
  keyframes:
    - {at: 0s, camera: {lng: 7.4190, lat: 43.7375, height: 260, target: {lng: 7.4216, lat: 43.7405, height: 60}}}
    - {at: 3s, camera: {lng: 7.4245, lat: 43.7380, height: 180, target: {lng: 7.4210, lat: 43.7400, height: 90}}}
    - {at: 4s, ease: cut, camera: {lng: 7.4200, lat: 43.7420, height: 300, target: {lng: 7.4213, lat: 43.7402, height: 80}}, hold: 1s}
`

// openPlayer generates a scene with its files and opens the package.
func openPlayer(t *testing.T, text string, files map[string]string) *Player {
	t.Helper()
	dir := t.TempDir()
	if files == nil {
		files = map[string]string{}
	}
	files["scene.yaml"] = text
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := Load(t.Context(), []string{filepath.Join(dir, "scene.yaml")})
	if err != nil {
		t.Fatal(err)
	}
	pkg := filepath.Join(dir, "package")
	if _, err := Generate(t.Context(), doc, pkg, GenerateOptions{}); err != nil {
		t.Fatal(err)
	}
	p, err := Open(pkg, PlayOptions{NoCredits: true})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func dotPlayer(t *testing.T) *Player {
	t.Helper()
	return openPlayer(t, dotScene, map[string]string{"dots.csv": fmt.Sprintf("lng,lat\n%v,%v\n", dot.Lng, dot.Lat)})
}

// openLive opens a player for live drawing without a window.
func openLive(t *testing.T, p *Player, quality string) *live {
	t.Helper()
	runtime.LockOSThread()
	t.Cleanup(runtime.UnlockOSThread)
	s, err := surface.NewOffscreen(surface.Options{})
	if err != nil {
		t.Skip("no OpenGL 4.5 here: ", err)
	}
	t.Cleanup(s.Release)
	q, _ := pipeline.Tier(quality)
	l, err := newLive(p, s, p.Doc.Output.Size, q, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.close)
	return l
}

// brightest is the centre of the pixels that are nearly as bright as the brightest one.
func brightest(nv12 []byte, width, height int) (x, y float64, most byte) {
	for _, v := range nv12[:width*height] {
		most = max(most, v)
	}
	var n float64
	for i, v := range nv12[:width*height] {
		if int(v) > int(most)*3/4 {
			x, y, n = x+float64(i%width)+0.5, y+float64(i/width)+0.5, n+1
		}
	}
	return x / n, y / n, most
}

// TestRecordProjectsWhereTheRendererDraws uses the published matrices alone, as another
// renderer would, with and without the jitter of temporal anti-aliasing.
func TestRecordProjectsWhereTheRendererDraws(t *testing.T) {
	for _, quality := range []string{"draft", "low"} {
		p := dotPlayer(t)
		l := openLive(t, p, quality)
		for _, at := range []float64{0, 0.9, 1.8, 2.7, 4.2} {
			now := scene.Seconds(at)
			f, err := l.draw(t.Context(), now, nil)
			for range 8 { // the history of a second ago fades: no stream jumps so far from frame to frame
				if err == nil && l.quality.TAA {
					f, err = l.draw(t.Context(), now, nil)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
			r, err := l.record(f, now)
			if err != nil {
				t.Fatal(err)
			}
			if err := l.renderer.BeginCapture(); err != nil {
				t.Fatal(err)
			}
			frame, _ := l.renderer.TakeCapture(true)
			x, y, most := brightest(frame, l.size.Width, l.size.Height)
			if most < 100 {
				t.Fatalf("%s at %v s: nothing bright in the picture", quality, at)
			}
			clip := mgl64.Mat4(r.Projection).Mul4(r.View).Mul4x1(dot.ECEF().Sub(r.Eye).Vec4(1))
			wantX := (clip[0]/clip[3] + 1) / 2 * float64(l.size.Width)
			wantY := (1 - clip[1]/clip[3]) / 2 * float64(l.size.Height)
			if d := math.Hypot(x-wantX, y-wantY); !(d < 1) {
				t.Errorf("%s at %v s: drawn at %.2f, %.2f; the record says %.2f, %.2f", quality, at, x, y, wantX, wantY)
			}
			var c scene.Camera
			if err := c.UnmarshalJSON(r.Camera); err != nil {
				t.Fatal(err)
			}
			if d := c.Pose(nil).Eye.Sub(f.View.Eye).Len(); d > 1e-6 {
				t.Errorf("the camera state is %g m off", d)
			}
		}
	}
}

// TestHistoryEndsAtCuts: frames have the view before them but for the first one, at a
// cut, when the story begins again and when a hand gives the camera back.
func TestHistoryEndsAtCuts(t *testing.T) {
	p := dotPlayer(t)
	l := openLive(t, p, "draft")
	hand := scene.NewCamera(earth.Place{Lng: 7.42, Lat: 43.74, Height: 500}, 0, -60)
	for i, s := range []struct {
		at      float64
		camera  *scene.Camera
		history bool
	}{
		{0, nil, false}, {1, nil, true}, {3.9, nil, true}, {4, nil, false}, {4.5, nil, true}, {0.1, nil, false},
		{0.2, &hand, true}, {0.3, &hand, true}, {0.4, nil, false}, {0.5, nil, true},
	} {
		f, err := l.draw(t.Context(), scene.Seconds(s.at), s.camera)
		if err != nil {
			t.Fatal(err)
		}
		if (f.Previous != nil) != s.history {
			t.Errorf("frame %d at %v s: history %v", i, s.at, f.Previous != nil)
		}
	}
}

func TestStoryClock(t *testing.T) {
	zero := time.Unix(1000, 0)
	at := func(s float64) time.Time { return zero.Add(time.Duration(s * 1e9)) }
	c := storyClock{length: scene.Seconds(5)}
	c.start(zero)
	check := func(wall, want float64) {
		t.Helper()
		if got := c.at(at(wall)).Seconds(); math.Abs(got-want) > 1e-9 {
			t.Errorf("at %v s the story is at %v s, want %v s", wall, got, want)
		}
	}
	check(0, 0)
	check(4.5, 4.5)
	check(5, 0)
	check(12.25, 2.25)
	c.toggle(at(12.25))
	check(100, 2.25)
	c.toggle(at(100))
	check(101, 3.25)
	c.once = true
	check(200, 5)
	c.length, c.once = scene.Time{}, false
	check(200, 112.25)
}

func TestAroundIsExact(t *testing.T) {
	rate := scene.Rate{Num: 30000, Den: 1001}
	length := scene.Fraction(1001, 100) // 300 frames
	for _, i := range []int64{0, 1, 299, 300, 301, 300*1e6 + 7} {
		if got, want := around(rate.Time(i), length, false), rate.Time(i%300); got != want {
			t.Errorf("frame %d is at %s, want %s", i, got, want)
		}
	}
}

// TestTilesComeInTheBackground flies down to a city: frames are drawn with what is
// there, and when the camera stands still they become those that a file would have.
func TestTilesComeInTheBackground(t *testing.T) {
	p := player(t, samplePackage(t))
	p.Doc.Output.Size = scene.Size{Width: 160, Height: 90}
	l := openLive(t, p, "draft")
	ctx := context.Background()
	count := func(f *pipeline.Frame) (triangles int) {
		for _, d := range f.Draws {
			if m, ok := d.What.(*drawable.Mesh); ok {
				triangles += len(m.Indices) / 3
			}
		}
		return triangles
	}
	if _, err := l.draw(ctx, scene.Time{}, nil); err != nil {
		t.Fatal(err)
	}
	near := scene.NewCamera(earth.Place{Lng: -30.4985, Lat: 36.5135, Height: 150}, 318, -14)
	before := len(p.library.held)
	f, err := l.draw(ctx, scene.Seconds(1), &near)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.library.held) != before {
		t.Error("the frame waited for its tiles")
	}
	first := count(f)
	for range 2000 {
		if f, err = l.draw(ctx, scene.Seconds(1), &near); err != nil {
			t.Fatal(err)
		}
		l.loader.mu.Lock()
		idle := len(l.loader.queue) == 0 && len(l.loader.arrived) == 0 && len(l.loader.busy) == 0
		l.loader.mu.Unlock()
		if idle {
			break
		}
		time.Sleep(time.Millisecond)
	}
	live := p.loader
	p.loader = nil
	whole, err := p.Frame(ctx, scene.Seconds(1), Shot{Width: 160, Height: 90, Quality: l.quality, Camera: &near})
	p.loader = live
	if err != nil {
		t.Fatal(err)
	}
	if count(f) != count(whole) || first >= count(f) {
		t.Errorf("%d triangles at first, %d in the end, want %d", first, count(f), count(whole))
	}
	if n := p.LeftOut(); len(n) != 0 {
		t.Errorf("skipped %v", n)
	}
}
