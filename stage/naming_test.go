package stage

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/table"
)

// TestNothingIsToldOfNoRow: badges of clusters stand for many rows, and are not the first one.
func TestNothingIsToldOfNoRow(t *testing.T) {
	rows := &table.Table{IDs: []string{"a", "b"}, Geometry: make([]orb.Geometry, 2)}
	n := named{{layer: "clusters", base: 1, table: rows}, {layer: "others", base: 2 + drawable.NoFeature, table: rows}}
	if f, told, ok := n.at(1 + drawable.NoFeature); ok {
		t.Errorf("a badge is row %d: %s", f.row, told)
	}
	if f, _, ok := n.at(2 + drawable.NoFeature + 1); !ok || f.layer != "others" || f.row != 1 {
		t.Errorf("the next layer's second row is %v", f)
	}
}
