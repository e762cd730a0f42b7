package building

import (
	"math"
	"sort"

	"github.com/longtake/longtake/geo"
)

// surveyCell is the side of the squares in which the surroundings of untagged buildings
// are summed up: the square and its eight neighbours reach about 250 m.
const surveyCell = 170.0

// enough is the number of tagged neighbours whose median is trusted.
const enough = 5

// surroundings are what tagged and untagged neighbours tell of a building.
type surroundings struct {
	built   map[cell]float64            // footprint area
	heights map[cell][sizes][]float64   // tagged heights by size of footprint
	medians map[cell][sizes]*[2]float64 // found so far: count, median
}

// sizes are the classes of footprint that resemble each other in height.
const sizes = 3

func sizeOf(area float64) int {
	switch {
	case area < 60:
		return 0
	case area < 450:
		return 1
	}
	return 2
}

func survey(cs []candidate) *surroundings {
	s := &surroundings{map[cell]float64{}, map[cell][sizes][]float64{}, map[cell][sizes]*[2]float64{}}
	quiet := geo.NewReport() // these tags are read again, and noted, when their building is made
	for i := range cs {
		c := &cs[i]
		if c.part {
			continue
		}
		at := cellOf(c.plan[0].Centroid(), surveyCell)
		s.built[at] += c.area
		m := measure(c.f.Tags, quiet)
		if !m.tagged() || ruleOf(c.class) == &worship || ruleOf(c.class) == &silo {
			continue
		}
		h := m.height
		if !known(h) {
			h = m.levels * ruleOf(c.class).storey
		}
		rows := s.heights[at]
		k := sizeOf(c.area)
		rows[k] = append(rows[k], h)
		s.heights[at] = rows
	}
	return s
}

// around calls f for a cell and its neighbours.
func around(at cell, f func(cell)) {
	for dx := int32(-1); dx <= 1; dx++ {
		for dy := int32(-1); dy <= 1; dy++ {
			f(cell{at[0] + dx, at[1] + dy})
		}
	}
}

// median of the tagged heights around a cell; ok is false where they are too few.
func (s *surroundings) median(at cell, size int) (h float64, ok bool) {
	row := s.medians[at]
	if row[size] == nil {
		var all []float64
		around(at, func(c cell) { all = append(all, s.heights[c][size]...) })
		row[size] = &[2]float64{float64(len(all)), 0}
		if len(all) > 0 {
			sort.Float64s(all)
			row[size][1] = all[len(all)/2]
		}
		s.medians[at] = row
	}
	return row[size][1], row[size][0] >= enough
}

// guess is the height from ground to eaves of an untagged building: that of its type and
// size, drawn towards what is tagged around it (found), varied by its seed.
func (s *surroundings) guess(c *candidate, r *rule, seed uint64) (h float64, found bool) {
	at := cellOf(c.plan[0].Centroid(), surveyCell)
	levels := r.levels
	if r.area {
		sum := 0.0
		around(at, func(n cell) { sum += s.built[n] })
		levels = byArea(r.levels, c.area, sum/(9*surveyCell*surveyCell))
	}
	vary := 1 + r.spread*(2*chance(seed, 10)-1)
	if r.area || r == &dwelling {
		if m, ok := s.median(at, sizeOf(c.area)); ok && sizeOf(c.area) > 0 {
			own := levels * r.storey
			h = 0.75*m + 0.25*math.Min(own, 2*m)
			return math.Max(2.4, h*(1+0.18*(2*chance(seed, 11)-1))*vary), true
		}
	}
	// One storey more or less, now and then, where there are some.
	switch p := chance(seed, 12); {
	case levels >= 3 && p < 0.22:
		levels--
	case levels >= 3 && p > 0.78, levels == 2 && p > 0.85:
		levels++
	}
	if levels == 1 && c.area < 40 && r.area {
		return 2.7 * vary, false
	}
	return levels * r.storey * vary, false
}
