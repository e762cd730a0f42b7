package read

import (
	"os"
	"path/filepath"
	"testing"
)

// TestCityJSONTextures: a face has the mean of the part of a picture that it shows, else
// the colour of its material; null, numbers out of range and pictures that are not there
// do no harm; a feature of a sequence counts in its own lists, a template in the shared.
func TestCityJSONTextures(t *testing.T) {
	needGDAL(t)
	dir := t.TempDir()
	twoTones(t, filepath.Join(dir, "wall.png"))
	const look = `"textures":[{"type":"PNG","image":"wall.png"},{"type":"PNG","image":"../gone.png"}],
"vertices-texture":[[0,0],[1,0],[1,0.5],[0,0.5],[0,1],[1,1]]`
	content := `{"type":"CityJSON","version":"2.0","metadata":{"referenceSystem":"https://www.opengis.net/def/crs/EPSG/0/7415"},
"transform":{"scale":[1,1,1],"translate":[84500,447000,0]},"vertices":[],"CityObjects":{},
"geometry-templates":{"templates":[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2]]],"texture":{"photo":{"values":[[[0,3,2,5]]]}}}],"vertices-templates":[[0,0,0],[9,0,0],[0,9,0]]},
"appearance":{` + look + `}}
{"type":"CityJSONFeature","id":"house","vertices":[[0,0,0],[9,0,0],[9,9,0],[0,9,0],[0,0,5],[9,0,5]],
"appearance":{"materials":[{"name":"m","diffuseColor":[0,1,0]}],"default-theme-texture":"photo",` + look + `},
"CityObjects":{"house":{"type":"Building","geometry":[{"type":"Solid","lod":"2","boundaries":[[[[0,1,5,4]],[[0,1,2,3]],[[3,2,1,0]],[[0,1,4]],[[1,2,5]]]],
"material":{"m":{"value":0}},
"texture":{"other":{"values":[[null,null,null,null,null]]},"photo":{"values":[[[[0,0,1,2,3]],[[0,3,2,5,4]],[[null]],[[1,0,1,2]],[[0,0,1,99]]]]}}}]}}}
{"type":"CityJSONFeature","id":"tree","vertices":[[20,20,0]],"appearance":{"textures":[{"image":"none.png"}],"vertices-texture":[[0,0]]},
"CityObjects":{"tree":{"type":"SolitaryVegetationObject","geometry":[{"type":"GeometryInstance","template":0,"boundaries":[0],"transformationMatrix":[1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]}]}}}
`
	path := filepath.Join(dir, "city.city.jsonl")
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	fs, s, err := collect(t, path, Options{})
	if err != nil || len(fs) != 2 {
		t.Fatal(len(fs), err, s)
	}
	m := byID(fs)
	blue, red, green := [4]uint8{30, 60, 180, 255}, [4]uint8{200, 40, 40, 255}, colorOf([3]float64{0, 1, 0})
	for i, want := range [][4]uint8{blue, red, green, green, green} {
		if got := m["house"].Surfaces[i].Color; got != want {
			t.Errorf("face %d is %v, want %v", i, got, want)
		}
	}
	if got := m["tree"].Surfaces[0].Color; got != red {
		t.Errorf("the template is %v, want %v", got, red)
	}
	if len(s.Notes) == 0 {
		t.Error("the texture that cannot be read is not told")
	}
}
