package panels

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	_ "github.com/longtake/longtake/layers/cells" // types that legends explain
	_ "github.com/longtake/longtake/layers/fields"
	_ "github.com/longtake/longtake/layers/flows"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	_ "github.com/longtake/longtake/layers/points"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// keysOf are the keys of a legend for a layer with these properties.
func keysOf(t *testing.T, props string, rows *table.Table) []key {
	t.Helper()
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, "+props+"}, {id: b, type: legend, for: a}]\n")
	peer := c.Layer
	if peer == nil {
		t.Fatal("no layer")
	}
	c.Peer = func(id string) (*scene.Layer, *table.Table) { return peer, rows }
	keys, err := (&Legend{For: "a"}).explain(c)
	if err != nil {
		t.Fatalf("%s: %v", props, err)
	}
	return keys
}

// ids are three rows with cells of H3, of which the first two are one.
func ids() *table.Table {
	return &table.Table{
		IDs:      []string{"1", "2", "3"},
		Geometry: []orb.Geometry{orb.Point{7.4, 43.7}, orb.Point{7.41, 43.7}, orb.Point{7.6, 43.8}},
		Columns: []table.Column{
			{Name: "h3", Kind: table.Text, Texts: []string{"88396956d5fffff", "88396956d5fffff", "88396b2497fffff"}},
			{Name: "people", Kind: table.Number, Numbers: []float64{10, 20, 90}},
		},
	}
}

// TestLegendOfBothEnds: arcs with one scale at both ends have one bar, those with two have two
// that say which is which.
func TestLegendOfBothEnds(t *testing.T) {
	one := "{field: v, palette: viridis}"
	if keys := keysOf(t, "type: arc, fromColor: "+one+", toColor: "+one, layertest.Table()); len(keys) != 1 || keys[0].caption != "" {
		t.Errorf("one scale: %d bars", len(keys))
	}
	keys := keysOf(t, "type: arc, fromColor: "+one+", toColor: {field: v, palette: magma}", layertest.Table())
	if len(keys) != 2 || keys[0].caption == "" || keys[0].caption == keys[1].caption {
		t.Errorf("two scales: %+v", keys)
	}
}

// TestLegendOfDerived: the legend of cells and fields is of their values, not of the rows'.
func TestLegendOfDerived(t *testing.T) {
	for _, c := range []struct {
		props    string
		low, top float64 // of the ticks
	}{
		{"type: cell, cell: h3, color: {field: people}", 15, 90},
		{"type: cell, cell: h3, color: {field: count}", 1, 2},
		{"type: cell, cell: h3, color: {field: sum(people)}", 30, 90},
		{"type: grid, size: 5000, color: {field: sum(people)}", 30, 90},
		{"type: hexagon, size: 9000, shape: flat, color: {field: max(people)}", 20, 90},
		{"type: surface, value: people, color: {field: people}", 10, 90},
		{"type: isoline, value: people, color: {field: people}", 10, 90},
	} {
		keys := keysOf(t, c.props, ids())
		if len(keys) != 1 || len(keys[0].Ticks) < 2 {
			t.Errorf("%s: %+v", c.props, keys)
			continue
		}
		low, top := math.Inf(1), math.Inf(-1)
		for _, k := range keys[0].Ticks {
			low, top = min(low, k.Value), max(top, k.Value)
		}
		if low < c.low || top > c.top || top-low < (c.top-c.low)/2 {
			t.Errorf("%s: ticks from %v to %v", c.props, low, top)
		}
	}
	if keys := keysOf(t, "type: screen-grid", ids()); len(keys) != 0 {
		t.Errorf("what is counted in the picture has no domain of its own: %+v", keys)
	}
	if keys := keysOf(t, "type: screen-grid, color: {field: count, domain: [0, 50]}", ids()); len(keys) != 1 {
		t.Errorf("a screen-grid with a domain: %d keys", len(keys))
	}
	if _, ok := layer.Types()["cell"].New().(layer.Valued); !ok {
		t.Error("cells have no values of their own")
	}
}
