package aggregate

import (
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
)

// S2 is the cells of the S2 geometry library (Google; s2geometry.io): six faces of a cube,
// each divided in four again and again, numbered along a Hilbert curve. A key is the cell's
// id; data has it as a token, which is the id in hexadecimal without the zeros at its end, or
// as a decimal number.
type S2 struct{}

// finestS2 is the level of leaf cells.
const finestS2 = 30

// The curve: which quarter comes at which place, by whether the axes are swapped (1) and
// turned round (2), and how a quarter changes that.
var (
	hilbertIJ   = [4][4]uint64{{0, 1, 3, 2}, {0, 2, 3, 1}, {3, 2, 0, 1}, {3, 1, 0, 2}}
	hilbertTurn = [4]uint64{1, 0, 0, 3}
)

// Levels are 0 to 30.
func (S2) Levels() (coarsest, finest int) { return 0, finestS2 }

// Key of the cell that holds a place.
func (S2) Key(lng, lat float64, level int) uint64 {
	v := unit(lng, lat)
	axis := 0
	for k := 1; k < 3; k++ {
		if math.Abs(v[k]) > math.Abs(v[axis]) {
			axis = k
		}
	}
	face := axis
	if v[axis] < 0 {
		face += 3
	}
	u, w := s2Plane(face, v)
	cell := func(u float64) uint64 {
		s := 0.5 * math.Sqrt(1+3*math.Abs(u))
		if u < 0 {
			s = 1 - s
		}
		return index(s, 1, finestS2)
	}
	i, j := cell(u), cell(w)
	var at uint64
	turned := uint64(face) & 1
	for k := finestS2 - 1; k >= 0; k-- {
		quarter := (i>>k&1)<<1 | j>>k&1
		place := uint64(0)
		for hilbertIJ[turned][place] != quarter {
			place++
		}
		at = at<<2 | place
		turned ^= hilbertTurn[place]
	}
	low := uint64(1) << (2 * (finestS2 - level))
	return (uint64(face)<<61|at<<1|1)&-low | low
}

// s2Plane is where a direction meets the face's plane.
func s2Plane(face int, v mgl64.Vec3) (u, w float64) {
	x, y, z := v[0], v[1], v[2]
	switch face {
	case 0:
		return y / x, z / x
	case 1:
		return -x / y, z / y
	case 2:
		return -x / z, -y / z
	case 3:
		return z / x, y / x
	case 4:
		return z / y, -x / y
	}
	return -y / z, -x / z
}

// s2Point is the inverse of s2Plane.
func s2Point(face int, u, w float64) mgl64.Vec3 {
	switch face {
	case 0:
		return mgl64.Vec3{1, u, w}
	case 1:
		return mgl64.Vec3{-u, 1, w}
	case 2:
		return mgl64.Vec3{-u, -w, 1}
	case 3:
		return mgl64.Vec3{-1, -w, -u}
	case 4:
		return mgl64.Vec3{w, -1, -u}
	}
	return mgl64.Vec3{w, u, -1}
}

// Level of a cell.
func (S2) Level(key uint64) int { return finestS2 - bits.TrailingZeros64(key)/2 }

// ID is the token.
func (S2) ID(key uint64) string { return strings.TrimRight(fmt.Sprintf("%016x", key), "0") }

// Parse reads a token or a decimal number.
func (S2) Parse(id string) (uint64, error) {
	var key uint64
	var err error
	if len(id) > 16 {
		key, err = strconv.ParseUint(id, 10, 64)
	} else if key, err = strconv.ParseUint(id, 16, 64); err == nil {
		key <<= 4 * (16 - len(id))
	}
	if err != nil || key>>61 > 5 || key == 0 || bits.TrailingZeros64(key)%2 == 1 || bits.TrailingZeros64(key) > 60 {
		return 0, fmt.Errorf("%.40q is not an S2 cell: a token such as 47a1cbd5 or a number", id)
	}
	return key, nil
}

// Outline follows the sides, which are great circles; those of large cells are cut into
// parts.
func (s S2) Outline(key uint64) orb.Ring {
	level, face := s.Level(key), int(key>>61)
	var i, j uint64
	turned := uint64(face) & 1
	for k := range level {
		place := key << 3 >> (62 - 2*k) & 3
		quarter := hilbertIJ[turned][place]
		i, j = i<<1|quarter>>1, j<<1|quarter&1
		turned ^= hilbertTurn[place]
	}
	n := math.Ldexp(1, level)
	u := func(s float64) float64 {
		if s >= 0.5 {
			return (4*s*s - 1) / 3
		}
		return (1 - 4*(1-s)*(1-s)) / 3
	}
	west, east, south, north := u(float64(i)/n), u(float64(i+1)/n), u(float64(j)/n), u(float64(j+1)/n)
	corners := [5][2]float64{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}
	parts := max(16>>level, 1)
	var out []mgl64.Vec3
	for c := range 4 {
		a, b := corners[c], corners[c+1]
		for p := range parts {
			t := float64(p) / float64(parts)
			out = append(out, s2Point(face, a[0]+(b[0]-a[0])*t, a[1]+(b[1]-a[1])*t))
		}
	}
	return ringOf(out)
}

// unit is the direction of a place on a sphere.
func unit(lng, lat float64) mgl64.Vec3 {
	sinLng, cosLng := math.Sincos(earth.Radians(lng))
	sinLat, cosLat := math.Sincos(earth.Radians(lat))
	return mgl64.Vec3{cosLat * cosLng, cosLat * sinLng, sinLat}
}

// ringOf is the closed ring of directions; longitudes do not jump, and a corner at a pole
// takes that of the one before it.
func ringOf(corners []mgl64.Vec3) orb.Ring {
	out := make(orb.Ring, 0, len(corners)+1)
	for _, v := range corners {
		lat := earth.Degrees(math.Atan2(v[2], math.Hypot(v[0], v[1])))
		lng := earth.Degrees(math.Atan2(v[1], v[0]))
		if n := len(out); n > 0 {
			before := out[n-1][0]
			if math.Abs(lat) > 90-1e-9 {
				lng = before
			}
			lng = before + math.Remainder(lng-before, 360)
		}
		out = append(out, orb.Point{lng, lat})
	}
	return append(out, out[0])
}
