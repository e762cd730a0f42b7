package scene

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// decimal is a YAML 1.2 number in decimal notation.
var decimal = regexp.MustCompile(`^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$`)

// parseYAML turns YAML 1.2 with anchors, aliases and merge keys into a node.
func parseYAML(file string, data []byte) (root *node, errs Errors) {
	if line, ok := tooDeep(data); ok {
		return nil, Errors{{File: file, Line: line, Column: 1, Message: fmt.Sprintf("more than %d levels of nesting", maxDepth)}}
	}
	// The parser is foreign code that a broken file may send into a panic; that must
	// stay an error of the file.
	defer func() {
		if p := recover(); p != nil {
			root, errs = nil, Errors{{File: file, Line: 1, Column: 1, Message: fmt.Sprintf("not readable as YAML (%v)", p)}}
		}
	}()
	f, err := parser.ParseBytes(data, 0)
	if err != nil {
		e := Error{File: file, Line: 1, Column: 1, Message: "not YAML: " + firstLine(err.Error())}
		var syntax yaml.Error
		if errors.As(err, &syntax) {
			e.Message = "not YAML: " + syntax.GetMessage()
			if t := syntax.GetToken(); t != nil && t.Position != nil {
				e.Line, e.Column = max(1, t.Position.Line), max(1, t.Position.Column)
			}
		}
		return nil, Errors{e}
	}
	y := &yamlReader{file: file, lines: 1 + bytes.Count(data, []byte("\n")), anchors: map[string]ast.Node{}, open: map[string]bool{}}
	for _, doc := range f.Docs {
		if doc.Body == nil {
			continue
		}
		if root != nil {
			y.fail(doc.Body, "a second document; one scene a file is allowed")
			break
		}
		root = y.read(doc.Body, 0)
	}
	if root == nil {
		root = &node{kind: Null, line: 1, column: 1}
	}
	return root, y.errs
}

// tooDeep finds nesting that would exhaust the parser's stack, without parsing: flow
// brackets and indicators on one line, counted generously, since both may also stand in
// text. (Nesting by indentation needs a file that grows with the square of its depth.)
func tooDeep(data []byte) (line int, deep bool) {
	line, depth, marks := 1, 0, 0
	for i, c := range data {
		switch c {
		case '\n':
			line, marks = line+1, 0
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(0, depth-1)
		case '-', '?', ':', '&', '!', '*', '|', '>':
			if i+1 < len(data) && (data[i+1] == ' ' || data[i+1] == '\t' || data[i+1] == '\n') {
				marks++
			}
		}
		if depth > 10*maxDepth || marks > 20*maxDepth {
			return line, true
		}
	}
	return 0, false
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	return s
}

type yamlReader struct {
	file    string
	lines   int
	anchors map[string]ast.Node
	open    map[string]bool // anchors being read: an alias to one is a cycle
	nodes   int
	errs    Errors
}

func (y *yamlReader) place(n ast.Node) (line, column int) {
	t := n.GetToken()
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		t = m.Values[0].Key.GetToken()
	}
	if m, ok := n.(*ast.MappingValueNode); ok {
		t = m.Key.GetToken()
	}
	if t == nil || t.Position == nil {
		return 1, 1
	}
	return min(max(1, t.Position.Line), y.lines), max(1, t.Position.Column)
}

func (y *yamlReader) fail(n ast.Node, message string) {
	line, col := y.place(n)
	y.errs = append(y.errs, Error{File: y.file, Line: line, Column: col, Message: message})
}

// read never returns nil; what it cannot read is a null with an error.
func (y *yamlReader) read(n ast.Node, depth int) *node {
	out := &node{}
	if n == nil {
		return out
	}
	out.line, out.column = y.place(n)
	if y.nodes++; y.nodes > maxNodes || depth > maxDepth {
		if y.nodes <= maxNodes+1 { // said once, however often it happens
			y.nodes = maxNodes + 1
			y.fail(n, fmt.Sprintf("more than %d values or %d levels of nesting; are aliases nested in each other?", maxNodes, maxDepth))
		}
		return out
	}
	switch x := n.(type) {
	case *ast.NullNode:
	case *ast.BoolNode:
		out.kind, out.bool = Bool, x.Value
	case *ast.IntegerNode:
		y.number(out, x.Token, fmt.Sprint(x.Value))
	case *ast.FloatNode:
		y.number(out, x.Token, formatFloat(x.Value))
	case *ast.InfinityNode:
		out.kind, out.number, out.text = Number, x.Value, x.Token.Value
	case *ast.NanNode:
		nan, _ := strconv.ParseFloat("nan", 64)
		out.kind, out.number, out.text = Number, nan, x.Token.Value
	case *ast.StringNode:
		out.kind, out.text = Text, strings.ToValidUTF8(x.Value, string(utf8.RuneError))
		if x.Token.Type == token.StringType && decimal.MatchString(x.Value) {
			y.number(out, x.Token, x.Value)
		}
	case *ast.LiteralNode:
		out.kind, out.text = Text, strings.ToValidUTF8(x.Value.Value, string(utf8.RuneError))
	case *ast.SequenceNode:
		out.kind = List
		for _, v := range x.Values {
			out.items = append(out.items, y.read(v, depth+1))
		}
	case *ast.MappingNode:
		out.kind = Map
		y.pairs(out, x.Values, depth)
	case *ast.MappingValueNode:
		out.kind = Map
		y.pairs(out, []*ast.MappingValueNode{x}, depth)
	case *ast.TagNode:
		v := y.read(x.Value, depth+1)
		if x.Start.Value == "!!str" && v.kind != List && v.kind != Map {
			v.kind = Text
		}
		return v
	case *ast.AnchorNode:
		name := x.Name.GetToken().Value
		y.anchors[name] = x.Value
		y.open[name] = true
		v := y.read(x.Value, depth+1)
		delete(y.open, name)
		return v
	case *ast.AliasNode:
		return y.alias(x, depth)
	default:
		y.fail(n, "this kind of YAML is not part of a scene document; mappings, lists, text and numbers are allowed")
	}
	return out
}

// number keeps the text as written where it is decimal, so that 29.97 stays exact.
func (y *yamlReader) number(out *node, t *token.Token, value string) {
	if decimal.MatchString(t.Value) {
		value = t.Value
	}
	out.kind, out.text = Number, value
	out.number, _ = strconv.ParseFloat(value, 64) // out of range gives ±Inf, which is refused later
}

func (y *yamlReader) alias(x *ast.AliasNode, depth int) *node {
	out := &node{}
	out.line, out.column = y.place(x)
	name := x.Value.GetToken().Value
	target, ok := y.anchors[name]
	switch {
	case !ok:
		y.fail(x, fmt.Sprintf("alias *%s; no anchor &%s comes before it", name, name))
	case y.open[name]:
		y.fail(x, fmt.Sprintf("alias *%s inside its own anchor; a value cannot contain itself", name))
	default:
		y.open[name] = true
		v := *y.read(target, depth+1)
		delete(y.open, name)
		v.line, v.column = out.line, out.column
		return &v
	}
	return out
}

func (y *yamlReader) pairs(out *node, values []*ast.MappingValueNode, depth int) {
	var merged []*node
	seen := map[string]bool{}
	for _, kv := range values {
		if _, ok := kv.Key.(*ast.MergeKeyNode); ok {
			m := y.read(kv.Value, depth+1)
			switch m.kind {
			case Map:
				merged = append(merged, m)
			case List:
				merged = append(merged, m.items...)
			default:
				y.fail(kv.Value, "<<: "+m.describe()+"; an alias of a mapping is allowed")
			}
			continue
		}
		k := y.read(kv.Key, depth+1)
		if mk, ok := kv.Key.(*ast.MappingKeyNode); ok {
			k = y.read(mk.Value, depth+1)
		}
		name := k.text
		switch k.kind {
		case Text, Number:
		case Bool:
			name = strconv.FormatBool(k.bool)
		default:
			y.fail(kv.Key, "a key that is "+k.describe()+"; text is allowed")
			continue
		}
		if seen[name] {
			y.fail(kv.Key, fmt.Sprintf("key %q for the second time; each key is allowed once", shorten(name)))
			continue
		}
		seen[name] = true
		out.keys = append(out.keys, key{name, k.line, k.column})
		out.items = append(out.items, y.read(kv.Value, depth+1))
	}
	for _, m := range merged { // own keys win, then the first of several merges
		for i, k := range m.keys {
			if !seen[k.name] {
				seen[k.name] = true
				out.keys = append(out.keys, k)
				out.items = append(out.items, m.items[i])
			}
		}
	}
}
