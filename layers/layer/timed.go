package layer

import (
	"fmt"
	"math"
	"slices"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// Timed are a table's rows by the time of their data, in groups that come and go together.
// A group is drawn once, when it is first seen, and faded in and out; nothing is built anew
// while the clock runs, and any moment can be drawn alone.
type Timed struct {
	clock  *scene.Clock
	First  float64 // data time of the first row
	groups []group
	of     []int32 // group of each row; -1 has no time
}

// group is rows that are there from one time to another.
type group struct{ from, to float64 }

// maxGroups bounds what is drawn apart: steps grow until there are no more.
const maxGroups = 4096

// Whole is embedded by types that draw their rows together, as densities and clusters are:
// driven by time they are drawn anew of all rows that are there.
type Whole struct{}

// DrawsWhole is true.
func (*Whole) DrawsWhole() bool { return true }

// NewTimed groups the rows of a table by a clock. The error names the fields that exist.
func NewTimed(clock *scene.Clock, t *table.Table) (*Timed, error) {
	out := &Timed{clock: clock}
	if clock.Field == "" {
		return out, nil
	}
	from, err := t.Numbers(clock.Field)
	if err != nil {
		return nil, fmt.Errorf("time: %w", err)
	}
	var until []float64
	if clock.Until != "" {
		if until, err = t.Numbers(clock.Until); err != nil {
			return nil, fmt.Errorf("time: until: %w", err)
		}
	}
	if clock.By != "" {
		if _, err := t.Column(clock.By); err != nil {
			return nil, fmt.Errorf("time: by: %w", err)
		}
	}
	for _, field := range clock.Angles {
		if _, err := t.Numbers(field); err != nil {
			return nil, fmt.Errorf("time: angles: %w", err)
		}
	}
	last := math.Inf(-1)
	out.First = math.Inf(1)
	for _, v := range from {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			out.First, last = math.Min(out.First, v), math.Max(last, v)
		}
	}
	if math.IsInf(out.First, 1) {
		out.First, last = 0, 0
	}
	step := float64(clock.Step)
	if step <= 0 {
		step = float64(clock.Window) / 24
	}
	if step <= 0 {
		step = (last - out.First) / 96
	}
	step = math.Max(step, (last-out.First)/maxGroups)
	if step <= 0 {
		step = 1
	}
	for !out.assign(from, until, step) {
		step *= 2
	}
	return out, nil
}

// lateTimes is the second, of the year 5138, from which times in seconds are taken as a mistake.
const lateTimes = 1e11

// DoubtfulTimes says what is strange about the numbers that a clock takes as seconds: such as are
// milliseconds lie tens of thousands of years ahead; "" where nothing is.
func DoubtfulTimes(clock *scene.Clock, t *table.Table) string {
	c := t.Find(clock.Field)
	if clock.Field == "" || c == nil || c.Kind != table.Number || t.Rows() == 0 {
		return ""
	}
	late := 0
	for _, v := range c.Numbers {
		if v > lateTimes {
			late++
		}
	}
	if 2*late <= t.Rows() {
		return ""
	}
	return fmt.Sprintf("time: numbers of %s are seconds, and most of them lie after the year 5000: if they are milliseconds, give the source units: { %s: ms }", clock.Field, clock.Field)
}

// assign groups the rows by steps; false where there are too many groups.
func (s *Timed) assign(from, until []float64, step float64) bool {
	seen := map[group]int32{}
	s.groups, s.of = s.groups[:0], slices.Repeat([]int32{-1}, len(from))
	for i, v := range from {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue // a row without a time is never there
		}
		g := group{s.First + step*math.Floor((v-s.First)/step), math.Inf(1)}
		switch {
		case until != nil && !math.IsNaN(until[i]):
			g.to = s.First + step*math.Ceil((until[i]-s.First)/step)
		case s.clock.Window > 0:
			g.to = g.from + float64(s.clock.Window)
		}
		k, ok := seen[g]
		if !ok {
			if len(seen) == maxGroups {
				return false
			}
			k = int32(len(s.groups))
			seen[g], s.groups = k, append(s.groups, g)
		}
		s.of[i] = k
	}
	return true
}

// Groups is their number; 0 where rows neither come nor go.
func (s *Timed) Groups() int { return len(s.groups) }

// Present is how much of a group is seen at a story time, 0 to 1: it comes and goes within
// the clock's fade, a third of its stay at the most.
func (s *Timed) Present(g int, story float64) float64 {
	return s.clock.Seen(s.groups[g].from, s.groups[g].to, s.clock.At(story, s.First))
}

// Rows are the rows of the groups, of those that are also shown.
func (s *Timed) Rows(groups []int, shown Shown) Shown {
	wanted := make([]bool, len(s.groups))
	for _, g := range groups {
		wanted[g] = true
	}
	out := make(Shown, len(s.of))
	for i, g := range s.of {
		out[i] = g >= 0 && wanted[g] && (shown == nil || shown[i])
	}
	return out
}

// Clock is the time axis of what a layer moves by itself, such as trails: the layer's clock
// where it has one, else its type's.
func Clock(l *scene.Layer, story float64) float64 {
	if l.Time != nil && l.Time.Field == "" {
		return l.Time.At(story, 0)
	}
	if p, ok := l.Props.(interface{ Clock(float64) float64 }); ok {
		return p.Clock(story)
	}
	return story
}
