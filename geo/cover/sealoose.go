package cover

import (
	"math"
	"sort"

	"github.com/paulmach/orb"
)

// maxTries bounds the closings that are compared; each costs a look at 64×64 samples.
const maxTries = 256

// bestClosing leads the loose ends of chains to the border in the ways that make sense
// and returns the closing that known ground contradicts least, with the share of its
// sea that lies on high ground.
func (s *seaWork) bestClosing(fixed, loose []chain) (orb.MultiPolygon, float64) {
	loose = s.joinGaps(loose)
	choices := make([][]option, 0, 2*len(loose))
	for _, c := range loose {
		if c[0] == c[len(c)-1] {
			choices = append(choices, []option{{}}, []option{{}})
			continue
		}
		choices = append(choices, s.leads(c[0], c[1], fixed, loose), s.leads(c[len(c)-1], c[len(c)-2], fixed, loose))
	}
	pick := make([]int, len(choices))
	build := func() []chain {
		all := append([]chain(nil), fixed...)
		for i, c := range loose {
			a, b := choices[2*i][pick[2*i]], choices[2*i+1][pick[2*i+1]]
			n := make(chain, 0, len(c)+2)
			if a.used {
				n = append(n, a.to)
			}
			n = append(n, c...)
			if b.used {
				n = append(n, b.to)
			}
			all = append(all, n)
		}
		return all
	}
	var best orb.MultiPolygon
	bestCost, bestFlooded := math.Inf(1), 0.0
	try := func() float64 {
		sea, clean := s.close(build())
		flooded, dry, wet := s.judge(sea)
		cost := 0.0
		if n := len(s.samples()); n > 0 {
			cost = (2*float64(flooded) + float64(dry)) / float64(n)
		}
		if !clean {
			cost += 0.5
		}
		for i, p := range pick { // the shorter lead where the ground says nothing
			cost += 1e-3 * choices[i][p].length / (s.rect.Max[0] - s.rect.Min[0] + s.rect.Max[1] - s.rect.Min[1])
		}
		if cost < bestCost {
			bestCost, best = cost, sea
			bestFlooded = float64(flooded) / math.Max(float64(wet), 1)
		}
		return cost
	}
	total := 1
	for _, c := range choices {
		total = min(total*len(c), maxTries+1)
	}
	if total <= maxTries { // all combinations, like an odometer
		for {
			try()
			k := 0
			for k < len(pick) && pick[k]+1 == len(choices[k]) {
				pick[k] = 0
				k++
			}
			if k == len(pick) {
				return best, bestFlooded
			}
			pick[k]++
		}
	}
	// Too many: improve one end after the other until none gets better.
	cost, tries := try(), 1
	for better := true; better && tries < maxTries; {
		better = false
		for k := range pick {
			kept := pick[k]
			for v := range choices[k] {
				if pick[k] = v; v != kept {
					tries++
					if c := try(); c < cost {
						cost, kept, better = c, v, true
					}
				}
			}
			pick[k] = kept
		}
	}
	return best, bestFlooded
}

// option is one way to lead an end to the border.
type option struct {
	to     [2]float64
	length float64
	used   bool
}

// leads are straight ways from an end to the border: square to each side and on in the
// direction of travel, shortest first, those that cross no coast.
func (s *seaWork) leads(end, before [2]float64, fixed, loose []chain) []option {
	if onBorder(end, s.rect) {
		return []option{{}}
	}
	b := s.rect
	targets := [][2]float64{{b.Min[0], end[1]}, {b.Max[0], end[1]}, {end[0], b.Min[1]}, {end[0], b.Max[1]}}
	reach := dist(b.Min, b.Max) / math.Max(dist(end, before), 1e-9)
	if _, q, ok := clipSegment(end, mix(before, end, 1+reach), b); ok && onBorder(q, b) {
		targets = append(targets, q)
	}
	var free, all []option
	for _, t := range targets {
		o := option{t, dist(end, t), true}
		all = append(all, o)
		if !crossesAny(mix(end, t, 1e-6), t, fixed) && !crossesAny(mix(end, t, 1e-6), t, loose) {
			free = append(free, o)
		}
	}
	if len(free) == 0 {
		free = all
	}
	sort.SliceStable(free, func(i, j int) bool { return free[i].length < free[j].length })
	return free
}

func crossesAny(p, q [2]float64, chains []chain) bool {
	for _, c := range chains {
		for i := 1; i < len(c); i++ {
			a, b := c[i-1], c[i]
			if cross(p, q, a)*cross(p, q, b) < 0 && cross(a, b, p)*cross(a, b, q) < 0 {
				return true
			}
		}
	}
	return false
}

// joinGaps joins an end to the nearest beginning within 3 % of the rectangle's size,
// nearest pairs first: a fragment that is missing between two others.
func (s *seaWork) joinGaps(loose []chain) []chain {
	limit := 0.03 * dist(s.rect.Min, s.rect.Max)
	type pair struct {
		d    float64
		i, j int
	}
	for {
		best := pair{d: limit, i: -1}
		for i, a := range loose {
			if end := a[len(a)-1]; a[0] != end && !onBorder(end, s.rect) {
				for j, b := range loose {
					if b[0] == b[len(b)-1] && len(b) > 2 || onBorder(b[0], s.rect) {
						continue
					}
					if i == j && (len(a) < 4 || dist(a[0], end) > 0.2*length(a)) {
						continue
					}
					if d := dist(end, b[0]); d < best.d {
						best = pair{d, i, j}
					}
				}
			}
		}
		if best.i < 0 {
			return loose
		}
		s.in.Report.Note("gap in the coastline bridged")
		if best.i == best.j {
			loose[best.i] = append(append(chain(nil), loose[best.i]...), loose[best.i][0])
			continue
		}
		loose[best.i] = append(append(chain(nil), loose[best.i]...), loose[best.j]...)
		loose = append(loose[:best.j:best.j], loose[best.j+1:]...)
	}
}

func length(c chain) (l float64) {
	for i := 1; i < len(c); i++ {
		l += dist(c[i-1], c[i])
	}
	return l
}
