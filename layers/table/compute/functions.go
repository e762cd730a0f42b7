package compute

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/expr-lang/expr/ast"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/table"
)

// plain are functions of a number.
var plain = map[string]func(float64) float64{
	"abs": math.Abs, "ceil": math.Ceil, "floor": math.Floor, "round": math.Round, "sqrt": math.Sqrt, "exp": math.Exp,
	"log": positive(math.Log), "log10": positive(math.Log10), "sin": math.Sin, "cos": math.Cos, "tan": math.Tan,
}

// ofNumbers are other functions that take nothing but numbers.
var ofNumbers = []string{"clamp", "pow", "atan2", "distance", "unix"}

// positive has no value where f has none or is infinite.
func positive(f func(float64) float64) func(float64) float64 {
	return func(x float64) float64 {
		if x <= 0 {
			return math.NaN()
		}
		return f(x)
	}
}

// lists are functions of a list of numbers; values that are missing in it are passed over.
var lists = map[string]func([]float64) float64{
	"sum":   func(l []float64) float64 { s, _, _, _ := summary(l); return s },
	"mean":  func(l []float64) float64 { s, n, _, _ := summary(l); return divide(s, n) },
	"min":   func(l []float64) float64 { _, _, lo, _ := summary(l); return lo },
	"max":   func(l []float64) float64 { _, _, _, hi := summary(l); return hi },
	"len":   func(l []float64) float64 { return float64(len(l)) },
	"first": func(l []float64) float64 { return at(l, 0) },
	"last":  func(l []float64) float64 { return at(l, len(l)-1) },
}

func summary(l []float64) (sum, n, lo, hi float64) {
	lo, hi = math.NaN(), math.NaN()
	for _, v := range l {
		if v != v {
			continue
		}
		sum, n = sum+v, n+1
		if !(v >= lo) {
			lo = v
		}
		if !(v <= hi) {
			hi = v
		}
	}
	return sum, n, lo, hi
}

func at(l []float64, i int) float64 {
	if i < 0 || i >= len(l) {
		return math.NaN()
	}
	return l[i]
}

// parts of a time in a zone.
var clocks = map[string]func(time.Time) int{
	"year": time.Time.Year, "month": func(t time.Time) int { return int(t.Month()) }, "day": time.Time.Day,
	"hour": time.Time.Hour, "minute": time.Time.Minute, "second": time.Time.Second,
	"weekday": func(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }, // Monday is 1 (ISO 8601)
}

func (c *compiler) call(name string, nodes []ast.Node) (term, error) {
	args, err := c.terms(nodes)
	if err != nil {
		return term{}, err
	}
	a := args[0]
	if plain[name] != nil || slices.Contains(ofNumbers, name) {
		if err := numbers(name, args...); err != nil {
			return a, err
		}
	}
	switch {
	case plain[name] != nil:
		return map1(table.Number, a, plain[name]), nil
	case clocks[name] != nil:
		return clockPart(name, args)
	case len(args) == 1 && a.kind == table.List && lists[name] != nil:
		return ofLists(a, lists[name]), nil
	case lists[name] != nil && name != "min" && name != "max" && name != "len":
		return a, fmt.Errorf("%s takes a list of numbers, not %s", name, a.kind)
	}
	switch name {
	case "min":
		return fold(name, args, func(x, y float64) float64 { return math.Min(x, y) })
	case "max":
		return fold(name, args, func(x, y float64) float64 { return math.Max(x, y) })
	case "clamp":
		t := map2(table.Number, a, args[1], math.Max)
		return map2(table.Number, t, args[2], math.Min), nil
	case "pow":
		return map2(table.Number, a, args[1], power), nil
	case "atan2":
		return map2(table.Number, a, args[1], math.Atan2), nil
	case "distance":
		return distance(args), nil
	case "unix":
		return map1(table.Number, a, func(x float64) float64 { return x }), nil
	case "string":
		return words(a), nil
	case "float":
		return toNumber(a)
	case "date":
		return date(args)
	case "duration":
		return duration(a)
	}
	return ofText(name, args)
}

func fold(name string, args []term, f func(x, y float64) float64) (term, error) {
	if err := numbers(name, args...); err != nil {
		return term{}, err
	}
	t := args[0]
	for _, b := range args[1:] {
		t = map2(t.kind, t, b, f)
	}
	return t, nil
}

func ofLists(a term, f func([]float64) float64) term {
	out := make([]float64, chunk)
	return term{kind: table.Number, eval: func(from, to int) vector {
		for i, l := range a.eval(from, to).lists {
			if out[i] = math.NaN(); l != nil {
				out[i] = f(l)
			}
		}
		return vector{kind: table.Number, numbers: out[:to-from]}
	}}
}

// distance is that of two places along the great circle of a sphere of the Earth's mean
// radius, in metres (haversines: R. W. Sinnott 1984).
func distance(args []term) term {
	const radius = 6371008.8
	out := make([]float64, chunk)
	return term{kind: table.Number, eval: func(from, to int) vector {
		var v [4][]float64
		for i, a := range args {
			v[i] = a.eval(from, to).numbers
		}
		for i := range to - from {
			s, t := math.Sin(earth.Radians(v[3][i]-v[1][i])/2), math.Sin(earth.Radians(v[2][i]-v[0][i])/2)
			h := s*s + math.Cos(earth.Radians(v[1][i]))*math.Cos(earth.Radians(v[3][i]))*t*t
			out[i] = 2 * radius * math.Asin(math.Sqrt(math.Min(h, 1)))
		}
		return vector{kind: table.Number, numbers: out[:to-from]}
	}}
}

// words writes any value as text.
func words(a term) term {
	out := make([]string, chunk)
	return folded(term{kind: table.Text, eval: func(from, to int) vector {
		v := a.eval(from, to)
		c := table.Column{Kind: a.kind, Numbers: v.numbers, Texts: v.texts, Lists: v.lists}
		for i := range to - from {
			out[i] = c.Word(i)
		}
		return vector{kind: table.Text, texts: out[:to-from]}
	}}, a)
}

func toNumber(a term) (term, error) {
	switch a.kind {
	case table.List:
		return a, errors.New("float takes text, not a list")
	case table.Text:
		return ofTexts(table.Number, a, func(s string) float64 {
			if v, err := strconv.ParseFloat(strings.TrimSpace(s), 64); err == nil && !math.IsInf(v, 0) {
				return v
			}
			return math.NaN()
		}), nil
	}
	return map1(table.Number, a, func(x float64) float64 { return x }), nil
}

func date(args []term) (term, error) {
	a := args[0]
	if len(args) == 1 {
		switch {
		case a.kind == table.Time:
			return a, nil
		case a.kind == table.Number:
			return map1(table.Time, a, func(x float64) float64 { return x }), nil
		case a.kind != table.Text:
			return a, fmt.Errorf("date takes text or seconds since 1970, not %s", a.kind)
		case a.constant != nil:
			return moment(a.constant.texts[0])
		}
		return ofTexts(table.Time, a, func(s string) float64 {
			if v, ok := table.ParseTime(s); ok {
				return v
			}
			return math.NaN()
		}), nil
	}
	if err := numbers("date", args...); err != nil {
		return a, err
	}
	out := make([]float64, chunk)
	return folded(term{kind: table.Time, eval: func(from, to int) vector {
		var v [6][]float64
		for i, arg := range args {
			v[i] = arg.eval(from, to).numbers
		}
		for i := range to - from {
			n, sum := [6]int{0, 1, 1}, 0.0
			for k := range args {
				n[k], sum = int(v[k][i]), sum+v[k][i]
			}
			if out[i] = math.NaN(); sum == sum && math.Abs(sum) < 1e6 {
				out[i] = float64(time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC).Unix())
			}
		}
		return vector{kind: table.Time, numbers: out[:to-from]}
	}}, args...), nil
}

func duration(a term) (term, error) {
	if a.kind != table.Text || a.constant == nil {
		return a, errors.New(`duration takes a text in quotes, such as "90m" or "36h"`)
	}
	d, err := time.ParseDuration(a.constant.texts[0])
	if err != nil {
		return a, fmt.Errorf("duration: %w", err)
	}
	return number(table.Number, d.Seconds()), nil
}

func clockPart(name string, args []term) (term, error) {
	a, zone := args[0], time.UTC
	if a.kind != table.Time {
		return a, fmt.Errorf("%s takes a time, not %s: date(…) makes one of text", name, a.kind)
	}
	if len(args) > 1 {
		if args[1].constant == nil || args[1].kind != table.Text {
			return a, fmt.Errorf(`%s takes a zone in quotes, such as "Europe/Lisbon"`, name)
		}
		var err error
		if zone, err = time.LoadLocation(args[1].constant.texts[0]); err != nil {
			return a, fmt.Errorf("%s: %w", name, err)
		}
		if zone == time.Local {
			return a, fmt.Errorf("%s: Local is the machine's zone: one of the IANA list is wanted", name)
		}
	}
	f := clocks[name]
	return map1(table.Number, a, func(x float64) float64 {
		if x != x {
			return x
		}
		return float64(f(table.Date(x, zone)))
	}), nil
}

// ofText are the functions of text.
func ofText(name string, args []term) (term, error) {
	for _, a := range args {
		if a.kind != table.Text {
			return a, fmt.Errorf("%s takes text, not %s", name, a.kind)
		}
	}
	a := args[0]
	if name == "len" {
		return ofTexts(table.Number, a, func(s string) float64 { return float64(len([]rune(s))) }), nil
	}
	f := map[string]func(string) string{"lower": strings.ToLower, "upper": strings.ToUpper, "trim": strings.TrimSpace}[name]
	if name == "replace" {
		if args[1].constant == nil || args[2].constant == nil {
			return a, errors.New("replace takes texts in quotes")
		}
		f = func(s string) string {
			return strings.ReplaceAll(s, args[1].constant.texts[0], args[2].constant.texts[0])
		}
	}
	if f == nil {
		return a, fmt.Errorf("%s is not known", name)
	}
	return toTexts(a, f), nil
}

func toTexts(a term, f func(string) string) term {
	out := make([]string, chunk)
	return folded(term{kind: table.Text, eval: func(from, to int) vector {
		for i, s := range a.eval(from, to).texts {
			if out[i] = ""; s != "" {
				out[i] = f(s)
			}
		}
		return vector{kind: table.Text, texts: out[:to-from]}
	}}, a)
}

// element is one number of a list: list[0].
func (c *compiler) element(n *ast.MemberNode) (term, error) {
	a, err := c.term(n.Node)
	if err != nil {
		return a, err
	}
	i, err := c.term(n.Property)
	if err != nil {
		return i, err
	}
	if a.kind != table.List || i.kind != table.Number {
		return a, fmt.Errorf("%s: [ ] takes a number of a list, not of %s", n, a.kind)
	}
	out := make([]float64, chunk)
	return term{kind: table.Number, eval: func(from, to int) vector {
		l, k := a.eval(from, to).lists, i.eval(from, to).numbers
		for r := range l {
			if out[r] = math.NaN(); k[r] == k[r] {
				index := int(k[r])
				if index < 0 {
					index += len(l[r])
				}
				out[r] = at(l[r], index)
			}
		}
		return vector{kind: table.Number, numbers: out[:to-from]}
	}}, nil
}

// slice is a part of a text, counted in letters: name[0:3].
func (c *compiler) slice(n *ast.SliceNode) (term, error) {
	a, err := c.term(n.Node)
	if err != nil {
		return a, err
	}
	ends := [2]int{0, math.MaxInt}
	for i, end := range []ast.Node{n.From, n.To} {
		if end == nil {
			continue
		}
		whole, ok := end.(*ast.IntegerNode)
		if !ok || whole.Value < 0 {
			return a, fmt.Errorf("%s: whole numbers stand on both sides of the colon", n)
		}
		ends[i] = whole.Value
	}
	if a.kind != table.Text {
		return a, fmt.Errorf("%s: a part of text is taken, not of %s", n, a.kind)
	}
	return toTexts(a, func(s string) string {
		r := []rune(s)
		to := min(ends[1], len(r))
		return string(r[min(ends[0], to):to])
	}), nil
}
