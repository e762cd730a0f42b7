package stage

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
)

// What is clicked is found again in the rows: dates, truth values, and a column called id.
func TestRowValueIsMatched(t *testing.T) {
	rows := &table.Table{IDs: []string{"line 2", "line 3"}, Columns: []table.Column{
		{Name: "id", Kind: table.Text, Texts: []string{"a", "b"}}, {Name: "when", Kind: table.Time, Numbers: []float64{1.5e9, 1.6e9}},
		{Name: "open", Kind: table.Bool, Numbers: []float64{1, 0}}, {Name: "n", Kind: table.Number, Numbers: []float64{7, 8}},
	}}
	rows.Geometry = make([]orb.Geometry, 2)
	for _, field := range []string{"id", "when", "open", "n"} {
		v, ok := rowValue(rows, 1, field)
		if !ok {
			t.Fatalf("%s has no value", field)
		}
		if shown := layer.Matching(rows, map[string]any{field: v}); len(shown) != 2 || shown[0] || !shown[1] {
			t.Errorf("%s: %v finds the rows %v", field, v, shown)
		}
	}
	rows.Columns = rows.Columns[1:]
	if v, ok := rowValue(rows, 1, "id"); !ok || v != "line 3" {
		t.Errorf("without a column the id is %v", v)
	}
}
