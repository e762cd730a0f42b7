package stage

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/scene"
)

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

// Where rows are too many to glide, panels change at once: two of one would stand side by side.
// Pages of the web always do.
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
	few := &table.Table{Geometry: make([]orb.Geometry, 2)}
	pl.table = few
	if pl.glide(few, "", time.Time{}) == nil {
		t.Error("few rows do not glide")
	}
	pl.base.Props = &panels.Web{}
	if pl.glide(few, "", time.Time{}) != nil {
		t.Error("a page of the web is opened for every frame")
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
