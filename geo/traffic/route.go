package traffic

import (
	"cmp"
	"math"
	"slices"

	"github.com/longtake/longtake/geo/street"
)

// Network collects the lanes of blocks. The zero value is empty.
type Network struct {
	lanes []street.Lane
	index map[laneKey]int
	turns []turn
}

// laneKey tells the same lane of two blocks.
type laneKey struct {
	from, to [2]float64
	first    [3]float64
	kind     street.Kind
	index    int
}

type turn struct {
	from, to int
	line     [][3]float64
	angle    float64
}

// Add takes the lanes and turns of a block; blocks come in their order.
func (n *Network) Add(g *street.Graph) {
	if n.index == nil {
		n.index = map[laneKey]int{}
	}
	at := make([]int, len(g.Lanes))
	for i := range g.Lanes {
		l := &g.Lanes[i]
		at[i] = -1
		if l.Kind == street.Cycle || len(l.Line) < 2 {
			continue
		}
		key := laneKey{l.From, l.To, l.Line[0], l.Kind, l.Index}
		k, ok := n.index[key]
		if !ok {
			k = len(n.lanes)
			n.index[key] = k
			n.lanes = append(n.lanes, *l)
		}
		at[i] = k
	}
	for _, t := range g.Turns {
		if a, b := at[t.From], at[t.To]; a >= 0 && b >= 0 && a != b {
			n.turns = append(n.turns, turn{a, b, t.Line, t.Angle})
		}
	}
}

// Lanes is the number of lanes so far.
func (n *Network) Lanes() int { return len(n.lanes) }

// maxRoute is the length in metres from which a route is cut.
const maxRoute = 4000.0

// route is a chain of lanes.
type route struct {
	line  [][3]float64 // plan x, y, height
	along []float64    // metres at each point
	limit []float64    // speed in m/s from each point on
	halts []halt
	flow  float64 // vehicles an hour at the busiest time: of the busiest lane that is long enough to show
	class string
	bus   bool
}

// halt is a stop line.
type halt struct {
	at    float64    // metres along
	node  [2]float64 // plan
	angle float64    // direction of travel
	kind  street.Halt
}

// routes chains the lanes: each leads into the one that goes on straightest, of those that
// no other leads into.
func (n *Network) routes() (out []route) {
	next := n.pair()
	entered := make([]bool, len(n.lanes))
	for _, t := range next {
		if t >= 0 {
			entered[n.turns[t].to] = true
		}
	}
	done := make([]bool, len(n.lanes))
	walk := func(first int) {
		r := route{}
		for l := first; !done[l]; {
			done[l] = true
			r.lane(&n.lanes[l])
			t := next[l]
			if t < 0 || done[n.turns[t].to] {
				break
			}
			if r.length() > maxRoute { // the next one begins with the next lane
				out = append(out, r)
				r = route{}
			} else {
				r.turn(&n.turns[t])
			}
			l = n.turns[t].to
		}
		if len(r.line) > 1 {
			out = append(out, r)
		}
	}
	for _, starts := range [2]bool{false, true} { // first the lanes that nothing leads into, then rings
		for l := range n.lanes {
			if entered[l] == starts && !done[l] {
				walk(l)
			}
		}
	}
	return out
}

// pair gives every lane at most one turn, -1 for none, and leads at most one into each.
func (n *Network) pair() []int {
	order := make([]int, len(n.turns))
	for i := range order {
		order[i] = i
	}
	cost := func(i int) float64 {
		t := &n.turns[i]
		a, b := &n.lanes[t.from], &n.lanes[t.to]
		c := math.Abs(t.angle)
		if a.Kind != b.Kind {
			c += 4
		}
		if a.From == b.To { // back where it came from
			c += 8
		}
		return c + 0.3*math.Abs(float64(a.Index-b.Index)) + 0.4*math.Abs(math.Log(flowOf(a.Class)/flowOf(b.Class)))
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(cost(a), cost(b)) })
	next, led := make([]int, len(n.lanes)), make([]bool, len(n.lanes))
	for i := range next {
		next[i] = -1
	}
	for _, i := range order {
		if t := &n.turns[i]; next[t.from] < 0 && !led[t.to] {
			next[t.from], led[t.to] = i, true
		}
	}
	return next
}

func (r *route) length() float64 {
	if len(r.along) == 0 {
		return 0
	}
	return r.along[len(r.along)-1]
}

func (r *route) add(line [][3]float64, speed float64) {
	for _, p := range line {
		if n := len(r.line); n > 0 {
			q := r.line[n-1]
			d := math.Hypot(p[0]-q[0], p[1]-q[1])
			if d < 0.05 {
				r.limit[n-1] = speed
				continue
			}
			r.along = append(r.along, r.along[n-1]+d)
		} else {
			r.along = append(r.along, 0)
		}
		r.line, r.limit = append(r.line, p), append(r.limit, speed)
	}
}

func (r *route) lane(l *street.Lane) {
	from := r.length()
	r.add(l.Line, 0.92*math.Max(l.Speed, 2))
	if f := flowOf(l.Class); f > r.flow && r.length()-from > 60 || r.flow == 0 {
		r.flow, r.class = f, l.Class
	}
	r.bus = r.bus || l.Kind == street.Bus
	if n := len(l.Line); l.Halt != street.Free && r.length()-from > 6 {
		a, b := l.Line[n-2], l.Line[n-1]
		r.halts = append(r.halts, halt{at: r.length() - 2.5, node: l.To, angle: math.Atan2(b[1]-a[1], b[0]-a[0]), kind: l.Halt})
	}
}

// turn goes through a junction, slower the more it bends.
func (r *route) turn(t *turn) {
	speed := r.limit[len(r.limit)-1]
	if bend := math.Abs(t.angle); bend > 0.35 {
		speed = math.Min(speed, 9-4*math.Min(bend/1.6, 1))
	}
	r.add(t.line, speed)
}
