package load

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// sound tells what is wrong with a table.
func sound(t *table.Table) error {
	if len(t.IDs) != len(t.Geometry) {
		return fmt.Errorf("%d ids, %d geometries", len(t.IDs), len(t.Geometry))
	}
	for _, c := range t.Columns {
		if n := len(c.Numbers) + len(c.Texts) + len(c.Lists); n != len(t.IDs) {
			return fmt.Errorf("%s: %d values in %d rows", c.Name, n, len(t.IDs))
		}
	}
	return nil
}

func FuzzFile(f *testing.F) {
	for _, s := range []string{
		"a,lng,lat\n1,2,3\n", "a;b\n\"x;1\n", "\xff\xfea\x00", `[{"a":1,"lng":2,"lat":3}]`, `{"a":[1,null]}` + "\n" + `{"a":{"b":{"c":{"d":{"e":1}}}}}`,
		`[{"path":[[1,2],[3]],"a":"\ud800"}]`, "PAR1PAR1", "SQLite format 3\x00", "[[1,2]]", "{", `{"a"`, "x\n", "lng,lat\n1e999,0\n",
	} {
		f.Add([]byte(s))
	}
	var b bytes.Buffer
	small := &table.Table{IDs: []string{"a"}, Geometry: nil, Columns: []table.Column{{Name: "t", Kind: table.Time, Numbers: []float64{1}}, {Name: "l", Kind: table.List, Lists: [][]float64{{1, 2}}}}}
	small.Geometry = append(small.Geometry, nil)
	if err := small.WriteParquet(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	src := scene.Source{Type: "table"}
	src.SetDefaults()
	file := filepath.Join(f.TempDir(), "fuzzed")
	readers := []func(context.Context, *read.Content, *scene.Source, Options) (*table.Table, error){readCSV, readJSON, readParquet, readSQLite, readGTFS}
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := read.OpenContent(file)
		if err != nil {
			return
		}
		defer c.Close()
		for _, reader := range readers {
			tab, err := reader(context.Background(), c, &src, Options{Report: geo.NewReport()})
			if err != nil {
				continue
			}
			if err := sound(tab); err != nil {
				t.Error(err)
			}
		}
	})
}

// BenchmarkCSV reads a million rows of eight columns: two of the position, four numbers,
// two texts.
func BenchmarkCSV(b *testing.B) {
	file := filepath.Join(b.TempDir(), "rows.csv")
	var text bytes.Buffer
	text.WriteString("id,lng,lat,speed,course,draught,kind,name\n")
	rnd := rand.New(rand.NewPCG(1, 2))
	const rows = 1000000
	for i := range rows {
		fmt.Fprintf(&text, "%d,%.6f,%.6f,%.1f,%.1f,%.1f,%s,ship %d\n", i, rnd.Float64()*360-180, rnd.Float64()*180-90, rnd.Float64()*20, rnd.Float64()*360, rnd.Float64()*15, []string{"cargo", "tanker", "ferry"}[i%3], i%20000)
	}
	if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	src := scene.Source{}
	src.SetDefaults()
	src.Type = "table"
	b.SetBytes(int64(text.Len()))
	text = bytes.Buffer{}
	var before, after runtime.MemStats
	var tab *table.Table
	for b.Loop() {
		tab = nil
		runtime.GC()
		runtime.ReadMemStats(&before)
		var err error
		if tab, err = File(context.Background(), file, &src, Options{Report: geo.NewReport()}); err != nil {
			b.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if tab.Rows() != rows {
		b.Fatal(tab.Rows())
	}
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/rows, "B/row")
}
