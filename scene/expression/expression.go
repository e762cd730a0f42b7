// Package expression is the language of filters and derived fields: the grammar of
// expr-lang (https://expr-lang.org/docs/language-definition), of which it takes what makes
// sense of a row: arithmetic, comparisons, logic, text, lists of numbers, times. It reads
// expressions and knows their functions; layers/table/compute finds their values.
package expression

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
)

// Parse reads an expression. The error says what is wrong and what is allowed.
func Parse(text string) (ast.Node, error) {
	if strings.TrimSpace(text) == "" {
		return nil, errors.New("an expression such as \"speed > 10\" is allowed")
	}
	if len(text) > maxText {
		return nil, fmt.Errorf("%d characters: %d are allowed", len(text), maxText)
	}
	tree, err := parser.Parse(text)
	if err != nil {
		var at *file.Error
		if errors.As(err, &at) {
			return nil, fmt.Errorf("%s (character %d)", at.Message, at.Column+1)
		}
		return nil, err
	}
	return tree.Node, check(tree.Node, 0)
}

// Arity is how many arguments a function takes.
type Arity struct{ Least, Most int }

// Functions are the functions by name.
var Functions = map[string]Arity{
	// of numbers
	"abs": {1, 1}, "ceil": {1, 1}, "floor": {1, 1}, "round": {1, 1}, "sqrt": {1, 1}, "exp": {1, 1}, "log": {1, 1}, "log10": {1, 1},
	"sin": {1, 1}, "cos": {1, 1}, "tan": {1, 1}, "atan2": {2, 2}, "pow": {2, 2}, "min": {1, 9}, "max": {1, 9}, "clamp": {3, 3},
	"distance": {4, 4},
	// of lists
	"sum": {1, 1}, "mean": {1, 1}, "first": {1, 1}, "last": {1, 1}, "len": {1, 1},
	// of text
	"lower": {1, 1}, "upper": {1, 1}, "trim": {1, 1}, "replace": {3, 3}, "string": {1, 1}, "float": {1, 1},
	// of times
	"date": {1, 6}, "duration": {1, 1}, "year": {1, 2}, "month": {1, 2}, "day": {1, 2}, "hour": {1, 2}, "minute": {1, 2}, "second": {1, 2}, "weekday": {1, 2},
	"unix": {1, 1},
}

// Operators between two values.
var operators = []string{"+", "-", "*", "/", "%", "**", "^", "==", "!=", "<", "<=", ">", ">=", "and", "or", "&&", "||", "in", "not in", "contains", "startsWith", "endsWith", "matches", "??"}

// maxDepth bounds how deep an expression nests; maxText its length, for the parser goes as
// deep as it is told.
const (
	maxDepth = 200
	maxText  = 1 << 14
)

func check(n ast.Node, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("nested more than %d deep", maxDepth)
	}
	for _, part := range parts(n) {
		if err := check(part, depth+1); err != nil {
			return err
		}
	}
	switch n := n.(type) {
	case *ast.NilNode, *ast.IdentifierNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.StringNode, *ast.ConditionalNode, *ast.ArrayNode, *ast.SliceNode:
		return nil
	case *ast.UnaryNode:
		if n.Operator == "!" || n.Operator == "not" || n.Operator == "-" || n.Operator == "+" {
			return nil
		}
	case *ast.BinaryNode:
		if slices.Contains(operators, n.Operator) {
			return nil
		}
		return fmt.Errorf("no operator %q: there are %s", n.Operator, strings.Join(operators, " "))
	case *ast.MemberNode:
		if _, ok := Field(n); ok || !isText(n.Property) {
			return nil
		}
		return fmt.Errorf("%s: fields have no members: $env[\"a.b\"] names a field with such a name", n)
	case *ast.CallNode:
		if name, ok := n.Callee.(*ast.IdentifierNode); ok {
			return arity(name.Value, len(n.Arguments))
		}
	case *ast.BuiltinNode:
		return arity(n.Name, len(n.Arguments))
	}
	return fmt.Errorf("%s: not something that a row has", n)
}

func isText(n ast.Node) bool {
	_, ok := n.(*ast.StringNode)
	return ok
}

func arity(name string, n int) error {
	a, ok := Functions[name]
	switch {
	case !ok:
		return fmt.Errorf("no function %q: there are %s", name, strings.Join(slices.Sorted(maps.Keys(Functions)), ", "))
	case n < a.Least || n > a.Most:
		return fmt.Errorf("%s takes %d to %d arguments, not %d", name, a.Least, a.Most, n)
	}
	return nil
}

// Field is the field that a node names: by itself, or as $env["a name with blanks"].
func Field(n ast.Node) (name string, ok bool) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return n.Value, true
	case *ast.MemberNode:
		env, isEnv := n.Node.(*ast.IdentifierNode)
		text, isText := n.Property.(*ast.StringNode)
		if isEnv && isText && env.Value == "$env" {
			return text.Value, true
		}
	}
	return "", false
}

// Fields lists the fields that an expression names, sorted.
func Fields(n ast.Node) []string {
	seen := map[string]bool{}
	var visit func(ast.Node)
	visit = func(n ast.Node) {
		if name, ok := Field(n); ok {
			seen[name] = true
			return
		}
		for _, part := range parts(n) {
			visit(part)
		}
	}
	visit(n)
	return slices.Sorted(maps.Keys(seen))
}

// Ambiguous is an operator between two bare fields that means one thing of text and another of
// numbers: "3" + "2" is "32", and "100" comes before "9".
func Ambiguous(n ast.Node) (operator string, ok bool) {
	if b, is := n.(*ast.BinaryNode); is && slices.Contains([]string{"+", "<", "<=", ">", ">="}, b.Operator) {
		_, left := Field(b.Left)
		if _, right := Field(b.Right); left && right {
			return b.Operator, true
		}
	}
	for _, part := range parts(n) {
		if op, ok := Ambiguous(part); ok {
			return op, true
		}
	}
	return "", false
}

// parts are the nodes right below a node.
func parts(n ast.Node) []ast.Node {
	switch n := n.(type) {
	case *ast.UnaryNode:
		return []ast.Node{n.Node}
	case *ast.BinaryNode:
		return []ast.Node{n.Left, n.Right}
	case *ast.ConditionalNode:
		return []ast.Node{n.Cond, n.Exp1, n.Exp2}
	case *ast.ArrayNode:
		return n.Nodes
	case *ast.CallNode:
		return n.Arguments
	case *ast.BuiltinNode:
		return n.Arguments
	case *ast.MemberNode:
		if _, ok := Field(n); !ok {
			return []ast.Node{n.Node, n.Property}
		}
	case *ast.SliceNode:
		out := []ast.Node{n.Node}
		for _, end := range []ast.Node{n.From, n.To} {
			if end != nil {
				out = append(out, end)
			}
		}
		return out
	}
	return nil
}
