package street

import (
	"cmp"
	"math"
	"slices"

	"github.com/longtake/longtake/geo/spool"
)

// profile is the height of a way by the metres along it.
type profile struct {
	key   wayKey
	floor bool      // of a way that is carried without being a bridge
	foot  pt        // as of geo.Feature, in the plan
	line  []pt      // points of the data
	s, h  []float64 // at these, and at sampleStep between
	rise  []float64 // of these above the bare ground
}

type wayKey struct {
	id   string
	part int
}

func (k wayKey) compare(o wayKey) int {
	return cmp.Or(cmp.Compare(k.id, o.id), cmp.Compare(k.part, o.part))
}

// samples is how many heights lie between two points of a way.
func samples(a, b pt) int { return min(int(dist(a, b)/sampleStep), 4000) }

func (p *profile) at(s float64) float64 { return p.between(p.h, s) }

// riseAt is how far the way is lifted off the bare ground. Where that is nothing, a way
// that is no bridge lies on the finished ground, however that was cut and filled.
func (p *profile) riseAt(s float64) float64 { return p.between(p.rise, s) }

func (p *profile) between(h []float64, s float64) float64 {
	lo, hi := 0, len(p.s)-1
	if s <= p.s[0] {
		return h[0]
	}
	for hi-lo > 1 {
		if m := (lo + hi) / 2; p.s[m] <= s {
			lo = m
		} else {
			hi = m
		}
	}
	t := math.Min(1, (s-p.s[lo])/math.Max(p.s[hi]-p.s[lo], 1e-9))
	return h[lo] + float64((h[hi]-h[lo])*t)
}

// touches are the cells of a profile's line and foot, each once.
func (p *profile) touches() []cell {
	out := []cell{cellOf(p.foot, dependCell)}
	for i, q := range p.line {
		steps := 1
		if i > 0 {
			steps = min(int(dist(p.line[i-1], q)/dependCell)+1, 1000)
		}
		for k := range steps {
			at := q
			if i > 0 {
				at = mix(p.line[i-1], q, float64(k+1)/float64(steps))
			}
			if c := cellOf(at, dependCell); !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

func (p *profile) append(w *spool.Writer) {
	w.String(p.key.id)
	w.Uint(uint64(p.key.part))
	if p.floor {
		w.Uint(1)
	} else {
		w.Uint(0)
	}
	w.Float(p.foot[0])
	w.Float(p.foot[1])
	w.Uint(uint64(len(p.line)))
	for _, q := range p.line {
		w.Float(q[0])
		w.Float(q[1])
	}
	w.Uint(uint64(len(p.h)))
	for k, h := range p.h {
		w.Float(h)
		w.Float(p.rise[k])
	}
}

func readProfile(b []byte) (*profile, error) {
	r := spool.Reader{B: b}
	p := &profile{key: wayKey{r.String(), int(r.Uint())}, floor: r.Uint() == 1, foot: pt{r.Float(), r.Float()}}
	p.line = make([]pt, r.Count(16))
	for i := range p.line {
		p.line[i] = pt{r.Float(), r.Float()}
	}
	p.h = make([]float64, r.Count(16))
	p.rise = make([]float64, len(p.h))
	for i := range p.h {
		p.h[i], p.rise[i] = r.Float(), r.Float()
	}
	if r.Err != nil {
		return nil, r.Err
	}
	var s float64
	p.each(func(_, _ int, q, before pt) {
		if p.s != nil {
			s += dist(before, q)
		}
		p.s = append(p.s, s)
	})
	if len(p.s) != len(p.h) || len(p.line) < 2 {
		return nil, spool.ErrDamaged
	}
	return p, nil
}

// each calls f for the places of all heights: which one it is, the point of the data that
// it is, or -1, where it is, and where the one before.
func (p *profile) each(f func(k, point int, at, before pt)) {
	k, before := 0, pt{}
	for i, q := range p.line {
		if i > 0 {
			a := p.line[i-1]
			n := samples(a, q)
			for j := 1; j <= n; j++ {
				at := mix(a, q, float64(j)/float64(n+1))
				f(k, -1, at, before)
				k, before = k+1, at
			}
		}
		f(k, i, q, before)
		k, before = k+1, q
	}
}

// Heights are those of bridges and of the ways that rise to them, around a block. A nil
// pointer knows of none.
type Heights struct {
	ways  map[wayKey]*profile
	nodes map[pt]height
}

// height is that of a point, and how far it is lifted off the bare ground.
type height struct{ h, rise float64 }

// of is the profile of a way that is a bridge or rises to one; nil for others.
func (h *Heights) of(w *way) *profile {
	if h == nil {
		return nil
	}
	return h.ways[wayKey{w.id, w.part}]
}

// newHeights joins profiles. Where groups that are solved apart have a way in common, it
// has the greater height of them, and what meets it follows.
func newHeights(all []*profile) *Heights {
	h := &Heights{ways: map[wayKey]*profile{}, nodes: map[pt]height{}}
	slices.SortStableFunc(all, func(a, b *profile) int { return a.key.compare(b.key) })
	for _, p := range all {
		before := h.ways[p.key]
		if before == nil || !slices.Equal(before.line, p.line) {
			h.ways[p.key] = p
			continue
		}
		before.floor = before.floor || p.floor
		for j := range p.h {
			before.h[j], before.rise[j] = math.Max(p.h[j], before.h[j]), math.Max(p.rise[j], before.rise[j])
		}
	}
	joined := all[:0]
	for _, p := range all {
		if h.ways[p.key] == p {
			joined = append(joined, p)
		}
	}
	for _, p := range joined {
		p.each(func(k, point int, at, _ pt) {
			if before, ok := h.nodes[at]; point >= 0 && (!ok || p.h[k] > before.h) {
				h.nodes[at] = height{p.h[k], p.rise[k]}
			}
		})
	}
	for _, p := range joined {
		p.follow(h.nodes)
	}
	return h
}

// follow lifts the points of the data to heights, and what lies between with them.
func (p *profile) follow(nodes map[pt]height) {
	last, lifted := 0, 0.0
	p.each(func(k, point int, at, _ pt) {
		if point < 0 {
			return
		}
		lift := nodes[at].h - p.h[k]
		for j := last + 1; j < k && lift+lifted > 0; j++ {
			t := (p.s[j] - p.s[last]) / (p.s[k] - p.s[last])
			up := float64(lifted*(1-t)) + float64(lift*t)
			p.h[j], p.rise[j] = p.h[j]+up, p.rise[j]+up
		}
		p.h[k], p.rise[k] = nodes[at].h, p.rise[k]+lift
		last, lifted = k, lift
	})
}
