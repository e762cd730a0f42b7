package stage

import (
	"math/rand/v2"
	"testing"
	"time"
)

// Frames of a given cost at full size: a part that goes with the pixels, and noise.
func TestSteadySettles(t *testing.T) {
	const period = time.Second / 60
	for _, c := range []struct {
		fixed, pixels float64 // periods at full size
		step          int
	}{
		{0.1, 0.5, 0},
		{0.3, 0.9, 1},
		{0.2, 2.2, 2},
		{0.2, 3, 3},
		{0.5, 30, 5},
	} {
		random := rand.New(rand.NewPCG(3, 4))
		s := steady{period: period}
		changes := 0
		for i := range 4000 {
			cost := c.fixed + c.pixels*s.scale()*s.scale()
			if s.took(time.Duration(cost*(0.9+0.2*random.Float64())*float64(period))) && i > 200 {
				changes++
			}
		}
		if s.step != c.step || changes > 0 {
			t.Errorf("%v + %v periods: step %d after %d late changes, want step %d", c.fixed, c.pixels, s.step, changes, c.step)
		}
	}
}

func TestSteadyComesBack(t *testing.T) {
	s := steady{period: time.Second / 60}
	for range 100 {
		s.took(200 * time.Millisecond)
	}
	if s.step != len(steadySteps)-1 {
		t.Fatalf("late frames end at step %d", s.step)
	}
	for range 2000 {
		s.took(time.Millisecond)
	}
	if s.step != 0 {
		t.Errorf("cheap frames end at step %d", s.step)
	}
	// One slow frame among many, as when tiles come in, changes nothing.
	for i := range 1000 {
		span := 5 * time.Millisecond
		if i%20 == 0 {
			span = 60 * time.Millisecond
		}
		if s.took(span) {
			t.Fatal("a single slow frame made the picture coarser")
		}
	}
}
