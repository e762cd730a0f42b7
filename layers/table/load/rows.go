package load

import (
	"errors"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// rows gathers the words of a text into columns.
type rows struct {
	src      *scene.Source
	o        Options
	text     map[string]odd // columns known to hold text, with the word that told it
	ids      []string
	geometry []orb.Geometry
	columns  []*table.Words
	names    []string
	at       map[string]int
	skipped  []skip
	wrong    []skip
}

// odd is a word that made its column text.
type odd struct {
	word   string
	rounds bool // for it is a whole number that a float64 would round
}

type skip struct{ row, reason string }

// errMixed asks to read again.
var errMixed = errors.New("a column holds text")

// errEnough ends reading.
var errEnough = errors.New("enough rows")

// early is the row up to which reading begins again at once where a column turns out to
// hold text; later the rest is read first, for there may be more of them.
const early = 10000

// gathered reads rows, twice or more where columns turn out to hold text that seemed to
// hold something else.
func gathered(src *scene.Source, o Options, read func(*rows) error) (*table.Table, error) {
	text := map[string]odd{}
	for {
		r := &rows{src: src, o: o, text: text, at: map[string]int{}}
		err := read(r)
		if err != nil && !errors.Is(err, errMixed) && !errors.Is(err, errEnough) {
			return nil, err
		}
		again := false
		for i, w := range r.columns {
			if w.Mixed() {
				text[r.names[i]], again = odd{w.Odd(), w.Rounds()}, true
			}
		}
		if !again {
			return r.table(), nil
		}
	}
}

// column is the number of the column with a name.
func (r *rows) column(name string) int {
	if i, ok := r.at[name]; ok {
		return i
	}
	like, known := declared(r.src, name)
	if _, ok := r.text[name]; ok && !known {
		like.Kind, known = table.Text, true
	}
	w := table.Guess(name, like)
	if known {
		w = table.NewWords(name, &like)
	}
	w.Pass(len(r.ids))
	r.at[name] = len(r.columns)
	r.columns, r.names = append(r.columns, w), append(r.names, name)
	return r.at[name]
}

// add adds a word to the row that is being read.
func (r *rows) add(column int, word, id string) {
	w := r.columns[column]
	if w.Len() > len(r.ids) {
		return // a name that the row has twice
	}
	if !w.Add(word, id) {
		r.wrong = append(r.wrong, skip{id, wrong(r.names[column], w.Kind())})
	}
}

// end ends a row.
func (r *rows) end(id string, g orb.Geometry) error {
	r.ids, r.geometry = append(r.ids, id), append(r.geometry, g)
	mixed := false
	for _, w := range r.columns {
		w.Pass(len(r.ids) - w.Len())
		mixed = mixed || w.Mixed()
	}
	if mixed && len(r.ids) <= early {
		return errMixed
	}
	if len(r.ids) == r.o.Most {
		return errEnough
	}
	return nil
}

// place tells whether a row at this place is taken.
func (r *rows) place(id string, g orb.Geometry) bool {
	reason, in := placed(g, r.o.BBox)
	if reason != "" {
		r.skipped = append(r.skipped, skip{id, reason})
	}
	return in
}

// placed tells whether a geometry is on Earth and touches the box.
func placed(g orb.Geometry, box *geo.Bound) (reason string, in bool) {
	if g == nil {
		return "", true
	}
	b := g.Bound()
	if !(b.Min[0] >= -360 && b.Max[0] <= 360 && b.Min[1] >= -90 && b.Max[1] <= 90) {
		return reasonRange, false
	}
	if box == nil {
		return "", true
	}
	if b.Max[1] < box.South || b.Min[1] > box.North {
		return "", false
	}
	if box.West <= box.East {
		return "", b.Max[0] >= box.West && b.Min[0] <= box.East
	}
	return "", b.Max[0] >= box.West || b.Min[0] <= box.East
}

// table ends the columns and tells what was left out.
func (r *rows) table() *table.Table {
	t := &table.Table{IDs: r.ids, Geometry: r.geometry}
	zoneless := 0
	for i, w := range r.columns {
		c := w.Column()
		c.Odd = r.text[r.names[i]].word
		if r.text[r.names[i]].rounds {
			keptWhole(&c, r.o)
		}
		t.Columns = append(t.Columns, c)
		zoneless += w.Zoneless()
	}
	t.Sort()
	for _, s := range append(r.skipped, r.wrong...) {
		r.o.Report.Skip(s.row, s.reason)
	}
	if zoneless > 0 {
		r.o.Report.Merge(geo.Summary{Notes: map[string]int{"time without a zone taken as UTC": zoneless}})
	}
	return t
}

// keptWhole tells that a column of whole numbers is text.
func keptWhole(c *table.Column, o Options) {
	n := 0
	for _, s := range c.Texts {
		if table.Rounds(s) {
			n++
		}
	}
	o.Report.Merge(geo.Summary{Notes: map[string]int{"field " + c.Name + ": whole numbers that a number would round: the field is text": n}})
}

// unique gives every column a name of its own.
func unique(names []string) []string {
	out := slices.Clone(names)
	seen := map[string]bool{}
	for i, n := range out {
		if n == "" {
			n = "column " + itoa(i+1)
		}
		for k := 2; seen[n]; k++ {
			n = out[i] + " " + itoa(k)
		}
		out[i], seen[n] = n, true
	}
	return out
}

// inZone is the moment at which the clocks of a zone show what a time without one says.
func inZone(t time.Time, zone *time.Location) time.Time {
	if zone == nil {
		return t
	}
	t = t.UTC()
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)
}

func zone(src *scene.Source) *time.Location {
	if src.Time.Zone == "" {
		return nil
	}
	z, err := time.LoadLocation(src.Time.Zone)
	if err != nil {
		return nil // the document was checked for it
	}
	return z
}
