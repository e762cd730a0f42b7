package table

import (
	"math"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
)

func TestBlend(t *testing.T) {
	none := math.NaN()
	rows := &Table{IDs: []string{"a", "b"}, Geometry: []orb.Geometry{orb.Point{179, 10}, orb.Point{-179, 20}}, Columns: []Column{
		{Name: "course", Numbers: []float64{350, 20}},
		{Name: "gone", Numbers: []float64{4, none}},
		{Name: "list", Kind: List, Lists: [][]float64{{0, 10}, {4, 20}}},
		{Name: "new", Numbers: []float64{none, 4}},
		{Name: "open", Kind: Bool, Numbers: []float64{0, 1}},
		{Name: "uneven", Kind: List, Lists: [][]float64{{1}, {2, 3}}},
		{Name: "v", Numbers: []float64{10, 20}},
		{Name: "word", Kind: Text, Texts: []string{"x", "y"}},
		{Name: "when", Kind: Time, Numbers: []float64{100, 200}},
	}}
	got := rows.Blend([]Between{{0, 1, 0.25}, {0, 1, 0}, {0, 1, 1}}, []string{"course"})
	for i, want := range []map[string]string{
		{"course": "357.5", "gone": "4", "list": "[1 12.5]", "new": "", "open": "false", "uneven": "[1]", "v": "12.5", "word": "x", "when": "1970-01-01T00:02:05Z"},
		{"course": "350", "gone": "4", "list": "[0 10]", "new": "", "open": "false", "uneven": "[1]", "v": "10", "word": "x", "when": "1970-01-01T00:01:40Z"},
		{"course": "380", "gone": "4", "list": "[4 20]", "new": "", "open": "false", "uneven": "[1]", "v": "20", "word": "x", "when": "1970-01-01T00:03:20Z"},
	} {
		for name, word := range want {
			if g := got.Find(name).Word(i); g != word {
				t.Errorf("row %d: %s is %q, want %q", i, name, g, word)
			}
		}
	}
	if want := []orb.Geometry{orb.Point{179.5, 12.5}, orb.Point{179, 10}, orb.Point{-179, 20}}; !reflect.DeepEqual(got.Geometry, want) {
		t.Errorf("places %v, want %v", got.Geometry, want)
	}
}

func TestSame(t *testing.T) {
	make := func(change func(*Table)) *Table {
		out := &Table{IDs: []string{"a"}, Geometry: []orb.Geometry{orb.Point{1, 2}}, Columns: []Column{{Name: "v", Numbers: []float64{math.NaN()}}, {Name: "w", Kind: Text, Texts: []string{"x"}}}}
		change(out)
		return out
	}
	if !Same(make(func(*Table) {}), make(func(*Table) {})) {
		t.Error("the same table is another")
	}
	for name, change := range map[string]func(*Table){
		"id": func(t *Table) { t.IDs[0] = "b" }, "place": func(t *Table) { t.Geometry[0] = orb.Point{1, 3} }, "no place": func(t *Table) { t.Geometry[0] = nil },
		"number": func(t *Table) { t.Columns[0].Numbers[0] = 1 }, "text": func(t *Table) { t.Columns[1].Texts[0] = "y" },
		"name": func(t *Table) { t.Columns[0].Name = "u" }, "kind": func(t *Table) { t.Columns[0].Kind = Time },
	} {
		if Same(make(func(*Table) {}), make(change)) {
			t.Errorf("another %s is the same table", name)
		}
	}
}

func TestPairs(t *testing.T) {
	names := func(names ...string) *Table {
		out := &Table{Columns: []Column{{Name: "name", Kind: Text, Texts: names}}}
		for range names {
			out.IDs, out.Geometry = append(out.IDs, string(rune('0'+len(out.IDs)))), append(out.Geometry, nil)
		}
		return out
	}
	now, before := names("c", "a", "", "a", "d"), names("a", "b", "c", "")
	if got, want := Pairs(now, before, "name"), []int{2, 0, -1, -1, -1}; !reflect.DeepEqual(got, want) {
		t.Errorf("by name %v, want %v", got, want)
	}
	if got, want := Pairs(now, before, ""), []int{0, 1, 2, 3, -1}; !reflect.DeepEqual(got, want) {
		t.Errorf("by the rows' ids %v, want %v", got, want)
	}
}
