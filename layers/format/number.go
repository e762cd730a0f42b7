package format

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Missing is written where there is no value.
const Missing = "–"

// Number formats numbers by a specifier of d3-format: [sign][,][.precision][~][type], where
// sign is + or -, the comma groups thousands, ~ drops trailing zeros, and type is f (fixed
// point), d (whole), e (exponent), % (times a hundred), s (SI prefix) or k (K, M, B). "" writes
// up to four significant digits, grouped.
type Number struct {
	sign, group, trim bool
	precision         int // -1 = none given
	kind              byte
	plain             bool
}

var specifier = regexp.MustCompile(`^([+-]?)(,?)(?:\.(\d{1,2}))?(~?)([fdes%k]?)$`)

// ParseNumber reads a specifier.
func ParseNumber(s string) (Number, error) {
	if s == "" {
		return Number{plain: true, group: true, precision: -1}, nil
	}
	m := specifier.FindStringSubmatch(s)
	if m == nil {
		return Number{}, fmt.Errorf("format %q: a specifier such as ,.1f or ,d or .0%% or .3s is allowed", s)
	}
	n := Number{sign: m[1] == "+", group: m[2] != "", trim: m[4] != "", precision: -1}
	if m[3] != "" {
		n.precision, _ = strconv.Atoi(m[3])
	}
	if m[5] != "" {
		n.kind = m[5][0]
	}
	return n, nil
}

// Format writes a number, with a true minus sign.
func (n Number) Format(v float64) string {
	switch {
	case math.IsNaN(v):
		return Missing
	case math.IsInf(v, 0):
		return map[bool]string{true: "∞", false: "−∞"}[v > 0]
	}
	body, suffix := n.body(math.Abs(v))
	if n.group {
		body = grouped(body)
	}
	switch {
	case v < 0 && strings.ContainsAny(body, "123456789"):
		body = "−" + body
	case n.sign && v > 0:
		body = "+" + body
	}
	return body + suffix
}

// prefixes of SI and of finance, for each power of a thousand from -3 and 0.
var (
	si      = []string{"n", "µ", "m", "", "k", "M", "G", "T", "P", "E"}
	finance = []string{"", "K", "M", "B", "T"}
)

func (n Number) body(v float64) (digits, suffix string) {
	fixed := func(v float64, otherwise int) string {
		p := n.precision
		if p < 0 {
			p = otherwise
		}
		return n.trimmed(strconv.FormatFloat(v, 'f', p, 64))
	}
	switch n.kind {
	case 'd':
		return strconv.FormatFloat(math.Round(v), 'f', 0, 64), ""
	case 'f':
		return fixed(v, 6), ""
	case '%':
		return fixed(v*100, 0), " %"
	case 'e':
		return n.trimmed(strconv.FormatFloat(v, 'e', max(n.precision, 0), 64)), ""
	case 's', 'k':
		names, least := si, -3
		if n.kind == 'k' {
			names, least = finance, 0
		}
		p := n.precision
		if p < 1 {
			p = 3
		}
		if v == 0 {
			return "0", ""
		}
		power := int(math.Floor(math.Log10(v) / 3))
		if r := v / math.Pow(1000, float64(power)); math.Round(r*math.Pow10(max(p-3, 0)))/math.Pow10(max(p-3, 0)) >= 1000 {
			power++ // 999.9 k is 1 M
		}
		power = min(max(power, least), least+len(names)-1)
		r := v / math.Pow(1000, float64(power))
		whole := max(int(math.Floor(math.Log10(max(r, 1))))+1, 1)
		s := strconv.FormatFloat(r, 'f', max(p-whole, 0), 64)
		if n.trim || n.precision < 0 {
			s = trimZeros(s)
		}
		return s, names[power-least]
	}
	if n.precision >= 0 {
		return n.trimmed(strconv.FormatFloat(v, 'f', n.precision, 64)), ""
	}
	return significant(v, 4), ""
}

func (n Number) trimmed(s string) string {
	if n.trim {
		return trimZeros(s)
	}
	return s
}

// significant writes so many digits at the most where there is a fraction; whole parts are
// never rounded.
func significant(v float64, digits int) string {
	if v == 0 {
		return "0"
	}
	if v < 1e-6 || v >= 1e15 {
		return strconv.FormatFloat(v, 'g', digits, 64)
	}
	whole := int(math.Floor(math.Log10(v))) + 1
	return trimZeros(strconv.FormatFloat(v, 'f', max(digits-whole, 0), 64))
}

func trimZeros(s string) string {
	mantissa, exponent, _ := strings.Cut(s, "e")
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	if exponent != "" {
		return mantissa + "e" + exponent
	}
	return mantissa
}

// grouped puts thin spaces between groups of three digits before the point, as ISO 80000
// does; four digits stay together.
func grouped(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(s)
	}
	if end < 5 {
		return s
	}
	var b strings.Builder
	for i := range end {
		if i > 0 && (end-i)%3 == 0 {
			b.WriteString("\u2009")
		}
		b.WriteByte(s[i])
	}
	return b.String() + s[end:]
}
