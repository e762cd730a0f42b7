package read

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// mbtiles is an SQLite database of tiles
// (https://github.com/mapbox/mbtiles-spec/blob/master/1.3/spec.md): a table tiles, or a
// view of that name over a table of places and one of contents, as some writers keep
// what repeats only once.
type mbtiles struct {
	db     *sqliteFile
	places sqliteTable
	cols   [4]int // zoom_level, tile_column, tile_row, and the tile or its key

	contents map[string]sqliteCell // by key; nil where places holds the tiles
	data     int                   // column of the contents
	cells    []sqliteCell
}

type sqliteTable struct {
	name    string
	root    uint32
	columns []string // lower case
	rowid   int      // column that is the row's number, -1 if none
}

func openMBTiles(db *sqliteFile) (*mbtiles, error) {
	tables := map[string]sqliteTable{}
	err := db.walk(1, math.MaxInt, func(_ sqliteCell, r sqliteRow) error {
		if len(r.values) >= 5 && r.values[0] == "table" {
			name, _ := r.values[1].(string)
			root, _ := r.values[3].(int64)
			sql, _ := r.values[4].(string)
			t := sqliteTable{name: strings.ToLower(name), root: uint32(root), rowid: -1}
			t.columns, t.rowid = sqlColumns(sql)
			tables[t.name] = t
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	m := &mbtiles{db: db}
	for _, layout := range [...]struct{ places, key, contents, data string }{
		{"tiles", "tile_data", "", ""},
		{"map", "tile_id", "images", "tile_data"},
		{"tiles_shallow", "tile_data_id", "tiles_data", "tile_data"},
	} {
		t, ok := tables[layout.places]
		if !ok {
			continue
		}
		for i, name := range [...]string{"zoom_level", "tile_column", "tile_row", layout.key} {
			m.cols[i] = slices.Index(t.columns, name)
		}
		if slices.Min(m.cols[:]) < 0 {
			continue
		}
		m.places = t
		if layout.contents == "" {
			return m, nil
		}
		c, ok := tables[layout.contents]
		key := slices.Index(c.columns, layout.key)
		m.data = slices.Index(c.columns, layout.data)
		if !ok || key < 0 || m.data < 0 {
			continue
		}
		return m, m.index(c, key)
	}
	return nil, errors.New("no table of tiles: is it an MBTiles file?")
}

// index finds the contents by their keys.
func (m *mbtiles) index(t sqliteTable, key int) error {
	m.contents = map[string]sqliteCell{}
	upTo := key + 1
	if key > m.data { // behind the blob: the whole row has to be read
		upTo = math.MaxInt
	}
	return m.db.walk(t.root, upTo, func(at sqliteCell, r sqliteRow) error {
		if key == t.rowid {
			m.contents[fmt.Sprint(r.id)] = at
		} else if key < len(r.values) {
			m.contents[fmt.Sprint(r.values[key])] = at
		}
		return nil
	})
}

// sqlColumns takes the names of columns, and which of them is the row's number, from the
// text that created a table.
func sqlColumns(sql string) (names []string, rowid int) {
	rowid = -1
	_, body, ok := strings.Cut(sql, "(")
	if !ok {
		return nil, -1
	}
	depth, from := 0, 0
	add := func(def string) {
		words := strings.Fields(def)
		if len(words) == 0 {
			return
		}
		lower := strings.ToLower(def)
		name := strings.Trim(strings.ToLower(words[0]), "\"`[]'")
		switch name {
		case "primary", "unique", "check", "foreign", "constraint":
			return
		}
		if len(words) > 1 && strings.EqualFold(words[1], "integer") && strings.Contains(lower, "primary key") {
			rowid = len(names)
		}
		names = append(names, name)
	}
	for i, c := range body {
		switch {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case c == ')', c == ',' && depth == 0:
			add(body[from:i])
			from = i + 1
		}
		if c == ')' && i+1 == from {
			break
		}
	}
	if strings.Contains(strings.ToLower(body[from:]), "without") {
		rowid = -1
	}
	return names, rowid
}

func (m *mbtiles) list(fn func(tileEntry) error) error {
	m.cells = m.cells[:0]
	upTo := slices.Max(m.cols[:3]) + 1
	if m.contents != nil {
		upTo = slices.Max(m.cols[:]) + 1
	}
	return m.db.walk(m.places.root, upTo, func(at sqliteCell, r sqliteRow) error {
		var n [3]int64
		for i := range n {
			if m.cols[i] >= len(r.values) {
				return nil
			}
			v, ok := r.values[m.cols[i]].(int64)
			if !ok || v < 0 || v > 1<<30 {
				return nil
			}
			n[i] = v
		}
		if n[0] > 30 || n[2] >= 1<<n[0] {
			return nil
		}
		if m.contents != nil {
			var ok bool
			if m.cols[3] >= len(r.values) {
				return nil
			}
			if at, ok = m.contents[fmt.Sprint(r.values[m.cols[3]])]; !ok {
				return nil
			}
		}
		m.cells = append(m.cells, at)
		// Rows are counted from the south.
		return fn(tileEntry{tileID{uint32(n[0]), uint32(n[1]), uint32(1<<n[0] - 1 - n[2])}, uint64(len(m.cells) - 1), 0})
	})
}

func (m *mbtiles) read(e tileEntry) ([]byte, error) {
	column := m.cols[3]
	if m.contents != nil {
		column = m.data
	}
	r, err := m.db.at(m.cells[e.at])
	if err != nil {
		return nil, err
	}
	if column < len(r.values) {
		switch v := r.values[column].(type) {
		case []byte:
			return v, nil
		case string:
			return []byte(v), nil
		}
	}
	return nil, fmt.Errorf("%w: a tile without content", errSQLite)
}
