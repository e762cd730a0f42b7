package load

import (
	"fmt"
	"math"
	"slices"
	"strconv"
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

// plain are the arrays of numbers.
type plain[T any] interface {
	arrow.Array
	Value(i int) T
}

// numbersOfType reads arrays of one type; NaN is a missing value.
func numbersOfType[T any, A plain[T]](value func(T) float64) func(arrow.Array) func(i int) float64 {
	return func(all arrow.Array) func(i int) float64 {
		v := all.(A)
		return func(i int) float64 {
			if v.IsNull(i) {
				return math.NaN()
			}
			return value(v.Value(i))
		}
	}
}

func as[T ~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64](v T) float64 {
	return float64(v)
}

// number is how an array of a type gives numbers: seconds of times, 1970-01-01 being 0; nil
// where it does not.
func (a *arrowRows) number(t arrow.DataType) func(arrow.Array) func(i int) float64 {
	second := func(u arrow.TimeUnit) float64 { return u.Multiplier().Seconds() }
	switch t := t.(type) {
	case *arrow.BooleanType:
		return numbersOfType[bool, *array.Boolean](func(v bool) float64 {
			if v {
				return 1
			}
			return 0
		})
	case *arrow.Int8Type:
		return numbersOfType[int8, *array.Int8](as)
	case *arrow.Int16Type:
		return numbersOfType[int16, *array.Int16](as)
	case *arrow.Int32Type:
		return numbersOfType[int32, *array.Int32](as)
	case *arrow.Int64Type:
		return numbersOfType[int64, *array.Int64](as)
	case *arrow.Uint8Type:
		return numbersOfType[uint8, *array.Uint8](as)
	case *arrow.Uint16Type:
		return numbersOfType[uint16, *array.Uint16](as)
	case *arrow.Uint32Type:
		return numbersOfType[uint32, *array.Uint32](as)
	case *arrow.Uint64Type:
		return numbersOfType[uint64, *array.Uint64](as)
	case *arrow.Float32Type:
		return numbersOfType[float32, *array.Float32](as)
	case *arrow.Float64Type:
		return numbersOfType[float64, *array.Float64](as)
	case *arrow.Float16Type, *arrow.Decimal128Type, *arrow.Decimal256Type:
		return func(all arrow.Array) func(i int) float64 {
			return func(i int) float64 {
				x, err := strconv.ParseFloat(all.ValueStr(i), 64)
				if err != nil {
					return math.NaN()
				}
				return x
			}
		}
	case *arrow.Date32Type:
		return numbersOfType[arrow.Date32, *array.Date32](func(v arrow.Date32) float64 { return a.moment(float64(v) * 86400) })
	case *arrow.Date64Type:
		return numbersOfType[arrow.Date64, *array.Date64](func(v arrow.Date64) float64 { return a.moment(float64(v) / 1000) })
	case *arrow.TimestampType:
		unit, zoned := second(t.Unit), t.TimeZone != ""
		return numbersOfType[arrow.Timestamp, *array.Timestamp](func(v arrow.Timestamp) float64 {
			if zoned {
				return float64(v) * unit
			}
			return a.moment(float64(v) * unit)
		})
	case *arrow.Time32Type:
		return numbersOfType[arrow.Time32, *array.Time32](func(v arrow.Time32) float64 { return float64(v) * second(t.Unit) })
	case *arrow.Time64Type:
		return numbersOfType[arrow.Time64, *array.Time64](func(v arrow.Time64) float64 { return float64(v) * second(t.Unit) })
	case *arrow.DurationType:
		return numbersOfType[arrow.Duration, *array.Duration](func(v arrow.Duration) float64 { return float64(v) * second(t.Unit) })
	}
	return nil
}

// moment is seconds since 1970 of what clocks of the source's zone show.
func (a *arrowRows) moment(seconds float64) float64 {
	if a.zone == nil {
		return seconds
	}
	return local(seconds, a.zone)
}

var errShape = fmt.Errorf("not one of GeoArrow's shapes: point, linestring, polygon, their multiples, wkb and wkt are read")
