package stage

import (
	"cmp"
	"slices"

	"github.com/longtake/longtake/layers/drawable"
)

// layerSpan is the draws of a layer in a frame, up to one of them.
type layerSpan struct{ order, end int }

// inOrder puts the draws of layers of higher order after those of lower ones; layers of the
// same order stay as the document has them. What is opaque looks the same in any order.
func inOrder(draws []drawable.Draw, spans []layerSpan) {
	byOrder := func(a, b layerSpan) int { return cmp.Compare(a.order, b.order) }
	if slices.IsSortedFunc(spans, byOrder) {
		return
	}
	type part struct{ order, from, to int }
	parts := make([]part, len(spans))
	from := 0
	for i, s := range spans {
		parts[i] = part{s.order, from, s.end}
		from = s.end
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(a.order, b.order) })
	was := slices.Clone(draws[:from])
	draws = draws[:0]
	for _, p := range parts {
		draws = append(draws, was[p.from:p.to]...)
	}
}
