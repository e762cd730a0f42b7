package read

import (
	"context"
	"os"
	"testing"

	"github.com/longtake/longtake/geo"
	"encoding/json"
)

func TestProbe(t *testing.T) {
	path := os.Getenv("PROBE")
	if path == "" {
		t.Skip()
	}
	f, err := Detect(path)
	t.Log(f, err)
	r := geo.NewReport()
	n := map[string]int{}
	tags := map[string]int{}
	ex := 0
	err = Features(context.Background(), path, Options{Report: r, CRS: os.Getenv("CRS")}, func(f geo.Feature) error {
		n[f.Geometry.GeoJSONType()]++
		n["all"]++
		for _, k := range []string{"building", "building:part", "highway", "natural", "landuse", "height", "building:levels"} {
			if f.Tags[k] != "" {
				tags[k]++
			}
		}
		if ex < 1 {
			ex++
			b, _ := json.Marshal(f)
			t.Logf("%.400s", b)
		}
		return nil
	})
	t.Log(err, n, tags)
	s := r.Summary()
	for _, k := range s.Skipped {
		t.Log(k.Reason, k.Count, k.IDs[:min(5, len(k.IDs))])
	}
	t.Log(s.Notes)
}
