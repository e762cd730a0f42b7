package points

import (
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

// BenchmarkBuild is how long a layer of so many rows takes to become drawables.
func BenchmarkBuild(b *testing.B) {
	for _, of := range []struct {
		rows  int
		props string
	}{
		{1_000_000, "type: point, size: {field: v, scale: sqrt, range: [2, 12]}, color: {field: v, palette: turbo}"},
		{100_000, "type: column, height: {field: v, range: [10, 400]}, color: {field: v, palette: viridis}"},
		{100_000, "type: disc, radius: {field: v, range: [10, 90]}"},
		{100_000, "type: cluster"},
		{10_000, "type: pie, fields: [v, w]"},
	} {
		b.Run(fmt.Sprintf("%s/%d", of.props[6:6+len("cluster")], of.rows), func(b *testing.B) {
			c, _ := layertest.Context(b, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, "+of.props+"}]\n")
			c.Table = scattered(of.rows)
			for b.Loop() {
				if _, err := layer.Draw(c); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(of.rows), "ns/row")
		})
	}
}

func scattered(n int) *table.Table {
	t := &table.Table{Columns: []table.Column{{Name: "v"}, {Name: "w"}}}
	for i := range n {
		u, v := math.Mod(float64(i)*0.7548776662, 1), math.Mod(float64(i)*0.5698402910, 1)
		t.IDs = append(t.IDs, "")
		t.Geometry = append(t.Geometry, orb.Point{-74.3 + 0.8*u, 40.5 + 0.5*v})
		t.Columns[0].Numbers = append(t.Columns[0].Numbers, u*v)
		t.Columns[1].Numbers = append(t.Columns[1].Numbers, v)
	}
	return t
}
