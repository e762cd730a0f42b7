package layer_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// hours is a row each hour, of kind a and b by turns; the last has neither time nor kind.
func hours(n int) *table.Table {
	var rows []geo.Feature
	for i := range n {
		rows = append(rows, geo.Feature{ID: fmt.Sprint(i), Geometry: orb.Point{float64(i), 0},
			Tags: map[string]string{"at": fmt.Sprint(3600 * i), "kind": string("ab"[i%2])}})
	}
	return table.FromFeatures(append(rows, geo.Feature{ID: "x", Geometry: orb.Point{}, Tags: map[string]string{}}))
}

func TestMatching(t *testing.T) {
	rows := hours(4)
	rows.Columns = append(rows.Columns, table.Column{Name: "id", Numbers: []float64{0, 1234567, 1e6, 1e-5, math.NaN()}})
	for _, c := range []struct {
		want   map[string]any
		expect layer.Shown
	}{
		{map[string]any{"kind": "a"}, layer.Shown{true, false, true, false, false}},
		{map[string]any{"kind": []any{"a", "b"}}, layer.Shown{true, true, true, true, false}},
		{map[string]any{"at": 3600.0}, layer.Shown{false, true, false, false, false}},
		{map[string]any{"id": 1234567.0}, layer.Shown{false, true, false, false, false}},
		{map[string]any{"at": map[string]any{"min": 3600.0, "max": 7200.0}}, layer.Shown{false, true, true, false, false}},
		{map[string]any{"at": map[string]any{"max": 7200.0}, "kind": "a"}, layer.Shown{true, false, true, false, false}},
		{map[string]any{"kind": map[string]any{"min": 1.0}}, layer.Shown{false, false, false, false, false}},
		{map[string]any{"other": "a"}, nil},
		{nil, nil},
	} {
		if got := layer.Matching(rows, c.want); !slices.Equal(got, c.expect) {
			t.Errorf("%v: %v, want %v", c.want, got, c.expect)
		}
	}
}

// TestTimed: at any story time the rows that are there are those of the window, whatever was
// asked before, and they come and go by degrees.
func TestTimed(t *testing.T) {
	rows := hours(200)
	clock := &scene.Clock{Field: "at", Window: 10 * 3600, Step: 3600}
	clock.SetDefaults()
	clock.Speed = 3600
	timed, err := layer.NewTimed(clock, rows)
	if err != nil {
		t.Fatal(err)
	}
	count := func(story float64) (there int, sum float64) {
		var present []int
		for g := range timed.Groups() {
			if share := timed.Present(g, story); share > 0 {
				present = append(present, g)
				sum += share
			}
		}
		for _, shown := range timed.Rows(present, nil) {
			if shown {
				there++
			}
		}
		return there, sum
	}
	if there, _ := count(-1); there != 0 {
		t.Errorf("%d rows before the first", there)
	}
	if there, sum := count(50.5); there != 10 || sum < 9.5 || sum > 10 {
		t.Errorf("%d rows of a window of ten hours, %v of them seen", there, sum)
	}
	if there, _ := count(500); there != 0 {
		t.Errorf("%d rows after the last", there)
	}
	clock.Loop = 200 * 3600
	if there, _ := count(250.5); there != 10 {
		t.Errorf("%d rows in the second turn", there)
	}
	last := 0.0
	for i := range 100 { // continuous
		share := timed.Present(20, 19.9+float64(i)*0.006)
		if share < last || share-last > 0.05 {
			t.Fatalf("%v after %v", share, last)
		}
		last = share
	}
	if _, err := layer.NewTimed(&scene.Clock{Field: "when"}, rows); err == nil {
		t.Error("a field that is not there was taken")
	}
	if kept, err := layer.NewTimed(&scene.Clock{Field: "at", Step: 1e-9}, rows); err != nil || kept.Groups() > 4096 {
		t.Errorf("%d groups, %v", kept.Groups(), err)
	}
}

// TestTimesOfNothing: rows without a time are never there.
func TestTimesOfNothing(t *testing.T) {
	rows := hours(3)
	rows.Columns = []table.Column{{Name: "at", Kind: table.Number, Numbers: []float64{math.NaN(), math.NaN(), math.NaN(), math.NaN()}}}
	timed, err := layer.NewTimed(&scene.Clock{Field: "at"}, rows)
	if err != nil || timed.Groups() != 0 {
		t.Errorf("%d groups, %v", timed.Groups(), err)
	}
}

// Rows that are to be drawn and cannot be are told of, the others are not.
func TestOnlyTellsOfItsOwnRows(t *testing.T) {
	rows := hours(4)
	var told []string
	c := &layer.Context{Layer: &scene.Layer{}, Table: rows, Skip: func(id, reason string) { told = append(told, id+" "+reason) }}
	only := c.Only(layer.Shown{true, false, true, false, true})
	for _, id := range []string{"0", "1", "x", "page"} {
		only.Skip(id, "no place")
	}
	if want := []string{"0 no place", "x no place", "page no place"}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}
