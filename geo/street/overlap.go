package street

import (
	"container/heap"
	"math"
	"slices"
)

// Figures of ways that run above each other or part, in metres.
const (
	partReach = 150.0 // along ways: what is nearer to each other than this has just parted
	seam      = 1.0   // by which surfaces may overlap: widths are guesses
)

// lap is a place where a deck and a way lie above each other.
type lap struct {
	over, under int     // ways
	s, t        float64 // metres along both
	seg         int     // of the upper
	vertex      int     // of the lower
	apart       float64
	inside      bool // the line of one is within the edges of the other
}

// laps finds the vertices of ways that lie within the deck of a bridge of the same layer
// or a higher one, seen from above: lines need not cross for that.
func (v *solver) laps() (out []lap) {
	type segment struct{ way, i int }
	bins := map[cell][]segment{}
	half := func(w int) float64 { s := &v.ways[w].section; return (s.KerbLeft - s.KerbRight) / 2 }
	along := make([][]float64, len(v.ways))
	for w, line := range v.line {
		s := 0.0
		for i, k := range line {
			if i > 0 {
				a, b := v.verts[line[i-1]].at, v.verts[k].at
				s += dist(a, b)
				if v.ways[w].bridge {
					r := half(w) + 15
					lo := cellOf(pt{math.Min(a[0], b[0]) - r, math.Min(a[1], b[1]) - r}, nearCell)
					hi := cellOf(pt{math.Max(a[0], b[0]) + r, math.Max(a[1], b[1]) + r}, nearCell)
					for x := lo[0]; x <= hi[0]; x++ {
						for y := lo[1]; y <= hi[1]; y++ {
							bins[cell{x, y}] = append(bins[cell{x, y}], segment{w, i})
						}
					}
				}
			}
			along[w] = append(along[w], s)
		}
	}
	for u, line := range v.line {
		low := &v.ways[u]
		if low.water || low.style.tier == path {
			continue
		}
		layer := 0
		if low.bridge {
			layer = low.layer
		}
		for j, k := range line {
			p := v.verts[k].at
			best := map[int]int{} // the nearest of each way
			for _, o := range bins[cellOf(p, nearCell)] {
				w := &v.ways[o.way]
				if o.way == u || w.layer < layer || w.style.tier == path {
					continue
				}
				a, b := v.verts[v.line[o.way][o.i-1]].at, v.verts[v.line[o.way][o.i]].at
				d := toSegment(p, a, b)
				if d > half(o.way)+half(u)-seam {
					continue
				}
				l := lap{o.way, u, along[o.way][o.i-1] + project(p, a, b)*dist(a, b), along[u][j], o.i, k, d, d < math.Max(half(o.way), half(u))}
				if n, ok := best[o.way]; !ok {
					best[o.way] = len(out)
					out = append(out, l)
				} else if d < out[n].apart {
					out[n] = l
				}
			}
		}
	}
	return out
}

// part sorts what laps: where two ways have just parted, or are about to meet, they are
// one surface until their edges part, and their vertices are joined across; the others
// are crossings of those below.
func (v *solver) part(laps []lap) (crossings []crossing) {
	type joint struct {
		a, b       int
		len, grade float64
	}
	var joints []joint
	for from := 0; from < len(laps); {
		to := from + 1
		for to < len(laps) && laps[to].vertex == laps[from].vertex {
			to++
		}
		near := v.within(laps[from].vertex, partReach)
		for _, l := range laps[from:to] {
			o := &v.ways[l.over]
			p, q := v.line[l.over][l.seg-1], v.line[l.over][l.seg]
			if p == l.vertex || q == l.vertex {
				continue
			}
			_, parted := near[p]
			if _, ok := near[q]; !parted && !ok {
				if l.inside && (o.layer > v.ways[l.under].layer || !v.ways[l.under].bridge) {
					crossings = append(crossings, crossing{over: l.over, under: l.under, s: l.s, t: l.t})
				}
				continue
			}
			if o.floor != v.ways[l.under].floor || v.across(&l) {
				continue // above the street that leads to it
			}
			if dist(v.verts[q].at, v.verts[l.vertex].at) < dist(v.verts[p].at, v.verts[l.vertex].at) {
				p = q
			}
			joints = append(joints, joint{l.vertex, p, math.Max(dist(v.verts[p].at, v.verts[l.vertex].at), 1), o.style.grade})
		}
		from = to
	}
	for _, s := range joints {
		v.verts[s.a].edges = append(v.verts[s.a].edges, reach{s.b, s.len, s.grade})
		v.verts[s.b].edges = append(v.verts[s.b].edges, reach{s.a, s.len, s.grade})
	}
	return crossings
}

// across tells whether the ways of a lap cross rather than part: their directions differ by
// more than 45°.
func (v *solver) across(l *lap) bool {
	line := v.line[l.under]
	k := slices.Index(line, l.vertex)
	at := func(i int) pt { return v.verts[line[max(0, min(i, len(line)-1))]].at }
	d := unit(at(k-1), at(k+1))
	e := unit(v.verts[v.line[l.over][l.seg-1]].at, v.verts[v.line[l.over][l.seg]].at)
	return math.Abs(dot(d, e)) < math.Sqrt2/2
}

// within are the vertices that ways lead to from one in some metres, and how far.
func (v *solver) within(from int, most float64) map[int]float64 {
	out := map[int]float64{from: 0}
	q := &queue{{from, 0}}
	for q.Len() > 0 {
		n := heap.Pop(q).(queued)
		if n.d > out[n.node] {
			continue
		}
		for _, e := range v.verts[n.node].edges {
			d := n.d + e.len
			if before, ok := out[e.to]; d <= most && (!ok || d < before) {
				out[e.to] = d
				heap.Push(q, queued{e.to, d})
			}
		}
	}
	return out
}
