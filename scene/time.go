package scene

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/invopop/jsonschema"
)

// Time is a point of story time, or a length of it: an exact number of seconds, as a
// fraction. The zero value is 0 s. Times are equal under == when they are equal.
//
// Sums are exact while the reduced fraction fits in 63 bits, which holds for any frame
// of any Rate within a year of story; beyond that they are rounded to the nanosecond.
type Time struct {
	num  int64
	less int64 // denominator - 1, so that the zero value is 0/1
}

// Seconds returns the time of a number of seconds, rounded to the nanosecond.
func Seconds(s float64) Time {
	r := new(big.Rat).SetFloat64(s)
	if r == nil {
		return Time{}
	}
	return nanos(r)
}

// Fraction returns num/den seconds. It panics where den is not positive.
func Fraction(num, den int64) Time {
	if den <= 0 {
		panic("scene: a time's denominator must be positive")
	}
	return fromRat(big.NewRat(num, den))
}

func fromRat(r *big.Rat) Time {
	if r.Num().IsInt64() && r.Denom().IsInt64() {
		return Time{r.Num().Int64(), r.Denom().Int64() - 1}
	}
	return nanos(r)
}

// nanos rounds to the nanosecond; times beyond 292 years to the second, and to the ends
// of what Time can hold.
func nanos(r *big.Rat) Time {
	for _, den := range []int64{1e9, 1} {
		n := new(big.Int).Mul(r.Num(), big.NewInt(2*den))
		n.Add(n, r.Denom()).Div(n, new(big.Int).Mul(r.Denom(), big.NewInt(2)))
		if n.IsInt64() {
			return fromRat(new(big.Rat).SetFrac(n, big.NewInt(den)))
		}
	}
	return Time{int64(r.Sign()) * math.MaxInt64, 0}
}

// Rat returns the exact seconds.
func (t Time) Rat() *big.Rat { return big.NewRat(t.num, t.less+1) }

// Seconds returns the nearest float64.
func (t Time) Seconds() float64 { return float64(t.num) / float64(t.less+1) }

// Add returns t + u.
func (t Time) Add(u Time) Time { return fromRat(t.Rat().Add(t.Rat(), u.Rat())) }

// Sub returns t - u.
func (t Time) Sub(u Time) Time { return fromRat(t.Rat().Sub(t.Rat(), u.Rat())) }

// Cmp returns -1, 0 or 1 as t is before, at or after u.
func (t Time) Cmp(u Time) int { return t.Rat().Cmp(u.Rat()) }

// Before tells whether t < u.
func (t Time) Before(u Time) bool { return t.Cmp(u) < 0 }

// over returns t/u as a float64 in 0..1; u must be positive.
func (t Time) over(u Time) float64 {
	f, _ := new(big.Rat).Quo(t.Rat(), u.Rat()).Float64()
	return min(max(f, 0), 1)
}

// String returns the text that ParseTime reads back: "1.5s", or "1001/30000s" where no
// decimal is exact.
func (t Time) String() string {
	r := t.Rat()
	if n, exact := r.FloatPrec(); exact && n <= 12 {
		return r.FloatString(n) + "s"
	}
	return r.String() + "s"
}

// MarshalText is String.
func (t Time) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

var errTime = errors.New(`a time such as 12s, 500ms, 1m30s or plain seconds is allowed`)

// ParseTime reads plain seconds ("12.5"), a fraction of seconds ("1001/30000s"), or a
// sum of parts with units d, h, m, s, ms, us ("1m30s"). A sign may come first.
func ParseTime(s string) (Time, error) {
	rest, sign := strings.TrimSpace(s), int64(1)
	if strings.HasPrefix(rest, "-") {
		rest, sign = rest[1:], -1
	} else {
		rest = strings.TrimPrefix(rest, "+")
	}
	sum := new(big.Rat)
	if num, den, ok := strings.Cut(strings.TrimSuffix(rest, "s"), "/"); ok {
		n, errN := strconv.ParseUint(num, 10, 62)
		d, errD := strconv.ParseUint(den, 10, 62)
		if errN != nil || errD != nil || d == 0 {
			return Time{}, errTime
		}
		return fromRat(sum.SetFrac64(sign*int64(n), int64(d))), nil
	}
	for first := true; rest != "" || first; first = false {
		end := strings.IndexFunc(rest, func(c rune) bool { return c != '.' && (c < '0' || c > '9') })
		exponent := end > 0 && (rest[end] == 'e' || rest[end] == 'E')
		if end < 0 || exponent { // a plain number of seconds stands alone
			end = len(rest)
		}
		part, ok := decimalRat(rest[:end])
		if !ok || (end == len(rest) && !first) {
			return Time{}, errTime
		}
		unit := strings.TrimLeft(rest[end:], " ")
		size := 0
		for size < len(unit) && unit[size] >= 'a' && unit[size] <= 'z' {
			size++
		}
		scale := map[string]*big.Rat{"": big.NewRat(1, 1), "d": big.NewRat(86400, 1), "h": big.NewRat(3600, 1), "m": big.NewRat(60, 1), "min": big.NewRat(60, 1),
			"s": big.NewRat(1, 1), "ms": big.NewRat(1, 1000), "us": big.NewRat(1, 1000000)}[unit[:size]]
		if scale == nil || (size == 0 && unit != "") {
			return Time{}, errTime
		}
		sum.Add(sum, part.Mul(part, scale))
		rest = strings.TrimLeft(unit[size:], " ")
	}
	if sum.Cmp(maxTime) > 0 {
		return Time{}, errors.New("a time of less than 100 years is allowed")
	}
	if sign < 0 {
		sum.Neg(sum)
	}
	return fromRat(sum), nil
}

var maxTime = big.NewRat(100*366*86400, 1)

// decimalRat reads a decimal number exactly. The length and exponent are bounded before
// big.Rat sees them, because "1e999999999" would take all memory.
func decimalRat(s string) (*big.Rat, bool) {
	if len(s) > 40 || !decimal.MatchString(s) {
		return nil, false
	}
	if x, err := strconv.ParseFloat(s, 64); err != nil || x > 1e12 || (x < 1e-12 && x != 0) {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// UnmarshalText is ParseTime.
func (t *Time) UnmarshalText(text []byte) error {
	v, err := ParseTime(string(text))
	if err == nil {
		*t = v
	}
	return err
}

// SceneSchema describes a time.
func (Time) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Type: "number", Description: "seconds"},
		{Type: "string", Pattern: `^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)( ?(d|h|m|min|s|ms|us))?|^[-+]?[0-9]+/[0-9]+s?$`, Examples: []any{"12s", "500ms", "1m30s"}},
	}}
}
