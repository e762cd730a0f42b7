package aggregate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// System is a division of the Earth into cells that have ids. Keys are ids as numbers, whose
// meaning is the system's own.
type System interface {
	// Levels are the coarsest and the finest.
	Levels() (coarsest, finest int)
	// Key is the cell of a level that holds a place.
	Key(lng, lat float64, level int) uint64
	// ID is a key as it is written in data.
	ID(key uint64) string
	// Parse is the inverse of ID. The error says what an id looks like.
	Parse(id string) (uint64, error)
	// Level of a cell.
	Level(key uint64) int
	// Outline is a cell's closed ring in degrees, counter-clockwise seen from above; its
	// longitudes go on beyond ±180 rather than jump.
	Outline(key uint64) orb.Ring
}

// Systems by the names that documents use.
var systems = map[string]System{"h3": H3{}, "s2": S2{}, "quadkey": Quadkey{}, "geohash": Geohash{}}

// SystemNames are those of NewSystem.
func SystemNames() []string { return []string{"h3", "s2", "quadkey", "geohash"} }

// NewSystem returns the system of a name.
func NewSystem(name string) (System, error) {
	if s, ok := systems[name]; ok {
		return s, nil
	}
	return nil, fmt.Errorf("no cells %q: there are %s", name, strings.Join(SystemNames(), ", "))
}

// BinCells sorts points into the cells of a level. Keys are those of the groups, in rising
// order.
func BinCells(lng, lat []float64, s System, level int) (g Groups, keys []uint64, err error) {
	if lo, hi := s.Levels(); level < lo || level > hi {
		return g, nil, fmt.Errorf("level %d: %d to %d are allowed", level, lo, hi)
	}
	if len(lng) != len(lat) {
		return g, nil, fmt.Errorf("%d longitudes and %d latitudes", len(lng), len(lat))
	}
	of := make([]uint64, len(lng))
	parallel(len(lng), func(from, to int) {
		for i := from; i < to; i++ {
			if placed(lng[i], lat[i]) {
				of[i] = s.Key(lng[i], lat[i], level)
			}
		}
	})
	g, keys = Group(of)
	return g, keys, nil
}

// Group gives equal keys one number, in rising order; key 0 is of no group.
func Group(of []uint64) (g Groups, keys []uint64) {
	number := make(map[uint64]int32)
	for _, k := range of {
		if _, ok := number[k]; !ok && k != 0 {
			number[k] = 0
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for i, k := range keys {
		number[k] = int32(i)
	}
	g = Groups{Of: make([]int32, len(of)), N: len(keys)}
	for i, k := range of {
		g.Of[i] = -1
		if k != 0 {
			g.Of[i] = number[k]
		}
	}
	return g, keys
}

// box is the ring of a box in degrees.
func box(west, south, east, north float64) orb.Ring {
	return orb.Ring{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}
}
