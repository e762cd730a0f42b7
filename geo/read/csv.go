package read

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/gdal"
)

// delimiter is the mark that parts the first lines into the same number of columns, at
// least two; 0 if none does.
func delimiter(text []byte, whole bool) rune {
	lines := strings.Split(string(text), "\n")
	if len(lines) > 1 && !whole || len(lines) > 1 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	lines = lines[:min(len(lines), 20)]
	best, most := rune(0), 0
	for _, d := range []rune{',', ';', '\t', '|'} {
		r := newCSV(strings.NewReader(strings.Join(lines, "\n")), d)
		columns, agree := 0, 0
		for {
			row, err := r.Read()
			if err != nil {
				break
			}
			if columns == 0 {
				columns = len(row)
			}
			if len(row) == columns {
				agree++
			}
		}
		if columns >= 2 && agree*columns > most {
			best, most = d, agree*columns
		}
	}
	return best
}

func newCSV(r io.Reader, d rune) *csv.Reader {
	c := csv.NewReader(r)
	c.Comma, c.LazyQuotes, c.FieldsPerRecord, c.ReuseRecord = d, true, -1, true
	return c
}

func isTable(in *input, text []byte) bool {
	for _, b := range text {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' {
			return false
		}
	}
	return delimiter(text, in.whole) != 0
}

// tableColumns are where a table's coordinates stand, from 0; the second pair is -1 where
// there is none.
type tableColumns struct {
	x, y, x2, y2 int
	names        []string
	// geometry is the column that holds whole geometries as text; -1 where there is none.
	geometry int
}

func openCSV(in *input) (*csv.Reader, io.Closer, error) {
	d := delimiter(in.head, in.whole)
	if d == 0 {
		return nil, nil, fmt.Errorf("%s: no delimiter parts its lines into columns", in.name)
	}
	file, err := in.open()
	if err != nil {
		return nil, nil, err
	}
	buffered := bufio.NewReaderSize(file, 1<<16)
	if b, _ := buffered.Peek(3); string(b) == "\xef\xbb\xbf" {
		_, _ = buffered.Discard(3)
	}
	return newCSV(buffered, d), file, nil
}

// readCSV reads a table row by row. Rows are points, or lines where the table has the
// coordinates of two places (lon1, lat1, lon2, lat2); the other columns become tags.
func readCSV(ctx context.Context, in *input, c *checker) error {
	r, file, err := openCSV(in)
	if err != nil {
		return err
	}
	defer file.Close()
	t := &tableReader{ctx: ctx, in: in, c: c}
	for n := 0; ; n++ {
		row, err := r.Read()
		if err == io.EOF {
			return t.flush()
		}
		if err != nil {
			return fmt.Errorf("%s: damaged table: %w", in.name, err)
		}
		if n == 0 {
			header, err := t.columns(row)
			if err != nil {
				return err
			}
			if header {
				continue
			}
		}
		line, _ := r.FieldPos(0)
		if err := t.row(row, line); err != nil {
			return err
		}
	}
}

type tableReader struct {
	ctx    context.Context
	in     *input
	c      *checker
	at     tableColumns
	batch  []waiting
	points int // of the batch
}

// waiting is a row that waits for its place on Earth.
type waiting struct {
	geo.Feature
	geographic bool // whatever the system of the others is
}

// columns finds the coordinate columns; header tells whether the row names them.
func (t *tableReader) columns(row []string) (header bool, err error) {
	o := t.c.o
	t.at = tableColumns{-1, -1, -1, -1, slices.Clone(row), -1}
	lower := make([]string, len(row))
	for i, s := range row {
		lower[i] = strings.ToLower(strings.TrimSpace(s))
		t.at.names[i] = strings.TrimSpace(s)
	}
	if o.LngColumn != "" || o.LatColumn != "" {
		t.at.x, t.at.y = slices.Index(lower, strings.ToLower(o.LngColumn)), slices.Index(lower, strings.ToLower(o.LatColumn))
		if t.at.x >= 0 && t.at.y >= 0 {
			return true, nil
		}
		x, errX := strconv.Atoi(o.LngColumn)
		y, errY := strconv.Atoi(o.LatColumn)
		if errX != nil || errY != nil || min(x, y) < 1 || max(x, y) > len(row) {
			return false, fmt.Errorf("%s: no columns %q and %q: it has %s", t.in.name, o.LngColumn, o.LatColumn, strings.Join(row, ", "))
		}
		t.at.x, t.at.y = x-1, y-1
		_, numX := clean.Number(row[x-1])
		_, numY := clean.Number(row[y-1])
		if header = !numX || !numY; !header {
			for i := range t.at.names {
				t.at.names[i] = strconv.Itoa(i + 1)
			}
		}
		return header, nil
	}
	if t.at.geometry = GeometryColumn(row); t.at.geometry >= 0 {
		if geometry, err := t.tell(t.at.geometry); err != nil || geometry {
			return true, err
		}
		t.at.geometry = -1
	}
	return true, t.positions()
}

// tell tells whether a column holds geometries that can be placed: the first row with a word in
// it does, for a map may begin with places that nobody has drawn.
func (t *tableReader) tell(column int) (bool, error) {
	r, file, err := openCSV(t.in)
	if err != nil {
		return false, err
	}
	defer file.Close()
	for n := 0; t.ctx.Err() == nil; n++ {
		row, err := r.Read()
		if err != nil {
			return false, nil // the end; damage is told where the rows are read
		}
		if n == 0 || column >= len(row) || strings.TrimSpace(row[column]) == "" {
			continue
		}
		g, srid := textGeometry(row[column])
		if g == nil || t.knows(srid) {
			return g != nil, nil
		}
		if x, _, _, _ := Positions(t.at.names); x >= 0 {
			return false, nil
		}
		return false, fmt.Errorf("%s: the geometries of column %s are in EPSG:%d: name it in the scene's source, as crs: EPSG:%[3]d", t.in.name, t.at.names[column], srid)
	}
	return false, t.ctx.Err()
}

// knows tells whether the place of geometries is known that name their reference system by a
// number: it is that of degrees, or of the source.
func (t *tableReader) knows(srid int) bool {
	m := epsgCode.FindStringSubmatch(t.c.o.CRS)
	return geographic(srid) || m != nil && m[1] == strconv.Itoa(srid)
}

// positions finds the columns of coordinates by their names.
func (t *tableReader) positions() error {
	row := t.at.names
	t.at.x, t.at.y, t.at.x2, t.at.y2 = Positions(row)
	easting := func(s string) bool {
		s = strings.ToLower(s)
		return strings.Contains(s, "easting") || s == "rechtswert" || s == "e"
	}
	if t.at.x < 0 && slices.ContainsFunc(row, easting) {
		return fmt.Errorf("%s: no columns of longitude and latitude among %s: name those of easting and northing in the scene's source, as columns: { lng: …, lat: … }, and their reference system as crs: EPSG:…", t.in.name, strings.Join(row, ", "))
	}
	if t.at.x < 0 {
		return fmt.Errorf("%s: no columns of longitude and latitude among %s: name them in the scene's source, as columns: { lng: …, lat: … }, or number them from 1 if there is no header", t.in.name, strings.Join(row, ", "))
	}
	return nil
}

func (t *tableReader) row(row []string, line int) error {
	f := geo.Feature{ID: "line " + strconv.Itoa(line), Tags: map[string]string{}}
	srid := 0
	if k := t.at.geometry; k >= 0 && k < len(row) {
		f.Geometry, srid = textGeometry(row[k])
	}
	switch {
	case !t.knows(srid):
		t.c.o.Report.Skip(f.ID, reasonSystem)
		return nil
	case f.Geometry != nil:
	case t.at.geometry >= 0:
		t.c.o.Report.Skip(f.ID, reasonText)
		return nil
	default:
		a, ok := t.position(row, t.at.x, t.at.y)
		f.Geometry = a
		if t.at.x2 >= 0 {
			b, okB := t.position(row, t.at.x2, t.at.y2)
			f.Geometry, ok = orb.LineString{a, b}, ok && okB
		}
		if !ok {
			t.c.o.Report.Skip(f.ID, reasonNumber)
			return nil
		}
	}
	for i, v := range row {
		if i != t.at.geometry && i != t.at.x && i != t.at.y && i != t.at.x2 && i != t.at.y2 && i < len(t.at.names) && v != "" {
			f.Tags[t.at.names[i]] = strings.ToValidUTF8(v, "�")
		}
	}
	if t.c.o.CRS == "" {
		return t.c.check(f)
	}
	eachPoint(f.Geometry, func(orb.Point) { t.points++ })
	if t.batch = append(t.batch, waiting{f, srid != 0 && geographic(srid)}); t.points >= 50000 {
		return t.flush()
	}
	return t.ctx.Err()
}

func (t *tableReader) position(row []string, x, y int) (p orb.Point, ok bool) {
	if max(x, y) >= len(row) {
		return p, false
	}
	lng, okX := clean.Number(row[x])
	lat, okY := clean.Number(row[y])
	return orb.Point{lng, lat}, okX && okY
}

// flush transforms and passes on the rows that wait for it.
func (t *tableReader) flush() error {
	var pts [][3]float64
	for _, f := range t.batch {
		if f.geographic {
			continue
		}
		eachPoint(f.Geometry, func(p orb.Point) { pts = append(pts, [3]float64{p[0], p[1], 0}) })
	}
	if err := gdal.Transform(t.ctx, t.c.o.CRS, "EPSG:4326", pts); err != nil {
		return fmt.Errorf("%s: %w", t.in.name, err)
	}
	k := 0
	next := func() orb.Point {
		k++
		if math.IsNaN(pts[k-1][0]) {
			return orb.Point{math.NaN(), math.NaN()}
		}
		return orb.Point{pts[k-1][0], pts[k-1][1]}
	}
	for _, f := range t.batch {
		if !f.geographic {
			f.Geometry = mapPoints(f.Geometry, func(orb.Point) orb.Point { return next() })
		}
		if err := t.c.check(f.Feature); err != nil {
			return err
		}
	}
	clear(t.batch)
	t.batch, t.points = t.batch[:0], 0
	return nil
}
