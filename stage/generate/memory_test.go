package generate

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/longtake/longtake/internal/realdata"
)

// everyLayer are the kinds of layer that are cut into blocks.
const everyLayer = `  - { id: ground, type: terrain, source: dem }
  - { id: water, type: water, source: big }
  - { id: areas, type: areas, source: big }
  - { id: roads, type: roads, source: big }
  - { id: rails, type: railways, source: big }
  - { id: buildings, type: buildings, source: big }
  - { id: trees, type: trees, source: big }
  - { id: furniture, type: furniture, source: big }
  - { id: barriers, type: barriers, source: big }
  - { id: traffic, type: traffic, source: big }
`

// mostCollecting is the share of the processor time that the collector may take below a
// limit: more is thrashing.
const mostCollecting = 0.25

// The memory of a process stays below the limit on an input ten times larger, made of San
// Francisco side by side, with every kind of layer that is cut into blocks and with
// terrain, and the collector does not thrash. It takes long: only with $LONGTAKE_MEMORY,
// which is the limit in MiB where it is more than 1. $LONGTAKE_TIMES is another factor than
// ten, to try.
func TestMemoryStaysBelowItsLimit(t *testing.T) {
	if os.Getenv("LONGTAKE_MEMORY") == "" {
		t.Skip("LONGTAKE_MEMORY is not set: a long proof, for make verify")
	}
	mib, err := strconv.ParseInt(os.Getenv("LONGTAKE_MEMORY"), 10, 64)
	if err != nil || mib <= 1 {
		mib = 256
	}
	times := 10.0
	if n, err := strconv.ParseFloat(os.Getenv("LONGTAKE_TIMES"), 64); err == nil {
		times = n
	}
	osm, dem := realdata.Path(t, "city-sanfrancisco", "sf-downtown.osm.pbf"), realdata.Path(t, "city-sanfrancisco", "sf-heightmap-8bit.png")
	dir := t.TempDir()
	large := filepath.Join(dir, "large.geojsonl")
	buildings := 7625                                         // of one copy
	least := int64(times * float64(mib<<20))                  // bytes
	for size := replicated(t, osm, large, 1); size < least; { // the first tells how many are needed
		buildings = int(float64(buildings)*float64(least)/float64(size)*1.01) + 1
		size = replicated(t, osm, large, buildings)
	}
	below(t, dir, mib, large, fmt.Sprintf(`longtake: 1
name: Large
sources:
  big: { type: vector, path: large.geojsonl }
  dem: { type: raster, path: %q, bounds: [-122.55, 37.7, -121.5, 38.5], scale: 1.21 }
layers:
%s`, dem, everyLayer))
}

// replicated repeats a place and gives the file's size.
func replicated(t *testing.T, from, to string, buildings int) int64 {
	t.Helper()
	out, err := exec.Command("go", "run", "../../tools/replicate", "-bbox", "-122.43,37.77,-122.38,37.815", "-buildings", strconv.Itoa(buildings), from, to).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	info, err := os.Stat(to)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// below generates a scene in a child with a limit in MiB, and fails where it is above that,
// or does little but collect.
func below(t *testing.T, dir string, mib int64, input, scene string) {
	t.Helper()
	path := filepath.Join(dir, "scene.yaml")
	write(t, path, scene)
	info, err := os.Stat(input)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childScene+"="+path, childOut+"="+filepath.Join(dir, "package"), fmt.Sprint(childMemory, "=", mib), childWatch+"="+dir)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	h := watched(t, dir)
	if h.Peak == 0 { // a system that does not tell the program's own peak
		h.Peak = cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
	}
	t.Logf("%d MiB of input, a limit of %d MiB, a peak of %d MiB, %d MiB before anything was read; %.0f s of processor time, %.0f %% of it the collector's",
		info.Size()>>20, mib, h.Peak>>20, h.Base>>20, h.Seconds, 100*h.Collector)
	for _, p := range h.Phases {
		t.Logf("%-30s %4d MiB so far, %6.1f s", p.Task, p.Peak>>20, p.Seconds)
	}
	if h.Peak > mib<<20 {
		t.Errorf("a peak of %d MiB is above the limit of %d MiB", h.Peak>>20, mib)
	}
	if h.Collector > mostCollecting {
		t.Errorf("the collector took %.0f %% of the processor time, more than %.0f %%", 100*h.Collector, 100*mostCollecting)
	}
}

// Wordy features, of which little is built, are more than the limit by themselves: whoever
// holds them, or what is known of each, breaks it.
func TestMemoryOfWordyFeatures(t *testing.T) {
	if testing.Short() {
		t.Skip("ten seconds of processor time")
	}
	dir := t.TempDir()
	input := filepath.Join(dir, "wordy.geojsonl")
	wordy(t, input, 45000)
	below(t, dir, wordyLimit, input, `longtake: 1
name: Wordy
sources:
  big: { type: vector, path: wordy.geojsonl }
layers:
  - { id: roads, type: roads, source: big }
  - { id: buildings, type: buildings, source: big, flat: true, levels: leaves }
  - { id: traffic, type: traffic, source: big }
`)
}

// wordyLimit is in MiB: what a run holds without its input, and not as much again as this.
const wordyLimit = 128

// wordy writes n points of interest of some 2 KB each, and at some of them a house, a
// street and a bridge.
func wordy(t *testing.T, path string, n int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	w := bufio.NewWriterSize(f, 1<<20)
	out := json.NewEncoder(w)
	feature := func(kind string, coordinates any, tags map[string]string) {
		if err := out.Encode(map[string]any{"type": "Feature", "properties": tags, "geometry": map[string]any{"type": kind, "coordinates": coordinates}}); err != nil {
			t.Fatal(err)
		}
	}
	const step, side = 0.00055, 212
	for i := range n {
		x, y := 8+step*float64(i%side), 50+step*float64(i/side)
		tags := map[string]string{"shop": "books", "name": fmt.Sprint("Shop ", i)}
		for k := range 8 {
			tags[fmt.Sprint("description:", k)] = fmt.Sprint(i, k, strings.Repeat(" a word and another", 12))
		}
		feature("Point", [2]float64{x, y}, tags)
		if i%20 == 0 {
			const a = 0.0001
			feature("Polygon", [][][2]float64{{{x - a, y - a}, {x + a, y - a}, {x + a, y + a}, {x - a, y + a}, {x - a, y - a}}}, map[string]string{"building": "yes"})
		}
		if i%150 == 0 {
			tags := map[string]string{"highway": "residential"}
			if i%1500 == 0 {
				tags["bridge"], tags["layer"] = "yes", "1"
			}
			feature("LineString", [][2]float64{{x, y + step/3}, {x + 6*step, y + step/3}}, tags)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
}
