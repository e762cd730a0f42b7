package aggregate

import (
	"fmt"
	"math"
	"math/bits"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
)

// Geohash is boxes of degrees halved in turn along longitude and latitude, five halvings a
// letter (Niemeyer 2008). A key is the halvings behind a leading one bit.
type Geohash struct{}

const geohashLetters = "0123456789bcdefghjkmnpqrstuvwxyz"

// Levels are 1 to 12 letters.
func (Geohash) Levels() (coarsest, finest int) { return 1, 12 }

// Key of the box that holds a place.
func (Geohash) Key(lng, lat float64, level int) uint64 {
	n := 5 * level
	east, north := (n+1)/2, n/2 // halvings of each
	x := index(earth.WrapLng(lng)+180, 360, east)
	y := index(lat+90, 180, north)
	if n%2 == 0 {
		return 1<<n | interleave(x)<<1 | interleave(y)
	}
	return 1<<n | interleave(x) | interleave(y)<<1
}

// index of a position along an axis of 2ⁿ cells.
func index(at, span float64, n int) uint64 {
	cells := math.Ldexp(1, n)
	return uint64(min(max(math.Floor(at/span*cells), 0), cells-1))
}

// Level is the number of letters.
func (Geohash) Level(key uint64) int { return (bitLength(key) - 1) / 5 }

// ID are the letters.
func (h Geohash) ID(key uint64) string {
	n := h.Level(key)
	out := make([]byte, n)
	for i := range out {
		out[i] = geohashLetters[key>>(5*(n-1-i))&31]
	}
	return string(out)
}

// Parse reads letters, of either case.
func (Geohash) Parse(id string) (uint64, error) {
	if len(id) < 1 || len(id) > 12 {
		return 0, fmt.Errorf("%.40q is not a geohash: 1 to 12 of %s", id, geohashLetters)
	}
	key := uint64(1)
	for _, c := range []byte(strings.ToLower(id)) {
		at := strings.IndexByte(geohashLetters, c)
		if at < 0 {
			return 0, fmt.Errorf("%q is not a geohash: 1 to 12 of %s", id, geohashLetters)
		}
		key = key<<5 | uint64(at)
	}
	return key, nil
}

// Outline is the box.
func (h Geohash) Outline(key uint64) orb.Ring {
	n := 5 * h.Level(key)
	code := key &^ (1 << n)
	x, y := deinterleave(code), deinterleave(code>>1)
	if n%2 == 0 {
		x, y = y, x
	}
	w, d := 360/math.Ldexp(1, (n+1)/2), 180/math.Ldexp(1, n/2)
	west, south := float64(x)*w-180, float64(y)*d-90
	return box(west, south, west+w, south+d)
}

func bitLength(v uint64) int { return bits.Len64(v) }
