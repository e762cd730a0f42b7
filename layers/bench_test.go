package layers_test

import (
	"fmt"
	"math"
	"strconv"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

// BenchmarkBuild is how long a layer of so many rows takes to become drawables.
func BenchmarkBuild(b *testing.B) {
	for _, of := range []struct {
		name, props string
		rows        int
	}{
		{"point", "size: {field: v, scale: sqrt, range: [2, 12]}, color: {field: v, palette: turbo}", 1_000_000},
		{"column", "height: {field: v, range: [10, 400]}, color: {field: v, palette: viridis}", 100_000},
		{"disc", "radius: {field: v, range: [10, 90]}", 100_000},
		{"pie", "fields: [v, w]", 10_000},
		{"arc", "width: 2", 100_000},
		{"line", "width: 2", 10_000},
		{"trip", "width: 2", 10_000},
		{"label", "text: name, priority: v", 10_000},
		{"hexagon", "size: 500, height: {field: count, range: [60, 2000]}", 1_000_000},
		{"grid", "size: 500", 1_000_000},
	} {
		b.Run(fmt.Sprintf("%s/%d", of.name, of.rows), func(b *testing.B) {
			c, _ := layertest.Context(b, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, type: "+of.name+", "+of.props+"}]\n")
			c.Table = rows(of.name, of.rows)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := layer.Draw(c); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(of.rows), "ns/row")
		})
	}
}

// rows are spread over a city: points with a second end, or ways of 20 vertices with times.
func rows(kind string, n int) *table.Table {
	t := &table.Table{Columns: []table.Column{{Name: "lat2"}, {Name: "lng2"}, {Name: "name", Kind: table.Text}, {Name: "timestamps", Kind: table.List}, {Name: "v"}, {Name: "w"}}}
	c := t.Columns
	for i := range n {
		u, v := math.Mod(float64(i)*0.7548776662, 1), math.Mod(float64(i)*0.5698402910, 1)
		p := orb.Point{-74.3 + 0.8*u, 40.5 + 0.5*v}
		var g orb.Geometry = p
		var times []float64
		if kind == "line" || kind == "trip" {
			var way orb.LineString
			for k := range 20 {
				way, times = append(way, orb.Point{p[0] + 0.004*float64(k), p[1] + 0.002*math.Sin(float64(k))}), append(times, float64(3*k))
			}
			g = way
		}
		t.IDs, t.Geometry = append(t.IDs, ""), append(t.Geometry, g)
		c[0].Numbers, c[1].Numbers = append(c[0].Numbers, p[1]+0.1*(v-0.5)), append(c[1].Numbers, p[0]+0.2*(u-0.5))
		c[2].Texts, c[3].Lists = append(c[2].Texts, "Place "+strconv.Itoa(i)), append(c[3].Lists, times)
		c[4].Numbers, c[5].Numbers = append(c[4].Numbers, u*v), append(c[5].Numbers, v)
	}
	return t
}
