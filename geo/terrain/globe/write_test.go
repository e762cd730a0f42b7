package globe

import (
	"bytes"
	"context"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/geo/tiles/check"
	"github.com/longtake/longtake/internal/realdata"
)

type ridge struct{}

func (ridge) HeightAt(lng, lat float64) (float64, bool) {
	p := earth.Place{Lng: lng, Lat: lat}.Up()
	return 4000 * math.Sin(8*p[0]) * math.Cos(6*p[1]) * math.Cos(5*p[2]), true
}

// TestWholeEarth reads the tileset back with the reader of all tilesets: every level is
// closed around the globe, the poles and the antimeridian included.
func TestWholeEarth(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "globe")
	if err := Write(context.Background(), dir, ridge{}, Options{MaxLevel: 2, Samples: 32, Layer: "ground"}); err != nil {
		t.Fatal(err)
	}
	levels := closed(t, dir, ridge{}, 3)
	if want := []int{2, 8, 32}; levels[0] != want[0] || levels[1] != want[1] || levels[2] != want[2] {
		t.Errorf("%v tiles by level", levels)
	}
	if err := Write(context.Background(), dir, ridge{}, Options{MaxLevel: 1}); err == nil {
		t.Error("wrote over a globe")
	}
	for _, o := range []Options{{MaxLevel: MaxLevel + 1}, {Samples: 1}, {Sharpness: math.Inf(1)}, {Unknown: math.NaN()}} {
		if err := Write(context.Background(), filepath.Join(t.TempDir(), "x"), ridge{}, o); err == nil {
			t.Errorf("%+v accepted", o)
		}
	}
}

// closed checks every tile of a globe and counts them by level. The solid angle of a
// level's triangles, skirts left out, is that of a sphere: nothing is missing or twice
// there.
func closed(t *testing.T, dir string, e geo.Elevation, depth int) []int {
	t.Helper()
	set, err := tiles.Open(filepath.Join(dir, "tileset.json"))
	if err != nil {
		t.Fatal(err)
	}
	counts, angles, worst := make([]int, depth), make([]float64, depth), make([]float64, depth)
	var visit func(tile *tiles.Tile, level int)
	visit = func(tile *tiles.Tile, level int) {
		if level >= 0 {
			contents, err := set.Load(tile)
			if err != nil {
				t.Fatal(err)
			}
			counts[level]++
			for _, c := range contents {
				for _, m := range c.Meshes {
					for k := 0; k < len(m.Indices); k += 3 {
						var p [3]earth.Place
						var dirs [3][3]float64
						for i, v := range m.Indices[k : k+3] {
							q := m.Positions[v]
							at := c.Frame.FromLocal([3]float64{float64(q[0]), float64(q[1]), float64(q[2])})
							p[i] = c.Frame.Place([3]float64{float64(q[0]), float64(q[1]), float64(q[2])})
							dirs[i] = at.Normalize()
						}
						angles[level] += solidAngle(dirs)
						if want, _ := e.HeightAt(p[0].Lng, p[0].Lat); math.Abs(p[0].Lat) < 80 && p[0].Height > want {
							worst[level] = max(worst[level], p[0].Height-want)
						}
					}
				}
			}
		}
		for _, c := range tile.Children {
			visit(c, level+1)
		}
	}
	visit(set.Root, -1)
	for l, a := range angles {
		if math.Abs(a-4*math.Pi) > 1e-3 {
			t.Errorf("level %d covers %.6f of the sphere", l, a/4/math.Pi)
		}
	}
	t.Logf("highest above the elevation by level: %.0f m", worst)
	return counts
}

// solidAngle of a triangle seen from the Earth's middle (Van Oosterom and Strackee 1983).
func solidAngle(d [3][3]float64) float64 {
	dot := func(a, b [3]float64) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }
	a, b, c := d[0], d[1], d[2]
	volume := a[0]*(b[1]*c[2]-b[2]*c[1]) - a[1]*(b[0]*c[2]-b[2]*c[0]) + a[2]*(b[0]*c[1]-b[1]*c[0])
	return 2 * math.Atan2(volume, 1+dot(a, b)+dot(b, c)+dot(c, a))
}

func TestDeterministic(t *testing.T) {
	a, b := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	for _, dir := range []string{a, b} {
		if err := Write(context.Background(), dir, ridge{}, Options{MaxLevel: 1, Quantize: true}); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	err := filepath.WalkDir(a, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		n++
		name, _ := filepath.Rel(a, path)
		p, _ := os.ReadFile(path)
		q, err := os.ReadFile(filepath.Join(b, name))
		if !bytes.Equal(p, q) {
			t.Errorf("%s differs", name)
		}
		return err
	})
	if err != nil || n != 11 {
		t.Errorf("%d files, %v", n, err)
	}
}

// TestWorldRaster makes a globe of a picture of the Earth's relief, 20 m a grey level.
func TestWorldRaster(t *testing.T) {
	g, err := raster.Open(context.Background(), realdata.Path(t, "textures", "earth-topology.png"),
		raster.Options{Decode: raster.Grey, Scale: 20, Datum: raster.Local, Bounds: &geo.Bound{West: -180, South: -90, East: 180, North: 90}})
	if err != nil {
		t.Fatal(err)
	}
	e := raster.Mosaic(g)
	dir := filepath.Join(t.TempDir(), "globe")
	if err := Write(context.Background(), dir, e, Options{MaxLevel: 3, Layer: "ground"}); err != nil {
		t.Fatal(err)
	}
	if n := closed(t, dir, e, 4); n[3] != 128 {
		t.Errorf("%v tiles", n)
	}
}

// TestRefined: tiles are divided only where finer data is; what is drawn still closes the globe, and
// a level that would be too many tiles is not begun.
func TestRefined(t *testing.T) {
	near := func(_ int, b geo.Bound) float64 {
		if b.West < 18.4 && b.East > 18.4 && b.South < -33.9 && b.North > -33.9 {
			return 30
		}
		return 0
	}
	o := Options{MaxLevel: 9, Samples: 16, Layer: "ground", Refine: near, Compress: true}
	told := 0
	o.Progress = func(done, total int) {
		if told++; done != told || total < done {
			t.Errorf("%d of %d after %d", done, total, told)
		}
	}
	dir := filepath.Join(t.TempDir(), "globe")
	if err := Write(context.Background(), dir, ridge{}, o); err != nil {
		t.Fatal(err)
	}
	set, err := tiles.Open(filepath.Join(dir, "tileset.json"))
	if err != nil {
		t.Fatal(err)
	}
	if issues, err := check.Tileset(filepath.Join(dir, "tileset.json")); err != nil || len(issues) > 0 {
		t.Error(issues, err)
	}
	leaves, n, deepest := 0.0, 0, 0
	var visit func(tile *tiles.Tile, level int)
	visit = func(tile *tiles.Tile, level int) {
		deepest = max(deepest, level)
		if level >= 0 {
			n++
		}
		if len(tile.Children) == 0 {
			leaves += 1 / float64(int(2)<<(2*level))
			if tile.GeometricError != 0 {
				t.Errorf("a leaf of level %d has error %g", level, tile.GeometricError)
			}
		}
		for _, c := range tile.Children {
			visit(c, level+1)
		}
	}
	visit(set.Root, -1)
	if leaves != 1 || deepest != 9 || n > 2+16*9 || n != told {
		t.Errorf("leaves are %g of the globe, level %d, %d tiles", leaves, deepest, n)
	}
	all := Options{MaxLevel: MaxLevel}
	if got := all.Finest(); got != 7 {
		t.Errorf("the whole Earth is made to level %d", got)
	}
}

// TestDepthFollowsData: around finer data tiles go on where those of the whole Earth's end, and
// what ends early is told; fine data that would be too many tiles end, too, and not at the cost
// of all others.
func TestDepthFollowsData(t *testing.T) {
	within := func(b geo.Bound, side float64) bool {
		return b.West < 18+side && b.East > 18 && b.South < -33 && b.North > -33-side
	}
	for _, c := range []struct {
		side float64 // degrees of the fine data
		ends []End
	}{
		{0.2, []End{{500, 7}}},
		{40, []End{{10, 9}, {500, 7}}},
	} {
		o := Options{MaxLevel: 12, Refine: func(level int, b geo.Bound) float64 {
			switch {
			case within(b, c.side):
				return 10
			case level < 9:
				return 500
			}
			return 0
		}}
		levels, ends := o.levels()
		want := 12
		if c.ends[0].Cell == 10 {
			want = c.ends[0].Level
		}
		if got := o.Finest(); got != want || !slices.Equal(ends, c.ends) {
			t.Errorf("%g°: to level %d, ends %v", c.side, got, ends)
		}
		total := 0
		for level, tiles := range levels {
			total += len(tiles)
			if level <= 7 && len(tiles) != 2<<(2*level) {
				t.Errorf("%g°: %d tiles of level %d", c.side, len(tiles), level)
			}
		}
		if total > 2*MaxTiles {
			t.Errorf("%g°: %d tiles", c.side, total)
		}
	}
}
