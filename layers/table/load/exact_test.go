package load

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/table"
)

// TestWholeNumbersStayExact: ids beyond 2^53 come out of every kind of file digit by digit, as
// text, and what is no id, or is declared, stays a number.
func TestWholeNumbersStayExact(t *testing.T) {
	const one, two = "9007199254740993", "617700169958293503" // 2^53+1, a cell of H3
	const great = "1234567890123456"                          // below 2^53
	folder := t.TempDir()
	files := map[string]string{
		"a.csv":    "id,small,great,share\n" + one + ",1," + great + ",0.12345678901234567890\n" + two + ",,,100000000000000000\n",
		"a.ndjson": `{"id":` + one + `,"small":1,"great":` + great + `,"share":0.5}` + "\n" + `{"id":` + two + `,"share":100000000000000000}` + "\n",
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	writeLite(t, filepath.Join(folder, "a.sqlite"), `CREATE TABLE a (id INTEGER, small INTEGER, great INTEGER, share REAL);
		INSERT INTO a VALUES (`+one+`, 1, `+great+`, 0.5), (`+two+`, NULL, NULL, 1e17)`)
	for name, id := range map[string]parquet.Node{"signed": parquet.Int(64), "bare": parquet.Leaf(parquet.Int64Type), "unsigned": parquet.Uint(64), "decimal": parquet.Decimal(0, 18, parquet.Int64Type)} {
		writeWhole(t, filepath.Join(folder, name+".parquet"), id)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		path, r := filepath.Join(folder, e.Name()), geo.NewReport()
		tab, err := File(context.Background(), path, source(t, "{ path: a, type: table }"), Options{Report: r})
		if err != nil {
			t.Fatal(err)
		}
		id := tab.Find("id")
		if id.Kind != table.Text || id.Word(0) != one || id.Word(1) != two {
			t.Errorf("%s: %s %s %s", e.Name(), id.Kind, id.Word(0), id.Word(1))
		}
		if c := tab.Find("great"); c.Kind != table.Number || c.Word(0) != great {
			t.Errorf("%s: great: %s %s", e.Name(), c.Kind, c.Word(0))
		}
		if small, share := tab.Find("small"), tab.Find("share"); small.Kind != table.Number || share.Kind != table.Number || share.Numbers[1] != 1e17 {
			t.Errorf("%s: small is %s, share %s", e.Name(), small.Kind, share.Kind)
		}
		if _, err := tab.Numbers("id"); err == nil || !strings.Contains(err.Error(), one+", which a number would round; kinds: { id: number } allows it") {
			t.Errorf("%s: %v", e.Name(), err)
		}
		if n := r.Summary().Notes["field id: whole numbers that a number would round: the field is text"]; n != 2 {
			t.Errorf("%s: %v", e.Name(), r.Summary().Notes)
		}
		if tab, err = File(context.Background(), path, source(t, "{ path: a, type: table, kinds: { id: number } }"), Options{}); err != nil || tab.Find("id").Numbers[0] != 1<<53 {
			t.Errorf("%s: declared: %v %v", e.Name(), err, tab.Find("id"))
		}
		out, err := Query(context.Background(), source(t, "{ sql: select id from a order by id }"), []string{"a"}, map[string]*table.Table{"a": whole(t, path)}, Options{Report: geo.NewReport()})
		if err != nil || out.Find("id").Kind != table.Text || out.Find("id").Word(0) != two {
			t.Errorf("%s: asked: %v %v", e.Name(), err, out)
		}
	}
}

func whole(t *testing.T, path string) *table.Table {
	t.Helper()
	tab, err := File(context.Background(), path, source(t, "{ path: a, type: table }"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// writeLite makes a database.
func writeLite(t *testing.T, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(statements)
	if end := db.Close(); err != nil || end != nil {
		t.Fatal(err, end)
	}
}

// writeWhole makes a file with the ids as whole numbers of a type.
func writeWhole(t *testing.T, path string, id parquet.Node) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := parquet.NewWriter(file, parquet.NewSchema("a", parquet.Group{
		"great": parquet.Optional(parquet.Int(64)), "id": id, "share": parquet.Leaf(parquet.DoubleType), "small": parquet.Optional(parquet.Int(32)),
	}))
	_, err = w.WriteRows([]parquet.Row{
		{parquet.Int64Value(1234567890123456).Level(0, 1, 0), parquet.Int64Value(1<<53+1).Level(0, 0, 1), parquet.DoubleValue(0.5).Level(0, 0, 2), parquet.Int32Value(1).Level(0, 1, 3)},
		{parquet.NullValue().Level(0, 0, 0), parquet.Int64Value(617700169958293503).Level(0, 0, 1), parquet.DoubleValue(1e17).Level(0, 0, 2), parquet.NullValue().Level(0, 0, 3)},
	})
	if end := w.Close(); err != nil || end != nil {
		t.Fatal(err, end)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}
