package load

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/table"
)

// arrowFile writes rows given as JSON, in two batches, as a file or a stream.
func arrowFile(t *testing.T, stream bool, fields []arrow.Field, rows ...string) string {
	t.Helper()
	schema := arrow.NewSchema(fields, nil)
	var out bytes.Buffer
	var w interface {
		Write(arrow.RecordBatch) error
		Close() error
	} = ipc.NewWriter(&out, ipc.WithSchema(schema), ipc.WithZstd())
	if !stream {
		f, err := ipc.NewFileWriter(&out, ipc.WithSchema(schema), ipc.WithLZ4())
		if err != nil {
			t.Fatal(err)
		}
		w = f
	}
	for _, part := range [][]string{rows[:1], rows[1:]} {
		b, _, err := array.RecordFromJSON(memory.DefaultAllocator, schema, strings.NewReader("["+strings.Join(part, ",")+"]"))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func geoArrow(name string, t arrow.DataType) arrow.Field {
	return arrow.Field{Name: "geometry", Type: t, Nullable: true, Metadata: arrow.NewMetadata([]string{extension}, []string{"geoarrow." + name})}
}

// Files and streams hold the same rows, with kinds, missing values and whole numbers as they are.
func TestArrow(t *testing.T) {
	point := arrow.FixedSizeListOfNonNullable(2, arrow.PrimitiveTypes.Float64)
	fields := []arrow.Field{
		{Name: "name", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "v", Type: arrow.PrimitiveTypes.Float32, Nullable: true},
		{Name: "id", Type: arrow.PrimitiveTypes.Int64},
		{Name: "at", Type: &arrow.TimestampType{Unit: arrow.Millisecond, TimeZone: "UTC"}, Nullable: true},
		{Name: "kind", Type: arrow.BinaryTypes.String},
		{Name: "times", Type: arrow.ListOf(arrow.PrimitiveTypes.Float64), Nullable: true},
		{Name: "more", Type: arrow.StructOf(arrow.Field{Name: "open", Type: arrow.FixedWidthTypes.Boolean})},
		geoArrow("point", point),
	}
	rows := []string{
		`{"name": "a", "v": 1.5, "id": "9007199254740993", "at": "2020-01-02T03:04:05Z", "kind": "bus", "times": [1, 2], "more": {"open": true}, "geometry": [7, 43]}`,
		`{"name": null, "v": null, "id": 2, "at": null, "kind": "tram", "times": null, "more": {"open": false}, "geometry": null}`,
		`{"name": "c", "v": 3, "id": 3, "at": "1970-01-01T00:00:00.250Z", "kind": "bus", "times": [], "more": {"open": true}, "geometry": [8, 44]}`,
	}
	for _, stream := range []bool{false, true} {
		tab, r, err := reading(t, "a.arrow", arrowFile(t, stream, fields, rows...), `{ path: a, type: table }`)
		if err != nil {
			t.Fatal(err)
		}
		if want := []orb.Geometry{orb.Point{7, 43}, nil, orb.Point{8, 44}}; !reflect.DeepEqual(tab.Geometry, want) {
			t.Errorf("geometry %v", tab.Geometry)
		}
		if v := numbers(t, tab, "v"); v[0] != 1.5 || !math.IsNaN(v[1]) || v[2] != 3 {
			t.Errorf("v %v", v)
		}
		for name, want := range map[string][]string{"name": {"a", "", "c"}, "id": {"9007199254740993", "2", "3"}, "at": {"2020-01-02T03:04:05Z", "", "1970-01-01T00:00:00.25Z"}, "kind": {"bus", "tram", "bus"}, "more.open": {"true", "false", "true"}} {
			if got, err := tab.Strings(name); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s is %q, expected %q (%v)", name, got, want, err)
			}
		}
		if c, _ := tab.Column("times"); c.Kind != table.List || !reflect.DeepEqual(c.Lists, [][]float64{{1, 2}, nil, nil}) {
			t.Errorf("times %+v", c)
		}
		if n := r.Summary().Notes["field id: whole numbers that a number would round: the field is text"]; n != 1 {
			t.Errorf("%d whole numbers are told of", n)
		}
	}
}

// Words that are kept once are words.
func TestArrowDictionary(t *testing.T) {
	fields := []arrow.Field{{Name: "kind", Type: &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}}}
	tab, _, err := reading(t, "a.arrow", arrowFile(t, true, fields, `{"kind": "bus"}`, `{"kind": "tram"}`, `{"kind": "bus"}`), `{ path: a, type: table }`)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := tab.Strings("kind"); err != nil || !reflect.DeepEqual(got, []string{"bus", "tram", "bus"}) {
		t.Errorf("%q, %v", got, err)
	}
}

// Shapes of GeoArrow are read in each of their forms; without them columns of positions are.
func TestArrowShapes(t *testing.T) {
	xy := arrow.StructOf(arrow.Field{Name: "x", Type: arrow.PrimitiveTypes.Float64}, arrow.Field{Name: "y", Type: arrow.PrimitiveTypes.Float64})
	pair := arrow.FixedSizeListOfNonNullable(2, arrow.PrimitiveTypes.Float64)
	line, ring := orb.LineString{{1, 2}, {3, 4}}, orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 0}}
	for _, c := range []struct {
		field arrow.Field
		row   string
		want  orb.Geometry
	}{
		{geoArrow("linestring", arrow.ListOf(xy)), `[{"x": 1, "y": 2}, {"x": 3, "y": 4}]`, line},
		{geoArrow("linestring", arrow.ListOf(pair)), `[[1, 2], [3, 4]]`, line},
		{geoArrow("polygon", arrow.ListOf(arrow.ListOf(pair))), `[[[0, 0], [1, 0], [1, 1], [0, 0]]]`, orb.Polygon{ring}},
		{geoArrow("multilinestring", arrow.ListOf(arrow.ListOf(pair))), `[[[1, 2], [3, 4]]]`, orb.MultiLineString{line}},
		{geoArrow("multipolygon", arrow.ListOf(arrow.ListOf(arrow.ListOf(pair)))), `[[[[0, 0], [1, 0], [1, 1], [0, 0]]]]`, orb.MultiPolygon{{ring}}},
		{geoArrow("wkt", arrow.BinaryTypes.String), `"LINESTRING (1 2, 3 4)"`, line},
	} {
		row := `{"geometry": ` + c.row + `}`
		tab, _, err := reading(t, "a.feather", arrowFile(t, false, []arrow.Field{c.field}, row, row), `{ path: a, type: table }`)
		if err != nil {
			t.Errorf("%s: %v", c.row, err)
		} else if !reflect.DeepEqual(tab.Geometry, []orb.Geometry{c.want, c.want}) {
			t.Errorf("%s is %v", c.row, tab.Geometry)
		}
	}
	degrees := []arrow.Field{{Name: "lng", Type: arrow.PrimitiveTypes.Float64}, {Name: "lat", Type: arrow.PrimitiveTypes.Float64}}
	tab, _, err := reading(t, "a.arrow", arrowFile(t, true, degrees, `{"lng": 7, "lat": 43}`, `{"lng": 8, "lat": 44}`), `{ path: a, type: table }`)
	if err != nil || tab.Geometry[1] != (orb.Point{8, 44}) {
		t.Errorf("%v, %v", tab, err)
	}
}

// What is cut off, damaged or in another reference system is told; nothing panics.
func TestBadArrow(t *testing.T) {
	metric := geoArrow("point", arrow.FixedSizeListOfNonNullable(2, arrow.PrimitiveTypes.Float64))
	metric.Metadata = arrow.NewMetadata([]string{extension, "ARROW:extension:metadata"}, []string{"geoarrow.point", `{"crs": "EPSG:25833"}`})
	good := arrowFile(t, false, []arrow.Field{{Name: "v", Type: arrow.PrimitiveTypes.Float64}}, `{"v": 1}`, `{"v": 2}`)
	stream := arrowFile(t, true, []arrow.Field{{Name: "v", Type: arrow.PrimitiveTypes.Float64}}, `{"v": 1}`, `{"v": 2}`)
	for name, c := range map[string]struct{ text, want string }{
		"crs":      {arrowFile(t, false, []arrow.Field{metric}, `{"geometry": [1, 2]}`, `{"geometry": [3, 4]}`), "EPSG:25833: transform them"},
		"cut":      {good[:len(good)-20], "damaged Arrow"},
		"cut late": {stream[:len(stream)/2], "damaged Arrow"},
		"feather":  {"FEA1" + good, "write it as version 2"},
	} {
		if _, _, err := reading(t, "a.arrow", c.text, `{ path: a, type: table }`); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{good, stream, nothing(t, 1<<40), upAndDown(t, arrow.ListOf(arrow.PrimitiveTypes.Float64), 3, 4)} {
		for at := 8; at < len(text); at += 7 {
			b := []byte(text)
			b[at] ^= 0xff
			if tab, err := within(t, 1<<26, string(b)); err == nil && sound(tab) != nil {
				t.Errorf("byte %d: %v", at, sound(tab))
			}
		}
	}
}
