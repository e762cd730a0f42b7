package generate

import (
	"sync"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/street"
)

// streetSurvey finds the heights of bridges and their ramps in two passes over the ways of
// a source. heights is set when the survey has ended, and is only read from then on.
type streetSurvey struct {
	Survey
	heights *street.Heights
}

// newStreetSurvey keeps up to spill bytes in memory and the rest in the folder scratch.
func newStreetSurvey(frame earth.Frame, scratch string, spill int, o street.Options) *streetSurvey {
	s := &streetSurvey{}
	all := street.NewSurveyIn(frame, scratch, spill)
	var mu sync.Mutex
	s.Survey = Survey{
		Lines: true,
		Passes: []func() (add func(f *geo.Feature), done func()){
			func() (add func(f *geo.Feature), done func()) { // bridges are few, and one survey must know all
				return func(f *geo.Feature) {
					mu.Lock()
					defer mu.Unlock()
					all.Bridge(f)
				}, func() {}
			},
			func() (add func(f *geo.Feature), done func()) {
				part := all.Part()
				return part.Near, func() {
					mu.Lock()
					defer mu.Unlock()
					all.Merge(part)
				}
			},
		},
		End: func(ground geo.Elevation, report *geo.Report) (err error) {
			s.heights, err = all.Solve(ground, o, report)
			return err
		},
		Near: func(b *geo.Block) []byte { return s.heights.Bytes(b) },
	}
	return s
}
