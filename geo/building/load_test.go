package building

import (
	"testing"

	"github.com/longtake/longtake/geo"
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
