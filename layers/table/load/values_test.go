package load

import (
	"context"
	"database/sql"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// TestZonesOfTypedTimes: times that files and databases keep as such, but without a zone, are
// those of the source's, and numbers that stand for no value are missing.
func TestZonesOfTypedTimes(t *testing.T) {
	folder := t.TempDir()
	lite := filepath.Join(folder, "a.sqlite")
	db, err := sql.Open("sqlite", lite)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(`CREATE TABLE a (at DATETIME, zoned DATETIME, v REAL);
		INSERT INTO a VALUES ('2020-07-01 12:00:00', '2020-07-01 12:00:00Z', -9999), ('2020-01-01 12:00:00', '2020-01-01 12:00:00+00:00', 9e999)`)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	plain := filepath.Join(folder, "a.parquet")
	file, err := os.Create(plain)
	if err != nil {
		t.Fatal(err)
	}
	schema := parquet.NewSchema("a", parquet.Group{
		"at": parquet.TimestampAdjusted(parquet.Millisecond, false), "v": parquet.Leaf(parquet.DoubleType), "zoned": parquet.Timestamp(parquet.Millisecond),
	})
	w := parquet.NewWriter(file, schema)
	for _, day := range []time.Time{time.Date(2020, 7, 1, 12, 0, 0, 0, time.UTC), time.Date(2020, 1, 1, 12, 0, 0, 0, time.UTC)} {
		ms := day.UnixMilli()
		row := parquet.Row{parquet.Int64Value(ms).Level(0, 0, 0), parquet.DoubleValue(-9999).Level(0, 0, 1), parquet.Int64Value(ms).Level(0, 0, 2)}
		if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{lite, plain} {
		tab, err := File(context.Background(), path, source(t, `{ path: a, type: table, time: { zone: Europe/Lisbon }, missing: ["-9999"] }`), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]string{"at": "2020-07-01T11:00:00Z 2020-01-01T12:00:00Z", "zoned": "2020-07-01T12:00:00Z 2020-01-01T12:00:00Z"} {
			if c := tab.Find(name); c.Word(0)+" "+c.Word(1) != want {
				t.Errorf("%s: %s: %s %s, want %s", path, name, c.Word(0), c.Word(1), want)
			}
		}
		if v := numbers(t, tab, "v"); !math.IsNaN(v[0]) || !math.IsNaN(v[1]) {
			t.Errorf("%s: %v", path, v)
		}
	}
}

// TestDatabasesKeepTheirSecrets: an address that is none may be any variable of the
// environment, and is not told.
func TestDatabasesKeepTheirSecrets(t *testing.T) {
	t.Setenv("LONGTAKE_TEST_ADDRESS", "hunter2=secret word")
	_, err := Read(context.Background(), source(t, `{ database: $LONGTAKE_TEST_ADDRESS, table: a }`), nil, Options{Report: geo.NewReport()})
	if err == nil || strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
}

// TestGeometryOfHeights: what a query gives with heights is no area of other points.
func TestGeometryOfHeights(t *testing.T) {
	b := binary.LittleEndian.AppendUint32([]byte{1}, 1<<31|2)
	b = binary.LittleEndian.AppendUint32(b, 2)
	for _, v := range []float64{1, 2, 300, 4, 5, 600} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	blob := append([]byte{'G', 'P', 0, 1, 0, 0, 0, 0}, b...)
	for _, b := range [][]byte{b, blob} {
		if g := geometryOf(b); g == nil || !orb.Equal(g, orb.LineString{{1, 2}, {4, 5}}) {
			t.Error(g)
		}
	}
}
