package load

import (
	"context"
	"encoding/hex"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// source is a source of the document's text.
func source(t testing.TB, text string) *scene.Source {
	t.Helper()
	d, err := scene.Parse("a.yaml", []byte("longtake: 1\nsources:\n  s: "+text+"\n"), scene.Types{})
	if err != nil {
		t.Fatal(err)
	}
	s := d.Sources["s"]
	return &s
}

// reading writes a file and reads it.
func reading(t testing.TB, name, content, as string) (*table.Table, *geo.Report, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	r := geo.NewReport()
	out, err := File(context.Background(), file, source(t, as), Options{Report: r})
	return out, r, err
}

func numbers(t testing.TB, tab *table.Table, name string) []float64 {
	t.Helper()
	v, err := tab.Numbers(name)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTextTables(t *testing.T) {
	tab, r, err := reading(t, "a.csv", "\xef\xbb\xbfname;lng;lat;height;when;open\n"+
		"\"a;b\";1,5;2;1.234,5;2008-12-11 04:42:14+01;true\n"+
		"NA;3;4;NA;2008-12-11 04:42:14;false\n"+
		"c;;4;1;;\n"+
		"d;5;95;1;;\n",
		`{ path: a.csv, type: table, decimal: comma, units: { height: ft } }`)
	if err != nil {
		t.Fatal(err)
	}
	if tab.Rows() != 2 || tab.Geometry[0] != (orb.Point{1.5, 2}) || tab.IDs[1] != "line 3" {
		t.Fatalf("%+v", tab)
	}
	if h := numbers(t, tab, "height"); math.Abs(h[0]-1234.5*0.3048) > 1e-9 || !math.IsNaN(h[1]) {
		t.Error(h)
	}
	when, _ := tab.Column("when")
	if when.Kind != table.Time || when.Word(0) != "2008-12-11T03:42:14Z" || when.Word(1) != "2008-12-11T04:42:14Z" {
		t.Errorf("%+v", when)
	}
	if open, _ := tab.Column("open"); open.Kind != table.Bool || open.Word(0) != "true" {
		t.Errorf("%+v", open)
	}
	s := r.Summary()
	if s.SkippedCount() != 2 || s.Notes["time without a zone taken as UTC"] != 1 {
		t.Errorf("%+v", s)
	}
	if name, _ := tab.Strings("name"); name[0] != "a;b" || name[1] != "" {
		t.Errorf("%q", name)
	}
}

func TestTextTablesAsDeclared(t *testing.T) {
	tab, r, err := reading(t, "a.dat", "1,007,12:30 3/2/2020,x\n2,\\N,bad,5\n",
		`{ path: a, type: table, fields: [id, code, at, n], kinds: { code: text, n: number }, time: { columns: [at], layout: "15:04 2/1/2006", zone: America/New_York } }`)
	if err != nil {
		t.Fatal(err)
	}
	at, _ := tab.Column("at")
	if at.Kind != table.Time || at.Word(0) != "2020-02-03T17:30:00Z" || at.Word(1) != "" {
		t.Errorf("%+v", at)
	}
	if n := numbers(t, tab, "n"); !math.IsNaN(n[0]) || n[1] != 5 {
		t.Error(n)
	}
	if c, _ := tab.Strings("code"); c[0] != "007" || c[1] != "" {
		t.Error(c)
	}
	if s := r.Summary(); s.SkippedCount() != 2 || s.Skipped[0].Reason != "field at: left empty, not of times" {
		t.Errorf("%+v", s)
	}
	if _, _, err := reading(t, "a.csv", "a,b\n1,2\n", `{ path: a, type: table, units: { c: ft } }`); err == nil || !strings.Contains(err.Error(), `no field "c": the source has a, b`) {
		t.Error(err)
	}
	if _, _, err := reading(t, "a.csv", "a,b\nx,2\n", `{ path: a, type: table, units: { a: ft } }`); err == nil || !strings.Contains(err.Error(), `holds text`) {
		t.Error(err)
	}
}

func TestLateTextIsText(t *testing.T) {
	var b strings.Builder
	b.WriteString("n,m\n")
	for range early + 5 {
		b.WriteString("1,2\n")
	}
	b.WriteString("1,x\n")
	tab, _, err := reading(t, "a.csv", b.String(), `{ path: a, type: table }`)
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := tab.Strings("m"); m[0] != "2" || m[len(m)-1] != "x" {
		t.Error(m[0], m[len(m)-1])
	}
	if _, err := tab.Numbers("m"); err == nil || !strings.Contains(err.Error(), "line 10007: x") {
		t.Error(err)
	}
	if n := numbers(t, tab, "n"); n[0] != 1 {
		t.Error(n[0])
	}
}

func TestEncodings(t *testing.T) {
	for _, c := range []struct{ name, content string }{
		{"windows-1252", "name,x,y\nM\xfcller,1,2\n"}, {"latin1", "name,x,y\nM\xfcller,1,2\n"},
		{"utf-16", "\xff\xfen\x00a\x00m\x00e\x00,\x00x\x00,\x00y\x00\n\x00M\x00\xfc\x00l\x00l\x00e\x00r\x00,\x001\x00,\x002\x00\n\x00"},
	} {
		tab, _, err := reading(t, "a.csv", c.content, "{ path: a, type: table, encoding: "+c.name+" }")
		if err != nil {
			t.Error(c.name, err)
			continue
		}
		if s, _ := tab.Strings("name"); len(s) != 1 || s[0] != "Müller" || tab.Geometry[0] != (orb.Point{1, 2}) {
			t.Errorf("%s: %q", c.name, s)
		}
	}
}

func TestJSONRows(t *testing.T) {
	for name, text := range map[string]string{
		"array":  `[{"name":"a\n","path":[[1,2],[3,4]],"timestamps":[0,null,5.5],"in":{"deep":1}},{"name":null,"path":[[1,2],[3,5]],"flag":true,"nested":{"deep":2}}]`,
		"ndjson": "{\"name\":\"a\\n\",\"path\":[[1,2],[3,4]],\"timestamps\":[0,null,5.5],\"in\":{\"deep\":1}}\n{\"name\":null,\"path\":[[1,2],[3,5]],\"flag\":true}\n",
	} {
		tab, _, err := reading(t, "a.json", text, "{ path: a, type: table }")
		if err != nil {
			t.Fatal(name, err)
		}
		l, err := tab.Lists("timestamps")
		if err != nil || len(l[0]) != 3 || !math.IsNaN(l[0][1]) || l[1] != nil {
			t.Error(name, l, err)
		}
		if n, _ := tab.Strings("name"); n[0] != "a\n" || n[1] != "" {
			t.Errorf("%s: %q", name, n)
		}
		if d := numbers(t, tab, "in.deep"); d[0] != 1 || !math.IsNaN(d[1]) {
			t.Error(name, d)
		}
		if f, _ := tab.Strings("flag"); f[0] != "" || f[1] != "true" {
			t.Error(name, f)
		}
		if !orb.Equal(tab.Geometry[0], orb.LineString{{1, 2}, {3, 4}}) || tab.Find("path") != nil {
			t.Errorf("%s: %+v", name, tab.Geometry)
		}
	}
	if tab, _, err := reading(t, "a.json", `{"page": {"of": 3}, "tags": ["x"], "rows": [{"lng": 1, "lat": 2}, {"lng": 3, "lat": 4}], "more": [{"a": 1}]}`, "{ path: a, type: table }"); err != nil || tab.Rows() != 2 || tab.Geometry[1] != (orb.Point{3, 4}) {
		t.Errorf("rows in an object: %+v %v", tab, err)
	}
	if tab, _, err := reading(t, "a.json", `{"lng": 1, "lat": 2}`, "{ path: a, type: table }"); err != nil || tab.Rows() != 1 {
		t.Errorf("one object: %+v %v", tab, err)
	}
	if _, _, err := reading(t, "a.json", `[{"a":1},{"b":`, "{ path: a, type: table }"); err == nil {
		t.Error("a file that is cut off")
	}
}

func TestQueriesOverTables(t *testing.T) {
	people, _, err := reading(t, "p.csv", "id,town,since,lng,lat\n1,A,2020-01-01T00:00Z,1,2\n2,B,2021-01-01T00:00Z,3,4\n3,A,,5,6\n", "{ path: a, type: table }")
	if err != nil {
		t.Fatal(err)
	}
	towns, _, err := reading(t, "t.csv", "name,size\nA,10\nB,20\n", "{ path: a, type: table }")
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]*table.Table{"people": people, "towns": towns}
	ask := func(sql string) (*table.Table, error) {
		s := source(t, "{ sql: select }")
		s.SQL = sql // whatever documents may say
		return Query(context.Background(), s, []string{"people", "towns"}, tables, Options{Report: geo.NewReport()})
	}
	got, err := ask("select p.*, t.size from people p join towns t on t.name = p.town where t.size < 15 order by p.id desc")
	if err != nil {
		t.Fatal(err)
	}
	if got.Rows() != 2 || got.Geometry[0] != (orb.Point{5, 6}) || numbers(t, got, "size")[0] != 10 {
		t.Errorf("%+v", got)
	}
	if c, _ := got.Column("since"); c.Kind != table.Time || c.Word(0) != "" || c.Word(1) != "2020-01-01T00:00:00Z" {
		t.Errorf("%+v", c)
	}
	if _, err := ask("select nope from people"); err == nil || !strings.Contains(err.Error(), "nope") {
		t.Error(err)
	}
	if _, err := ask("attach database '" + filepath.Join(t.TempDir(), "x.db") + "' as x"); err == nil {
		t.Error("a query reaches another file")
	}
}

// TestGeometryColumns reads areas out of text tables as PostGIS dumps them and portals write
// them. Positions beside them are fields; a row without a geometry is nowhere; a column that is
// only called so is text.
func TestGeometryColumns(t *testing.T) {
	area := orb.Polygon{{{0, 0}, {2, 0}, {2, 2}, {0, 0}}}
	dumped := strings.ToUpper(hex.EncodeToString(ewkb.MustMarshal(area, 4326)))
	for name, content := range map[string]string{
		"hex.csv": "gid,the_geom,lat,lng,name\n1," + dumped + ",1,2,a\n2,,,,b\n3,0101000020110F000000000000000000000000000000000000,1,2,c\n",
		"wkt.tsv": "latitude\tlongitude\tlat\tlng\tgeometry\tname\n1\t2\t1\t2\tPOLYGON((0 0, 2 0, 2 2, 0 0))\ta\n\t\t\t\t\tb\n1\t2\t1\t2\tPOLYGON((0 0, 2 0\tc\n",
	} {
		tab, r, err := reading(t, name, content, `{ path: `+name+`, type: table }`)
		if err != nil {
			t.Fatal(err)
		}
		if tab.Rows() != 2 || tab.Geometry[1] != nil {
			t.Fatalf("%s: %d rows, %v", name, tab.Rows(), tab.Geometry)
		}
		if !orb.Equal(tab.Geometry[0], area) {
			t.Errorf("%s: %v", name, tab.Geometry[0])
		}
		if lat := numbers(t, tab, "lat"); lat[0] != 1 || !math.IsNaN(lat[1]) {
			t.Errorf("%s: lat %v", name, lat)
		}
		s := r.Summary()
		if _, err := tab.Column("geometry"); err == nil || len(s.Skipped) != 1 || s.Skipped[0].Reason != reasonGeometry {
			t.Errorf("%s: %+v", name, s)
		}
	}
	late, _, err := reading(t, "late.csv", "geom,lng,lat\n,1,2\n ,3,4\nPOINT(5 6),7,8\n", `{ path: late.csv, type: table }`)
	if err != nil || late.Rows() != 3 || late.Geometry[0] != nil || late.Geometry[2] != (orb.Point{5, 6}) {
		t.Fatal(late, err)
	}
	tab, _, err := reading(t, "shape.csv", "shape,lng,lat\nround,1,2\nsquare,3,4\n", `{ path: shape.csv, type: table }`)
	if err != nil || tab.Rows() != 2 || tab.Geometry[0] != (orb.Point{1, 2}) {
		t.Fatal(tab, err)
	}
	if shape, err := tab.Strings("shape"); err != nil || shape[1] != "square" {
		t.Error(shape, err)
	}
}

// A broken line of rows, one a line, costs itself and is told by its number.
func TestBrokenLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rows.jsonl")
	if err := os.WriteFile(path, []byte("{\"n\":1,\"lng\":1,\"lat\":2}\n{\"n\":2,\"lng\n{\"n\":3,\"lng\":1,\"lat\":3}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	r := geo.NewReport()
	tab, err := File(context.Background(), path, &scene.Source{}, Options{Report: r})
	if err != nil {
		t.Fatal(err)
	}
	s := r.Summary()
	if tab.Rows() != 2 || len(s.Skipped) != 1 || s.Skipped[0].IDs[0] != "rows.jsonl, line 2" || s.Skipped[0].Count != 1 {
		t.Errorf("%d rows, left out %v", tab.Rows(), s.Skipped)
	}
}
