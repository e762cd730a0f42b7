package stage

import (
	"iter"
	"math"
)

// sideBands finds sides by their y: each band lists those that it meets, in their order.
type sideBands struct {
	sides     []clipSide
	low, high float64 // y of all of them
	step      float64 // metres of a band
	bands     [][]int32
}

const (
	mostBands    = 2048
	sidesPerBand = 4  // about, of sides that are short
	bandsPerSide = 16 // at the most, on average: long sides are in many
)

func inBands(sides []clipSide) sideBands {
	out := sideBands{sides: sides, low: math.Inf(1), high: math.Inf(-1)}
	long := 0.0
	for i := range sides {
		a, b := sides[i].a[1], sides[i].b[1]
		out.low, out.high = min(out.low, a, b), max(out.high, a, b)
		long += math.Abs(a - b)
	}
	if len(sides) == 0 {
		return out
	}
	n := min(max(len(sides)/sidesPerBand, 1), mostBands)
	if high := out.high - out.low; long > 0 {
		n = max(min(n, int(bandsPerSide*float64(len(sides))*high/long)), 1)
	}
	out.step = (out.high - out.low) / float64(n)
	out.bands = make([][]int32, n)
	for i := range sides {
		a, b := sides[i].a[1], sides[i].b[1]
		for k := out.band(min(a, b)); k <= out.band(max(a, b)); k++ {
			out.bands[k] = append(out.bands[k], int32(i))
		}
	}
	return out
}

func (s *sideBands) band(y float64) int {
	if s.step == 0 {
		return 0
	}
	return int(min(max((y-s.low)/s.step, 0), float64(len(s.bands)-1)))
}

// at are the sides that may meet a y.
func (s *sideBands) at(y float64) []int32 {
	if !(y >= s.low && y <= s.high) {
		return nil
	}
	return s.bands[s.band(y)]
}

// between lists the sides that may meet a range of y, each once.
func (s *sideBands) between(low, high float64) iter.Seq[*clipSide] {
	return func(yield func(*clipSide) bool) {
		if !(low <= s.high && high >= s.low) {
			return
		}
		first, last := s.band(low), s.band(high)
		for k := first; k <= last; k++ {
			for _, i := range s.bands[k] {
				side := &s.sides[i]
				if k > first && s.band(min(side.a[1], side.b[1])) < k { // a band before had it
					continue
				}
				if !yield(side) {
					return
				}
			}
		}
	}
}
