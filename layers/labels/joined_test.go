package labels

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

// Lines of one text that meet in a point by the hundred are looked at, not copied.
func TestManyLinesMeet(t *testing.T) {
	const n = 400
	var lines []named
	for i := range n {
		sin, cos := math.Sincos(float64(i) / n * 2 * math.Pi)
		lines = append(lines, named{"Rua", i, []orb.Point{{cos, sin}, {cos / 2, sin / 2}, {0, 0}}})
	}
	var out []named
	if allocs := testing.AllocsPerRun(1, func() { out = joined(lines) }); allocs > 20*n {
		t.Errorf("%v allocations for %d lines", allocs, n)
	}
	if len(out) != n/2 || len(out[0].line) != 5 {
		t.Errorf("%d lines, the first of %d vertices", len(out), len(out[0].line))
	}
}
