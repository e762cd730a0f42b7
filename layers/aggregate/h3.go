package aggregate

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// H3 is the hexagons of H3 (Uber; h3geo.org): an icosahedron whose faces are divided into
// hexagons again and again, seven for one, with pentagons at its 12 corners. A key is the
// index; data has it in hexadecimal or as a decimal number.
type H3 struct{}

const finestH3 = 15

// Bits of an index, from the top: one 0, four of the mode (1 = a cell), three 0, four of the
// level, seven of the base cell, and fifteen digits of three bits, of which those below the
// level are 7.
const (
	h3Mode  = uint64(1) << 59
	h3Level = 52
	h3Base  = 45
	h3None  = 7
)

// The digits are steps to a neighbour. Each is twice the one before, round the six
// directions of 60° counter-clockwise: 1 lies at 240°, 5 at 300°, 4 at 0°, 6, 2, 3.
var (
	h3Step   = [7]lattice{{0, 0}, {-1, -1}, {0, 1}, {-1, 0}, {1, 0}, {0, -1}, {1, 1}}
	h3Turned = [7]uint64{0, 5, 3, 1, 6, 4, 2} // a digit turned by 60° counter-clockwise
)

func h3Shift(r int) int { return 3 * (finestH3 - r) }

func h3Digit(key uint64, r int) uint64 { return key >> h3Shift(r) & 7 }

// Levels are 0 to 15.
func (H3) Levels() (coarsest, finest int) { return 0, finestH3 }

// Key of the cell that holds a place.
func (H3) Key(lng, lat float64, level int) uint64 {
	t := h3()
	v := unit(lng, lat)
	face, best := 0, -1.0
	for f := range t.faces {
		if d := v.Dot(t.faces[f].center); d > best {
			face, best = f, d
		}
	}
	cell := h3Nearest(t.faces[face].plane(v), level)
	key := h3Mode | uint64(level)<<h3Level
	lead := uint64(0)
	var digits [finestH3 + 1]uint64
	for r := level; r > 0; r-- {
		up := cell.up(r)
		digits[r] = stepOf(cell.minus(up.down(r)))
		cell = up
		if digits[r] != 0 {
			lead = digits[r]
		}
	}
	home := t.home(face, cell)
	key |= uint64(home.base) << h3Base
	for r := 1; r <= finestH3; r++ {
		d := uint64(h3None)
		if r <= level {
			d = digits[r]
			for range home.turns[lead] {
				d = h3Turned[d]
			}
		}
		key |= d << h3Shift(r)
	}
	return key
}

// stepOf is the digit of a step.
func stepOf(s lattice) uint64 {
	for d := range h3Step {
		if h3Step[d] == s {
			return uint64(d)
		}
	}
	return 0
}

// Level of a cell.
func (H3) Level(key uint64) int { return int(key >> h3Level & 15) }

// ID is the index in hexadecimal.
func (H3) ID(key uint64) string { return strconv.FormatUint(key, 16) }

// Parse reads a hexadecimal or a decimal index.
func (h H3) Parse(id string) (uint64, error) {
	id = strings.TrimPrefix(id, "0x")
	radix := 16
	if len(id) > 16 {
		radix = 10
	}
	key, err := strconv.ParseUint(id, radix, 64)
	if err != nil || !h.valid(key) {
		return 0, fmt.Errorf("%.40q is not an H3 cell: an index such as 8928308280fffff", id)
	}
	return key, nil
}

func (h H3) valid(key uint64) bool {
	base := key >> h3Base & 127
	if key>>56 != h3Mode>>56 || base >= uint64(len(h3BaseCells)/4) {
		return false
	}
	lead := uint64(0)
	for r := 1; r <= finestH3; r++ {
		d := h3Digit(key, r)
		if r > h.Level(key) != (d == h3None) {
			return false
		}
		if lead == 0 && d != h3None {
			lead = d
		}
	}
	return !(h3().bases[base].pentagon() && lead == 1)
}

// Outline of a hexagon, or pentagon; where a side crosses an edge of the icosahedron it has a
// bend there.
func (h H3) Outline(key uint64) orb.Ring { return ringOf(h3().outline(key, h.Level(key))) }

// Center of a cell in degrees.
func (h H3) Center(key uint64) orb.Point {
	face, p := h3().center(key, h.Level(key))
	return ringOf([]vec3{h3().faces[face].point(p)})[0]
}

// lattice is a place of a face's hexagons: along the axis at 0° and the one at 120°.
type lattice [2]int

func (a lattice) minus(b lattice) lattice { return lattice{a[0] - b[0], a[1] - b[1]} }

// down is the middle child in the lattice of level r, which is turned by 19.1° to one side at
// odd levels and back at even ones.
func (a lattice) down(r int) lattice {
	if r%2 == 1 {
		return lattice{2*a[0] + a[1], 3*a[1] - a[0]}
	}
	return lattice{3*a[0] - a[1], a[0] + 2*a[1]}
}

// up is the parent of a place of level r.
func (a lattice) up(r int) lattice {
	i, j := float64(a[0]), float64(a[1])
	if r%2 == 1 {
		return lattice{int(math.Round((3*i - j) / 7)), int(math.Round((i + 2*j) / 7))}
	}
	return lattice{int(math.Round((2*i + j) / 7)), int(math.Round((3*j - i) / 7))}
}
