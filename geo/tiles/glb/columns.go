package glb

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/longtake/longtake/geo"
)

// Missing values of number columns: no data of a map is as low. NaN is not allowed
// (3D Metadata Specification 1.0, "No data values").
const (
	noInteger = math.MinInt32
	noNumber  = -math.MaxFloat64
)

// propertyIDs are the identifiers of columns in the schema: their names with an underscore for
// each other sign, and more of them behind those that are taken.
func propertyIDs(attributes []geo.Attribute) []string {
	taken := map[string]bool{"id": true, "name": true, "class": true, "height": true}
	out := make([]string, len(attributes))
	for i, a := range attributes {
		id := identifier(a.Name)
		for taken[id] {
			id += "_"
		}
		taken[id], out[i] = true, id
	}
	return out
}

// identifier is a name as schemas allow it: letters, digits and underscores.
func identifier(name string) string {
	id := []byte(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name))
	if len(id) == 0 || id[0] >= '0' && id[0] <= '9' {
		id = append([]byte{'_'}, id...)
	}
	return string(id)
}

// attributeName is what a property is called in its source: its name, where its identifier is
// made of that, else the identifier.
func attributeName(id string, p property) string {
	if p.Name != "" && strings.TrimRight(identifier(p.Name), "_") == strings.TrimRight(id, "_") {
		return p.Name
	}
	return id
}

// columns writes the rows' values into the table and its schema. Those without any are left
// out, as in table.
func (b *builder) columns(t *propertyTable, known map[string]property, rows []geo.FeatureRow, attributes []geo.Attribute) error {
	for k, id := range propertyIDs(attributes) {
		a := attributes[k]
		some := false
		for i := range rows {
			some = some || rows[i].Value(k) != ""
		}
		if !some {
			continue
		}
		p := property{Name: a.Name}
		if p.Name == id {
			p.Name = ""
		}
		var values []byte
		switch a.Kind {
		case geo.TextAttribute:
			text, offsets, err := stringsColumn(rows, func(r geo.FeatureRow) string { return r.Value(k) })
			if err != nil {
				return err
			}
			p.Type, p.NoData = "STRING", ""
			v, o := b.column(id, text, false), b.column(id+" offsets", offsets, true)
			t.Properties[id] = propertyValues{Values: v, StringOffsets: &o, StringOffsetType: "UINT32"}
			known[id] = p
			continue
		case geo.IntegerAttribute:
			p.Type, p.ComponentType, p.NoData = "SCALAR", "INT32", noInteger
			for i := range rows {
				n, ok := geo.Integer(rows[i].Value(k))
				if !ok {
					n = noInteger
				}
				values = binary.LittleEndian.AppendUint32(values, uint32(n))
			}
		case geo.NumberAttribute:
			p.Type, p.ComponentType, p.NoData = "SCALAR", "FLOAT64", noNumber
			for i := range rows {
				v, ok := geo.Number(rows[i].Value(k))
				if !ok {
					v = noNumber
				}
				values = binary.LittleEndian.AppendUint64(values, math.Float64bits(v))
			}
		case geo.BooleanAttribute:
			p.Type, p.Required = "BOOLEAN", true
			values = make([]byte, (len(rows)+7)/8)
			for i := range rows {
				if rows[i].Value(k) == "true" {
					values[i/8] |= 1 << (i % 8)
				}
			}
		}
		t.Properties[id] = propertyValues{Values: b.column(id, values, a.Kind != geo.BooleanAttribute)}
		known[id] = p
	}
	return nil
}

// column puts the data of an attribute into a view of its own and returns its number; numbers
// are whole words.
func (b *builder) column(id string, data []byte, numbers bool) (view int) {
	s := b.stream("attribute "+id, 0, 0)
	s.data, s.column = data, numbers
	return s.view
}

// attributes are the columns that tables have had so far.
type attributes struct {
	all []geo.Attribute
	at  map[string]int // by name
}

// add is the number of a column; where tables differ in its kind it is of text.
func (a *attributes) add(name string, kind geo.AttributeKind) int {
	i, ok := a.at[name]
	if !ok {
		i = len(a.all)
		if a.at == nil {
			a.at = map[string]int{}
		}
		a.at[name], a.all = i, append(a.all, geo.Attribute{Name: name, Kind: kind})
	} else if a.all[i].Kind != kind {
		a.all[i].Kind = geo.TextAttribute
	}
	return i
}

// attribute reads a column into the rows; what is no text, number, truth value or word of an
// enumeration is left out.
func (d *document) attribute(rows []geo.FeatureRow, a *attributes, name string, p property, v propertyValues, s *schema) error {
	var texts []string
	var err error
	kind := geo.TextAttribute
	switch p.Type {
	case "STRING":
		texts, err = d.stringValues(v, len(rows))
		if none, ok := p.NoData.(string); ok {
			for i := range texts {
				if texts[i] == none {
					texts[i] = ""
				}
			}
		}
	case "SCALAR":
		texts, kind, err = d.numbers(p, v, len(rows))
	case "BOOLEAN":
		texts, kind = make([]string, len(rows)), geo.BooleanAttribute
		var raw []byte
		if raw, _, err = d.view(v.Values); err == nil && len(raw) < (len(rows)+7)/8 {
			err = fmt.Errorf("%d bytes for %d truth values", len(raw), len(rows))
		}
		for i := 0; i < len(texts) && err == nil; i++ {
			texts[i] = strconv.FormatBool(raw[i/8]>>(i%8)&1 == 1)
		}
	case "ENUM":
		texts, err = d.words(p, v, len(rows), s)
	default:
		return nil
	}
	if err != nil {
		return err
	}
	at := a.add(name, kind)
	for i := range rows {
		r := &rows[i]
		for len(r.Values) <= at {
			r.Values = append(r.Values, "")
		}
		r.Values[at] = texts[i]
	}
	return nil
}

// words are the names of an enumeration's values.
func (d *document) words(p property, v propertyValues, count int, s *schema) ([]string, error) {
	e := s.Enums[p.EnumType]
	of := property{Type: "SCALAR", ComponentType: e.ValueType}
	if of.ComponentType == "" {
		of.ComponentType = "UINT16"
	}
	texts, _, err := d.numbers(of, v, count)
	names := map[string]string{}
	for _, w := range e.Values {
		if none, ok := p.NoData.(string); !ok || w.Name != none {
			names[strconv.FormatInt(w.Value, 10)] = w.Name
		}
	}
	for i := range texts {
		texts[i] = names[texts[i]]
	}
	return texts, err
}

// numbers reads a column of numbers as text.
func (d *document) numbers(p property, v propertyValues, count int) ([]string, geo.AttributeKind, error) {
	raw, _, err := d.view(v.Values)
	if err != nil {
		return nil, 0, err
	}
	size := map[string]int{"INT8": 1, "UINT8": 1, "INT16": 2, "UINT16": 2, "INT32": 4, "UINT32": 4, "INT64": 8, "UINT64": 8, "FLOAT32": 4, "FLOAT64": 8}[p.ComponentType]
	if size == 0 || len(raw) < size*count {
		return nil, 0, fmt.Errorf("%d bytes for %d numbers %s", len(raw), count, p.ComponentType)
	}
	kind, bits, top := geo.NumberAttribute, 64, 1.0
	switch p.ComponentType {
	case "INT8", "UINT8", "INT16", "UINT16", "INT32":
		kind = geo.IntegerAttribute
	case "FLOAT32":
		bits = 32
	}
	if p.Normalized {
		top = math.Exp2(float64(8*size)) - 1
		if strings.HasPrefix(p.ComponentType, "INT") {
			top = math.Exp2(float64(8*size-1)) - 1
		}
	}
	scale, offset, changed := p.scaling(v)
	if changed || p.Normalized {
		kind, bits = geo.NumberAttribute, 64
	}
	none, some := p.NoData.(float64)
	out := make([]string, count)
	for i := range out {
		n := component(raw[i*size:], p.ComponentType)
		if some && (n == none || bits == 32 && n == float64(float32(none))) || math.IsNaN(n) || math.IsInf(n, 0) {
			continue
		}
		if p.Normalized {
			n = max(n/top, -1)
		}
		out[i] = strconv.FormatFloat(float64(n*scale)+offset, 'f', -1, bits)
	}
	return out, kind, nil
}

// component reads the first number of a column's data.
func component(b []byte, kind string) float64 {
	switch kind {
	case "INT8":
		return float64(int8(b[0]))
	case "UINT8":
		return float64(b[0])
	case "INT16":
		return float64(int16(binary.LittleEndian.Uint16(b)))
	case "UINT16":
		return float64(binary.LittleEndian.Uint16(b))
	case "INT32":
		return float64(int32(le32(b)))
	case "UINT32":
		return float64(le32(b))
	case "INT64":
		return float64(int64(binary.LittleEndian.Uint64(b)))
	case "UINT64":
		return float64(binary.LittleEndian.Uint64(b))
	case "FLOAT32":
		return float64(f32(b))
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b))
}

// scaling is what a column's numbers are multiplied by, then what is added: the table's own, else
// the class's.
func (p property) scaling(v propertyValues) (scale, offset float64, some bool) {
	scale = 1
	for _, from := range [2]any{v.Scale, p.Scale} {
		if n, ok := from.(float64); ok {
			scale, some = n, true
			break
		}
	}
	for _, from := range [2]any{v.Offset, p.Offset} {
		if n, ok := from.(float64); ok {
			offset, some = n, true
			break
		}
	}
	return scale, offset, some
}
