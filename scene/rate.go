package scene

import (
	"errors"
	"math/big"
	"strconv"
	"strings"

	"github.com/invopop/jsonschema"
)

// Rate is frames per second as an exact fraction: frame i of a story is at exactly
// i·Den/Num seconds.
type Rate struct{ Num, Den int64 }

var errRate = errors.New(`a frame rate such as 30, 29.97 or 30000/1001, between 1/1000 and 1000, is allowed`)

// ParseRate reads "30", "12.5", "30000/1001". A decimal that is the usual short name of
// an NTSC rate means that rate: a number within 0.005 below n, where n is 24, 30, 48, 60,
// 90, 120 or 240 times 1000/1001, is n·1000/1001; so 23.976, 23.98, 29.97 and 59.94 are
// 24000/1001, 24000/1001, 30000/1001 and 60000/1001.
func ParseRate(s string) (Rate, error) {
	s = strings.TrimSpace(s)
	if num, den, ok := strings.Cut(s, "/"); ok {
		n, errN := strconv.ParseInt(strings.TrimSpace(num), 10, 32)
		d, errD := strconv.ParseInt(strings.TrimSpace(den), 10, 32)
		if errN != nil || errD != nil || n <= 0 || d <= 0 {
			return Rate{}, errRate
		}
		return rateOf(big.NewRat(n, d))
	}
	r, ok := decimalRat(s)
	if !ok {
		return Rate{}, errRate
	}
	x, _ := r.Float64()
	for _, n := range []int64{24, 30, 48, 60, 90, 120, 240} {
		if d := x - float64(n)*1000/1001; !r.IsInt() && d > -0.005 && d < 0.005 {
			return Rate{n * 1000, 1001}, nil
		}
	}
	return rateOf(r)
}

func rateOf(r *big.Rat) (Rate, error) {
	if r.Cmp(big.NewRat(1, 1000)) < 0 || r.Cmp(big.NewRat(1000, 1)) > 0 || !r.Num().IsInt64() || r.Num().Int64() > 1e9 || r.Denom().Int64() > 1e9 {
		return Rate{}, errRate
	}
	return Rate{r.Num().Int64(), r.Denom().Int64()}, nil
}

// Time returns when frame i is.
func (r Rate) Time(i int64) Time {
	v := new(big.Rat).SetFrac64(r.Den, r.Num)
	return fromRat(v.Mul(v, new(big.Rat).SetInt64(i)))
}

// Frames returns the frames of the range from ≤ t < to: frame k of the answer, counted
// from first, is at from + k·Den/Num, so a range starts with a frame at from whatever
// the rate; first is the number of whole frame periods before from, for naming files.
func (r Rate) Frames(from, to Time) (first, count int64) {
	f := new(big.Rat).SetFrac64(r.Num, r.Den)
	first = floor(new(big.Rat).Mul(from.Rat(), f))
	length := new(big.Rat).Sub(to.Rat(), from.Rat())
	if length.Sign() <= 0 {
		return first, 0
	}
	count = -floor(length.Neg(length.Mul(length, f))) // ceil
	return first, count
}

// At returns the time of frame k of a range that starts at from: from + k·Den/Num.
func (r Rate) At(from Time, k int64) Time { return from.Add(r.Time(k)) }

func floor(r *big.Rat) int64 {
	return new(big.Int).Div(r.Num(), r.Denom()).Int64() // Euclidean: floors for positive denominators
}

// FPS returns the nearest float64.
func (r Rate) FPS() float64 { return float64(r.Num) / float64(r.Den) }

// String returns "30" or "30000/1001".
func (r Rate) String() string {
	if r.Den == 1 {
		return strconv.FormatInt(r.Num, 10)
	}
	return strconv.FormatInt(r.Num, 10) + "/" + strconv.FormatInt(r.Den, 10)
}

// MarshalText is String.
func (r Rate) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText is ParseRate.
func (r *Rate) UnmarshalText(text []byte) error {
	v, err := ParseRate(string(text))
	if err == nil {
		*r = v
	}
	return err
}

// SceneSchema describes a rate.
func (Rate) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Type: "number", Minimum: "0.001", Maximum: "1000"},
		{Type: "string", Pattern: `^[0-9.]+( ?/ ?[0-9]+)?$`, Examples: []any{"30", "29.97", "30000/1001"}},
	}}
}
