package scene

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Rows is what a source of rows has besides its files: where else they come from, how its
// columns are read, and what is made of them before layers draw them.
type Rows struct {
	From     string `json:"from" format:"source" doc:"source whose rows this one starts from, in place of files"`
	Database string `json:"database" example:"$PGURL|postgres://localhost/gis" doc:"PostgreSQL database to read from; $NAME takes the address from the environment"`
	Table    string `json:"table" doc:"table of a database; layer of a GeoPackage, KML, GML or file geodatabase; of a GTFS feed trips (the default), shapes, or one of its files: stops, routes…"`
	SQL      string `json:"sql" doc:"query over the tables of the database, or over this and other sources by their names"`

	Fields    []string          `json:"fields" doc:"names of the columns of a text table without a header, in order"`
	Delimiter string            `json:"delimiter" doc:"mark between the columns of a text table; without it, from the first lines"`
	Encoding  string            `json:"encoding" enum:"utf-8,utf-16,latin1,windows-1252,gbk,shift-jis" doc:"of a text table"`
	Decimal   string            `json:"decimal" enum:"point,comma" doc:"mark before the decimals of a text table"`
	Missing   []string          `json:"missing" doc:"words that mean no value, in place of NA, N/A, NaN, null and \\N; an empty one always does"`
	Kinds     map[string]string `json:"kinds" enum:"number,text,boolean,time,list" doc:"what columns hold, where their values do not show it; a value that is none of it is missing, and counted"`
	Units     map[string]Unit   `json:"units" example:"{speed: kn, height: ft}" doc:"units of columns, which are converted to m, m/s, °C, degrees, s, hPa or m², or to another: kn to km/h"`
	Time      Timing            `json:"time" doc:"how times are written"`
	Date      string            `json:"date" example:"2009-03-03" doc:"day of the trips of a GTFS feed; without it, all that it has"`

	Refresh Time   `json:"refresh" max:"86400" unit:"s" doc:"how often its rows are read again while the scene is played live, on a wall or in a stream; a path may then be an http or https address, too. 0 never does: pictures and videos read it once, at the start"`
	Key     string `json:"key" doc:"field that names a row: values that a refresh changes glide from those of the row of the same name; without it the field id, or else rows' own ids"`

	Transform []Step `json:"transform" doc:"what is made of the rows, in order"`
}

// Timing tells how the times of a source are written. ISO 8601 with a time of day is
// recognised without it.
type Timing struct {
	Columns []string `json:"columns" doc:"columns that hold times"`
	Zone    string   `json:"zone" example:"Europe/Lisbon" doc:"zone of times that name none; UTC without it"`
	Unit    string   `json:"unit" enum:"s,ms,us,ns,min,h,d" doc:"of times that are numbers since 1970"`
	Layout  string   `json:"layout" example:"02/01/2006 15:04" doc:"of times that are not ISO 8601: how 2 January 2006, 15:04:05 is written"`
}

// CheckScene refuses zones that there are not.
func (t *Timing) CheckScene(fail func(field, found, allowed string)) {
	if _, err := time.LoadLocation(t.Zone); err != nil || t.Zone == "Local" { // that is the machine's
		fail("zone", fmt.Sprintf("%q", shorten(t.Zone)), "a zone of the IANA list such as Europe/Lisbon is allowed")
	}
}

// Tick is the length of the unit in seconds; 0 where none is said.
func (t *Timing) Tick() float64 {
	return map[string]float64{"s": 1, "ms": 1e-3, "us": 1e-6, "ns": 1e-9, "min": 60, "h": 3600, "d": 86400}[t.Unit]
}

// Plain tells that nothing but files is said: no columns, no query, no transform.
func (r *Rows) Plain() bool {
	return r.From == "" && r.Database == "" && r.Table == "" && r.SQL == "" && len(r.Fields) == 0 && r.Delimiter == "" &&
		r.Encoding != "utf-16" && r.Decimal != "comma" && r.Missing == nil && len(r.Kinds) == 0 && len(r.Units) == 0 && len(r.Time.Columns) == 0 &&
		r.Time.Zone == "" && r.Time.Unit == "" && r.Time.Layout == "" && r.Date == "" && len(r.Transform) == 0
}

// check refuses what does not go together.
func (r *Rows) check(paths Paths, fail func(field, found, allowed string)) {
	switch {
	case paths == nil && r.From == "" && r.Database == "" && r.SQL == "":
		fail("path", "nothing", "path, from, database or sql is allowed: where the data comes from")
	case len(paths) > 0 && r.From != "":
		fail("from", fmt.Sprintf("%q", shorten(r.From)), "either path or from is allowed")
	case r.Database != "" && (len(paths) > 0 || r.From != ""):
		fail("database", "an address", "without path and from it is allowed") // which may hold a password
	case r.Database != "" && (r.Table == "") == (r.SQL == ""):
		fail("database", "an address", "with either table or sql it is allowed")
	}
	if (r.Refresh != Time{}) && r.Refresh.Before(leastRefresh) {
		fail("refresh", r.Refresh.String(), "0.1s and more, or 0 is allowed")
	}
	if asks := sqlTokens(r.SQL); r.SQL != "" && (len(asks) == 0 || !begins(asks[0], r.Database != "")) {
		fail("sql", fmt.Sprintf("%q", shorten(r.SQL)), "a query that begins with SELECT, WITH or VALUES, of a database also TABLE, is allowed: sources are only read")
	}
	if n := len([]rune(r.Delimiter)); n > 1 || strings.ContainsAny(r.Delimiter, "\"\r\n") {
		fail("delimiter", fmt.Sprintf("%q", shorten(r.Delimiter)), "one character is allowed")
	}
	if _, err := time.Parse(time.DateOnly, r.Date); r.Date != "" && err != nil {
		fail("date", fmt.Sprintf("%q", shorten(r.Date)), "a day such as 2009-03-03 is allowed")
	}
}

// leastRefresh is the shortest time between two readings of a source.
var leastRefresh = Fraction(1, 10)

// Refresh is how often the rows of a source are read again while it is played live: the shortest
// that is said of it, of what it is made of and of the layers that draw it; 0 is never.
func (d *Document) Refresh(name string) Time {
	var out Time
	take := func(t Time) {
		if (t != Time{}) && (out == Time{} || t.Before(out)) {
			out = t
		}
	}
	for _, n := range d.Using([]string{name}) {
		s := d.Sources[n]
		take(s.Refresh)
	}
	for i := range d.Layers {
		if l := &d.Layers[i]; l.Source == name && !l.Template {
			take(l.Refresh)
		}
	}
	return out
}

// Needs lists the sources that a source is made of, besides its files. A query names them
// as its tables.
func (d *Document) Needs(name string) []string {
	s := d.Sources[name]
	var out []string
	add := func(n string) {
		if _, ok := d.Sources[n]; ok && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	add(s.From)
	if s.SQL != "" && s.Database == "" {
		for _, table := range queried(s.SQL) {
			if n := d.named(table); n != name { // its own rows, from its files
				add(n)
			}
		}
	}
	for i := range s.Transform {
		if j := s.Transform[i].Join; j != nil {
			add(j.With)
		}
		if g := s.Transform[i].Geofence; g != nil {
			add(g.Areas)
		}
	}
	return out
}

// named is the source that a query calls by a name, whose case does not count.
func (d *Document) named(table string) string {
	if _, ok := d.Sources[table]; ok {
		return table
	}
	for _, n := range slices.Sorted(maps.Keys(d.Sources)) {
		if strings.EqualFold(n, table) {
			return n
		}
	}
	return ""
}

// madeOf checks that sources name others that there are, and are not made of themselves.
func (d *decoder) madeOf(doc *Document, root *node, sources []string) {
	for _, name := range sources {
		s := doc.Sources[name]
		at, path := root.child("sources", name), join("sources", name)
		known := func(n *node, path, ref string) {
			if ref != "" && !contains(sources, ref) {
				d.fail(n, path, fmt.Sprintf("found %q; the name of a source is allowed: %s%s", shorten(ref), choices(sources), didYouMean(ref, sources)))
			}
		}
		known(at.child("from"), path+".from", s.From)
		for i := range s.Transform {
			if j := s.Transform[i].Join; j != nil {
				known(at.child("transform", i, "join", "with"), fmt.Sprintf("%s.transform[%d].join.with", path, i), j.With)
			}
			if g := s.Transform[i].Geofence; g != nil {
				known(at.child("transform", i, "geofence", "areas"), fmt.Sprintf("%s.transform[%d].geofence.areas", path, i), g.Areas)
			}
		}
		if ring := doc.ring(name, nil); ring != nil && ring[0] == name {
			d.fail(at, path, "sources are made of each other in a circle: "+strings.Join(ring, " → "))
		}
	}
}

// ring is the way from a source back to itself, or nil.
func (d *Document) ring(name string, way []string) []string {
	if i := slices.Index(way, name); i >= 0 {
		return append(slices.Clone(way[i:]), name)
	}
	if len(way) > len(d.Sources) {
		return nil
	}
	for _, n := range d.Needs(name) {
		if r := d.ring(n, append(slices.Clone(way), name)); r != nil {
			return r
		}
	}
	return nil
}

// Using lists the sources with all that they are made of, sorted.
func (d *Document) Using(names []string) []string {
	out := slices.Clone(names)
	for i := 0; i < len(out); i++ {
		for _, n := range d.Needs(out[i]) {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
