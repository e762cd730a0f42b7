package export

import (
	"bytes"
	"cmp"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/geo/tiles/check"
	"github.com/longtake/longtake/geo/tiles/glb"
)

func pole(string) []geo.Mesh {
	up := [3]float32{0, 0, 1}
	return []geo.Mesh{{Material: geo.Metal, Positions: [][3]float32{{-0.1, 0, 0}, {0.1, 0, 0}, {0, 0, 1}},
		Normals: [][3]float32{up, up, up}, Colors: make([][4]uint8, 3), Indices: []uint32{0, 1, 2}}}
}

var origin = earth.Place{Lng: 7, Lat: 50, Height: 40}

// floor is a layer's part as indoor storeys are.
const floor = "house#2"

// city writes a tileset of three levels: one square patch a tile and a pole in its middle.
func city(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	g := tiles.Grid{Frame: earth.FrameAt(origin), Min: [2]float64{-2000, -2000}, Size: 4000, MaxLevel: 2}
	w, err := tiles.NewWriter(dir, g, tiles.WriterOptions{Models: pole, Lattice: true, Compress: true})
	if err != nil {
		t.Fatal(err)
	}
	for level := range 3 {
		for i := range 1 << (2 * level) {
			a := tiles.Address{Level: level, X: i % (1 << level), Y: i >> level}
			lo, hi := g.Square(a)
			frame := g.TileFrame(a)
			m := geo.Mesh{Layer: "ground", Material: geo.Ground}
			for k := range 121 {
				x, y := lo[0]+(hi[0]-lo[0])*float64(k%11)/10, lo[1]+(hi[1]-lo[1])*float64(k/11)/10
				lng, lat := g.Frame.Unplan(x, y)
				v := frame.Local(earth.Place{Lng: lng, Lat: lat, Height: 40})
				m.Positions = append(m.Positions, [3]float32{float32(v[0]), float32(v[1]), float32(v[2])})
				m.Normals = append(m.Normals, [3]float32{0, 0, 1})
				m.Colors = append(m.Colors, [4]uint8{90, 120, 60, 255})
				m.Features = append(m.Features, 0)
				if k%11 < 10 && k < 110 {
					v := uint32(k)
					m.Indices = append(m.Indices, v, v+1, v+11, v+11, v+1, v+12)
				}
			}
			storey := m
			storey.Layer, storey.Indices = floor, m.Indices[:3]
			c := geo.Content{Frame: frame, Meshes: []geo.Mesh{m, storey}, Features: []geo.FeatureRow{{ID: "tile/" + a.String()}},
				Instances: []geo.Instances{{Layer: "poles", Model: "pole", Items: []geo.Instance{{Position: m.Positions[60], Scale: 9}}}}}
			switch i % 3 { // columns come and go
			case 0:
				c.Attributes = []geo.Attribute{{Name: "flood", Kind: geo.BooleanAttribute}, {Name: "use"}}
				c.Features[0].Values = []string{"true", "field"}
			case 1:
				c.Attributes, c.Features[0].Values = []geo.Attribute{{Name: "use"}}, []string{"wood"}
			}
			if err := w.Add(a, c, float64(10*(2-level))); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestGLB(t *testing.T) {
	set, err := tiles.Open(filepath.Join(city(t), "tileset.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		o                Options
		triangles, poles int
	}{
		{Options{Models: pole}, 16 * 201, 16}, {Options{Models: pole, Error: 10}, 4 * 201, 4}, {Options{Models: pole, Error: 99, Compress: true}, 201, 1},
		{Options{Models: pole, Layers: []string{"ground"}}, 16 * 200, 0}, {Options{Models: pole, Layers: []string{"house"}}, 16, 0},
	} {
		var b bytes.Buffer
		n, err := GLB(&b, []*tiles.Tileset{set}, origin, c.o)
		if err != nil || n != c.triangles {
			t.Fatalf("%+v: %d triangles, %v", c.o, n, err)
		}
		got, err := glb.Read(b.Bytes(), glb.ReadOptions{})
		if err != nil || len(got.Meshes) != 2-len(c.o.Layers)+c.poles || len(got.Features) != cmp.Or(c.triangles/200, c.triangles) {
			t.Fatalf("%d meshes, %d rows, %v", len(got.Meshes), len(got.Features), err)
		}
		kept := map[string]int{}
		for k, a := range got.Attributes {
			for i := range got.Features {
				kept[a.Name+"="+got.Features[i].Value(k)]++
			}
		}
		if n := len(got.Features); n == 16 && (kept["flood=true"] != 6 || kept["flood="] != 10 || kept["use=field"] != 6 || kept["use=wood"] != 5) {
			t.Fatalf("values %v", kept)
		}
		for _, it := range []string{`"name":"tile/2/3/1"`, `"extras":{"feature":`} { // of the pole in the middle of a tile
			if bytes.Contains(b.Bytes(), []byte(it)) != (c.poles == 16 || c.poles > 0 && it == `"extras":{"feature":`) {
				t.Errorf("%+v: nodes of instances and %s", c.o, it)
			}
		}
		low, high := math.Inf(1), math.Inf(-1)
		for _, m := range got.Meshes {
			if m.Layer != "ground" {
				continue
			}
			for _, p := range m.Positions {
				low, high = math.Min(low, float64(p[0])), math.Max(high, float64(p[0]))
				drop := (float64(p[0])*float64(p[0]) + float64(p[1])*float64(p[1])) / 2 / earth.A
				if math.Abs(float64(p[2])+drop) > 0.02 {
					t.Fatalf("a vertex stands at %v, the ground is %v lower than the plane", p, drop)
				}
			}
		}
		if c.triangles > 16 && math.Abs(low+2000) > 0.2 || c.triangles > 16 && math.Abs(high-2000) > 0.2 {
			t.Errorf("from %v to %v", low, high)
		}
	}
	if _, err := GLB(new(bytes.Buffer), []*tiles.Tileset{set}, origin, Options{Layers: []string{"none"}}); err == nil {
		t.Error("a glb of nothing")
	}
}

func TestFolderAndArchive(t *testing.T) {
	dir := city(t)
	for _, decompress := range []bool{false, true} {
		to := t.TempDir()
		n, _, err := Folder(dir, to, decompress)
		if err != nil || n != 22 {
			t.Fatal(n, err)
		}
		issues, err := check.Tileset(filepath.Join(to, "tileset.json"))
		if err != nil || len(issues) > 0 {
			t.Error(issues, err)
		}
		data, err := os.ReadFile(filepath.Join(to, "1", "0", "1.glb"))
		if err != nil || bytes.Contains(data, []byte("meshopt")) == decompress {
			t.Errorf("decompressed: %v, %v", decompress, err)
		}
	}
	path := filepath.Join(t.TempDir(), "city.3tz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	n, err := Archive(f, dir, false)
	if e := f.Close(); err != nil || e != nil || n != 22 {
		t.Fatal(n, err, e)
	}
	set, err := tiles.Open(path)
	if err != nil || set.Count != 21 {
		t.Fatal(err)
	}
	contents, err := set.Load(set.Root.Children[3])
	if err != nil || contents[0].Features[0].ID != "tile/1/1/1" {
		t.Errorf("%v %v", contents, err)
	}
}
