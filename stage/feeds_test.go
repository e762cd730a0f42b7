package stage

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/png"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	rows "github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

// service answers what it is told, with an ETag, and counts.
type service struct {
	*httptest.Server
	mu          sync.Mutex
	body        string
	status      int // 0 = by the ETag
	asked, full int
}

func newService(t *testing.T, body string) *service {
	s := &service{body: body}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.asked++
		tag := fmt.Sprintf("\"%x\"", sha256.Sum256([]byte(s.body)))
		w.Header().Set("ETag", tag)
		switch {
		case s.status != 0:
			w.WriteHeader(s.status)
		case r.Header.Get("If-None-Match") == tag:
			w.WriteHeader(http.StatusNotModified)
		default:
			s.full++
			_, _ = w.Write([]byte(s.body))
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *service) set(status int, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status, s.body = status, body
}

// watched is a player that is watched live by a clock of the test.
type watched struct {
	*Player
	t   *testing.T
	now time.Time
}

func watchLive(t *testing.T, p *Player) *watched {
	w := &watched{Player: p, t: t, now: time.Date(2026, 6, 21, 12, 0, 0, 0, time.UTC)}
	p.options.now = func() time.Time { return w.now }
	var err error
	if p.feeds, err = newFeeds(p); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.feeds.close() })
	w.frame()
	w.settle()
	return w
}

// settle lets what is read and built beside the frames come to its end.
func (w *watched) settle() {
	for range 5 {
		w.feeds.turn(w.Player)
		w.feeds.aside.Wait()
	}
	w.feeds.turn(w.Player)
}

// after lets seconds go by, and all that begins then come to its end.
func (w *watched) after(seconds float64) {
	w.now = w.now.Add(time.Duration(seconds * float64(time.Second)))
	w.settle()
}

func (w *watched) frame() *pipeline.Frame {
	w.t.Helper()
	q, _ := pipeline.Tier("draft")
	f, err := w.Frame(w.t.Context(), scene.Time{}, Shot{Width: 160, Height: 90, Quality: q, Live: true})
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

// columns are the heights of a frame's columns in the order in which they are drawn, with how
// much is seen of each: "h@share".
func (w *watched) columns() string {
	var out []string
	for _, d := range w.frame().Draws {
		if in, ok := d.What.(*drawable.Instances); ok {
			for _, item := range in.Items {
				s := fmt.Sprint(math.Round(float64(item.Scale[1])))
				if d.Fade > 0 {
					s += fmt.Sprintf("@%.2f", 1-d.Fade)
				}
				out = append(out, s)
			}
		}
	}
	return strings.Join(out, " ")
}

func (w *watched) want(what string) {
	w.t.Helper()
	if got := w.columns(); got != what {
		w.t.Errorf("columns %s, want %s", got, what)
	}
}

const feedScene = `longtake: 1
sources:
  live: {type: table, path: "%s", refresh: 5s, key: name}
layers:
  - {id: c, type: column, source: live, height: {field: v, scale: identity}, transition: %s}
  - {id: r, type: ranking, source: live, name: name, field: v, transition: %s}
environment: {time: 2026-06-21T12:00:00Z}
output: {size: 96x54}
camera: {lng: 7.42, lat: 43.73, height: 2000, heading: 0, pitch: -60}
`

func stations(values ...any) string {
	out := `[`
	for i := 0; i < len(values); i += 2 {
		out += fmt.Sprintf(`{"name":"%v","lng":7.42,"lat":%v,"v":%v},`, values[i], 43.7+float64(i)/100, values[i+1])
	}
	return strings.TrimSuffix(out, ",") + "]"
}

func TestFeedGlidesToNewValues(t *testing.T) {
	s := newService(t, stations("a", 100, "b", 200))
	w := watchLive(t, openPlayer(t, fmt.Sprintf(feedScene, s.URL+"/stations.json?key=secret", "2s", "2s"), nil))
	w.want("100 200")
	s.set(0, stations("b", 300, "d", 50))
	w.after(2) // not due
	w.want("100 200")
	w.after(3)
	w.want("200 100")              // as they were
	w.now = w.now.Add(time.Second) // half of the transition
	w.want("250 50@0.50 100@0.50")
	w.now = w.now.Add(time.Second)
	w.want("300 50")
	if n := len(w.LeftOut()); n > 0 {
		t.Errorf("left out: %v", w.LeftOut())
	}
	// Not changed it is not answered, not read and not drawn anew.
	full, draws := s.full, &w.layers[0].draws[0]
	w.after(5)
	w.after(5)
	if s.full != full || &w.layers[0].draws[0] != draws {
		t.Errorf("%d answers, want %d", s.full, full)
	}
}

func TestFeedKeepsItsLastRows(t *testing.T) {
	s := newService(t, stations("a", 100))
	w := watchLive(t, openPlayer(t, fmt.Sprintf(feedScene, s.URL+"/stations.json?key=secret", "0s", "0s"), nil))
	for _, bad := range []struct {
		status int
		body   string
		told   string
	}{
		{http.StatusInternalServerError, "", "the service says 500"},
		{0, `[{"name": "a", "v"`, "damaged JSON"},
		{0, `[{"name": "a", "lng": 7, "lat": 43}]`, `no field "v"`},
	} {
		s.set(bad.status, bad.body)
		w.after(3600)
		w.want("100")
		out := fmt.Sprint(w.LeftOut())
		if !strings.Contains(out, bad.told) || !strings.Contains(out, "source live: not refreshed, its last rows stay") || strings.Contains(out, "secret") {
			t.Errorf("%v: told %s", bad, out)
		}
		s.set(0, stations("a", 100))
		w.after(3600)
	}
	// It is asked ever more rarely, told once, and counted.
	asked := s.asked
	s.set(http.StatusServiceUnavailable, "")
	for range 600 {
		w.after(1)
	}
	if n := s.asked - asked; n < 6 || n > 9 { // 5, 5, 10, 20, 40, 80, 160, 300 s
		t.Errorf("asked %d times in ten minutes", n)
	}
	count := 0
	for _, k := range w.LeftOut() {
		if strings.Contains(k.Reason, "503") {
			count = k.Count
		}
	}
	if count != s.asked-asked {
		t.Errorf("%d failures counted, want %d", count, s.asked-asked)
	}
	s.set(0, stations("a", 130))
	w.after(300)
	w.want("130")
}

// However often a source has failed, it is left alone for a while.
func TestFeedRestsAfterFailures(t *testing.T) {
	now := time.Date(2026, 6, 21, 12, 0, 0, 0, time.UTC)
	f := &feeds{now: func() time.Time { return now }}
	for every, most := range map[time.Duration]time.Duration{time.Second: mostFeedRest, 6 * time.Hour: 6 * time.Hour} {
		s := &liveSource{every: every, failures: 30}
		f.failed(&Player{}, s, "source s", errors.New("gone"))
		if rest := s.due.Sub(now); rest != most {
			t.Errorf("read every %v it rests %v, want %v", every, rest, most)
		}
	}
}

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

// Letters and pictures of rows that are read again go with them: on the GPU no more is kept than
// what is drawn.
func TestFeedsLeaveNoTexturesBehind(t *testing.T) {
	var dot bytes.Buffer
	if err := png.Encode(&dot, image.NewNRGBA(image.Rect(0, 0, 256, 256))); err != nil {
		t.Fatal(err)
	}
	s := newService(t, stations("a", 100, "b", 200))
	doc := fmt.Sprintf(feedScene, s.URL+"/x.json", "0s", "0s")
	doc = regexp.MustCompile(`(?m)^  - \{id: r,.*\n`).ReplaceAllString(doc, "  - {id: l, type: label, source: live, text: name, transition: 3s}\n  - {id: i, type: icon, source: live, image: dot.png, transition: 3s}\n")
	doc = strings.Replace(doc, "lat: 43.73, height: 2000, heading: 0, pitch: -60", "lat: 43.705, height: 2000, heading: 0, pitch: -89", 1)
	p := openPlayer(t, doc, map[string]string{"dot.png": dot.String()})
	now := time.Date(2026, 6, 21, 12, 0, 0, 0, time.UTC)
	p.options.now = func() time.Time { return now }
	l := openLive(t, p, "draft")
	most := 0
	for i := range 40 {
		s.set(0, stations("a", i, "b", 200-i))
		now = now.Add(1100 * time.Millisecond)
		if _, err := l.draw(t.Context(), scene.Time{}, nil); err != nil {
			t.Fatal(err)
		}
		p.feeds.aside.Wait()
		if n := l.renderer.Stats().Bytes; i < 20 {
			most = max(most, n)
		} else if n > most {
			t.Fatalf("%d bytes on the GPU, were at most %d", n, most)
		}
	}
	if out := p.LeftOut(); len(out) > 0 {
		t.Errorf("left out %v", out)
	}
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

// Rows that cannot be drawn do not end the show where the layer has not been shown before.
func TestBadRowsOfHiddenLayers(t *testing.T) {
	s := newService(t, stations("a", 100))
	doc := fmt.Sprintf(feedScene, s.URL+"/x.json", "0s, from: 5s", "0s")
	doc = regexp.MustCompile(`(?m)^  - \{id: r,.*\n`).ReplaceAllString(doc, "")
	w := watchLive(t, openPlayer(t, doc, nil))
	s.set(0, `[{"name": "a", "lng": 7.42, "lat": 43.73}]`)
	w.after(5)
	if _, err := w.Frame(t.Context(), scene.Seconds(6), Shot{Width: 160, Height: 90, Live: true}); err != nil {
		t.Fatal(err)
	}
	if out := fmt.Sprint(w.LeftOut()); !strings.Contains(out, "not refreshed, its last rows stay") {
		t.Errorf("told %s", out)
	}
}

// What is pointed at stays the thing that it is, where its rows come in another order or go.
func TestPointedRowsFollowTheirThings(t *testing.T) {
	s := newService(t, stations("a", 100, "b", 200))
	w := watchLive(t, openPlayer(t, fmt.Sprintf(feedScene, s.URL+"/x.json", "0s", "0s"), nil))
	before := w.tableOf("c")
	at := &pointing{player: w.Player, selected: &pointed{feature: feature{layer: "c", row: 1, of: before}}, over: &pointed{feature: feature{layer: "r", rows: []int{0, 1}, of: w.tableOf("r")}}}
	var err error
	if at.font, err = text.NewTypesetter(text.Options{}); err != nil {
		t.Fatal(err)
	}
	s.set(0, stations("b", 300, "d", 50))
	w.after(5)
	at.follow()
	if f := at.selected; f == nil || f.feature.row != 0 || f.feature.of == before || !strings.Contains(f.told, "v 300") {
		t.Errorf("b is %+v", f)
	}
	if v, ok := w.valueOf(&at.selected.feature, "name"); v != "b" {
		t.Errorf("the value of b is %v, %v", v, ok)
	}
	if f := at.over; f == nil || len(f.feature.rows) != 1 || f.feature.rows[0] != 0 {
		t.Errorf("what is left of a and b is %+v", f)
	}
	at.answer(feature{layer: "c", row: 0, of: before}, "a", true) // asked for before, and gone
	if at.over != nil {
		t.Errorf("a is still there: %+v", at.over)
	}
	s.set(0, stations("a", 1))
	w.after(5)
	if at.follow(); at.selected != nil {
		t.Errorf("b is still there: %+v", at.selected)
	}
}

// Where rows are too many to glide, panels change at once: two of one would stand side by side.
func TestPanelOfManyRowsChangesAtOnce(t *testing.T) {
	many := &table.Table{Geometry: make([]orb.Geometry, mostGliding)}
	pl := &playedLayer{base: &scene.Layer{Transition: scene.Seconds(1)}, table: many, ready: true}
	pl.draws = []drawable.Draw{{What: &drawable.Instances{}}}
	if g := pl.glide(many, "", time.Time{}); g == nil || len(g.from) != 1 {
		t.Error("marks do not fade over")
	}
	pl.draws[0].What = &drawable.Panel{}
	if pl.glide(many, "", time.Time{}) != nil {
		t.Error("a panel is drawn twice")
	}
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

// TestFeedsLeaveNothingBehind draws 200 refreshes with their transitions on the GPU.
func TestFeedsLeaveNothingBehind(t *testing.T) {
	s := newService(t, stations("a", 100, "b", 200))
	p := openPlayer(t, fmt.Sprintf(feedScene, s.URL+"/x.json", "3s", "3s"), nil)
	now := time.Date(2026, 6, 21, 12, 0, 0, 0, time.UTC)
	p.options.now = func() time.Time { return now }
	l := openLive(t, p, "draft")
	step := func(i int) {
		s.set(0, stations("a", i, "b", 200-i, i, 7))
		for range 5 {
			now = now.Add(1100 * time.Millisecond)
			if _, err := l.draw(t.Context(), scene.Time{}, nil); err != nil {
				t.Fatal(err)
			}
			p.feeds.aside.Wait()
		}
	}
	heap := func() int64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	for i := range 20 {
		step(i)
	}
	before, routines, held := heap(), runtime.NumGoroutine(), l.renderer.Stats()
	full := s.full
	for i := range 200 {
		step(i)
	}
	if s.full-full < 150 || len(p.LeftOut()) > 0 {
		t.Fatalf("only %d refreshes; left out %v", s.full-full, p.LeftOut())
	}
	if grown := heap() - before; grown > 2<<20 {
		t.Errorf("the heap has grown by %d kB", grown>>10)
	}
	if n := runtime.NumGoroutine(); n > routines+2 {
		t.Errorf("%d goroutines, were %d", n, routines)
	}
	if now := l.renderer.Stats(); now.Bytes > held.Bytes+1<<20 {
		t.Errorf("%d bytes on the GPU, were %d", now.Bytes, held.Bytes)
	}
	if len(p.gallery.painted) > 4 {
		t.Errorf("%d painted panels are kept", len(p.gallery.painted))
	}
}
