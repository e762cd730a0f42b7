package building

import (
	"maps"
	"math"
	"slices"
	"sync"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/spool"
)

// surveyCell is the side in metres of the squares of the plan in which the surroundings
// of untagged buildings are summed up.
const surveyCell = 170.0

// surveyReach is how many cells around its own a building looks at: about 400 m.
const surveyReach = 2

// Survey is what buildings may know of the data beyond their block: how densely the
// ground around them is built, how high their tagged neighbours are, and the outlines
// that parts elsewhere belong to by a relation. It is filled feature by feature, in any
// order, then read; both are safe for concurrent use, one after the other.
type Survey struct {
	frame    earth.Frame
	opts     Options
	tallies  *tallies
	mu       sync.Mutex              // of filling outlines
	outlines map[string]*geo.Feature // by relation
	asked    *[]ask                  // questions, where they are kept
	quiet    *geo.Report
}

// NewSurvey returns an empty survey of a package's plan, all of it in memory. The options
// are those that the buildings are made with.
func NewSurvey(plan earth.Frame, opts Options) *Survey { return NewSurveyIn(plan, opts, "", 1<<30) }

// NewSurveyIn returns one that holds limit bytes of its counts in memory, and more in files
// of dir that need no removal.
func NewSurveyIn(plan earth.Frame, opts Options, dir string, limit int) *Survey {
	return &Survey{frame: plan, opts: opts, tallies: newTallies(dir, limit), outlines: map[string]*geo.Feature{}, quiet: geo.NewReport()}
}

// Err is the first failure of the files in which the survey lies.
func (s *Survey) Err() error {
	s.tallies.mu.Lock()
	defer s.tallies.mu.Unlock()
	return s.tallies.err
}

// Add counts a feature in: only outlines of buildings matter, all else is passed over.
func (s *Survey) Add(f *geo.Feature) {
	part, class, ok := classOfFeature(f, s.opts)
	if !ok || part || f.Surfaces != nil {
		return
	}
	foot, ok := f.Foot()
	at, ok := s.cellOf(foot, ok)
	if !ok {
		return
	}
	if id := f.Tags[RelationTag]; id != "" {
		// The outline with the least id, so that order is no matter.
		s.mu.Lock()
		if o := s.outlines[id]; o == nil || f.ID < o.ID {
			s.outlines[id] = f
		}
		s.mu.Unlock()
	}
	tags, _ := osmTags(f, s.opts)
	m := measure(tags, s.quiet) // noted when the building is made
	r := ruleOf(class, foot[0], foot[1])
	for _, p := range geo.Polygons(f.Geometry) {
		a := groundArea(p)
		if !(a >= 1 && a <= maxSize*maxSize) {
			continue
		}
		s.tallies.add(at, built, 0, uint32(math.Round(100*a)))
		if h := m.total(r); h > 0 && r.near != nearNone {
			s.tallies.add(at, classOf(r, sizeOf(a)), stepOf(h), 1)
		}
	}
}

// Near returns what the block's buildings may read of the survey: its outlines for the
// relations of the block's features, told by Outlines, and its heights, told by the
// Answers to the Asks that it keeps. It serves one block, from one goroutine.
func (s *Survey) Near(b *geo.Block) *Survey {
	n := &Survey{frame: s.frame, opts: s.opts, tallies: s.tallies, outlines: map[string]*geo.Feature{}, asked: new([]ask), quiet: s.quiet}
	for i := range b.Features {
		if id := b.Features[i].Tags[RelationTag]; s.outlines[id] != nil {
			n.outlines[id] = s.outlines[id]
		}
	}
	return n
}

// Outlines tells the outlines in a canonical form: surveys that know the same give the same
// bytes.
func (s *Survey) Outlines() []byte {
	var w spool.Writer
	for _, id := range slices.Sorted(maps.Keys(s.outlines)) {
		w.String(id)
		w.Bytes(spool.AppendFeature(nil, s.outlines[id]))
	}
	return w.B
}

func cellAt(x, y float64) cell {
	c := func(v float64) int32 { return int32(math.Max(-1e9, math.Min(1e9, math.Floor(v/surveyCell)))) }
	return cell{c(x), c(y)}
}

// cellOf is the cell of a feature's foot, if it has one, so that what a block's own
// buildings read lies around its square.
func (s *Survey) cellOf(p orb.Point, ok bool) (cell, bool) {
	if !ok || !(math.Abs(p[0]) <= 360 && math.Abs(p[1]) <= 90) {
		return cell{}, false
	}
	return cellAt(s.frame.Plan(p[0], p[1])), true
}

// groundArea is the area of a polygon in degrees, in square metres of a sphere of the
// Earth's mean radius: right to a hundredth for a building.
func groundArea(p orb.Polygon) float64 {
	a := 0.0
	for i, r := range p {
		if len(r) < 3 {
			continue
		}
		s, o := 0.0, r[0]
		for k := 1; k+1 < len(r); k++ {
			s += earth.WrapLng(r[k][0]-o[0])*(r[k+1][1]-o[1]) - earth.WrapLng(r[k+1][0]-o[0])*(r[k][1]-o[1])
		}
		s = math.Abs(s) / 2 * math.Cos(earth.Radians(o[1]))
		if i > 0 {
			s = -s
		}
		a += s
	}
	const degree = math.Pi / 180 * earthRadius
	return a * degree * degree
}
