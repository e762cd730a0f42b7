package compute

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"

	"github.com/expr-lang/expr/ast"

	"github.com/longtake/longtake/layers/table"
)

func (c *compiler) unary(n *ast.UnaryNode) (term, error) {
	a, err := c.term(n.Node)
	if err != nil {
		return a, err
	}
	switch n.Operator {
	case "+":
		return a, numbers("+", a)
	case "-":
		if err := numbers("-", a); err != nil {
			return a, err
		}
		return map1(table.Number, a, func(x float64) float64 { return -x }), nil
	}
	if a.kind != table.Bool {
		return a, fmt.Errorf("not takes true and false, not %s", a.kind)
	}
	return map1(table.Bool, a, func(x float64) float64 { return 1 - x }), nil
}

func (c *compiler) binary(n *ast.BinaryNode) (term, error) {
	if n.Operator == "in" || n.Operator == "not in" {
		return c.in(n)
	}
	a, err := c.term(n.Left)
	if err != nil {
		return a, err
	}
	b, err := c.term(n.Right)
	if err != nil {
		return b, err
	}
	switch n.Operator {
	case "and", "&&", "or", "||":
		if a.kind != table.Bool || b.kind != table.Bool {
			return a, fmt.Errorf("%s takes true and false, not %s and %s", n.Operator, a.kind, b.kind)
		}
		if n.Operator[0] == 'a' || n.Operator[0] == '&' {
			return map2(table.Bool, a, b, and), nil
		}
		return map2(table.Bool, a, b, func(x, y float64) float64 { return 1 - and(1-x, 1-y) }), nil
	case "contains", "startsWith", "endsWith", "matches":
		return textTest(n.Operator, a, b)
	case "==", "!=", "<", "<=", ">", ">=":
		return compare(n.Operator, a, b)
	case "??":
		return orElse(a, b)
	}
	return arithmetic(n.Operator, a, b)
}

// and is Kleene's: false wins over missing.
func and(x, y float64) float64 {
	if x == 0 || y == 0 {
		return 0
	}
	return x * y // NaN where one is
}

func arithmetic(op string, a, b term) (term, error) {
	if op == "+" && a.kind == table.Text && b.kind == table.Text {
		return joined(a, b), nil
	}
	if err := numbers(op, a, b); err != nil {
		return a, err
	}
	kind := table.Number
	if (op == "+" || op == "-") && (a.kind == table.Time) != (b.kind == table.Time) {
		kind = table.Time // a time and seconds are a time; two times are seconds
	}
	f := map[string]func(x, y float64) float64{
		"+": func(x, y float64) float64 { return x + y }, "-": func(x, y float64) float64 { return x - y },
		"*": func(x, y float64) float64 { return x * y }, "/": divide, "%": math.Mod, "**": power, "^": power,
	}[op]
	return map2(kind, a, b, f), nil
}

// divide has no value by zero: nothing is drawn at infinity.
func divide(x, y float64) float64 {
	if y == 0 {
		return math.NaN()
	}
	return x / y
}

func power(x, y float64) float64 {
	if y == 2 {
		return x * x
	}
	return math.Pow(x, y)
}

// joined puts texts behind each other; with a missing one it is missing.
func joined(a, b term) term {
	out := make([]string, chunk)
	return folded(term{kind: table.Text, eval: func(from, to int) vector {
		x, y := a.eval(from, to).texts, b.eval(from, to).texts
		for i := range x {
			out[i] = ""
			if x[i] != "" && y[i] != "" {
				out[i] = x[i] + y[i]
			}
		}
		return vector{kind: table.Text, texts: out[:to-from]}
	}}, a, b)
}

func compare(op string, a, b term) (term, error) {
	if (op == "==" || op == "!=") && (a.null || b.null) {
		if a.null {
			a, b = b, a
		}
		t := isMissing(a)
		if op == "!=" {
			t = map1(table.Bool, t, func(x float64) float64 { return 1 - x })
		}
		return t, nil
	}
	a, b, err := same(op, a, b)
	if err != nil {
		return a, err
	}
	test := map[string]func(int) bool{
		"==": func(c int) bool { return c == 0 }, "!=": func(c int) bool { return c != 0 },
		"<": func(c int) bool { return c < 0 }, "<=": func(c int) bool { return c <= 0 },
		">": func(c int) bool { return c > 0 }, ">=": func(c int) bool { return c >= 0 },
	}[op]
	switch a.kind {
	case table.List:
		return a, fmt.Errorf("%s compares no lists: len, min, max, sum, mean, first and last make numbers of them", op)
	case table.Text:
		out := make([]float64, chunk)
		return folded(term{kind: table.Bool, eval: func(from, to int) vector {
			x, y := a.eval(from, to).texts, b.eval(from, to).texts
			for i := range x {
				if out[i] = math.NaN(); x[i] != "" && y[i] != "" {
					out[i] = truth(test(strings.Compare(x[i], y[i])))
				}
			}
			return vector{kind: table.Bool, numbers: out[:to-from]}
		}}, a, b), nil
	}
	return map2(table.Bool, a, b, func(x, y float64) float64 {
		switch {
		case x < y:
			return truth(test(-1))
		case x > y:
			return truth(test(1))
		case x == y:
			return truth(test(0))
		}
		return math.NaN()
	}), nil
}

// isMissing is true and false even of missing values.
func isMissing(a term) term {
	out := make([]float64, chunk)
	return term{kind: table.Bool, eval: func(from, to int) vector {
		v := a.eval(from, to)
		for i := range to - from {
			switch a.kind {
			case table.Text:
				out[i] = truth(v.texts[i] == "")
			case table.List:
				out[i] = truth(v.lists[i] == nil)
			default:
				out[i] = truth(v.numbers[i] != v.numbers[i])
			}
		}
		return vector{kind: table.Bool, numbers: out[:to-from]}
	}}
}

// orElse takes the second where the first is missing.
func orElse(a, b term) (term, error) {
	a, b, err := same("??", a, b)
	if err != nil {
		return a, err
	}
	return choose(isMissing(a), b, a), nil
}

func (c *compiler) conditional(n *ast.ConditionalNode) (term, error) {
	parts, err := c.terms([]ast.Node{n.Cond, n.Exp1, n.Exp2})
	if err != nil {
		return term{}, err
	}
	if parts[0].kind != table.Bool {
		return term{}, fmt.Errorf("what stands before ? is %s, not true or false", parts[0].kind)
	}
	a, b, err := same("?:", parts[1], parts[2])
	if err != nil {
		return term{}, err
	}
	return choose(parts[0], a, b), nil
}

// choose takes a where the condition is true, b where it is false, and is missing where
// that is not known.
func choose(cond, a, b term) term {
	out := vector{kind: a.kind, numbers: make([]float64, chunk), texts: make([]string, chunk), lists: make([][]float64, chunk)}
	return term{kind: a.kind, eval: func(from, to int) vector {
		is, x, y := cond.eval(from, to).numbers, a.eval(from, to), b.eval(from, to)
		for i, t := range is {
			switch v := [...]vector{y, x}[int(t)&1]; a.kind { // NaN is 0 or something else: below
			case table.Text:
				if out.texts[i] = ""; t == t {
					out.texts[i] = v.texts[i]
				}
			case table.List:
				if out.lists[i] = nil; t == t {
					out.lists[i] = v.lists[i]
				}
			default:
				if out.numbers[i] = math.NaN(); t == t {
					out.numbers[i] = v.numbers[i]
				}
			}
		}
		return vector{kind: a.kind, numbers: out.numbers[:to-from], texts: out.texts[:to-from], lists: out.lists[:to-from]}
	}}
}

func textTest(op string, a, b term) (term, error) {
	if a.kind != table.Text || b.kind != table.Text || b.constant == nil {
		return a, fmt.Errorf("%s takes a text field and a text in quotes", op)
	}
	with := b.constant.texts[0]
	test := map[string]func(string) bool{
		"contains":   func(s string) bool { return strings.Contains(s, with) },
		"startsWith": func(s string) bool { return strings.HasPrefix(s, with) },
		"endsWith":   func(s string) bool { return strings.HasSuffix(s, with) },
	}[op]
	if op == "matches" {
		re, err := regexp.Compile(with)
		if err != nil {
			return a, fmt.Errorf("matches: %w", err)
		}
		test = re.MatchString
	}
	return ofTexts(table.Bool, a, func(s string) float64 { return truth(test(s)) }), nil
}

// in looks a value up in a list of constants, or a number between two: x in 1..5.
func (c *compiler) in(n *ast.BinaryNode) (term, error) {
	a, err := c.term(n.Left)
	if err != nil {
		return a, err
	}
	list, ok := n.Right.(*ast.ArrayNode)
	if !ok {
		return a, errors.New(`in takes a list of values, as in state in ["CA", "NV"]`)
	}
	texts, values := map[string]bool{}, map[float64]bool{}
	for _, item := range list.Nodes {
		b, err := c.term(item)
		if err != nil {
			return b, err
		}
		if b.constant == nil {
			return b, fmt.Errorf("in takes values, not fields: %s", item)
		}
		if a, b, err = same("in", a, b); err != nil {
			return b, err
		}
		if b.kind == table.Text {
			texts[b.constant.texts[0]] = true
		} else {
			values[b.constant.numbers[0]] = true
		}
	}
	found := truth(n.Operator == "in")
	pick := func(ok bool) float64 {
		if ok {
			return found
		}
		return 1 - found
	}
	switch a.kind {
	case table.List:
		return a, errors.New("in takes a number, a text or a time before it, not a list")
	case table.Text:
		return ofTexts(table.Bool, a, func(s string) float64 { return pick(texts[s]) }), nil
	}
	return map1(table.Bool, a, func(x float64) float64 {
		if x != x {
			return x
		}
		return pick(values[x])
	}), nil
}
