package aggregate

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
)

// Quadkey is the tiles of web maps by their quadkeys: one digit 0 to 3 a level (Bing Maps
// Tile System). A key is the digits behind a leading one bit.
type Quadkey struct{}

// Levels are 1 to 29.
func (Quadkey) Levels() (coarsest, finest int) { return 1, 29 }

// Key of the tile that holds a place.
func (Quadkey) Key(lng, lat float64, level int) uint64 {
	n := math.Ldexp(1, level)
	lat = min(max(lat, -mercatorEnd), mercatorEnd)
	x := (earth.WrapLng(lng) + 180) / 360 * n
	y := (1 - math.Asinh(math.Tan(earth.Radians(lat)))/math.Pi) / 2 * n
	last := uint64(n) - 1
	return 1<<(2*level) | interleave(min(uint64(max(x, 0)), last)) | interleave(min(uint64(max(y, 0)), last))<<1
}

// Level is the number of digits.
func (Quadkey) Level(key uint64) int { return (bitLength(key) - 1) / 2 }

// ID are the digits.
func (q Quadkey) ID(key uint64) string {
	n := q.Level(key)
	out := make([]byte, n)
	for i := range out {
		out[i] = '0' + byte(key>>(2*(n-1-i))&3)
	}
	return string(out)
}

// Parse reads digits.
func (Quadkey) Parse(id string) (uint64, error) {
	if len(id) < 1 || len(id) > 29 {
		return 0, fmt.Errorf("%.40q is not a quadkey: 1 to 29 digits 0 to 3", id)
	}
	key := uint64(1)
	for _, c := range []byte(id) {
		if c < '0' || c > '3' {
			return 0, fmt.Errorf("%q is not a quadkey: 1 to 29 digits 0 to 3", id)
		}
		key = key<<2 | uint64(c-'0')
	}
	return key, nil
}

// Outline is the tile's box.
func (q Quadkey) Outline(key uint64) orb.Ring {
	level := q.Level(key)
	digits := key &^ (1 << (2 * level))
	n := math.Ldexp(1, level)
	x, y := float64(deinterleave(digits)), float64(deinterleave(digits>>1))
	lng := func(x float64) float64 { return x/n*360 - 180 }
	lat := func(y float64) float64 { return earth.Degrees(math.Atan(math.Sinh(math.Pi * (1 - 2*y/n)))) }
	return box(lng(x), lat(y+1), lng(x+1), lat(y))
}

// interleave spreads the low 32 bits to the even places.
func interleave(v uint64) uint64 {
	v &= 0xffffffff
	v = (v | v<<16) & 0x0000ffff0000ffff
	v = (v | v<<8) & 0x00ff00ff00ff00ff
	v = (v | v<<4) & 0x0f0f0f0f0f0f0f0f
	v = (v | v<<2) & 0x3333333333333333
	return (v | v<<1) & 0x5555555555555555
}

// deinterleave gathers the even places.
func deinterleave(v uint64) uint64 {
	v &= 0x5555555555555555
	v = (v | v>>1) & 0x3333333333333333
	v = (v | v>>2) & 0x0f0f0f0f0f0f0f0f
	v = (v | v>>4) & 0x00ff00ff00ff00ff
	v = (v | v>>8) & 0x0000ffff0000ffff
	return (v | v>>16) & 0x00000000ffffffff
}
