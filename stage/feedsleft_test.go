package stage

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/longtake/longtake/scene"
)

// Letters and pictures of rows that are read again go with them: on the GPU no more is kept than
// what is drawn.
func TestFeedsLeaveNoTexturesBehind(t *testing.T) {
	var dot bytes.Buffer
	if err := png.Encode(&dot, image.NewNRGBA(image.Rect(0, 0, 256, 256))); err != nil {
		t.Fatal(err)
	}
	s := newService(t, stations("a", 100, "b", 200))
	doc := fmt.Sprintf(feedScene, s.URL+"/x.json", "0s", "0s")
	doc = regexp.MustCompile(`(?m)^  - \{id: r,.*\n`).ReplaceAllString(doc, "  - {id: l, type: label, source: live, text: name, transition: 3s}\n  - {id: i, type: icon, source: live, image: dot.png, transition: 3s}\n")
	doc = strings.Replace(doc, "lat: 43.73, height: 2000, heading: 0, pitch: -60", "lat: 43.705, height: 2000, heading: 0, pitch: -89", 1)
	p := openPlayer(t, doc, map[string]string{"dot.png": dot.String()})
	now := time.Date(2026, 6, 21, 12, 0, 0, 0, time.UTC)
	p.options.now = func() time.Time { return now }
	l := openLive(t, p, "draft")
	most := 0
	for i := range 40 {
		s.set(0, stations("a", i, "b", 200-i))
		now = now.Add(1100 * time.Millisecond)
		if _, err := l.draw(t.Context(), scene.Time{}, nil); err != nil {
			t.Fatal(err)
		}
		p.feeds.aside.Wait()
		if n := l.renderer.Stats().Bytes; i < 20 {
			most = max(most, n)
		} else if n > most {
			t.Fatalf("%d bytes on the GPU, were at most %d", n, most)
		}
	}
	if out := p.LeftOut(); len(out) > 0 {
		t.Errorf("left out %v", out)
	}
}

// TestFeedsLeaveNothingBehind draws 200 refreshes with their transitions on the GPU.
func TestFeedsLeaveNothingBehind(t *testing.T) {
	s := newService(t, stations("a", 100, "b", 200))
	p := openPlayer(t, fmt.Sprintf(feedScene, s.URL+"/x.json", "3s", "3s"), nil)
	now := time.Date(2026, 6, 21, 12, 0, 0, 0, time.UTC)
	p.options.now = func() time.Time { return now }
	l := openLive(t, p, "draft")
	step := func(i int) {
		s.set(0, stations("a", i, "b", 200-i, i, 7))
		for range 5 {
			now = now.Add(1100 * time.Millisecond)
			if _, err := l.draw(t.Context(), scene.Time{}, nil); err != nil {
				t.Fatal(err)
			}
			p.feeds.aside.Wait()
		}
	}
	heap := func() int64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	for i := range 20 {
		step(i)
	}
	before, routines, held := heap(), runtime.NumGoroutine(), l.renderer.Stats()
	full := s.full
	for i := range 200 {
		step(i)
	}
	if s.full-full < 150 || len(p.LeftOut()) > 0 {
		t.Fatalf("only %d refreshes; left out %v", s.full-full, p.LeftOut())
	}
	if grown := heap() - before; grown > 2<<20 {
		t.Errorf("the heap has grown by %d kB", grown>>10)
	}
	if n := runtime.NumGoroutine(); n > routines+2 {
		t.Errorf("%d goroutines, were %d", n, routines)
	}
	if now := l.renderer.Stats(); now.Bytes > held.Bytes+1<<20 {
		t.Errorf("%d bytes on the GPU, were %d", now.Bytes, held.Bytes)
	}
	if len(p.gallery.painted) > 4 {
		t.Errorf("%d painted panels are kept", len(p.gallery.painted))
	}
}
