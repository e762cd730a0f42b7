package stage

import (
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/gpu"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
)

// Scenes with every component are loaded, drawn and unloaded again and again on one surface:
// nothing is left on the GPU, no goroutine goes on, and memory is what it was. LONGTAKE_CYCLES
// says how often, else twice; from 50 on with what is built of the city and what is far away,
// and a page of the web in every twentieth.
func TestNothingIsLeftOfScenes(t *testing.T) {
	cycles := 2
	if often := os.Getenv("LONGTAKE_CYCLES"); often != "" {
		var err error
		if cycles, err = strconv.Atoi(often); err != nil || cycles < 1 {
			t.Fatalf("LONGTAKE_CYCLES: %d, %v", cycles, err)
		}
	}
	long := cycles >= 50
	screen(t)
	folder := filepath.Dir(sampleScene(t))
	// What is seen from a place of its own may lie far from the island: a package spans 400 km.
	packages := []string{islandPackage(t, folder, func(_ scene.Type, e scene.Example) bool { return e.Camera == "" })}
	if long {
		packages = append(packages, cornerPackage(t, folder), farPackage(t, folder))
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
			web := long && i%20 == 0 && noBrowser == nil
			drawOnce(t, s, dir, web, func(kind string) bool { return kind != "web" || web })
		}
		if left := gpu.Objects(); !maps.Equal(left, empty) {
			t.Fatalf("cycle %d leaves %v on the GPU, there was %v", i, left, empty)
		}
	}
	for i := range min(1+cycles/4, 5) { // what is made once for all scenes, such as fonts
		cycle(i)
	}
	began := usage()
	curve := []string{began.memory()}
	least := [2]int{math.MaxInt, math.MaxInt} // resident after a cycle, of each half: it goes up and down with what the allocators keep
	for i := range cycles {
		cycle(i)
		half := 2 * i / cycles
		least[half] = min(least[half], resident())
		if long && (i+1)%(cycles/5) == 0 {
			curve = append(curve, fmt.Sprintf("%d: %s", i+1, usage().memory()))
			t.Logf("after %s", curve[len(curve)-1])
		}
	}
	ended := usage()
	t.Logf("%d loads and unloads of all components, no object left on the GPU, %d and %d goroutines; on the heap and resident, at the least %.0f and %.0f MB in the halves: %s",
		cycles, began.goroutines, ended.goroutines, float64(least[0])/1e6, float64(least[1])/1e6, strings.Join(append(curve, "at the end "+ended.memory()), ", "))
	if ended.goroutines > began.goroutines {
		t.Errorf("%d goroutines, %d before", ended.goroutines, began.goroutines)
	}
	if grown := ended.heap - began.heap; grown > 1<<20 {
		t.Errorf("%d loads leave %d bytes on the heap in %d objects", cycles, grown, ended.objects-began.objects)
	}
	if grown := least[1] - least[0]; long && grown > 48<<20 {
		t.Errorf("the second half of %d loads takes %d bytes more than the first at the least", cycles, grown)
	}
}

// cornerPackage is of all that is built, of a corner of the city.
func cornerPackage(t *testing.T, folder string) string {
	var list []string
	types := layers.Types()
	for _, name := range types.Names() {
		for _, e := range types[name].Examples {
			if !layers.Built(types[name]) || layers.Around(types[name], e) != layers.City {
				continue
			}
			for _, l := range layers.ExampleLayers(types[name], e) {
				if !slices.ContainsFunc(list, func(other string) bool { return layerIDOf(other) == layerIDOf(l) }) {
					list = append(list, l)
				}
			}
		}
	}
	sources := layers.ExampleSources(list)
	for i := range sources {
		sources[i] = strings.Replace(sources[i], "path: city.osm", "path: city.osm, bbox: [-30.4965, 36.4985, -30.4915, 36.5015]", 1)
	}
	return packageOf(t, folder, sources, list)
}

// farPackage is of what is seen from a place of its own.
func farPackage(t *testing.T, folder string) string {
	var list []string
	types := layers.Types()
	for _, name := range types.Names() {
		for _, e := range types[name].Examples {
			if layers.Built(types[name]) || e.Camera == "" || types[name].Group == "terrain" {
				continue
			}
			e.Around = layers.Sea
			own := layers.ExampleLayers(types[name], e)
			list = append(list, own[len(own)-1])
		}
	}
	return packageOf(t, folder, layers.ExampleSources(list), list)
}

func layerIDOf(layer string) string {
	_, id, _ := strings.Cut(layer, "id: ")
	id, _, _ = strings.Cut(id, ",")
	return id
}

func packageOf(t *testing.T, folder string, sources, list []string) string {
	t.Helper()
	text := "longtake: 1\nsources:\n  " + strings.Join(sources, "\n  ") + "\nlayers:\n  - " + strings.Join(list, "\n  - ") + "\n"
	dir := filepath.Join(t.TempDir(), "package")
	if _, err := Generate(t.Context(), parsed(t, filepath.Join(folder, "part.yaml"), text), dir, GenerateOptions{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// drawOnce loads a package, draws a small frame of the layers that are wanted, and unloads it;
// live, pages of the web are drawn aside, and the page may still be on its way when all ends.
func drawOnce(t *testing.T, s surface.Surface, dir string, live bool, wanted func(kind string) bool) {
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
	f, err := p.Frame(t.Context(), scene.Seconds(5), Shot{Width: 64, Height: 36, Quality: q, Live: live})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Draw(f); err != nil {
		t.Fatal(err)
	}
	r.Finish()
}

// used is what a process holds: bytes on the heap and in memory.
type used struct{ heap, resident, objects, goroutines int }

func (u used) memory() string {
	return fmt.Sprintf("%.1f and %.0f MB", float64(u.heap)/1e6, float64(u.resident)/1e6)
}

func usage() used {
	var m runtime.MemStats
	for range 3 { // finalizers run between collections
		runtime.GC()
	}
	debug.FreeOSMemory()
	runtime.ReadMemStats(&m)
	return used{heap: int(m.HeapAlloc), resident: resident(), objects: int(m.HeapObjects), goroutines: runtime.NumGoroutine()}
}

// resident is what of the process lies in memory, bytes; 0 where nobody tells.
func resident() int {
	text, err := os.ReadFile("/proc/self/statm")
	var size, pages int
	if err != nil {
		return 0
	}
	if _, err := fmt.Sscan(string(text), &size, &pages); err != nil {
		return 0
	}
	return pages * os.Getpagesize()
}
