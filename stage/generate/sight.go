package generate

import (
	"strconv"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/street"
)

// sight is what the blocks of a kind of layer see of features. It is not a hint: what is
// out of sight is taken from the features before they are handed over, and results are
// named by the hashes of what is left. So a name in the next street, or the height of a
// house, changes nothing that does not show it.
type sight uint8

const (
	// sightAll is everything.
	sightAll sight = iota
	// sightBuildings is the solids that the block owns, those next door that they ask for
	// (nextDoor), without labels, and lines that shape some.
	sightBuildings
	// sightThings is what is not about labels, sightShapes of that all that layers on the ground
	// and plants are made of: of solids what is not above the ground. What is built from these
	// has no names but tokens that stand for them, see token.
	sightThings
	sightShapes
	// sightWays is what of that is a line or a point: houses that move move no street.
	sightWays
	sights
)

// A feature is seen in one of these grades.
const (
	full    = iota
	unnamed // without labels
	footed  // without labels and, of solids, without what stands above the ground
	grades
)

// What a block has to do with a feature, in the index beside its number.
const (
	ownedFlag = 1 << 31 // the block owns it
	numberOf  = ownedFlag - 1
)

// shows tells whether a sight shows anything of a feature of some kind.
func (s sight) shows(k kinds) bool {
	switch s {
	case sightBuildings:
		return k&(solids|cuts) != 0
	case sightWays:
		return k&areas == 0
	}
	return true
}

// grade is how much a sight shows of a feature.
func (s sight) grade(k kinds, flags uint32) int {
	switch {
	case s == sightAll, s == sightBuildings && flags&ownedFlag != 0 && k&solids != 0:
		return full
	case (s == sightShapes || s == sightWays) && k&solids != 0:
		return footed
	}
	return unnamed
}

// token puts in the place of a feature's name what stands for it: its number among what is
// shown of the block.
// Where a name shapes a street, one without stays without.
func token(f *geo.Feature, k kinds, number int) {
	if f.Tags == nil || k&roads != 0 && k&lines != 0 && f.Tags["name"] == "" && street.Named(f.Tags) {
		return
	}
	f.Tags["name"] = tokenMark + strconv.Itoa(number)
}

// tokenMark begins the names that stand for others: no text of a map has it.
const tokenMark = "\x00"

// tokenOf is the number of a feature that a name stands for; -1 for none.
func tokenOf(name string) int {
	text, ok := strings.CutPrefix(name, tokenMark)
	n, err := strconv.Atoi(text)
	if !ok || err != nil || n < 0 {
		return -1
	}
	return n
}

// label tells whether a tag says nothing of what is built, but for the row of metadata.
func label(key string) bool {
	switch key {
	case "alt_name", "attribution", "brand", "created_by", "description", "ele", "email", "fixme",
		"int_name", "loc_name", "nat_name", "note", "official_name", "old_name", "opening_hours",
		"operator", "phone", "reg_name", "short_name", "source", "url", "website", "wikidata", "wikipedia":
		return true
	}
	group, _, some := strings.Cut(key, ":")
	if !some {
		return false
	}
	switch group {
	case "addr", "brand", "contact", "gnis", "name", "note", "operator", "payment", "source", "tiger":
		return true
	}
	return false
}

// above tells whether a tag of a solid is about what stands on its outline.
func above(key string) bool {
	switch key {
	case "height", "levels", "start_date", "building:levels", "building:colour", "building:color", "building:material", "building:facade:material":
		return true
	}
	return strings.HasPrefix(key, "roof:")
}

// see takes from a feature what a grade does not show; changed tells whether that was
// something. The tags are changed in place.
func see(f *geo.Feature, k kinds, grade int) (changed bool) {
	if grade == full {
		return false
	}
	for key, v := range f.Tags {
		switch {
		case key == "name" && k&roads != 0 && k&lines != 0 && street.Named(f.Tags): // one with a name is in a town
			if v != "-" {
				f.Tags[key], changed = "-", true
			}
		case key == "name", label(key), grade == footed && k&solids != 0 && above(key):
			delete(f.Tags, key)
			changed = true
		}
	}
	return changed
}

// view hands out a block's features as sights show them: the last one again where it is
// asked for at once.
type view struct {
	g        *generation
	block    *block
	source   *source
	sight    sight
	features []geo.Feature
}

// of reads the features of a source, in its order.
func (v *view) of(src *source, s sight) ([]geo.Feature, error) {
	if v.source == src && v.sight == s {
		return v.features, nil
	}
	v.source, v.features = nil, nil // two sets of them are not held at a time
	out := make([]geo.Feature, 0, v.block.lists[src.number].count)
	var next nextDoor
	var err error
	if s == sightBuildings {
		if next, err = v.g.nextDoor(v.block, src); err != nil {
			return nil, err
		}
	}
	err = v.g.heads(v.block, src, func(h *head) error {
		if !s.shows(h.kind) || s == sightBuildings && !next.asks(h) {
			return nil
		}
		f, err := src.feature(h)
		if err != nil {
			return err
		}
		see(&f, h.kind, s.grade(h.kind, h.flags))
		if s == sightThings || s == sightShapes || s == sightWays {
			token(&f, h.kind, len(out))
		}
		out = append(out, f)
		return nil
	})
	v.source, v.sight, v.features = src, s, out
	return out, err
}

// shown are the numbers in a block's list of what a sight shows of it, by their numbers in
// what is handed over.
func (g *generation) shown(b *block, src *source, s sight) (out []int, err error) {
	number := 0
	err = g.heads(b, src, func(h *head) error {
		if s.shows(h.kind) {
			out = append(out, number)
		}
		number++
		return nil
	})
	return out, err
}
