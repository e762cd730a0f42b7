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

	"github.com/longtake/longtake/internal/realdata"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

var shots = [3]string{"above", "oblique", "street"}

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

// settings are the binary that LONGTAKE_VERIFY names and the folder of results,
// LONGTAKE_VERIFY_OUT. Without them the test is skipped.
func settings(t *testing.T) (bin, out string) {
	bin, out = os.Getenv("LONGTAKE_VERIFY"), os.Getenv("LONGTAKE_VERIFY_OUT")
	if bin == "" || out == "" {
		t.Skip("a long proof: make verify runs it")
	}
	return bin, out
}

// TestCities generates, checks and draws every city that is present, and loads it into
// the engines; with -short it draws nothing. Each leaves its report, its pictures and its row of the page in a folder.
func TestCities(t *testing.T) {
	bin, out := settings(t)
	for _, c := range cities {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(out, c.name)
			row := []string{"**failed**, see the log"}
			t.Cleanup(func() {
				if !t.Skipped() {
					keep(t, filepath.Join(dir, rowFile), append([]string{c.name}, row...))
				}
			})
			row = c.verify(t, bin, dir)
		})
	}
}

// verify proves one city and returns its row of the table, after the name.
func (c city) verify(t *testing.T, bin, out string) []string {
	inputs := c.inputs(t, bin, out)
	dir, plain := filepath.Join(out, "package"), filepath.Join(out, "plain")
	for path, compress := range map[string]string{dir: "meshopt", plain: "none"} {
		longtake(t, bin, append([]string{"generate", "-o", path, "--quiet", "--compress", compress}, inputs...)...)
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
	ours, official := ourIssues(t, dir)+ourIssues(t, plain), officially(t, dir, plain)
	glbs := khronosIssues(t, plain)
	if !testing.Short() {
		c.draw(t, bin, dir, out)
	}
	found := loadInEngines(t, bin, dir, out)
	skipped := 0
	for _, s := range r.Skipped {
		skipped += s.Count
	}
	return []string{fmt.Sprint(r.Made["building"]), fmt.Sprint(r.Made["buildings triangle"] + r.Made["citymodel triangle"]), fmt.Sprint(r.Tiles),
		fmt.Sprintf("%.1f", float64(r.Bytes)/1e6), fmt.Sprintf("%.1f", float64(size(t, plain))/1e6), fmt.Sprint(skipped),
		fmt.Sprintf("%d issues", ours), glbs, official, found["cesium"], found["three"]}
}

// inputs are the files to generate from; a scene among them is written to out.
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
	for _, f := range c.files {
		files = append(files, realdata.Path(t, filepath.FromSlash(f)))
	}
	return files
}

// draw makes the three pictures.
func (c city) draw(t *testing.T, bin, dir, out string) {
	doc, err := scene.Load(filepath.Join(dir, "scene.json"), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	o := doc.Package.Origin
	for i, shot := range shots {
		view := c.views[i]
		if len(view) == 0 {
			view = [3][]string{
				{"--camera", fmt.Sprintf("%v,%v,%v,0,-90", o.Lng, o.Lat, doc.Package.SeaLevel+1800)},
				{"--orbit", fmt.Sprintf("%v,%v,600,300", o.Lng, o.Lat)}, {"--orbit", fmt.Sprintf("%v,%v,90,12", o.Lng, o.Lat)},
			}[i]
		}
		longtake(t, bin, append([]string{"render", dir, "--quiet", "--at", "0s", "--quality", "high", "--size", "1280x720", "-o", filepath.Join(out, shot+".png")}, view...)...)
	}
}

func longtake(t *testing.T, bin string, args ...string) {
	t.Helper()
	out, err := exec.Command(bin, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("longtake %s: %v: %s", strings.Join(args, " "), err, out)
	}
}
