package building

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/read"
)

// load reads the features of files.
func load(t testing.TB, report *geo.Report, paths ...string) []geo.Feature {
	t.Helper()
	var out []geo.Feature
	for _, p := range paths {
		err := read.Features(t.Context(), p, read.Options{Report: report}, func(f geo.Feature) error {
			out = append(out, f)
			return nil
		})
		if err != nil {
			t.Errorf("%v", err)
		}
	}
	return out
}

// assemble returns the buildings among features as one block without end.
func assemble(features []geo.Feature, plan earth.Frame, opts Options, report *geo.Report) []Building {
	everywhere := orb.Bound{Min: orb.Point{math.Inf(-1), math.Inf(-1)}, Max: orb.Point{math.Inf(1), math.Inf(1)}}
	survey := NewSurvey(plan, opts)
	for i := range features {
		survey.Add(&features[i])
	}
	return Of(&geo.Block{Frame: plan, Square: everywhere, Features: features, Report: report}, survey, opts)
}
