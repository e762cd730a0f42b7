package load

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/longtake/longtake/layers/table"
)

// leaf is a column of the file.
type leaf struct {
	index  int
	path   []string
	name   string
	column table.Column
	wkb    bool
	value  func(v parquet.Value) (float64, bool) // of numbers
	text   func(v parquet.Value) string
	digits func(v parquet.Value) string // of whole numbers that may be beyond 2^53
	odd    string                       // the first that float64 rounds
}

// typed chooses the kind of a leaf by its physical and logical type; false where it has
// none of ours.
func (l *leaf) typed(n parquet.Node, zone *time.Location) bool {
	t := n.Type()
	var logical format.LogicalTypeValue
	if lt := t.LogicalType(); lt != nil {
		logical = lt.Value
	}
	number := func(f func(v parquet.Value) float64) bool {
		l.value = func(v parquet.Value) (float64, bool) { return f(v), true }
		return true
	}
	switch t.Kind() {
	case parquet.Boolean:
		l.column.Kind = table.Bool
		return number(func(v parquet.Value) float64 {
			if v.Boolean() {
				return 1
			}
			return 0
		})
	case parquet.Float:
		return number(func(v parquet.Value) float64 { return float64(v.Float()) })
	case parquet.Double:
		return number(parquet.Value.Double)
	case parquet.Int96: // timestamps of old: nanoseconds of a Julian day
		l.column.Kind = table.Time
		return number(func(v parquet.Value) float64 {
			w := v.Int96() // the Julian day of 1 January 1970 is 2440588
			return (float64(w[2])-2440588)*86400 + float64(uint64(w[1])<<32|uint64(w[0]))/1e9
		})
	case parquet.Int32, parquet.Int64:
		whole := func(v parquet.Value) float64 { return float64(v.Int64()) }
		if t.Kind() == parquet.Int32 {
			whole = func(v parquet.Value) float64 { return float64(v.Int32()) }
		}
		return l.whole(logical, whole, number, zone)
	}
	switch x := logical.(type) {
	case *format.DecimalType:
		scale := math.Pow10(-int(x.Scale))
		if x.Scale == 0 {
			l.digits = func(v parquet.Value) string { return bigEndian(v.ByteArray()).String() }
		}
		return number(func(v parquet.Value) float64 {
			f, _ := new(big.Float).SetInt(bigEndian(v.ByteArray())).Float64()
			return f * scale
		})
	case *format.UUIDType:
		l.column.Kind = table.Text
		l.text = func(v parquet.Value) string { return fmt.Sprintf("%x", v.ByteArray()) }
		return true
	}
	l.column.Kind = table.Text
	l.text = func(v parquet.Value) string { return strings.ToValidUTF8(string(v.ByteArray()), "\uFFFD") }
	return t.Kind() == parquet.ByteArray || t.Kind() == parquet.FixedLenByteArray
}

// whole reads integers: plain, dates, times, decimals.
func (l *leaf) whole(logical format.LogicalTypeValue, whole func(parquet.Value) float64, number func(func(parquet.Value) float64) bool, zone *time.Location) bool {
	factor := 1.0
	signed := func(v parquet.Value) string { return strconv.FormatInt(v.Int64(), 10) }
	switch x := logical.(type) {
	case nil:
		l.digits = signed
	case *format.DateType:
		l.column.Kind, factor = table.Time, 86400
		if zone != nil {
			return number(func(v parquet.Value) float64 { return local(whole(v)*factor, zone) })
		}
	case *format.TimestampType:
		l.column.Kind, factor = table.Time, tick(x.Unit)
		if !x.IsAdjustedToUTC && zone != nil {
			return number(func(v parquet.Value) float64 { return local(whole(v)*factor, zone) })
		}
	case *format.TimeType:
		factor = tick(x.Unit)
	case *format.DecimalType:
		if factor = math.Pow10(-int(x.Scale)); x.Scale == 0 {
			l.digits = signed
		}
	case *format.IntType:
		l.digits = signed
		if !x.IsSigned && x.BitWidth == 64 {
			l.digits = func(v parquet.Value) string { return strconv.FormatUint(v.Uint64(), 10) }
			return number(func(v parquet.Value) float64 { return float64(v.Uint64()) })
		}
		if !x.IsSigned && x.BitWidth == 32 {
			return number(func(v parquet.Value) float64 { return float64(v.Uint32()) })
		}
	}
	return number(func(v parquet.Value) float64 { return whole(v) * factor })
}

// local is the moment of what the clocks of a zone show, both in seconds since 1970.
func local(seconds float64, zone *time.Location) float64 {
	return float64(inZone(table.Date(seconds, time.UTC), zone).UnixMicro()) / 1e6
}

func tick(u format.TimeUnit) float64 {
	switch u.Value.(type) {
	case *format.MilliSeconds:
		return 1e-3
	case *format.MicroSeconds:
		return 1e-6
	}
	return 1e-9
}

// bigEndian is a whole number in two's complement.
func bigEndian(b []byte) *big.Int {
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}
