package aggregate

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Groups says which group each row belongs to.
type Groups struct {
	Of []int32 // of each row, from 0; -1 = of none
	N  int     // groups
}

// Op makes one number of the values of a group.
type Op string

// The operations. Count takes the weights alone.
const (
	Count  Op = "count"
	Sum    Op = "sum"
	Mean   Op = "mean"
	Min    Op = "min"
	Max    Op = "max"
	Median Op = "median"
)

// Ops are all operations, as words that documents may use.
var Ops = []Op{Count, Sum, Mean, Min, Max, Median}

// Check tells whether the operation is one.
func (op Op) Check() error {
	if slices.Contains(Ops, op) {
		return nil
	}
	words := make([]string, len(Ops))
	for i, o := range Ops {
		words[i] = string(o)
	}
	return fmt.Errorf("no operation %q: there are %s", op, strings.Join(words, ", "))
}

// Reduce makes one number of each group's values. A row counts as much as its weight; nil
// weights are 1 each, and the median takes no account of them. Rows whose value or weight is
// NaN are left out, and a group that has no other has NaN; only its count and sum are 0
// where it has rows that are worth nothing. Count reads no values: they may be nil.
func (g Groups) Reduce(op Op, values, weights []float64) ([]float64, error) {
	if err := op.Check(); err != nil {
		return nil, err
	}
	if op != Count && len(values) != len(g.Of) || weights != nil && len(weights) != len(g.Of) {
		return nil, fmt.Errorf("%s: %d values and %d weights of %d rows", op, len(values), len(weights), len(g.Of))
	}
	if op == Median {
		return g.medians(values), nil
	}
	out, total := make([]float64, g.N), make([]float64, g.N)
	for i := range out {
		out[i] = math.NaN()
	}
	for i, k := range g.Of {
		if k < 0 {
			continue
		}
		w, v := 1.0, 1.0
		if weights != nil {
			w = weights[i]
		}
		if op != Count {
			v = values[i]
		}
		if math.IsNaN(w) || math.IsNaN(v) {
			continue
		}
		switch known := !math.IsNaN(out[k]); {
		case op == Min || op == Max:
			if !known || op == Min && v < out[k] || op == Max && v > out[k] {
				out[k] = v
			}
		case known:
			out[k] += w * v
		default:
			out[k] = w * v
		}
		total[k] += w
	}
	if op == Mean {
		for k := range out {
			if total[k] == 0 {
				out[k] = math.NaN()
				continue
			}
			out[k] /= total[k]
		}
	}
	return out, nil
}

// medians sorts the values of each group.
func (g Groups) medians(values []float64) []float64 {
	from, rows := g.Rows()
	out := make([]float64, g.N)
	var of []float64
	for k := range out {
		of = of[:0]
		for _, i := range rows[from[k]:from[k+1]] {
			if !math.IsNaN(values[i]) {
				of = append(of, values[i])
			}
		}
		slices.Sort(of)
		switch n := len(of); {
		case n == 0:
			out[k] = math.NaN()
		case n%2 == 1:
			out[k] = of[n/2]
		default:
			out[k] = (of[n/2-1] + of[n/2]) / 2
		}
	}
	return out
}

// Rows lists the rows of each group in their order: those of group k are
// rows[from[k]:from[k+1]].
func (g Groups) Rows() (from, rows []int32) {
	from = make([]int32, g.N+1)
	for _, k := range g.Of {
		if k >= 0 {
			from[k+1]++
		}
	}
	for k := range g.N {
		from[k+1] += from[k]
	}
	rows = make([]int32, from[g.N])
	next := slices.Clone(from)
	for i, k := range g.Of {
		if k >= 0 {
			rows[next[k]] = int32(i)
			next[k]++
		}
	}
	return from, rows
}
