package street

import (
	"cmp"
	"container/heap"
	"math"
	"slices"

	"github.com/longtake/longtake/geo"
)

// Figures of bridges in metres.
const (
	deckThickness = 0.9
	headRoad      = 4.7 // clear of a road: 4.5 m (RAA 2008; 14 ft in the Green Book) and a resurfacing
	headRail      = 5.7 // of a railway with overhead wire: EN 50119
	headPath      = 2.6
	headWater     = 0.8  // of the banks of a river
	sampleStep    = 10.0 // between heights along a way
	raiseLeast    = 0.05
	crossSpread   = 2.0 // beyond the edges of what is crossed
)

// Clearance is the height that a bridge keeps free above a way of a class.
func Clearance(class string) float64 {
	switch st := styles[class]; {
	case class == "waterway":
		return headWater
	case st.tier == track && class != "railway=tram":
		return headRail
	case st.tier == path:
		return headPath
	}
	return headRoad
}

// vertex is a point of the surveyed ways: those of the data and some between.
type vertex struct {
	at     pt
	ground float64
	h      float64
	need   float64 // least height for what is crossed; -Inf for none
	bridge bool    // every way here is a bridge
	ends   int     // ways that end here
	edges  []reach
}

type reach struct {
	to    int
	len   float64
	grade float64
}

// solver finds the heights of a survey.
type solver struct {
	ways  []way
	line  [][]int // vertices of each way
	verts []vertex
	index map[pt]int
}

// Solve finds the heights of bridges from those of the bare ground. Where a bridge meets
// a way on the ground it is at the ground's height; between, its height changes evenly
// with distance (the harmonic function on the graph of bridge ways). Layer by layer it
// is then raised until it is clear of what it crosses, and with it the ways that lead to
// it, at most as steeply as their class allows: ramps. Junctions of streets on the ground
// stay there; a bridge that therefore can't clear what it crosses is noted, if it is drawn.
func (s *Survey) Solve(ground geo.Elevation, o Options, report *geo.Report) (*Heights, error) {
	out := &Heights{ways: map[wayKey]*profile{}, nodes: map[pt]float64{}, cells: map[[2]int32][]int32{}}
	err := s.each(func(ways []way) { s.solve(ways, ground, o, report, out) })
	out.enter()
	return out, err
}

// solve finds the heights of a group. A way that comes near several groups has those of
// all: they are too far apart for their ramps to meet.
func (s *Survey) solve(ways []way, ground geo.Elevation, o Options, report *geo.Report, out *Heights) {
	v := &solver{ways: ways, index: map[pt]int{}}
	v.sample()
	v.stand(func(p pt) float64 {
		if ground == nil {
			return 0
		}
		h, _ := ground.HeightAt(s.frame.Unplan(p[0], p[1]))
		return h
	})
	fixed := func(k int) bool { return !v.verts[k].bridge || len(v.verts[k].edges) == 1 }
	v.relax(fixed)
	crossings := v.crossings()
	cap := v.pinned()
	for layer := 0; layer <= 5; layer++ {
		var here []crossing
		for _, c := range crossings {
			if v.ways[c.over].layer == layer {
				here = append(here, c)
			}
		}
		if len(here) == 0 {
			continue
		}
		for i := range v.verts {
			v.verts[i].need = math.Inf(-1)
		}
		for _, c := range here {
			v.require(c)
		}
		v.raise(cap)
		v.relax(func(k int) bool {
			n := &v.verts[k]
			return fixed(k) || n.h >= n.need-0.01 && n.need > math.Inf(-1)
		})
	}
	v.smooth(crossings)
	low := 0
	for _, c := range crossings {
		if o.draws(&v.ways[c.over]) && v.height(c.over, c.s)-deckThickness-v.height(c.under, c.t) < Clearance(v.ways[c.under].class)-0.25 {
			low++
		}
	}
	for range low {
		report.Note("bridge lower than it should be above what it crosses: junctions leave no room for a ramp")
	}
	v.heights(out)
}

// sample cuts the ways at most sampleStep apart and joins them where they share points.
func (v *solver) sample() {
	add := func(p pt, shared bool) int {
		if shared {
			if k, ok := v.index[p]; ok {
				return k
			}
			v.index[p] = len(v.verts)
		}
		v.verts = append(v.verts, vertex{at: p, bridge: true, need: math.Inf(-1)})
		return len(v.verts) - 1
	}
	for i := range v.ways {
		w := &v.ways[i]
		var line []int
		grade := w.style.grade
		for k, p := range w.line {
			if k > 0 {
				a := w.line[k-1]
				n := min(int(dist(a, p)/sampleStep), 4000)
				for j := 1; j <= n; j++ {
					line = append(line, add(mix(a, p, float64(j)/float64(n+1)), false))
				}
			}
			line = append(line, add(p, !w.water))
		}
		for k, x := range line {
			n := &v.verts[x]
			n.bridge = n.bridge && w.bridge
			if k == 0 || k == len(line)-1 {
				n.ends++
			}
			if k > 0 {
				y := line[k-1]
				l := math.Max(dist(v.verts[y].at, n.at), 1e-3)
				n.edges = append(n.edges, reach{y, l, grade})
				v.verts[y].edges = append(v.verts[y].edges, reach{x, l, grade})
			}
		}
		v.line = append(v.line, line)
	}
}

// stand puts the vertices on the ground, neighbours one after another: terrain keeps what
// was asked for last.
func (v *solver) stand(ground func(p pt) float64) {
	order := make([]int, len(v.verts))
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, func(a, b int) int {
		p, q := cellOf(v.verts[a].at, dependCell), cellOf(v.verts[b].at, dependCell)
		return cmp.Or(cmp.Compare(p[1], q[1]), cmp.Compare(p[0], q[0]), cmp.Compare(a, b))
	})
	for _, k := range order {
		n := &v.verts[k]
		n.ground = ground(n.at)
		n.h = n.ground
	}
}

// relax makes the heights of the vertices that are not fixed change evenly with distance,
// never lowering them, by conjugate gradients with a diagonal preconditioner
// (Hestenes and Stiefel 1952) to a centimetre.
func (v *solver) relax(fixed func(k int) bool) {
	var free []int
	at := make([]int, len(v.verts))
	for k := range v.verts {
		at[k] = -1
		if !fixed(k) {
			at[k] = len(free)
			free = append(free, k)
		}
	}
	n := len(free)
	if n == 0 {
		return
	}
	x, r, z, p, q, diag := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	mul := func(in, out []float64) {
		for i, k := range free {
			var sum float64
			for _, e := range v.verts[k].edges {
				w := 1 / e.len
				sum += float64(w * in[i])
				if j := at[e.to]; j >= 0 {
					sum -= float64(w * in[j])
				}
			}
			out[i] = sum
		}
	}
	for i, k := range free {
		x[i] = v.verts[k].h
		for _, e := range v.verts[k].edges {
			diag[i] += 1 / e.len
			if at[e.to] < 0 {
				r[i] += v.verts[e.to].h / e.len
			}
		}
	}
	mul(x, q)
	var rho float64
	for i := range r {
		r[i] -= q[i]
		z[i] = r[i] / diag[i]
		p[i] = z[i]
		rho += float64(r[i] * z[i])
	}
	for range min(4*n+50, 6000) {
		if rho < 1e-12*float64(n) {
			break
		}
		mul(p, q)
		var pq float64
		for i := range p {
			pq += float64(p[i] * q[i])
		}
		if pq <= 0 {
			break
		}
		alpha, old := rho/pq, rho
		rho = 0
		for i := range x {
			x[i] += float64(alpha * p[i])
			r[i] -= float64(alpha * q[i])
			z[i] = r[i] / diag[i]
			rho += float64(r[i] * z[i])
		}
		for i := range p {
			p[i] = z[i] + float64(rho/old*p[i])
		}
	}
	for i, k := range free {
		if n := &v.verts[k]; n.need == math.Inf(-1) && n.h == n.ground {
			n.h = x[i]
		} else {
			n.h = math.Max(n.h, x[i])
		}
	}
}

// pinned is the most that each vertex may be raised to because junctions of streets on
// the ground stay where they are.
func (v *solver) pinned() []float64 {
	cap := make([]float64, len(v.verts))
	streets := make([]int, len(v.verts))
	for i, line := range v.line {
		w := &v.ways[i]
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
	q := &queue{}
	for k := range cap {
		cap[k] = math.Inf(1)
		if streets[k] >= 3 {
			cap[k] = v.verts[k].ground
			heap.Push(q, queued{k, cap[k]})
		}
	}
	for q.Len() > 0 {
		n := heap.Pop(q).(queued)
		if n.d > cap[n.node] {
			continue
		}
		for _, e := range v.verts[n.node].edges {
			if d := n.d + e.len*e.grade; d < cap[e.to] && d < n.d+40 {
				cap[e.to] = d
				heap.Push(q, queued{e.to, d})
			}
		}
	}
	return cap
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
	for _, c := range crossings {
		v.require(c)
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

// heights adds the profiles of bridges and of ways that rise.
func (v *solver) heights(out *Heights) {
	for i, line := range v.line {
		w := &v.ways[i]
		if w.water {
			continue
		}
		rises := w.bridge
		for _, k := range line {
			rises = rises || v.verts[k].h-v.verts[k].ground > raiseLeast
		}
		if !rises {
			continue
		}
		p := &profile{line: w.line, foot: w.foot}
		var s float64
		for j, k := range line {
			if j > 0 {
				s += dist(v.verts[line[j-1]].at, v.verts[k].at)
			}
			p.s, p.h = append(p.s, s), append(p.h, v.verts[k].h)
		}
		if before := out.ways[wayKey{w.id, w.part}]; before != nil && slices.Equal(before.line, p.line) {
			for j := range p.h {
				p.h[j] = math.Max(p.h[j], before.h[j])
			}
		}
		out.ways[wayKey{w.id, w.part}] = p
		for _, q := range w.line {
			h := v.verts[v.index[q]].h
			if before, ok := out.nodes[q]; ok {
				h = math.Max(h, before)
			}
			out.nodes[q] = h
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

// crossing is where a bridge passes over another way: metres along both.
type crossing struct {
	over, under int
	s, t        float64
}

// crossings finds where bridges pass over ways of lower layers.
func (v *solver) crossings() []crossing {
	const cell = 40.0
	type segment struct{ way, i int }
	bins := map[[2]int32][]segment{}
	cells := func(a, b pt, fn func(c [2]int32)) {
		lo := cellOf(pt{math.Min(a[0], b[0]), math.Min(a[1], b[1])}, cell)
		hi := cellOf(pt{math.Max(a[0], b[0]), math.Max(a[1], b[1])}, cell)
		for x := lo[0]; x <= hi[0]; x++ {
			for y := lo[1]; y <= hi[1]; y++ {
				fn([2]int32{x, y})
			}
		}
	}
	along := make([][]float64, len(v.ways))
	for w, line := range v.line {
		s := 0.0
		for i := range line {
			if i > 0 {
				a, b := v.verts[line[i-1]].at, v.verts[line[i]].at
				s += dist(a, b)
				if v.ways[w].bridge {
					cells(a, b, func(c [2]int32) { bins[c] = append(bins[c], segment{w, i}) })
				}
			}
			along[w] = append(along[w], s)
		}
	}
	var out []crossing
	for u, line := range v.line {
		layer := 0
		if v.ways[u].bridge {
			layer = v.ways[u].layer
		}
		for j := 1; j < len(line); j++ {
			a, b := v.verts[line[j-1]].at, v.verts[line[j]].at
			var seen []segment
			cells(a, b, func(c [2]int32) {
				for _, o := range bins[c] {
					w := &v.ways[o.way]
					if o.way == u || w.layer < layer || w.layer == layer && v.ways[u].bridge || slices.Contains(seen, o) {
						continue
					}
					seen = append(seen, o)
					p, q := v.line[o.way][o.i-1], v.line[o.way][o.i]
					if p == line[j] || p == line[j-1] || q == line[j] || q == line[j-1] {
						continue // they meet
					}
					s, t, ok := meet(v.verts[p].at, sub(v.verts[q].at, v.verts[p].at), a, sub(b, a))
					if ok && s > -1e-6 && s < 1+1e-6 && t > -1e-6 && t < 1+1e-6 {
						l, m := dist(v.verts[p].at, v.verts[q].at), dist(a, b)
						out = append(out, crossing{o.way, u, along[o.way][o.i-1] + s*l, along[u][j-1] + t*m})
					}
				}
			})
		}
	}
	return out
}

func sub(a, b pt) pt { return pt{a[0] - b[0], a[1] - b[1]} }

// height is that of a way at a distance along it.
func (v *solver) height(w int, s float64) float64 {
	line := v.line[w]
	for i := 1; i < len(line); i++ {
		a, b := &v.verts[line[i-1]], &v.verts[line[i]]
		l := dist(a.at, b.at)
		if s <= l || i == len(line)-1 {
			return a.h + (b.h-a.h)*math.Min(1, s/math.Max(l, 1e-9))
		}
		s -= l
	}
	return 0
}

// require marks the vertices of a bridge that lie above a way that it crosses.
func (v *solver) require(c crossing) {
	under := &v.ways[c.under]
	need := v.height(c.under, c.t) + Clearance(under.class) + deckThickness
	half := under.section.Width()/2 + crossSpread
	line, s := v.line[c.over], 0.0
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		from := s
		s += dist(v.verts[a].at, v.verts[b].at)
		if s < c.s-half || from > c.s+half {
			continue
		}
		for _, k := range [2]int{a, b} {
			v.verts[k].need = math.Max(v.verts[k].need, need)
		}
	}
}
