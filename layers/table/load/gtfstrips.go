package load

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/table"
)

// call is a stop of a trip; times are seconds since midnight, NaN where the feed leaves
// them to be interpolated.
type call struct {
	order          float64
	arrive, depart float64
	stop           string
	at             orb.Point
	named          bool // the stop has a place
}

// trips reads the trips of the source's date, or all.
func (f *feed) trips() (*table.Table, error) {
	trips, err := f.raw("trips", true)
	if err != nil {
		return nil, err
	}
	runs, err := f.services()
	if err != nil {
		return nil, err
	}
	calls, err := f.calls()
	if err != nil {
		return nil, err
	}
	shapes, err := f.shapes()
	if err != nil {
		return nil, err
	}
	out := &table.Table{}
	ids, services, ways := trips.text("trip_id"), trips.text("service_id"), trips.text("shape_id")
	stamps := table.Column{Name: "timestamps", Kind: table.List}
	known := map[string][]float64{} // where the stops of a pattern lie on its way
	var rows []int
	ran := runs == nil
	for r, id := range ids {
		if runs != nil && !runs[services[r]] {
			continue
		}
		ran = true
		line, times, why := timetable(calls[id], shapes[ways[r]], ways[r], known)
		if why != "" {
			f.o.Report.Skip("trip "+id, why)
			continue
		}
		if _, in := placed(line, f.o.BBox); !in {
			continue
		}
		rows = append(rows, r)
		out.IDs, out.Geometry = append(out.IDs, "trip "+id), append(out.Geometry, line)
		stamps.Lists = append(stamps.Lists, times)
	}
	if !ran {
		return nil, fmt.Errorf("%s: no trip on %s", f.name, f.src.Date)
	}
	routes, err := f.raw("routes", false)
	if err != nil {
		return nil, err
	}
	for _, c := range trips.Columns {
		out.Columns = append(out.Columns, c.Pick(rows))
	}
	out.Columns = append(out.Columns, stamps)
	return out, f.addRoutes(out, routes)
}

// addRoutes adds what the feed says about the trips' routes.
func (f *feed) addRoutes(out *table.Table, routes texts) error {
	at := map[string]int{}
	for i, id := range routes.text("route_id") {
		at[id] = i
	}
	rows := make([]int, out.Rows())
	for i, id := range (texts{out}).text("route_id") {
		rows[i] = -1
		if r, ok := at[id]; ok {
			rows[i] = r
		}
	}
	for _, c := range routes.Columns {
		if out.Find(c.Name) == nil {
			out.Columns = append(out.Columns, c.Pick(rows))
		}
	}
	out.Sort()
	return nil
}

// services are those that run on the source's date; nil takes all.
func (f *feed) services() (map[string]bool, error) {
	if f.src.Date == "" {
		return nil, nil
	}
	day, err := time.Parse(time.DateOnly, f.src.Date)
	if err != nil {
		return nil, err
	}
	date, runs := day.Format("20060102"), map[string]bool{}
	calendar, err := f.raw("calendar", false)
	if err != nil {
		return nil, err
	}
	from, to := calendar.text("start_date"), calendar.text("end_date")
	on := calendar.text(strings.ToLower(day.Weekday().String()))
	for i, id := range calendar.text("service_id") {
		if on[i] == "1" && from[i] <= date && date <= to[i] {
			runs[id] = true
		}
	}
	exceptions, err := f.raw("calendar_dates", false)
	if err != nil {
		return nil, err
	}
	when, what := exceptions.text("date"), exceptions.text("exception_type")
	for i, id := range exceptions.text("service_id") {
		if when[i] == date {
			runs[id] = what[i] == "1"
		}
	}
	return runs, nil
}

// calls reads the stops of all trips in their order.
func (f *feed) calls() (map[string][]call, error) {
	stops, err := f.raw("stops", true)
	if err != nil {
		return nil, err
	}
	at := map[string]orb.Point{}
	for i, id := range stops.text("stop_id") {
		if p, ok := stops.Geometry[i].(orb.Point); ok {
			at[id] = p
		}
	}
	times, err := f.raw("stop_times", true)
	if err != nil {
		return nil, err
	}
	out := map[string][]call{}
	order, stop := times.numbers("stop_sequence"), times.text("stop_id")
	arrive, depart := times.text("arrival_time"), times.text("departure_time")
	for i, id := range times.text("trip_id") {
		c := call{stop: stop[i], order: order[i], arrive: clockTime(arrive[i]), depart: clockTime(depart[i])}
		if c.at, c.named = at[stop[i]]; math.IsNaN(c.arrive) {
			c.arrive = c.depart
		}
		if math.IsNaN(c.depart) {
			c.depart = c.arrive
		}
		out[id] = append(out[id], c)
	}
	for _, l := range out {
		sort.SliceStable(l, func(a, b int) bool { return l[a].order < l[b].order })
	}
	return out, nil
}

// clockTime reads H:MM:SS, which may pass 24 hours, as seconds.
func clockTime(s string) float64 {
	var h, m, sec int
	if n, err := fmt.Sscanf(strings.TrimSpace(s), "%d:%d:%d", &h, &m, &sec); n < 3 || err != nil && !errors.Is(err, io.EOF) {
		return math.NaN()
	}
	return float64(h*3600 + m*60 + sec)
}

// timetable is the way of a trip with the seconds at its vertices: the part of its shape from
// its first stop to its last, or straight from stop to stop.
func timetable(calls []call, way *shape, name string, known map[string][]float64) (line orb.LineString, times []float64, why string) {
	calls = slices.DeleteFunc(slices.Clone(calls), func(c call) bool { return !c.named })
	switch {
	case len(calls) < 2:
		return nil, nil, "fewer than two stops with a place"
	case math.IsNaN(calls[0].depart) || math.IsNaN(calls[len(calls)-1].arrive):
		return nil, nil, "no time at the first or last stop"
	}
	if way != nil && len(way.line)*len(calls) > maxStations {
		return nil, nil, "a shape with too many vertices for its stops"
	}
	pattern := name
	for _, c := range calls {
		pattern += "\x00" + c.stop
	}
	if way == nil {
		way = &shape{}
		for _, c := range calls {
			way.line = append(way.line, c.at)
		}
		way.measure()
	}
	at := known[pattern]
	if at == nil {
		at = way.stations(calls)
		known[pattern] = at
	}
	timed(calls, at)
	for k, c := range calls {
		if k > 0 && c.arrive < calls[k-1].depart {
			return nil, nil, "times that go back"
		}
		if k > 0 {
			way.pass(at[k-1], at[k], calls[k-1].depart, c.arrive, &line, &times)
		}
		p := way.point(at[k])
		line, times = append(line, p), append(times, c.arrive)
		if c.depart > c.arrive && k+1 < len(calls) {
			line, times = append(line, p), append(times, c.depart)
		}
	}
	return line, times, ""
}

// timed gives stops without times those at an even speed between their neighbours.
func timed(calls []call, at []float64) {
	last := 0
	for k := 1; k < len(calls); k++ {
		if math.IsNaN(calls[k].arrive) {
			continue
		}
		for i := last + 1; i < k; i++ {
			share := float64(i-last) / float64(k-last)
			if way := at[k] - at[last]; way > 0 {
				share = (at[i] - at[last]) / way
			}
			calls[i].arrive = calls[last].depart + share*(calls[k].arrive-calls[last].depart)
			calls[i].depart = calls[i].arrive
		}
		last = k
	}
}
