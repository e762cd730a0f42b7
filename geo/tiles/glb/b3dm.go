package glb

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
)

// batch is what a batched model of 3D Tiles 1.0 says around its glb.
type batch struct {
	glb    []byte
	center mgl64.Vec3 // RTC_CENTER, added after the turn to z up
	rows   []geo.FeatureRow
}

// splitB3DM takes a b3dm apart (3D Tiles 1.0, "Batched 3D Model"); binary columns of the
// batch table are left out.
func splitB3DM(data []byte) (batch, error) {
	var b batch
	t, err := split(data, 28)
	if err != nil {
		return b, err
	}
	b.glb = t.at
	var count int
	if err := b.global(t.table["BATCH_LENGTH"], t.bin, &count); err != nil {
		return b, fmt.Errorf("b3dm: BATCH_LENGTH: %w", err)
	}
	if err := b.global(t.table["RTC_CENTER"], t.bin, &b.center); err != nil {
		return b, fmt.Errorf("b3dm: RTC_CENTER: %w", err)
	}
	if count < 0 || count > len(data) {
		return b, fmt.Errorf("b3dm: BATCH_LENGTH %d in a file of %d bytes", count, len(data))
	}
	b.rows = make([]geo.FeatureRow, count)
	var columns map[string]json.RawMessage
	if err := unmarshalPadded(t.batch, &columns); err != nil {
		return b, fmt.Errorf("b3dm: batch table: %w", err)
	}
	b.column(columns, []string{"id", "ID", "gml_id", "osm_id"}, func(r *geo.FeatureRow, v any) { r.ID = text(v) })
	b.column(columns, []string{"name", "Name"}, func(r *geo.FeatureRow, v any) { r.Name = text(v) })
	b.column(columns, []string{"class", "Class"}, func(r *geo.FeatureRow, v any) { r.Class = text(v) })
	b.column(columns, []string{"height", "Height"}, func(r *geo.FeatureRow, v any) {
		if f, ok := v.(float64); ok {
			r.Height = float32(f)
		}
	})
	return b, nil
}

// global reads a value that is given in JSON; references into the table's binary part
// hold float32 or uint32.
func (b *batch) global(raw json.RawMessage, bin []byte, v any) error {
	if len(raw) == 0 {
		return nil
	}
	var ref struct {
		ByteOffset *int `json:"byteOffset"`
	}
	if json.Unmarshal(raw, &ref) != nil || ref.ByteOffset == nil {
		return json.Unmarshal(raw, v)
	}
	n := 4
	if _, ok := v.(*mgl64.Vec3); ok {
		n = 12
	}
	if *ref.ByteOffset < 0 || *ref.ByteOffset > len(bin)-n {
		return fmt.Errorf("byteOffset %d is beyond the %d bytes of the table", *ref.ByteOffset, len(bin))
	}
	bin = bin[*ref.ByteOffset:]
	switch v := v.(type) {
	case *int:
		*v = int(le32(bin))
	case *mgl64.Vec3:
		for k := range v {
			v[k] = float64(f32(bin[4*k:]))
		}
	}
	return nil
}

// column sets the rows from the first of the named JSON arrays.
func (b *batch) column(columns map[string]json.RawMessage, names []string, set func(*geo.FeatureRow, any)) {
	for _, name := range names {
		var values []any
		if json.Unmarshal(columns[name], &values) != nil {
			continue
		}
		for i := range min(len(values), len(b.rows)) {
			set(&b.rows[i], values[i])
		}
		return
	}
}

func text(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// unmarshalPadded decodes JSON that may end in spaces or zeros, or be empty.
func unmarshalPadded(raw []byte, v any) error {
	raw = bytes.TrimRight(raw, " \x00")
	if len(raw) == 0 {
		return nil
	}
	return json.Unmarshal(raw, v)
}
