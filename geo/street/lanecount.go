package street

import (
	"strings"

	"github.com/longtake/longtake/geo/clean"
)

// laneLeast is the width in metres of the narrowest lanes that are built (RASt 06: 2.75 m, 2.5 m
// where few lorries run): a carriageway that says its width and not its lanes has no more than fit.
const laneLeast = 2.5

// lanes finds how many lanes run each way and what they say of turns. turn:lanes lists every lane
// of its direction, so there are at least as many; what is open its class decides.
func (s *Section) lanes(tags map[string]string, st *style) {
	count := func(key string) (int, bool) {
		n, ok := clean.Number(tags[key])
		return int(n), ok && n >= 1 && n <= 16
	}
	s.Turns = [2]string{tags["turn:lanes:forward"], tags["turn:lanes:backward"]}
	if t := tags["turn:lanes"]; t != "" && s.Oneway != 0 {
		s.Turns[(1-s.Oneway)/2] = t
	}
	listed := [2]int{turnLanes(s.Turns[0], tags), turnLanes(s.Turns[1], tags)}
	n, tagged := count("lanes")
	if !tagged {
		n = st.lanes
		if s.Oneway != 0 {
			n = st.oneway
		}
		if w, ok := clean.Length(tags["width"]); ok {
			for n > 1 && w < laneLeast*float64(n) {
				n--
			}
		}
	}
	if s.Oneway != 0 {
		n = max(n, listed[(1-s.Oneway)/2])
		s.Forward = n
		if s.Oneway < 0 {
			s.Forward, s.Backward = 0, n
		}
		return
	}
	f, okF := count("lanes:forward")
	k, okB := count("lanes:backward")
	switch {
	case okF && okB:
	case okF:
		k = max(n-f, 0)
	case okB:
		f = max(n-k, 0)
	case listed[0] > listed[1] && listed[0] > (n+1)/2: // the others are what is left
		f = listed[0]
		k = max(n-f, 1)
	case listed[1] > n/2:
		k = listed[1]
		f = max(n-k, 1)
	default:
		f = (n + 1) / 2
		k = n - f
	}
	s.Forward, s.Backward = max(f, listed[0]), max(k, listed[1])
}

// turnLanes is how many lanes a list of turns has, but for those of bicycles, which it counts with
// the others where they are lanes of the carriageway.
func turnLanes(turns string, tags map[string]string) int {
	if turns == "" {
		return 0
	}
	n := strings.Count(turns, "|") + 1
	for _, key := range [4]string{"cycleway", "cycleway:both", "cycleway:left", "cycleway:right"} {
		if tags[key] == "lane" {
			n--
			break
		}
	}
	if n > 16 {
		return 0
	}
	return n
}
