package load

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// readJSON reads an array of objects, objects one after the other (NDJSON), or the first
// array of objects in an object, or in an object in it. Members of nested objects become columns with a dot in
// their names; arrays of numbers become lists; coordinates are found by their usual names.
func readJSON(ctx context.Context, c *read.Content, src *scene.Source, o Options) (*table.Table, error) {
	return gathered(src, o, func(r *rows) error {
		file, err := c.Reader()
		if err != nil {
			return err
		}
		defer file.Close()
		lines := c.Lines(file, func(line int) {
			r.skipped = append(r.skipped, skip{read.LineID(c.Name(), line), read.ReasonLine})
		})
		j := &jsonRows{ctx: ctx, r: r, in: bufio.NewReaderSize(read.Tolerant(lines), 1<<18), place: map[string]json.RawMessage{}}
		if err := j.all(); err != nil && !errors.Is(err, errMixed) {
			return fmt.Errorf("%s: damaged JSON near byte %d: %w", c.Name(), j.read, err)
		} else if err != nil {
			return err
		}
		return nil
	})
}

// jsonRows finds the rows in a text and takes each apart.
type jsonRows struct {
	ctx   context.Context
	r     *rows
	in    *bufio.Reader
	read  int64
	row   []byte // the text of one row
	n     int
	held  bool                       // the row is the first and perhaps holds all others: it is not added yet
	place map[string]json.RawMessage // members that may be coordinates
}

// maxRow bounds the text of one row.
const maxRow = 64 << 20

func (j *jsonRows) all() error {
	depth := 0
	for {
		b, err := j.in.ReadByte()
		if err == io.EOF {
			if depth > 0 {
				return io.ErrUnexpectedEOF
			}
			if j.held {
				return j.only()
			}
			return nil
		}
		if err != nil {
			return err
		}
		j.read++
		switch b {
		case ' ', '\t', '\r', '\n', ',', 0x1e:
		case '[':
			depth++
		case ']':
			if depth--; depth < 0 {
				return errors.New("a ] without its [")
			}
		case '{':
			if j.held {
				if err := j.add(); err != nil {
					return err
				}
			}
			if err := j.object(); err != nil {
				return err
			}
			if j.held = depth == 0 && j.n == 1; j.held {
				continue
			}
			if err := j.add(); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%q where an object should be", b)
		}
		if depth > 1 {
			return errors.New("rows are objects, not lists")
		}
	}
}

// only adds the one object that there is: the rows that it lists, or itself.
func (j *jsonRows) only() error {
	rows, err := listed(j.row, 1)
	if err != nil || rows == nil {
		return j.add()
	}
	inner := &jsonRows{ctx: j.ctx, r: j.r, in: bufio.NewReader(bytes.NewReader(rows)), place: map[string]json.RawMessage{}}
	return inner.all()
}

// listed is the first array of objects in an object, or else in the objects in it down to a depth,
// as services wrap their answers; nil where there is none.
func listed(object []byte, depth int) (rows []byte, err error) {
	var inner [][]byte
	m := members{b: object}
	err = m.each(func(_ string, value []byte) error {
		switch {
		case rows == nil && value[0] == '[' && bytes.HasPrefix(bytes.TrimLeft(value[1:], " \t\r\n"), []byte("{")):
			rows = value
		case value[0] == '{' && depth > 0:
			inner = append(inner, value)
		}
		return nil
	})
	for _, o := range inner {
		if err != nil || rows != nil {
			break
		}
		rows, err = listed(o, depth-1)
	}
	return rows, err
}

// object reads the rest of an object, to its closing brace.
func (j *jsonRows) object() error {
	j.row = append(j.row[:0], '{')
	quoted, escaped := false, false
	for depth := 1; depth > 0; {
		b, err := j.in.ReadByte()
		if err == io.EOF {
			return io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		j.read++
		j.row = append(j.row, b)
		switch {
		case escaped:
			escaped = false
		case quoted:
			escaped, quoted = b == '\\', b != '"'
		case b == '"':
			quoted = true
		case b == '{' || b == '[':
			depth++
		case b == '}' || b == ']':
			depth--
		}
		if len(j.row) > maxRow {
			return fmt.Errorf("a row of more than %d MB", maxRow>>20)
		}
	}
	if j.n++; j.n%1024 == 0 && j.ctx.Err() != nil {
		return j.ctx.Err()
	}
	return nil
}

// add takes a row apart.
func (j *jsonRows) add() error {
	id := "#" + strconv.Itoa(j.n-1)
	clear(j.place)
	m := members{b: j.row}
	if err := m.each(func(name string, value []byte) error {
		if mayPlace(name, value) {
			j.place[name] = json.RawMessage(value)
		}
		return nil
	}); err != nil {
		return err
	}
	g, used := j.geometry()
	if g != nil && !j.r.place(id, g) {
		return nil
	}
	if err := j.fields(id, "", j.row, used, 0); err != nil {
		return err
	}
	return j.r.end(id, g)
}

func (j *jsonRows) geometry() (orb.Geometry, []string) {
	if raw, ok := j.place["geometry"]; ok {
		return read.GeoJSON(raw), []string{"geometry", "type"}
	}
	if want := j.r.src.Columns; want.Lng != "" {
		x, errX := strconv.ParseFloat(word(j.place[want.Lng]), 64)
		y, errY := strconv.ParseFloat(word(j.place[want.Lat]), 64)
		if errX != nil || errY != nil {
			return nil, nil
		}
		return orb.Point{x, y}, []string{want.Lng, want.Lat}
	}
	return read.RowGeometry(j.place)
}

// mayPlace leaves out what cannot be coordinates: texts that are no numbers.
func mayPlace(_ string, value []byte) bool {
	return value[0] != 't' && value[0] != 'f' && value[0] != 'n'
}

// maxNested is how deep objects in objects become columns.
const maxNested = 4

func (j *jsonRows) fields(id, prefix string, object []byte, used []string, depth int) error {
	m := members{b: object}
	return m.each(func(name string, value []byte) error {
		for _, u := range used {
			if u == name && depth == 0 {
				return nil
			}
		}
		if value[0] == '{' && depth < maxNested {
			if prefix == "" && name == "properties" && len(used) > 0 && used[0] == "geometry" {
				return j.fields(id, "", value, nil, depth+1)
			}
			return j.fields(id, prefix+name+".", value, nil, depth+1)
		}
		if len(j.r.columns) > maxColumns {
			return fmt.Errorf("more than %d different members", maxColumns)
		}
		j.r.add(j.r.column(prefix+name), word(value), id)
		return nil
	})
}

// maxColumns bounds the different members of rows, lest objects by id become columns.
const maxColumns = 2000

// word is a value as the word of a column.
func word(value []byte) string {
	switch {
	case len(value) == 0 || value[0] == 'n':
		return ""
	case value[0] == '"':
		return unquoted(value)
	}
	return string(value)
}

func unquoted(value []byte) string {
	inner := value[1 : len(value)-1]
	plain := true
	for _, b := range inner {
		plain = plain && b != '\\' && b >= ' ' && b < utf8.RuneSelf
	}
	if plain {
		return string(inner)
	}
	var s string
	if json.Unmarshal(value, &s) != nil {
		return strings.ToValidUTF8(string(inner), "\uFFFD")
	}
	return s
}

// members goes through the members of an object.
type members struct {
	b []byte
	i int
}

var errMember = errors.New("an object that is not one of names and values")

func (m *members) each(take func(name string, value []byte) error) error {
	m.i = 1 // the brace
	for {
		switch m.skip(); m.peek() {
		case '}':
			return nil
		case ',':
			m.i++
			continue
		case '"':
		default:
			return errMember
		}
		name := m.value()
		m.skip()
		if name == nil || m.peek() != ':' {
			return errMember
		}
		m.i++
		m.skip()
		value := m.value()
		if len(value) == 0 {
			return errMember
		}
		if err := take(unquoted(name), value); err != nil {
			return err
		}
	}
}

func (m *members) peek() byte {
	if m.i >= len(m.b) {
		return 0
	}
	return m.b[m.i]
}

func (m *members) skip() {
	for m.i < len(m.b) && (m.b[m.i] == ' ' || m.b[m.i] == '\n' || m.b[m.i] == '\t' || m.b[m.i] == '\r') {
		m.i++
	}
}

// value is the text of the value that begins here; nil where it does not end.
func (m *members) value() []byte {
	from := m.i
	depth, quoted := 0, false
	for ; m.i < len(m.b); m.i++ {
		b := m.b[m.i]
		switch {
		case quoted && b == '\\':
			m.i++
		case quoted && b == '"':
			if quoted = false; depth == 0 {
				m.i++
				return m.b[from:m.i]
			}
		case quoted:
		case b == '"':
			quoted = true
		case b == '[' || b == '{':
			depth++
		case b == ']' || b == '}':
			if depth == 0 {
				return m.b[from:m.i]
			}
			if depth--; depth == 0 {
				m.i++
				return m.b[from:m.i]
			}
		case depth == 0 && (b == ',' || b <= ' '):
			return m.b[from:m.i]
		}
	}
	return nil
}
