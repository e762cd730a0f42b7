// Package verify_test holds the long proofs on real cities. make verify runs it; go test
// skips it.
package verify_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/realdata"
)

// others are the proofs that are not about one city's package, in the order of the page.
var others = []struct {
	name, title string
	prove       func(t *testing.T, bin, dir string) []string
}{
	{"kills", "killed 50 times while it generates", kills},
	{"batch", "batch of 31 provinces, 51 states and 12 cities, killed once", batch},
	{"exports", "exports of Monaco", exports},
	{"one-per-cent", "one per cent of the features changed", goTest("stage/generate", "^TestOnePerCent$", "LONGTAKE_MEMORY=1")},
	{"truth", "the sample's views against the ray tracer, peers beside", truth},
	{"gallery", "every component by day and by night", layerGallery},
	{"cycles", "all components loaded, drawn and unloaded 200 times", goTest("stage", "^TestNothingIsLeftOfScenes$", "LONGTAKE_CYCLES=200")},
	{"memory", "memory limit on ten times its input", goTest("stage/generate", "^TestMemoryStaysBelowItsLimit$", "LONGTAKE_MEMORY=1")},
}

// TestProofs runs what LONGTAKE_VERIFY_PARTS asks for: cities and other proofs by their
// names, or all of them as cities and long. The cities that must pass come first, then
// the other proofs. Each leaves its record, and what there is to look at, in a folder.
func TestProofs(t *testing.T) {
	bin, out := settings(t)
	prove := func(cities []city) {
		for _, c := range cities {
			if wanted(c.name, "cities") {
				proof(t, bin, out, c.name, func(t *testing.T, dir string) []string { return c.verify(t, bin, dir) })
			}
		}
	}
	prove(cities[:required])
	for _, p := range others {
		if wanted(p.name, "long") {
			proof(t, bin, out, p.name, func(t *testing.T, dir string) []string { return p.prove(t, bin, dir) })
		}
	}
	prove(cities[required:])
}

// report is the report.json of a package, as far as the table shows it.
type report struct {
	Made    map[string]int `json:"made"`
	Skipped []struct {
		Reason string `json:"reason"`
		Count  int    `json:"count"`
	} `json:"skipped"`
	Tiles int   `json:"tiles"`
	Bytes int64 `json:"bytes"`
}

// verify generates, checks and draws one city and loads it into the engines; with -short
// it draws nothing. It returns the city's row of the table, after the name.
func (c city) verify(t *testing.T, bin, out string) []string {
	inputs := c.inputs(t, bin, out)
	packages := filepath.Join(out, "packages")
	dir, plain := filepath.Join(packages, "meshopt"), filepath.Join(packages, "none")
	for _, path := range []string{dir, plain} { // the second takes what the first has cached
		took(t, "generate "+filepath.Base(path), func() {
			longtake(t, bin, append([]string{"generate", "-o", path, "--quiet", "--cache", filepath.Join(out, "cache"), "--compress", filepath.Base(path)}, inputs...)...)
		})
	}
	if err := os.RemoveAll(filepath.Join(out, "cache")); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(out, "report.json"), data, 0o666); err != nil {
		t.Fatal(err)
	}
	var r report
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	if r.Made["building"] == 0 {
		t.Error("no building was made")
	}
	var ours int
	var official, glbs string
	t.Run("conforms", func(t *testing.T) { // programs of one thread each, side by side
		for _, check := range []struct {
			name string
			run  func(t *testing.T)
		}{
			{"ours", func(t *testing.T) { ours = ourIssues(t, packages) }},
			{"khronos", func(t *testing.T) { glbs = khronosIssues(t, plain) }},
			{"official", func(t *testing.T) { official = officially(t, packages) }},
		} {
			t.Run(check.name, func(t *testing.T) {
				t.Parallel()
				took(t, check.name, func() { check.run(t) })
			})
		}
	})
	skipped := 0
	for _, s := range r.Skipped {
		skipped += s.Count
	}
	megabytes := fmt.Sprintf("%.1f", float64(size(t, plain))/1e6)
	if err := os.RemoveAll(plain); err != nil {
		t.Fatal(err)
	}
	if !testing.Short() {
		took(t, "draw", func() { c.draw(t, bin, dir, out) })
	}
	standing := ""
	took(t, "stands", func() {
		standing = stands(t, dir, earth.Place{Lng: c.street.lng, Lat: c.street.lat}, 500, filepath.Join(out, "standing.txt"))
	})
	found := loadInEngines(t, bin, seenFrom(t, dir, time.Date(2026, 6, 21, 12, 0, 0, 0, time.UTC), c.oblique), out)
	return []string{fmt.Sprint(r.Made["building"]), fmt.Sprint(r.Made["buildings triangle"] + r.Made["citymodel triangle"]), fmt.Sprint(r.Tiles),
		fmt.Sprintf("%.1f", float64(r.Bytes)/1e6), megabytes, fmt.Sprint(skipped),
		fmt.Sprintf("%d issues", ours), glbs, official, standing, found["cesium"], found["three"]}
}

// inputs are the files to generate from, with their box; a scene among them is written to out.
func (c city) inputs(t *testing.T, bin, out string) []string {
	if err := os.MkdirAll(out, 0o777); err != nil {
		t.Fatal(err)
	}
	if c.name == "sample" {
		dir := filepath.Join(out, "data")
		longtake(t, bin, "sample", dir, "--quiet")
		return []string{filepath.Join(dir, "scene.yaml")}
	}
	root, err := filepath.Abs(filepath.Dir(realdata.Path(t, "README.md")))
	if err != nil {
		t.Fatal(err)
	}
	if c.scene != "" {
		path := filepath.Join(out, "scene.yaml")
		if err := os.WriteFile(path, fmt.Appendf(nil, c.scene, root), 0o666); err != nil {
			t.Fatal(err)
		}
		return []string{path}
	}
	var files []string
	if c.bbox != "" {
		files = append(files, "--bbox", c.bbox)
	}
	for _, f := range c.files {
		files = append(files, realdata.Path(t, filepath.FromSlash(f)))
	}
	return files
}

// took logs how long a step takes.
func took(t *testing.T, what string, step func()) {
	began := time.Now()
	step()
	t.Logf("%s: %.1f s", what, time.Since(began).Seconds())
}

// longtake runs the binary and returns what it prints.
func longtake(t *testing.T, bin string, args ...string) []byte {
	t.Helper()
	out, err := exec.Command(bin, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("longtake %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return out
}
