package street

import (
	"cmp"
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
	headGarage    = 2.2  // between floors of a parking house: 7 ft (IBC 2021, section 406.2.2)
	headWater     = 0.8  // of the banks of a river
	sampleStep    = 10.0 // between heights along a way
	raiseLeast    = 0.05
	rounds        = 4   // of all layers: a ramp may lift what its own deck crosses
	crossSpread   = 2.0 // beyond the edges of what is crossed
)

// DeckThickness is how far in metres the underside of a bridge is below its surface.
const DeckThickness = deckThickness

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
	floor  bool    // and one on a floor
	ends   int     // ways that end here
	edges  []reach
}

type reach struct {
	to    int
	len   float64
	grade float64
}

// LowBridge is what is noted of a bridge that lacks height above what it crosses, for each
// pair (see Above) by how many metres.
const LowBridge = "bridge lower than it should be above what it crosses: junctions leave no room for a ramp"

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
// stay there; a bridge that therefore can't clear what it crosses is noted by its id, if it
// is drawn.
//
// Groups of bridges are solved one after another. Where so many touch that they are cut,
// each part also looks at what is near it, and the cut is noted.
func (s *Survey) Solve(ground geo.Elevation, o Options, report *geo.Report) (*Profiles, error) {
	out := newProfileWriter(s.dir, s.limit)
	err := s.each(func(group int32, ways []way) error {
		s.solve(group, ways, ground, o, report, out)
		return out.err
	})
	for range len(s.around.wide) {
		report.Note("so many bridges near each other that their heights were found part by part")
	}
	if err != nil {
		return nil, err
	}
	return out.profiles()
}

// solve finds the heights of a group. A way that comes near several groups has the
// greatest of all: they are too far apart for their ramps to meet, or are parts of one.
func (s *Survey) solve(group int32, ways []way, ground geo.Elevation, o Options, report *geo.Report, out *profileWriter) {
	v := &solver{ways: ways, index: map[pt]int{}}
	v.sample()
	v.carry()
	v.stand(func(p pt) float64 {
		if ground == nil {
			return 0
		}
		h, _ := ground.HeightAt(s.frame.Unplan(p[0], p[1]))
		return h
	})
	v.abut()
	crossings := append(v.crossings(), v.part(v.laps())...)
	for i := range crossings {
		v.spread(&crossings[i])
	}
	v.relax(v.fixed)
	cap := v.pinned()
	for range rounds {
		for layer := 0; layer <= 5; layer++ {
			var here []*crossing
			for i := range crossings {
				if v.ways[crossings[i].over].layer == layer {
					here = append(here, &crossings[i])
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
				return v.fixed(k) || n.h >= n.need-0.01 && n.need > math.Inf(-1)
			})
		}
		if v.clear(crossings) {
			break
		}
	}
	v.smooth(crossings)
	v.tell(crossings, report, func(w *way) bool { return o.draws(w) && s.around.of(w.line[0]) == group })
	for i := range v.ways {
		if w := &v.ways[i]; w.floor && o.draws(w) && s.around.of(w.line[0]) == group {
			report.NoteOf(w.id, FloorCarried)
		}
		if w := &v.ways[i]; !w.water && s.around.in(w.line, group) {
			if p := v.profile(i); p != nil {
				out.add(p)
			}
		}
	}
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
		if w.floor {
			grade = floorGrade
		}
		for k, p := range w.line {
			if k > 0 {
				a := w.line[k-1]
				n := samples(a, p)
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

// profile is the heights of a way, if it is a bridge or rises.
func (v *solver) profile(i int) *profile {
	w, line := &v.ways[i], v.line[i]
	rises := w.bridge
	for _, k := range line {
		rises = rises || v.verts[k].h-v.verts[k].ground > raiseLeast
	}
	if !rises {
		return nil
	}
	p := &profile{key: wayKey{w.id, w.part}, floor: w.floor, line: w.line, foot: w.foot}
	for _, k := range line {
		p.h, p.rise = append(p.h, v.verts[k].h), append(p.rise, v.verts[k].h-v.verts[k].ground)
	}
	return p
}
