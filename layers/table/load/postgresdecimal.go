package load

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// decimals are the values of a column of PostgreSQL's type numeric, whose digits have no end:
// numbers, with a report of how many were rounded. They stay as they are where the source
// declares them text, and where the column is of whole numbers by its own declaration, as ids
// are, and one of them would be rounded.
type decimals struct {
	field string
	text  bool
	whole bool
	lost  int // numbers that were rounded
	none  int // that no float64 is near
	odd   int // no number, or infinite
}

// decimalsOf is the column of a field; nil where it is of another type.
func decimalsOf(f *pgconn.FieldDescription, src *scene.Source) *decimals {
	if f.DataTypeOID != pgtype.NumericOID {
		return nil
	}
	const header, none = 4, -1 // of a type modifier: precision in the upper half, scale in the lower
	return &decimals{field: f.Name, text: src.Kinds[f.Name] == "text", whole: src.Kinds[f.Name] != "number" && f.TypeModifier != none && (f.TypeModifier-header)&0xffff == 0}
}

// value is one of them as a column takes it: a number, digits, or nil where it is none.
func (d *decimals) value(n pgtype.Numeric) any {
	if !n.Valid {
		return nil
	}
	digits := written(&n)
	if n.NaN || n.InfinityModifier != pgtype.Finite {
		if d.text {
			return digits
		}
		d.odd++
		return nil
	}
	if d.text || d.whole && table.Rounds(digits) {
		return digits
	}
	f, err := strconv.ParseFloat(digits, 64)
	if err != nil || math.IsInf(f, 0) {
		d.none++
		return nil
	}
	if !holds(f, digits) {
		d.lost++
	}
	return f
}

// holds tells whether a number has all of the digits: they come back from it, as those of 0.1, or
// they are its very value, as those of 2^60 of which only 16 come back.
func holds(f float64, digits string) bool {
	mantissa, _, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
	if significant(mantissa) == significant(digits) {
		return true
	}
	r, ok := new(big.Rat).SetString(digits)
	if !ok {
		return false
	}
	_, exact := r.Float64()
	return exact
}

// report tells what numbers could not hold.
func (d *decimals) report(o Options) {
	notes := map[string]int{}
	if d.lost > 0 {
		notes["field "+d.field+": decimals with more digits than a number holds, rounded"] = d.lost
	}
	if d.none > 0 {
		notes["field "+d.field+": decimals beyond what a number holds, left empty"] = d.none
	}
	if d.odd > 0 {
		notes["field "+d.field+": decimals that are NaN or infinite, left empty"] = d.odd
	}
	o.Report.Merge(geo.Summary{Notes: notes})
}

// written is a decimal in digits, with a point where it has a fraction, or PostgreSQL's word for
// what has none.
func written(n *pgtype.Numeric) string {
	switch {
	case n.NaN:
		return "NaN"
	case n.InfinityModifier == pgtype.Infinity:
		return "Infinity"
	case n.InfinityModifier == pgtype.NegativeInfinity:
		return "-Infinity"
	}
	digits := n.Int.String()
	if n.Exp >= 0 {
		return digits + strings.Repeat("0", int(n.Exp))
	}
	digits, negative := strings.CutPrefix(digits, "-")
	places := int(-n.Exp)
	if short := places + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	digits = digits[:len(digits)-places] + "." + digits[len(digits)-places:]
	if negative {
		return "-" + digits
	}
	return digits
}

// significant are the digits of a number from the first to the last that is not 0.
func significant(digits string) string {
	return strings.Trim(strings.Replace(strings.TrimPrefix(digits, "-"), ".", "", 1), "0")
}
