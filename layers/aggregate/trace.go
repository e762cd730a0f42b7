package aggregate

import "math"

// tracer gathers the border of where a field is at least low and less than high: directed
// steps between vertices that are known by the edge of the grid that they lie on, so that
// squares agree on them. What is inside lies to their left.
type tracer struct {
	f         *Field
	low, high float64
	number    map[uint64]int32
	at        [][2]float64 // of each vertex, in steps of the grid
	from, to  []int32      // of each step
}

// trace marches over all squares. closed adds the edge of what is known, so that all paths
// are rings.
func (f *Field) trace(low, high float64, closed bool) *tracer {
	t := &tracer{f: f, low: low, high: high, number: map[uint64]int32{}}
	for j := range f.H - 1 {
		for i := range f.W - 1 {
			t.square(i, j, closed)
		}
	}
	return t
}

// known tells whether a square has four values.
func (f *Field) known(i, j int) bool {
	if i < 0 || j < 0 || i > f.W-2 || j > f.H-2 {
		return false
	}
	k := j*f.W + i
	sum := f.Values[k] + f.Values[k+1] + f.Values[k+f.W] + f.Values[k+f.W+1]
	return !math.IsNaN(sum)
}

// knot is a corner of a square or triangle; edge names the one to the next corner.
type knot struct {
	x, y, v float64
	id      uint64 // of the corner
	edge    uint64 // id of the edge to the next
	open    bool   // there is nothing known beyond that edge
}

// The vertices of a node: itself, on the edges east and north of it, and on the four
// half diagonals of the square north-east of it.
func (t *tracer) vertex(i, j, kind int) uint64 { return uint64((j*t.f.W+i)*8+kind) * 2 }

func (t *tracer) square(i, j int, closed bool) {
	f := t.f
	if !f.known(i, j) {
		return
	}
	k := j*f.W + i
	v := [4]float64{f.Values[k], f.Values[k+1], f.Values[k+f.W+1], f.Values[k+f.W]}
	lo, hi := min(v[0], v[1], v[2], v[3]), max(v[0], v[1], v[2], v[3])
	if hi < t.low || lo >= t.high {
		return
	}
	within := lo >= t.low && hi < t.high
	if within && !closed {
		return
	}
	corners := [4]knot{
		{x: 0, y: 0, id: t.vertex(i, j, 0), edge: t.vertex(i, j, 1), open: closed && !f.known(i, j-1)},
		{x: 1, y: 0, id: t.vertex(i+1, j, 0), edge: t.vertex(i+1, j, 2), open: closed && !f.known(i+1, j)},
		{x: 1, y: 1, id: t.vertex(i+1, j+1, 0), edge: t.vertex(i, j+1, 1), open: closed && !f.known(i, j+1)},
		{x: 0, y: 1, id: t.vertex(i, j+1, 0), edge: t.vertex(i, j, 2), open: closed && !f.known(i-1, j)},
	}
	for c := range corners {
		corners[c].x, corners[c].y, corners[c].v = corners[c].x+float64(i), corners[c].y+float64(j), v[c]
	}
	if !saddle(v) {
		t.piece(corners[:])
		return
	}
	middle := knot{x: float64(i) + 0.5, y: float64(j) + 0.5, v: (v[0] + v[1] + v[2] + v[3]) / 4}
	for c := range 4 {
		a, b, m := corners[c], corners[(c+1)%4], middle
		b.edge, b.open = t.vertex(i, j, 3+(c+1)%4), false
		m.edge = t.vertex(i, j, 3+c)
		t.piece([]knot{a, b, m})
	}
}

// saddle tells whether opposite corners are above both others: at some level such a square has
// two lines. It is cut up at all levels, so that bands meet.
func saddle(v [4]float64) bool {
	return min(v[0], v[2]) > max(v[1], v[3]) || min(v[1], v[3]) > max(v[0], v[2])
}

// mark is a vertex on the way round a piece. At a corner two edges meet.
type mark struct {
	id    uint64
	edges [2]int
	x, y  float64
}

// piece walks round a square or triangle, which is counter-clockwise, and notes the steps
// that leave its edges, and those along open ones.
func (t *tracer) piece(corners []knot) {
	var marks [16]mark
	n, sides := 0, len(corners)
	for k, a := range corners {
		b := corners[(k+1)%sides]
		if a.v >= t.low && a.v < t.high {
			marks[n] = mark{a.id, [2]int{k, (k + sides - 1) % sides}, a.x, a.y}
			n++
		}
		cross := func(level float64, which uint64) {
			if (a.v >= level) != (b.v >= level) {
				u := (level - a.v) / (b.v - a.v)
				marks[n] = mark{a.edge | which, [2]int{k, k}, a.x + (b.x-a.x)*u, a.y + (b.y-a.y)*u}
				n++
			}
		}
		if a.v < b.v {
			cross(t.low, 0)
			cross(t.high, 1)
		} else {
			cross(t.high, 1)
			cross(t.low, 0)
		}
	}
	for k := range n {
		a, b := &marks[k], &marks[(k+1)%n]
		if edge := shared(a.edges, b.edges); edge < 0 || corners[edge].open {
			t.from, t.to = append(t.from, t.place(a)), append(t.to, t.place(b))
		}
	}
}

// shared is the edge on which both marks lie, or -1.
func shared(a, b [2]int) int {
	for _, e := range a {
		if e == b[0] || e == b[1] {
			return e
		}
	}
	return -1
}

func (t *tracer) place(m *mark) int32 {
	k, ok := t.number[m.id]
	if !ok {
		k = int32(len(t.at))
		t.number[m.id] = k
		t.at = append(t.at, [2]float64{m.x, m.y})
	}
	return k
}

// paths joins the steps: open lines first, then rings, whose last vertex is their first.
// Vertices that lie on each other are one.
func (t *tracer) paths() (out [][]int32) {
	first, incoming := make([]int32, len(t.at)), make([]int32, len(t.at))
	for i := range first {
		first[i] = -1
	}
	next := make([]int32, len(t.from)) // the other step from the same vertex
	for s := len(t.from) - 1; s >= 0; s-- {
		next[s], first[t.from[s]] = first[t.from[s]], int32(s)
		incoming[t.to[s]]++
	}
	follow := func(v int32) {
		path := []int32{v}
		for start := v; first[v] >= 0; {
			s := first[v]
			first[v] = next[s]
			v = t.to[s]
			if last := t.at[path[len(path)-1]]; v == start || t.at[v] != last {
				path = append(path, v)
			}
			if v == start {
				break
			}
		}
		if len(path) > 1 {
			out = append(out, path)
		}
	}
	for _, v := range t.from {
		if incoming[v] == 0 {
			follow(v)
		}
	}
	for _, v := range t.from {
		for first[v] >= 0 {
			follow(v)
		}
	}
	return out
}
