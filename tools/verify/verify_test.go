// Package verify_test holds the long proofs on real cities. make verify runs it; go test
// skips it.
package verify_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo/tiles/check"
	"github.com/longtake/longtake/geo/tiles/check/khronos"
	"github.com/longtake/longtake/internal/realdata"
)

// city is a real data set with three cameras: from above, obliquely and in a street.
type city struct {
	name  string
	files []string // below the data folder
	scene string   // where data files alone do not say enough; %s is the data folder
	views [3][]string
}

// The views "above" are ellipsoidal heights; streets are given above the ground by orbits.
var cities = []city{
	{"sanfrancisco", nil, `longtake: 1
name: San Francisco
credits: ["© OpenStreetMap contributors"]
sources:
  osm: { type: osm, path: "%[1]s/city-sanfrancisco/sf-downtown.osm.pbf", bbox: [-122.43, 37.77, -122.38, 37.815] }
  dem: { type: raster, path: "%[1]s/city-sanfrancisco/sf-heightmap-8bit.png", bounds: [-122.5233, 37.6493, -122.3566, 37.8159], scale: 1.21 }
layers:
  - { id: ground, type: terrain, source: dem }
  - { id: areas, type: areas, source: osm }
  - { id: water, type: water, source: osm }
  - { id: roads, type: roads, source: osm }
  - { id: rail, type: railways, source: osm }
  - { id: buildings, type: buildings, source: osm }
  - { id: trees, type: trees, source: osm }
`, [3][]string{{"--camera", "-122.4,37.79,3500,0,-90"}, {"--orbit", "-122.4,37.792,1600,700"}, {"--orbit", "-122.3993,37.7935,120,25"}}},
	{"sanfrancisco-north", []string{"city-sanfrancisco/sf-downtown.osm.pbf", "city-sanfrancisco/elev-russian-hill-float32.tif"}, "",
		[3][]string{{"--camera", "-122.418,37.802,3000,0,-90"}, {"--orbit", "-122.418,37.802,1200,500"}, {"--orbit", "-122.4187,37.8021,150,30"}}},
	{"monaco", []string{"city-monaco/monaco-planetiler.osm.pbf", "city-monaco/N43E007.hgt.zip"}, "",
		[3][]string{{"--camera", "7.4235,43.737,4000,0,-90"}, {"--orbit", "7.4235,43.737,1500,500"}, {"--orbit", "7.4279,43.7394,150,30"}}},
	{"monaco-coast", []string{"city-monaco/monaco-osrm.osm.pbf", "city-monaco/N43E007.hgt.zip"}, "",
		[3][]string{{"--camera", "7.42,43.74,9000,0,-90"}, {"--orbit", "7.42,43.738,3000,1200"}, {"--orbit", "7.4279,43.7394,150,30"}}},
	{"andorra", []string{"city-andorra/andorra.osm.pbf", "city-andorra/N42E001.hgt.zip", "city-andorra/N41E001.hgt.zip"}, "",
		[3][]string{{"--camera", "1.52,42.5,12000,0,-90"}, {"--orbit", "1.5245,42.5078,3500,1600"}, {"--orbit", "1.5215,42.5075,200,60"}}},
	{"berlin", []string{"city-berlin/siegessaeule.osm.gz"}, "",
		[3][]string{{"--camera", "13.3501,52.5145,600,0,-90"}, {"--orbit", "13.3501,52.5145,160,90"}, {"--orbit", "13.3501,52.5145,70,4"}}},
	{"manhattan", []string{"city-newyork/manhattan-buildings.json", "city-newyork/manhattan-trips.json"}, "",
		[3][]string{{"--camera", "-74.0,40.712,4500,0,-90"}, {"--orbit", "-74.008,40.708,1600,700"}, {"--orbit", "-74.0105,40.7075,150,30"}}},
	{"delft", []string{"city-delft/delft.city.json"}, "",
		[3][]string{{"--camera", "4.3662,52.0118,700,0,-90"}, {"--orbit", "4.3662,52.0118,300,140"}, {"--orbit", "4.3662,52.0118,80,15"}}},
	{"vienna", nil, `longtake: 1
name: Vienna
sources:
  lod2: { type: vector, path: "%[1]s/city-vienna/vienna.city.jsonl", crs: "EPSG:31256" }
layers:
  - { id: buildings, type: buildings, source: lod2 }
`, [3][]string{}},
	{"liechtenstein", []string{"city-liechtenstein/liechtenstein-2013.osm.pbf"}, "", [3][]string{}},
	{"beijing", []string{"city-beijing/haidian.osm"}, "", [3][]string{}},
	{"taipei", []string{"city-taipei/taipei.osm"}, "", [3][]string{}},
	{"portoalegre", []string{"city-portoalegre/poa.osm.pbf", "city-portoalegre/poa_elevation.tif"}, "", [3][]string{}},
	{"washington", []string{"city-washington-dc/buildings.geojson", "city-washington-dc/dtm.tif"}, "", [3][]string{}},
	{"zurich", []string{"city-zurich/zurich_lod2.city.json"}, "", [3][]string{}},
}

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

// TestCities generates, checks and draws every city that is present with the binary that
// LONGTAKE_VERIFY names. Pictures and packages go to LONGTAKE_VERIFY_OUT; the table goes
// to docs/verify.md.
func TestCities(t *testing.T) {
	bin, out := os.Getenv("LONGTAKE_VERIFY"), os.Getenv("LONGTAKE_VERIFY_OUT")
	if bin == "" || out == "" {
		t.Skip("a long proof: make verify runs it")
	}
	rows, ran := make([]string, len(cities)), 0
	for i, c := range cities {
		t.Run(c.name, func(t *testing.T) {
			ran++
			t.Cleanup(func() {
				if t.Skipped() {
					rows[i] = fmt.Sprintf("| %s | data not present | | | | | | |", c.name)
				} else if rows[i] == "" {
					rows[i] = fmt.Sprintf("| %s | **failed**, see the log | | | | | | |", c.name)
				}
			})
			rows[i] = c.verify(t, bin, filepath.Join(out, c.name))
		})
	}
	if ran < len(cities) {
		return // some were chosen: the page is about all
	}
	page := "# Verified on real cities\n`make verify` writes this page: each city generated, its tilesets checked by " +
		"`geo/tiles/check` and its glbs by the Khronos glTF validator, three pictures each in `out/verify`.\n\n" +
		"| city | buildings | triangles of buildings | tiles | MB | objects left out | checks | official validator |\n|" +
		strings.Repeat(" --- |", 8) + "\n" + strings.Join(rows, "\n") + "\n"
	if err := os.WriteFile(filepath.Join("..", "..", "docs", "verify.md"), []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
}

// verify proves one city and returns its row of the table.
func (c city) verify(t *testing.T, bin, out string) string {
	root := filepath.Dir(realdata.Path(t, "README.md"))
	var inputs []string
	for _, f := range c.files {
		inputs = append(inputs, realdata.Path(t, filepath.FromSlash(f)))
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		t.Fatal(err)
	}
	if c.scene != "" {
		path := filepath.Join(out, "scene.yaml")
		absolute, err := filepath.Abs(root)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(fmt.Sprintf(c.scene, absolute)), 0o666); err != nil {
			t.Fatal(err)
		}
		inputs = append(inputs, path)
	}
	dir := filepath.Join(out, "package")
	longtake(t, bin, append([]string{"generate", "-o", dir, "--quiet"}, inputs...)...)
	data, err := os.ReadFile(filepath.Join(dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var r report
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	checks, official := checkPackage(t, dir)
	for i, shot := range shots {
		view := c.views[i]
		if len(view) == 0 && i > 0 {
			continue // framed by itself
		}
		for _, size := range []string{"640x360", "1920x1080"} {
			args := append([]string{"render", dir, "--quiet", "--at", "0s", "--quality", "high", "--size", size, "-o", filepath.Join(out, shot+"-"+size+".png")}, view...)
			longtake(t, bin, args...)
		}
	}
	skipped := 0
	for _, s := range r.Skipped {
		skipped += s.Count
	}
	if r.Made["building"] == 0 {
		t.Error("no building was made")
	}
	if t.Failed() {
		checks = "**failed**, see the log"
	}
	return fmt.Sprintf("| %s | %d | %d | %d | %.1f | %d | %s | %s |", c.name, r.Made["building"], r.Made["building triangle"], r.Tiles, float64(r.Bytes)/1e6, skipped, checks, official)
}

// checkPackage runs our checker on all tilesets and the Khronos validator on all glbs,
// and the official 3D Tiles validator where TILES_VALIDATOR names its command.
func checkPackage(t *testing.T, dir string) (checks, official string) {
	var sets, glbs []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir():
		case d.Name() == "tileset.json":
			sets = append(sets, path)
		case filepath.Ext(path) == ".glb":
			glbs = append(glbs, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	issues := 0
	for _, path := range sets {
		list, err := check.Tileset(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range list {
			t.Errorf("%s: %v", path, i)
		}
		issues += len(list)
	}
	for len(glbs) > 0 { // as many at once as node takes easily
		n := min(200, len(glbs))
		khronos.Validate(t, glbs[:n]...)
		glbs = glbs[n:]
	}
	official = "not run"
	if command := os.Getenv("TILES_VALIDATOR"); command != "" {
		official = "passed"
		for _, path := range sets {
			out, err := exec.Command("sh", "-c", command+` --tilesetFile "$0"`, path).CombinedOutput()
			if text := string(out); err != nil || !strings.Contains(text, `"numErrors": 0`) {
				t.Errorf("%s: %v: %s", path, err, text[max(0, len(text)-2000):])
				official = "**failed**"
			}
		}
	}
	return fmt.Sprintf("%d tilesets, %d issues", len(sets), issues), official
}

func longtake(t *testing.T, bin string, args ...string) {
	t.Helper()
	out, err := exec.Command(bin, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("longtake %s: %v: %s", strings.Join(args, " "), err, out)
	}
}
