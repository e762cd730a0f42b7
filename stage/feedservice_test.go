package stage

import (
	"crypto/sha256"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/longtake/longtake/layers/drawable"
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
