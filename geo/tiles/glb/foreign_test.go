package glb

import (
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/realdata"
)

// files opens the files beside a model.
func files(dir string) Open {
	return func(uri string) ([]byte, error) { return fs.ReadFile(os.DirFS(dir), uri) }
}

func readModel(t *testing.T, path string) *Model {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, err := ReadModel(data, files(filepath.Dir(path)))
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	return m
}

func TestModelsOfOthers(t *testing.T) {
	root := realdata.Path(t, "models")
	n := 0
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); err != nil || (ext != ".glb" && ext != ".gltf") {
			return err
		}
		n++
		m := readModel(t, path)
		if len(m.Parts) == 0 {
			t.Errorf("%s: no parts", path)
		}
		for _, note := range m.Notes {
			if note != "animation" && note != "points or lines" {
				t.Errorf("%s: %s", path, note)
			}
		}
		for _, p := range m.Parts {
			if len(p.Normals) != len(p.Positions) || len(p.UVs) != len(p.Positions) || len(p.Colors) != len(p.Positions) || len(p.Indices) == 0 {
				t.Errorf("%s, %s: uneven part", path, p.Name)
			}
			if agree := facing(p); agree < 0.95 {
				t.Errorf("%s, %s: only %.0f %% of the triangles face along their normals", filepath.Base(path), p.Name, agree*100)
			}
		}
		return nil
	})
	if err != nil || n < 40 {
		t.Errorf("%d models, %v", n, err)
	}
}

// facing is the share of triangles whose winding agrees with the normals' side.
func facing(p Part) float64 {
	good, all := 0, 0
	for i := 0; i < len(p.Indices); i += 3 {
		a, b, c := p.Indices[i], p.Indices[i+1], p.Indices[i+2]
		pa := vec3(p.Positions[a][:])
		n := vec3(p.Positions[b][:]).Sub(pa).Cross(vec3(p.Positions[c][:]).Sub(pa))
		s := vec3(p.Normals[a][:]).Add(vec3(p.Normals[b][:])).Add(vec3(p.Normals[c][:]))
		if n.Len() < 1e-12 || s.Len() < 0.1 {
			continue
		}
		all++
		if n.Dot(s) > 0 {
			good++
		}
	}
	if all == 0 {
		return 1
	}
	return float64(good) / float64(all)
}

func TestModelDetails(t *testing.T) {
	root := realdata.Path(t, "models", "gltf-samples")
	fox := readModel(t, filepath.Join(root, "Fox.glb"))
	if h := fox.Max[2] - fox.Min[2]; h < 60 || h > 100 || fox.Parts[0].Material.Texture == nil {
		t.Errorf("the fox is %v high, from %v to %v", h, fox.Min, fox.Max)
	}
	truck := readModel(t, filepath.Join(root, "CesiumMilkTruck.glb"))
	if h, l := truck.Max[2]-truck.Min[2], truck.Max[1]-truck.Min[1]; math.Abs(float64(h)-2.6) > 0.5 || l < 4 {
		t.Errorf("the truck is %v high and %v long", h, l)
	}
	if len(truck.Parts) != 5 { // three of the body, and the wheels twice
		t.Errorf("%d parts", len(truck.Parts))
	}
	kenney := readModel(t, filepath.Join(root, "..", "kenney-city", "building-small-a.glb"))
	if kenney.Parts[0].Material.Texture == nil {
		t.Error("the external texture is missing")
	}
}

// Batched models that Draco compressed: all of them are read, and lie where their tileset
// says.
func TestBatchedModels(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(realdata.Path(t, "3dtiles", "delaware", "content"), "*.b3dm"))
	if err != nil || len(paths) == 0 {
		t.Fatal(len(paths), err)
	}
	vertices, triangles, features := 0, 0, 0
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		c, err := Read(data, ReadOptions{ToECEF: mgl64.Translate3D(1237929.375, -4795306, 4005629.75)}) // of tileset.json
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		features += len(c.Features)
		for _, m := range c.Meshes {
			vertices, triangles = vertices+len(m.Positions), triangles+len(m.Indices)/3
			if err := check(m); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			g := earth.FromECEF(mgl64.TransformCoordinate(vec3(m.Positions[0][:]), c.Frame.Matrix()))
			const west, south, east, north = -1.31972, 0.68202, -1.31659, 0.68473 // of tileset.json
			if l, b := mgl64.DegToRad(g.Lng), mgl64.DegToRad(g.Lat); l < west || l > east || b < south || b > north || g.Height < -1 || g.Height > 101 {
				t.Errorf("%s lies at %v", path, g)
			}
		}
	}
	t.Logf("%d files, %d vertices, %d triangles, %d features", len(paths), vertices, triangles, features)
}

// The wrapper of 3D Tiles 1.0 around one of our own glbs: batch ids, rows and centre.
func TestBatchTable(t *testing.T) {
	c := randomContent(3)
	c.Instances, c.Features = nil, nil
	c.Meshes = c.Meshes[:1]
	c.Meshes[0].Features = make([]uint32, len(c.Meshes[0].Positions))
	c.Meshes[0].Features[1] = 1
	text, bin, err := splitGLB(encode(t, c, Options{}))
	if err != nil {
		t.Fatal(err)
	}
	inner := joinGLB([]byte(strings.ReplaceAll(string(text), `"_FEATURE_ID_0"`, `   "_BATCHID"  `)), bin)
	feature, table := `{"BATCH_LENGTH":2,"RTC_CENTER":[10,20,30]}  `, `{"id":["a",7],"name":[null,"N"],"height":[1.5,2]}   `
	data := []byte("b3dm")
	for _, n := range []int{1, 28 + len(feature) + len(table) + len(inner), len(feature), 0, len(table), 0} {
		data = append(data, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
	}
	data = append(append(append(data, feature...), table...), inner...)
	got, err := Read(data, ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Features) != 2 || got.Features[0].ID != "a" || got.Features[1].ID != "7" || got.Features[1].Name != "N" || got.Features[0].Height != 1.5 {
		t.Errorf("%+v", got.Features)
	}
	p, q := got.Meshes[0].Positions[0], c.Meshes[0].Positions[0]
	if d := vec3(p[:]).Sub(vec3(q[:])).Sub(mgl64.Vec3{10, 20, 30}).Len(); d > 1e-4 || !slices.Equal(got.Meshes[0].Features, c.Meshes[0].Features) {
		t.Errorf("moved by %v, features %v", d, got.Meshes[0].Features)
	}
}

// Files of the Khronos validator: none may panic, and what is broken in a way that
// touches the geometry is an error.
func TestBrokenFiles(t *testing.T) {
	root := realdata.Path(t, "conformance", "gltf")
	failed := map[string]bool{}
	n := 0
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); err != nil || (ext != ".glb" && ext != ".gltf") {
			return err
		}
		n++
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		_, err = ReadModel(data, files(filepath.Dir(path)))
		_, err2 := Read(data, ReadOptions{ToECEF: mgl64.Ident4(), Open: files(filepath.Dir(path))})
		rel, _ := filepath.Rel(root, path)
		failed[rel] = err != nil && err2 != nil
		if base := filepath.Base(path); strings.HasPrefix(base, "valid") && (err != nil || err2 != nil) {
			t.Errorf("%s is valid: %v, %v", rel, err, err2)
		}
		return nil
	})
	if err != nil || n < 150 {
		t.Errorf("%d files, %v", n, err)
	}
	for _, must := range []string{"glb/empty_file.glb", "glb/truncated_chunk_header.glb", "glb/invalid_version.glb", "glb/no_header.glb",
		"glb/length_mismatch.glb", "glb/invalid_json_chunk.glb", "glb/empty_json_object.glb", "accessor/unknown_type.gltf",
		"asset/1_0_version.gltf"} {
		if got, there := failed[must]; !there || !got {
			t.Errorf("%s: error %v, there %v", must, got, there)
		}
	}
}
