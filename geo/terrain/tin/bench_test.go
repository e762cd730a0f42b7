package tin_test

import (
	"fmt"
	"math"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/longtake/longtake/geo/terrain/tin"
)

// BenchmarkMesh meshes 513² nodes of the Pyrenees to the error that Martini's mesh really
// has at the error that it is asked for, on one core and on all (a grid each), and on one
// with the fewest triangles. Times are the least of all runs, as Martini's are. Beside its
// own figures it reports Martini's of the same run, triangles at equal error and speed.
func BenchmarkMesh(b *testing.B) {
	const side = 513
	z := ground(b, side)
	all := runtime.GOMAXPROCS(0)
	for _, f := range martini(b, z, side, 20, 2, 5, 10, 20, 50) {
		for _, way := range []struct {
			name   string
			cores  int
			fewest bool
		}{{"halved", 1, false}, {"halved", all, false}, {"fewest", 1, true}} {
			g := tin.Grid{W: side, H: side, Z: z, Fewest: way.fewest}
			b.Run(fmt.Sprintf("%gm/%s/%dcores", f.Error, way.name, way.cores), func(b *testing.B) {
				n := make([]int, way.cores)
				meshers := make([]tin.Mesher, way.cores)
				least := time.Duration(math.MaxInt64)
				for b.Loop() {
					start := time.Now()
					var wg sync.WaitGroup
					for c := range way.cores {
						wg.Go(func() { n[c] = len(meshers[c].Mesh(g, f.true_, nil).Tris) / 3 })
					}
					wg.Wait()
					least = min(least, time.Since(start))
				}
				ms := least.Seconds() * 1000 / float64(way.cores) // a grid
				b.ReportMetric(ms, "ms/grid")
				b.ReportMetric(float64(n[0])/ms/1000, "Mtri/s")
				b.ReportMetric(f.Pyramid+f.Mesh, "martini-ms/grid")
				b.ReportMetric(float64(n[0])/float64(f.Triangles), "triangles/martini's")
				b.ReportMetric((f.Pyramid+f.Mesh)/ms, "speed/martini's")
			})
		}
	}
}
