package panels

import (
	"math"
	"testing"
)

// Bars are measured by the rows that the list has room for.
func TestBarsAreOfTheRowsThatAreListed(t *testing.T) {
	r := &Ranking{Limit: 2, list: []Group{{Value: 10}, {Value: -9}, {Value: -90}}, places: []float64{0, 1, 2}}
	if got := r.greatest(); got != 10 {
		t.Errorf("a whole bar is %g, want 10", got)
	}
	r.places = []float64{0, 1.5, 1.5} // one leaves the list, one comes into it
	if got := r.greatest(); math.Abs(got-45) > 1e-9 {
		t.Errorf("with one that comes a whole bar is %g, want 45", got)
	}
}
