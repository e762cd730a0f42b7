package scene

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/invopop/jsonschema"
)

// Step is one step of a transform: exactly one of its members is given. It knows where
// it was written.
type Step struct {
	Filter    *Formula           `json:"filter" doc:"keeps the rows for which it is true"`
	Derive    map[string]Formula `json:"derive" doc:"new fields, or new values of fields, each from those before the step"`
	Select    []string           `json:"select" doc:"fields to keep"`
	Drop      []string           `json:"drop" doc:"fields to leave out"`
	Rename    map[string]string  `json:"rename" doc:"new names by old"`
	Sort      Paths              `json:"sort" doc:"fields to sort by, in order; - before one sorts downwards"`
	Limit     *int               `json:"limit" min:"0" doc:"most rows to keep, from the first"`
	Join      *Join              `json:"join" doc:"fields of another source, by keys"`
	Aggregate *Aggregate         `json:"aggregate" doc:"one row for each group"`
	Window    *Window            `json:"window" doc:"rows of a span of time"`
	Place     *Position          `json:"place" doc:"positions from fields"`
	Lines     *Lines             `json:"lines" doc:"one line for each group of points, in the order of a field"`
	Explode   *Explode           `json:"explode" doc:"a row for each vertex, or for each number of a list"`
	Simplify  *float64           `json:"simplify" above:"0" unit:"m" doc:"lines and areas without the vertices that move them less than this (Douglas and Peucker 1973)"`
	Resample  *Resample          `json:"resample" doc:"lines with vertices at even distances or times"`
	Geofence  *Geofence          `json:"geofence" doc:"a row for each stay of what moves in an area, with when it enters and leaves"`

	Bin         *Bin         `json:"bin" doc:"one area for each cell of a grid that holds points"`
	Cluster     *Cluster     `json:"cluster" doc:"one point for each group of near points, as at a zoom of a web map"`
	Density     *Density     `json:"density" doc:"how many points there are per km², as a surface (kernel density estimation)"`
	Interpolate *Interpolate `json:"interpolate" doc:"a field's value between the points that have it, as a surface"`

	at Error
}

// Join adds fields of another source to the rows whose keys agree.
type Join struct {
	With   string            `json:"with" required:"true" format:"source" doc:"the other source"`
	On     map[string]string `json:"on" required:"true" doc:"its keys by ours: fields that must be equal"`
	Prefix string            `json:"prefix" doc:"put before the names of its fields"`
	Select map[string]string `json:"select" doc:"its fields by their new names; without it, all but the keys"`
	Keep   string            `json:"keep" enum:"matched,all" doc:"rows without a partner: left out and counted, or kept without values"`
	Place  bool              `json:"place" doc:"rows take its place or shape"`
}

// SetDefaults fills the defaults.
func (j *Join) SetDefaults() { j.Keep = "matched" }

// Aggregate makes one row of each group: its keys, and numbers about its rows.
type Aggregate struct {
	By     []string           `json:"by" doc:"fields whose values make a group; without it, all rows are one"`
	Values map[string]Measure `json:"values" doc:"new fields: count, or sum, mean, min, max, median, first, last or distinct of a field, as mean(speed); q10(speed) is the 10th percentile"`
	Place  string             `json:"place" enum:"mean,first,none" doc:"where the group stands: in the middle of its rows, at the first, nowhere"`
}

// SetDefaults fills the defaults.
func (a *Aggregate) SetDefaults() { a.Place = "mean" }

// Window keeps the rows of a span of time. Its ends are times of ISO 8601.
type Window struct {
	Field string `json:"field" required:"true" doc:"field that holds a time"`
	From  string `json:"from" example:"2020-04-14T06:00Z" doc:"first moment; without it, no limit"`
	To    string `json:"to" doc:"the moment after the last"`
}

// Position makes points of two fields, or lines of four.
type Position struct {
	Lng  string `json:"lng" required:"true" doc:"field of the longitude"`
	Lat  string `json:"lat" required:"true" doc:"field of the latitude"`
	Lng2 string `json:"lng2" doc:"field of the longitude of the other end"`
	Lat2 string `json:"lat2" doc:"field of the latitude of the other end"`
}

// Lines makes a line of each group of points.
type Lines struct {
	By         []string `json:"by" doc:"fields whose values make a line; without it, all points are one"`
	Order      string   `json:"order" doc:"field that orders the points; without it, as they come"`
	Timestamps string   `json:"timestamps" doc:"name of the list of times at the vertices, in seconds, for the layer trip"`
	Since      string   `json:"since" enum:"all,line,1970" doc:"what the seconds count from: the first time of all lines, of each line, or 1970"`
	Lists      []string `json:"lists" doc:"number fields of which the line keeps the values at its vertices; others keep the first row's"`
	Gap        float64  `json:"gap" min:"0" unit:"s" doc:"a line ends where the next point is later than this; 0 never"`
}

// SetDefaults fills the defaults.
func (l *Lines) SetDefaults() { l.Timestamps, l.Since = "timestamps", "all" }

// Explode makes several rows of one.
type Explode struct {
	Vertices bool     `json:"vertices" doc:"a row for each vertex of the row's line"`
	Segments bool     `json:"segments" doc:"a row for each segment of the row's line"`
	Lists    []string `json:"lists" doc:"lists of which each row takes one number; alone, as many rows as the list has numbers"`
}

// Resample puts vertices at even distances.
type Resample struct {
	Metres     float64 `json:"metres" min:"0" unit:"m" doc:"distance between vertices"`
	Seconds    float64 `json:"seconds" min:"0" unit:"s" doc:"time between vertices, in place of a distance"`
	Timestamps string  `json:"timestamps" doc:"list of times at the vertices, in seconds"`
}

// SetDefaults fills the defaults.
func (r *Resample) SetDefaults() { r.Timestamps = "timestamps" }

// CheckScene wants one of the two.
func (r *Resample) CheckScene(fail func(field, found, allowed string)) {
	if (r.Metres > 0) == (r.Seconds > 0) {
		fail("metres", fmt.Sprintf("%g m and %g s", r.Metres, r.Seconds), "one of metres and seconds above 0 is allowed")
	}
}

// Geofence tests ways with times against areas. Its rows have the fields of the way and entered,
// left and stay (seconds), and tell by enters and leaves whether the way crossed the border then, or
// begins or ends inside.
type Geofence struct {
	Areas      string            `json:"areas" required:"true" format:"source" doc:"source of the areas"`
	Timestamps string            `json:"timestamps" doc:"list of times at the vertices of a way, in seconds"`
	Dates      bool              `json:"dates" doc:"the times count from 1970: entered and left are dates"`
	Select     map[string]string `json:"select" doc:"fields of the area by their new names; without it, its id as area"`
	Place      string            `json:"place" enum:"way,area,entry,exit" doc:"shape of a row: the part of the way inside, the area, or where the way enters or leaves it"`
}

// SetDefaults fills the defaults.
func (g *Geofence) SetDefaults() { g.Timestamps, g.Place = "timestamps", "way" }

// stepFields is a step without its methods, so that it reads as a plain struct.
type stepFields Step

// UnmarshalScene reads a step.
func (s *Step) UnmarshalScene(v *Value) {
	if v.Kind() != Map || len(v.n.keys) != 1 {
		v.Reject("one step is allowed, such as {filter: speed > 10}: " + choices(stepNames()))
		return
	}
	var p stepFields
	if v.Decode(&p) {
		*s = Step(p)
		s.at = v.place()
		s.at.Path = join(v.path, v.n.keys[0].name)
	}
}

// MarshalScene writes the member that is given.
func (s Step) MarshalScene() any { return stepFields(s) }

// SceneSchema describes a step.
func (Step) SceneSchema() *jsonschema.Schema {
	one := uint64(1)
	out := structSchema(stepFields{}, nil)
	out.MinProperties, out.MaxProperties = &one, &one
	return out
}

// Fail is an error of the step where it stands in the document.
func (s *Step) Fail(err error) error {
	e := s.at
	e.Message = err.Error()
	return e
}

var stepType = reflect.TypeFor[stepFields]()

func stepNames() (names []string) {
	for _, f := range fieldsOf(stepType) {
		names = append(names, f.name)
	}
	return names
}

// Measure is a number about the rows of a group: what, and of which field.
type Measure struct {
	What  string // count, sum, mean, min, max, median, quantile, first, last, distinct
	Field string
	Share float64 // of a quantile
}

var measures = []string{"count", "sum", "mean", "min", "max", "median", "first", "last", "distinct"}

// UnmarshalScene reads count, or what(field).
func (m *Measure) UnmarshalScene(v *Value) {
	what, field, ok := strings.Cut(strings.TrimSuffix(v.Text(), ")"), "(")
	m.What, m.Field = what, strings.TrimSpace(field)
	share, ranked := strings.CutPrefix(what, "q")
	if percent, err := strconv.ParseFloat(share, 64); ranked && err == nil && percent >= 0 && percent <= 100 {
		m.What, m.Share = "quantile", percent/100
	}
	known := m.What == "quantile" || slices.Contains(measures, m.What)
	if v.Kind() != Text || !known || (m.Field == "") != (m.What == "count" && !ok) || ok && !strings.HasSuffix(v.Text(), ")") {
		v.Reject("count, or one of " + strings.Join(measures[1:], ", ") + " or q10 with a field, as mean(speed), is allowed")
	}
}

// MarshalScene writes it back.
func (m Measure) MarshalScene() any {
	switch {
	case m.What == "quantile":
		return fmt.Sprintf("q%.12g(%s)", m.Share*100, m.Field)
	case m.Field == "":
		return m.What
	}
	return m.What + "(" + m.Field + ")"
}

// SceneSchema describes a measure.
func (Measure) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Examples: []any{"count", "mean(speed)", "q90(speed)"}}
}
