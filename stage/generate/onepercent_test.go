package generate

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/internal/realdata"
)

// One per cent of San Francisco's features changed, once what is said of them and once where
// they lie, all around one corner, and once what is said of as many all over the city: each run
// gives the bytes of one from nothing, for a share of its time that is logged. Only with $LONGTAKE_MEMORY, as the other long proofs; time is
// not judged where others run.
func TestOnePerCent(t *testing.T) {
	if os.Getenv("LONGTAKE_MEMORY") == "" {
		t.Skip("LONGTAKE_MEMORY is not set: a long proof, for make verify")
	}
	box := geo.Bound{West: -122.43, South: 37.77, East: -122.38, North: 37.815}
	var all []geo.Feature
	err := read.Features(context.Background(), realdata.Path(t, "city-sanfrancisco", "sf-downtown.osm.pbf"), read.Options{BBox: &box}, func(f geo.Feature) error {
		all = append(all, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file, scene := filepath.Join(dir, "city.geojsonl"), filepath.Join(dir, "scene.yaml")
	write(t, scene, fmt.Sprintf(`longtake: 1
name: City
sources:
  city: { type: vector, path: city.geojsonl }
  dem: { type: raster, path: %q, bounds: [-122.5233, 37.6493, -122.3566, 37.8159], scale: 1.21 }
layers:
  - { id: ground, type: terrain, source: dem }
  - { id: areas, type: areas, source: city }
  - { id: water, type: water, source: city }
  - { id: roads, type: roads, source: city }
  - { id: buildings, type: buildings, source: city }
  - { id: trees, type: trees, source: city }
`, realdata.Path(t, "city-sanfrancisco", "sf-heightmap-8bit.png")))
	parts := filepath.Join(dir, "parts")
	generate := func(name, parts string) (string, time.Duration) {
		out := filepath.Join(dir, name)
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childScene+"="+scene, childOut+"="+out, childParts+"="+parts)
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); err != nil {
			t.Fatal(err)
		}
		return out, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	writeLines(t, file, all)
	first, whole := generate("first", parts)
	corner, everywhere := nearest(all, -122.41, 37.79, len(all)/100), scattered(len(all), len(all)/100)
	before := contents(t, first)
	retagged := func(f *geo.Feature, i int) {
		if f.Tags["building"] != "" {
			retag(f, "height", "23.5")
		}
		retag(f, "name", fmt.Sprint("changed ", i))
	}
	for _, c := range []struct {
		name    string
		changed []int
		change  func(f *geo.Feature, i int)
		most    int // a share of the files that may be others: 1/most
	}{
		{"retagged", corner, retagged, 4},
		{"moved", corner, func(f *geo.Feature, i int) {
			if f.Tags["building"] != "" {
				f.Geometry = moved(f.Geometry, orb.Point{1e-5 * float64(i%7-3), 1e-5 * float64(i%5-2)})
			}
		}, 3},
		{"retagged all over the city", everywhere, retagged, 3},
	} {
		for _, i := range c.changed {
			c.change(&all[i], i)
		}
		writeLines(t, file, all)
		dirty, part := generate(c.name, parts)
		clean, _ := generate("clean", "")
		after := contents(t, dirty)
		if d := differ(contents(t, clean), after); len(d) > 0 {
			t.Errorf("%s: other bytes than from nothing: %v", c.name, d[:min(len(d), 5)])
		}
		touched := len(differ(before, after))
		t.Logf("%s: %d of %d features: %v of %v processor time (%.1f %%), %d of %d files others", c.name, len(c.changed), len(all), part, whole,
			100*part.Seconds()/whole.Seconds(), touched, len(after))
		if touched*c.most > len(after) {
			t.Errorf("%s: %d of %d files are others", c.name, touched, len(after))
		}
		before = after
	}
}

// nearest are the n features nearest to a place.
func nearest(all []geo.Feature, lng, lat float64, n int) []int {
	order := make([]int, len(all))
	far := make([]float64, len(all))
	for i := range all {
		p, _ := all[i].Foot()
		order[i], far[i] = i, math.Hypot((p[0]-lng)*0.79, p[1]-lat)
	}
	sort.SliceStable(order, func(a, b int) bool { return far[order[a]] < far[order[b]] })
	return order[:n]
}

// scattered are the numbers of n of so many features, in no order of place (Fibonacci hashing).
func scattered(all, n int) []int {
	order := make([]int, all)
	for i := range order {
		order[i] = i
	}
	sort.Slice(order, func(a, b int) bool { return uint32(order[a])*2654435769 < uint32(order[b])*2654435769 })
	return order[:n]
}

func writeLines(t *testing.T, path string, all []geo.Feature) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	w := bufio.NewWriter(f)
	for i := range all {
		line, err := json.Marshal(map[string]any{"type": "Feature", "id": all[i].ID, "properties": all[i].Tags,
			"geometry": map[string]any{"type": all[i].Geometry.GeoJSONType(), "coordinates": all[i].Geometry}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(append(line, '\n')); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
}
