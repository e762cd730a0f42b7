package barrier

import (
	"math"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/near"
)

// panel is a piece of a barrier between two feet.
type panel struct {
	style
	a, b       earth.Place
	turnA      float64 // tangent of half the angle that the barrier turns at each end, left positive
	turnB      float64
	capA, capB bool // nothing joins there
	seedA      uint64
	seedB      uint64
	row        int
}

// Lengths of coarse panels in metres, and the most of one line.
const (
	coarseStep = 6.0
	mostPanels = 200000
)

// barrier cuts the lines of a feature into panels, fine and coarse.
func (s *setter) barrier(i int) {
	f := &s.Features[i]
	if near.Hidden(f.Tags) || f.Geometry == nil || f.Geometry.Dimensions() == 0 {
		return
	}
	st, ok := styleOf(f.Tags)
	if !ok {
		return
	}
	seed := near.Seed(f.ID)
	class := "barrier=" + f.Tags["barrier"]
	for n, line := range near.Lines(s.Frame, f.Geometry) {
		for level, step := range [2]float64{st.step, math.Max(coarseStep, st.step)} {
			joints := divide(line, step)
			if len(joints) > mostPanels {
				s.Report.Skip(f.ID, "barrier longer than can be built")
				return
			}
			s.cut(i, st, joints, near.Hash(seed, int64(n), int64(level)), level, class)
		}
	}
}

// cut makes the owned panels between joints.
func (s *setter) cut(i int, st style, joints []near.Point, seed uint64, level int, class string) {
	last := len(joints) - 1
	ring := last > 2 && near.Distance(joints[0], joints[last]) < 1e-3
	turn := func(k int) float64 {
		prev, next := k-1, k+1
		if ring && k == 0 {
			prev = last - 1
		}
		if ring && k == last {
			next = 1
		}
		if prev < 0 || next > last {
			return 0
		}
		return halfTurn(joints[prev], joints[k], joints[next])
	}
	open := func(k int) bool { // between joints k and k+1
		if ring {
			k = (k + last) % last
		}
		return k < 0 || k >= last || s.gap(joints[k], joints[k+1])
	}
	for k := range last {
		a, b := joints[k], joints[k+1]
		m := near.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}
		if !s.Owns(m[0], m[1]) || open(k) {
			continue
		}
		pa, okA := s.place(a)
		pb, okB := s.place(b)
		if !okA || !okB {
			continue
		}
		end := k + 1
		if ring && end == last {
			end = 0
		}
		s.made.panels[level] = append(s.made.panels[level], panel{
			style: st, a: pa, b: pb, turnA: turn(k), turnB: turn(k + 1), capA: open(k - 1), capB: open(k + 1),
			seedA: near.Hash(seed, int64(k)), seedB: near.Hash(seed, int64(end)), row: s.row(i, class),
		})
	}
}

// gap tells whether a way or a gate leads through a panel, or a building stands there.
func (s *setter) gap(a, b near.Point) bool {
	for _, t := range [3]float64{0.5, 0.1, 0.9} {
		q := near.Point{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t}
		if _, on := s.roads.Beside(q, 0, nil); on || t == 0.5 && s.solid.Within(q) {
			return true
		}
	}
	return false
}

// divide cuts each side of a line into equal pieces of about a step.
func divide(line []near.Point, step float64) []near.Point {
	out := []near.Point{line[0]}
	for k := 1; k < len(line); k++ {
		a, b := line[k-1], line[k]
		n := int(math.Max(1, math.Min(math.Round(near.Distance(a, b)/step), mostPanels)))
		if len(out)+n > 2*mostPanels {
			return make([]near.Point, mostPanels+1)
		}
		for i := 1; i <= n; i++ {
			t := float64(i) / float64(n)
			out = append(out, near.Point{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t})
		}
	}
	return out
}

// halfTurn is the tangent of half the angle between two sides, bounded so that a mitre is
// no longer than two widths.
func halfTurn(a, b, c near.Point) float64 {
	u := math.Atan2(b[1]-a[1], b[0]-a[0])
	v := math.Atan2(c[1]-b[1], c[0]-b[0])
	return math.Max(-2, math.Min(2, math.Tan(math.Remainder(v-u, 2*math.Pi)/2)))
}
