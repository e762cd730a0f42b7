package generate

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/internal/realdata"
)

// The memory of a process stays below the limit on an input ten times larger, made of San
// Francisco side by side, with every kind of layer that is cut into blocks. It takes hours
// and gigabytes: only with $LONGTAKE_MEMORY, which is the limit in MiB where it is more
// than 1. $LONGTAKE_TIMES is another factor than ten, to try.
func TestMemoryStaysBelowItsLimit(t *testing.T) {
	if os.Getenv("LONGTAKE_MEMORY") == "" {
		t.Skip("LONGTAKE_MEMORY is not set: a long proof, for make verify")
	}
	mib, err := strconv.ParseInt(os.Getenv("LONGTAKE_MEMORY"), 10, 64)
	if err != nil || mib <= 1 {
		mib = 256
	}
	limit := mib << 20
	times := 10.0
	if n, err := strconv.ParseFloat(os.Getenv("LONGTAKE_TIMES"), 64); err == nil {
		times = n
	}
	dir := t.TempDir()
	size := replicated(t, realdata.Path(t, "city-sanfrancisco", "sf-downtown.osm.pbf"), filepath.Join(dir, "big.geojsonl"), int64(times*float64(limit)))
	scene := filepath.Join(dir, "scene.yaml")
	write(t, scene, fmt.Sprintf(`longtake: 1
name: Large
sources:
  big: { type: vector, path: big.geojsonl }
  dem: { type: raster, path: %q, bounds: [-122.55, 37.74, -121.75, 38.35], scale: 1.21 }
layers:
  - { id: ground, type: terrain, source: dem }
  - { id: water, type: water, source: big }
  - { id: areas, type: areas, source: big }
  - { id: roads, type: roads, source: big }
  - { id: rails, type: railways, source: big }
  - { id: buildings, type: buildings, source: big }
  - { id: trees, type: trees, source: big }
  - { id: furniture, type: furniture, source: big }
  - { id: barriers, type: barriers, source: big }
`, realdata.Path(t, "city-sanfrancisco", "sf-heightmap-8bit.png")))
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childScene+"="+scene, childOut+"="+filepath.Join(dir, "package"), fmt.Sprint(childMemory, "=", mib))
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	peak := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
	t.Logf("%d MB of input, a limit of %d MB, a peak of %d MB", size>>20, limit>>20, peak>>20)
	if peak > limit {
		t.Errorf("a peak of %d MB is above the limit of %d MB", peak>>20, limit>>20)
	}
}

// replicated writes copies of a file's features side by side as GeoJSON, a line each,
// until they are at least so many bytes.
func replicated(t *testing.T, from, to string, least int64) int64 {
	t.Helper()
	box := geo.Bound{West: -122.43, South: 37.77, East: -122.38, North: 37.815}
	var all []geo.Feature
	err := read.Features(context.Background(), from, read.Options{BBox: &box}, func(f geo.Feature) error {
		b := f.Geometry.Bound()
		if box.Contains(b.Min[0], b.Min[1]) && box.Contains(b.Max[0], b.Max[1]) {
			all = append(all, f)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	w := bufio.NewWriterSize(f, 1<<20)
	size := int64(0)
	for copies := 0; size < least; copies++ {
		dx, dy := float64(copies%12)*0.05, float64(copies/12)*0.045
		for i := range all {
			line, err := json.Marshal(map[string]any{"type": "Feature", "properties": all[i].Tags,
				"geometry": map[string]any{"type": all[i].Geometry.GeoJSONType(), "coordinates": shifted(all[i].Geometry, dx, dy)}})
			if err != nil {
				t.Fatal(err)
			}
			n, err := w.Write(append(line, '\n'))
			if err != nil {
				t.Fatal(err)
			}
			size += int64(n)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return size
}

func shifted(g orb.Geometry, dx, dy float64) any {
	switch g := g.(type) {
	case orb.Point:
		return orb.Point{g[0] + dx, g[1] + dy}
	case orb.LineString:
		out := make([]any, len(g))
		for i := range g {
			out[i] = shifted(g[i], dx, dy)
		}
		return out
	case orb.MultiLineString:
		out := make([]any, len(g))
		for i := range g {
			out[i] = shifted(g[i], dx, dy)
		}
		return out
	case orb.Polygon:
		out := make([]any, len(g))
		for i := range g {
			out[i] = shifted(orb.LineString(g[i]), dx, dy)
		}
		return out
	case orb.MultiPolygon:
		out := make([]any, len(g))
		for i := range g {
			out[i] = shifted(g[i], dx, dy)
		}
		return out
	}
	return strings.ToLower(g.GeoJSONType())
}
