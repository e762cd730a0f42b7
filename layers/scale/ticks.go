package scale

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// ticks are values at round places along a continuous axis, about as many as wanted, in the
// order of their places. Ends are ticks where they are round; the middle of an axis of more
// than two stops and its stops are always.
func (a *axis) ticks(wanted int) []Tick {
	first, last := a.stops[0], a.stops[len(a.stops)-1]
	lo, hi := min(first, last), max(first, last)
	var values []float64
	switch {
	case lo == hi:
		values = []float64{lo}
	case len(a.stops) > 3:
		values = slices.Clone(a.stops)
	case a.least > 0 && hi/lo >= 100:
		values = powers(lo, hi, wanted)
	default:
		values = round(lo, hi, wanted)
	}
	if len(a.stops) == 3 {
		values = append(values, a.stops[1])
	}
	slices.Sort(values)
	values = slices.Compact(values)
	step := hi - lo
	for i := 1; i < len(values); i++ {
		step = min(step, values[i]-values[i-1])
	}
	out := make([]Tick, len(values))
	for i, v := range values {
		s := step
		if a.least > 0 {
			s = v
		}
		out[i] = Tick{At: a.share(v), Value: v, Label: label(v, s)}
	}
	slices.SortStableFunc(out, func(p, q Tick) int {
		switch {
		case p.At < q.At:
			return -1
		case p.At > q.At:
			return 1
		}
		return 0
	})
	return out
}

// round lists the multiples of 1, 2 or 5 times a power of ten within two limits.
func round(lo, hi float64, wanted int) []float64 {
	step := Step(hi-lo, wanted)
	if step == 0 || math.IsInf(step, 0) {
		return []float64{lo, hi}
	}
	var out []float64
	for k := math.Ceil(lo/step - 1e-9); k*step <= hi+1e-9*step && len(out) < 4*wanted; k++ {
		out = append(out, k*step+0) // never -0
	}
	return out
}

// Step is the round step that divides a length into about as many as wanted: 1, 2 or 5 times
// a power of ten. It is 0 or infinite where float64 has none.
func Step(length float64, wanted int) float64 {
	raw := length / float64(max(wanted, 1))
	unit := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, k := range [...]float64{1, 2, 5} {
		if k*unit >= raw*0.99 {
			return k * unit
		}
	}
	return 10 * unit
}

// powers lists powers of ten within two limits above zero, every n-th where there are many.
func powers(lo, hi float64, wanted int) []float64 {
	from, to := math.Ceil(math.Log10(lo)-1e-9), math.Floor(math.Log10(hi)+1e-9)
	every := math.Max(1, math.Ceil((to-from)/float64(wanted)))
	var out []float64
	for k := from; k <= to; k += every {
		out = append(out, math.Pow(10, k))
	}
	return out
}

// label writes a number as far as a step tells it from the next, large ones in thousands,
// millions and billions.
func label(v, step float64) string {
	unit, name := 1.0, ""
	for _, u := range [...]struct {
		size float64
		name string
	}{{1e9, "\u202fG"}, {1e6, "\u202fM"}, {1e4, "\u202fk"}} {
		if math.Abs(v) >= u.size {
			unit, name = u.size, u.name
			if name == "\u202fk" {
				unit = 1e3
			}
			break
		}
	}
	if a := math.Abs(v); a >= 1e15 || a > 0 && a < 1e-6 {
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	v, step = v/unit, step/unit
	digits := 3
	if step > 0 && !math.IsInf(step, 0) {
		digits = int(math.Max(0, math.Ceil(-math.Log10(step)+0.3)))
	}
	s := strconv.FormatFloat(v, 'f', min(digits, 9), 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		s = "0"
	}
	return s + name
}
