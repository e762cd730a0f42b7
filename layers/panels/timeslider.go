package panels

import (
	"fmt"
	"math"
	"time"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/format"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "time-slider", Group: "panels", Doc: "a line of time that is dragged in the kiosk: to another time of the story or of a layer's data, or a window that filters all layers by a field; bars count the rows over it",
	New: func() any {
		return &TimeSlider{Panel: wide("bottom", 760), Show: "story", Bins: 72, Button: true, Zone: "UTC"}
	},
	Examples: []scene.Example{
		{Layer: `heading: Story, width: 400, anchor: center, zoom: 2.4`},
		{Name: "window", Doc: "a window of a field, by which all layers are filtered that have it, over bars that count its rows", Layer: `show: window, source: prices, field: day, window: [2026-03-20, 2026-04-18], heading: Days of trade, width: 400, anchor: center, zoom: 2.4`},
	},
})

// TimeSlider shows a time and lets it be dragged.
type TimeSlider struct {
	layer.Whole
	Panel
	Show   string           `json:"show" enum:"story,data,window" doc:"story: the time of the story; data: that of a layer's data; window: from when to when a field lies, which filters all layers that have it"`
	For    string           `json:"for" format:"layer" doc:"data, and for bars story: layer whose time is shown, and whose rows are counted"`
	Field  string           `json:"field" doc:"window: field of the source, a time or a number"`
	Window []scene.DataTime `json:"window" doc:"window: from when to when, as dates or numbers; none filters nothing"`
	Bins   int              `json:"bins" min:"0" max:"400" doc:"how many bars count rows; 0 draws none"`
	Button bool             `json:"button" doc:"whether it has a button that stops the story's time and lets it go on"`
	Date   string           `json:"date" doc:"how dates are written, by strftime's conversions; without it as finely as the line of time needs"`
	Zone   string           `json:"zone" example:"Europe/Vienna|UTC|+02:00" doc:"time zone: a name of the IANA database, or an offset"`

	zone  *time.Location
	id    string
	clock *scene.Clock // data, and story with rows: of the other layer; nil where it has none
	first float64      // data time of its first row
	times []float64    // of the rows that are counted
	dates bool         // the axis has dates; else numbers, or seconds of the story
	reach [2]float64   // of the field
}

// CheckScene refuses windows that are none, and what does not belong together.
func (s *TimeSlider) CheckScene(fail func(field, found, allowed string)) {
	s.Panel.CheckScene(fail)
	if err := format.CheckDate(s.Date); err != nil {
		fail("date", s.Date, err.Error())
	}
	if _, err := Zone(s.Zone); err != nil {
		fail("zone", s.Zone, "a name such as Europe/Vienna or an offset such as +02:00 is allowed")
	}
	switch n := len(s.Window); {
	case n != 0 && n != 2 || n == 2 && s.Window[0] > s.Window[1]:
		fail("window", fmt.Sprint(s.Window), "two times or numbers, the earlier one first, are allowed")
	case n > 0 && s.Show != "window":
		fail("window", "a window with show: "+s.Show, "a window with show: window is allowed")
	}
	if (s.Show == "window") != (s.Field != "") {
		fail("field", fmt.Sprintf("%q with show: %s", s.Field, s.Show), "show: window with a field of the source is allowed")
	}
	if s.Show == "data" && s.For == "" || s.Show == "window" && s.For != "" {
		fail("for", fmt.Sprintf("%q with show: %s", s.For, s.Show), "show: data or story with the layer whose time is shown is allowed")
	}
}

// Selects is the window that filters by a field; ok is false where it filters nothing.
func (s *TimeSlider) Selects() (field string, from, to float64, ok bool) {
	if s.Show != "window" || len(s.Window) != 2 {
		return s.Field, 0, 0, false
	}
	return s.Field, float64(s.Window[0]), float64(s.Window[1]), true
}

// TimeOf is the layer whose time it shows, which has to have a time; "" is none.
func (s *TimeSlider) TimeOf() string { return s.For }

// Alone is true: it stays where the layer that it is for is not shown.
func (s *TimeSlider) Alone() bool { return true }

// Draw makes one panel.
func (s *TimeSlider) Draw(c *layer.Context) ([]drawable.Draw, error) {
	shown := *s
	shown.id = c.Layer.ID
	var err error
	if shown.zone, err = Zone(s.Zone); err != nil {
		return nil, err
	}
	switch {
	case s.Show == "window":
		err = shown.window(c)
	case s.For != "" && c.Peer == nil: // rows are looked at alone
		return nil, nil
	case s.For != "":
		err = shown.peer(c)
	}
	if err != nil {
		return nil, err
	}
	return s.Panel.Draw(c, &shown)
}

// window counts the rows by the field, those that others filter out left out; it reaches over
// all of them.
func (s *TimeSlider) window(c *layer.Context) error {
	all, err := c.Rows()
	if err != nil {
		return fmt.Errorf("show: window needs a source with the field: %w", err)
	}
	values, err := all.Numbers(s.Field)
	if err != nil {
		return fmt.Errorf("field: %w", err)
	}
	s.dates = all.Find(s.Field).Kind == table.Time
	s.reach = reachOf(values)
	for i, v := range values {
		if c.Shows(i) {
			s.times = append(s.times, v)
		}
	}
	return nil
}

// peer takes the clock of the other layer, and its rows' times.
func (s *TimeSlider) peer(c *layer.Context) error {
	peer, rows := c.Peer(s.For)
	switch {
	case peer == nil:
		return fmt.Errorf("for: no layer %q", s.For)
	case peer.Time == nil:
		return fmt.Errorf("for: layer %s has no time", s.For)
	case peer.Time.Speed == 0:
		return fmt.Errorf("for: the time of layer %s stands still: its speed is 0", s.For)
	}
	s.clock = peer.Time
	if peer.Time.Field == "" || rows == nil {
		s.dates = s.Show == "data" && peer.Time.Start != nil
		return nil
	}
	values, err := rows.Numbers(peer.Time.Field)
	if err != nil {
		return fmt.Errorf("for: layer %s: %w", s.For, err)
	}
	s.reach = reachOf(values)
	s.first, s.times = s.reach[0], values
	s.dates = s.Show == "data" && rows.Find(peer.Time.Field).Kind == table.Time
	return nil
}

// reachOf is from the least of the known values to the greatest.
func reachOf(values []float64) [2]float64 {
	out := [2]float64{math.Inf(1), math.Inf(-1)}
	for _, v := range values {
		if v-v == 0 {
			out = [2]float64{math.Min(out[0], v), math.Max(out[1], v)}
		}
	}
	if out[0] > out[1] {
		return [2]float64{}
	}
	return out
}

// slid is what the line shows at a view: its ends, where the handle is, or the window, all in
// the axis' own numbers.
type slid struct {
	from, to float64
	at       float64
	window   [2]float64
	chosen   bool // there is a window
	playing  bool
	share    float64 // of the handle, in pixels' steps: what the picture follows
}

// at is what it shows at a view.
func (s *TimeSlider) at(v *drawable.PanelView) slid {
	end := v.Length
	if end <= 0 { // without an end it is as long as it takes
		for end = 60; end <= v.Time; end *= 2 {
		}
	}
	out := slid{to: end, at: v.Time, playing: v.Playing}
	switch s.Show {
	case "data":
		out.from, out.to = s.clock.At(0, s.first), s.clock.At(0, s.first)+end*float64(s.clock.Speed)
		if s.clock.Loop > 0 {
			out.to = out.from + math.Copysign(float64(s.clock.Loop), float64(s.clock.Speed))
		}
		out.at = s.clock.At(v.Time, s.first)
	case "window":
		out.from, out.to, out.at = s.reach[0], s.reach[1], s.reach[0]
		if out.to <= out.from {
			out.to = out.from + 1
		}
		if v.Window != nil {
			out.window[0], out.window[1], out.chosen = v.Window(s.Field)
		}
		out.window[0], out.window[1] = math.Max(out.window[0], out.from), math.Min(out.window[1], out.to)
	}
	return out
}

// story is the story's time where the line has a value: within the round of the data's time that
// runs now.
func (s *TimeSlider) story(value float64, v *drawable.PanelView, l slid) float64 {
	if s.Show != "data" {
		return value
	}
	t := (value - l.from) / float64(s.clock.Speed)
	if s.clock.Loop > 0 {
		round := math.Abs(float64(s.clock.Loop) / float64(s.clock.Speed))
		t = math.Min(math.Max(t, 0), 0.9999*round) + round*math.Floor(v.Time/round)
	}
	return t
}

// Measure is a line of words, the bars, the line, and a line of words.
func (s *TimeSlider) Measure(_ *canvas.Fonts, width float64) (w, h float64) {
	h = sliderWords + sliderLine + sliderEnds
	if s.counts() {
		h += sliderBars
	}
	return max(width, 240), h
}

// counts tells whether there are bars.
func (s *TimeSlider) counts() bool { return s.Bins > 0 && len(s.times) > 0 }

// State is what it shows, the handle in half pixels.
func (s *TimeSlider) State(v *drawable.PanelView) any {
	l := s.at(v)
	l.share = math.Round(4000 * (l.at - l.from) / (l.to - l.from))
	type shown struct {
		slid
		words string
	}
	words := s.words(l)
	l.at = 0
	return shown{l, words}
}
