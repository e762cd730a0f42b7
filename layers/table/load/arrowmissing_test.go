package load

import (
	"bytes"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/paulmach/orb"
)

// arrowArray is an array of values given as JSON.
func arrowArray(t *testing.T, of arrow.DataType, values string) arrow.Array {
	t.Helper()
	a, _, err := array.FromJSON(memory.DefaultAllocator, of, strings.NewReader(values))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// under are structs whose members keep their values where the struct is missing.
func under(t *testing.T, there []bool, fields []arrow.Field, members ...arrow.Array) arrow.Array {
	t.Helper()
	bits, missing := make([]byte, 1+len(there)/8), 0
	for i, ok := range there {
		if ok {
			bits[i/8] |= 1 << (i % 8)
		} else {
			missing++
		}
	}
	s, err := array.NewStructArrayWithFieldsAndNulls(members, fields, memory.NewBufferBytes(bits), missing, 0)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func arrowStream(t *testing.T, f arrow.Field, a arrow.Array) string {
	t.Helper()
	schema := arrow.NewSchema([]arrow.Field{f}, nil)
	var out bytes.Buffer
	w := ipc.NewWriter(&out, ipc.WithSchema(schema))
	if err := w.Write(array.NewRecordBatch(schema, []arrow.Array{a}, int64(a.Len()))); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// What lies in the members of a missing struct is no value, nor is it in structs of structs.
func TestArrowMissingStructs(t *testing.T) {
	pair := arrow.FixedSizeListOfNonNullable(2, arrow.PrimitiveTypes.Float64)
	words := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
	deep := []arrow.Field{{Name: "n", Type: arrow.PrimitiveTypes.Int32, Nullable: true}}
	fields := []arrow.Field{
		{Name: "v", Type: arrow.PrimitiveTypes.Float64, Nullable: true},
		{Name: "id", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
		{Name: "open", Type: arrow.FixedWidthTypes.Boolean, Nullable: true},
		{Name: "name", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "kind", Type: words, Nullable: true},
		{Name: "times", Type: arrow.ListOf(arrow.PrimitiveTypes.Float64), Nullable: true},
		{Name: "deep", Type: arrow.StructOf(deep...), Nullable: true},
		geoArrow("point", pair),
	}
	kinds := array.NewDictionaryArray(words, arrowArray(t, arrow.PrimitiveTypes.Int8, `[0, 1, 0, 2]`), arrowArray(t, arrow.BinaryTypes.String, `["bus", "tram", null]`))
	all := under(t, []bool{true, false, true, true}, fields,
		arrowArray(t, fields[0].Type, `[1, 2, null, 4]`),
		arrowArray(t, fields[1].Type, `[1, 9007199254740993, 3, 4]`),
		arrowArray(t, fields[2].Type, `[true, true, false, true]`),
		arrowArray(t, fields[3].Type, `["a", "b", "c", null]`),
		kinds,
		arrowArray(t, fields[5].Type, `[[1], [2], [3], null]`),
		under(t, []bool{true, true, false, true}, deep, arrowArray(t, deep[0].Type, `[5, 6, 7, null]`)),
		arrowArray(t, pair, `[[1, 1], [2, 2], [3, 3], [4, 4]]`))
	nan := math.NaN()
	for first := range 2 { // whole, and from the second row
		tab, r, err := reading(t, "a.arrow", arrowStream(t, arrow.Field{Name: "s", Type: all.DataType(), Nullable: true}, array.NewSlice(all, int64(first), 4)), `{ path: a, type: table }`)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string][]float64{"s.v": {1, nan, nan, 4}, "s.id": {1, nan, 3, 4}, "s.open": {1, nan, 0, 1}, "s.deep.n": {5, nan, nan, nan}} {
			if got := numbers(t, tab, name); !slices.EqualFunc(got, want[first:], func(a, b float64) bool { return a == b || a != a && b != b }) {
				t.Errorf("%s from row %d is %v, expected %v", name, first, got, want[first:])
			}
		}
		for name, want := range map[string][]string{"s.name": {"a", "", "c", ""}, "s.kind": {"bus", "", "bus", ""}} {
			if got, err := tab.Strings(name); err != nil || !slices.Equal(got, want[first:]) {
				t.Errorf("%s from row %d is %q, expected %q (%v)", name, first, got, want[first:], err)
			}
		}
		if c, _ := tab.Column("s.times"); !reflect.DeepEqual(c.Lists, [][]float64{{1}, nil, {3}, nil}[first:]) {
			t.Errorf("s.times from row %d is %v", first, c.Lists)
		}
		if want := []orb.Geometry{orb.Point{1, 1}, nil, orb.Point{3, 3}, orb.Point{4, 4}}; !reflect.DeepEqual(tab.Geometry, want[first:]) {
			t.Errorf("geometry from row %d is %v", first, tab.Geometry)
		}
		if n := len(r.Summary().Notes); n != 0 {
			t.Errorf("%d notes of what is only missing", n)
		}
	}
}

// A shape that lacks a part or a coordinate within is left out and told of, not drawn with
// what lies in its place.
func TestArrowShapesWithHoles(t *testing.T) {
	xy := []arrow.Field{{Name: "x", Type: arrow.PrimitiveTypes.Float64, Nullable: true}, {Name: "y", Type: arrow.PrimitiveTypes.Float64, Nullable: true}}
	pair, maybe := arrow.FixedSizeListOf(2, arrow.PrimitiveTypes.Float64), arrow.StructOf(xy...)
	for _, c := range []struct {
		name   string
		of     arrow.DataType
		values string // the second row is whole
		want   orb.Geometry
	}{
		{"point", maybe, `[{"x": 1, "y": null}, {"x": 1, "y": 2}]`, orb.Point{1, 2}},
		{"linestring", arrow.ListOf(maybe), `[[{"x": 1, "y": 2}, null], [{"x": 1, "y": 2}, {"x": 3, "y": 4}]]`, orb.LineString{{1, 2}, {3, 4}}},
		{"linestring", arrow.ListOf(pair), `[[[1, 2], null, [3, 4]], [[1, 2], [3, 4]]]`, orb.LineString{{1, 2}, {3, 4}}},
		{"linestring", arrow.ListOf(pair), `[[[1, null], [3, 4]], [[1, 2], [3, 4]]]`, orb.LineString{{1, 2}, {3, 4}}},
		{"multilinestring", arrow.ListOf(arrow.ListOf(pair)), `[[[[1, 2], [3, 4]], null], [[[1, 2], [3, 4]]]]`, orb.MultiLineString{{{1, 2}, {3, 4}}}},
	} {
		f := geoArrow(c.name, c.of)
		tab, r, err := reading(t, "a.arrow", arrowStream(t, f, arrowArray(t, c.of, c.values)), `{ path: a, type: table }`)
		if err != nil {
			t.Errorf("%s: %v", c.values, err)
			continue
		}
		if want := []orb.Geometry{nil, c.want}; !reflect.DeepEqual(tab.Geometry, want) {
			t.Errorf("%s is %v", c.values, tab.Geometry)
		}
		if n := r.Summary().Notes["geometry that cannot be read, left out"]; n != 1 {
			t.Errorf("%s: %d rows are told of", c.values, n)
		}
	}
}
