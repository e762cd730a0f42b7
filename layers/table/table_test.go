package table

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

func example() *Table {
	return FromFeatures([]geo.Feature{
		{ID: "a", Geometry: orb.Point{1, 2}, Tags: map[string]string{"n": "12.5", "name": "Ä", "ts": "[1,2,3]", "mixed": "3"}},
		{ID: "b", Geometry: orb.LineString{{0, 0}, {1, 1}}, Tags: map[string]string{"n": "NA", "name": "", "ts": "[4]", "mixed": "x"}},
		{ID: "c", Geometry: orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}, Tags: map[string]string{"n": "-1e3"}},
		{ID: "d"},
	})
}

func TestKindsFollowTheData(t *testing.T) {
	tab := example()
	n, err := tab.Numbers("n")
	if err != nil || n[0] != 12.5 || !math.IsNaN(n[1]) || n[2] != -1000 || !math.IsNaN(n[3]) {
		t.Error(n, err)
	}
	if l, err := tab.Lists("ts"); err != nil || len(l[0]) != 3 || l[3] != nil {
		t.Error(l, err)
	}
	if _, err := tab.Numbers("mixed"); err == nil || !strings.Contains(err.Error(), "text") {
		t.Error(err)
	}
	if _, err := tab.Numbers("nam"); err == nil || !strings.Contains(err.Error(), "mixed, n, name, ts") {
		t.Error(err)
	}
	if s, _ := tab.Strings("n"); s[0] != "12.5" || s[1] != "" {
		t.Error(s)
	}
}

func TestParquetRoundTrip(t *testing.T) {
	tab := example()
	var a, b bytes.Buffer
	if err := tab.WriteParquet(&a); err != nil {
		t.Fatal(err)
	}
	got, err := ReadParquet(a.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := got.WriteParquet(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("write, read, write gives other bytes")
	}
	if got.Rows() != 4 || got.IDs[3] != "d" || got.Geometry[3] != nil || !orb.Equal(got.Geometry[2], tab.Geometry[2]) {
		t.Errorf("%+v", got)
	}
}

func FuzzReadParquet(f *testing.F) {
	var a bytes.Buffer
	if err := example().WriteParquet(&a); err != nil {
		f.Fatal(err)
	}
	f.Add(a.Bytes())
	f.Add(a.Bytes()[:a.Len()/2])
	f.Add([]byte("PAR1PAR1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if tab, err := ReadParquet(data); err == nil && len(tab.IDs) != len(tab.Geometry) {
			t.Error("ids and geometry differ in length")
		}
	})
}

// What a box has emptied draws nothing, rather than failing over fields that no row has.
func TestNoRowsHaveAnyField(t *testing.T) {
	tab := FromFeatures(nil)
	for _, err := range []error{
		func() error { _, err := tab.Numbers("people"); return err }(),
		func() error { _, err := tab.Lists("people"); return err }(),
		func() error { _, err := tab.Strings("people"); return err }(),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	if _, err := example().Numbers("people"); err == nil || !strings.Contains(err.Error(), "people") {
		t.Error("a field that no row has:", err)
	}
}

// A wide table's error is short, and knows the name that differs in case alone.
func TestNoFieldOfAWideTable(t *testing.T) {
	var wide Table
	for i := range 200 {
		wide.Columns = append(wide.Columns, Column{Name: fmt.Sprintf("F%03d", i)})
	}
	wide.IDs, wide.Geometry = []string{"a"}, []orb.Geometry{nil}
	_, err := wide.Column("f150")
	if err == nil || !strings.Contains(err.Error(), `(did you mean "F150"?)`) || !strings.Contains(err.Error(), "and 160 more") || len(err.Error()) > 400 {
		t.Error(err)
	}
}
