package clean

import (
	"math"
	"strconv"
	"strings"
)

// units are metres per unit, longest spellings first where one begins another.
var units = []struct {
	name   string
	metres float64
}{
	{"metres", 1}, {"meters", 1}, {"metre", 1}, {"meter", 1}, {"mtr", 1},
	{"miles", 1609.344}, {"mile", 1609.344}, {"nmi", 1852}, {"mi", 1609.344}, {"mm", 0.001}, {"m", 1},
	{"km", 1000}, {"cm", 0.01},
	{"feet", 0.3048}, {"foot", 0.3048}, {"ft", 0.3048}, {"'", 0.3048}, {"′", 0.3048}, {"’", 0.3048},
	{"inches", 0.0254}, {"inch", 0.0254}, {"in", 0.0254}, {"\"", 0.0254}, {"″", 0.0254}, {"”", 0.0254},
	{"yards", 0.9144}, {"yard", 0.9144}, {"yd", 0.9144},
}

// Length reads a length as mappers write it and returns metres. Without a unit it is
// metres. Understood are m, km, cm, mm, ft, ', in, ", yd, mi, nmi and their names, with
// or without a space ("12 ft", "55m"), feet and inches together (5'10", 5 ft 10 in), a
// comma as the decimal mark ("3,5"), a tilde or "ca." in front, exponents, and signs. Of
// a list ("2.5;3") the first entry counts. ok is false for anything else; whether the
// value is plausible is for the caller to say.
func Length(s string) (metres float64, ok bool) {
	s = first(s)
	v, rest, ok := number(s)
	if !ok {
		return 0, false
	}
	unit, rest, named := takeUnit(rest)
	if !named {
		return whole(v, rest)
	}
	if rest == "" {
		return finite(v * unit)
	}
	// A second, smaller part: the inches of feet.
	w, rest, ok := number(rest)
	if !ok || w < 0 || unit != 0.3048 {
		return 0, false
	}
	small, rest, named := takeUnit(rest)
	if rest != "" || named && small != 0.0254 {
		return 0, false
	}
	return finite(v*unit + math.Copysign(w*0.0254, v))
}

// Number reads a number without a unit, with the same marks and lists as Length:
// "2.5;3" is 2.5, "3,5" is 3.5.
func Number(s string) (v float64, ok bool) {
	v, rest, ok := number(first(s))
	if !ok {
		return 0, false
	}
	return whole(v, rest)
}

// first is the first entry of a list, without the words that mark an estimate.
func first(s string) string {
	for _, part := range strings.Split(s, ";") {
		if part = strings.TrimSpace(strings.ToLower(part)); part == "" {
			continue
		}
		for _, about := range []string{"~", "≈", "ca.", "ca ", "approx.", "about "} {
			part = strings.TrimSpace(strings.TrimPrefix(part, about))
		}
		return part
	}
	return ""
}

// number reads the number at the beginning of s and returns what follows it.
func number(s string) (v float64, rest string, ok bool) {
	i, digits := 0, 0
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		i++
	}
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.' || s[i] == ',') {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
		i++
	}
	if digits == 0 {
		return 0, s, false
	}
	mantissa, end := s[:i], i
	if i < len(s) && s[i] == 'e' { // an exponent only if digits follow
		j := i + 1
		if j < len(s) && (s[j] == '-' || s[j] == '+') {
			j++
		}
		k := j
		for k < len(s) && s[k] >= '0' && s[k] <= '9' {
			k++
		}
		if k > j {
			end = k
		}
	}
	v, err := strconv.ParseFloat(point(mantissa)+s[i:end], 64)
	if err != nil {
		return 0, s, false
	}
	return v, strings.TrimSpace(s[end:]), true
}

// point makes the decimal mark a point. Of a comma and a point the later is the mark
// and the earlier groups thousands; alone, a comma is the mark.
func point(s string) string {
	comma, dot := strings.LastIndexByte(s, ','), strings.LastIndexByte(s, '.')
	switch {
	case comma < 0:
		return s
	case dot < 0:
		return strings.Replace(s, ",", ".", 1) // a second comma is an error, as it should be
	case comma > dot:
		return strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1)
	}
	return strings.ReplaceAll(s, ",", "")
}

func takeUnit(s string) (metres float64, rest string, ok bool) {
	for _, u := range units {
		if r, cut := strings.CutPrefix(s, u.name); cut {
			return u.metres, strings.TrimSpace(strings.TrimPrefix(r, ".")), true
		}
	}
	return 0, s, false
}

// whole is v if nothing is left to read.
func whole(v float64, rest string) (float64, bool) {
	if rest != "" {
		return 0, false
	}
	return v, true
}

func finite(v float64) (float64, bool) {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return 0, false
	}
	return v, true
}
