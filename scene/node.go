package scene

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Kind is the shape of a Value.
type Kind uint8

// The kinds.
const (
	Null Kind = iota
	Bool
	Number
	Text
	List
	Map
)

// node is a parsed document, the same for YAML and JSON. Aliases are expanded.
type node struct {
	kind         Kind
	line, column int
	text         string // as written, for Number and Text
	number       float64
	bool         bool
	items        []*node // of List and Map
	keys         []key   // of Map
}

type key struct {
	name         string
	line, column int
}

// Limits that keep a hostile document from taking memory or stack.
const (
	maxBytes = 8 << 20
	maxDepth = 100
	maxNodes = 1 << 20
)

// child returns the node at a path of map keys (string) and list indices (int), or the
// deepest ancestor that exists, so that an error about something missing has a place.
func (n *node) child(path ...any) *node {
	for _, step := range path {
		next := (*node)(nil)
		switch s := step.(type) {
		case string:
			if i := n.key(s); i >= 0 {
				next = n.items[i]
			}
		case int:
			if n.kind == List && s < len(n.items) {
				next = n.items[s]
			}
		}
		if next == nil {
			return n
		}
		n = next
	}
	return n
}

// holds tells whether a text is the node, or one below it.
func (n *node) holds(text string) bool {
	return n.kind == Text && n.text == text || slices.ContainsFunc(n.items, func(i *node) bool { return i.holds(text) })
}

// key returns the index of a map's key, or -1.
func (n *node) key(name string) int {
	if n.kind != Map {
		return -1
	}
	for i, k := range n.keys {
		if k.name == name {
			return i
		}
	}
	return -1
}

// describe says what was found, for error messages.
func (n *node) describe() string {
	switch n.kind {
	case Null:
		return "nothing"
	case Bool:
		return strconv.FormatBool(n.bool)
	case Number:
		return "number " + shorten(n.text)
	case Text:
		return "text " + strconv.Quote(shorten(n.text))
	case List:
		return fmt.Sprintf("a list of %d", len(n.items))
	}
	return fmt.Sprintf("a mapping of %d keys", len(n.keys))
}

func shorten(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	s = s[:most]
	for len(s) > 0 && !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s + "…"
}

// plain turns a node into bool, float64, string, []any, map[string]any or nil.
func (n *node) plain() any {
	switch n.kind {
	case Bool:
		return n.bool
	case Number:
		return n.number
	case Text:
		return n.text
	case List:
		out := make([]any, len(n.items))
		for i, it := range n.items {
			out[i] = it.plain()
		}
		return out
	case Map:
		out := make(map[string]any, len(n.items))
		for i, it := range n.items {
			out[n.keys[i].name] = it.plain()
		}
		return out
	}
	return nil
}

// finite tells whether every number below the node is finite.
func (n *node) finite() bool {
	if n.kind == Number && n.number-n.number != 0 {
		return false
	}
	for _, it := range n.items {
		if !it.finite() {
			return false
		}
	}
	return true
}

// nodeOf is the inverse of plain.
func nodeOf(v any) *node {
	switch x := v.(type) {
	case bool:
		return &node{kind: Bool, bool: x}
	case float64:
		return &node{kind: Number, number: x, text: formatFloat(x)}
	case string:
		return &node{kind: Text, text: x}
	case []any:
		n := &node{kind: List}
		for _, it := range x {
			n.items = append(n.items, nodeOf(it))
		}
		return n
	case map[string]any:
		n := &node{kind: Map}
		for _, k := range sortedKeys(x) {
			n.keys = append(n.keys, key{name: k})
			n.items = append(n.items, nodeOf(x[k]))
		}
		return n
	}
	return &node{kind: Null}
}

// nodeOfTree turns what encode returns into a node.
func nodeOfTree(v any) *node {
	switch x := v.(type) {
	case []member:
		n := &node{kind: Map}
		for _, m := range x {
			n.keys = append(n.keys, key{name: m.name})
			n.items = append(n.items, nodeOfTree(m.value))
		}
		return n
	case []any:
		n := &node{kind: List}
		for _, it := range x {
			n.items = append(n.items, nodeOfTree(it))
		}
		return n
	}
	return nodeOf(v)
}

// formatFloat writes a number so that it reads back exactly, without exponent in the
// range of everyday numbers.
func formatFloat(x float64) string {
	if a := math.Abs(x); x == 0 || (a >= 1e-6 && a < 1e15) {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}
