package glb

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
)

// batch is what a batched model of 3D Tiles 1.0 says around its glb.
type batch struct {
	glb    []byte
	center mgl64.Vec3 // RTC_CENTER, added after the turn to z up
	rows   []geo.FeatureRow
	attributes
}

// splitB3DM takes a b3dm apart (3D Tiles 1.0, "Batched 3D Model"), with those columns of the
// batch table that are wanted.
func splitB3DM(data []byte, want func(name string) bool) (batch, error) {
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
	for _, name := range sortedKeys(columns) {
		if len(b.rows) > 0 && (want == nil || want(name)) {
			b.attribute(name, columns[name], t.batchBin)
		}
	}
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

// attribute reads a column of plain values, or of numbers in the table's binary part; lists,
// objects and vectors are left out.
func (b *batch) attribute(name string, raw json.RawMessage, bin []byte) {
	texts, kind := make([]string, len(b.rows)), geo.TextAttribute
	var values []any
	var ref struct {
		ByteOffset    *int   `json:"byteOffset"`
		ComponentType string `json:"componentType"`
		Type          string `json:"type"`
	}
	if json.Unmarshal(raw, &values) == nil {
		numbers, truths := true, true
		for i := range min(len(values), len(texts)) {
			switch v := values[i].(type) {
			case nil:
			case float64:
				texts[i], truths = strconv.FormatFloat(v, 'f', -1, 64), false
			case bool:
				texts[i], numbers = strconv.FormatBool(v), false
			case string:
				texts[i], numbers, truths = v, false, false
			default:
				return
			}
		}
		truths = truths && !slices.Contains(texts, "")
		switch {
		case numbers:
			kind = geo.NumberAttribute
		case truths:
			kind = geo.BooleanAttribute
		}
	} else {
		if json.Unmarshal(raw, &ref) != nil {
			return
		}
		form, ok := batchNumbers[ref.ComponentType]
		if !ok || ref.Type != "SCALAR" || ref.ByteOffset == nil || *ref.ByteOffset < 0 || *ref.ByteOffset > len(bin)-form.size*len(texts) {
			return
		}
		kind = geo.NumberAttribute
		for i := range texts {
			if v := component(bin[*ref.ByteOffset+i*form.size:], form.name); !math.IsNaN(v) && !math.IsInf(v, 0) {
				texts[i] = strconv.FormatFloat(v, 'f', -1, form.bits)
			}
		}
	}
	at := b.add(name, kind)
	for i := range b.rows {
		r := &b.rows[i]
		for len(r.Values) <= at {
			r.Values = append(r.Values, "")
		}
		r.Values[at] = texts[i]
	}
}

// batchNumbers are the component types of batch tables in the words of property tables.
var batchNumbers = map[string]struct {
	name       string
	size, bits int
}{"BYTE": {"INT8", 1, 64}, "UNSIGNED_BYTE": {"UINT8", 1, 64}, "SHORT": {"INT16", 2, 64}, "UNSIGNED_SHORT": {"UINT16", 2, 64},
	"INT": {"INT32", 4, 64}, "UNSIGNED_INT": {"UINT32", 4, 64}, "FLOAT": {"FLOAT32", 4, 32}, "DOUBLE": {"FLOAT64", 8, 64}}

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
