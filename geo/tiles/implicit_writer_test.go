package tiles

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo/earth"
)

// An implicit tileset holds what an explicit one does, where it should, also at the poles
// and the antimeridian.
func TestImplicitWriter(t *testing.T) {
	for _, p := range []earth.Place{{Lng: 1.52, Lat: 42.5}, {Lng: 180, Lat: -17}, {Lng: 30, Lat: 90}, {Lng: 0, Lat: -90}} {
		dir := t.TempDir()
		g := gridAt(p, 64000, 6)
		w, err := NewWriter(dir, g, WriterOptions{Models: pole, Version: "test", Implicit: true, Compress: true})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string][]mgl64.Vec3{}
		for level, step := range map[int]int{0: 1, 3: 3, 5: 7, 6: 13} {
			for i := 0; i < 1<<(2*level); i += step {
				a := Address{level, i % (1 << level), i >> level}
				c, ecef := house(g, a, 500)
				want["way/"+a.String()] = ecef
				if err := w.Add(a, c, 40/float64(1+level)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		set, err := Open(filepath.Join(dir, "tileset.json"))
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		err = set.Walk(func(tile *Tile) error {
			contents, err := set.Load(tile)
			if err != nil || len(contents) == 0 {
				return err
			}
			found++
			c := contents[0]
			ecef := want[c.Features[0].ID]
			if c.Instances[0].Model != "pole" || len(c.Instances[0].Items) != 1 {
				t.Errorf("instances: %+v", c.Instances)
			}
			for _, v := range c.Meshes[0].Positions {
				got := c.Frame.FromLocal(mgl64.Vec3{float64(v[0]), float64(v[1]), float64(v[2])})
				d := math.Inf(1)
				for _, e := range ecef {
					d = math.Min(d, got.Sub(e).Len())
				}
				if limit := g.Size / 30000; d > limit {
					t.Fatalf("%s: a vertex is %.2f m off", c.Features[0].ID, d)
				}
				if out := tile.Volume.Distance(got); out > 1e-2 {
					t.Fatalf("%s: a vertex is %.2f m out of its tile", c.Features[0].ID, out)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if found != len(want) {
			t.Errorf("%v: %d contents of %d", p, found, len(want))
		}
		if _, err := os.Stat(filepath.Join(dir, "subtrees", "4", "0", "0.subtree")); err != nil { // seven levels, in two files of four at most
			t.Error(err)
		}
	}
}
