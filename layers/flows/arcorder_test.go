package flows

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

// Rows that differ by value are drawn in their order, so that the last lie on top; where it
// cannot be told which is, neighbours are drawn together. Batches have each row once.
func TestArcsOverEachOther(t *testing.T) {
	const n = 3000
	rows := &table.Table{Columns: []table.Column{{Name: "v"}}}
	for i := range n {
		p := orb.Point{float64(i*7919%n) / n, float64(i*104729%n) / n}
		rows.IDs = append(rows.IDs, strconv.Itoa(i))
		rows.Geometry = append(rows.Geometry, orb.LineString{p, {p[0] + 0.01, p[1] + 0.01}})
		rows.Columns[0].Numbers = append(rows.Columns[0].Numbers, float64(1+i))
	}
	for props, ordered := range map[string]bool{
		"width: 2":                               false,
		"width: {field: v, range: [1, 5]}":       true,
		"fromColor: {field: v}":                  true,
		"toColor: {field: v}, height: 0.5":       true,
		"toColor: {field: v}, blend: alpha":      true,
		"fromColor: {field: v}, blend: additive": false,
	} {
		c, _ := layertest.Context(t, fmt.Sprintf("longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, type: arc, %s}]\n", props))
		c.Table = rows
		draws, err := layer.Draw(c)
		if err != nil || len(draws) != 1 {
			t.Fatal(props, err, len(draws))
		}
		l := draws[0].What.(*drawable.Lines)
		features := make([]uint32, len(l.Curves))
		for i := range l.Curves {
			features[i] = l.Curves[i].Feature
		}
		if slices.IsSorted(features) != ordered {
			t.Errorf("%s: in the order of rows is %v", props, !ordered)
		}
		next := 0
		for _, b := range l.Batches {
			if b.First != next || b.Count < 1 {
				t.Errorf("%s: a batch of %d from %d, expected from %d", props, b.Count, b.First, next)
			}
			next += b.Count
		}
		if next != n || len(l.Batches) < 5 {
			t.Errorf("%s: %d batches of %d rows", props, len(l.Batches), next)
		}
	}
}
