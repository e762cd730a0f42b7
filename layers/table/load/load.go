// Package load reads tables from files and databases straight into columns: text tables,
// JSON, Parquet, Arrow, SQLite, PostgreSQL, GTFS, and queries over any of them.
package load

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// Options are what all readers share.
type Options struct {
	BBox   *geo.Bound // keeps rows that touch it, and those without a place
	Report *geo.Report
	Memory int64 // bytes that the rows of a query, or of an Arrow file, may hold; 0 is 4 GiB
	Most   int   // rows of a text that are read; 0 is all
}

// Reasons for rows that are left out.
const (
	reasonNumber = "position is not two numbers"
	// reasonGeometry is of a text in a column of geometries.
	reasonGeometry = "geometry is not WKT, WKB in hexadecimal digits or GeoJSON, of longitude and latitude in two dimensions"
	reasonRange    = "coordinates out of range"
)

// Can tells whether a file is read here, as rows, rather than as features of a map.
func Can(ctx context.Context, path string, src *scene.Source) (bool, error) {
	if encodings[src.Encoding] != nil {
		return true, nil
	}
	c, err := read.OpenContent(path)
	if err != nil {
		return false, err
	}
	defer c.Close()
	f, err := c.Format(ctx)
	if err != nil {
		if src.Type == "table" && isJSON(c) {
			return true, nil
		}
		return false, err
	}
	switch f.Name {
	case "csv", "json-rows", "json", "parquet", "arrow", "gtfs", "las":
		return true, nil
	case "geoparquet":
		return src.Type == "table", nil
	case "gpkg":
		return src.Table != "" || src.SQL != "" || src.Type == "table", nil
	}
	return false, nil
}

func isJSON(c *read.Content) bool {
	head, _ := c.Head()
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n\x1e")
	return len(head) > 0 && (head[0] == '{' || head[0] == '[')
}

// Cloud tells whether a file is a point cloud, whose reader brings it from its reference system.
func Cloud(path string) bool {
	f, err := read.Detect(path)
	return err == nil && f.Name == "las"
}

// File reads the rows of a file, with the columns as the source declares them.
func File(ctx context.Context, path string, src *scene.Source, o Options) (t *table.Table, err error) {
	if o.Report == nil {
		o.Report = geo.NewReport()
	}
	c, err := read.OpenContent(path)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	name := "csv"
	if encodings[src.Encoding] == nil {
		f, err := c.Format(ctx)
		switch {
		case err == nil:
			name = f.Name
		case isJSON(c):
			name = "json"
		default:
			return nil, err
		}
	}
	if src.Table != "" && name != "gpkg" && name != "gtfs" {
		return nil, fmt.Errorf("%s: table %q is of databases, and this is no SQLite or GeoPackage file but %s: take it away", c.Name(), src.Table, name)
	}
	switch name {
	case "csv":
		t, err = readCSV(ctx, c, src, o)
	case "json", "json-rows":
		t, err = readJSON(ctx, c, src, o)
	case "parquet", "geoparquet":
		t, err = readParquet(ctx, c, src, o)
	case "arrow":
		t, err = readArrow(ctx, c, src, o)
	case "gpkg":
		t, err = readSQLite(ctx, c, src, o)
	case "las":
		t, err = readLAS(ctx, c, src, o)
	case "gtfs":
		t, err = readGTFS(ctx, c, src, o)
	default:
		return nil, fmt.Errorf("%s: %s is not read as a table", c.Name(), name)
	}
	if err != nil {
		return nil, err
	}
	if t, err = Finish(t, src, o); err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name(), err)
	}
	return t, nil
}

// Finish converts units, and refuses what the source says about columns that there are
// not.
func Finish(t *table.Table, src *scene.Source, o Options) (*table.Table, error) {
	if t.Rows() == 0 {
		return t, nil
	}
	t = &table.Table{IDs: t.IDs, Geometry: t.Geometry, Columns: slices.Clone(t.Columns)}
	var named []string
	for n := range src.Kinds {
		named = append(named, n)
	}
	for n := range src.Units {
		named = append(named, n)
	}
	slices.Sort(named)
	for _, n := range append(named, src.Time.Columns...) {
		if _, err := t.Column(n); err != nil {
			return nil, err
		}
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		leaveOut(c, src.Missing)
		if err := retyped(c, src, t.IDs, o); err != nil {
			return nil, err
		}
		u, ok := src.Units[c.Name]
		if !ok {
			continue
		}
		switch c.Kind {
		case table.Number:
			c.Numbers = converted(c.Numbers, u)
		case table.List:
			lists := make([][]float64, len(c.Lists))
			for k, l := range c.Lists {
				lists[k] = converted(l, u)
			}
			c.Lists = lists
		default:
			return nil, fmt.Errorf("units: field %q holds %s, not numbers (%s)", c.Name, c.Kind, c.Odd)
		}
	}
	return t, nil
}

func converted(values []float64, u scene.Unit) []float64 {
	if values == nil {
		return nil
	}
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = u.Convert(v)
	}
	return out
}

// leaveOut takes the values away that stand for none, of columns that were read with a kind of
// their own.
func leaveOut(c *table.Column, missing []string) {
	switch c.Kind {
	case table.Text:
		if slices.ContainsFunc(c.Texts, func(s string) bool { return s != "" && slices.Contains(missing, s) }) {
			c.Texts = slices.Clone(c.Texts)
			for i, s := range c.Texts {
				if slices.Contains(missing, s) {
					c.Texts[i] = ""
				}
			}
		}
	case table.Number:
		for _, word := range missing {
			none, err := strconv.ParseFloat(word, 64)
			if err != nil || !slices.Contains(c.Numbers, none) {
				continue
			}
			c.Numbers = slices.Clone(c.Numbers)
			for i, v := range c.Numbers {
				if v == none {
					c.Numbers[i] = math.NaN()
				}
			}
		}
	}
}

// retyped brings a column that was read with a kind of its own to the one that is declared.
func retyped(c *table.Column, src *scene.Source, ids []string, o Options) error {
	like, ok := declared(src, c.Name)
	if !ok || like.Kind == c.Kind {
		return nil
	}
	if like.Kind == table.Time && c.Kind == table.Number && like.Tick > 0 {
		c.Numbers, c.Kind = slices.Clone(c.Numbers), table.Time
		for i := range c.Numbers {
			c.Numbers[i] *= like.Tick
		}
		return nil
	}
	w := table.NewWords(c.Name, &like)
	for i, id := range ids {
		if !w.Add(c.Word(i), id) {
			o.Report.Skip(id, wrong(c.Name, like.Kind))
		}
	}
	*c = w.Column()
	return nil
}

func wrong(name string, kind table.Kind) string {
	return "field " + name + ": left empty, not of " + kind.String()
}

// declared is what the source says about a column; known tells that its kind is said.
func declared(src *scene.Source, name string) (d table.Declared, known bool) {
	d = table.Declared{Missing: src.Missing, Comma: src.Decimal == "comma", Layout: src.Time.Layout, Tick: src.Time.Tick()}
	d.Zone = zone(src)
	kind, ok := src.Kinds[name]
	if slices.Contains(src.Time.Columns, name) {
		kind, ok = "time", true
	}
	d.Kind = map[string]table.Kind{"number": table.Number, "text": table.Text, "boolean": table.Bool, "time": table.Time, "list": table.List}[kind]
	return d, ok
}

// Read reads a source whose rows come from files, or from a database of its own.
func Read(ctx context.Context, src *scene.Source, paths []string, o Options) (*table.Table, error) {
	if src.Database != "" {
		t, err := readPostgres(ctx, src, o)
		if err != nil {
			return nil, err
		}
		return Finish(t, src, o)
	}
	var out *table.Table
	for _, p := range paths {
		t, err := File(ctx, p, src, o)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = t
		} else {
			out = table.Append(out, t)
		}
	}
	if out == nil {
		return nil, errors.New("no files")
	}
	return out, nil
}

// environment replaces $NAME by a variable of the environment.
func environment(s string) (string, error) {
	name, ok := strings.CutPrefix(s, "$")
	if !ok {
		return s, nil
	}
	v := os.Getenv(strings.Trim(name, "{}"))
	if v == "" {
		return "", fmt.Errorf("the environment has no %s, which should name the database", name)
	}
	return v, nil
}
