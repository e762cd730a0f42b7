package load

import (
	"math"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/bitutil"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/longtake/longtake/layers/table"
)

// extension is the key of a field's metadata that names its type.
const extension = "ARROW:extension:name"

// field adds a field of the schema: a column, those of a struct's members, or the geometry.
// Types that have no column of ours are left out.
func (a *arrowRows) field(name string, f arrow.Field, chunks []arrow.Array) error {
	of, _ := f.Metadata.GetValue(extension)
	if shape, ok := strings.CutPrefix(of, "geoarrow."); ok || name == a.primary {
		return a.shapes(shape, f, chunks)
	}
	switch t := f.Type.(type) {
	case *arrow.StructType:
		for i, m := range t.Fields() {
			parts := make([]arrow.Array, len(chunks))
			for k, c := range chunks {
				parts[k] = member(c.(*array.Struct), i)
			}
			if err := a.field(name+"."+m.Name, m, parts); err != nil {
				return err
			}
		}
		return nil
	case *arrow.DictionaryType:
		return a.words(name, t, chunks)
	case arrow.ListLikeType:
		if a.number(t.Elem()) == nil {
			return nil
		}
		a.room.take(int64(a.rows), 24)
		c := table.Column{Name: name, Kind: table.List, Lists: make([][]float64, 0, a.rows)}
		for _, chunk := range chunks {
			l := chunk.(array.ListLike)
			of := a.number(t.Elem())(l.ListValues())
			for i := range l.Len() {
				var list []float64
				if l.IsValid(i) {
					start, end := l.ValueOffsets(i)
					a.room.take(max(0, end-start), 8)
					list = slices.Grow(list, int(max(0, end-start)))
					for k := start; k < end; k++ {
						list = append(list, of(int(k)))
					}
				}
				c.Lists = append(c.Lists, list)
			}
		}
		a.columns = append(a.columns, c)
		return nil
	}
	of2 := a.number(f.Type)
	if of2 == nil {
		return a.words(name, f.Type, chunks)
	}
	a.room.take(int64(a.rows), 8)
	c := table.Column{Name: name, Kind: arrowKind(f.Type), Numbers: make([]float64, 0, a.rows)}
	for _, chunk := range chunks {
		value := of2(chunk)
		for i := range chunk.Len() {
			x := value(i)
			if math.IsInf(x, 0) {
				x = math.NaN()
			}
			if (x >= exact || x <= -exact) && arrow.IsInteger(f.Type.ID()) && table.Rounds(chunk.ValueStr(i)) && !a.counts(name) {
				c.Odd = table.OddWhole(name, "#"+itoa(len(c.Numbers)), chunk.ValueStr(i))
				a.whole = append(a.whole, name)
				if err := a.words(name, f.Type, chunks); err != nil {
					return err
				}
				a.columns[len(a.columns)-1].Odd = c.Odd
				return nil
			}
			c.Numbers = append(c.Numbers, x)
		}
	}
	a.columns = append(a.columns, c)
	return nil
}

// member is an array of one member of structs, missing where the struct is: what lies there
// below a missing struct is no value.
func member(of *array.Struct, i int) arrow.Array {
	m := of.Field(i)
	d := m.Data()
	layout := d.DataType().Layout().Buffers
	if of.NullN() == 0 || len(layout) == 0 || layout[0].Kind != arrow.KindBitmap {
		return m // as it is, or of a type without a column
	}
	there := make([]byte, bitutil.BytesForBits(int64(d.Offset()+d.Len())))
	for k := range m.Len() {
		if of.IsValid(k) && m.IsValid(k) {
			bitutil.SetBit(there, d.Offset()+k)
		}
	}
	buffers := slices.Clone(d.Buffers())
	buffers[0] = memory.NewBufferBytes(there)
	if dict, ok := m.(*array.Dictionary); ok {
		return array.MakeFromData(array.NewDataWithDictionary(d.DataType(), d.Len(), buffers, array.UnknownNullCount, d.Offset(), dict.Dictionary().Data().(*array.Data)))
	}
	return array.MakeFromData(array.NewData(d.DataType(), d.Len(), buffers, d.Children(), array.UnknownNullCount, d.Offset()))
}

// counts tells whether the source declares a column to hold numbers or times.
func (a *arrowRows) counts(name string) bool {
	kind := a.src.Kinds[name]
	return kind != "" && kind != "text" || slices.Contains(a.src.Time.Columns, name)
}

func arrowKind(t arrow.DataType) table.Kind {
	switch t.ID() {
	case arrow.BOOL:
		return table.Bool
	case arrow.DATE32, arrow.DATE64, arrow.TIMESTAMP:
		return table.Time
	}
	return table.Number
}

// words adds a column of text; nothing where the type has none.
func (a *arrowRows) words(name string, t arrow.DataType, chunks []arrow.Array) error {
	switch t.ID() {
	case arrow.STRING, arrow.LARGE_STRING, arrow.STRING_VIEW, arrow.DICTIONARY, arrow.INT64, arrow.UINT64, arrow.DECIMAL128, arrow.DECIMAL256:
	default:
		return nil
	}
	a.room.take(int64(a.rows), 16)
	c := table.Column{Name: name, Kind: table.Text, Texts: make([]string, 0, a.rows)}
	distinct := map[string]string{}
	for _, chunk := range chunks {
		var word func(i int) string
		switch v := chunk.(type) {
		case array.StringLike:
			word = v.Value
		case *array.Dictionary:
			words, ok := v.Dictionary().(array.StringLike)
			if !ok {
				word = v.Dictionary().ValueStr
			} else {
				word = words.Value
			}
			of := word
			word = func(i int) string {
				if k := v.GetValueIndex(i); v.Dictionary().IsValid(k) {
					return of(k)
				}
				return ""
			}
		case *array.Int64, *array.Uint64, *array.Decimal128, *array.Decimal256:
			word = chunk.ValueStr
		}
		for i := range chunk.Len() {
			s := ""
			if chunk.IsValid(i) {
				s = strings.ToValidUTF8(word(i), "\uFFFD")
			}
			if old, ok := distinct[s]; ok {
				s = old
			} else if a.room.take(int64(len(s)), 1); len(distinct) < 1<<16 {
				s = strings.Clone(s)
				distinct[s] = s
			}
			c.Texts = append(c.Texts, s)
		}
	}
	a.columns = append(a.columns, c)
	return nil
}
