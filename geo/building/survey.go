package building

import (
	"encoding/binary"
	"maps"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// surveyCell is the side in metres of the squares of the plan in which the surroundings
// of untagged buildings are summed up.
const surveyCell = 170.0

// surveyReach is how many cells around its own a building looks at: about 400 m.
const surveyReach = 2

// Survey is what buildings may know of the data beyond their block: how densely the
// ground around them is built, how high their tagged neighbours are, and the outlines
// that parts elsewhere belong to by a relation. It is filled feature by feature, in any
// order, and holds a few dozen bytes a cell. Adding is not safe for concurrent use;
// reading is.
type Survey struct {
	frame    earth.Frame
	opts     Options
	cells    map[cell]*tally
	outlines map[string]*geo.Feature // by relation
	quiet    *geo.Report
}

// tally is the sum of one cell.
type tally struct {
	built   int64 // footprints in square decimetres: whole numbers, so that order is no matter
	heights [kinds][sizes]histogram
}

// NewSurvey returns an empty survey of a package's plan. The options are those that the
// buildings are made with.
func NewSurvey(plan earth.Frame, opts Options) *Survey {
	return &Survey{plan, opts, map[cell]*tally{}, map[string]*geo.Feature{}, geo.NewReport()}
}

// Add counts a feature in: only outlines of buildings matter, all else is passed over.
func (s *Survey) Add(f *geo.Feature) {
	part, class, ok := kind(f.Tags, s.opts)
	if !ok || part || f.Surfaces != nil {
		return
	}
	at, ok := s.cellOf(f)
	if !ok {
		return
	}
	if id := f.Tags[RelationTag]; id != "" {
		// The outline with the least id, so that order is no matter.
		if o := s.outlines[id]; o == nil || f.ID < o.ID {
			s.outlines[id] = f
		}
	}
	tags, _ := osmTags(f, s.opts)
	m := measure(tags, s.quiet) // noted when the building is made
	foot, _ := f.Foot()
	r := ruleOf(class, foot[0], foot[1])
	for _, p := range geo.Polygons(f.Geometry) {
		a := groundArea(p)
		if !(a >= 1 && a <= maxSize*maxSize) {
			continue
		}
		t := s.cells[at]
		if t == nil {
			t = &tally{}
			s.cells[at] = t
		}
		t.built += int64(math.Round(100 * a))
		if h := m.total(r); h > 0 && r.near != nearNone {
			t.heights[kindOf(r)][sizeOf(a)].add(h, 1)
		}
	}
}

// Merge adds what another survey of the same plan has counted.
func (s *Survey) Merge(o *Survey) {
	for at, t := range o.cells {
		mine := s.cells[at]
		if mine == nil {
			mine = &tally{}
			s.cells[at] = mine
		}
		mine.built += t.built
		for k := range kinds {
			for z := range sizes {
				for _, b := range t.heights[k][z] {
					mine.heights[k][z].count(b.step, b.n)
				}
			}
		}
	}
	for id, f := range o.outlines {
		if mine := s.outlines[id]; mine == nil || f.ID < mine.ID {
			s.outlines[id] = f
		}
	}
}

// Near returns the part of the survey that the block's buildings read: building with it
// gives the same bytes as with the whole.
func (s *Survey) Near(b *geo.Block) *Survey {
	n := NewSurvey(s.frame, s.opts)
	lo, hi := cellAt(b.Square.Min[0], b.Square.Min[1]), cellAt(b.Square.Max[0], b.Square.Max[1])
	inside := func(at cell) bool {
		return at[0] >= lo[0]-surveyReach && at[0] <= hi[0]+surveyReach && at[1] >= lo[1]-surveyReach && at[1] <= hi[1]+surveyReach
	}
	wide := math.Max(b.Square.Max[0]-b.Square.Min[0], b.Square.Max[1]-b.Square.Min[1])/surveyCell + 2*surveyReach + 2
	if wide*wide < float64(len(s.cells)) {
		for x := lo[0] - surveyReach; x <= hi[0]+surveyReach; x++ {
			for y := lo[1] - surveyReach; y <= hi[1]+surveyReach; y++ {
				if t := s.cells[cell{x, y}]; t != nil {
					n.cells[cell{x, y}] = t
				}
			}
		}
	} else {
		for at, t := range s.cells {
			if inside(at) {
				n.cells[at] = t
			}
		}
	}
	for i := range b.Features {
		f := &b.Features[i]
		if o := s.outlines[f.Tags[RelationTag]]; o != nil {
			n.outlines[f.Tags[RelationTag]] = o
		}
	}
	return n
}

// AppendBinary appends the survey in a canonical form: two surveys with the same content
// give the same bytes, so that its hash names what a block was built with.
func (s *Survey) AppendBinary(b []byte) ([]byte, error) {
	at := slices.SortedFunc(maps.Keys(s.cells), func(a, b cell) int {
		if a[1] != b[1] {
			return int(a[1]) - int(b[1])
		}
		return int(a[0]) - int(b[0])
	})
	str := func(t string) {
		b = binary.AppendUvarint(b, uint64(len(t)))
		b = append(b, t...)
	}
	b = binary.AppendUvarint(b, uint64(len(at)))
	for _, c := range at {
		t := s.cells[c]
		b = binary.AppendVarint(binary.AppendVarint(b, int64(c[0])), int64(c[1]))
		b = binary.AppendVarint(b, t.built)
		for k := range kinds {
			for z := range sizes {
				h := t.heights[k][z]
				b = binary.AppendUvarint(b, uint64(len(h)))
				for _, v := range h {
					b = binary.AppendUvarint(append(b, v.step), uint64(v.n))
				}
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.outlines)) {
		f := s.outlines[id]
		str(id)
		str(f.ID)
		for _, k := range slices.Sorted(maps.Keys(f.Tags)) {
			str(k)
			str(f.Tags[k])
		}
		for _, p := range geo.Polygons(f.Geometry) {
			for _, r := range p {
				b = binary.AppendUvarint(b, uint64(len(r)))
				for _, q := range r {
					b = binary.LittleEndian.AppendUint64(b, math.Float64bits(q[0]))
					b = binary.LittleEndian.AppendUint64(b, math.Float64bits(q[1]))
				}
			}
		}
	}
	return b, nil
}

func cellAt(x, y float64) cell {
	c := func(v float64) int32 { return int32(math.Max(-1e9, math.Min(1e9, math.Floor(v/surveyCell)))) }
	return cell{c(x), c(y)}
}

// cellOf is the cell of a feature's foot, so that what a block's own buildings read lies
// around its square.
func (s *Survey) cellOf(f *geo.Feature) (cell, bool) {
	p, ok := f.Foot()
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
