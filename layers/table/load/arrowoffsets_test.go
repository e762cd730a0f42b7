package load

import (
	"encoding/binary"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// zeros is an array without missing values, all of them zero or empty.
func zeros(t arrow.DataType, n int) *array.Data {
	switch t := t.(type) {
	case *arrow.FixedSizeListType:
		return array.NewData(t, n, []*memory.Buffer{nil}, []arrow.ArrayData{zeros(t.Elem(), n*int(t.Len()))}, 0, 0)
	case *arrow.StructType:
		var members []arrow.ArrayData
		for _, f := range t.Fields() {
			members = append(members, zeros(f.Type, n))
		}
		return array.NewData(t, n, []*memory.Buffer{nil}, members, 0, 0)
	}
	return array.NewData(t, n, []*memory.Buffer{nil, memory.NewBufferBytes(make([]byte, 8*n))}, nil, 0, 0)
}

// offsetsOf are 0, most, 0, most and so on.
func offsetsOf(size, n, most int) *memory.Buffer {
	b := make([]byte, size*n)
	for i := 1; i < n; i += 2 {
		binary.LittleEndian.PutUint32(b[size*i:], uint32(most))
	}
	return memory.NewBufferBytes(b)
}

// upAndDown is a file with an odd number of rows, each other of which holds all members, or
// bytes; those between, which end before they begin, are missing.
func upAndDown(t testing.TB, typ arrow.DataType, rows, members int) string {
	valid := make([]byte, rows/8+1)
	for i := 0; i < rows; i += 2 {
		valid[i/8] |= 1 << (i % 8)
	}
	buffers := []*memory.Buffer{memory.NewBufferBytes(valid), offsetsOf(typ.(arrow.OffsetsDataType).OffsetTypeTraits().BytesRequired(1), rows+1, members)}
	var within []arrow.ArrayData
	if l, ok := typ.(arrow.ListLikeType); ok {
		within = append(within, zeros(l.Elem(), members))
	} else {
		buffers = append(buffers, memory.NewBufferBytes(make([]byte, members)))
	}
	column := array.MakeFromData(array.NewData(typ, rows, buffers, within, rows/2, 0))
	field := arrow.Field{Name: "v", Type: typ, Nullable: true}
	switch typ.ID() {
	case arrow.BINARY, arrow.LARGE_BINARY:
		field = geoArrow("wkb", typ)
	case arrow.LIST, arrow.LARGE_LIST:
		if arrow.IsNested(within[0].DataType().ID()) {
			field = geoArrow("linestring", typ)
		}
	}
	return oneBatch(t, []arrow.Field{field}, column)
}

// Offsets that go down would copy the same members for each row; they are refused.
func TestOffsetsGoUp(t *testing.T) {
	xy := arrow.StructOf(arrow.Field{Name: "x", Type: arrow.PrimitiveTypes.Float64}, arrow.Field{Name: "y", Type: arrow.PrimitiveTypes.Float64})
	pair := arrow.FixedSizeListOfNonNullable(2, arrow.PrimitiveTypes.Float64)
	for _, typ := range []arrow.DataType{
		arrow.ListOf(arrow.PrimitiveTypes.Float64), arrow.LargeListOf(arrow.PrimitiveTypes.Float64), arrow.ListOf(xy), arrow.LargeListOf(pair),
		arrow.BinaryTypes.String, arrow.BinaryTypes.LargeString, arrow.BinaryTypes.Binary, arrow.BinaryTypes.LargeBinary,
	} {
		if _, err := within(t, 1<<30, upAndDown(t, typ, 101, 1000)); err == nil || !strings.Contains(err.Error(), "damaged Arrow: its lists or texts hold offsets that go down") {
			t.Errorf("%v: %v", typ, err)
		}
		if _, err := within(t, 1<<30, upAndDown(t, typ, 1, 1000)); err != nil { // one row has no way down
			t.Errorf("%v: %v", typ, err)
		}
	}
}

// Views may name the same members again and again; what is made of them takes room, as do the
// points of shapes.
func TestMembersTakeRoom(t *testing.T) {
	const rows, members = 1000, 10_000
	pair := arrow.FixedSizeListOfNonNullable(2, arrow.PrimitiveTypes.Float64)
	views := func(elem arrow.DataType) arrow.Array {
		sizes := make([]byte, 4*rows)
		for i := range rows {
			binary.LittleEndian.PutUint32(sizes[4*i:], members)
		}
		return array.MakeFromData(array.NewData(arrow.ListViewOf(elem), rows, []*memory.Buffer{nil, memory.NewBufferBytes(make([]byte, 4*rows)), memory.NewBufferBytes(sizes)}, []arrow.ArrayData{zeros(elem, members)}, 0, 0))
	}
	one := make([]byte, 9+4*members) // a polygon of empty rings in WKB
	one[0], one[1] = 1, 3
	binary.LittleEndian.PutUint32(one[5:], members)
	wkb := array.NewBinaryBuilder(memory.DefaultAllocator, arrow.BinaryTypes.Binary)
	for range rows / 10 {
		wkb.Append(one)
	}
	numbers, points := views(arrow.PrimitiveTypes.Float64), views(pair)
	for name, c := range map[string]struct {
		text string
		most int64
		ok   bool
	}{
		"numbers":           {oneBatch(t, []arrow.Field{{Name: "v", Type: numbers.DataType()}}, numbers), 70_000_000, false},
		"numbers with room": {oneBatch(t, []arrow.Field{{Name: "v", Type: numbers.DataType()}}, numbers), 90_000_000, true},
		"points":            {oneBatch(t, []arrow.Field{geoArrow("linestring", points.DataType())}, points), 150_000_000, false},
		"wkb":               {oneBatch(t, []arrow.Field{geoArrow("wkb", arrow.BinaryTypes.Binary)}, wkb.NewArray()), 20_000_000, false},
	} {
		_, err := within(t, c.most, c.text)
		if c.ok != (err == nil) || err != nil && !strings.Contains(err.Error(), "--max-memory") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
