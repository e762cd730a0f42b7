package cover

import (
	"math"
	"sort"

	"github.com/paulmach/orb"
)

// planLattice is cells over a rectangle of the plan, among whose lines are the sides of
// an inner one.
type planLattice struct {
	xs, ys lattice
	cell   float64 // metres, no cell is wider
}

func newPlanLattice(inner, rect orb.Bound) *planLattice {
	cell := math.Max(math.Max(rect.Max[0]-rect.Min[0], rect.Max[1]-rect.Min[1])/512, 10)
	return &planLattice{
		xs:   latticeLines(rect.Min[0], inner.Min[0], inner.Max[0], rect.Max[0], cell),
		ys:   latticeLines(rect.Min[1], inner.Min[1], inner.Max[1], rect.Max[1], cell),
		cell: cell,
	}
}

func (l *planLattice) size() (nx, ny int) { return len(l.xs.at) - 1, len(l.ys.at) - 1 }

func (l *planLattice) rect() orb.Bound {
	nx, ny := l.size()
	return orb.Bound{Min: orb.Point{l.xs.at[0], l.ys.at[0]}, Max: orb.Point{l.xs.at[nx], l.ys.at[ny]}}
}

func (l *planLattice) centre(x, y int) [2]float64 {
	return [2]float64{(l.xs.at[x] + l.xs.at[x+1]) / 2, (l.ys.at[y] + l.ys.at[y+1]) / 2}
}

// inner tells whether a cell lies in the inner rectangle.
func (l *planLattice) inner(x, y int) bool { return l.xs.inner(x) && l.ys.inner(y) }

// onInner tells whether a lattice point lies on the inner rectangle's outline.
func (l *planLattice) onInner(c [2]float64) bool {
	return l.xs.onInner(c[0]) && l.ys.between(c[1]) || l.ys.onInner(c[1]) && l.xs.between(c[0])
}

// place is a lattice point in plan metres.
func (l *planLattice) place(c [2]float64) [2]float64 {
	return [2]float64{l.xs.place(c[0]), l.ys.place(c[1])}
}

// cells are the cells, from and up to, whose centres lie within a box.
func (l *planLattice) cells(b orb.Bound) (x0, y0, x1, y1 int) {
	x0, x1 = l.xs.centres(b.Min[0], b.Max[0])
	y0, y1 = l.ys.centres(b.Min[1], b.Max[1])
	return x0, y0, x1, y1
}

// lattice is the lines of a grid on one axis; those of the inner rectangle's sides are
// among them.
type lattice struct {
	at     []float64
	lo, hi int // numbers of the lines along the inner rectangle
}

func latticeLines(from, lo, hi, to, cell float64) lattice {
	l := lattice{at: []float64{from}}
	add := func(to float64) {
		a := l.at[len(l.at)-1]
		n := int(math.Ceil((to - a) / cell))
		for i := 1; i < n; i++ {
			l.at = append(l.at, a+(to-a)*float64(i)/float64(n))
		}
		if n > 0 {
			l.at = append(l.at, to)
		}
	}
	add(lo)
	l.lo = len(l.at) - 1
	add(hi)
	l.hi = len(l.at) - 1
	add(to)
	return l
}

// centres are the cells whose middle lies between two places.
func (l *lattice) centres(lo, hi float64) (from, to int) {
	n := len(l.at) - 1
	middle := func(i int) float64 { return (l.at[i] + l.at[i+1]) / 2 }
	from = sort.Search(n, func(i int) bool { return middle(i) >= lo })
	to = sort.Search(n, func(i int) bool { return middle(i) > hi })
	return from, to
}

func (l *lattice) inner(cell int) bool    { return cell >= l.lo && cell < l.hi }
func (l *lattice) onInner(v float64) bool { return v == float64(l.lo) || v == float64(l.hi) }
func (l *lattice) between(v float64) bool { return v >= float64(l.lo) && v <= float64(l.hi) }
func (l *lattice) place(v float64) float64 {
	i := min(int(v), len(l.at)-2)
	return l.at[i] + (l.at[i+1]-l.at[i])*(v-float64(i))
}
