package table

import (
	"slices"
	"testing"
)

// Rows know which of a numbered table they are, however often they are picked.
func TestOriginsOfPickedRows(t *testing.T) {
	all := &Table{IDs: []string{"a", "b", "c", "d", "e"}, Geometry: nil, Columns: nil}
	all.Geometry = append(all.Geometry, nil, nil, nil, nil, nil)
	if got := all.Pick([]int{4, 2}).Origins([]int{0, 1}); !slices.Equal(got, []int{0, 1}) {
		t.Errorf("of rows that were not numbered: %v", got)
	}
	part := all.Pick([]int{4, 3, 1}).Numbered().Pick([]int{2, 0}).Pick([]int{1, 0})
	if got := part.Origins([]int{0, 1}); !slices.Equal(got, []int{0, 2}) || part.IDs[0] != "e" {
		t.Errorf("%v of %v", got, part.IDs)
	}
}
