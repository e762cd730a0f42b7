package generate

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// The ground of a city model is a part of what all that stands on it is made of, also where
// that comes from another source: a hill that grows is there in the next run.
func TestModelGroundIsNamed(t *testing.T) {
	if _, err := exec.LookPath("gdaltransform"); err != nil {
		t.Skip("GDAL is not here")
	}
	dir, parts := t.TempDir(), t.TempDir()
	model := func(hill int) {
		write(t, filepath.Join(dir, "model.city.json"), fmt.Sprintf(`{"type":"CityJSON","version":"2.0",
"metadata":{"referenceSystem":"https://www.opengis.net/def/crs/EPSG/0/4979"},"transform":{"scale":[1e-5,1e-5,1],"translate":[4,52,0]},
"CityObjects":{
"hill":{"type":"TINRelief","geometry":[{"type":"CompositeSurface","lod":"1","boundaries":[[[0,1,4]],[[1,2,4]],[[2,3,4]],[[3,0,4]]]}]},
"house":{"type":"Building","geometry":[{"type":"MultiSurface","lod":"1","boundaries":[[[5,8,7,6]],[[9,10,11,12]]]}]}},
"vertices":[[0,0,2],[400,0,2],[400,400,2],[0,400,2],[200,200,%d],[20,20,2],[30,20,2],[30,30,2],[20,30,2],[20,20,9],[30,20,9],[30,30,9],[20,30,9]]}`, hill))
	}
	write(t, filepath.Join(dir, "streets.geojson"), `{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"properties":{"highway":"residential"},
"geometry":{"type":"LineString","coordinates":[[4.0004,52.0003],[4.0036,52.0038]]}}]}`)
	write(t, filepath.Join(dir, "scene.yaml"), `longtake: 1
name: Hill
sources:
  model: { type: vector, path: model.city.json }
  streets: { type: vector, path: streets.geojson }
layers:
  - { id: houses, type: buildings, source: model }
  - { id: roads, type: roads, source: streets }
`)
	load := func() *scene.Document {
		doc, err := scene.Load(filepath.Join(dir, "scene.yaml"), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	model(3)
	first, _ := run(t, load(), Options{Parts: parts})
	model(30)
	second, _ := run(t, load(), Options{Parts: parts})
	clean, _ := run(t, load(), Options{})
	if d := differ(contents(t, clean), contents(t, second)); len(d) > 0 {
		t.Errorf("other bytes than from nothing in %v", d)
	}
	if was, is := contents(t, first)[GroundFile], contents(t, clean)[GroundFile]; was == is {
		t.Error("the hill is not in the ground")
	}
}
