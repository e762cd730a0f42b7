package scene

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/invopop/jsonschema"
)

// Clock drives a layer by the time of its data: data time is Start + Speed × story time.
type Clock struct {
	Field       string    `json:"field" doc:"field with the time of each row, in seconds or as dates; without it no rows come or go, and the clock drives what the layer moves by itself"`
	Until       string    `json:"until" doc:"field with the time at which a row goes; without it the window's end"`
	Window      Span      `json:"window" min:"0" max:"1e12" unit:"s" doc:"how long a row stays, in data time: seconds, or such as 30d or 1h30m; 0 is for good"`
	Start       *DataTime `json:"start" doc:"data time at story time 0: seconds, or a date such as 2026-06-21T20:40:00Z; without it the first row's"`
	Speed       Span      `json:"speed" min:"-1e12" max:"1e12" doc:"data time for a story second: data seconds, or such as 12h"`
	Loop        Span      `json:"loop" min:"0" max:"1e12" unit:"s" doc:"data time after which it begins again; 0 never does"`
	Fade        Time      `json:"fade" min:"0" max:"60" unit:"s" doc:"story time in which rows come, and in which they go"`
	By          string    `json:"by" doc:"field with the name of what a row is a sample of: each is there once, with numbers and places between its last sample and its next; with window it goes where the next is longer away"`
	Interpolate string    `json:"interpolate" enum:"linear,step" doc:"what numbers and places do between the samples of by: glide to the next, or stay until it comes"`
	Angles      []string  `json:"angles" doc:"fields in degrees, which glide the short way round"`
	Step        Span      `json:"step" min:"0" max:"1e12" unit:"s" doc:"rows whose times are within it come and go together; 0 takes a 24th of the window"`
}

// SetDefaults fills the defaults.
func (c *Clock) SetDefaults() { c.Speed, c.Fade, c.Interpolate = 1, Seconds(0.4), "linear" }

// CheckScene refuses samples that have no times or ends of their own.
func (c *Clock) CheckScene(fail func(field, found, allowed string)) {
	switch {
	case c.By != "" && c.Field == "":
		fail("by", "samples without times", "field is needed with it: the field with the time of each")
	case c.By != "" && c.Until != "":
		fail("until", strconv.Quote(c.Until), "either until or by is allowed: a sample ends where the next begins")
	}
}

// At is the data time at a story time, where data begins at first.
func (c *Clock) At(story, first float64) float64 {
	if c.Start != nil {
		first = float64(*c.Start)
	}
	gone := story * float64(c.Speed)
	if c.Loop > 0 {
		gone -= float64(c.Loop) * math.Floor(gone/float64(c.Loop))
	}
	return first + gone
}

// Seen is how much is seen, at a data time, of what is there from one data time to another, 0 to
// 1: it comes and goes within the fade, a third of its stay at the most.
func (c *Clock) Seen(from, to, at float64) float64 {
	since, left := at-from, to-at
	if c.Speed < 0 { // time runs backwards: what comes comes where it would go
		since, left = left, since
	}
	if since < 0 || left <= 0 {
		return 0
	}
	fade := math.Min(c.Fade.Seconds()*math.Abs(float64(c.Speed)), (to-from)/3)
	if fade <= 0 {
		return 1
	}
	x := math.Min(math.Max(math.Min(since, left)/fade, 0), 1)
	return x * x * (3 - 2*x) // eased at both ends
}

// Span is a length of data time in seconds; in documents also with units: 30d, 1h30m.
type Span float64

var errSpan = errors.New("seconds, or a span such as 30d or 1h30m is allowed")

// UnmarshalText reads seconds or a sum of parts with units.
func (s *Span) UnmarshalText(text []byte) error {
	if v, err := strconv.ParseFloat(strings.TrimSpace(string(text)), 64); err == nil && v-v == 0 {
		*s = Span(v)
		return nil
	}
	t, err := ParseTime(string(text))
	if err != nil {
		return errSpan
	}
	*s = Span(t.Seconds())
	return nil
}

// Seconds is the span's, for its limits.
func (s Span) Seconds() float64 { return float64(s) }

// MarshalScene writes seconds.
func (s Span) MarshalScene() any { return float64(s) }

// SceneSchema describes a span.
func (Span) SceneSchema() *jsonschema.Schema { return Time{}.SceneSchema() }

// DataTime is a moment of the data: seconds; in documents also a date, as seconds since 1970.
type DataTime float64

var errDataTime = errors.New("seconds, or a date such as 2026-06-21 or 2026-06-21T20:40:00Z is allowed")

// UnmarshalText reads seconds or a date.
func (t *DataTime) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(string(text))
	if v, err := strconv.ParseFloat(s, 64); err == nil && v-v == 0 {
		*t = DataTime(v)
		return nil
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", time.DateOnly} {
		if at, err := time.Parse(layout, s); err == nil {
			*t = DataTime(float64(at.UnixMilli()) / 1000)
			return nil
		}
	}
	return errDataTime
}

// MarshalScene writes seconds.
func (t DataTime) MarshalScene() any { return float64(t) }

// SceneSchema describes a moment.
func (DataTime) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "number"}, {Type: "string"}}}
}
