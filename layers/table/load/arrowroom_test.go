package load

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/table"
)

// within reads an Arrow file in so many bytes of memory.
func within(t testing.TB, most int64, text string) (*table.Table, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.arrow")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return File(context.Background(), file, source(t, `{ path: a, type: table }`), Options{Report: geo.NewReport(), Memory: most})
}

// oneBatch writes columns as they are, sound or not.
func oneBatch(t testing.TB, fields []arrow.Field, columns ...arrow.Array) string {
	t.Helper()
	var out bytes.Buffer
	schema := arrow.NewSchema(fields, nil)
	w, err := ipc.NewFileWriter(&out, ipc.WithSchema(schema))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(array.NewRecordBatch(schema, columns, int64(columns[0].Len()))); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// nothing is a column without values, which takes no bytes however long it is.
func nothing(t testing.TB, rows int) string {
	return oneBatch(t, []arrow.Field{{Name: "none", Type: arrow.Null, Nullable: true}}, array.NewNull(rows))
}

// Rows, and what columns make of them, take room before they are made.
func TestRowsTakeRoom(t *testing.T) {
	small := make([]int8, 100_000)
	bytesOf := array.NewInt8Data(array.NewData(arrow.PrimitiveTypes.Int8, len(small), []*memory.Buffer{nil, memory.NewBufferBytes(make([]byte, len(small)))}, nil, 0, 0))
	var fields []arrow.Field
	var columns []arrow.Array
	for i := range 20 { // 2 MB in the file, 16 MB of numbers
		fields = append(fields, arrow.Field{Name: "v" + itoa(i), Type: arrow.PrimitiveTypes.Int8})
		columns = append(columns, bytesOf)
	}
	ids := array.NewInt64Builder(memory.DefaultAllocator)
	for i := range 100_000 { // 0.8 MB in the file; 3.3 MB of words, as these numbers are
		ids.Append(1<<60 + 1 + int64(i)*2)
	}
	beside := oneBatch(t, []arrow.Field{fields[0], {Name: "none", Type: arrow.Null, Nullable: true}}, bytesOf, array.NewNull(len(small)))
	for name, c := range map[string]struct {
		text string
		most int64
		ok   bool
	}{
		"rows without values": {nothing(t, 1<<40), 1 << 40, false},
		"a million rows":      {nothing(t, 1_000_000), 40_000_000, false},
		"numbers":             {oneBatch(t, fields, columns...), 20_000_000, false},
		"numbers with room":   {oneBatch(t, fields, columns...), 24_000_000, true},
		"none beside numbers": {beside, 6_000_000, true},
		"words":               {oneBatch(t, []arrow.Field{{Name: "id", Type: arrow.PrimitiveTypes.Int64}}, ids.NewArray()), 8_500_000, false},
	} {
		_, err := within(t, c.most, c.text)
		if c.ok != (err == nil) || err != nil && (!strings.Contains(err.Error(), "--max-memory") || strings.Contains(err.Error(), "damaged")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A column with more rows than its batch is damaged.
func TestRowsOfOneBatch(t *testing.T) {
	v := array.NewFloat64Builder(memory.DefaultAllocator)
	v.AppendValues([]float64{1, 2, 3}, nil)
	text := oneBatch(t, []arrow.Field{{Name: "v", Type: arrow.PrimitiveTypes.Float64}, {Name: "none", Type: arrow.Null, Nullable: true}}, v.NewArray(), array.NewNull(3))
	// The nodes of both columns are length and number of missing values; that of none is longer.
	node := []byte{3, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0}
	if strings.Count(text, string(node)) != 1 {
		t.Fatal("one node is expected")
	}
	more := strings.Replace(text, string(node), "\x05"+string(node[1:]), 1)
	if _, err := within(t, 1<<20, more); err == nil || !strings.Contains(err.Error(), "damaged Arrow") {
		t.Error(err)
	}
}
