package generate

import (
	"bufio"
	"context"
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

// everyKind are the kinds of layer that are cut into blocks, but buildings.
const everyKind = `  - { id: ground, type: terrain, source: dem }
  - { id: water, type: water, source: big }
  - { id: areas, type: areas, source: big }
  - { id: roads, type: roads, source: streets }
  - { id: rails, type: railways, source: big }
  - { id: trees, type: trees, source: big }
  - { id: furniture, type: furniture, source: big }
  - { id: barriers, type: barriers, source: big }
  - { id: traffic, type: traffic, source: streets }
`

const (
	// mostCollecting is the share of the processor time that the collector may take below a
	// limit: more is thrashing.
	mostCollecting = 0.25
	// twoCores is the limit in MiB from which two cores work at a time.
	twoCores = 2*eachCore>>20 + 1
	// One of so many copies has its streets and its traffic built: most of the time goes
	// there.
	streetsOf = 12
	// The numbers of copies between which the growth with everything is measured. Caches and
	// what is held before it is spilled are full from the first.
	fewCopies, manyCopies = 9, 27
)

// The memory of a process stays below its limit whatever the size of the input, which is San
// Francisco side by side, and the collector does not thrash. It takes an hour and a half:
// only with $LONGTAKE_MEMORY, which is the limit in MiB where it is more than 1.
//
// First the input is ten times the limit, or what $LONGTAKE_TIMES says. Every kind of layer
// that is cut into blocks is built of it, on terrain: buildings as prisms, streets and
// traffic of a part of it. Then all of it is built at full depth from some copies and from
// more, and what that adds to what lasts is carried on to ten times the limit: what blocks
// hold while they are built does not grow with their number.
func TestMemoryStaysBelowItsLimit(t *testing.T) {
	if os.Getenv("LONGTAKE_MEMORY") == "" {
		t.Skip("LONGTAKE_MEMORY is not set: a long proof, for make verify")
	}
	mib, err := strconv.ParseInt(os.Getenv("LONGTAKE_MEMORY"), 10, 64)
	if err != nil || mib <= 1 {
		mib = twoCores
	}
	times := 10.0
	if n, err := strconv.ParseFloat(os.Getenv("LONGTAKE_TIMES"), 64); err == nil {
		times = n
	}
	osm, dem := realdata.Path(t, "city-sanfrancisco", "sf-downtown.osm.pbf"), realdata.Path(t, "city-sanfrancisco", "sf-heightmap-8bit.png")
	one, buildings := replicated(t, osm, filepath.Join(t.TempDir(), "one.geojsonl"), 1)
	least := int64(times * float64(mib<<20))
	copies := int(least/one) + 1
	scene := func(of string) string {
		return fmt.Sprintf(`longtake: 1
name: Many copies
sources:
  big: { type: vector, path: large.geojsonl }
  streets: { type: vector, path: %s }
  dem: { type: raster, path: %q, bounds: [-122.55, 37.7, -121.5, 38.5], scale: 1.21 }
layers:
`, of, dem)
	}
	var large held
	t.Run("ten times the limit", func(t *testing.T) {
		dir := t.TempDir()
		replicated(t, osm, filepath.Join(dir, "large.geojsonl"), copies*buildings)
		replicated(t, osm, filepath.Join(dir, "streets.geojsonl"), (copies+streetsOf-1)/streetsOf*buildings)
		large = below(t, dir, mib, scene("streets.geojsonl")+everyKind+`  - { id: buildings, type: buildings, source: big, flat: true, levels: leaves }
`)
		if large.Input < least {
			t.Errorf("%d MiB of input are less than %d", large.Input>>20, least>>20)
		}
	})
	var grown [2]held
	t.Run("full depth", func(t *testing.T) {
		for i, n := range []int{fewCopies, manyCopies} {
			dir := t.TempDir()
			replicated(t, osm, filepath.Join(dir, "large.geojsonl"), n*buildings)
			grown[i] = below(t, dir, mib, strings.ReplaceAll(scene("large.geojsonl")+everyKind, "source: streets", "source: big")+`  - { id: buildings, type: buildings, source: big }
`)
		}
	})
	a, b := grown[0], grown[1]
	if t.Failed() || large.Input == 0 || b.Input == 0 { // of -run with the name of a part
		return
	}
	growth := float64(lastingMore(t, &a, &b)) / float64(b.Input-a.Input) // bytes held for one of the input
	carried := b.Live + int64(growth*float64(least-b.Input))
	if carried > mib<<20 {
		t.Errorf("at full depth %d MiB would be held at %d MiB of input, more than the limit", carried>>20, least>>20)
	}
	t.Logf("limit %d MiB: %.1f times as much input peaked at %.0f %% of the limit in %.0f s of processor time (%.0f %% collecting); "+
		"at full depth %d MiB of input peaked at %.0f %% in %.0f s, %d MiB at %.0f %% in %.0f s (%.0f %% collecting), "+
		"held %d and %d MiB, %.1f %% of what was added, %d MiB at ten times the limit",
		mib, float64(large.Input)/float64(mib<<20), large.share(mib), large.Seconds, 100*large.Collector,
		a.Input>>20, a.share(mib), a.Seconds, b.Input>>20, b.share(mib), b.Seconds, 100*b.Collector,
		a.Live>>20, b.Live>>20, 100*growth, carried>>20)
}

// lastingMore is how much more lasts in one run than in another on less: the most of all
// phases, in bytes.
func lastingMore(t *testing.T, a, b *held) (more int64) {
	t.Helper()
	if len(a.Phases) != len(b.Phases) {
		t.Fatalf("%d phases and %d", len(a.Phases), len(b.Phases))
	}
	compared := 0
	for i := range a.Phases {
		p, q := &a.Phases[i], &b.Phases[i]
		if p.Least == 0 || q.Least == 0 {
			continue
		}
		more = max(more, q.Least-p.Least)
		compared++
	}
	if compared < 5 {
		t.Fatalf("in %d phases only was anything collected", compared)
	}
	return more
}

// share is the peak in per cent of a limit in MiB.
func (h *held) share(mib int64) float64 { return 100 * float64(h.Peak) / float64(mib<<20) }

// replicated repeats a place and gives the file's size and the number of its buildings.
func replicated(t *testing.T, from, to string, least int) (size int64, buildings int) {
	t.Helper()
	out, err := exec.Command("go", "run", "../../tools/replicate", "-bbox", "-122.43,37.77,-122.38,37.815", "-buildings", strconv.Itoa(least), from, to).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var copies int
	if _, err := fmt.Sscanf(string(out), "%d copies, %d buildings", &copies, &buildings); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	info, err := os.Stat(to)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size(), buildings
}

// below generates a scene beside its input files in a child with a limit in MiB, and fails
// where it is above that, or does little but collect.
func below(t *testing.T, dir string, mib int64, scene string) held {
	t.Helper()
	inputs, err := filepath.Glob(filepath.Join(dir, "*.geojsonl"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "scene.yaml")
	write(t, path, scene)
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
	for _, input := range inputs {
		info, err := os.Stat(input)
		if err != nil {
			t.Fatal(err)
		}
		h.Input += info.Size()
	}
	for _, p := range h.Phases {
		t.Logf("%-30s %4d MiB so far, %4d to %4d MiB held, %6.1f s", p.Task, p.Peak>>20, p.Least>>20, p.Live>>20, p.Seconds)
	}
	t.Logf("%d MiB of input, a limit of %d MiB, a peak of %d MiB, %d MiB before anything was read; %.0f s of processor time, %.0f %% of it the collector's",
		h.Input>>20, mib, h.Peak>>20, h.Base>>20, h.Seconds, 100*h.Collector)
	if h.Peak > mib<<20 {
		t.Errorf("a peak of %d MiB is above the limit of %d MiB", h.Peak>>20, mib)
	}
	if h.Collector > mostCollecting {
		t.Errorf("the collector took %.0f %% of the processor time, more than %.0f %%", 100*h.Collector, 100*mostCollecting)
	}
	return h
}

// Less than the least limit is refused in a sentence, not run into.
func TestTooLittleMemory(t *testing.T) {
	_, load := sampleCity(t)
	_, err := Run(context.Background(), load(), filepath.Join(t.TempDir(), "out"), Options{MaxMemory: LeastMemory - 1})
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("at least %d MB", LeastMemory/1_000_000)) {
		t.Errorf("a limit below the least gives %v", err)
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
	wordy(t, input, wordyFeatures)
	below(t, dir, wordyLimit, `longtake: 1
name: Wordy
sources:
  big: { type: vector, path: wordy.geojsonl }
layers:
  - { id: roads, type: roads, source: big }
  - { id: buildings, type: buildings, source: big, flat: true, levels: leaves }
  - { id: traffic, type: traffic, source: big }
`)
}

const (
	wordyLimit    = LeastMemory>>20 + 1 // MiB
	wordyFeatures = 70000
)

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
