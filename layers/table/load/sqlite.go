package load

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// readSQLite reads a table or a query of an SQLite database; of a GeoPackage with its
// geometry.
func readSQLite(ctx context.Context, c *read.Content, src *scene.Source, o Options) (*table.Table, error) {
	path, err := c.OnDisk()
	if err != nil {
		return nil, err
	}
	options := "?mode=ro&immutable=1"
	if src.Time.Zone != "" {
		options += "&_timezone=" + url.QueryEscape(src.Time.Zone)
	}
	db, err := openSQLite(ctx, "file:"+(&url.URL{Path: path}).EscapedPath()+options)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name(), err)
	}
	defer db.Close()
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		o.Report.Merge(geo.Summary{Notes: map[string]int{"what " + filepath.Base(path) + "-wal holds is not read: close the program that writes the database": 1}})
	}
	query := src.SQL
	if query == "" {
		names, err := tables(ctx, db)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name(), err)
		}
		name := src.Table
		if name == "" && len(names) == 1 {
			name = names[0]
		}
		if i := indexFold(names, name); i < 0 {
			return nil, fmt.Errorf("%s: no table %q: it has %s", c.Name(), name, strings.Join(names, ", "))
		}
		query = "SELECT * FROM " + quoted(name)
	}
	t, err := ask(ctx, db, query, src, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name(), err)
	}
	return t, nil
}

func indexFold(names []string, name string) int {
	for i, n := range names {
		if strings.EqualFold(n, name) {
			return i
		}
	}
	return -1
}

// tables lists the tables that hold data.
func tables(ctx context.Context, db *lite) (names []string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'gpkg_%' AND name NOT LIKE 'rtree_%' ORDER BY name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		names = append(names, n)
	}
	return names, rows.Err()
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// lite is one connection to a database.
type lite struct {
	*sql.Conn
	db *sql.DB
}

func (l *lite) Close() error { return errors.Join(l.Conn.Close(), l.db.Close()) }

// openSQLite opens a database from which no query reaches other files.
func openSQLite(ctx context.Context, name string) (*lite, error) {
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if _, err := sqlite.Limit(conn, sqlite3.SQLITE_LIMIT_ATTACHED, 0); err != nil {
		return nil, errors.Join(err, conn.Close(), db.Close())
	}
	return &lite{conn, db}, nil
}

// ask runs a query.
func ask(ctx context.Context, db *lite, query string, src *scene.Source, o Options) (*table.Table, error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("sql: %w", err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, fmt.Errorf("sql: %w", err)
	}
	v := newValues(names, o)
	row, into := make([]any, len(names)), make([]any, len(names))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("sql: %w", err)
		}
		if err := v.add(row); err != nil {
			return nil, fmt.Errorf("sql: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("sql: %w", err)
	}
	return v.table(src, o)
}

// Query runs the source's query over tables in memory, by their names. A table has its
// columns, lng and lat where it holds points and else geometry as WKB; times are text of
// ISO 8601 and lists JSON, as SQLite's functions want them.
func Query(ctx context.Context, src *scene.Source, names []string, tables map[string]*table.Table, o Options) (*table.Table, error) {
	db, err := openSQLite(ctx, ":memory:")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	for _, name := range names {
		if err := fill(ctx, db, name, tables[name]); err != nil {
			return nil, fmt.Errorf("source %s as a table: %w", name, err)
		}
	}
	t, err := ask(ctx, db, src.SQL, src, o)
	if err != nil {
		return nil, fmt.Errorf("%w (the tables are %s)", err, strings.Join(names, ", "))
	}
	return Finish(t, src, o)
}

// fill writes a table.
func fill(ctx context.Context, db *lite, name string, t *table.Table) error {
	points, shapes := placesOf(t)
	var columns, marks []string
	for i := range t.Columns {
		columns = append(columns, quoted(t.Columns[i].Name)+map[table.Kind]string{table.Number: " REAL", table.Bool: " BOOLEAN"}[t.Columns[i].Kind])
	}
	switch {
	case shapes:
		columns = append(columns, "geometry")
	case points && t.Find("lng") == nil && t.Find("lat") == nil:
		columns = append(columns, "lng REAL", "lat REAL")
	default:
		points = false
	}
	if len(columns) == 0 {
		columns = append(columns, "id")
	}
	for range columns {
		marks = append(marks, "?")
	}
	if _, err := db.ExecContext(ctx, "CREATE TABLE "+quoted(name)+" ("+strings.Join(columns, ", ")+")"); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO "+quoted(name)+" VALUES ("+strings.Join(marks, ", ")+")")
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	row := make([]any, len(columns))
	for r := range t.Rows() {
		for i := range t.Columns {
			row[i] = cell(&t.Columns[i], r)
		}
		if at := len(t.Columns); shapes {
			if row[at] = nil; t.Geometry[r] != nil {
				row[at] = wkb.MustMarshal(t.Geometry[r])
			}
		} else if points {
			row[at], row[at+1] = nil, nil
			if p, ok := t.Geometry[r].(orb.Point); ok {
				row[at], row[at+1] = p[0], p[1]
			}
		}
		if _, err := insert.ExecContext(ctx, row...); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

// placesOf tells whether a table has points, and whether it has anything else.
func placesOf(t *table.Table) (points, shapes bool) {
	for _, g := range t.Geometry {
		if _, ok := g.(orb.Point); ok {
			points = true
		} else if g != nil {
			shapes = true
		}
	}
	return points, shapes
}

// cell is a value as SQLite takes it.
func cell(c *table.Column, r int) any {
	switch {
	case c.Kind == table.List && c.Lists[r] != nil:
		return strings.ReplaceAll(strings.ReplaceAll(c.Word(r), " ", ","), "NaN", "null")
	case c.Kind == table.Number && c.Numbers[r] == c.Numbers[r]:
		return c.Numbers[r]
	case c.Kind == table.Bool && c.Numbers[r] == c.Numbers[r]:
		return int64(c.Numbers[r])
	}
	if w := c.Word(r); w != "" {
		return w
	}
	return nil
}
