package glb

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"

	"github.com/longtake/longtake/geo"
)

// The class of our property tables.
const (
	schemaID     = "longtake"
	featureClass = "feature"
)

// Schema is the metadata schema of the property tables that Write makes, in the form of
// EXT_structural_metadata.
func featureSchema() *schema {
	return &schema{ID: schemaID, Classes: map[string]class{featureClass: {
		Name:        "Feature",
		Description: "A thing of the map data that the tiles were made from",
		Properties: map[string]property{
			"id":     {Type: "STRING", Semantic: "ID", Required: true, Description: "Identifier in the source, such as way/123"},
			"name":   {Type: "STRING", Semantic: "NAME", NoData: "", Description: "Name, as written in the place itself"},
			"class":  {Type: "STRING", NoData: "", Description: "What it is, such as building"},
			"height": {Type: "SCALAR", ComponentType: "FLOAT32", NoData: 0, Description: "Height in metres"},
		},
	}}}
}

// stringsColumn is the two buffers of a STRING property: UTF-8 and UINT32 offsets.
func stringsColumn(rows []geo.FeatureRow, get func(geo.FeatureRow) string) (values, offsets []byte, err error) {
	offsets = make([]byte, 0, 4*len(rows)+4)
	offsets = binary.LittleEndian.AppendUint32(offsets, 0)
	for _, r := range rows {
		values = append(values, get(r)...)
		if uint64(len(values)) > math.MaxUint32 {
			return nil, nil, fmt.Errorf("the text of the features exceeds 4 GiB; split the tile")
		}
		offsets = binary.LittleEndian.AppendUint32(offsets, uint32(len(values)))
	}
	return values, offsets, nil
}

func heightColumn(rows []geo.FeatureRow) []byte {
	out := make([]byte, 0, 4*len(rows))
	for _, r := range rows {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(r.Height))
	}
	return out
}

// tables reads all property tables one after the other, with those of their attributes that
// are wanted (nil: all); first[i] is the row where table i begins, and the last entry the
// number of all rows.
func (d *document) tables(want func(name string) bool) (rows []geo.FeatureRow, all []geo.Attribute, first []int, err error) {
	var m structuralMetadata
	var a attributes
	first = []int{0}
	ok, err := extension(d.Extensions, extMetadata, &m)
	if !ok || err != nil {
		return nil, nil, first, err
	}
	for i, t := range m.PropertyTables {
		part, err := d.table(t, m.Schema, &a, want)
		if err != nil {
			return nil, nil, nil, fmt.Errorf("property table %d: %w", i, err)
		}
		if len(rows)+len(part) > MaxVertices {
			return nil, nil, nil, fmt.Errorf("more than %d features; split the tile", MaxVertices)
		}
		rows = append(rows, part...)
		first = append(first, len(rows))
	}
	return rows, a.all, first, nil
}

func (d *document) table(t propertyTable, s *schema, a *attributes, want func(name string) bool) ([]geo.FeatureRow, error) {
	size := 0
	for _, b := range d.buffers {
		size += len(b)
	}
	if d.unpacked > 0 || len(d.buffers) > 1 { // compressed columns are longer than they look
		size *= 16
	}
	if t.Count < 1 || t.Count > size+1 || t.Count > MaxVertices {
		return nil, fmt.Errorf("%d features where the file has %d bytes of data", t.Count, size)
	}
	rows := make([]geo.FeatureRow, t.Count)
	if s == nil {
		return rows, nil // the schema is elsewhere: features without known properties
	}
	put := map[string]func(*geo.FeatureRow, string){
		"ID":    func(r *geo.FeatureRow, v string) { r.ID = v },
		"NAME":  func(r *geo.FeatureRow, v string) { r.Name = v },
		"class": func(r *geo.FeatureRow, v string) { r.Class = v },
	}
	props := s.Classes[t.Class].Properties
	for _, name := range sortedKeys(props) {
		p := props[name]
		v, ok := t.Properties[name]
		if !ok || p.Array {
			continue
		}
		role := p.Semantic
		if role == "" {
			role = map[string]string{"id": "ID", "name": "NAME", "class": "class"}[name]
		}
		set := put[role]
		height := name == "height" && p.Type == "SCALAR" && (p.ComponentType == "FLOAT32" || p.ComponentType == "FLOAT64")
		switch {
		case (p.Type != "STRING" || set == nil) && !height:
			called := attributeName(name, p)
			if want != nil && !want(called) {
				continue
			}
			if err := d.attribute(rows, a, called, p, v, s); err != nil && want != nil { // what nobody has asked for costs no tile
				return nil, fmt.Errorf("property %q: %w", name, err)
			}
		case p.Type == "STRING":
			values, err := d.stringValues(v, t.Count)
			if err != nil {
				return nil, fmt.Errorf("property %q: %w", name, err)
			}
			for i, text := range values {
				set(&rows[i], text)
			}
		default:
			if err := d.heights(rows, p, v); err != nil {
				return nil, fmt.Errorf("property %q: %w", name, err)
			}
		}
	}
	return rows, nil
}

// heights reads the column of heights; what is no number, or stands for none, is 0.
func (d *document) heights(rows []geo.FeatureRow, p property, v propertyValues) error {
	raw, _, err := d.view(v.Values)
	if err != nil {
		return err
	}
	size := 4
	if p.ComponentType == "FLOAT64" {
		size = 8
	}
	if len(raw) < size*len(rows) {
		return fmt.Errorf("%d bytes for %d numbers", len(raw), len(rows))
	}
	scale, offset, _ := p.scaling(v)
	none, some := p.NoData.(float64)
	for i := range rows {
		n := component(raw[i*size:], p.ComponentType)
		if some && (n == none || n == float64(float32(none))) {
			continue
		}
		if h := float32(float64(n*scale) + offset); !math.IsNaN(float64(h)) && !math.IsInf(float64(h), 0) {
			rows[i].Height = h
		}
	}
	return nil
}

// stringValues reads a STRING property.
func (d *document) stringValues(v propertyValues, count int) ([]string, error) {
	if v.StringOffsets == nil {
		return nil, fmt.Errorf("it has no stringOffsets")
	}
	raw, _, err := d.view(v.Values)
	if err != nil {
		return nil, err
	}
	offs, _, err := d.view(*v.StringOffsets)
	if err != nil {
		return nil, err
	}
	size := map[string]int{"": 4, "UINT8": 1, "UINT16": 2, "UINT32": 4, "UINT64": 8}[v.StringOffsetType]
	if size == 0 || len(offs) < size*(count+1) {
		return nil, fmt.Errorf("%d bytes of %s offsets for %s strings", len(offs), v.StringOffsetType, strconv.Itoa(count))
	}
	out := make([]string, count)
	var last uint64
	for i := 0; i <= count; i++ {
		var b [8]byte
		copy(b[:], offs[i*size:(i+1)*size])
		at := binary.LittleEndian.Uint64(b[:])
		if at < last || at > uint64(len(raw)) {
			return nil, fmt.Errorf("string offset %d is %d, after %d, of %d bytes", i, at, last, len(raw))
		}
		if i > 0 {
			out[i-1] = string(raw[last:at])
		}
		last = at
	}
	return out, nil
}
