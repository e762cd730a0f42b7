package generate

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building"
	"github.com/longtake/longtake/geo/near"
)

// head is what is known of a feature without reading it: a record of fixed size.
type head struct {
	offset int64 // of its bytes in the spool
	size   uint32
	kind   kinds
	box    orb.Bound          // degrees
	hash   digest             // of its bytes
	less   [grades - 1]digest // of what is seen of it by the lower grades
	flags  uint32             // how it lies to a block, where that is at hand
}

const headSize = 8 + 4 + 4 + 4*8 + 16*grades

// kinds sorts features by what they have to do with each other.
type kinds uint32

const (
	solids kinds = 1 << iota // may become buildings or parts of one
	lines                    // ways, rails, rivers, power lines, walls
	areas
	single   // points
	related  // member of a building relation
	coast    // natural=coastline, and bays and straits that are areas
	finished // has surfaces
	massive  // counts for where the data is dense: a building or anything with a height
	roads    // streets and paths
	rails
	plants // a tree or a row of them
	wooded // an area full of trees or shrubs
	strand // a shore that slopes into the water: an area of sand or the like
	fresh  // a lake, a river or a canal
	cuts   // a line that shapes a building
	apart  // a solid that others are compared with: a part, several pieces, or below the ground
)

func kindsOf(f *geo.Feature) (k kinds) {
	switch f.Geometry.(type) {
	case nil:
		return 0
	case orb.Point, orb.MultiPoint:
		k = single
	case orb.LineString, orb.MultiLineString:
		k = lines
	default:
		k = areas
	}
	t := f.Tags
	if f.Surfaces != nil {
		k |= finished | solids | massive
	}
	if t["building"] != "" || t["building:part"] != "" {
		k |= solids | massive
	}
	if _, ok := near.Works(f); ok {
		k |= solids | massive
	}
	if t["height"] != "" {
		k |= massive
	}
	if v := t["kind"]; v == "building" || v == "building_part" {
		k |= solids
	}
	if t[building.RelationTag] != "" {
		k |= related
	}
	switch t["natural"] {
	case "coastline":
		k |= coast
	case "bay", "strait":
		if k&areas != 0 {
			k |= coast
		}
	case "beach", "sand", "shingle", "shoal": // mud and reeds lie below walls too
		if k&areas != 0 && t["golf"] == "" { // bunkers are no beaches
			k |= strand
		}
	case "tree", "tree_row", "shrub":
		k |= plants
	}
	if k&areas != 0 && (t["natural"] == "wood" || t["natural"] == "scrub" || t["landuse"] == "forest") {
		k |= wooded
	}
	if t["highway"] != "" || t["aeroway"] != "" || t["area:highway"] != "" || t["railway"] == "platform" {
		k |= roads
	}
	if t["railway"] != "" {
		k |= rails
	}
	if k&single == 0 && (t["natural"] == "water" || t["water"] != "" || t["waterway"] != "" || t["landuse"] == "reservoir" || t["landuse"] == "basin") {
		k |= fresh
	}
	if building.Cuts(f) {
		k |= cuts
	}
	if k&solids != 0 && building.Apart(f) {
		k |= apart
	}
	return k
}

func (h *head) append(b []byte) []byte {
	b = binary.LittleEndian.AppendUint64(b, uint64(h.offset))
	b = binary.LittleEndian.AppendUint32(b, h.size)
	b = binary.LittleEndian.AppendUint32(b, uint32(h.kind))
	for _, v := range [4]float64{h.box.Min[0], h.box.Min[1], h.box.Max[0], h.box.Max[1]} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	b = append(b, h.hash[:]...)
	for i := range h.less {
		b = append(b, h.less[i][:]...)
	}
	return b
}

// read sets all of the head from what append wrote; how it lies to a block is not known yet.
func (h *head) read(b []byte) {
	_ = b[headSize-1]
	h.offset = int64(binary.LittleEndian.Uint64(b))
	h.size = binary.LittleEndian.Uint32(b[8:])
	h.kind = kinds(binary.LittleEndian.Uint32(b[12:]))
	v := func(i int) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b[16+8*i:])) }
	h.box = orb.Bound{Min: orb.Point{v(0), v(1)}, Max: orb.Point{v(2), v(3)}}
	h.hash = digest(b[48:64])
	for i := range h.less {
		h.less[i] = digest(b[64+16*i : 80+16*i])
	}
	h.flags = 0
}

// seen is the hash of what a grade shows of the feature.
func (h *head) seen(grade int) digest {
	if grade == full {
		return h.hash
	}
	return h.less[grade-1]
}

// foot is the middle of the box, as geo.Feature.Foot gives it.
func (h *head) foot() (orb.Point, bool) {
	if h.box.Min == h.box.Max {
		return h.box.Min, true
	}
	return h.box.Center(), !h.box.IsEmpty()
}

// sketch is a sample of places that does not depend on their order: those with the least
// hashes (a bottom-k sketch, Cohen and Kaplan 2007). Up to its size it is all of them.
type sketch struct {
	most int
	all  []sketched  // as they came; once it is full a heap by hash, the greatest first
	heap bool        // it was full
	at   []orb.Point // of all, once they were asked for: no more is added then
}

type sketched struct {
	hash digest
	at   orb.Point
	seq  uint32
	src  uint16
}

func (s *sketch) less(a, b *sketched) int {
	if c := slices.Compare(a.hash[:], b.hash[:]); c != 0 {
		return c
	}
	if a.src != b.src {
		return int(a.src) - int(b.src)
	}
	return int(int64(a.seq) - int64(b.seq))
}

func (s *sketch) add(v sketched) {
	if len(s.all) < s.most {
		s.all = append(s.all, v)
		return
	}
	if !s.heap {
		for i := len(s.all)/2 - 1; i >= 0; i-- {
			s.sink(i)
		}
		s.heap = true
	}
	if s.less(&v, &s.all[0]) >= 0 {
		return
	}
	s.all[0] = v
	s.sink(0)
}

// sink lets an element of the heap down to where it belongs.
func (s *sketch) sink(i int) {
	for {
		k := 2*i + 1
		if k >= len(s.all) {
			return
		}
		if k+1 < len(s.all) && s.less(&s.all[k], &s.all[k+1]) < 0 {
			k++
		}
		if s.less(&s.all[i], &s.all[k]) >= 0 {
			return
		}
		s.all[i], s.all[k] = s.all[k], s.all[i]
		i = k
	}
}

// sorted returns the sample in the order of its sources.
func (s *sketch) sorted() []sketched {
	out := slices.Clone(s.all)
	slices.SortFunc(out, func(a, b sketched) int {
		if a.src != b.src {
			return int(a.src) - int(b.src)
		}
		return int(int64(a.seq) - int64(b.seq))
	})
	return out
}

// settle lets go of all but the places.
func (s *sketch) settle() { s.at, s.all = s.places(), nil }

// places are the positions of the sample in the order of the sources.
func (s *sketch) places() []orb.Point {
	if s.at != nil {
		return s.at
	}
	s.at = make([]orb.Point, 0, len(s.all))
	for _, v := range s.sorted() {
		s.at = append(s.at, v.at)
	}
	return s.at
}
