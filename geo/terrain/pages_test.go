package terrain

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
)

// heightsOf are the heights of all nodes, row by row.
func heightsOf(t *Terrain) []float32 {
	out := make([]float32, 0, t.n*t.n)
	for j := range t.n {
		for i := range t.n {
			out = append(out, t.nodes.height(i, j))
		}
	}
	return out
}

// A grid of which hardly anything is held answers as one that is all in memory, and so
// does one made of the heights that another has kept: with shapes in detail and with
// shapes laid into the grid.
func TestGridOnDisk(t *testing.T) {
	for _, detail := range []float64{0, 1} {
		options := func() Options {
			pond := Flat{Polygon: orb.Polygon{{{-900, -700}, {500, -700}, {400, 600}, {-900, -700}}}, Height: 470, Depth: 3}
			road := Corridor{Line: orb.LineString{{-1500, -1400}, {1500, 1300}}, Heights: []float64{900, 1400}, Half: 6}
			return Options{Size: 4096, Min: [2]float64{-2048, -2048}, Flat: []Flat{pond}, Detail: detail,
				Shapes: Shapes{Corridors: []Corridor{road}}.Index(), TileCells: 32}
		}
		var kept bytes.Buffer
		o := options()
		o.Keep = &kept
		want := build(t, andorra, sized(512, 256), o)
		small := options()
		small.Memory, small.Scratch = sized(100_000, 250_000), t.TempDir() // less than a page or, of fewer, some
		again := small
		again.Sampled = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(kept.Bytes())), nil }
		later := again
		data, err := want.Digests().MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		later.Digests = &Digests{}
		if err := later.Digests.UnmarshalBinary(data); err != nil {
			t.Fatal(err)
		}
		for _, o := range []Options{small, again, later} {
			tr := build(t, andorra, sized(512, 256), o)
			if lazy := o.Digests != nil; lazy != (tr.nodes.held == 0) {
				t.Fatalf("%d bytes are held before anything is asked", tr.nodes.held)
			}
			tr.HeightAtPlan(0, 0)
			if tr.nodes.held > 300_000 || tr.nodes.file == nil {
				t.Fatalf("%d bytes are held", tr.nodes.held)
			}
			if !reflect.DeepEqual(tr.Digests(), want.Digests()) || tr.Known() != want.Known() {
				t.Fatalf("detail %g: the grids differ", detail)
			}
			levels := want.Levels()
			for _, l := range levels[sized(0, len(levels)-1):] {
				a, err := want.Tile(l.Depth, l.Tiles/2, l.Tiles/2, l.Error)
				if err != nil {
					t.Fatal(err)
				}
				if b, err := tr.Tile(l.Depth, l.Tiles/2, l.Tiles/2, l.Error); err != nil || !reflect.DeepEqual(a, b) {
					t.Fatalf("detail %g: tiles of level %d differ: %v", detail, l.Depth, err)
				}
			}
			if err := tr.nodes.file.Close(); err != nil { // as if the disk were gone
				t.Fatal(err)
			}
			heightsOf(tr)
			if tr.Err() == nil {
				t.Error("what the disk says is not told")
			}
		}
	}
}

// A grid that is made when it is first asked for tells what it has met, and panics nowhere.
func TestGridThatIsGone(t *testing.T) {
	o := Options{Size: 4096, Min: [2]float64{-2048, -2048}, TileCells: 32}
	d := build(t, andorra, 128, o).Digests()
	o.Digests = d
	o.Sampled = func() (io.ReadCloser, error) { return nil, errors.New("gone") }
	tr := build(t, andorra, 128, o)
	if tr.Err() != nil {
		t.Fatal(tr.Err())
	}
	if _, err := tr.Tile(0, 0, 0, 10); err != nil || tr.Err() == nil {
		t.Errorf("tile: %v, terrain: %v", err, tr.Err())
	}
	if new(Digests).UnmarshalBinary(make([]byte, 8+32*2)) == nil {
		t.Error("digests of two tiles are taken")
	}
}
