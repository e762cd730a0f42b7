package scene

import (
	"strconv"
	"strings"
)

// didYouMean returns ` (did you mean "x"?)` for the nearest allowed name, or "".
func didYouMean(found string, allowed []string) string {
	best, bestCost := "", max(1, len(found)/3)+1
	for _, name := range allowed {
		if len(name)-len(found) > bestCost || len(found)-len(name) > bestCost {
			continue
		}
		cost := editDistance(strings.ToLower(found), strings.ToLower(name))
		if cost < bestCost {
			best, bestCost = name, cost
		}
	}
	if best == "" {
		return ""
	}
	return " (did you mean " + strconv.Quote(best) + "?)"
}

// Suggest is ` (did you mean "x"?)` for the type with the name that is nearest to another one,
// or "" where none is near.
func (t Types) Suggest(name string) string { return didYouMean(name, t.Names()) }

// choices lists what is allowed; a long list is cut, because the nearest name is told
// by didYouMean and the rest is in the schema.
func choices(allowed []string) string {
	const most = 24
	if len(allowed) == 0 {
		return "nothing"
	}
	if len(allowed) > most {
		return strings.Join(allowed[:most], ", ") + ", …"
	}
	return strings.Join(allowed, ", ")
}

// editDistance counts insertions, deletions, substitutions and swaps of neighbours
// (optimal string alignment) in bytes.
func editDistance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
