package tin_test

import (
	"fmt"
	"runtime"
	"sync"
	"testing"

	"github.com/longtake/longtake/geo/terrain/tin"
)

// BenchmarkMesh meshes 513² nodes of the Pyrenees to the error that Martini's mesh really
// has at the error that it is asked for, on one core and on all (a grid each). Beside its
// own figures it reports Martini's of the same run, triangles at equal error and speed.
func BenchmarkMesh(b *testing.B) {
	const side = 513
	z := ground(b, side)
	for _, f := range martini(b, z, side, 20, 10, 20, 50) {
		g := tin.Grid{W: side, H: side, Z: z}
		for _, cores := range []int{1, runtime.GOMAXPROCS(0)} {
			b.Run(fmt.Sprintf("%gm/%dcores", f.Error, cores), func(b *testing.B) {
				n := make([]int, cores)
				meshers := make([]tin.Mesher, cores)
				for b.Loop() {
					var wg sync.WaitGroup
					for c := range cores {
						wg.Go(func() { n[c] = len(meshers[c].Mesh(g, f.true_, nil).Tris) / 3 })
					}
					wg.Wait()
				}
				ms := b.Elapsed().Seconds() * 1000 / float64(b.N) / float64(cores) // a grid
				b.ReportMetric(ms, "ms/grid")
				b.ReportMetric(float64(n[0])/ms/1000, "Mtri/s")
				b.ReportMetric(f.Pyramid+f.Mesh, "martini-ms/grid")
				b.ReportMetric(float64(n[0])/float64(f.Triangles), "triangles/martini's")
				b.ReportMetric((f.Pyramid+f.Mesh)/ms, "speed/martini's")
			})
		}
	}
}
