package terrain

import "testing"

// TestStubsOfWallsAreTakenOut: a wall of three cells is none, one of twenty stays up to its ends,
// and a lattice that begins elsewhere says the same of the nodes that both know well.
func TestStubsOfWallsAreTakenOut(t *testing.T) {
	const size, reach = 60, 4
	wall := func(x, y int) (s step, h, plain float32) { // one along y = 20, another along y = 40
		long := x >= 15 && x < 35
		short := x >= 28 && x < 31
		switch {
		case y == 20 && long, y == 40 && short:
			return step{down: 1}, 5, 3
		case y == 19 && long, y == 39 && short:
			return step{up: 1}, 0, 2
		}
		return step{}, 1, 1
	}
	build := func(x0, y0 int) (*lattice, []float32, []step) {
		l := &lattice{step: 1.5, x0: x0, y0: y0, w: size, h: size}
		heights, plain, steps := make([]float32, size*size), make([]float32, size*size), make([]step, size*size)
		for at := range heights {
			steps[at], heights[at], plain[at] = wall(x0+at%size, y0+at/size)
		}
		l.prune(reach, heights, plain, steps)
		return l, heights, steps
	}
	l, heights, steps := build(0, 0)
	for x := range size {
		for _, y := range []int{19, 20} {
			s, h, _ := wall(x, y)
			if at := y*size + x; steps[at] != s || heights[at] != h {
				t.Errorf("the long wall at %d,%d: %v m, %v", x, y, heights[at], steps[at])
			}
		}
		for _, y := range []int{39, 40} {
			_, _, plain := wall(x, y)
			if at := y*size + x; steps[at] != (step{}) || heights[at] != plain {
				t.Errorf("the stub at %d,%d: %v m, %v", x, y, heights[at], steps[at])
			}
		}
	}
	o, also, again := build(11, 7)
	for y := o.y0 + reach + 1; y < l.h-reach-1; y++ {
		for x := o.x0 + reach + 1; x < l.w-reach-1; x++ {
			a, b := y*size+x, (y-o.y0)*size+x-o.x0
			if heights[a] != also[b] || steps[a] != again[b] {
				t.Fatalf("lattices differ at %d,%d: %v and %v m", x, y, heights[a], also[b])
			}
		}
	}
}
