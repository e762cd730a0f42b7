package tiles

import (
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// pole is a model one metre high.
func pole(name string) []geo.Mesh {
	if name != "pole" {
		return nil
	}
	up := [3]float32{0, 0, 1}
	return []geo.Mesh{{Material: geo.Metal, Positions: [][3]float32{{-0.1, 0, 0}, {0.1, 0, 0}, {0, 0, 1}},
		Normals: [][3]float32{up, up, up}, Colors: [][4]uint8{{9, 9, 9, 255}, {9, 9, 9, 255}, {9, 9, 9, 255}}, Indices: []uint32{0, 1, 2}}}
}

// house is content on a square of the grid, at a height, and the ECEF of its vertices.
func house(g Grid, a Address, height float64) (geo.Content, []mgl64.Vec3) {
	f := g.TileFrame(a)
	lo, hi := g.Square(a)
	m := geo.Mesh{Layer: "city", Material: geo.Roof}
	var want []mgl64.Vec3
	for _, p := range [][2]float64{lo, {hi[0], lo[1]}, hi, {lo[0], hi[1]}} {
		lng, lat := g.Frame.Unplan(p[0], p[1])
		ecef := earth.Place{Lng: lng, Lat: lat, Height: height}.ECEF()
		want = append(want, ecef)
		v := f.ToLocal(ecef)
		m.Positions = append(m.Positions, [3]float32{float32(v[0]), float32(v[1]), float32(v[2])})
		m.Normals = append(m.Normals, [3]float32{0, 0, 1})
		m.Colors = append(m.Colors, [4]uint8{200, 100, 50, 255})
		m.Features = append(m.Features, 0)
	}
	m.Indices = []uint32{0, 1, 2, 0, 2, 3}
	trees := geo.Instances{Layer: "trees", Model: "pole", Items: []geo.Instance{{Position: m.Positions[0], Scale: 7, Color: [4]uint8{255, 255, 255, 255}}}}
	return geo.Content{Frame: f, Meshes: []geo.Mesh{m}, Instances: []geo.Instances{trees},
		Features: []geo.FeatureRow{{ID: "way/" + a.String(), Class: "building", Height: 3}}}, want
}

func gridAt(p earth.Place, size float64, levels int) Grid {
	return Grid{Frame: earth.FrameAt(p), Min: [2]float64{-size / 2, -size / 2}, Size: size, MaxLevel: levels}
}

// write makes a tileset of the full quadtree but for the levels left out.
func write(t testing.TB, dir string, g Grid, height float64, without ...int) map[Address][]mgl64.Vec3 {
	t.Helper()
	w, err := NewWriter(dir, g, WriterOptions{Models: pole, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	var todo []Address
	for l := 0; l <= g.MaxLevel; l++ {
		skip := false
		for _, x := range without {
			skip = skip || x == l
		}
		for i := 0; !skip && i < 1<<(2*l); i++ {
			todo = append(todo, Address{l, i % (1 << l), i / (1 << l)})
		}
	}
	rand.Shuffle(len(todo), func(i, k int) { todo[i], todo[k] = todo[k], todo[i] })
	want := map[Address][]mgl64.Vec3{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for k := range 4 {
		wg.Go(func() {
			for i := k; i < len(todo); i += 4 {
				c, ecef := house(g, todo[i], height)
				e := 0.0
				if todo[i].Level < g.MaxLevel {
					e = g.Side(todo[i].Level) / 16
				}
				if err := w.Add(todo[i], c, e); err != nil {
					t.Error(err)
				}
				mu.Lock()
				want[todo[i]] = ecef
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return want
}

// What is written stands where it should to a millimetre, at the places where frames are
// hardest, inside the boxes of its tile and of all tiles above.
func TestWriteRead(t *testing.T) {
	for _, p := range []earth.Place{{Lng: 1.52, Lat: 42.5}, {Lng: 180, Lat: -17}, {Lng: 30, Lat: 90}, {Lng: 0, Lat: -90}, {Lng: -179.999, Lat: 65}} {
		for _, h := range []float64{0, -32, 3000} {
			dir := t.TempDir()
			g := gridAt(p, 16000, 3)
			want := write(t, dir, g, h)
			set, err := Open(filepath.Join(dir, "tileset.json"))
			if err != nil {
				t.Fatal(err)
			}
			if set.Count != len(want) || set.Version != "1.1" {
				t.Fatalf("%d tiles, want %d", set.Count, len(want))
			}
			verify(t, set, set.Root, nil, want)
		}
	}
}

func verify(t *testing.T, s *Tileset, tile *Tile, above []Volume, want map[Address][]mgl64.Vec3) {
	t.Helper()
	above = append(above, tile.Volume)
	if len(tile.Content) > 0 {
		contents, err := s.Load(tile)
		if err != nil {
			t.Fatal(err)
		}
		c := contents[0]
		if c.Features[0].ID != "way/"+tile.Address.String() || c.Instances[0].Model != "pole" {
			t.Fatalf("%v: %+v", tile.Address, c.Features)
		}
		for i, v := range c.Meshes[0].Positions {
			got := c.Frame.FromLocal(mgl64.Vec3{float64(v[0]), float64(v[1]), float64(v[2])})
			if d := got.Sub(want[tile.Address][i]).Len(); d > 1e-3 {
				t.Fatalf("%v: vertex %d is %v m off", tile.Address, i, d)
			}
			for _, vol := range above {
				if d := vol.Distance(got); d > 1e-6 {
					t.Fatalf("%v: vertex %d is %v m outside of a box", tile.Address, i, d)
				}
			}
			if d := tile.Content[0].Volume; d != nil && d.Distance(got) > 1e-6 {
				t.Fatalf("%v: outside of its content box", tile.Address)
			}
		}
	}
	for _, c := range tile.Children {
		if c.GeometricError > tile.GeometricError {
			t.Fatalf("%v: error %v above its parent's %v", c.Address, c.GeometricError, tile.GeometricError)
		}
		verify(t, s, c, above, want)
	}
}

func TestLevelsLeftOut(t *testing.T) {
	for _, without := range [][]int{{0}, {0, 1, 2}, {1}, {1, 2}, {0, 2}, {0, 1, 2, 3}} {
		dir := t.TempDir()
		g := gridAt(earth.Place{Lng: 7, Lat: 50}, 4000, 3)
		want := write(t, dir, g, 100, without...)
		set, err := Open(filepath.Join(dir, "tileset.json"))
		if err != nil {
			t.Fatal(err)
		}
		with := 0
		if err := set.Walk(func(tile *Tile) error {
			with += len(tile.Content)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if with != len(want) {
			t.Errorf("without %v: %d contents, want %d", without, with, len(want))
		}
		if len(set.Root.Children) > 4 && without[0] == 0 {
			t.Errorf("without %v: %d children of the root", without, len(set.Root.Children))
		}
		verify(t, set, set.Root, nil, want)
	}
}

func TestSameBytes(t *testing.T) {
	var first map[string]string
	for range 3 {
		dir := t.TempDir()
		write(t, dir, gridAt(earth.Place{Lng: 7, Lat: 50}, 4000, 3), 100, 1)
		files := map[string]string{}
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			rel, _ := filepath.Rel(dir, path)
			files[rel] = string(b)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = files
		}
		if fmt.Sprint(first) != fmt.Sprint(files) {
			t.Fatal("two runs differ")
		}
		for name := range files {
			if strings.HasSuffix(name, ".part") {
				t.Errorf("%s is left", name)
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	g := gridAt(earth.Place{}, 100, 2)
	dir := t.TempDir()
	w, err := NewWriter(dir, g, WriterOptions{Models: pole})
	if err != nil {
		t.Fatal(err)
	}
	c, _ := house(g, Address{1, 0, 0}, 0)
	for _, a := range []Address{{3, 0, 0}, {1, 2, 0}, {1, 0, -1}, {-1, 0, 0}} {
		if w.Add(a, c, 1) == nil {
			t.Errorf("%v is accepted", a)
		}
	}
	if w.Add(Address{1, 0, 0}, c, math.NaN()) == nil {
		t.Error("an error of NaN is accepted")
	}
	if err := w.Add(Address{1, 0, 0}, c, 1); err != nil {
		t.Error(err)
	}
	if w.Add(Address{1, 0, 0}, c, 1) == nil {
		t.Error("a tile is accepted twice")
	}
	if err := w.Add(Address{2, 0, 0}, geo.Content{}, 0); err != nil || w.Len() != 1 {
		t.Errorf("empty content: %v, %d tiles", err, w.Len())
	}
	bad, _ := house(g, Address{2, 1, 1}, 0)
	bad.Meshes[0].Indices[0] = 99
	if w.Add(Address{2, 1, 1}, bad, 0) == nil || w.Len() != 1 {
		t.Errorf("broken content leaves a tile")
	}
	if _, err := os.Stat(filepath.Join(dir, "2", "1", "1.glb")); err == nil {
		t.Error("broken content leaves a file")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "2", "1", "*")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if w.Add(Address{2, 0, 0}, c, 0) == nil {
		t.Error("a closed writer writes")
	}
}

func TestGrid(t *testing.T) {
	g := Grid{Min: [2]float64{-1000, 500}, Size: 3000, MaxLevel: 5}
	for l := range 6 {
		for range 100 {
			x, y := -1000+rand.Float64()*3000, 500+rand.Float64()*3000
			a := g.At(l, x, y)
			lo, hi := g.Square(a)
			if x < lo[0] || x > hi[0] || y < lo[1] || y > hi[1] || !g.Valid(a) {
				t.Fatalf("%v %v is not in %v", x, y, a)
			}
			if l > 0 && g.At(l-1, x, y) != a.Parent() {
				t.Fatalf("%v: parent %v", a, a.Parent())
			}
			for i, c := range a.Children() {
				if c.Parent() != a {
					t.Fatalf("%v: child %d is %v", a, i, c)
				}
			}
		}
	}
	if a := g.At(3, -1e9, 1e300); a != (Address{3, 0, 7}) {
		t.Errorf("far outside: %v", a)
	}
}
