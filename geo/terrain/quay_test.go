package terrain

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
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

// TestQuaysAreNearest: whatever edges a coast has, long or short ones, the step of a node
// beside it is as far as the nearest of all of them.
func TestQuaysAreNearest(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, points := range []int{3, 40, 5000} {
		l := &lattice{min: [2]float64{-50, -70}, step: 1.5, x0: 3, y0: 5, w: 90, h: 110}
		var coast, island orb.Ring
		for k := range points {
			sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(points))
			f := 40 + 60*r.Float64()/math.Sqrt(float64(points))
			coast = append(coast, orb.Point{20 + 2*f*cos, 10 + f*sin})
			island = append(island, orb.Point{25 + 9*cos, 12 - 9*sin})
		}
		flats := outlinesOf([]Flat{{Polygon: orb.Polygon{coast, island}, Height: 5, Depth: 3}})
		kind, _ := l.flood(flats, 2, make([]float32, l.w*l.h))
		steps := l.quays(flats, kind, nil)
		shores := 0
		for j := 1; j < l.h-1; j++ {
			for i := 1; i < l.w-1; i++ {
				at := j*l.w + i
				in := kind[at] == bed
				var want step
				if (kind[at-1] == bed) != in || (kind[at+1] == bed) != in || (kind[at-l.w] == bed) != in || (kind[at+l.w] == bed) != in {
					shores++
					d := float32(max(math.Sqrt(squared(flats[0].Polygon, l.at(i, j))), 1e-3))
					if want.down = d; in {
						want = step{up: d}
					}
				}
				if steps[at] != want {
					t.Fatalf("%d points: the step at %v is %v, not %v", points, l.at(i, j), steps[at], want)
				}
			}
		}
		if shores < 100 {
			t.Errorf("%d points: %d nodes on shores", points, shores)
		}
	}
}

// TestLongCoast: a coast of a million vertices is no more work to a window than what of it
// lies there, and one that lies there is walked once, not once for each node beside it.
func TestLongCoast(t *testing.T) {
	points := sized(1<<20, 1<<17)
	var coast orb.Ring
	for k := range points {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(points))
		coast = append(coast, orb.Point{4e4 * cos, 4e4 * sin})
	}
	flats := outlinesOf([]Flat{{Polygon: orb.Polygon{coast}, Depth: 3}})
	visited := 0
	flats[0].edges(orb.Bound{Min: orb.Point{39000, -500}, Max: orb.Point{40500, 500}}, func(a, b orb.Point) { visited++ })
	if near := points * 1000 / 251327; visited < near || visited > near+4*runEdges {
		t.Errorf("%d edges are visited of %d near", visited, near)
	}
	l := &lattice{min: [2]float64{-41000, -41000}, step: 41, w: 2001, h: 2001}
	kind, _ := l.flood(flats, 2, make([]float32, l.w*l.h))
	q, looked := l.quayside(kind), 0
	box := orb.Bound{Min: l.at(0, 0), Max: l.at(l.w-1, l.h-1)}
	flats[0].edges(box, func(a, b orb.Point) { q.beside(a, b, func(int, orb.Point) { looked++ }) })
	// Each node has a few steps of the coast around it, of as many edges as these are long.
	if most := len(q.nodes) * 8 * (1 + points*41/251327); looked < len(q.nodes)/2 || looked > most {
		t.Errorf("%d times an edge is held against one of %d nodes, at most %d", looked, len(q.nodes), most)
	}
	if l.quays(flats, kind, nil) == nil {
		t.Error("no quays")
	}
}
