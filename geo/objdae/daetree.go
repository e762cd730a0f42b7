//go:build g3n

package objdae

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Bounds of a COLLADA document; deeper and wider files are no models.
const (
	maxDepth    = 128
	maxElements = 1 << 20
)

// element is a COLLADA element without its namespace.
type element struct {
	name string
	attr []xml.Attr
	text []byte
	kids []*element
}

// tree reads a whole document, so that g3n never meets XML that is broken, on which its
// reader does not end.
func tree(data []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	root := &element{}
	stack := []*element{root}
	for n := 0; ; {
		t, err := d.Token()
		if err == io.EOF {
			break
		} else if err != nil {
			return nil, fmt.Errorf("COLLADA: %w", err)
		}
		top := stack[len(stack)-1]
		switch t := t.(type) {
		case xml.StartElement:
			if n++; n > maxElements || len(stack) > maxDepth {
				return nil, fmt.Errorf("COLLADA: more than %d elements or %d levels", maxElements, maxDepth)
			}
			e := &element{name: t.Name.Local, attr: t.Attr}
			top.kids = append(top.kids, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text = append(top.text, t...)
		}
	}
	if root = root.child("COLLADA"); root == nil {
		return nil, errors.New("COLLADA: it has no COLLADA element")
	}
	return root, nil
}

// child returns what a path of names leads to first; nil (of a nil element, too) is nothing.
func (e *element) child(path ...string) *element {
	for _, name := range path {
		var next *element
		if e == nil {
			return nil
		}
		for _, k := range e.kids {
			if k.name == name {
				next = k
				break
			}
		}
		e = next
	}
	return e
}

func (e *element) get(name string) string {
	if e != nil {
		for _, a := range e.attr {
			if a.Name.Local == name {
				return strings.TrimSpace(a.Value)
			}
		}
	}
	return ""
}

// ref is an attribute's URL without its #.
func (e *element) ref(name string) string { return strings.TrimPrefix(e.get(name), "#") }

func (e *element) trimmed() string {
	if e == nil {
		return ""
	}
	return string(bytes.TrimSpace(e.text))
}

// number is a float in the element's text, or a default.
func (e *element) number(or float64) float64 {
	if v, err := strconv.ParseFloat(e.trimmed(), 64); err == nil && !math.IsNaN(v) && !math.IsInf(v, 0) {
		return v
	}
	return or
}

// floats parses the element's text; atLeast of them must be there.
func (e *element) floats(atLeast int) ([]float64, error) {
	var out []float64
	if e != nil {
		for w := range bytes.FieldsSeq(e.text) {
			v, err := strconv.ParseFloat(string(w), 32)
			if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, fmt.Errorf("%s: %.20q is not a finite number", e.name, w)
			}
			out = append(out, v)
		}
	}
	if len(out) < atLeast {
		return nil, fmt.Errorf("%d numbers where %d are needed", len(out), atLeast)
	}
	return out, nil
}

// ints parses indices and counts, which are not negative.
func (e *element) ints() ([]int, error) {
	var out []int
	if e != nil {
		for w := range bytes.FieldsSeq(e.text) {
			v, err := strconv.ParseUint(string(w), 10, 31)
			if err != nil {
				return nil, fmt.Errorf("%s: %.20q is not an index", e.name, w)
			}
			out = append(out, int(v))
		}
	}
	return out, nil
}

// index lists all elements that have an id.
func (e *element) index(ids map[string]*element) {
	if id := e.get("id"); id != "" && ids[id] == nil {
		ids[id] = e
	}
	for _, k := range e.kids {
		k.index(ids)
	}
}
