package panels

import (
	"math"
	"testing"
	"time"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// partsOf paints a slider's content at a box of 400 pixels and returns what can be held, and the
// box.
func partsOf(s *TimeSlider, v *drawable.PanelView) ([]part, canvas.Box) {
	f := canvas.NewFonts(false)
	_, h := s.Measure(f, 400)
	b := canvas.Box{W: 400, H: h}
	p := &Painter{Canvas: canvas.New(b.W, b.H, 1, f), Theme: s.Theme(), Fonts: f, Box: b, View: v, Grown: 1, parts: &parts{}}
	v.Scale = 1
	s.Paint(p)
	return p.parts.list, b
}

// The line of a story goes from its begin to its end; of data it has the data's time, in whose
// round it seeks.
func TestSliderSeeks(t *testing.T) {
	start := scene.DataTime(1000)
	for name, c := range map[string]struct {
		slider TimeSlider
		time   float64
		at     float64    // where on the line it is held: share
		want   float64    // story seconds
		ends   [2]float64 // of the line
	}{
		"story":     {TimeSlider{Show: "story"}, 3, 0.25, 5, [2]float64{0, 20}},
		"its end":   {TimeSlider{Show: "story"}, 3, 1.4, 20, [2]float64{0, 20}},
		"data":      {TimeSlider{Show: "data", clock: &scene.Clock{Speed: 60, Start: &start}}, 3, 0.5, 10, [2]float64{1000, 2200}},
		"backwards": {TimeSlider{Show: "data", clock: &scene.Clock{Speed: -60, Start: &start}}, 3, 0.5, 10, [2]float64{1000, -200}},
		"rounds":    {TimeSlider{Show: "data", first: 50, clock: &scene.Clock{Speed: 10, Loop: 40}}, 9, 0.5, 10, [2]float64{50, 90}},
	} {
		s := c.slider
		s.Panel, s.zone = New("bottom"), time.UTC
		v := &drawable.PanelView{Time: c.time, Length: 20}
		if l := s.at(v); l.from != c.ends[0] || l.to != c.ends[1] {
			t.Errorf("%s: the line is %v", name, l)
		}
		list, b := partsOf(&s, v)
		x := 5 + (b.W-10)*c.at
		a := list[len(list)-1].acts([2]float64{20, 40}, [2]float64{x, 40})
		if a.Kind != drawable.Seek || math.Abs(a.Time-c.want) > 1e-9 {
			t.Errorf("%s: %+v, want %v s", name, a, c.want)
		}
	}
}

// A window is made by a drag beside it, moved within it, widened at its edges, and taken away by
// a press beside it.
func TestSliderMovesItsWindow(t *testing.T) {
	s := &TimeSlider{Panel: New("bottom"), Show: "window", Field: "v", id: "w", reach: [2]float64{0, 100}, zone: time.UTC}
	v := &drawable.PanelView{Window: func(string) (float64, float64, bool) { return 20, 40, true }}
	list, b := partsOf(s, v)
	x := func(value float64) [2]float64 { return [2]float64{5 + (b.W-10)*value/100, 40} }
	for _, c := range []struct{ from, to, low, high float64 }{
		{30, 50, 40, 60}, {30, 200, 80, 100}, {30, -50, 0, 20}, // as a whole, no further than the ends
		{20, 10, 10, 40}, {20, 70, 40, 70}, {40, 90, 20, 90}, // an edge, past the other one too
		{60, 80, 60, 80}, {80, 60, 60, 80}, {30, 30, 20, 40},
	} {
		a := list[len(list)-1].acts(x(c.from), x(c.to))
		if a.Kind != drawable.Window || a.Layer != "w" || a.Field != "v" || a.None || math.Abs(a.From-c.low) > 1e-9 || math.Abs(a.To-c.high) > 1e-9 {
			t.Errorf("from %v to %v: %+v, want %v to %v", c.from, c.to, a, c.low, c.high)
		}
	}
	if a := list[len(list)-1].acts(x(70), x(70)); !a.None {
		t.Errorf("a press beside it: %+v", a)
	}
}

// Its bars count what others let through, over all that there is; dates are as fine as the line.
func TestSliderCountsRows(t *testing.T) {
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, type: time-slider, show: window, field: when}]\n")
	rows := table.Column{Name: "when", Kind: table.Time, Numbers: []float64{1514764800, 1514764800 + 86400, math.NaN(), 1514764800 + 4*86400}}
	c.Table.Columns = append(c.Table.Columns, rows)
	s := c.Layer.Props.(*TimeSlider)
	s.zone = time.UTC
	if err := s.window(c.Only([]bool{true, false, true, true})); err != nil {
		t.Fatal(err)
	}
	known := 0
	for _, v := range s.times {
		if v == v {
			known++
		}
	}
	if known != 2 || s.reach != [2]float64{1514764800, 1514764800 + 4*86400} || !s.dates {
		t.Errorf("counts %v over %v", s.times, s.reach)
	}
	for step, want := range map[float64]string{1: "12:30:00", 3600: "2 Jan, 12:30", 86400: "2 Jan 2018", 40 * 86400: "Jan 2018", 4e7: "2018"} {
		if got := s.write(1514764800+86400+12.5*3600, step); got != want {
			t.Errorf("by %v s: %s, want %s", step, got, want)
		}
	}
}

func TestSliderRefusesWhatDoesNotBelongTogether(t *testing.T) {
	for props, want := range map[string]string{
		"show: window":                             "field",
		"field: v":                                 "field",
		"show: data":                               "for",
		"show: window, field: v, window: [3]":      "window",
		"show: window, field: v, window: [3, 1]":   "window",
		"window: [1, 2]":                           "window",
		"show: window, field: v, for: a":           "for",
		"show: window, field: v, zone: Nowhere/At": "zone",
		"show: window, field: v, date: '%Q'":       "date",
	} {
		failed := map[string]bool{}
		d, err := scene.Parse("t.yaml", []byte("longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, type: time-slider, "+props+"}]\n"), layer.Types())
		if err == nil {
			t.Errorf("%s is taken: %+v", props, d.Layers[0].Props)
			continue
		}
		for _, e := range err.(scene.Errors) {
			failed[e.Path] = true
		}
		if !failed["layers[0]."+want] {
			t.Errorf("%s: %v", props, err)
		}
	}
}
