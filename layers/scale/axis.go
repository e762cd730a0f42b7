package scale

import (
	"math"
	"slices"
	"sort"
)

// axis takes numbers to shares of a range, 0 to 1, or to classes.
type axis struct {
	stops   []float64             // values at even shares, rising or falling; two or more
	warp    func(float64) float64 // nil is linear
	warped  []float64             // the stops
	least   float64               // log: what lies below counts as this
	limits  []float64             // between classes, rising; nil where it is continuous
	classes int                   // 0 where it is continuous
	reverse bool
	root    bool // warp is the square root
	same    bool // identity: nothing is asked of it
}

// axis resolves the mapping against the field's values; n is the length of the range, 0 for
// a palette.
func (m *Mapping) axis(values []float64, n int) axis {
	sorted := m.known(values)
	a := axis{reverse: m.Reverse, root: m.Scale == "sqrt", same: m.Scale == "identity"}
	ends := m.Domain.ends(sorted)
	switch m.Scale {
	case "sqrt", "pow":
		a.warp = func(v float64) float64 { return math.Copysign(math.Pow(math.Abs(v), m.Exponent), v) }
		if m.Scale == "sqrt" {
			a.warp = func(v float64) float64 { return math.Copysign(math.Sqrt(math.Abs(v)), v) }
		}
	case "symlog": // Webber 2013, Measurement Science and Technology 24
		a.warp = func(v float64) float64 { return math.Copysign(math.Log1p(math.Abs(v)/m.Constant), v) }
	case "log":
		a.least = leastAbove(ends, sorted)
		ends = slices.Clone(ends)
		for i := range ends {
			ends[i] = math.Max(ends[i], a.least)
		}
		a.warp = func(v float64) float64 { return math.Log(math.Max(v, a.least)) }
	case "diverging":
		if m.Domain.empty() { // as far to both sides, so that equal distances look equal
			far := math.Max(math.Abs(ends[0]-m.Middle), math.Abs(ends[1]-m.Middle))
			ends = []float64{m.Middle - far, m.Middle + far}
		}
		ends = []float64{math.Min(ends[0], m.Middle), m.Middle, math.Max(ends[1], m.Middle)}
	case "threshold":
		a.limits, a.classes = ends, len(ends)+1
	case "quantile":
		a.classes = m.classes(n)
		for k := 1; k < a.classes; k++ {
			a.limits = append(a.limits, percentile(sorted, float64(k)/float64(a.classes)))
		}
	case "quantise":
		a.classes = m.classes(n)
		lo, hi := min(ends[0], ends[1]), max(ends[0], ends[1])
		a.reverse = a.reverse != (ends[0] > ends[1])
		for k := 1; k < a.classes; k++ {
			a.limits = append(a.limits, lo+(hi-lo)*float64(k)/float64(a.classes))
		}
	}
	a.stops, a.warped = ends, make([]float64, len(ends))
	for i, v := range ends {
		a.warped[i] = a.bent(v)
	}
	return a
}

// straight is an axis between two values, linear or of square roots: what millions of rows mostly ask.
type straight struct {
	root     bool
	lo, span float64 // warped
}

// straight is nil of any other axis.
func (a *axis) straight() *straight {
	if a.classes > 0 || a.same || a.reverse || a.warp != nil && !a.root || len(a.warped) != 2 || a.warped[0] == a.warped[1] || math.IsInf(a.warped[1]-a.warped[0], 0) {
		return nil
	}
	return &straight{a.root, a.warped[0], a.warped[1] - a.warped[0]}
}

// share is the axis's; below 0 where it is to be asked.
func (s *straight) share(v float64) float64 {
	if s.root {
		v = math.Sqrt(v) // no number of what is below zero
	}
	if v = (v - s.lo) / s.span; v > 1 {
		return 1
	} else if v >= 0 {
		return v
	} else if v < 0 && !s.root {
		return 0
	}
	return -1
}

// known are the values that are there in rising order; the least and the greatest alone where
// the mapping asks for no others.
func (m *Mapping) known(values []float64) []float64 {
	if m.Domain.Percent || m.Scale == "quantile" || m.Scale == "log" {
		return known(values)
	}
	if len(m.Domain.Numbers) > 0 {
		return nil // nobody asks for the data's
	}
	least, greatest := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			least, greatest = min(least, v), max(greatest, v)
		}
	}
	if least > greatest {
		return nil
	}
	return []float64{least, greatest}
}

// leastAbove is the least of the values above zero: of the ends, else of the data.
func leastAbove(ends, sorted []float64) float64 {
	least := math.Inf(1)
	for _, v := range ends {
		if v > 0 {
			least = math.Min(least, v)
		}
	}
	if lo := slices.Min(ends); lo > 0 {
		return least
	}
	if i := sort.SearchFloat64s(sorted, math.SmallestNonzeroFloat64); i < len(sorted) {
		return math.Min(sorted[i], least)
	}
	return math.Min(least, 1)
}

// bent is a value on the scale's own axis.
func (a *axis) bent(v float64) float64 {
	switch {
	case a.warp == nil:
		return v
	case a.root && v >= 0: // most of what is asked for
		return math.Sqrt(v)
	}
	return a.warp(v)
}

// share is where a value lies between the ends, within 0 and 1; in classes, the middle of
// the value's class.
func (a *axis) share(v float64) float64 {
	s := a.forward(v)
	if a.reverse {
		return 1 - s
	}
	return s
}

func (a *axis) forward(v float64) float64 {
	if a.classes > 0 {
		return (float64(a.class(v)) + 0.5) / float64(a.classes)
	}
	last := len(a.stops) - 1
	w := a.bent(v)
	lo, hi := a.warped[0], a.warped[last]
	if lo == hi {
		return 0.5
	}
	if last == 1 {
		return shareOf(w, lo, hi)
	}
	falls := lo > hi
	for i := range last {
		p, q := a.warped[i], a.warped[i+1]
		if i < last-1 && (p == q || falls && w < q || !falls && w > q) {
			continue
		}
		if p == q {
			return 1
		}
		return (float64(i) + shareOf(w, p, q)) / float64(last)
	}
	return 1
}

// shareOf is where a number lies between two others, within 0 and 1.
func shareOf(w, p, q float64) float64 {
	within := min(max((w-p)/(q-p), 0), 1)
	if within != within { // ends further apart than numbers reach
		return 0.5
	}
	return within
}

// class is the number of limits at or below the value: a limit belongs to the class above.
func (a *axis) class(v float64) int {
	return sort.Search(len(a.limits), func(i int) bool { return a.limits[i] > v })
}

// place is class, or its counterpart where the range is reversed.
func (a *axis) place(v float64) int {
	c := a.class(v)
	if a.reverse {
		return a.classes - 1 - c
	}
	return c
}
