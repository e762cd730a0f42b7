package load

import (
	"math"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

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
