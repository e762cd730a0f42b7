package layer

import (
	"math"

	"github.com/paulmach/orb"
)

// Outline tells what of the rings of an area is its border. Data of the globe are cut along
// the antimeridian and at the poles: where a row lies on both sides of the cut, as Russia and
// Antarctica do, its edges there are those of a flat map, which a globe has not. A row on one
// side alone, as a time zone that ends there, has a border.
type Outline struct{ cut bool }

// OutlineOf looks at all areas of a row.
func OutlineOf(areas []orb.Polygon) Outline {
	var east, west bool
	for _, p := range areas {
		for _, ring := range p {
			for k := 1; k < len(ring); k++ {
				if a, b := ring[k-1], ring[k]; a[1] != b[1] && onSeam(a) && onSeam(b) {
					east, west = east || a[0] > 0 && b[0] > 0, west || a[0] < 0 && b[0] < 0
				}
			}
		}
	}
	return Outline{east && west}
}

// Runs are the pieces of a ring that border the area, each from its first vertex to behind its
// last one.
func (o Outline) Runs(ring []orb.Point) (runs [][2]int) {
	first := 0
	for k := 1; k <= len(ring); k++ {
		if k < len(ring) && !(o.cut && (onSeam(ring[k-1]) && onSeam(ring[k]) || atPole(ring[k-1]) && atPole(ring[k]))) {
			continue
		}
		if k-first > 1 {
			runs = append(runs, [2]int{first, k})
		}
		first = k
	}
	return runs
}

const (
	seamWidth = 1e-6 // degrees, a tenth of a metre: what rounding leaves
	poleWidth = 0.01 // degrees, a kilometre: Natural Earth's Antarctica ends at -89.999
)

func onSeam(p orb.Point) bool { return math.Abs(math.Abs(p[0])-180) <= seamWidth }
func atPole(p orb.Point) bool { return math.Abs(p[1]) >= 90-poleWidth }
