package verify_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rowFile keeps the cells of a row, so that the page can be written after any part of the
// proofs has run again.
const rowFile = "row.json"

var columns = []string{"city", "buildings", "triangles of buildings", "tiles", "MB", "MB uncompressed", "objects left out",
	"our checker", "Khronos", "3d-tiles-validator", "cesium", "three"}

// keep writes the cells of a row.
func keep(t *testing.T, path string, cells []string) {
	data, err := json.Marshal(cells)
	if err == nil {
		if err = os.MkdirAll(filepath.Dir(path), 0o777); err == nil {
			err = os.WriteFile(path, data, 0o666)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestPage writes docs/verify.md from what the proofs have left. What has never run on
// this machine says so.
func TestPage(t *testing.T) {
	_, out := settings(t)
	var page strings.Builder
	page.WriteString(pageHead)
	line := func(cells []string) { page.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	rows := func(n int, names []string) {
		for _, name := range names {
			cells := []string{name, "not run"}
			if data, err := os.ReadFile(filepath.Join(out, name, rowFile)); err == nil {
				if err := json.Unmarshal(data, &cells); err != nil {
					t.Fatal(err)
				}
			}
			for len(cells) < n {
				cells = append(cells, "")
			}
			line(cells)
		}
	}
	page.WriteString("## Cities\n")
	line(columns)
	page.WriteString("|" + strings.Repeat(" --- |", len(columns)) + "\n")
	names := make([]string, len(cities))
	for i, c := range cities {
		names[i] = c.name
	}
	rows(len(columns), names)
	page.WriteString("\n## Other proofs\n| proof | result |\n| --- | --- |\n")
	rows(2, others)
	page.WriteString(pageFoot)
	if err := os.WriteFile(filepath.Join("..", "..", "docs", "verify.md"), []byte(page.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

const pageHead = "# Verified on real cities\n" +
	"`make verify` writes this page. Each city is generated twice, with EXT_meshopt_compression and with `--compress none`. " +
	"`geo/tiles/check` and CesiumGS's 3d-tiles-validator look at both, the Khronos glTF validator at every glb that is not compressed. " +
	"CesiumJS and three.js (3DTilesRendererJS) load the compressed package in headless Chromium and may report no error. " +
	"The share says how many of the pixels that they or longtake cover with anything both cover, edges left out, with all layers and with buildings alone. " +
	"`out/verify/CITY` keeps `report.json`, pictures from above, oblique and at street level, and those of the engines beside ours.\n\n"

const pageFoot = "\n## The official validator\n" +
	"`make verify` runs the command that `TILES_VALIDATOR` holds on every tileset. The runs above are of version 0.6.1 of " +
	"<https://github.com/CesiumGS/3d-tiles-validator> under Node 20:\n" +
	"```sh\ngit clone --branch v0.6.1 https://github.com/CesiumGS/3d-tiles-validator && cd 3d-tiles-validator\n" +
	"npm install && npx tsc && cp bin/main build/main\n" +
	"cd ../longtake && TILES_VALIDATOR=\"node $PWD/../3d-tiles-validator/build/main\" make verify\n```\n" +
	"Here it ran with 3d-tiles-tools 0.5.3 and sharp 0.33.5 instead of 0.5.0 and 0.32. Its informations are not counted: they name " +
	"extensions that the glTF validator inside does not know, and texture coordinates without a texture, which longtake's shaders use.\n"
