package load

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var encodings = map[string]encoding.Encoding{
	"utf-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "latin1": charmap.ISO8859_1, "windows-1252": charmap.Windows1252,
	"gbk": simplifiedchinese.GB18030, "shift-jis": japanese.ShiftJIS,
}

// readCSV reads a text table.
func readCSV(ctx context.Context, c *read.Content, src *scene.Source, o Options) (*table.Table, error) {
	head, whole := c.Head()
	if e := encodings[src.Encoding]; e != nil {
		head, _ = io.ReadAll(e.NewDecoder().Reader(bytes.NewReader(head)))
	}
	d := read.Delimiter(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), whole)
	if src.Delimiter != "" {
		d = []rune(src.Delimiter)[0]
	}
	if d == 0 {
		d = ',' // one column
	}
	return gathered(src, o, func(r *rows) error {
		file, err := c.Reader()
		if err != nil {
			return err
		}
		defer file.Close()
		return readText(ctx, c.Name(), decoded(file, src.Encoding), d, r)
	})
}

// decoded is a text in UTF-8 without a mark at its beginning.
func decoded(from io.Reader, name string) io.Reader {
	if e := encodings[name]; e != nil {
		from = e.NewDecoder().Reader(from)
	}
	b := bufio.NewReaderSize(from, 1<<18)
	if mark, _ := b.Peek(3); string(mark) == "\xef\xbb\xbf" {
		_, _ = b.Discard(3)
	}
	return b
}

// readText reads the lines of a text table.
func readText(ctx context.Context, name string, from io.Reader, d rune, r *rows) error {
	in := csv.NewReader(from)
	in.Comma, in.LazyQuotes, in.FieldsPerRecord, in.ReuseRecord = d, true, -1, true
	names := r.src.Fields
	row, err := in.Read()
	if err == nil && len(names) == 0 {
		for _, s := range row {
			names = append(names, strings.TrimSpace(strings.Clone(s)))
		}
		row, err = in.Read()
	}
	if err == io.EOF && len(names) == 0 {
		return nil
	}
	k := -1
	if r.src.Columns.Lng == "" {
		k = read.GeometryColumn(names)
	}
	var ahead []held
	for ; k >= 0 && err == nil && (k >= len(row) || strings.TrimSpace(row[k]) == ""); row, err = in.Read() {
		if len(ahead)%4096 == 4095 && ctx.Err() != nil {
			return ctx.Err()
		}
		line, _ := in.FieldPos(0)
		ahead = append(ahead, held{slices.Clone(row), lineName(line)})
	}
	l, problem := layOut(r, names, row)
	if problem != nil {
		return fmt.Errorf("%s: %w", name, problem)
	}
	for _, h := range ahead {
		if err := addRow(r, h.row, l, h.id); err != nil {
			return err
		}
	}
	for n := 1; ; n++ {
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: damaged table: %w", name, err)
		}
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		line, _ := in.FieldPos(0)
		if err := addRow(r, row, l, lineName(line)); err != nil {
			return err
		}
		row, err = in.Read()
	}
}

// held is a row without a geometry that waits for the first one with one.
type held struct {
	row []string
	id  string
}

func lineName(n int) string { return "line " + strconv.Itoa(n) }

func itoa(n int) string { return strconv.Itoa(n) }

// layout is where in the rows of a text table things stand.
type layout struct {
	columns  []int  // of the table, by those of the text; -1 where they are its places
	at       [4]int // longitude, latitude, and those of a second place; -1 = none
	geometry int    // a whole geometry as text; -1 = none
}

// layOut finds what the columns of a table hold. The first row with a word in it tells whether
// one that is called a geometry is one: then positions beside it are fields as all others.
func layOut(r *rows, names, first []string) (layout, error) {
	names = unique(names)
	l := layout{at: [4]int{-1, -1, -1, -1}, geometry: -1}
	if want := r.src.Columns; want.Lng != "" {
		l.at[0], l.at[1] = columnNamed(names, want.Lng), columnNamed(names, want.Lat)
		if l.at[0] < 0 || l.at[1] < 0 {
			return l, fmt.Errorf("no columns %q and %q: it has %s", want.Lng, want.Lat, strings.Join(names, ", "))
		}
	} else if k := read.GeometryColumn(names); k >= 0 && k < len(first) && read.TextGeometry(first[k]) != nil {
		l.geometry = k
	} else {
		l.at[0], l.at[1], l.at[2], l.at[3] = read.Positions(names)
	}
	for i, n := range names {
		if i == l.geometry || slices.Contains(l.at[:], i) {
			l.columns = append(l.columns, -1)
			continue
		}
		l.columns = append(l.columns, r.column(n))
	}
	return l, nil
}

// columnNamed finds a column by its name or its number from 1.
func columnNamed(names []string, want string) int {
	if i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, want) }); i >= 0 {
		return i
	}
	if k, err := strconv.Atoi(want); err == nil && k >= 1 && k <= len(names) {
		return k - 1
	}
	return -1
}

func addRow(r *rows, row []string, l layout, id string) error {
	var g orb.Geometry
	columns, at := l.columns, l.at
	if k := l.geometry; k >= 0 && k < len(row) && strings.TrimSpace(row[k]) != "" {
		if g = read.TextGeometry(row[k]); g == nil {
			r.skipped = append(r.skipped, skip{id, reasonGeometry})
			return nil
		}
		if !r.place(id, g) {
			return nil
		}
	}
	if at[0] >= 0 {
		a, okA := r.position(row, at[0], at[1])
		b, okB := a, true
		if at[2] >= 0 {
			b, okB = r.position(row, at[2], at[3])
		}
		switch {
		case !okA || !okB:
			r.skipped = append(r.skipped, skip{id, reasonNumber})
			return nil
		case at[2] >= 0:
			g = orb.LineString{a, b}
		default:
			g = a
		}
		if !r.place(id, g) {
			return nil
		}
	}
	if len(row) > len(columns) {
		r.wrong = append(r.wrong, skip{id, "row with more columns than there are names"})
		row = row[:len(columns)]
	}
	for i, word := range row {
		if columns[i] >= 0 {
			r.add(columns[i], word, id)
		}
	}
	return r.end(id, g)
}

func (r *rows) position(row []string, x, y int) (p orb.Point, ok bool) {
	if max(x, y) >= len(row) {
		return p, false
	}
	for i, word := range [2]string{row[x], row[y]} {
		if word = strings.TrimSpace(word); r.src.Decimal == "comma" {
			word = strings.Replace(word, ",", ".", 1)
		}
		v, err := strconv.ParseFloat(word, 64)
		if err != nil && !errors.Is(err, strconv.ErrRange) || math.IsNaN(v) || math.IsInf(v, 0) {
			return p, false
		}
		p[i] = v
	}
	return p, true
}
