package generate

import (
	"fmt"
	"sync"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/street"
)

// streetSurvey finds the heights of bridges and their ramps in two passes over the ways of
// a source. heights is set when the survey has ended, and is only read from then on.
type streetSurvey struct {
	Survey
	heights *street.Profiles

	mu  sync.Mutex
	err error // the first that reading heights met
}

// newStreetSurvey keeps up to spill bytes of a kind in memory and the rest in the folder
// scratch.
func newStreetSurvey(frame earth.Frame, scratch string, spill int, o street.Options) *streetSurvey {
	s := &streetSurvey{}
	all := street.NewSurveyIn(frame, scratch, spill/4)
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
			_ = s.heights.Close() // of the ground before
			s.heights, err = all.Solve(ground, o, report)
			return err
		},
		Keep: func() ([]byte, error) { return s.heights.Append(nil) },
		Take: func(data []byte) error {
			heights, err := street.ReadProfiles(data, scratch, spill/4)
			if err != nil {
				return err
			}
			_ = s.heights.Close()
			s.heights = heights
			return nil
		},
		Near: func(b *geo.Block) []byte {
			data, err := s.heights.Bytes(b)
			s.fail(err)
			return data
		},
		Failed: s.failed,
	}
	return s
}

// near is what a block may know of the heights.
func (s *streetSurvey) near(b *geo.Block) *street.Heights {
	h, err := s.heights.Near(b)
	s.fail(err)
	if err != nil { // nothing of the block is kept then
		return &street.Heights{}
	}
	return h
}

func (s *streetSurvey) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil && s.err == nil {
		s.err = fmt.Errorf("heights of bridges: %w", err)
	}
}

func (s *streetSurvey) failed() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}
