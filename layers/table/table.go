package table

import (
	"encoding/json"
	"fmt"
	"math"
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
)

// Column is one field of all rows. The slice of its kind has one entry a row.
type Column struct {
	Name    string
	Kind    Kind
	Numbers []float64   // NaN = missing
	Texts   []string    // "" = missing
	Lists   [][]float64 // nil = missing
}

// Table is rows of columns with a geometry each.
type Table struct {
	IDs      []string
	Geometry []orb.Geometry // nil entries are allowed
	Columns  []Column       // sorted by name
}

// Rows is the number of rows.
func (t *Table) Rows() int { return len(t.Geometry) }

// FromFeatures turns features into columns. A field is a number column where every
// value of it is a number, a list column where every value is a JSON array of numbers,
// else text.
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
		t.Columns = append(t.Columns, column(name, features))
	}
	return t
}

func column(name string, features []geo.Feature) Column {
	c := Column{Name: name, Texts: make([]string, len(features))}
	numbers, lists := true, true
	for i, f := range features {
		v, ok := f.Tags[name]
		c.Texts[i] = v
		if !ok || missing(v) {
			continue
		}
		if numbers {
			_, numbers = parseNumber(v)
		}
		if lists {
			_, lists = parseList(v)
		}
	}
	switch {
	case numbers:
		c.Kind, c.Numbers = Number, make([]float64, len(features))
		for i, v := range c.Texts {
			n, ok := parseNumber(v)
			if !ok {
				n = math.NaN()
			}
			c.Numbers[i] = n
		}
		c.Texts = nil
	case lists:
		c.Kind, c.Lists = List, make([][]float64, len(features))
		for i, v := range c.Texts {
			c.Lists[i], _ = parseList(v)
		}
		c.Texts = nil
	default:
		c.Kind = Text
	}
	return c
}

// missing tells the usual spellings of no value.
func missing(v string) bool {
	switch strings.TrimSpace(v) {
	case "", "NA", "N/A", "NaN", "nan", "null", `\N`:
		return true
	}
	return false
}

func parseNumber(v string) (float64, bool) {
	n, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
	return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}

func parseList(v string) ([]float64, bool) {
	if v = strings.TrimSpace(v); !strings.HasPrefix(v, "[") {
		return nil, false
	}
	var l []float64
	err := json.Unmarshal([]byte(v), &l)
	return l, err == nil
}

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
		return nil, fmt.Errorf("no field %q: the source has no fields", name)
	}
	return nil, fmt.Errorf("no field %q: the source has %s", name, strings.Join(names, ", "))
}

// Numbers returns the values of a number column.
func (t *Table) Numbers(name string) ([]float64, error) {
	c, err := t.Column(name)
	if err != nil {
		return nil, err
	}
	if c.Kind != Number && t.Rows() > 0 {
		return nil, fmt.Errorf("field %q holds %s, not numbers", name, c.Kind)
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
		switch c.Kind {
		case Text:
			if !missing(c.Texts[i]) {
				out[i] = c.Texts[i]
			}
		case Number:
			if !math.IsNaN(c.Numbers[i]) {
				out[i] = strconv.FormatFloat(c.Numbers[i], 'g', -1, 64)
			}
		case List:
			out[i] = fmt.Sprint(c.Lists[i])
		}
	}
	return out, nil
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
func (k Kind) String() string { return [...]string{"numbers", "text", "lists of numbers"}[k] }
