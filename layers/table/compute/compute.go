// Package compute finds the values of expressions for all rows of a table: an expression
// becomes a tree of loops over columns, a thousand rows at a time. A value that is missing
// makes what depends on it missing; and, or and not follow Kleene's logic of three values.
package compute

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/expr-lang/expr/ast"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene/expression"
)

// chunk is how many rows a loop takes at a time.
const chunk = 1024

// vector is the values of some rows, or one value for all of them.
type vector struct {
	kind    table.Kind
	numbers []float64
	texts   []string
	lists   [][]float64
}

// term is a part of an expression that has a kind.
type term struct {
	kind table.Kind
	// constant is set where the value is the same for all rows.
	constant *vector
	null     bool   // nil itself
	odd      string // of a column that is text because of one word: which
	// eval fills a vector with rows from to to; what it returns is good until the next call.
	eval func(from, to int) vector
}

// Program is an expression that was checked against the columns of a table.
type Program struct {
	term term
	rows int
}

// Columns gives the column of a name; the error says which there are.
type Columns func(name string) (*table.Column, error)

// Compile checks an expression against columns of a number of rows.
func Compile(text string, columns Columns, rows int) (*Program, error) {
	node, err := expression.Parse(text)
	if err != nil {
		return nil, err
	}
	c := &compiler{columns: columns, rows: rows}
	t, err := c.term(node)
	if err != nil {
		return nil, err
	}
	return &Program{t, rows}, nil
}

// Kind is what the expression gives.
func (p *Program) Kind() table.Kind { return p.term.kind }

// Column computes all rows.
func (p *Program) Column(name string) table.Column {
	out := table.Column{Name: name, Kind: p.term.kind}
	switch out.Kind {
	case table.Text:
		out.Texts = make([]string, p.rows)
	case table.List:
		out.Lists = make([][]float64, p.rows)
	default:
		out.Numbers = make([]float64, p.rows)
	}
	for from := 0; from < p.rows; from += chunk {
		to := min(from+chunk, p.rows)
		v := p.term.eval(from, to)
		switch out.Kind {
		case table.Text:
			copy(out.Texts[from:to], v.texts)
		case table.List:
			copy(out.Lists[from:to], v.lists)
		default:
			copy(out.Numbers[from:to], v.numbers)
		}
	}
	return out
}

// True tells of each row whether the expression, which is one of true and false, is true;
// missing counts the rows for which that is not known.
func (p *Program) True() (keep []bool, missing int, err error) {
	if p.term.kind != table.Bool {
		return nil, 0, fmt.Errorf("gives %s: true or false is wanted", p.term.kind)
	}
	keep = make([]bool, p.rows)
	for from := 0; from < p.rows; from += chunk {
		for i, x := range p.term.eval(from, min(from+chunk, p.rows)).numbers {
			keep[from+i] = x == 1
			if x != x {
				missing++
			}
		}
	}
	return keep, missing, nil
}

type compiler struct {
	columns Columns
	rows    int
}

func (c *compiler) term(n ast.Node) (term, error) {
	if name, ok := expression.Field(n); ok {
		return c.field(name)
	}
	switch n := n.(type) {
	case *ast.NilNode:
		t := number(table.Number, math.NaN())
		t.null = true
		return t, nil
	case *ast.IntegerNode:
		return number(table.Number, float64(n.Value)), nil
	case *ast.FloatNode:
		return number(table.Number, n.Value), nil
	case *ast.BoolNode:
		return number(table.Bool, truth(n.Value)), nil
	case *ast.StringNode:
		t := text(n.Value)
		t.null = n.Value == ""
		return t, nil
	case *ast.UnaryNode:
		return c.unary(n)
	case *ast.BinaryNode:
		return c.binary(n)
	case *ast.ConditionalNode:
		return c.conditional(n)
	case *ast.MemberNode:
		return c.element(n)
	case *ast.SliceNode:
		return c.slice(n)
	case *ast.CallNode:
		return c.call(n.Callee.(*ast.IdentifierNode).Value, n.Arguments)
	case *ast.BuiltinNode:
		return c.call(n.Name, n.Arguments)
	case *ast.ArrayNode:
		return term{}, fmt.Errorf("%s: a list of values is allowed after in", n)
	}
	return term{}, fmt.Errorf("%s: not something that a row has", n)
}

func (c *compiler) field(name string) (term, error) {
	col, err := c.columns(name)
	if err != nil {
		return term{}, err
	}
	t := term{kind: col.Kind}
	if col.Odd != "" {
		t.odd = fmt.Sprintf("; %s is text because of %s", name, col.Odd)
	}
	switch col.Kind {
	case table.Text:
		t.eval = func(from, to int) vector { return vector{kind: col.Kind, texts: part(col.Texts, from, to)} }
	case table.List:
		t.eval = func(from, to int) vector { return vector{kind: col.Kind, lists: part(col.Lists, from, to)} }
	default:
		t.eval = func(from, to int) vector { return vector{kind: col.Kind, numbers: part(col.Numbers, from, to)} }
	}
	return t, nil
}

// part is some rows of a column; a table without rows has columns without values.
func part[T any](values []T, from, to int) []T {
	if len(values) == 0 {
		return make([]T, to-from)
	}
	return values[from:to]
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// number is a constant of a kind that is kept as numbers.
func number(kind table.Kind, v float64) term {
	all := make([]float64, chunk)
	for i := range all {
		all[i] = v
	}
	return term{kind: kind, constant: &vector{kind: kind, numbers: all[:1]}, eval: func(from, to int) vector {
		return vector{kind: kind, numbers: all[:to-from]}
	}}
}

func text(v string) term {
	all := make([]string, chunk)
	for i := range all {
		all[i] = v
	}
	return term{kind: table.Text, constant: &vector{kind: table.Text, texts: all[:1]}, eval: func(from, to int) vector {
		return vector{kind: table.Text, texts: all[:to-from]}
	}}
}

// terms compiles several parts.
func (c *compiler) terms(nodes []ast.Node) ([]term, error) {
	out := make([]term, len(nodes))
	var err error
	for i, n := range nodes {
		if out[i], err = c.term(n); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// map1 makes numbers of numbers, value by value.
func map1(kind table.Kind, a term, f func(float64) float64) term {
	out := make([]float64, chunk)
	return folded(term{kind: kind, eval: func(from, to int) vector {
		for i, x := range a.eval(from, to).numbers {
			out[i] = f(x)
		}
		return vector{kind: kind, numbers: out[:to-from]}
	}}, a)
}

// map2 makes numbers of pairs of numbers.
func map2(kind table.Kind, a, b term, f func(a, b float64) float64) term {
	out := make([]float64, chunk)
	return folded(term{kind: kind, eval: func(from, to int) vector {
		x, y := a.eval(from, to).numbers, b.eval(from, to).numbers
		for i := range x {
			out[i] = f(x[i], y[i])
		}
		return vector{kind: kind, numbers: out[:to-from]}
	}}, a, b)
}

// ofTexts makes numbers of texts; missing texts give missing.
func ofTexts(kind table.Kind, a term, f func(string) float64) term {
	out := make([]float64, chunk)
	return folded(term{kind: kind, eval: func(from, to int) vector {
		for i, s := range a.eval(from, to).texts {
			out[i] = math.NaN()
			if s != "" {
				out[i] = f(s)
			}
		}
		return vector{kind: kind, numbers: out[:to-from]}
	}}, a)
}

// folded computes a term of constants once.
func folded(t term, parts ...term) term {
	for _, p := range parts {
		if p.constant == nil {
			return t
		}
	}
	v := t.eval(0, 1)
	switch t.kind {
	case table.Text:
		return text(v.texts[0])
	case table.List:
		return t
	}
	return number(t.kind, v.numbers[0])
}

// numbers wants all of a kind that is counted with.
func numbers(what string, terms ...term) error {
	for _, t := range terms {
		if t.kind != table.Number && t.kind != table.Time {
			return fmt.Errorf("%s takes numbers, not %s%s", what, t.kind, t.odd)
		}
	}
	return nil
}

var errKinds = errors.New("the two sides differ in kind")

// same brings two sides to one kind: nil takes that of the other, and text beside a time
// is read as one.
func same(what string, a, b term) (term, term, error) {
	switch {
	case a.null && a.kind != b.kind:
		return null(b.kind), b, nil
	case b.null && a.kind != b.kind:
		return a, null(a.kind), nil
	case a.kind == b.kind:
		return a, b, nil
	case a.kind == table.Time && b.kind == table.Text && b.constant != nil:
		t, err := moment(b.constant.texts[0])
		return a, t, err
	case b.kind == table.Time && a.kind == table.Text && a.constant != nil:
		t, err := moment(a.constant.texts[0])
		return t, b, err
	case a.kind == table.Time && b.kind == table.Number, a.kind == table.Number && b.kind == table.Time:
		return a, b, nil
	}
	return a, b, fmt.Errorf("%s: %w: %s and %s%s%s", what, errKinds, a.kind, b.kind, a.odd, b.odd)
}

func null(kind table.Kind) term {
	var t term
	switch kind {
	case table.Text:
		t = text("")
	case table.List:
		t = term{kind: kind, eval: func(from, to int) vector { return vector{kind: kind, lists: make([][]float64, to-from)} }}
	default:
		t = number(kind, math.NaN())
	}
	t.null = true
	return t
}

func moment(s string) (term, error) {
	v, ok := table.ParseTime(s)
	if !ok {
		return term{}, fmt.Errorf("%q is no time: one of ISO 8601 such as 2020-04-14T06:00Z is wanted", strings.ToValidUTF8(s, "?"))
	}
	return number(table.Time, v), nil
}
