package load

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// values gathers the values of a database's rows into columns.
type values struct {
	names   []string
	columns []anyColumn
	rows    int
	held    int64 // about so many bytes
	most    int64
}

// anyColumn holds what came: numbers while all are numbers, then words.
type anyColumn struct {
	numbers  []float64
	words    []string
	kind     table.Kind // of the numbers
	known    bool
	mixed    bool
	geometry []orb.Geometry
}

// newValues begins without rows.
func newValues(names []string, o Options) *values {
	names = unique(names)
	v := &values{names: names, columns: make([]anyColumn, len(names)), most: o.Memory}
	if v.most == 0 {
		v.most = 4 << 30
	}
	return v
}

// eachRow is what a row holds besides its values: its id and its place.
const eachRow = 48

// add adds a row. It refuses one that does not fit: a query may have no end.
func (v *values) add(row []any) error {
	v.held += eachRow
	for i := range v.columns {
		v.held += sizeOf(row[i])
		v.columns[i].add(row[i], v.rows)
	}
	if v.rows++; v.held > v.most {
		return fmt.Errorf("the rows hold more than %.4g MB, of which there is room for %d of them: "+
			"ask for fewer columns or rows (where, group by, limit), or allow more with --max-memory", float64(v.most)/1e6, v.rows-1)
	}
	return nil
}

// sizeOf is about what a value takes in a column.
func sizeOf(value any) int64 {
	switch x := value.(type) {
	case string:
		return 16 + int64(len(x))
	case []byte:
		return 16 + int64(len(x))
	case nil, int64, float64, int32, int16, float32, bool, time.Time:
		return 8
	}
	return 64
}

func (c *anyColumn) add(value any, row int) {
	number, kind, word := math.NaN(), table.Number, ""
	switch x := value.(type) {
	case nil:
	case int64:
		if word = rounded(x); word == "" {
			number = float64(x)
		}
	case float64:
		number = x
	case int32:
		number = float64(x)
	case int16:
		number = float64(x)
	case float32:
		number = float64(x)
	case bool:
		kind, number = table.Bool, 0
		if x {
			number = 1
		}
	case time.Time:
		kind, number = table.Time, float64(x.UnixMicro())/1e6
	case []byte:
		if g := geometryOf(x); g != nil {
			c.place(g, row)
			return
		}
		word = string(x)
	case string:
		if g := hexGeometry(x); g != nil {
			c.place(g, row)
			return
		}
		word = x
	case [16]byte:
		word = fmt.Sprintf("%x-%x-%x-%x-%x", x[:4], x[4:6], x[6:8], x[8:10], x[10:])
	case fmt.Stringer:
		word = x.String()
	default:
		if b, err := json.Marshal(x); err == nil {
			word = string(b)
		}
	}
	if math.IsInf(number, 0) { // nothing is drawn there
		number = math.NaN()
	}
	if word != "" || number == number && c.known && c.kind != kind {
		c.mix()
	}
	if number == number && !c.known {
		c.kind, c.known = kind, true
	}
	if c.mixed {
		if number == number {
			word = (&table.Column{Kind: kind, Numbers: []float64{number}}).Word(0)
		}
		c.words = append(c.words, word)
		return
	}
	c.numbers = append(c.numbers, number)
}

// exact is the number up to which float64 holds all whole ones.
const exact = 1 << 53

// rounded is a whole number in digits where a float64 would be another one, else "".
func rounded(x int64) string {
	if x >= -exact && x <= exact {
		return ""
	}
	digits := strconv.FormatInt(x, 10)
	if !table.Rounds(digits) {
		return ""
	}
	return digits
}

// mix turns the numbers so far into words.
func (c *anyColumn) mix() {
	if c.mixed {
		return
	}
	c.mixed = true
	old := table.Column{Kind: c.kind, Numbers: c.numbers}
	for i := range c.numbers {
		c.words = append(c.words, old.Word(i))
	}
	c.numbers = nil
}

func (c *anyColumn) place(g orb.Geometry, row int) {
	for len(c.geometry) < row {
		c.geometry = append(c.geometry, nil)
	}
	c.geometry = append(c.geometry, g)
	if c.mixed {
		c.words = append(c.words, "")
	} else {
		c.numbers = append(c.numbers, math.NaN())
	}
}

// geometryOf reads WKB, EWKB or the blob of a GeoPackage (OGC 12-128r18, 2.1.3); nil where
// it is none.
func geometryOf(b []byte) orb.Geometry {
	if len(b) > 8 && b[0] == 'G' && b[1] == 'P' {
		size := 8 + [8]int{0, 32, 48, 48, 64}[b[3]>>1&7]
		if size > len(b) {
			return nil
		}
		b = b[size:]
	}
	g, srid := read.WKB(b)
	if srid != 0 && srid != 4326 && srid != 4979 {
		return nil
	}
	return g
}

// hexGeometry reads WKB or EWKB as PostGIS writes it in text. Other words of a query, which may
// be any, are not asked.
func hexGeometry(s string) orb.Geometry {
	if len(s) < 42 || s[0] != '0' || s[1] > '1' {
		return nil
	}
	return read.TextGeometry(s)
}

// table ends the columns: words get the kind that follows from them.
func (v *values) table(src *scene.Source, o Options) (*table.Table, error) {
	t := &table.Table{IDs: make([]string, v.rows)}
	for i := range t.IDs {
		t.IDs[i] = "row " + strconv.Itoa(i+1)
	}
	zoneless := 0
	for i := range v.columns {
		c := &v.columns[i]
		if c.geometry != nil && t.Geometry == nil {
			t.Geometry = append(c.geometry, make([]orb.Geometry, v.rows-len(c.geometry))...)
			continue
		}
		if !c.mixed {
			t.Columns = append(t.Columns, table.Column{Name: v.names[i], Kind: c.kind, Numbers: c.numbers})
			continue
		}
		column, lost := ofWords(v.names[i], c.words, t.IDs, src, o)
		zoneless += lost
		t.Columns = append(t.Columns, column)
	}
	if zoneless > 0 {
		o.Report.Merge(geo.Summary{Notes: map[string]int{"time without a zone taken as UTC": zoneless}})
	}
	t.Sort()
	return locate(t, src, o)
}

// ofWords makes a column of words.
func ofWords(name string, words, ids []string, src *scene.Source, o Options) (c table.Column, zoneless int) {
	like, known := declared(src, name)
	w := table.Guess(name, like)
	if known {
		w = table.NewWords(name, &like)
	}
	for i, s := range words {
		if !w.Add(s, ids[i]) {
			o.Report.Skip(ids[i], wrong(name, like.Kind))
		}
	}
	odd, rounds := w.Odd(), w.Rounds()
	if w.Mixed() {
		like.Kind = table.Text
		w = table.NewWords(name, &like)
		for i, s := range words {
			w.Add(s, ids[i])
		}
	}
	c = w.Column()
	c.Odd = odd
	if rounds {
		keptWhole(&c, o)
	}
	return c, w.Zoneless()
}
