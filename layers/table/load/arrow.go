package load

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// readArrow reads Arrow's IPC files, which Feather 2 is, and streams, column by column.
// Geometry is a column of GeoArrow's types, or of the metadata "geo" as GeoParquet has it, else
// the columns with the usual names. Members of structs become columns with a dot in their
// names; lists hold numbers.
func readArrow(ctx context.Context, c *read.Content, src *scene.Source, o Options) (t *table.Table, err error) {
	file, size, err := c.File()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	defer func() {
		if p := recover(); p == errRoom {
			t, err = nil, fmt.Errorf("%s: %w", c.Name(), errRoom)
		} else if p != nil { // the library trusts its offsets
			t, err = nil, fmt.Errorf("%s: damaged Arrow: %v", c.Name(), p)
		}
	}()
	most := o.Memory
	if most == 0 {
		most = 4 << 30
	}
	pool := &bounded{memory.NewGoAllocator(), most}
	schema, batches, err := arrowBatches(ctx, file, size, pool)
	if err != nil {
		return nil, fmt.Errorf("%s: damaged Arrow, or cut off: %w", c.Name(), err)
	}
	a := &arrowRows{zone: zone(src), src: src, room: pool, seen: map[arrow.ArrayData]bool{}}
	for _, b := range batches {
		if err := a.grow(b); err != nil {
			return nil, fmt.Errorf("%s: damaged Arrow: %w", c.Name(), err)
		}
	}
	if a.primary, err = arrowGeometry(schema); err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name(), err)
	}
	for i, f := range schema.Fields() {
		chunks := make([]arrow.Array, len(batches))
		for k, b := range batches {
			chunks[k] = b.Column(i)
		}
		if err := a.field(f.Name, f, chunks); err != nil {
			return nil, fmt.Errorf("%s: column %s: %w", c.Name(), f.Name, err)
		}
	}
	if len(a.columns) == 0 && a.geometry == nil {
		return nil, fmt.Errorf("%s: no column of numbers, text, times, lists of numbers or shapes", c.Name())
	}
	return a.table(src, o)
}

// arrowBatches reads all batches of rows of a file, or of a stream.
func arrowBatches(ctx context.Context, file *os.File, size int64, pool *bounded) (schema *arrow.Schema, out []arrow.RecordBatch, err error) {
	head := make([]byte, 6)
	if _, err := io.ReadFull(file, head); err != nil {
		return nil, nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, nil, err
	}
	stream := !bytes.Equal(head, []byte("ARROW1"))
	if err := checkArrow(file, size, pool.left, stream); err != nil {
		return nil, nil, err
	}
	if !stream {
		r, err := ipc.NewFileReader(file, ipc.WithAllocator(pool))
		if err != nil {
			return nil, nil, err
		}
		defer r.Close()
		for i := range r.NumRecords() {
			if ctx.Err() != nil {
				return nil, nil, ctx.Err()
			}
			b, err := r.RecordBatchAt(i)
			if err != nil {
				return nil, nil, err
			}
			out = append(out, b)
		}
		return r.Schema(), out, nil
	}
	r, err := ipc.NewReader(bufio.NewReader(file), ipc.WithAllocator(pool))
	if err != nil {
		return nil, nil, err
	}
	for r.Next() {
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		b := r.RecordBatch()
		b.Retain()
		out = append(out, b)
	}
	return r.Schema(), out, r.Err()
}

// arrowGeometry is the column that the schema's metadata "geo" calls the geometry, if there is
// some.
func arrowGeometry(s *arrow.Schema) (name string, err error) {
	text, ok := s.Metadata().GetValue("geo")
	if !ok {
		return "", nil
	}
	var meta struct {
		Primary string `json:"primary_column"`
		Columns map[string]struct {
			CRS json.RawMessage `json:"crs"`
		} `json:"columns"`
	}
	if err := json.Unmarshal([]byte(text), &meta); err != nil {
		return "", fmt.Errorf("the metadata \"geo\": %w", err)
	}
	return meta.Primary, longitudes(meta.Columns[meta.Primary].CRS)
}

// arrowRows gathers the columns of batches.
type arrowRows struct {
	src      *scene.Source
	room     *bounded
	seen     map[arrow.ArrayData]bool // dictionaries whose offsets are known to be in order
	rows     int
	zone     *time.Location // of timestamps that are local times
	primary  string
	columns  []table.Column
	whole    []string // columns of whole numbers that were read as text
	geometry []orb.Geometry
	lost     int
}

func (a *arrowRows) table(src *scene.Source, o Options) (*table.Table, error) {
	t := &table.Table{IDs: make([]string, a.rows), Geometry: a.geometry, Columns: a.columns}
	for i := range t.IDs {
		t.IDs[i] = "#" + itoa(i)
	}
	if a.lost > 0 {
		o.Report.Merge(geo.Summary{Notes: map[string]int{"geometry that cannot be read, left out": a.lost}})
	}
	for i := range t.Columns {
		for _, name := range a.whole {
			if name == t.Columns[i].Name {
				keptWhole(&t.Columns[i], o)
			}
		}
	}
	t.Sort()
	return locate(t, src, o)
}
