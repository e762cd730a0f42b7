package stage

import (
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"

	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/gpu"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
)

// Scenes with every component are loaded, drawn and unloaded again and again on one surface:
// nothing is left on the GPU, no goroutine goes on, and memory is what it was.
// LONGTAKE_CYCLES says how often, else twice; from 100 on with the pages of the web and the
// whole city.
func TestNothingIsLeftOfScenes(t *testing.T) {
	cycles := 2
	if often := os.Getenv("LONGTAKE_CYCLES"); often != "" {
		var err error
		if cycles, err = strconv.Atoi(often); err != nil || cycles < 1 {
			t.Fatalf("LONGTAKE_CYCLES: %d, %v", cycles, err)
		}
	}
	long := cycles >= 100
	screen(t)
	// What is seen from a place of its own may lie far from the island: a package spans 400 km.
	near := func(_ scene.Type, e scene.Example) bool { return e.Camera == "" }
	packages := []string{islandPackage(t, filepath.Dir(sampleScene(t)), near)}
	if long {
		packages = append(packages, samplePackage(t))
	}
	s, err := surface.NewOffscreen(surface.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Release()
	if err := s.MakeCurrent(); err != nil {
		t.Fatal(err)
	}
	empty := gpu.Objects()
	_, noBrowser := Chromium()
	cycle := func(i int) {
		for _, dir := range packages {
			drawOnce(t, s, dir, func(kind string) bool { return kind != "web" || long && noBrowser == nil })
		}
		if left := gpu.Objects(); !maps.Equal(left, empty) {
			t.Fatalf("cycle %d leaves %v on the GPU, there was %v", i, left, empty)
		}
	}
	for i := range min(1+cycles/4, 5) { // what is made once for all scenes, such as fonts
		cycle(i)
	}
	began := usage()
	for i := range cycles {
		cycle(i)
		if long && i%20 == 19 {
			t.Logf("after %d: %+v, before %+v", i+1, usage(), began)
		}
	}
	ended := usage()
	t.Logf("%+v before and %+v after %d loads", began, ended, cycles)
	if ended.goroutines > began.goroutines {
		t.Errorf("%d goroutines, %d before", ended.goroutines, began.goroutines)
	}
	if grown := ended.heap - began.heap; grown > 1<<20 {
		t.Errorf("%d loads leave %d bytes on the heap in %d objects", cycles, grown, ended.objects-began.objects)
	}
}

// drawOnce loads a package, draws a small frame of the layers that are wanted, and unloads it.
func drawOnce(t *testing.T, s surface.Surface, dir string, wanted func(kind string) bool) {
	t.Helper()
	p, err := Open(dir, PlayOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	for i := range p.Doc.Layers {
		l := &p.Doc.Layers[i]
		l.Visible = l.Visible && wanted(l.Type)
	}
	q, _ := pipeline.Tier("draft")
	r, err := pipeline.New(s, pipeline.Options{Width: 64, Height: 36, Quality: q})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Release()
	f, err := p.Frame(t.Context(), scene.Seconds(5), Shot{Width: 64, Height: 36, Quality: q})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Draw(f); err != nil {
		t.Fatal(err)
	}
	r.Finish()
}

// used is what a process holds.
type used struct{ heap, objects, goroutines int }

func usage() used {
	var m runtime.MemStats
	for range 3 { // finalizers run between collections
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	return used{int(m.HeapAlloc), int(m.HeapObjects), runtime.NumGoroutine()}
}
