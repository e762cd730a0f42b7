package building

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// enough is the number of tagged neighbours whose heights are taken for the usual ones.
const enough = 5

// Neighbours are compared with their like: footprints of the same class of size, and
// dwellings apart from the rest.
const (
	sizes = 4
	kinds = 2
)

func sizeOf(area float64) int {
	switch {
	case area < 60:
		return 0
	case area < 220:
		return 1
	case area < 700:
		return 2
	}
	return 3
}

func kindOf(r *rule) int {
	if r.near == nearDwelling {
		return 0
	}
	return 1
}

// classOf numbers the classes of buildings that are compared with each other.
func classOf(r *rule, size int) uint8 { return uint8(kindOf(r)*sizes + size) }

const stepRatio = 1.04

// stepOf is the step of a height: heights are counted in steps of four per cent.
func stepOf(height float64) uint8 {
	s := math.Round(math.Log(height/minHeight) / math.Log(stepRatio))
	return uint8(math.Max(0, math.Min(255, s)))
}

// heightOf is the height of a step, x = -0.5 … 0.5 of the way to its neighbours.
func heightOf(step uint8, x float64) float64 {
	return minHeight * math.Pow(stepRatio, float64(step)+x)
}

// density is the built share of the ground around a cell.
func (s *Survey) density(at cell) float64 {
	area := uint64(0)
	s.tallies.around(at, 1, func(v sum) {
		if v.class == built {
			area += v.n
		}
	})
	return float64(area) / 100 / (9 * surveyCell * surveyCell)
}

// draw takes a height from the tagged ones around a cell: u in [0, 1) chooses among them,
// x in [0, 1) spreads within a step. ok is false where they are too few.
func (s *Survey) draw(at cell, r *rule, size int, u, x float64) (h float64, ok bool) {
	var n [256]uint64
	for reach := int32(1); reach <= surveyReach; reach++ {
		for _, both := range [...]bool{r.name == plain, true} {
			clear(n[:])
			all := uint64(0)
			s.tallies.around(at, reach, func(v sum) {
				if v.class == classOf(r, size) || both && v.class != built && int(v.class)%sizes == size {
					n[v.step] += v.n
					all += v.n
				}
			})
			if all < enough {
				continue
			}
			rank := uint64(u * float64(all))
			for step, c := range n {
				if rank < c {
					return heightOf(uint8(step), x-0.5), true
				}
				rank -= c
			}
		}
	}
	return 0, false
}

// total is the height that the tags of a building without parts give, 0 for none.
func (m measures) total(r *rule) float64 {
	switch {
	case known(m.height):
		return m.height
	case m.tagged():
		return (m.levels + zero(m.roofLevels)*0.9) * r.storey
	}
	return 0
}

// guess is the height of an untagged building. Where its neighbours are tagged it is
// drawn from theirs (found), and includes the roof; else it is that to the eaves which
// its type and size usually have, varied by its seed.
func (s *Survey) guess(f *geo.Feature, area float64, r *rule, seed uint64) (h float64, found bool) {
	at, _ := s.cellOf(f.Foot())
	a := ask{at, area, seed, r}
	if s.asked != nil {
		*s.asked = append(*s.asked, a)
	}
	return s.answer(a)
}

// answer is the guess for a building that asks for it.
func (s *Survey) answer(a ask) (h float64, found bool) {
	area, r, seed := a.area, a.rule, a.seed
	if r.near != nearNone {
		if h, ok := s.draw(a.at, r, sizeOf(area), chance(seed, 10), chance(seed, 11)); ok {
			return math.Max(2.4, h), true
		}
	}
	levels := r.levels
	if r.grows {
		levels = byArea(r.levels, area, s.density(a.at))
	}
	vary := 1 + r.spread*(2*chance(seed, 10)-1)
	// One storey more or less, now and then, where there are some.
	switch p := chance(seed, 12); {
	case levels >= 3 && p < 0.22:
		levels--
	case levels >= 3 && p > 0.78, levels == 2 && p > 0.85:
		levels++
	}
	if levels == 1 && area < 40 && r.grows {
		return 2.7 * vary, false
	}
	return levels * r.storey * vary, false
}
