package cover

import (
	"math"

	"github.com/paulmach/orb"
)

// coast collects the coastlines in plan metres, joined end to start where they share a
// position. Closed chains repeat their first point.
func (s *seaWork) coast() []chain {
	var parts []chain
	seen := map[[4]float64]bool{}
	for i := range s.in.Features {
		f := &s.in.Features[i]
		if f.Tags["natural"] != "coastline" {
			continue
		}
		for _, ls := range linesOf(f.Geometry) {
			p, ok := s.in.planLine(ls)
			if !ok || len(p) < 2 {
				s.in.Report.Skip(f.ID, "line without extent or far outside")
				continue
			}
			if len(p) > 2 && dist(p[0], p[len(p)-1]) < 1e-3 {
				p[len(p)-1] = p[0]
			}
			key := [4]float64{p[0][0], p[0][1], p[1][0], p[1][1]}
			if !seen[key] { // the same way read twice
				seen[key] = true
				parts = append(parts, p)
			}
		}
	}
	return stitch(parts)
}

// stitch joins chains whose end is another's start, to within a millimetre.
func stitch(parts []chain) []chain {
	key := func(p [2]float64) [2]int64 {
		return [2]int64{int64(math.Round(p[0] * 200)), int64(math.Round(p[1] * 200))}
	}
	starts := map[[2]int64][]int{}
	ended := map[[2]int64]bool{}
	for i, p := range parts {
		starts[key(p[0])] = append(starts[key(p[0])], i)
		ended[key(p[len(p)-1])] = true
	}
	used := make([]bool, len(parts))
	var out []chain
	follow := func(i int) {
		used[i] = true
		c := append(chain(nil), parts[i]...)
		for key(c[0]) != key(c[len(c)-1]) {
			next := -1
			for _, j := range starts[key(c[len(c)-1])] {
				if !used[j] {
					next = j
					break
				}
			}
			if next < 0 {
				break
			}
			used[next] = true
			c = append(c, parts[next][1:]...)
		}
		if len(c) > 2 && key(c[0]) == key(c[len(c)-1]) {
			c[len(c)-1] = c[0]
		}
		out = append(out, c)
	}
	for i, p := range parts { // open chains from their true beginnings first
		if !used[i] && !ended[key(p[0])] {
			follow(i)
		}
	}
	for i := range parts {
		if !used[i] {
			follow(i)
		}
	}
	return out
}

// sample is one point of known ground.
type sample struct {
	p [2]float64
	h float64 // above the sea
}

// samples is the known ground on about 64×64 points of the rectangle.
func (s *seaWork) samples() []sample {
	if s.asked {
		return s.grid
	}
	s.asked = true
	const n = 64
	for j := range n {
		for i := range n {
			p := [2]float64{
				s.rect.Min[0] + (float64(i)+0.5)/n*(s.rect.Max[0]-s.rect.Min[0]),
				s.rect.Min[1] + (float64(j)+0.5)/n*(s.rect.Max[1]-s.rect.Min[1])}
			if h, ok := s.in.ground(p); ok && !math.IsNaN(h) {
				s.grid = append(s.grid, sample{p, h - s.level})
			}
		}
	}
	return s.grid
}

// wrong is the share of the sea's known ground that is high.
func (s *seaWork) wrong(sea orb.MultiPolygon) float64 {
	flooded, _, wet := s.judge(sea)
	if wet == 0 {
		return 0
	}
	return float64(flooded) / float64(wet)
}

// smeared tells whether high ground in the sea may be what coarse elevation makes of land
// beside it: it is not much, and land is high by far more of its area.
func (s *seaWork) smeared(sea orb.MultiPolygon) bool {
	flooded, _, wet := s.judge(sea)
	high := 0
	for _, q := range s.samples() {
		if q.h > highGround {
			high++
		}
	}
	land := float64(high-flooded) / math.Max(float64(len(s.samples())-wet), 1)
	share := s.wrong(sea)
	return share <= maxSmeared && land >= leastApart*share
}

// judge counts samples: high ground in the sea, ground below the sea on land, and all
// in the sea.
func (s *seaWork) judge(sea orb.MultiPolygon) (flooded, dry, wet int) {
	polys := make([][][][2]float64, len(sea))
	for i, p := range sea {
		polys[i] = toRings(p)
	}
	for _, q := range s.samples() {
		in := false
		for _, rings := range polys {
			in = in || contains(rings, q.p)
		}
		switch {
		case in && q.h > highGround:
			flooded++
		case !in && q.h < 0.5:
			dry++
		}
		if in {
			wet++
		}
	}
	return flooded, dry, wet
}
