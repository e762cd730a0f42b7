package load

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"path"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// readGTFS reads a feed of public transport (https://gtfs.org/documentation/schedule/reference/):
// its trips as lines with the seconds since midnight at their vertices, its shapes as
// lines, or one of its files as it is.
func readGTFS(ctx context.Context, c *read.Content, src *scene.Source, o Options) (*table.Table, error) {
	file, err := c.OnDisk()
	if err != nil {
		return nil, err
	}
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: damaged zip: %w", c.Name(), err)
	}
	defer z.Close()
	f := &feed{ctx: ctx, name: c.Name(), zip: &z.Reader, src: src, o: o}
	switch src.Table {
	case "", "trips":
		return f.trips()
	case "shapes":
		return f.shapeLines()
	}
	return f.file(strings.TrimSuffix(src.Table, ".txt"), src, true)
}

// feed is the files of a GTFS feed.
type feed struct {
	ctx  context.Context
	name string
	zip  *zip.Reader
	src  *scene.Source
	o    Options
}

// file reads one of the feed's files; one that is wanted must be there.
func (f *feed) file(name string, src *scene.Source, wanted bool) (*table.Table, error) {
	if name == "stops" && src.Columns.Lng == "" {
		own := *src
		own.Columns = scene.Columns{Lng: "stop_lon", Lat: "stop_lat"}
		src = &own
	}
	var names []string
	for _, member := range f.zip.File {
		base, isText := strings.CutSuffix(path.Base(member.Name), ".txt")
		if !isText {
			continue
		}
		if names = append(names, base); base != name {
			continue
		}
		return gathered(src, f.o, func(r *rows) error {
			in, err := member.Open()
			if err != nil {
				return fmt.Errorf("%s: %w", f.name, err)
			}
			defer in.Close()
			return readText(f.ctx, f.name+" ("+member.Name+")", decoded(in, "utf-8"), ',', r)
		})
	}
	if !wanted {
		return &table.Table{}, nil
	}
	return nil, fmt.Errorf("%s: no file %s.txt: it has %s", f.name, name, strings.Join(names, ", "))
}

// raw reads a file for what the feed's files say about each other: ids and dates are text,
// whatever they look like.
func (f *feed) raw(name string, wanted bool) (texts, error) {
	src := &scene.Source{}
	src.SetDefaults()
	src.Kinds = map[string]string{}
	for _, id := range []string{"trip_id", "stop_id", "shape_id", "service_id", "route_id", "date", "start_date", "end_date"} {
		src.Kinds[id] = "text"
	}
	own := *f
	own.o = Options{Report: geo.NewReport()}
	t, err := own.file(name, src, wanted)
	return texts{t}, err
}

// texts reads a table by names of fields that may be missing.
type texts struct{ *table.Table }

func (t texts) text(name string) []string {
	out := make([]string, t.Rows())
	if c := t.Find(name); c != nil {
		for i := range out {
			out[i] = c.Word(i)
		}
	}
	return out
}

func (t texts) numbers(name string) []float64 {
	if c := t.Find(name); c != nil && c.Kind == table.Number {
		return c.Numbers
	}
	out := make([]float64, t.Rows())
	for i := range out {
		out[i] = math.NaN()
	}
	return out
}

// shape is the way of trips, with the metres to its vertices.
type shape struct {
	line  orb.LineString
	along []float64
}

// shapes reads the ways by id.
func (f *feed) shapes() (map[string]*shape, error) {
	t, err := f.raw("shapes", false)
	if err != nil || t.Rows() == 0 {
		return nil, err
	}
	ids, order := t.text("shape_id"), t.numbers("shape_pt_sequence")
	lng, lat := t.numbers("shape_pt_lon"), t.numbers("shape_pt_lat")
	by := map[string][]int{}
	for r, id := range ids {
		if id != "" && math.Abs(lat[r]) <= 90 && math.Abs(lng[r]) <= 180 {
			by[id] = append(by[id], r)
		}
	}
	out := map[string]*shape{}
	for id, rows := range by {
		sort.SliceStable(rows, func(a, b int) bool { return order[rows[a]] < order[rows[b]] })
		s := &shape{}
		for _, r := range rows {
			p := orb.Point{lng[r], lat[r]}
			if n := len(s.line); n > 0 && s.line[n-1] == p {
				continue
			}
			s.line = append(s.line, p)
		}
		if len(s.line) >= 2 {
			s.measure()
			out[id] = s
		}
	}
	return out, nil
}

func (s *shape) measure() {
	s.along = make([]float64, len(s.line))
	for i := 1; i < len(s.line); i++ {
		s.along[i] = s.along[i-1] + apart(s.line[i-1], s.line[i])
	}
}

// apart is the distance of near places in metres.
func apart(a, b orb.Point) float64 {
	cos := math.Cos((a[1] + b[1]) / 2 * math.Pi / 180)
	return 111195 * math.Hypot((b[0]-a[0])*cos, b[1]-a[1])
}

func (f *feed) shapeLines() (*table.Table, error) {
	shapes, err := f.shapes()
	if err != nil {
		return nil, err
	}
	t := &table.Table{Columns: []table.Column{{Name: "shape_id", Kind: table.Text}}}
	for _, id := range slices.Sorted(maps.Keys(shapes)) {
		if _, in := placed(shapes[id].line, f.o.BBox); !in {
			continue
		}
		t.IDs, t.Geometry = append(t.IDs, id), append(t.Geometry, shapes[id].line)
		t.Columns[0].Texts = append(t.Columns[0].Texts, id)
	}
	return t, nil
}

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

// maxStations bounds the vertices of a way times its stops, all of which are compared.
const maxStations = 1 << 24

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

// stations places the stops along the way: each at its nearest place that is not before
// the stop before it, and leaves the nearest of all to those that follow.
func (s *shape) stations(calls []call) []float64 {
	type place struct{ along, off float64 }
	// The best sum of distances over all ways to put the stops in order on the segments
	// (dynamic programming, segment by segment).
	segments := len(s.line) - 1
	cost := make([]float64, segments)
	from := make([][]int32, len(calls))
	places := make([][]place, len(calls))
	for k, c := range calls {
		places[k], from[k] = make([]place, segments), make([]int32, segments)
		best, bestAt := math.Inf(1), int32(0)
		next := make([]float64, segments)
		for i := range segments {
			a, b := s.line[i], s.line[i+1]
			share := nearestShare(c.at, a, b)
			p := orb.Point{a[0] + share*(b[0]-a[0]), a[1] + share*(b[1]-a[1])}
			places[k][i] = place{s.along[i] + share*(s.along[i+1]-s.along[i]), apart(c.at, p)}
			if k > 0 && cost[i] < best {
				best, bestAt = cost[i], int32(i)
			}
			off := places[k][i].off
			next[i] = off * off
			if k > 0 {
				next[i] += best
				from[k][i] = bestAt
			}
		}
		cost = next
	}
	end := 0
	for i := range cost {
		if cost[i] < cost[end] {
			end = i
		}
	}
	out := make([]float64, len(calls))
	for k := len(calls) - 1; k >= 0; k-- {
		out[k] = places[k][end].along
		end = int(from[k][end])
	}
	for k := 1; k < len(out); k++ { // two stops on one segment
		out[k] = math.Max(out[k], out[k-1])
	}
	return out
}

func nearestShare(p, a, b orb.Point) float64 {
	cos := math.Cos(a[1] * math.Pi / 180)
	dx, dy := (b[0]-a[0])*cos, b[1]-a[1]
	l := dx*dx + dy*dy
	if l == 0 {
		return 0
	}
	return math.Max(0, math.Min(1, ((p[0]-a[0])*cos*dx+(p[1]-a[1])*dy)/l))
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

// pass adds the vertices strictly between two places of the way.
func (s *shape) pass(from, to, start, end float64, line *orb.LineString, times *[]float64) {
	i := sort.SearchFloat64s(s.along, from)
	for ; i < len(s.along) && s.along[i] < to; i++ {
		if s.along[i] > from {
			*line = append(*line, s.line[i])
			*times = append(*times, start+(end-start)*(s.along[i]-from)/(to-from))
		}
	}
}

func (s *shape) point(along float64) orb.Point {
	i := min(max(sort.SearchFloat64s(s.along, along), 1), len(s.along)-1)
	a, b := s.line[i-1], s.line[i]
	share := 0.0
	if d := s.along[i] - s.along[i-1]; d > 0 {
		share = (along - s.along[i-1]) / d
	}
	return orb.Point{a[0] + share*(b[0]-a[0]), a[1] + share*(b[1]-a[1])}
}
