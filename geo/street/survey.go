package street

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/spool"
)

// rampReach is how far in metres from a bridge its ramps may reach.
const rampReach = 250.0

// Survey gathers bridges and what is near them: first every feature is handed to Bridge,
// then every feature to Near, then Solve finds heights. It may be filled in parts, in any
// order, each from one goroutine, that are then merged: the parts of Bridge before any
// Near. Bridges are held; what is near them lies on disk beyond a limit, and is solved
// group by group: bridges whose surroundings touch.
type Survey struct {
	frame   earth.Frame
	bridges []way
	near    map[[2]int32]int32 // cells within rampReach of a bridge; what they count to is their group
	grouped bool
	dir     string
	limit   int
	parts   []*surroundings // the last one is written to
	err     error           // the first of writing
}

// surroundings is what one part found near bridges.
type surroundings struct {
	features *spool.File
	found    []found
}

// found is a feature near a group of bridges.
type found struct {
	group, size int32
	at          int64
}

// NewSurvey starts a survey in the plan of a frame that holds everything in memory.
func NewSurvey(frame earth.Frame) *Survey { return NewSurveyIn(frame, "", math.MaxInt) }

// NewSurveyIn starts a survey each of whose parts holds limit bytes of what is near bridges
// in memory, and more in a file of dir that needs no removal.
func NewSurveyIn(frame earth.Frame, dir string, limit int) *Survey {
	return &Survey{frame: frame, near: map[[2]int32]int32{}, dir: dir, limit: limit}
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
func (s *Survey) Part() *Survey {
	s.group()
	return &Survey{frame: s.frame, near: s.near, grouped: true, dir: s.dir, limit: s.limit}
}

// Merge adds what a part holds.
func (s *Survey) Merge(part *Survey) {
	s.bridges = append(s.bridges, part.bridges...)
	s.parts = append(s.parts, part.parts...)
	if s.err == nil {
		s.err = part.err
	}
	if part.grouped { // a part of Near shares the map
		return
	}
	for c := range part.near {
		s.near[c] = 0
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
		w.tags = nil
		s.bridges = append(s.bridges, w)
		for i := 1; i < len(w.line); i++ {
			l := dist(w.line[i-1], w.line[i])
			for k := range min(int(l/rampReach), 4000) + 2 {
				c := cellOf(mix(w.line[i-1], w.line[i], math.Min(float64(k)*rampReach/l, 1)), rampReach)
				for dx := int32(-1); dx <= 1; dx++ {
					for dy := int32(-1); dy <= 1; dy++ {
						s.near[[2]int32{c[0] + dx, c[1] + dy}] = 0
					}
				}
			}
		}
	}
}

// group numbers the cells near bridges, those that touch alike, from the south-west.
func (s *Survey) group() {
	if s.grouped {
		return
	}
	s.grouped = true
	cells := slices.SortedFunc(maps.Keys(s.near), func(a, b [2]int32) int { return cmp.Or(cmp.Compare(a[1], b[1]), cmp.Compare(a[0], b[0])) })
	n := int32(0)
	for _, c := range cells {
		if s.near[c] != 0 {
			continue
		}
		n++
		s.near[c] = n
		for todo := [][2]int32{c}; len(todo) > 0; {
			c := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for dx := int32(-1); dx <= 1; dx++ {
				for dy := int32(-1); dy <= 1; dy++ {
					next := [2]int32{c[0] + dx, c[1] + dy}
					if g, ok := s.near[next]; ok && g == 0 {
						s.near[next] = n
						todo = append(todo, next)
					}
				}
			}
		}
	}
}

// groups are those that a way comes near, each once.
func (s *Survey) groups(w *way) (out []int32) {
	add := func(p pt) {
		if g := s.near[cellOf(p, rampReach)]; g != 0 && !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	for i, p := range w.line {
		add(p)
		if i > 0 {
			add(mix(w.line[i-1], p, 0.5))
		}
	}
	return out
}

// ground are the ways of a feature that lead to bridges or below them.
func (s *Survey) ground(f *geo.Feature) []way {
	lines := s.waters(f)
	if _, _, ok := classOf(f.Tags); !ok && lines == nil {
		return nil
	}
	return slices.DeleteFunc(append(lines, waysOf(&s.frame, 0, f, func(string, string) {})...), func(w way) bool {
		return w.class == "highway=steps" || w.class == "railway=platform" // they make up any height
	})
}

// Near keeps a feature that is a way on the ground near a bridge. What fails is told by
// Solve.
func (s *Survey) Near(f *geo.Feature) {
	if len(s.near) == 0 || s.err != nil || bridged(f.Tags) {
		return
	}
	s.group()
	var groups []int32
	ways := s.ground(f)
	for i := range ways {
		for _, g := range s.groups(&ways[i]) {
			if !slices.Contains(groups, g) {
				groups = append(groups, g)
			}
		}
	}
	if len(groups) == 0 {
		return
	}
	if len(s.parts) == 0 {
		s.parts = []*surroundings{{features: spool.NewFile(s.dir, s.limit)}}
	}
	h := s.parts[len(s.parts)-1]
	b := spool.AppendFeature(nil, f)
	for _, g := range groups {
		h.found = append(h.found, found{g, int32(len(b)), h.features.Size()})
	}
	_, s.err = h.features.Write(b)
}

// each calls f with the ways of each group, in an order that does not depend on who
// filled the survey.
func (s *Survey) each(f func(ways []way)) error {
	if s.err != nil {
		return s.err
	}
	s.group()
	groups := map[int32][]way{}
	for _, w := range s.bridges {
		g := s.near[cellOf(w.line[0], rampReach)]
		groups[g] = append(groups[g], w)
	}
	for _, h := range s.parts {
		if err := h.features.Flush(); err != nil {
			return err
		}
		slices.SortFunc(h.found, func(a, b found) int { return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(a.at, b.at)) })
	}
	next := make([]int, len(s.parts))
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		ways := groups[g]
		for i, h := range s.parts {
			for ; next[i] < len(h.found) && h.found[next[i]].group == g; next[i]++ {
				b, err := h.features.Slice(h.found[next[i]].at, int(h.found[next[i]].size))
				if err != nil {
					return err
				}
				feature, err := spool.ReadFeature(b)
				if err != nil {
					return err
				}
				for _, w := range s.ground(&feature) {
					if slices.Contains(s.groups(&w), g) {
						w.tags = nil
						ways = append(ways, w)
					}
				}
			}
		}
		slices.SortFunc(ways, func(a, b way) int {
			return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.part, b.part), slices.CompareFunc(a.line, b.line, func(p, q pt) int { return slices.Compare(p[:], q[:]) }))
		})
		f(ways)
		delete(groups, g)
	}
	return nil
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
