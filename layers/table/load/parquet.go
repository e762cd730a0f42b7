package load

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// readParquet reads a Parquet file column by column. Geometry is that of GeoParquet (WKB,
// or points as pairs of numbers), else the columns with the usual names. Members of groups
// become columns with a dot in their names; lists hold numbers.
func readParquet(ctx context.Context, c *read.Content, src *scene.Source, o Options) (t *table.Table, err error) {
	file, size, err := c.File()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	defer func() {
		if p := recover(); p != nil { // the library trusts its footers
			t, err = nil, fmt.Errorf("%s: damaged Parquet: %v", c.Name(), p)
		}
	}()
	f, err := parquet.OpenFile(file, size)
	if err != nil {
		if strings.Contains(err.Error(), "magic footer") {
			err = errors.New("the file is cut off: fetch it again")
		}
		return nil, fmt.Errorf("%s: damaged Parquet: %w", c.Name(), err)
	}
	if n := f.NumRows(); n < 0 || n > size*4096+1024 {
		return nil, fmt.Errorf("%s: damaged Parquet: %d rows in %d bytes", c.Name(), n, size)
	}
	p := &parquetRows{f: f, rows: int(f.NumRows()), zone: zone(src), numbers: slices.Clone(src.Time.Columns)}
	for name, kind := range src.Kinds {
		if kind != "text" {
			p.numbers = append(p.numbers, name)
		}
	}
	if err := p.plan(); err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name(), err)
	}
	for i := range p.leaves {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := p.column(i); err != nil {
			return nil, fmt.Errorf("%s: column %s: %w", c.Name(), strings.Join(p.leaves[i].path, "."), err)
		}
	}
	return p.table(src, o)
}

// parquetRows reads the leaves of a file into columns.
type parquetRows struct {
	f        *parquet.File
	rows     int
	zone     *time.Location // of timestamps that are local times
	leaves   []leaf
	geometry []orb.Geometry
	lost     int      // geometries that are no WKB
	numbers  []string // columns that are declared to hold numbers or times
	exact    []string // columns of whole numbers that were read as text
}

// plan says how each leaf is read.
func (p *parquetRows) plan() error {
	var meta struct {
		Primary string `json:"primary_column"`
		Columns map[string]struct {
			Encoding string          `json:"encoding"`
			CRS      json.RawMessage `json:"crs"`
		} `json:"columns"`
	}
	if text, ok := p.f.Lookup("geo"); ok {
		if err := json.Unmarshal([]byte(text), &meta); err != nil {
			return fmt.Errorf("the metadata \"geo\": %w", err)
		}
		if err := longitudes(meta.Columns[meta.Primary].CRS); err != nil {
			return err
		}
	}
	schema := p.f.Schema()
	for i, path := range schema.Columns() {
		l, ok := schema.Lookup(path...)
		if !ok || l.MaxRepetitionLevel > 1 {
			continue // lists of lists
		}
		name := path
		if n := len(path); l.MaxRepetitionLevel == 1 && n >= 3 && (path[n-2] == "list" || path[n-2] == "bag" || path[n-2] == "array") {
			name = path[:n-2] // the three levels of a list
		}
		out := leaf{index: i, path: path, name: strings.Join(name, "."), wkb: meta.Primary != "" && path[0] == meta.Primary && len(path) == 1}
		if !out.wkb && len(path) > 1 && path[0] == meta.Primary && meta.Columns[meta.Primary].Encoding == "point" {
			out.name = map[string]string{"x": "lng", "y": "lat"}[path[1]]
		}
		if out.name == "" || !out.wkb && !out.typed(l.Node, p.zone) || l.MaxRepetitionLevel == 1 && out.column.Kind != table.Number {
			continue
		}
		out.column.Name = out.name
		if l.MaxRepetitionLevel == 1 {
			out.column.Kind = table.List
		}
		p.leaves = append(p.leaves, out)
	}
	if len(p.leaves) == 0 {
		return errors.New("no column of numbers, text, times, lists of numbers or shapes")
	}
	return nil
}

// longitudes refuses coordinates that are no longitudes and latitudes.
func longitudes(raw json.RawMessage) error {
	var crs struct {
		ID struct {
			Authority string `json:"authority"`
			Code      any    `json:"code"`
		} `json:"id"`
	}
	if len(raw) == 0 || json.Unmarshal(raw, &crs) != nil {
		return nil
	}
	if code := fmt.Sprint(crs.ID.Code); crs.ID.Authority != "" && code != "CRS84" && code != "4326" && code != "CRS84h" {
		return fmt.Errorf("coordinates in %s:%s: transform them to OGC:CRS84 first", crs.ID.Authority, code)
	}
	return nil
}

// column reads all values of a leaf.
func (p *parquetRows) column(i int) error {
	l := &p.leaves[i]
	row := -1
	distinct := map[string]string{}
	buf := make([]parquet.Value, 1024)
	for _, group := range p.f.RowGroups() {
		pages := group.ColumnChunks()[l.index].Pages()
		for {
			page, err := pages.ReadPage()
			if err == io.EOF {
				break
			}
			if err != nil {
				return errors.Join(err, pages.Close())
			}
			values := page.Values()
			for {
				n, err := values.ReadValues(buf)
				for _, v := range buf[:n] {
					if v.RepetitionLevel() == 0 {
						row++
						p.begin(l, row)
					}
					if !v.IsNull() && row < p.rows {
						p.set(l, row, v, distinct)
					}
				}
				if err == io.EOF {
					break
				}
				if err != nil {
					return errors.Join(err, pages.Close())
				}
			}
			parquet.Release(page)
		}
		if err := pages.Close(); err != nil {
			return err
		}
	}
	if row+1 != p.rows {
		return fmt.Errorf("has %d rows, the file %d", row+1, p.rows)
	}
	if l.odd != "" && l.digits != nil && !slices.Contains(p.numbers, l.name) { // once more, as text
		l.column = table.Column{Name: l.name, Kind: table.Text, Odd: l.odd}
		l.text, l.digits = l.digits, nil
		p.exact = append(p.exact, l.name)
		return p.column(i)
	}
	return nil
}

// begin makes room for a row.
func (p *parquetRows) begin(l *leaf, row int) {
	switch {
	case row >= p.rows:
	case l.wkb:
		p.geometry = append(p.geometry, nil)
	case l.column.Kind == table.Text:
		l.column.Texts = append(l.column.Texts, "")
	case l.column.Kind == table.List:
		l.column.Lists = append(l.column.Lists, nil)
	default:
		l.column.Numbers = append(l.column.Numbers, math.NaN())
	}
}

func (p *parquetRows) set(l *leaf, row int, v parquet.Value, distinct map[string]string) {
	switch {
	case l.wkb:
		if p.geometry[row], _ = read.WKB(v.ByteArray()); p.geometry[row] == nil {
			p.lost++
		}
	case l.column.Kind == table.Text:
		s := l.text(v)
		if old, ok := distinct[s]; ok {
			s = old
		} else if len(distinct) < 1<<16 {
			distinct[s] = s
		}
		l.column.Texts[row] = s
	case l.column.Kind == table.List:
		x, _ := l.value(v)
		l.column.Lists[row] = append(l.column.Lists[row], x)
	default:
		if x, ok := l.value(v); ok && !math.IsInf(x, 0) {
			l.column.Numbers[row] = x
			if l.odd == "" && l.digits != nil && (x >= exact || x <= -exact) && table.Rounds(l.digits(v)) {
				l.odd = table.OddWhole(l.name, "#"+itoa(row), l.digits(v))
			}
		}
	}
}

// table puts the rows together.
func (p *parquetRows) table(src *scene.Source, o Options) (*table.Table, error) {
	ids := make([]string, p.rows)
	for i := range ids {
		ids[i] = "#" + itoa(i)
	}
	if p.lost > 0 {
		o.Report.Merge(geo.Summary{Notes: map[string]int{"geometry that is no WKB, left out": p.lost}})
	}
	t := &table.Table{IDs: ids, Geometry: p.geometry}
	for _, l := range p.leaves {
		if !l.wkb {
			t.Columns = append(t.Columns, l.column)
		}
		if slices.Contains(p.exact, l.name) {
			keptWhole(&l.column, o)
		}
	}
	t.Sort()
	return locate(t, src, o)
}
