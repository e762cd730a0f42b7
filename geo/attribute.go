package geo

import (
	"math"
	"strconv"
	"strings"
)

// Attribute is a column of the features' own values that tiles keep beside their rows.
type Attribute struct {
	Name string // of the tag or column in the source
	Kind AttributeKind
}

// AttributeKind is what the values of a column are. Rows hold them as text, as tags do; "" is
// a missing value.
type AttributeKind uint8

// The kinds of columns.
const (
	TextAttribute    AttributeKind = iota
	IntegerAttribute               // whole numbers of 32 bits
	NumberAttribute                // float64
	BooleanAttribute               // "true" or "false"; none is missing
)

func (k AttributeKind) String() string {
	return [...]string{"text", "integer", "number", "boolean"}[k]
}

// Number reads a whole text as a finite number in decimal digits; what only looks like one (a
// postcode with a leading zero, 0x10, NaN) is text.
func Number(text string) (v float64, ok bool) {
	digits := strings.TrimPrefix(text, "-")
	if digits == "" || strings.Trim(digits, "0123456789.eE+-") != "" || len(digits) > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9' {
		return 0, false
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// Integer reads a whole text as a whole number of 32 bits; the least of them stands for
// missing values in tiles, and is none.
func Integer(text string) (v int32, ok bool) {
	f, ok := Number(text)
	if !ok || f != math.Trunc(f) || f <= math.MinInt32 || f > math.MaxInt32 {
		return 0, false
	}
	return int32(f), true
}
