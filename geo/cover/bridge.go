package cover

import (
	"container/heap"
	"math"

	"github.com/longtake/longtake/geo"
)

// Solid is a mesh that stands free of the ground, in plan metres and metres above the
// ellipsoid; drape.Lift takes it to a tile's frame.
type Solid struct {
	Layer     string
	Material  geo.Material
	Feature   int
	Class     string
	Bias      int
	Positions [][3]float64 // plan x, plan y, height above the ellipsoid
	Normals   [][3]float32 // unit, in the plan frame's axes
	Colors    [][4]uint8
	UV        [][2]float32
	Indices   []uint32
}

// Figures of bridges in metres.
const (
	deckThickness = 0.9
	clearance     = 5.2  // between a road and what it crosses, for each OSM layer
	rampGrade     = 0.05 // the steepest a deck rises above the line between its ends
	deckStep      = 10.0 // between cross-sections
	pierStep      = 32.0
	pierHeight    = 3.5 // least height of a deck that stands on piers
)

var concreteColor = rgb(158, 155, 149)

// Bridges builds the decks of ways tagged bridge, which may span several ways. Where a
// deck meets a way on the ground, or stops, it is at the ground's height; between
// such ends its height changes evenly with distance (the harmonic function on the graph
// of bridge ways), raised towards clearance over the ground per OSM layer as far as a
// grade of 5 % allows. Decks have concrete sides and undersides and, where they are
// high, piers.
func Bridges(in Input, layer string) []Solid {
	net := in.network()
	d := newDecks(&in, net)
	var out []Solid
	for i := range net.ways {
		if net.ways[i].bridge && net.owns(net.ways[i].feature) {
			out = append(out, d.build(i, layer)...)
		}
	}
	in.Report.Made("bridge", d.built)
	return out
}

// decks is the graph of bridge ways: nodes are line points.
type decks struct {
	in    *Input
	net   *network
	index map[nodeKey]int
	pos   [][2]float64
	next  [][]edge
	ramp  []float64 // height without raising
	away  []float64 // metres along bridges to the nearest anchor
	lift  []float64 // most that a node's component is raised
	built int
}

type edge struct {
	to  int
	len float64
}

func newDecks(in *Input, net *network) *decks {
	d := &decks{in: in, net: net, index: map[nodeKey]int{}}
	layers := []int{}
	for i := range net.ways {
		w := &net.ways[i]
		if !w.bridge {
			continue
		}
		prev := -1
		for _, p := range w.line {
			k, ok := d.index[p]
			if !ok {
				k = len(d.pos)
				d.index[p] = k
				d.pos, d.next, layers = append(d.pos, p), append(d.next, nil), append(layers, 0)
			}
			layers[k] = max(layers[k], w.layer)
			if prev >= 0 {
				l := dist(d.pos[prev], p)
				d.next[prev], d.next[k] = append(d.next[prev], edge{k, l}), append(d.next[k], edge{prev, l})
			}
			prev = k
		}
	}
	anchored := make([]bool, len(d.pos))
	d.ramp = make([]float64, len(d.pos))
	for k, p := range d.pos {
		anchored[k] = len(d.next[k]) == 1
		for _, a := range net.arms[p] {
			anchored[k] = anchored[k] || !a.bridge
		}
		d.ramp[k], _ = in.ground(p)
	}
	d.away = distances(d.next, anchored)
	d.relax(anchored)
	d.raise(layers)
	return d
}

// distances is Dijkstra's from all anchors at once.
func distances(next [][]edge, anchored []bool) []float64 {
	away := make([]float64, len(next))
	q := &nodeQueue{}
	for k := range away {
		away[k] = math.Inf(1)
		if anchored[k] {
			away[k] = 0
			heap.Push(q, queued{k, 0})
		}
	}
	for q.Len() > 0 {
		n := heap.Pop(q).(queued)
		if n.d > away[n.node] {
			continue
		}
		for _, e := range next[n.node] {
			if d := n.d + e.len; d < away[e.to] {
				away[e.to] = d
				heap.Push(q, queued{e.to, d})
			}
		}
	}
	return away
}

// relax solves for heights that change evenly between anchors, by successive
// over-relaxation to a centimetre.
func (d *decks) relax(anchored []bool) {
	for range 4000 {
		worst := 0.0
		for k := range d.ramp {
			if anchored[k] || math.IsInf(d.away[k], 1) {
				continue
			}
			var sum, weight float64
			for _, e := range d.next[k] {
				sum += d.ramp[e.to] / e.len
				weight += 1 / e.len
			}
			step := 1.9 * (sum/weight - d.ramp[k])
			d.ramp[k] += step
			worst = math.Max(worst, math.Abs(step))
		}
		if worst < 1e-3 {
			return
		}
	}
}

// raise finds for each connected bridge how far its deck must be lifted: what its nodes
// at full grade, or its farthest node, lack above the ground.
func (d *decks) raise(layers []int) {
	d.lift = make([]float64, len(d.pos))
	seen := make([]bool, len(d.pos))
	for root := range d.pos {
		if seen[root] {
			continue
		}
		seen[root] = true
		part := []int{root}
		for i := 0; i < len(part); i++ {
			for _, e := range d.next[part[i]] {
				if !seen[e.to] {
					seen[e.to] = true
					part = append(part, e.to)
				}
			}
		}
		far := part[0]
		for _, k := range part {
			if d.away[k] > d.away[far] && !math.IsInf(d.away[k], 1) {
				far = k
			}
		}
		need := 0.0
		for _, k := range part {
			want := clearance * float64(layers[k])
			if k == far || d.away[k]*rampGrade >= want {
				g, _ := d.in.ground(d.pos[k])
				need = math.Max(need, math.Min(want, g+want-d.ramp[k]))
			}
		}
		for _, k := range part {
			d.lift[k] = need
		}
	}
}

// height is a deck's at t between two neighbouring nodes.
func (d *decks) height(a, b int, t float64) float64 {
	l := dist(d.pos[a], d.pos[b])
	away := math.Min(d.away[a]+l*t, d.away[b]+l*(1-t))
	h := d.ramp[a] + (d.ramp[b]-d.ramp[a])*t
	need := d.lift[a] + (d.lift[b]-d.lift[a])*t
	if need <= 0 {
		return h
	}
	if math.IsInf(away, 1) {
		return h + need
	}
	return h + need*(1-math.Exp(-rampGrade*away/need)) // eases from the grade to level
}

type queued struct {
	node int
	d    float64
}

type nodeQueue []queued

func (q nodeQueue) Len() int           { return len(q) }
func (q nodeQueue) Less(i, j int) bool { return q[i].d < q[j].d }
func (q nodeQueue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }

// Push implements heap.Interface.
func (q *nodeQueue) Push(x any) { *q = append(*q, x.(queued)) }

// Pop implements heap.Interface.
func (q *nodeQueue) Pop() any {
	n := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return n
}
