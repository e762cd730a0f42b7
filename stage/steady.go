package stage

import (
	"math"
	"slices"
	"time"

	"github.com/longtake/longtake/scene"
)

// steady keeps live frames on a budget of time: where they take longer than a period they
// are shown every other one, then get smaller. An even 30 a second looks better than an
// uneven 60. Coarser steps are taken soon, finer ones only when frames have long been so
// cheap that the finer one should hold: so it does not swing.
type steady struct {
	period time.Duration
	step   int
	spans  []time.Duration // of the frames since the last change
}

// steadySteps are what is given up, in order: periods a frame, and size of the picture's
// sides.
var steadySteps = []struct {
	periods int
	scale   float64
}{{1, 1}, {2, 1}, {2, 0.85}, {2, 0.71}, {2, 0.6}, {2, 0.5}}

const (
	steadySoon = 8    // frames after which a coarser step may follow
	steadyLate = 120  // frames after which a finer one may
	steadyRoom = 0.75 // share of its time that frames of a finer step are expected to take
)

// budget is the time that a frame may take.
func (s *steady) budget() time.Duration { return time.Duration(steadySteps[s.step].periods) * s.period }

// scale is that of the picture's sides.
func (s *steady) scale() float64 { return steadySteps[s.step].scale }

// scaled is a size with its sides changed.
func scaled(s scene.Size, by float64) scene.Size {
	return scene.Size{Width: max(1, int(math.Round(float64(s.Width)*by))), Height: max(1, int(math.Round(float64(s.Height)*by)))}
}

// took notes how long a frame took to draw and tells whether the step has changed. What a
// finer step would cost is taken to grow with the pixels, which is an upper bound.
func (s *steady) took(span time.Duration) bool {
	s.spans = append(s.spans, span)
	if len(s.spans) > steadyLate {
		s.spans = s.spans[1:]
	}
	if n := len(s.spans); n >= steadySoon && s.step+1 < len(steadySteps) {
		last := slices.Sorted(slices.Values(s.spans[n-steadySoon:]))
		if last[steadySoon/4] > s.budget() { // three of four are late
			return s.change(s.step + 1)
		}
	}
	if len(s.spans) == steadyLate && s.step > 0 {
		finer := steadySteps[s.step-1]
		pixels := finer.scale / s.scale()
		slow := slices.Sorted(slices.Values(s.spans))[steadyLate*95/100]
		if float64(slow)*pixels*pixels < steadyRoom*float64(finer.periods)*float64(s.period) {
			return s.change(s.step - 1)
		}
	}
	return false
}

func (s *steady) change(step int) bool {
	s.step, s.spans = step, s.spans[:0]
	return true
}
