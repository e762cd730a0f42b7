package stage

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	rows "github.com/longtake/longtake/layers/sheet"
)

func TestFileIsReadAgain(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "stations.json")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(stations("a", 100))
	w := watchLive(t, openPlayer(t, fmt.Sprintf(feedScene, file, "0s", "0s"), nil))
	w.want("100")
	write(stations("a", 777)) // as long as before, and perhaps at the same tick of the file system
	w.after(5)
	w.want("777")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	w.after(5)
	w.want("777")
	write(stations("a", 9, "b", 8))
	w.after(3600)
	w.want("9 8")
}

func TestRasterIsReadAgain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "rain.asc")
	write := func(v int) {
		text := fmt.Sprintf("ncols 2\nnrows 2\nxllcorner 7\nyllcorner 43\ncellsize 0.1\n1 2\n3 %d\n", v)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(4)
	w := watchLive(t, openPlayer(t, fmt.Sprintf("longtake: 1\nsources: { rain: { type: raster, path: %q, crs: EPSG:4326, refresh: 5s } }\nlayers: [ { id: r, type: raster, source: rain } ]\ncamera: { lng: 7.1, lat: 43, height: 20000, heading: 0, pitch: -60 }\n", file), nil))
	write(9)
	w.after(5)
	values, err := w.layers[0].table.Column(rows.RasterValues)
	if err != nil || len(values.Lists) != 1 || !slices.Equal(values.Lists[0], []float64{1, 2, 3, 9}) {
		t.Errorf("%v %v %v", values, err, w.LeftOut())
	}
}

// The bikes of docs/data.md: where stations are and what they have are two answers, each wrapped as
// GBFS wraps them.
func TestFeedOfBikes(t *testing.T) {
	page, err := os.ReadFile("../docs/data.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(page), "  bikes: ")
	bikes, _, ok := strings.Cut(text, "  fleet:")
	if !ok {
		t.Fatal("docs/data.md has no bikes before its fleet")
	}
	wrap := func(list string) string { return `{"data":{"stations":[` + list + `]},"last_updated":5,"ttl":60}` }
	where := newService(t, wrap(`{"station_id":"a","lon":7.42,"lat":43.73},{"station_id":"b","lon":7.43,"lat":43.73}`))
	status := newService(t, wrap(`{"station_id":"b","num_bikes_available":7},{"station_id":"a","num_bikes_available":3}`))
	const host = "https://gbfs.citibikenyc.com"
	bikes = strings.Replace(strings.Replace(bikes, host, where.URL, 1), host, status.URL, 1)
	w := watchLive(t, openPlayer(t, "longtake: 1\nsources:\n  bikes: "+bikes+"layers:\n  - { id: stations, type: column, source: bikes, height: { field: free, scale: identity } }\ncamera: {lng: 7.42, lat: 43.73, height: 2000, heading: 0, pitch: -60}\n", nil))
	w.want("3 7")
	status.set(0, wrap(`{"station_id":"b","num_bikes_available":7},{"station_id":"a","num_bikes_available":9}`))
	w.after(10)
	w.want("9 7")
}

func TestFeedThroughAQuery(t *testing.T) {
	s := newService(t, stations("a", 10, "b", 20))
	doc := strings.ReplaceAll(fmt.Sprintf(feedScene, s.URL+"/x.json", "0s", "0s"), "source: live", "source: sums")
	doc = strings.Replace(doc, "layers:", "  weights: {type: table, path: weights.csv}\n  sums: {sql: \"select name, lng, lat, v * w as v from live join weights using (name)\"}\nlayers:", 1)
	w := watchLive(t, openPlayer(t, doc, map[string]string{"weights.csv": "name,w\na,2\nb,3\n"}))
	w.want("20 60")
	s.set(0, stations("a", 11, "b", 20))
	w.after(5)
	w.want("22 60")
}

func TestFeedOfFeatures(t *testing.T) {
	feature := func(v int) string {
		return fmt.Sprintf(`{"type":"FeatureCollection","features":[{"type":"Feature","id":"q1","properties":{"name":"a","v":%d},"geometry":{"type":"Point","coordinates":[7.42,43.73]}}]}`, v)
	}
	s := newService(t, feature(5))
	doc := strings.Replace(fmt.Sprintf(feedScene, s.URL+"/all_hour.geojson", "0s", "0s"), "type: table, ", "", 1)
	w := watchLive(t, openPlayer(t, doc, nil))
	w.want("5")
	s.set(0, feature(6))
	w.after(5)
	w.want("6")
}

// Videos of rows that come later are of the length of their files.
func TestFeedOfVideos(t *testing.T) {
	footage, err := os.ReadFile(filepath.Join(filepath.Dir(sampleScene(t)), "footage.avi"))
	if err != nil {
		t.Fatal(err)
	}
	s := newService(t, "[]")
	doc := fmt.Sprintf(feedScene, s.URL+"/x.json", "0s", "0s")
	doc = regexp.MustCompile(`(?m)^  - \{id: c,.*\n  - .*\n`).ReplaceAllString(doc, "  - {id: b, type: board, source: live, video: footage.avi}\n")
	w := watchLive(t, openPlayer(t, doc, map[string]string{"footage.avi": string(footage)}))
	s.set(0, stations("a", 1))
	w.after(5)
	w.frame()
	films := 0
	for _, d := range w.layers[0].draws {
		if v, ok := d.What.(*drawable.Video); ok {
			if films++; v.At(100) > 10 {
				t.Errorf("after 100 s it is %v s into a film of 6 s", v.At(100))
			}
		}
	}
	if films == 0 {
		t.Errorf("no video of %v; left out %v", w.layers[0].draws, w.LeftOut())
	}
}
