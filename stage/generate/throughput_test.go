package generate

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// BenchmarkBuildings builds a package of nothing but buildings from the file that
// LONGTAKE_BENCH names (tools/replicate makes large ones) and reports CPU time, not wall
// time, so that it means the same on a shared machine:
//
//	GOMAXPROCS=1 LONGTAKE_BENCH=sf.osm.pbf go test ./stage/generate -run - -bench Buildings -benchtime 1x
func BenchmarkBuildings(b *testing.B) {
	data := os.Getenv("LONGTAKE_BENCH")
	if data == "" {
		b.Skip("LONGTAKE_BENCH names no file")
	}
	for _, c := range []struct{ name, props string }{{"full", ""}, {"flat", ", flat: true, levels: leaves"}} {
		b.Run(c.name, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "scene.yaml")
			text := fmt.Sprintf("longtake: 1\nsources:\n  osm: { type: osm, path: %q }\nlayers:\n  - { id: b, type: buildings, source: osm%s }\n", data, c.props)
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				b.Fatal(err)
			}
			for range b.N {
				doc, err := scene.Load(path, layers.Types())
				if err != nil {
					b.Fatal(err)
				}
				dir := filepath.Join(b.TempDir(), "package")
				before := cpuSeconds(b)
				s, err := Run(context.Background(), doc, dir, Options{Version: "bench"})
				if err != nil {
					b.Fatal(err)
				}
				cpu := cpuSeconds(b) - before
				n := float64(s.Made["building"])
				b.ReportMetric(n/cpu, "buildings/cpu-s")
				b.ReportMetric(float64(s.Bytes)/n, "bytes/building")
				b.ReportMetric(float64(s.Made["buildings triangle"])/n, "triangles/building")
				if testing.Verbose() {
					b.Log(strings.TrimSpace(fmt.Sprint(s.Made, s.Tiles)))
				}
			}
		})
	}
}

// cpuSeconds is the processor time that the process has used.
func cpuSeconds(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
