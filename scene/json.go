package scene

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// parseJSON turns JSON into a node with the place of every value.
func parseJSON(file string, data []byte) (*node, Errors) {
	r := &jsonReader{file: file, data: data, dec: json.NewDecoder(bytes.NewReader(data))}
	r.dec.UseNumber()
	for i, c := range data {
		if c == '\n' {
			r.breaks = append(r.breaks, i)
		}
	}
	root, err := r.read(0)
	if err == nil {
		if at := r.next(); at < len(data) {
			err = r.failure(at, "more text after the end of the document")
		}
	}
	if err != nil {
		var e Error
		if !errors.As(err, &e) {
			at := int(r.dec.InputOffset())
			var syntax *json.SyntaxError
			if errors.As(err, &syntax) {
				at = max(0, int(syntax.Offset)-1)
			}
			what := err.Error()
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				what, at = "the file ends in the middle", len(data)
			}
			e = r.failure(at, "not JSON: "+what)
		}
		return nil, append(r.errs, e)
	}
	return root, r.errs
}

type jsonReader struct {
	file   string
	data   []byte
	dec    *json.Decoder
	breaks []int // offsets of line breaks
	nodes  int
	errs   Errors
}

// next is the offset of the next token.
func (r *jsonReader) next() int {
	at := int(r.dec.InputOffset())
	for at < len(r.data) && strings.IndexByte(" \t\r\n,:", r.data[at]) >= 0 {
		at++
	}
	return at
}

func (r *jsonReader) place(at int) (line, column int) {
	line = sort.SearchInts(r.breaks, at)
	start := 0
	if line > 0 {
		start = r.breaks[line-1] + 1
	}
	at = min(at, len(r.data))
	return line + 1, utf8.RuneCount(r.data[start:max(start, at)]) + 1
}

func (r *jsonReader) failure(at int, message string) Error {
	line, col := r.place(at)
	return Error{File: r.file, Line: line, Column: col, Message: message}
}

func (r *jsonReader) read(depth int) (*node, error) {
	at := r.next()
	n := &node{}
	n.line, n.column = r.place(at)
	if r.nodes++; r.nodes > maxNodes || depth > maxDepth {
		return nil, r.failure(at, fmt.Sprintf("more than %d values or %d levels of nesting", maxNodes, maxDepth))
	}
	tok, err := r.dec.Token()
	if err != nil {
		return nil, err
	}
	switch t := tok.(type) {
	case bool:
		n.kind, n.bool = Bool, t
	case json.Number:
		n.kind, n.text = Number, t.String()
		n.number, _ = strconv.ParseFloat(n.text, 64) // out of range gives ±Inf, which is refused later
	case string:
		n.kind, n.text = Text, t
	case json.Delim:
		if t == '[' {
			n.kind = List
			err = r.list(n, depth)
		} else {
			n.kind = Map
			err = r.object(n, depth)
		}
		if err == nil {
			_, err = r.dec.Token() // the closing bracket
		}
	}
	return n, err
}

func (r *jsonReader) list(n *node, depth int) error {
	for r.dec.More() {
		it, err := r.read(depth + 1)
		if err != nil {
			return err
		}
		n.items = append(n.items, it)
	}
	return nil
}

func (r *jsonReader) object(n *node, depth int) error {
	seen := map[string]bool{}
	for r.dec.More() {
		at := r.next()
		tok, err := r.dec.Token()
		if err != nil {
			return err
		}
		name, _ := tok.(string)
		it, err := r.read(depth + 1)
		if err != nil {
			return err
		}
		if seen[name] {
			r.errs = append(r.errs, r.failure(at, fmt.Sprintf("key %q for the second time; each key is allowed once", shorten(name))))
			continue
		}
		seen[name] = true
		line, col := r.place(at)
		n.keys = append(n.keys, key{name, line, col})
		n.items = append(n.items, it)
	}
	return nil
}
