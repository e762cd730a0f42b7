package read

import (
	"context"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/internal/realdata"
)

// BenchmarkReadPBF reads and cleans San Francisco: features a second, and what a
// building costs of it. GOMAXPROCS=1 gives the figure for a core.
func BenchmarkReadPBF(b *testing.B) {
	path := realdata.Path(b, "city-sanfrancisco", "sf-downtown.osm.pbf")
	for _, sound := range []bool{false, true} {
		name := "read"
		if sound {
			name = "read and clean"
		}
		b.Run(name, func(b *testing.B) {
			n, buildings := 0, 0
			report := geo.NewReport()
			b.ReportAllocs()
			for b.Loop() {
				err := Features(context.Background(), path, Options{Report: report}, func(f geo.Feature) error {
					if sound {
						f, _ = clean.Feature(f, clean.Degrees, report)
					}
					if n++; f.Tags["building"] != "" {
						buildings++
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "features/s")
			b.ReportMetric(b.Elapsed().Seconds()*1e6/float64(buildings), "µs/building")
		})
	}
}
