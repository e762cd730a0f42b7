package tiles

import "testing"

// 341 tiles, a view over all of them.
func BenchmarkSelect(b *testing.B) {
	set, g := city(b)
	v := look(g, 0, -4000, 600, 0, -0.2)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n = len(set.Select(v, 4, SelectOptions{}))
	}
	b.ReportMetric(float64(n), "tiles")
}
