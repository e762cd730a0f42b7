package terrain

import (
	"reflect"
	"testing"

	"github.com/paulmach/orb"
)

// TestTileBytes: what a tile with walls, cuts and a quay holds while it is made is no more
// than is said of it, and not far from that.
func TestTileBytes(t *testing.T) {
	tr, _ := terraces(t, 5)
	fine := tr.Levels()[len(tr.Levels())-1]
	w := tr.window(2, 2, fine.Cells)
	if len(w.moved) == 0 {
		t.Fatal("there is no wall")
	}
	s := tr.shapes(2, 2)
	cut := s.Corridors[0]
	cut.Cut = true
	s.Corridors = append(s.Corridors, cut)
	lo := w.plan(0, 0)
	l := &lattice{min: lo, step: tr.cell / float64(w.factor), w: w.cells, h: bandRows}
	f := &flattening{lattice: l}
	f.lay(s, make([]float32, l.w*l.h), func(int) bool { return false })
	if f.steps == nil || f.top == nil || f.lid == nil {
		t.Fatal("there is nothing but banks")
	}
	if got := held(f) / int64(l.w*l.h); got != bandNode {
		t.Errorf("a node of a band takes %d bytes, not %d", got, bandNode)
	}

	// The lattice around the window, as fill makes it.
	off := shoreCells*w.factor + 2
	wide := &lattice{min: tr.o.Min, step: l.step, x0: w.x0 - off, y0: w.y0 - off, w: w.cells + 2*off + 1, h: w.cells + 2*off + 1}
	mid := w.plan(w.cells/2, w.cells/2)
	pond := orb.Ring{lo, {mid[0], lo[1]}, mid, {lo[0], mid[1]}}
	z := tr.refined(wide, w.factor)
	kind, floor := wide.flood(outlinesOf([]Flat{{Polygon: orb.Polygon{pond}, Height: 500, Depth: 2}}), off, z)
	n, m := int64(len(z)), int64((w.cells+1)*(w.cells+1))
	owner, state := 4*n, m // of flood and of the mesh
	sum := held(w) + int64(4*len(z)+len(kind)+4*len(floor)) + 8*n + owner + int64(4*len(w.curved())) + m + state + bandNode*min(bandRows, int64(wide.h))*int64(wide.w)
	if said := tr.TileBytes(fine.Depth); sum > said || 2*sum < said {
		t.Errorf("a tile takes %d bytes and says %d", sum, said)
	}
}

// held is the memory of a struct's own slices.
func held(of any) (bytes int64) {
	v := reflect.ValueOf(of).Elem()
	for k := range v.NumField() {
		if f := v.Field(k); f.Kind() == reflect.Slice {
			bytes += int64(f.Cap()) * int64(f.Type().Elem().Size())
		}
	}
	return bytes
}
