package terrain

import (
	"math"
	"testing"
)

// TestQuayIsStraight: where a road runs beside water, the step down to the bed stands on
// the water's edge to a hand, not where the lattice's nodes are.
func TestQuayIsStraight(t *testing.T) {
	tr, _ := flattened(t, 1)
	fine := tr.Levels()[len(tr.Levels())-1]
	steep, edges := 0, map[bool]int{}
	for iy := range fine.Tiles {
		for ix := range fine.Tiles {
			w := tr.window(ix, iy, fine.Cells)
			if w.factor == 1 {
				continue
			}
			p, err := tr.Tile(fine.Depth, ix, iy, fine.Error)
			if err != nil {
				t.Fatal(err)
			}
			inner := func(q [2]float64) bool { // sides of tiles keep to their line
				return min(q[0]-p.Min[0], p.Max[0]-q[0], q[1]-p.Min[1], p.Max[1]-q[1]) > 1.5
			}
			for k := 0; k < len(p.Tris); k += 3 {
				a, b, c := p.Tris[k], p.Tris[k+1], p.Tris[k+2]
				if lo, hi := min(p.H[a], p.H[b], p.H[c]), max(p.H[a], p.H[b], p.H[c]); hi-lo < 1.5 || lo < 463.5 || lo > 464.5 {
					continue
				}
				steep++
				for _, v := range [3]uint32{a, b, c} {
					if d := math.Sqrt(squared(pond.Polygon, p.XY[v])); d < 5 && inner(p.XY[v]) {
						edges[d < 0.35]++
					}
				}
			}
		}
	}
	if steep < 100 || edges[false]*20 > edges[true] { // corners of the pond are cut
		t.Errorf("%d steep triangles; %d of their corners on the water's edge, %d off it", steep, edges[true], edges[false])
	}
}
