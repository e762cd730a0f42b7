package meshopt

import (
	"slices"
	"testing"
)

// misses is the number of vertex loads of a triangle with a FIFO cache of 16 vertices.
func misses(indices []uint32) float64 {
	var fifo []uint32
	n := 0
	for _, v := range indices {
		if !slices.Contains(fifo, v) {
			n++
			fifo = append(fifo, v)
			if len(fifo) > 16 {
				fifo = fifo[1:]
			}
		}
	}
	return float64(n) / float64(len(indices)/3)
}

// key is a triangle from its lowest corner on.
func triangleKeys(indices []uint32) [][3]uint32 {
	var out [][3]uint32
	for i := 0; i < len(indices); i += 3 {
		t := [3]uint32(indices[i:])
		for t[0] > t[1] || t[0] > t[2] {
			t = [3]uint32{t[1], t[2], t[0]}
		}
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b [3]uint32) int { return slices.Compare(a[:], b[:]) })
	return out
}

func TestOrder(t *testing.T) {
	shuffled := meshes()[2] // a lattice of 31 × 21 vertices in no order
	ordered := OrderTriangles(shuffled, 31*21)
	if !slices.Equal(triangleKeys(ordered), triangleKeys(shuffled)) {
		t.Fatal("the triangles are not the same")
	}
	if before, after := misses(shuffled), misses(ordered); after > 0.85 || before < 2 {
		t.Errorf("%.2f loads a triangle, %.2f before", after, before)
	}
	moved := slices.Clone(ordered)
	old := OrderVertices(moved, 31*21+5)
	next := uint32(0)
	for i, v := range moved {
		if old[v] != ordered[i] {
			t.Fatalf("corner %d is vertex %d, was %d", i, old[v], ordered[i])
		}
		if v > next {
			t.Fatalf("vertex %d comes before %d", v, next)
		}
		next = max(next, v+1)
	}
	if len(old) != 31*21 {
		t.Errorf("%d vertices", len(old))
	}
	a, _ := AppendTriangles(nil, shuffled)
	b, _ := AppendTriangles(nil, moved)
	if len(b)*2 > len(a) {
		t.Errorf("%d bytes, %d without the order", len(b), len(a))
	}
	if out := OrderTriangles(nil, 0); len(out) != 0 {
		t.Error(out)
	}
}
