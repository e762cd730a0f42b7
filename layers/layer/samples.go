package layer

import (
	"fmt"
	"math"
	"slices"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// Samples are a table's rows as samples of things over time: at any moment each thing has one
// row, between the last of its samples and the next.
type Samples struct {
	clock *scene.Clock
	table *table.Table
	first float64
	times []float64 // of each row
	of    [][]stay  // of each thing, in the order in which things come in the table
}

// stay is samples of one thing without a gap, in the order of time.
type stay struct {
	rows     []int
	from, to float64 // data time
}

// NewSamples sorts the rows of a table by what they are samples of. Rows without a time or
// without a value of the field are left out. The error names the fields that exist.
func NewSamples(clock *scene.Clock, t *table.Table) (*Samples, error) {
	timed, err := NewTimed(clock, t) // which checks the fields
	if err != nil {
		return nil, err
	}
	out := &Samples{clock: clock, table: t, first: timed.First}
	if out.times, err = t.Numbers(clock.Field); err != nil {
		return nil, fmt.Errorf("time: %w", err)
	}
	keys, err := t.Strings(clock.By)
	if err != nil {
		return nil, fmt.Errorf("time: by: %w", err)
	}
	number := map[string]int{}
	var rows [][]int
	for i := range t.Rows() {
		if keys[i] == "" || out.times[i]-out.times[i] != 0 {
			continue
		}
		k, ok := number[keys[i]]
		if !ok {
			k = len(rows)
			number[keys[i]], rows = k, append(rows, nil)
		}
		rows[k] = append(rows[k], i)
	}
	for _, r := range rows {
		slices.SortStableFunc(r, func(a, b int) int { return order(out.times[a], out.times[b]) })
		out.of = append(out.of, out.stays(r))
	}
	return out, nil
}

func order(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// stays cuts samples where one is longer ago than the window.
func (s *Samples) stays(rows []int) (out []stay) {
	window := math.Inf(1)
	if s.clock.Window > 0 {
		window = float64(s.clock.Window)
	}
	begin := 0
	for i := 1; i <= len(rows); i++ {
		last := s.times[rows[i-1]]
		if i < len(rows) && s.times[rows[i]]-last <= window {
			continue
		}
		out = append(out, stay{rows[begin:i], s.times[rows[begin]], last + window})
		begin = i
	}
	return out
}

// At are the things that are there at a story time: their rows, how much is seen of each (0 to
// 1), and of which rows of the table each carries the texts.
func (s *Samples) At(story float64) (rows *table.Table, shares []float32, carriers []int) {
	at := s.clock.At(story, s.first)
	var blended []table.Between
	for _, stays := range s.of {
		k, _ := slices.BinarySearchFunc(stays, at, func(x stay, at float64) int { return order(x.to, at) })
		if k < len(stays) && stays[k].to == at {
			k++
		}
		if k == len(stays) {
			continue
		}
		x := &stays[k]
		share := s.clock.Seen(x.from, x.to, at)
		if share <= 0 {
			continue
		}
		i, exact := slices.BinarySearchFunc(x.rows, at, func(row int, at float64) int { return order(s.times[row], at) })
		for exact && i+1 < len(x.rows) && s.times[x.rows[i+1]] == at { // the last of one time counts
			i++
		}
		if !exact {
			i--
		}
		b := table.Between{From: x.rows[i], To: x.rows[i]}
		if !exact && i+1 < len(x.rows) && s.clock.Interpolate != "step" {
			b.To = x.rows[i+1]
			b.Share = (at - s.times[b.From]) / (s.times[b.To] - s.times[b.From])
		}
		blended, shares, carriers = append(blended, b), append(shares, float32(share)), append(carriers, b.From)
	}
	return s.table.Blend(blended, s.clock.Angles), shares, carriers
}
