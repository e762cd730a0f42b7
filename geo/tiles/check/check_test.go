package check

import (
	"encoding/json"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/geo/tiles/check/khronos"
	"github.com/longtake/longtake/geo/tiles/export"
	"github.com/longtake/longtake/internal/realdata"
)

// sample writes a small tileset with everything that ours hold.
func sample(t *testing.T, o tiles.WriterOptions) string {
	t.Helper()
	dir := t.TempDir()
	up := [3]float32{0, 0, 1}
	model := func(name string) []geo.Mesh {
		return []geo.Mesh{{Material: geo.Bark, Positions: [][3]float32{{-0.1, 0, 0}, {0.1, 0, 0}, {0, 0, 1}},
			Normals: [][3]float32{up, up, up}, Colors: [][4]uint8{{9, 9, 9, 255}, {9, 9, 9, 255}, {9, 9, 9, 255}}, Indices: []uint32{0, 1, 2}}}
	}
	g := tiles.Grid{Frame: earth.FrameAt(earth.Place{Lng: 179.99, Lat: 68, Height: -20}), Min: [2]float64{-2000, -2000}, Size: 4000, MaxLevel: 3}
	o.Models, o.Version = model, "test"
	w, err := tiles.NewWriter(dir, g, o)
	if err != nil {
		t.Fatal(err)
	}
	for level := 1; level <= 3; level++ {
		for i := range 1 << (2 * level) {
			a := tiles.Address{Level: level, X: i % (1 << level), Y: i >> level}
			f := g.TileFrame(a)
			s := float32(g.Side(level) / 2)
			m := geo.Mesh{Layer: "ground", Material: geo.Ground}
			for v := range 81 { // a lattice of 9 × 9
				m.Positions = append(m.Positions, [3]float32{s * float32(v%9-4) / 4, s * float32(v/9-4) / 4, float32(v * i % 7)})
				m.Normals = append(m.Normals, up)
				m.Colors = append(m.Colors, [4]uint8{90, uint8(100 + v), 70, 255})
				m.UVs = append(m.UVs, [2]float32{float32(v % 9), float32(v / 9)})
				m.Features = append(m.Features, uint32(v/40%2))
				if v%9 < 8 && v < 72 {
					k := uint32(v)
					m.Indices = append(m.Indices, k, k+1, k+9, k+9, k+1, k+10)
				}
			}
			c := geo.Content{Frame: f, Meshes: []geo.Mesh{m}, Features: []geo.FeatureRow{{ID: "way/1", Class: "grass"}, {ID: "way/2", Name: "Ås"}},
				Instances: []geo.Instances{{Layer: "trees", Model: "tree", Items: []geo.Instance{{Position: m.Positions[2], Scale: 9, Yaw: 1, Feature: 1}}}}}
			if err := w.Add(a, c, math.Ldexp(40, -level)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "tileset.json")
}

// Our own tilesets have no issue of any kind, here and with the Khronos validator.
func TestOwnTilesets(t *testing.T) {
	for _, o := range []tiles.WriterOptions{{}, {Quantize: true}, {Lattice: true}, {Lattice: true, Implicit: true}, {Compress: true}, {Lattice: true, Compress: true, Implicit: true}} {
		path := sample(t, o)
		issues, err := Tileset(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range issues {
			t.Error(i)
		}
		var glbs []string
		if err := filepath.WalkDir(filepath.Dir(path), func(p string, _ fs.DirEntry, err error) error {
			if strings.HasSuffix(p, ".glb") {
				glbs = append(glbs, p)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if len(glbs) != 4+16+64 {
			t.Errorf("%d files", len(glbs))
		}
		if !o.Compress { // which the Khronos validator does not read
			t.Run("khronos", func(t *testing.T) { khronos.Validate(t, glbs...) })
		}
	}
}

// Every planted fault is found.
func TestPlantedFaults(t *testing.T) {
	set := func(where ...any) func(object) {
		return func(o object) {
			var at any = o
			for i, k := range where[:len(where)-1] {
				last := i == len(where)-2
				switch k := k.(type) {
				case string:
					if last {
						at.(object)[k] = where[len(where)-1]
						return
					}
					at = at.(object)[k]
				case int:
					if last {
						at.([]any)[k] = where[len(where)-1]
						return
					}
					at = at.([]any)[k]
				}
			}
		}
	}
	for name, c := range map[string]struct {
		spoil func(object)
		want  string
	}{
		"child error":    {set("root", "children", 0, "geometricError", 1e9), "parent's"},
		"small box":      {set("root", "boundingVolume", "box", []any{0.0, 0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 9.0}), "outside of the volumes"},
		"moved":          {set("root", "children", 1, "transform", 12, 5000.0), "outside of the volumes"},
		"no content":     {set("root", "children", 2, "content", "uri", "none.glb"), "no such file"},
		"content volume": {set("root", "children", 2, "content", "boundingVolume", object{"sphere": []any{0.0, 0.0, 0.0, 1e5}}), "out of the tile's"},
		"class":          {set("root", "metadata", "class", "x"), "no class"},
		"property":       {set("root", "metadata", "properties", object{"x": 1.0}), "not a property"},
		"schema":         {set("schema", nil), "must be an object"},
		"refine":         {set("root", "refine", "BOTH"), "ADD or REPLACE"},
	} {
		path := sample(t, tiles.WriterOptions{})
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var doc object
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		c.spoil(doc)
		data, _ = json.Marshal(doc)
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		issues, err := Tileset(path)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, i := range Errors(issues) {
			found = found || strings.Contains(i.Message, c.want)
		}
		if !found {
			t.Errorf("%s: %q is not among %v", name, c.want, issues)
		}
	}
}

// Faults in the features of a glb, planted in its JSON.
func TestPlantedFeatureFaults(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(filepath.Dir(sample(t, tiles.WriterOptions{})), "1", "0", "0.glb"))
	if err != nil {
		t.Fatal(err)
	}
	if issues := GLB(data); len(issues) != 0 {
		t.Fatal(issues)
	}
	for _, c := range [][3]string{
		{`"class":"feature","count":2`, `"class":"feature","count":1`, "is feature 1 of 1"},
		{`"class":"feature","count":2`, `"class":"feature","count":9`, "9 strings need"},
		{`"class":"feature"`, `"class":"featurE"`, "no class"},
		{`"featureCount":2`, `"featureCount":7`, "different ids"},
		{`"propertyTable":0`, `"propertyTable":5`, "of 1 property tables"},
		{`"_FEATURE_ID_0":`, `"_FEATURE_ID_1":`, "no attribute"},
		{`"TRANSLATION":`, `"TRANSLATIOM":`, "begin with _"},
		{`"type":"STRING"`, `"type":"STRONG"`, "not a type"},
	} {
		spoilt := strings.Replace(string(data), c[0], c[1], 1)
		if spoilt == string(data) || len(spoilt) != len(data) {
			t.Fatalf("%s is not in the file", c[0])
		}
		found := false
		issues := GLB([]byte(spoilt))
		for _, i := range issues {
			found = found || strings.Contains(i.Message, c[2])
		}
		if !found {
			t.Errorf("%s: %q is not among %v", c[1], c[2], issues)
		}
	}
}

// Faults in compressed buffer views.
func TestPlantedCompressionFaults(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(filepath.Dir(sample(t, tiles.WriterOptions{Compress: true})), "1", "0", "0.glb"))
	if err != nil {
		t.Fatal(err)
	}
	if issues := GLB(data); len(issues) != 0 {
		t.Fatal(issues)
	}
	for _, c := range [][3]string{
		{`"mode":"TRIANGLES"`, `"mode":"TRIANGLEZ"`, "is none"},
		{`"mode":"ATTRIBUTES"`, `"mode":"INDICES"   `, "indices of 8 bytes"},
		{`"byteStride":8,"target"`, `"byteStride":4,"target"`, "where the view has 4"},
		{`"byteStride":8,"count":81`, `"byteStride":8,"count":82`, "82 elements of 8 bytes"},
		{"\xa0", "\xa7", "no stream of attributes"},
	} {
		spoilt := strings.Replace(string(data), c[0], c[1], 1)
		if spoilt == string(data) || len(spoilt) != len(data) {
			t.Fatalf("%s is not in the file", c[0])
		}
		found := false
		issues := GLB([]byte(spoilt))
		for _, i := range issues {
			found = found || strings.Contains(i.Message, c[2])
		}
		if !found {
			t.Errorf("%s: %q is not among %v", c[1], c[2], issues)
		}
	}
}

// notCovered are the faulty tilesets whose fault is of a kind that the package leaves
// alone (see its comment).
var notCovered = map[string]string{
	"extrasUnexpectedType.json":                             "extras may be anything",
	"statisticsClassesMinPropertiesMismatch.json":           "statistics",
	"statisticsClassesPropertiesMinPropertiesMismatch.json": "statistics",
	"statisticsClassesPropertiesPropertyNameInvalid.json":   "statistics",
}

// sound are the tilesets that are right though their names do not begin with "valid".
var sound = map[string]bool{
	"implicitTilingValid.json": true, "tileContentBoundingVolumeWithTransform.json": true,
	"tilesetWithMultipleExternalA.json": true, "tilesetWithMultipleExternalA0.json": true,
	"tilesetWithMultipleExternalA1.json": true, "tilesetWithMultipleExternalB.json": true,
	"extensionNotNecessary_1_1_glTF.json":    true, // it does not list it
	"tileRefineMissingInRootOfExternal.json": true, // the file above says it
}

// notTilesets are schemas that the others refer to.
var notTilesets = map[string]bool{"customSemanticsSchema.json": true}

// contentFaults are sound tilesets around broken contents, or contents elsewhere than
// their volume says.
var contentFaults = map[string]bool{
	"validTilesetWithExternalValidTilesetWithValidB3dmWithInvalidGlb.json": true, "validTilesetWithGlbWithErrors.json": true,
	"validTilesetWithGltfWithErrors.json": true, "validTilesetWithIB3dmWithInvalidAlignment.json": true,
	"validTilesetWithValidB3dm.json": true, "validTilesetWithValidB3dmWithInvalidGlb.json": true, "validTilesetWithInvalidB3dm.json": true,
	"validTilesetWithInvalidI3dm.json": true, "validTilesetWithInvalidPnts.json": true, "validTilesetWithValidCmptWithGlbInfo.json": true,
	"implicitTilingValid.json": true, // its subtrees are not there
}

// TestArchive: an archive is checked as the folder that it was made of.
func TestArchive(t *testing.T) {
	dir := filepath.Dir(sample(t, tiles.WriterOptions{Compress: true}))
	pack := func() (list []Issue) {
		file := filepath.Join(t.TempDir(), "a.3tz")
		f, err := os.Create(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := export.Archive(f, dir, false); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if list, err = Tileset(file); err != nil {
			t.Fatal(err)
		}
		return list
	}
	if list := pack(); len(list) > 0 {
		t.Errorf("whole: %v", list)
	}
	glbs, err := filepath.Glob(filepath.Join(dir, "*", "*", "*.glb"))
	if err != nil || len(glbs) == 0 {
		t.Fatal("no tiles", err)
	}
	if err := os.WriteFile(glbs[0], []byte("no glb"), 0o666); err != nil {
		t.Fatal(err)
	}
	name, _ := filepath.Rel(dir, glbs[0])
	if list := Errors(pack()); len(list) == 0 || list[0].Path != filepath.ToSlash(name) {
		t.Errorf("a broken tile: %v", list)
	}
	none := filepath.Join(t.TempDir(), "none.3tz")
	if err := os.WriteFile(none, []byte("no archive"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Tileset(none); err == nil || !strings.Contains(err.Error(), none) {
		t.Errorf("no archive: %v", err)
	}
}

// The cases of the official validator: every fault is found, and nothing in what is
// right. Values of metadata against ranges and enums are not looked at.
func TestConformance(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(realdata.Path(t, "conformance", "3dtiles"), "*.json"))
	if err != nil || len(paths) < 140 {
		t.Fatal(len(paths), err)
	}
	for _, p := range paths {
		name := filepath.Base(p)
		if strings.HasPrefix(name, "tilesetMetadataEntityProperty") || notTilesets[name] {
			continue
		}
		issues, err := Tileset(p)
		if err != nil {
			t.Error(err)
			continue
		}
		faulty := !strings.HasPrefix(name, "valid") && !sound[name] || contentFaults[name]
		switch {
		case faulty && len(issues) == 0 && notCovered[name] == "":
			t.Errorf("%s: nothing is found", name)
		case faulty && len(issues) > 0 && notCovered[name] != "":
			t.Errorf("%s is covered now: %v", name, issues)
		case !faulty && len(Errors(issues)) > 0:
			t.Errorf("%s is sound: %v", name, Errors(issues))
		}
	}
}

func FuzzTileset(f *testing.F) {
	f.Add([]byte(`{"asset":{"version":"1.1"},"geometricError":9,"root":{"boundingVolume":{"box":[0,0,0,1,0,0,0,1,0,0,0,1]},"geometricError":5,"refine":"ADD","content":{"uri":"x.json"}}}`))
	f.Add([]byte(`{"asset":{"version":"1.0"},"schema":{"id":"a","classes":{"b":{"properties":{"c":{"type":"STRING"}}}}},"metadata":{"class":"b"},"root":{"implicitTiling":{}}}`))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		p := filepath.Join(dir, "tileset.json")
		if err := os.WriteFile(p, data, 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := Tileset(p); err != nil {
			t.Fatal(err)
		}
		GLB(data)
	})
}

// What of a content is left out is a warning, and the rest of it is checked.
func TestWhatIsLeftOutIsTold(t *testing.T) {
	const tile = `{"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],
		"buffers":[{"byteLength":36,"uri":"data:application/octet-stream;base64,AAAAAAAAAAAAAAAAAACAPwAAAAAAAAAAAAAAAAAAgD8AAAAA"}],
		"bufferViews":[{"buffer":0,"byteLength":36}],"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3"}],
		"meshes":[{"primitives":[{"attributes":{"POSITION":0},"material":0}]}],
		"materials":[{"name":"pane","extensions":{"KHR_materials_transmission":{"transmissionFactor":7}}}]}`
	const set = `{"asset":{"version":"1.1"},"geometricError":1,"root":{"geometricError":0,"refine":"ADD","boundingVolume":{"sphere":[0,0,0,9]},
		"transform":[1,0,0,0,0,1,0,0,0,0,1,0,6378137,0,0,1],"content":{"uri":"tile.gltf"}}}`
	dir := t.TempDir()
	for name, text := range map[string]string{"tileset.json": set, "tile.gltf": tile} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	issues, err := Tileset(filepath.Join(dir, "tileset.json"))
	if err != nil || len(issues) != 1 || issues[0].Severity != Warning || !strings.Contains(issues[0].Message, "transmissionFactor is 7, not from 0 to 1") {
		t.Errorf("%v, %v", issues, err)
	}
}

// Regions nest as they are, not as the boxes that stand for them, over the antimeridian too.
func TestRegionsNest(t *testing.T) {
	degree := math.Pi / 180
	at := func(west, south, east, north, low, high float64) [6]float64 {
		return [6]float64{west * degree, south * degree, east * degree, north * degree, low, high}
	}
	of := at(170, 40, -170, 60, 0, 100)
	for _, c := range []struct {
		in   [6]float64
		want float64
	}{
		{at(170, 40, 180, 50, 0, 100), 0}, {at(-180, 50, -170, 60, 10, 20), 0}, {of, 0},
		{at(175, 45, -175, 55, -3, 100), 3}, {at(175, 45, -175, 55, 0, 107), 7},
		{at(175, 39.9, -175, 55, 0, 1), 11132}, {at(169.9, 60, 175, 60, 0, 1), 5566}, {at(175, 60, -169.9, 60, 0, 1), 5566},
	} {
		if got := outsideRegion(c.in, of); math.Abs(math.Max(got, 0)-c.want) > c.want/200+1e-6 {
			t.Errorf("%v reaches %.1f m out, not %.1f", c.in, got, c.want)
		}
	}
	if got := outsideRegion(at(-180, -90, 180, 90, 0, 1), at(-180, -90, 180, 90, 0, 1)); got > 0 {
		t.Errorf("the Earth reaches %g m out of itself", got)
	}
}
