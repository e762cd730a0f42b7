package read

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// gmlNode is an element of a city object. Rings of coordinates are numbers at once, which
// is most of a file; everything else keeps its text.
type gmlNode struct {
	name     string
	id       string // gml:id
	href     string // xlink:href
	srs      string
	attr     string // name of a generic attribute
	flipped  bool   // orientation="-"
	text     string
	children []*gmlNode
	coords   []float64 // of posList, pos and coordinates
	dim      int       // of coords, 0 = not said
}

// Limits of one city object: elements and numbers. A relief of a million triangles keeps
// to them.
const (
	gmlNodeLimit   = 20 << 20
	gmlNumberLimit = 64 << 20
	gmlDepthLimit  = 200
)

// gmlBudget counts down over one object.
type gmlBudget struct{ nodes, numbers int }

// readGMLNode reads an element to its end.
func readGMLNode(d *xml.Decoder, in *allowance, start xml.StartElement, b *gmlBudget, depth int) (*gmlNode, error) {
	if depth > gmlDepthLimit {
		return nil, fmt.Errorf("elements nested more than %d deep", gmlDepthLimit)
	}
	if b.nodes--; b.nodes < 0 {
		return nil, fmt.Errorf("an object of more than %d elements", gmlNodeLimit)
	}
	n := &gmlNode{name: start.Name.Local}
	for _, a := range start.Attr {
		switch a.Name.Local {
		case "id":
			n.id = a.Value
		case "href", "uri": // the latter of a texture's target
			n.href = strings.TrimPrefix(a.Value, "#")
		case "srsName":
			n.srs = a.Value
		case "srsDimension", "dimension":
			n.dim, _ = strconv.Atoi(a.Value)
		case "name":
			n.attr = a.Value
		case "orientation":
			n.flipped = a.Value == "-"
		}
	}
	list := n.name == "posList" || n.name == "pos" || n.name == "coordinates"
	var text []byte
	for {
		in.left = xmlTokenLimit
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			c, err := readGMLNode(d, in, t, b, depth+1)
			if err != nil {
				return nil, err
			}
			n.children = append(n.children, c)
		case xml.CharData:
			if list || len(n.children) == 0 && len(text) < 1<<12 {
				text = append(text, t...)
			}
		case xml.EndElement:
			if list {
				n.coords = numbers(string(text))
				if b.numbers -= len(n.coords); b.numbers < 0 {
					return nil, fmt.Errorf("an object of more than %d coordinates", gmlNumberLimit/3)
				}
			} else if len(n.children) == 0 {
				n.text = strings.ToValidUTF8(strings.TrimSpace(string(text)), "�")
			}
			return n, nil
		}
	}
}

// numbers reads numbers apart by white space or commas; nil where one is none.
func numbers(s string) []float64 {
	fields := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == ',' })
	out := make([]float64, len(fields))
	for i, f := range fields {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil {
			return nil
		}
		out[i] = v
	}
	return out
}

// child is the first child of a name; nil if there is none.
func (n *gmlNode) child(name string) *gmlNode {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// walk visits n and all below it; visit returns whether to go on below.
func (n *gmlNode) walk(visit func(*gmlNode) bool) {
	if !visit(n) {
		return
	}
	for _, c := range n.children {
		c.walk(visit)
	}
}
