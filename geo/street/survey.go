package street

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// rampReach is how far in metres from a bridge its ramps may reach.
const rampReach = 250.0

// Survey gathers bridges and what is near them: first every feature is handed to Bridge,
// then every feature to Near, then Solve finds heights. It holds no more than that. It may
// be filled in parts, in any order, each from one goroutine, that are then merged: the
// parts of Bridge before any Near.
type Survey struct {
	frame earth.Frame
	ways  []way
	near  map[[2]int32]bool // cells within rampReach of a bridge
}

// NewSurvey starts a survey in the plan of a frame.
func NewSurvey(frame earth.Frame) *Survey {
	return &Survey{frame: frame, near: map[[2]int32]bool{}}
}

// waters are the lines of a waterway in the open: bridges keep clear of it.
func (s *Survey) waters(f *geo.Feature) []way {
	switch f.Tags["waterway"] {
	case "river", "canal", "stream", "tidal_channel":
	default:
		return nil
	}
	ls, ok := f.Geometry.(orb.LineString)
	if !ok || tunnel(f.Tags) {
		return nil
	}
	line, ok := planLine(&s.frame, ls)
	if !ok || len(line) < 2 {
		return nil
	}
	return []way{{id: f.ID, class: "waterway", line: line, water: true, section: Section{Left: 4, Right: -4}}}
}

// Part is an empty survey that knows where the bridges of s are: for Near in parts.
func (s *Survey) Part() *Survey { return &Survey{frame: s.frame, near: s.near} }

// Merge adds what a part holds.
func (s *Survey) Merge(part *Survey) {
	s.ways = append(s.ways, part.ways...)
	for c := range part.near {
		if !s.near[c] { // a part of Near shares the map
			s.near[c] = true
		}
	}
}

func cellOf(p pt, size float64) [2]int32 {
	return [2]int32{int32(math.Floor(p[0] / size)), int32(math.Floor(p[1] / size))}
}

// Bridge keeps a feature that is a bridge.
func (s *Survey) Bridge(f *geo.Feature) {
	if !bridged(f.Tags) {
		return
	}
	for _, w := range waysOf(&s.frame, 0, f, func(string, string) {}) {
		s.ways = append(s.ways, w)
		for i := 1; i < len(w.line); i++ {
			l := dist(w.line[i-1], w.line[i])
			for k := range min(int(l/rampReach), 4000) + 2 {
				c := cellOf(mix(w.line[i-1], w.line[i], math.Min(float64(k)*rampReach/l, 1)), rampReach)
				for dx := int32(-1); dx <= 1; dx++ {
					for dy := int32(-1); dy <= 1; dy++ {
						s.near[[2]int32{c[0] + dx, c[1] + dy}] = true
					}
				}
			}
		}
	}
}

// Near keeps a feature that is a way on the ground near a bridge.
func (s *Survey) Near(f *geo.Feature) {
	if len(s.near) == 0 || bridged(f.Tags) {
		return
	}
	lines := s.waters(f)
	if _, _, ok := classOf(f.Tags); !ok && lines == nil {
		return
	}
	for _, w := range append(lines, waysOf(&s.frame, 0, f, func(string, string) {})...) {
		if w.class == "highway=steps" || w.class == "railway=platform" {
			continue // they make up any height
		}
		for i, p := range w.line {
			if s.near[cellOf(p, rampReach)] || i > 0 && s.near[cellOf(mix(w.line[i-1], p, 0.5), rampReach)] {
				s.ways = append(s.ways, w)
				break
			}
		}
	}
}

// sorted are the surveyed ways in an order that does not depend on who filled it.
func (s *Survey) sorted() []way {
	slices.SortFunc(s.ways, func(a, b way) int { return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.part, b.part)) })
	return s.ways
}

// profile is the height of a way by the metres along it.
type profile struct {
	s, h []float64
	line []pt // points of the data
	foot pt   // as of geo.Feature, in the plan
}

func (p *profile) at(s float64) float64 {
	lo, hi := 0, len(p.s)-1
	if s <= p.s[0] {
		return p.h[0]
	}
	for hi-lo > 1 {
		if m := (lo + hi) / 2; p.s[m] <= s {
			lo = m
		} else {
			hi = m
		}
	}
	t := math.Min(1, (s-p.s[lo])/math.Max(p.s[hi]-p.s[lo], 1e-9))
	return p.h[lo] + float64((p.h[hi]-p.h[lo])*t)
}

type wayKey struct {
	id   string
	part int
}

// Heights are those of bridges and of the ways that rise to them. A nil pointer knows of
// none.
type Heights struct {
	ways  map[wayKey]*profile
	nodes map[pt]float64
	order []wayKey             // sorted
	cells map[[2]int32][]int32 // those that have a point or their foot in a cell, of order
}

// of is the profile of a way that is a bridge or rises to one; nil for others.
func (h *Heights) of(w *way) *profile {
	if h == nil {
		return nil
	}
	return h.ways[wayKey{w.id, w.part}]
}
