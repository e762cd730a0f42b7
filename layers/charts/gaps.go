package charts

import "math"

// known are the runs of places that follow each other round a ring and have a value; a ring
// without a gap is one run of all. A run goes on past the last place to the first.
func known(values []float64) (runs [][]int) {
	n := len(values)
	first := -1 // a gap, behind which runs begin
	for i, v := range values {
		if math.IsNaN(v) {
			first = i
			break
		}
	}
	var run []int
	for k := range n {
		i := (first + 1 + k) % n
		if math.IsNaN(values[i]) {
			if len(run) > 0 {
				runs = append(runs, run)
			}
			run = nil
			continue
		}
		run = append(run, i)
	}
	if len(run) > 0 {
		runs = append(runs, run)
	}
	return runs
}

// banded are the bands of series that stand on each other. Where one has no value nobody knows
// where those above it stand: they have a gap there, too. A count of no rows is none, not missing.
func (f *frame) banded(counted bool) (low, high [][]float64) {
	low, high = f.stacked()
	for i := range f.names {
		gap := false
		for s := range f.series {
			missing := math.IsNaN(f.series[s].values[i])
			if missing && counted {
				if low[s][i] = 0; s > 0 {
					low[s][i] = high[s-1][i]
				}
				high[s][i] = low[s][i]
				continue
			}
			if gap = gap || missing; gap {
				low[s][i], high[s][i] = math.NaN(), math.NaN()
			}
		}
	}
	return low, high
}

// total is what is written at an end of a stack of bars.
type total struct {
	value float64
	below bool // at the lower end, of what is below zero
}

// totals are the sums of a place's values above zero and below: they stand at the ends of its
// stack. A place without values has none.
func (f *frame) totals(i int) (out []total) {
	up, down := math.NaN(), math.NaN()
	add := func(sum *float64, v float64) {
		if math.IsNaN(*sum) {
			*sum = 0
		}
		*sum += v
	}
	for _, s := range f.series {
		switch v := s.values[i]; {
		case v < 0:
			add(&down, v)
		case v >= 0:
			add(&up, v)
		}
	}
	if !math.IsNaN(up) && (up > 0 || math.IsNaN(down)) {
		out = append(out, total{value: up})
	}
	if !math.IsNaN(down) {
		out = append(out, total{down, true})
	}
	return out
}
