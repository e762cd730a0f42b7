package street

import (
	"container/heap"
	"math"
)

// steepest is how steep a ramp becomes where a junction leaves no room for a better one:
// short ramps of towns reach a tenth and more (Green Book 2018, section 3.4).
const steepest = 0.12

// pinned is the most that each vertex may be raised to because junctions of streets on
// the ground stay where they are.
func (v *solver) pinned() []float64 {
	cap, streets := make([]float64, len(v.verts)), v.streets()
	q := &queue{}
	for k := range cap {
		cap[k] = math.Inf(1)
		if streets[k] >= 3 && !v.verts[k].bridge {
			cap[k] = v.verts[k].h // the ground but where it is an abutment
			heap.Push(q, queued{k, cap[k]})
		}
	}
	for q.Len() > 0 {
		n := heap.Pop(q).(queued)
		if n.d > cap[n.node] {
			continue
		}
		for _, e := range v.verts[n.node].edges {
			if d := n.d + e.len*math.Max(e.grade, steepest); d < cap[e.to] && d < n.d+40 {
				cap[e.to] = d
				heap.Push(q, queued{e.to, d})
			}
		}
	}
	return cap
}

// streets counts how many streets on the ground leave each vertex; where a floor meets one
// it counts for two.
func (v *solver) streets() []int {
	streets := make([]int, len(v.verts))
	for i, line := range v.line {
		w := &v.ways[i]
		if w.floor { // its ramp does not lift the street that it leaves
			for _, x := range line {
				streets[x] += 2
			}
		}
		if w.bridge || w.water || w.style.tier != street || w.style.bias >= 18 || len(w.class) > 5 && w.class[len(w.class)-5:] == "_link" {
			continue
		}
		for k, x := range line {
			if k > 0 {
				streets[x]++
			}
			if k+1 < len(line) {
				streets[x]++
			}
		}
	}
	return streets
}

// raise lifts the vertices to what they need, and those about them as far down as grades
// allow.
func (v *solver) raise(cap []float64) {
	top := make([]float64, len(v.verts))
	q := &queue{}
	for k := range v.verts {
		top[k] = v.verts[k].h
		if n := math.Min(v.verts[k].need, cap[k]); n > top[k] {
			top[k] = n
			heap.Push(q, queued{k, -n})
		}
	}
	for q.Len() > 0 {
		n := heap.Pop(q).(queued)
		if -n.d < top[n.node] {
			continue
		}
		for _, e := range v.verts[n.node].edges {
			if h := math.Min(-n.d-e.len*e.grade, cap[e.to]); h > top[e.to] {
				top[e.to] = h
				heap.Push(q, queued{e.to, -h})
			}
		}
	}
	for k := range v.verts {
		v.verts[k].h = math.Max(v.verts[k].h, top[k])
	}
}

// smooth rounds the foot and the crest of ramps, but leaves what must be high where it is.
func (v *solver) smooth(crossings []crossing) {
	for i := range v.verts {
		v.verts[i].need = math.Inf(-1)
	}
	for i := range crossings {
		v.require(&crossings[i])
	}
	next := make([]float64, len(v.verts))
	for range 4 {
		for k := range v.verts {
			n := &v.verts[k]
			next[k] = n.h
			if n.h-n.ground < raiseLeast && !n.bridge || len(n.edges) < 2 {
				continue
			}
			var sum, weight float64
			for _, e := range n.edges {
				sum += v.verts[e.to].h / e.len
				weight += 1 / e.len
			}
			h := n.h + 0.5*(sum/weight-n.h)
			if n.need > math.Inf(-1) {
				h = math.Max(h, math.Min(n.h, n.need))
			}
			if !n.bridge {
				h = math.Max(h, n.ground)
			}
			next[k] = h
		}
		for k := range v.verts {
			v.verts[k].h = next[k]
		}
	}
}

type queued struct {
	node int
	d    float64
}

type queue []queued

func (q queue) Len() int { return len(q) }

func (q queue) Less(i, j int) bool {
	return q[i].d < q[j].d || q[i].d == q[j].d && q[i].node < q[j].node
}

func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push implements heap.Interface.
func (q *queue) Push(x any) { *q = append(*q, x.(queued)) }

// Pop implements heap.Interface.
func (q *queue) Pop() any {
	n := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return n
}
