package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// incremental measures runs that find most of what they need in the cache.
func (b *bench) incremental() (string, error) {
	city, err := b.replicate("changing.geojsonl", 1)
	if err != nil {
		return "", err
	}
	scene, err := b.scene("changing", cityScene{source: "type: vector", file: city.path, relief: true, layers: ground + buildings + trees})
	if err != nil {
		return "", err
	}
	cache := func(name string) string { return filepath.Join(b.dir, "cache-"+name) }
	run := func(name string) (g generateBench, err error) {
		return g, b.longtake(&g, nil, "bench", "generate", scene, "--cache", cache(name))
	}
	full, err := run("a")
	if err != nil {
		return "", err
	}
	t := table{head: []string{"run", "s", "CPU s", "of a full run", "tiles built", "of a full run's", "goal"}}
	row := func(name string, g generateBench, goal string) {
		t.row(name, seconds(g.Seconds), seconds(g.CPUSeconds), fmt.Sprintf("%.1f %%", 100*g.CPUSeconds/full.CPUSeconds), fmt.Sprint(g.Rebuilt),
			fmt.Sprintf("%.1f %%", 100*float64(g.Rebuilt)/float64(max(1, full.Rebuilt))), goal)
	}
	row("from nothing", full, "")
	same, err := run("a")
	if err != nil {
		return "", err
	}
	row("nothing changed", same, "")
	// Half of a full run on an empty cache, then killed, and run again.
	killed := exec.Command(b.bin, "bench", "generate", scene, "--cache", cache("b"), "--json")
	if err := killed.Start(); err != nil {
		return "", err
	}
	timer := time.AfterFunc(time.Duration(full.Seconds/2*float64(time.Second)), func() { _ = killed.Process.Kill() })
	_ = killed.Wait() // it was killed
	timer.Stop()
	resumed, err := run("b")
	if err != nil {
		return "", err
	}
	row("resumed after a kill at half of the time", resumed, "")
	// A program that saves the file writes its lines in its own way; from here on it is ours.
	if _, _, err := change(city.path, 0, everywhere); err != nil {
		return "", err
	}
	anew, err := run("a")
	if err != nil {
		return "", err
	}
	row("every line written in another way, nothing changed", anew, "")
	lng, lat := b.real.box.West+0.4*(b.real.box.East-b.real.box.West), b.real.box.South+0.45*(b.real.box.North-b.real.box.South)
	changed, of, err := change(city.path, 0.01, aroundCorner(lng, lat))
	if err != nil {
		return "", err
	}
	part, err := run("a")
	if err != nil {
		return "", err
	}
	row("1 % changed in one place", part, against(part.CPUSeconds/full.CPUSeconds, 0.05, true))
	if _, _, err := change(city.path, 0.01, everywhere); err != nil {
		return "", err
	}
	if part, err = run("a"); err != nil {
		return "", err
	}
	row("another 1 %, all over the city", part, "")
	return fmt.Sprintf(`%s with relief, streets, water, buildings and trees, on all cores, with a cache. %d of
%d features, those around one corner, get another name, and the buildings among them another
height; then as many all over the city, which touches most squares. Shares are of processor time; the
goal for one place is 5 %% at most. Lines that are other bytes are read anew, whatever they say.

%s`, b.cityName, changed, of, &t), nil
}

// aroundCorner orders features by where they begin: the nearest to a place first.
func aroundCorner(lng, lat float64) func(i int, x, y float64) float64 {
	return func(_ int, x, y float64) float64 {
		return math.Hypot((x-lng)*math.Cos(lat*math.Pi/180), y-lat)
	}
}

// everywhere orders features by a scramble of their numbers (Fibonacci hashing).
func everywhere(i int, _, _ float64) float64 { return float64(uint32(i) * 2654435769) }

// change alters a share of a file's features, those that come first in an order of their
// numbers and of where they begin, and writes all of them.
func change(path string, share float64, order func(i int, x, y float64) float64) (changed, of int, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, 0, err
	}
	type feature struct {
		Type       string            `json:"type"`
		ID         string            `json:"id"`
		Properties map[string]string `json:"properties"`
		Geometry   struct {
			Type        string          `json:"type"`
			Coordinates json.RawMessage `json:"coordinates"`
		} `json:"geometry"`
	}
	var all []*feature
	away := map[*feature]float64{}
	for line := range bytes.Lines(data) {
		f := &feature{}
		if err := json.Unmarshal(line, f); err != nil {
			return 0, 0, err
		}
		var x, y float64
		if _, err := fmt.Sscanf(string(bytes.TrimLeft(f.Geometry.Coordinates, "[")), "%g,%g", &x, &y); err != nil {
			return 0, 0, err
		}
		all, away[f] = append(all, f), order(len(all), x, y)
	}
	near := slices.SortedStableFunc(slices.Values(all), func(a, b *feature) int {
		if away[a] < away[b] {
			return -1
		} else if away[a] > away[b] {
			return 1
		}
		return 0
	})
	near = near[:int(share*float64(len(all)))]
	for i, f := range near {
		if f.Properties == nil {
			f.Properties = map[string]string{}
		}
		f.Properties["name"] = fmt.Sprint("changed ", i, f.Properties["name"])
		if f.Properties["building"] != "" {
			f.Properties["height"] = "23.5"
		}
	}
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	encoder := json.NewEncoder(w)
	for _, f := range all {
		if err := encoder.Encode(f); err != nil {
			return 0, 0, err
		}
	}
	if err := w.Flush(); err != nil {
		return 0, 0, err
	}
	return len(near), len(all), os.WriteFile(path, out.Bytes(), 0o644)
}
