package table

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// Kind is what a column holds.
type Kind uint8

// The kinds of column.
const (
	Number Kind = iota
	Text
	List
	Bool
	Time
)

// Column is one field of all rows. The slice of its kind has one entry a row.
type Column struct {
	Name string
	Kind Kind
	// Numbers are numbers, 0 and 1 for false and true, or seconds since 1970 UTC; NaN =
	// missing.
	Numbers []float64
	Texts   []string    // "" = missing
	Lists   [][]float64 // nil = missing
	// Odd is the first value for which a column of Text is not one of numbers, with its
	// row: "line 57: calm". It is told where somebody asks for numbers.
	Odd string
}

// Table is rows of columns with a geometry each.
type Table struct {
	IDs      []string
	Geometry []orb.Geometry // nil entries are allowed
	Columns  []Column       // sorted by name
	origin   []int          // of each row: see Numbered; nil = not numbered
	whole    *Whole         // see Among; nil = itself
}

// Rows is the number of rows.
func (t *Table) Rows() int { return len(t.Geometry) }

// Sort puts the columns in the order of their names.
func (t *Table) Sort() {
	sort.Slice(t.Columns, func(a, b int) bool { return t.Columns[a].Name < t.Columns[b].Name })
}

// Append is the rows of one table after those of another; columns that only one has, or
// that differ in kind, are text or missing in the other.
func Append(a, b *Table) *Table {
	out := &Table{IDs: append(slices.Clone(a.IDs), b.IDs...), Geometry: append(slices.Clone(a.Geometry), b.Geometry...)}
	names := map[string]bool{}
	for _, t := range []*Table{a, b} {
		for _, c := range t.Columns {
			names[c.Name] = true
		}
	}
	for name := range names {
		ca, cb := a.Find(name), b.Find(name)
		if ca == nil {
			ca = cb.like(a.Rows())
		}
		if cb == nil {
			cb = ca.like(b.Rows())
		}
		if ca.Kind != cb.Kind {
			ca, cb = ca.asText(), cb.asText()
		}
		out.Columns = append(out.Columns, Column{Name: name, Kind: ca.Kind, Odd: cmp.Or(ca.Odd, cb.Odd),
			Numbers: append(slices.Clone(ca.Numbers), cb.Numbers...), Texts: append(slices.Clone(ca.Texts), cb.Texts...), Lists: append(slices.Clone(ca.Lists), cb.Lists...)})
	}
	out.Sort()
	return out
}

// Find is the column of that name, or nil.
func (t *Table) Find(name string) *Column {
	for i := range t.Columns {
		if t.Columns[i].Name == name {
			return &t.Columns[i]
		}
	}
	return nil
}

// like is a column of the same kind without values.
func (c *Column) like(rows int) *Column {
	out := &Column{Name: c.Name, Kind: c.Kind}
	for range rows {
		out.grow()
	}
	return out
}

func (c *Column) asText() *Column {
	out := &Column{Name: c.Name, Kind: Text, Odd: c.Odd}
	for i := range max(len(c.Numbers), len(c.Texts), len(c.Lists)) {
		out.Texts = append(out.Texts, c.Word(i))
	}
	return out
}

// Pick is some rows of the table, in the order of their numbers.
func (t *Table) Pick(rows []int) *Table {
	out := &Table{IDs: pick(t.IDs, rows), Geometry: pick(t.Geometry, rows)}
	if t.origin != nil {
		out.origin = pick(t.origin, rows)
	}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, c.Pick(rows))
	}
	return out
}

// Pick is some rows of the column; -1 is a row without a value.
func (c *Column) Pick(rows []int) Column {
	out := Column{Name: c.Name, Kind: c.Kind, Odd: c.Odd}
	switch {
	case c.Kind == Text:
		out.Texts = pick(c.Texts, rows)
	case c.Kind == List:
		out.Lists = pick(c.Lists, rows)
	default:
		out.Numbers = make([]float64, len(rows))
		for i, r := range rows {
			out.Numbers[i] = math.NaN()
			if r >= 0 {
				out.Numbers[i] = c.Numbers[r]
			}
		}
	}
	return out
}

func pick[T any](values []T, rows []int) []T {
	out := make([]T, len(rows))
	for i, r := range rows {
		if r >= 0 {
			out[i] = values[r]
		}
	}
	return out
}

// FromFeatures turns features into columns, whose kinds follow from their values: see
// Words.
func FromFeatures(features []geo.Feature) *Table {
	t := &Table{}
	seen := map[string]bool{}
	for _, f := range features {
		t.IDs = append(t.IDs, f.ID)
		t.Geometry = append(t.Geometry, f.Geometry)
		for k := range f.Tags {
			seen[k] = true
		}
	}
	names := make([]string, 0, len(seen))
	for k := range seen {
		names = append(names, k)
	}
	sort.Strings(names)
	for _, name := range names {
		w := NewWords(name, nil)
		for i := 0; i < len(features) && !w.Mixed(); i++ {
			w.Add(features[i].Tags[name], features[i].ID)
		}
		odd := w.Odd()
		if w.Mixed() {
			w = NewWords(name, &Declared{Kind: Text})
			for _, f := range features {
				w.Add(f.Tags[name], f.ID)
			}
		}
		c := w.Column()
		c.Odd = odd
		t.Columns = append(t.Columns, c)
	}
	return t
}

// ErrNoField is of a name that no column has.
var ErrNoField = errors.New("no field")

// ErrKind is of a column whose values are of another kind than is asked for.
var ErrKind = errors.New("another kind of values")

type kindError struct{ error }

func (kindError) Is(target error) bool { return target == ErrKind }

// Column returns the column of that name. The error says which names exist. A table
// without rows has any column: which ones its source has, no row tells.
func (t *Table) Column(name string) (*Column, error) {
	if t.Rows() == 0 {
		return &Column{Name: name}, nil
	}
	for i := range t.Columns {
		if t.Columns[i].Name == name {
			return &t.Columns[i], nil
		}
	}
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%w %q: the source has no fields", ErrNoField, name)
	}
	return nil, fmt.Errorf("%w %q%s: the source has %s", ErrNoField, name, sameButForCase(name, names), few(names))
}

// sameButForCase asks whether another spelling of the name is meant.
func sameButForCase(name string, names []string) string {
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return fmt.Sprintf(" (did you mean %q?)", n)
		}
	}
	return ""
}

// few joins names, and says of many how many more there are.
func few(names []string) string {
	const most = 40
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// Numbers returns the values of a number column; those of truth are 0 and 1, those of
// time seconds since 1970 UTC.
func (t *Table) Numbers(name string) ([]float64, error) {
	c, err := t.Column(name)
	if err != nil {
		return nil, err
	}
	if !c.Kind.numeric() && t.Rows() > 0 {
		odd := ""
		if c.Odd != "" {
			odd = " (" + c.Odd + ")"
		}
		return nil, kindError{fmt.Errorf("field %q holds %s, not numbers%s", name, c.Kind, odd)}
	}
	return c.Numbers, nil
}

// Strings returns the values of any column as text; missing values are "".
func (t *Table) Strings(name string) ([]string, error) {
	c, err := t.Column(name)
	if err != nil {
		return nil, err
	}
	out := make([]string, t.Rows())
	for i := range out {
		out[i] = c.Word(i)
	}
	return out, nil
}

// Word is a row's value as text; "" where it is missing.
func (c *Column) Word(i int) string {
	switch {
	case c.Kind == Text:
		return c.Texts[i]
	case c.Kind == List:
		if c.Lists[i] == nil {
			return ""
		}
		return fmt.Sprint(c.Lists[i])
	case math.IsNaN(c.Numbers[i]):
		return ""
	case c.Kind == Bool:
		return strconv.FormatBool(c.Numbers[i] != 0)
	case c.Kind == Time:
		return FormatTime(c.Numbers[i])
	}
	return FormatNumber(c.Numbers[i])
}

// FormatNumber writes a number as Word does: the fewest digits that name it, without an
// exponent up to 1e21, so that ids are written as they came.
func FormatNumber(v float64) string {
	if math.Abs(v) < 1e21 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// Lists returns the values of a list column.
func (t *Table) Lists(name string) ([][]float64, error) {
	c, err := t.Column(name)
	if err != nil {
		return nil, err
	}
	if c.Kind != List && t.Rows() > 0 {
		return nil, fmt.Errorf("field %q holds %s, not lists of numbers", name, c.Kind)
	}
	return c.Lists, nil
}

// String names the kind in errors.
func (k Kind) String() string {
	return [...]string{"numbers", "text", "lists of numbers", "true and false", "times"}[k]
}

// numeric tells whether the values are in Column.Numbers.
func (k Kind) numeric() bool { return k == Number || k == Bool || k == Time }
