package skeleton

import (
	"container/heap"
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/building/outline"
)

// edge is a wall of the outline: the line n·x = c, moving inwards along n.
type edge struct {
	dir, n mgl64.Vec2
	c      float64
	speed  float64
}

// vertex is a corner of the wavefront between the edges left and right of it.
type vertex struct {
	node        int // where it began
	p, v        mgl64.Vec2
	t           float64
	left, right int
	prev, next  *vertex
	dead        bool
	stuck       bool // between two edges that lie on each other
	reflex      bool
}

func (a *vertex) at(t float64) mgl64.Vec2 { return a.p.Add(a.v.Mul(t - a.t)) }

// arc is a line of the skeleton between the faces of two edges.
type arc struct{ from, to, left, right int }

type event struct {
	t    float64
	seq  int
	a, b *vertex // b nil: a splits the edge
	edge int
}

type queue []event

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if q[i].t != q[j].t {
		return q[i].t < q[j].t
	}
	return q[i].seq < q[j].seq
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(event)) }
func (q *queue) Pop() any {
	e := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return e
}

type wavefront struct {
	edges []edge
	ends  []int     // by edge: the node at its end
	all   []*vertex // every vertex ever made, in order
	nodes []Node
	arcs  []arc
	queue queue
	seq   int
	eps   float64
	live  int
}

func newWavefront(o outline.Outline, speeds []float64) *wavefront {
	w := &wavefront{eps: 1e-9 * (1 + math.Sqrt(math.Abs(o.Area())))}
	for _, r := range o {
		base := len(w.edges)
		for i, p := range r {
			d := outline.Unit(r[(i+1)%len(r)].Sub(p))
			n := outline.Left(d)
			speed := 1.0
			if speeds != nil {
				speed = speeds[base+i]
			}
			w.edges = append(w.edges, edge{d, n, n.Dot(p), speed})
			w.nodes = append(w.nodes, Node{p, 0})
			w.ends = append(w.ends, base+(i+1)%len(r))
		}
		n := len(r)
		first := len(w.all)
		for i := range r {
			w.add(base+i, 0, base+(i+n-1)%n, base+i)
		}
		for i := range r {
			link(w.all[first+i], w.all[first+(i+1)%n])
		}
	}
	for _, a := range w.all {
		w.foreseeClose(a, 0)
		w.foreseeSplit(a, 0)
	}
	return w
}

func link(a, b *vertex) { a.next, b.prev = b, a }

// add makes the vertex between two edges at a node.
func (w *wavefront) add(node int, t float64, left, right int) *vertex {
	a := &vertex{node: node, p: w.nodes[node].Vec2, t: t, left: left, right: right}
	l, r := w.edges[left], w.edges[right]
	k := 1 + l.n.Dot(r.n)
	switch {
	case k < 1e-8:
		a.stuck = true
	default:
		a.v = l.n.Add(r.n).Mul(l.speed / k)
		// Edges at two speeds: n·v is the speed of each.
		if det := outline.Cross(l.n, r.n); l.speed != r.speed && math.Abs(det) > 1e-6 {
			a.v = mgl64.Vec2{l.speed*r.n[1] - r.speed*l.n[1], r.speed*l.n[0] - l.speed*r.n[0]}.Mul(1 / det)
		}
		a.reflex = outline.Cross(l.dir, r.dir) < -1e-9
	}
	w.all = append(w.all, a)
	w.live++
	return a
}

func (w *wavefront) push(e event) {
	e.seq = w.seq
	w.seq++
	heap.Push(&w.queue, e)
}

// foreseeSplit queues the fronts that a reflex vertex may run into.
func (w *wavefront) foreseeSplit(a *vertex, now float64) {
	if !a.reflex || a.stuck {
		return
	}
	for i, e := range w.edges {
		if i == a.left || i == a.right {
			continue
		}
		// n·(p + v(t-t0)) = c + speed t
		k := e.n.Dot(a.v) - e.speed
		if k > -1e-9 {
			continue
		}
		t := a.t + (e.c+e.speed*a.t-e.n.Dot(a.p))/k
		if t >= now-w.eps {
			w.push(event{t: math.Max(t, now), a: a, edge: i})
		}
	}
}

// foreseeClose queues the moment when the front between a and its next vertex closes.
func (w *wavefront) foreseeClose(a *vertex, now float64) {
	b := a.next
	if a.stuck || b.stuck {
		w.push(event{t: now, a: a, b: b})
		return
	}
	d := w.edges[a.right].dir
	length := b.at(now).Sub(a.at(now)).Dot(d)
	rate := b.v.Sub(a.v).Dot(d)
	switch {
	case length <= w.eps && rate <= 1e-9:
		w.push(event{t: now, a: a, b: b})
	case rate < -1e-12:
		w.push(event{t: now + math.Max(0, -length/rate), a: a, b: b})
	}
}

// run plays all events; false when vertices are left over or it does not end.
func (w *wavefront) run() bool {
	limit := 20*len(w.edges) + 100
	handled := 0
	for len(w.queue) > 0 && w.live > 0 {
		e := heap.Pop(&w.queue).(event)
		if e.a.dead {
			continue
		}
		if e.b != nil {
			if e.b.dead || e.a.next != e.b {
				continue
			}
			w.close(e.a, e.b, e.t)
		} else {
			w.split(e)
		}
		if handled++; handled > limit*4 {
			return false
		}
	}
	return w.live == 0
}

func (w *wavefront) node(p mgl64.Vec2, t float64) int {
	w.nodes = append(w.nodes, Node{p, t})
	return len(w.nodes) - 1
}

func (w *wavefront) end(a *vertex, node int) {
	w.arcs = append(w.arcs, arc{a.node, node, a.left, a.right})
	a.dead = true
	w.live--
}

// close ends the front between a and b at time t.
func (w *wavefront) close(a, b *vertex, t float64) {
	p := a.at(t).Add(b.at(t)).Mul(0.5)
	if a.stuck || b.stuck {
		// Two fronts met along a line: the ridge runs from the stuck vertex to the
		// nearer of its neighbours.
		s, o := a, b
		if !s.stuck {
			s, o = b, a
		}
		other := s.next
		if other == o {
			other = s.prev
		}
		here := s.at(t)
		if o.stuck || other.stuck && other != o {
			p = o.at(t)
		} else if o.at(t).Sub(here).Len() > other.at(t).Sub(here).Len()+w.eps {
			return // the other side's event comes at the same time
		} else {
			p = o.at(t)
		}
	}
	n := w.node(p, t)
	w.end(a, n)
	w.end(b, n)
	if a.prev == b { // a front of two vertices
		return
	}
	c := w.add(n, t, a.left, b.right)
	link(a.prev, c)
	link(c, b.next)
	w.settle(c, t)
}

// settle closes a front of two vertices, or looks ahead for the new vertex.
func (w *wavefront) settle(c *vertex, t float64) {
	if c.next == c {
		c.dead = true
		w.live--
		return
	}
	if o := c.next; o.next == c {
		w.arcs = append(w.arcs, arc{o.node, c.node, o.left, o.right})
		o.dead, c.dead = true, true
		w.live -= 2
		return
	}
	w.foreseeClose(c, t)
	w.foreseeClose(c.prev, t)
	w.foreseeSplit(c, t)
}

// split lets a reflex vertex cut the front that it has run into, if that front is there.
func (w *wavefront) split(e event) {
	a := e.a
	p := a.at(e.t)
	tol := 1e3 * w.eps
	var hit *vertex
	for _, y := range w.all {
		if y.dead || y.right != e.edge || y == a || y.next == a {
			continue
		}
		d := w.edges[e.edge].dir
		x := p.Dot(d)
		if x >= y.at(e.t).Dot(d)-tol && x <= y.next.at(e.t).Dot(d)+tol {
			hit = y
			break
		}
	}
	if hit == nil {
		return
	}
	n := w.node(p, e.t)
	w.end(a, n)
	after := hit.next
	u := w.add(n, e.t, a.left, e.edge)
	v := w.add(n, e.t, e.edge, a.right)
	before, follow := a.prev, a.next
	link(before, u)
	link(u, after)
	link(hit, v)
	link(v, follow)
	if !u.dead {
		w.settle(u, e.t)
	}
	if !v.dead {
		w.settle(v, e.t)
	}
}
