package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"sort"

	"github.com/parquet-go/parquet-go"
	"github.com/paulmach/orb/encoding/wkb"
)

// The columns that hold what every row has.
const (
	idColumn       = "id"
	geometryColumn = "geometry"
	fieldPrefix    = "field." // keeps the source's own names apart from ours
)

// geoMetadata is the GeoParquet 1.1 file metadata of our geometry column.
const geoMetadata = `{"version":"1.1.0","primary_column":"geometry","columns":{"geometry":{"encoding":"WKB","geometry_types":[]}}}`

// Rows are held until there are so many of them, or of their bytes, and then written.
const (
	rowGroup      = 4096
	rowGroupBytes = 2 << 20
)

// Writer writes a table piece by piece: it holds some thousand rows.
type Writer struct {
	out   *parquet.GenericWriter[any]
	names []string
	rows  int
	bytes int // of the rows that are held
}

// NewWriter begins a GeoParquet file whose tables will have these columns; only their names
// and kinds matter.
func NewWriter(w io.Writer, columns []Column) *Writer {
	root := parquet.Group{
		idColumn:       parquet.String(),
		geometryColumn: parquet.Optional(parquet.Leaf(parquet.ByteArrayType)),
	}
	for _, c := range columns {
		switch c.Kind {
		case Number:
			root[fieldPrefix+c.Name] = parquet.Optional(parquet.Leaf(parquet.DoubleType))
		case Text:
			root[fieldPrefix+c.Name] = parquet.Optional(parquet.String())
		case List:
			root[fieldPrefix+c.Name] = parquet.Repeated(parquet.Leaf(parquet.DoubleType))
		case Bool:
			root[fieldPrefix+c.Name] = parquet.Optional(parquet.Leaf(parquet.BooleanType))
		case Time:
			root[fieldPrefix+c.Name] = parquet.Optional(parquet.Timestamp(parquet.Microsecond))
		}
	}
	out := &Writer{names: make([]string, 0, len(root))}
	for k := range root {
		out.names = append(out.names, k)
	}
	sort.Strings(out.names) // a group's columns are in the order of their names
	out.out = parquet.NewGenericWriter[any](w, parquet.NewSchema("table", root), parquet.Compression(&parquet.Zstd),
		parquet.KeyValueMetadata("geo", geoMetadata), parquet.CreatedBy("longtake", "1", ""))
	return out
}

// Write adds the rows of a table with the writer's columns.
func (w *Writer) Write(t *Table) error {
	byName := map[string]*Column{}
	for i := range t.Columns {
		byName[fieldPrefix+t.Columns[i].Name] = &t.Columns[i]
	}
	var row parquet.Row
	for r := range t.Rows() {
		row = row[:0]
		for i, name := range w.names {
			switch name {
			case idColumn:
				row = append(row, parquet.ByteArrayValue([]byte(t.IDs[r])).Level(0, 0, i))
			case geometryColumn:
				v := parquet.NullValue().Level(0, 0, i)
				if g := t.Geometry[r]; g != nil {
					b, err := wkb.Marshal(g)
					if err != nil {
						return fmt.Errorf("row %d: geometry: %w", w.rows, err)
					}
					v = parquet.ByteArrayValue(b).Level(0, 1, i)
				}
				row = append(row, v)
			default:
				row = byName[name].appendValue(row, r, i)
			}
		}
		if _, err := w.out.WriteRows([]parquet.Row{row}); err != nil {
			return fmt.Errorf("row %d: %w", w.rows, err)
		}
		for i := range row {
			w.bytes += 8
			if k := row[i].Kind(); k == parquet.ByteArray {
				w.bytes += len(row[i].ByteArray())
			}
		}
		if w.rows++; w.rows%rowGroup == 0 || w.bytes >= rowGroupBytes {
			w.bytes = 0
			if err := w.out.Flush(); err != nil {
				return fmt.Errorf("row %d: %w", w.rows, err)
			}
		}
	}
	return nil
}

// Close ends the file.
func (w *Writer) Close() error { return w.out.Close() }

// WriteParquet writes the table as GeoParquet. The same table gives the same bytes.
func (t *Table) WriteParquet(w io.Writer) error {
	out := NewWriter(w, t.Columns)
	if err := out.Write(t); err != nil {
		return err
	}
	return out.Close()
}

// appendValue adds row r's value of the column, which is leaf i of the schema, with its
// repetition and definition levels (Dremel, Melnik et al. 2010).
func (c *Column) appendValue(row parquet.Row, r, i int) parquet.Row {
	null := parquet.NullValue().Level(0, 0, i)
	switch c.Kind {
	case Number, Bool, Time:
		if math.IsNaN(c.Numbers[r]) {
			return append(row, null)
		}
		v := parquet.DoubleValue(c.Numbers[r])
		if c.Kind == Bool {
			v = parquet.BooleanValue(c.Numbers[r] != 0)
		} else if c.Kind == Time {
			v = parquet.Int64Value(int64(math.Round(c.Numbers[r] * 1e6)))
		}
		return append(row, v.Level(0, 1, i))
	case Text:
		if c.Texts[r] == "" {
			return append(row, null)
		}
		return append(row, parquet.ByteArrayValue([]byte(c.Texts[r])).Level(0, 1, i))
	}
	if len(c.Lists[r]) == 0 {
		return append(row, null)
	}
	for k, v := range c.Lists[r] {
		row = append(row, parquet.DoubleValue(v).Level(min(k, 1), 1, i))
	}
	return row
}

// ReadParquet reads a table that WriteParquet wrote.
func ReadParquet(data []byte) (t *Table, err error) {
	// The library panics on some damaged files.
	defer func() {
		if p := recover(); p != nil {
			t, err = nil, fmt.Errorf("table: damaged Parquet: %v", p)
		}
	}()
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("table: %w", err)
	}
	if n := f.NumRows(); n < 0 || n > int64(len(data))*64 {
		return nil, fmt.Errorf("table: %d rows in %d bytes", n, len(data))
	}
	t = &Table{}
	columns := map[int]*Column{}
	idAt, geometryAt := -1, -1
	for i, path := range f.Schema().Columns() {
		name := path[0]
		leaf, _ := f.Schema().Lookup(path...)
		switch {
		case name == idColumn:
			idAt = i
		case name == geometryColumn:
			geometryAt = i
		case len(name) > len(fieldPrefix) && name[:len(fieldPrefix)] == fieldPrefix && len(path) == 1:
			c := &Column{Name: name[len(fieldPrefix):], Kind: Text}
			switch leaf.Node.Type().Kind() {
			case parquet.Double:
				c.Kind = Number
			case parquet.Boolean:
				c.Kind = Bool
			case parquet.Int64:
				c.Kind = Time
			}
			if leaf.Node.Repeated() {
				c.Kind = List
			}
			columns[i] = c
		default:
			return nil, fmt.Errorf("table: column %q is not one of a longtake table", name)
		}
	}
	if idAt < 0 || geometryAt < 0 {
		return nil, errors.New("table: the columns id and geometry are missing")
	}
	if err := t.readRows(f, columns, idAt, geometryAt); err != nil {
		return nil, fmt.Errorf("table: %w", err)
	}
	order := make([]int, 0, len(columns))
	for i := range columns {
		order = append(order, i)
	}
	sort.Slice(order, func(a, b int) bool { return columns[order[a]].Name < columns[order[b]].Name })
	for _, i := range order {
		t.Columns = append(t.Columns, *columns[i])
	}
	return t, nil
}

func (t *Table) readRows(f *parquet.File, columns map[int]*Column, idAt, geometryAt int) error {
	r := parquet.NewReader(f)
	defer func() { _ = r.Close() }()
	rows := make([]parquet.Row, 64)
	for {
		n, err := r.ReadRows(rows)
		for _, row := range rows[:n] {
			t.IDs, t.Geometry = append(t.IDs, ""), append(t.Geometry, nil)
			for _, c := range columns {
				c.grow()
			}
			at := len(t.IDs) - 1
			for _, v := range row {
				if v.IsNull() {
					continue
				}
				switch i := v.Column(); i {
				case idAt:
					t.IDs[at] = string(v.ByteArray())
				case geometryAt:
					g, err := wkb.Unmarshal(append([]byte(nil), v.ByteArray()...))
					if err != nil {
						return fmt.Errorf("row %d: geometry: %w", at, err)
					}
					t.Geometry[at] = g
				default:
					columns[i].set(at, v)
				}
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (c *Column) grow() {
	switch c.Kind {
	case Number, Bool, Time:
		c.Numbers = append(c.Numbers, math.NaN())
	case Text:
		c.Texts = append(c.Texts, "")
	case List:
		c.Lists = append(c.Lists, nil)
	}
}

func (c *Column) set(at int, v parquet.Value) {
	switch c.Kind {
	case Number:
		c.Numbers[at] = v.Double()
	case Bool:
		c.Numbers[at] = 0
		if v.Boolean() {
			c.Numbers[at] = 1
		}
	case Time:
		c.Numbers[at] = float64(v.Int64()) / 1e6
	case Text:
		c.Texts[at] = string(v.ByteArray())
	case List:
		c.Lists[at] = append(c.Lists[at], v.Double())
	}
}
