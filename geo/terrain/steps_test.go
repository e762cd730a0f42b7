package terrain

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain/tin"
)

// aslant is a window of so many cells of a coarse lattice, metres a side each, with a step
// of 5 m along a line with the normal at the angle, at the distance from the middle.
func aslant(t *testing.T, cells int, side, angle, at float64) *window {
	t.Helper()
	tr, err := New(level{500}, Options{Frame: earth.FrameAt(andorra), Size: float64(cells) * side, Cells: cells / 2, TileCells: cells / 2, Error: 0.5})
	if err != nil {
		t.Fatal(err)
	}
	w := &window{t: tr, cells: cells, factor: 2, edges: [4]bool{true, true, true, true}}
	m := cells + 3
	w.heights, w.kind, w.torn = make([]float32, m*m), make([]uint8, m*m), make([]step, m*m)
	sin, cos := math.Sincos(angle)
	for j := -1; j <= cells+1; j++ {
		for i := -1; i <= cells+1; i++ {
			d := (float64(i-cells/2)*cos+float64(j-cells/2)*sin)*side - at
			switch {
			case d > 0:
				w.heights[w.at(i, j)] = 5
				w.torn[w.at(i, j)].down = float32(d)
			default:
				w.torn[w.at(i, j)].up = float32(max(-d, 1e-3))
			}
		}
	}
	w.steps()
	return w
}

// TestStepsOfCoarseLattices: where a wall is thin beside a part of a cell, its top and its
// foot are two places nevertheless, each node's its own; what is moved is a vertex, and
// nothing but its own nodes lies on a side.
func TestStepsOfCoarseLattices(t *testing.T) {
	const cells = 16
	r := rand.New(rand.NewPCG(5, 6))
	s := new(tin.Mesher)
	moved := 0
	for k := range 400 {
		angle, at := r.Float64()*2*math.Pi, (r.Float64()-0.5)*100
		if k < 100 { // along the lattice, as close to nodes as may be
			angle, at = float64(k%4)*math.Pi/2, float64(k/4-12)*20+(r.Float64()-0.5)*0.3
		}
		w := aslant(t, cells, 20, angle, at)
		moved += len(w.moved)
		places := map[[2]float64]int{}
		for j := 0; j <= cells; j++ {
			for i := 0; i <= cells; i++ {
				x, y := w.off(i, j)
				p := [2]float64{float64(i) + x, float64(j) + y}
				if o, ok := places[p]; ok {
					t.Fatalf("nodes %d and %d both lie at %v, by a step at %.2f m, %.2f rad", o, j*(cells+1)+i, p, at, angle)
				}
				places[p] = j*(cells+1) + i
				if inner := i > 0 && j > 0 && i < cells && j < cells; inner && (min(p[0], p[1]) <= 0 || max(p[0], p[1]) >= cells) {
					t.Fatalf("node %d,%d is moved to the side, to %v", i, j, p)
				}
			}
		}
		m, rims := w.mesh(s, 0.5)
		vertices := map[int]bool{}
		for v := range m.X {
			vertices[int(m.Y[v])*(cells+1)+int(m.X[v])] = true
		}
		for _, o := range w.moved {
			if !vertices[o.Node] {
				t.Fatalf("moved node %d is no vertex, by a step at %.2f m, %.2f rad", o.Node, at, angle)
			}
		}
		var p Patch
		p.borders(m, cells, rims)
		for side, b := range p.Border {
			if len(b) != len(rims[side]) {
				t.Fatalf("%d of %d nodes of side %d are vertices", len(b), len(rims[side]), side)
			}
		}
	}
	if moved < 5000 {
		t.Errorf("%d nodes are moved: where are the steps?", moved)
	}
}

// TestBorderWithoutVertex: a border has the vertices that are on the side, and no others.
func TestBorderWithoutVertex(t *testing.T) {
	m := tin.Mesh{X: []int32{2, 0, 4, 4, 0}, Y: []int32{2, 0, 0, 4, 4}}
	var p Patch
	p.borders(m, 4, [4][]int{{0, 2, 4}, {0, 4}, {0, 4}, {0, 4}})
	if len(p.Border[0]) != 2 || p.Border[0][0] != 1 || p.Border[0][1] != 2 {
		t.Errorf("the southern border is %v", p.Border[0])
	}
}

// TestWallsAreJoined: what is as steep as masonry is a wall where one of its two nodes knows
// of one, halfway; what is less steep, or known to neither, is none, also where one of the two
// has a wall to a third.
func TestWallsAreJoined(t *testing.T) {
	l := &lattice{step: 2, w: 4, h: 2}
	heights := []float32{
		9, 5, 3, 0,
		9, 5, 0, 2}
	steps := []step{
		{down: 0.4}, {}, {up: 0.7}, {},
		{}, {}, {up: 0.3}, {down: 0.2}}
	got := l.joined(heights, steps)
	for _, w := range []struct {
		upper, lower, neighbour int
		at                      float64
	}{
		{0, 1, 0, 0.5},       // 4 m in 2 m, and the lower one knows of no wall
		{1, 2, 0, 0},         // 2 m in 2 m
		{2, 3, 0, 0},         // 3 m, of which neither knows
		{0, 4, 1, 0},         // level
		{4, 5, 0, 0},         // 4 m, of which neither knows
		{5, 6, 0, 0.5},       // 5 m
		{7, 6, 2, 0.2 / 0.5}, // both know
	} {
		to := got[w.upper].to(got[w.lower], w.neighbour)
		if math.Abs(to-w.at) > 1e-6 {
			t.Errorf("from node %d to %d the wall stands at %v, not %v", w.upper, w.lower, to, w.at)
		}
	}
	if got[0].lent != 1 || got[1].lent != 1<<2 || got[3].lent != 0 {
		t.Errorf("lent are %v", got)
	}
}

// TestLentWallsAreForTwo: a wall that a node is lent is none between it and a third, to which
// the ground rises by less than masonry does.
func TestLentWallsAreForTwo(t *testing.T) {
	l := &lattice{step: 1, w: 3, h: 1}
	got := l.joined([]float32{5, 0, 1.2}, []step{{down: 0.5}, {}, {down: 0.5}})
	if to := got[0].to(got[1], 0); to != 0.5 {
		t.Errorf("the wall that is lent stands at %v", to)
	}
	if to := got[2].to(got[1], 2); to != 0 {
		t.Errorf("a third node has a wall at %v", to)
	}
}
