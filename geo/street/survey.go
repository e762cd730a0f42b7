package street

import (
	"encoding/binary"
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
// Near. Held is where bridges are, a few bytes for each square of rampReach; the features
// lie on disk beyond a limit, and are solved group by group.
type Survey struct {
	frame  earth.Frame
	around *surroundings
	dir    string
	limit  int
	parts  []*gathered
	err    error // the first of writing
}

// gathered is what one part found: features, and what of them is near which group.
type gathered struct {
	features *spool.File
	bridges  []place       // of those whose group is not known yet
	found    *spool.Sorter // group and place
	order    *spool.File   // the same, sorted
}

// place is where a feature lies in a file.
type place struct {
	at   int64
	size uint32
}

const foundSize = 4 + 8 + 4

// NewSurvey starts a survey in the plan of a frame that holds everything in memory.
func NewSurvey(frame earth.Frame) *Survey { return NewSurveyIn(frame, "", 1<<30) }

// NewSurveyIn starts a survey each of whose parts holds limit bytes of each kind of record
// in memory, and more in files of dir that need no removal.
func NewSurveyIn(frame earth.Frame, dir string, limit int) *Survey {
	return &Survey{frame: frame, around: newSurroundings(), dir: dir, limit: limit}
}

// Part is an empty survey that knows where the bridges of s are: for Near in parts.
func (s *Survey) Part() *Survey {
	s.group()
	return &Survey{frame: s.frame, around: s.around, dir: s.dir, limit: s.limit}
}

// Merge adds what a part holds.
func (s *Survey) Merge(part *Survey) {
	s.parts = append(s.parts, part.parts...)
	if s.err == nil {
		s.err = part.err
	}
	if s.around != part.around { // a part of Bridge
		s.around.add(part.around)
	}
}

// keep writes a feature down and tells where.
func (s *Survey) keep(f *geo.Feature) (*gathered, place) {
	if len(s.parts) == 0 {
		s.parts = []*gathered{{features: spool.NewFile(s.dir, s.limit), found: spool.NewSorter(s.dir, foundSize, s.limit)}}
	}
	h := s.parts[len(s.parts)-1]
	b := spool.AppendFeature(nil, f)
	p := place{h.features.Size(), uint32(len(b))}
	if _, err := h.features.Write(b); s.err == nil {
		s.err = err
	}
	return h, p
}

// groups are those that ways come near.
func (s *Survey) groups(ways []way) (out []int32) {
	for i := range ways {
		out = s.around.groups(out, ways[i].line)
	}
	return out
}

// enter notes the groups that a kept feature comes near.
func (s *Survey) enter(h *gathered, p place, groups []int32) {
	for _, g := range groups {
		r := binary.BigEndian.AppendUint32(nil, uint32(g))
		r = binary.BigEndian.AppendUint64(r, uint64(p.at))
		if err := h.found.Add(binary.BigEndian.AppendUint32(r, p.size)); s.err == nil {
			s.err = err
		}
	}
}

// Bridge keeps a feature that is a bridge, or may be carried as one.
func (s *Survey) Bridge(f *geo.Feature) {
	if s.err != nil || !bridged(f.Tags) && !floored(f.Tags) {
		return
	}
	ways := waysOf(&s.frame, 0, f, ignore)
	if len(ways) == 0 {
		return
	}
	for i := range ways {
		s.around.bridge(ways[i].line)
	}
	h, p := s.keep(f)
	h.bridges = append(h.bridges, p)
}

func ignore(string, string) {}

// Named tells whether the shape of a way depends on whether it has a name: that of a
// street that may lie in a town or not.
func Named(tags map[string]string) bool {
	_, st, ok := classOf(tags)
	return ok && st.tier == street && st.walk > 0 && !st.always
}

// group tells bridges their groups, once all are known.
func (s *Survey) group() {
	if s.around.grouped {
		return
	}
	s.around.group()
	for _, h := range s.parts {
		if err := h.features.Flush(); s.err == nil {
			s.err = err
		}
		for _, p := range h.bridges {
			f, err := h.read(p)
			if s.err == nil {
				s.err = err
			}
			s.enter(h, p, s.groups(waysOf(&s.frame, 0, &f, ignore)))
		}
		h.bridges = nil
	}
}

func (h *gathered) read(p place) (geo.Feature, error) {
	b, err := h.features.Slice(p.at, int(p.size))
	if err != nil {
		return geo.Feature{}, err
	}
	return spool.ReadFeature(b)
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

// ground are the ways of a feature that lead to bridges or below them.
func (s *Survey) ground(f *geo.Feature) []way {
	lines := s.waters(f)
	if _, _, ok := classOf(f.Tags); !ok && lines == nil {
		return nil
	}
	return slices.DeleteFunc(append(lines, waysOf(&s.frame, 0, f, ignore)...), func(w way) bool {
		return w.class == "highway=steps" || w.class == "railway=platform" // they make up any height
	})
}

// Near keeps a feature that is a way on the ground near a bridge. What fails is told by
// Solve.
func (s *Survey) Near(f *geo.Feature) {
	if s.around.none() || s.err != nil || bridged(f.Tags) || floored(f.Tags) {
		return
	}
	s.group()
	if groups := s.groups(s.ground(f)); len(groups) > 0 {
		h, p := s.keep(f)
		s.enter(h, p, groups)
	}
}
