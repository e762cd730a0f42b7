package verify_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var columns = []string{"city", "buildings", "triangles of buildings", "tiles", "MB", "MB uncompressed", "objects left out",
	"our checker", "Khronos", "3d-tiles-validator", "stands", "cesium", "three", "s"}

// TestPage writes docs/verify.md from what the proofs have left. What has not run says so.
func TestPage(t *testing.T) {
	_, out := settings(t)
	var page strings.Builder
	line := func(cells ...string) { page.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	row := func(n int, name, title string) (seconds float64) {
		r, ok := recorded(t, filepath.Join(out, name))
		if !ok {
			r.Cells = []string{"not run"}
		}
		if ok && !r.Passed && !strings.HasPrefix(r.Cells[0], failed) {
			r.Cells[0] = failed + ": " + r.Cells[0]
		}
		for len(r.Cells) < n {
			r.Cells = append(r.Cells, "")
		}
		line(append(append([]string{title}, r.Cells...), fmt.Sprintf("%.0f", r.Seconds))...)
		return r.Seconds
	}
	total := 0.0
	page.WriteString(pageHead + "## Cities\n")
	line(columns...)
	page.WriteString("|" + strings.Repeat(" --- |", len(columns)) + "\n")
	for _, c := range cities {
		total += row(len(columns)-2, c.name, c.name)
	}
	page.WriteString("\n## Other proofs\n| proof | result | s |\n| --- | --- | --- |\n")
	for _, p := range others {
		total += row(1, p.name, p.title)
	}
	fmt.Fprintf(&page, "\nAll of it takes %.0f minutes.\n%s%s", total/60, pageSentences, pageFoot)
	if err := os.WriteFile(filepath.Join("..", "..", "docs", "verify.md"), []byte(page.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

const pageHead = "# Verified on real cities\n" +
	"`make verify` writes this page. Honolulu is the city, not all of its island, which has ten million trees. Each city is generated twice, with EXT_meshopt_compression and with `--compress none`. " +
	"`geo/tiles/check` and CesiumGS's 3d-tiles-validator look at both, the Khronos glTF validator at every glb that is not compressed. " +
	"CesiumJS and three.js (3DTilesRendererJS) load the compressed package in headless Chromium and may report no error. " +
	"Within 500 m of the street's camera, tiles are read back and what they draw is held against the ground that is drawn with it, at three levels of detail: " +
	"streets and areas on the terrain of their tile (15 cm, a kerb being 12), feet of walls, trees and furniture (15 cm, and twice the error that the level is drawn for), " +
	"vehicles' ways (35 cm), and within 2 km decks above the roads that they cross (3.5 m, of which a hundredth of the places may fall short, where ways part); `standing.txt` tells of each. " +
	"The share says how many of the pixels that they or longtake cover with anything both cover, edges left out, with all layers and with buildings alone. " +
	"`out/verify/CITY` keeps `report.json`, pictures from above, oblique and at street level, by day and by night, and those of the engines beside ours.\n\n"

const pageSentences = `
## Sentences of the proof and their tests
Those of packages run in ` + "`make test`" + `, with the real data beside the repository.

| sentence | test | bounds |
| --- | --- | --- |
| every roof × direction × outline: plan area, no self-intersection, height, footprint | geo/building/roof TestEveryRoof | 17 outlines, each turned twice, × all shapes × 9 directions; areas of triangles, all of them facing up, add up to the outline's within 1e-6, so none lies over another; height within 1e-9 m, 1e-6 m beyond the outline |
| closed, outward | geo/building TestEveryBuilding | 13 plans × all shapes × 5 directions, on the ground and raised: each edge meets its opposite once but at the foot; foot, top and plan area within 1e-6 |
| bridges clear what they cross | geo/street TestBridgesClear, TestBridgeLayers, TestBridgeOverGorge, TestPiersStandClear | what the crossed class needs, ramps no steeper than the class allows; 60 random bridges |
| terrain error against the raster | geo/terrain TestErrorBound, TestErrorBoundOfCurve, TestRealGround | every node of every tile against each level's stated error |
| shared edges bit for bit | geo/terrain TestSharedEdges, stage/generate TestGroundSeams | same vertices between neighbours of a level; of written tiles, same points of the lattice |
| areas and unions against simplefeatures | geo/building TestAgainstSimpleFeatures, geo/clean TestPolygonProperties | footprints of San Francisco and Berlin: areas, what parts cover and leave |
| triangulation | geo/building/outline TestEarcutFixtures | all fixtures of earcut: area within the fixture's own bound |
| heights against 3DBAG and CityJSON | geo/building TestHeightsAgainstMeasured | guessed heights against measured ones, by tables alone and with neighbours |
| nothing floats or sinks | tools/verify TestSampleStands; every city here | as above |
| glTF validator and our checker | stage TestSampleConforms, TestRealCityConforms; every city here | no error, warning or information that is not about extensions |
| killed, the same bytes | stage/generate TestKilled; kills here | 3 and 50 kills |
| nothing is left of scenes | stage TestNothingIsLeftOfScenes; cycles here | objects of GL exactly, goroutines, 1 MiB of heap; 2 and 200 loads of all components |
| 1 % costs at most 5 % | stage/generate TestOneChangeBuildsLittle; one-per-cent here | tiles touched; share of processor time |
`

const pageFoot = "\n## The official validator\n" +
	"`make verify` runs the command that `TILES_VALIDATOR` holds on every tileset. The runs above are of version 0.6.1 of " +
	"<https://github.com/CesiumGS/3d-tiles-validator> under Node 20:\n" +
	"```sh\ngit clone --branch v0.6.1 https://github.com/CesiumGS/3d-tiles-validator && cd 3d-tiles-validator\n" +
	"npm install && npx tsc && cp bin/main build/main\n" +
	"cd ../longtake && TILES_VALIDATOR=\"node $PWD/../3d-tiles-validator/build/main\" make verify\n```\n" +
	"Here it ran with 3d-tiles-tools 0.5.3 and sharp 0.33.5 instead of 0.5.0 and 0.32. Its informations are not counted: they name " +
	"extensions that the glTF validator inside does not know, and texture coordinates without a texture, which longtake's shaders use.\n"
