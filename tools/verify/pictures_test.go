package verify_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// draw makes pictures from above, oblique and in a street, at ten in the morning and half
// past nine in the evening of the place's own sun, each hour's in one run.
func (c city) draw(t *testing.T, bin, dir, out string) {
	names := [3]string{"above", "oblique", "street"}
	noon := time.Date(2026, 6, 21, 12, 0, 0, 0, time.UTC).Add(-time.Duration(c.above.lng / 15 * float64(time.Hour)))
	for end, hour := range map[string]time.Duration{"": -2 * time.Hour, "-night": 9*time.Hour + 30*time.Minute} {
		frames := t.TempDir()
		longtake(t, bin, "render", seenFrom(t, dir, noon.Add(hour), c.above, c.oblique, c.street), "--quiet", "--quality", "high", "--size", "1280x720", "--fps", "1", "-o", filepath.Join(frames, "%d.png"))
		for i, name := range names {
			data, err := os.ReadFile(filepath.Join(frames, fmt.Sprintf("%d.png", i)))
			if err == nil {
				err = os.WriteFile(filepath.Join(out, name+end+".png"), data, 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// seenFrom is a package with a story of one view a second.
func seenFrom(t *testing.T, dir string, at time.Time, views ...view) string {
	var keys []any
	for i, v := range views {
		keys = append(keys, map[string]any{"at": float64(i), "ease": "cut", "camera": map[string]any{
			"lng": v.lng, "lat": v.lat, "height": v.height, "above": "ground", "heading": v.heading, "pitch": v.pitch}})
	}
	return altered(t, dir, func(doc map[string]any) {
		doc["story"] = map[string]any{"keyframes": keys, "duration": float64(len(keys))}
		environment, _ := doc["environment"].(map[string]any)
		if environment == nil {
			environment = map[string]any{}
		}
		environment["time"] = at.UTC().Format(time.RFC3339)
		delete(environment, "speed")
		doc["environment"] = environment
	})
}

// altered is a package with another document over the same tiles.
func altered(t *testing.T, dir string, change func(doc map[string]any)) string {
	twin := t.TempDir()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		from, err := filepath.Abs(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(twin, e.Name())
		if e.Name() != "scene.json" {
			if err := os.Symlink(from, to); err != nil {
				t.Fatal(err)
			}
			continue
		}
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		var doc map[string]any
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		change(doc)
		if data, err = json.Marshal(doc); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return twin
}
