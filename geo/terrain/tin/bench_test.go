package tin_test

import (
	"testing"

	"github.com/longtake/longtake/geo/terrain/tin"
)

func BenchmarkMesh(b *testing.B) {
	const side = 513
	z := ground(b, side)
	var s tin.Mesher
	n := 0
	for b.Loop() {
		n += len(s.Mesh(tin.Grid{W: side, H: side, Z: z}, 15.5, nil).Tris) / 3
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds()/1e6, "Mtri/s")
}
