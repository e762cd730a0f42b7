package read

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/longtake/longtake/geo"
)

// readCityGML reads CityGML 1.0 and 2.0 (OGC 08-007r1 and 12-019) one city object after
// the other. Each object with surfaces becomes a feature; of a building in parts the
// parts, which take on its attributes. What refers to geometry of another object waits
// for a second pass over the file, in which that geometry is fetched.
func readCityGML(ctx context.Context, in *input, c *checker) error {
	g := &gmlReader{b: newCityBuilder(ctx, in, c), shared: map[string]*gmlNode{}, wanted: map[string]bool{}}
	if err := g.paint(ctx); err != nil {
		return err
	}
	if err := g.pass(ctx, func(n *gmlNode) error { return g.object(n, false) }); err != nil {
		return err
	}
	if len(g.waiting) > 0 {
		err := g.pass(ctx, func(n *gmlNode) error {
			n.walk(func(e *gmlNode) bool {
				if e.id != "" && g.wanted[e.id] {
					g.shared[e.id] = e
				}
				return true
			})
			return nil
		})
		if err != nil {
			return err
		}
		for _, n := range g.waiting {
			if err := g.object(n, true); err != nil {
				return err
			}
		}
	}
	return g.b.flush()
}

type gmlReader struct {
	b        *cityBuilder
	srs      gmlSystem           // of the file's envelope
	shared   map[string]*gmlNode // geometry that other objects refer to
	wanted   map[string]bool
	waiting  []*gmlNode
	colors   map[string][4]uint8 // by the id of a surface
	painting bool                // in the pass over appearances
	systems  map[string]gmlSystem
}

// maxWaiting bounds the objects that wait for another's geometry.
const maxWaiting = 200000

// pass calls fn for every city object of the file.
func (g *gmlReader) pass(ctx context.Context, fn func(*gmlNode) error) error {
	r, err := g.b.in.open()
	if err != nil {
		return err
	}
	defer r.Close()
	limited := &allowance{r: r, left: xmlTokenLimit}
	d := xml.NewDecoder(limited)
	d.CharsetReader = charset
	wrong := func(err error) error {
		line, _ := d.InputPos()
		var syntax *xml.SyntaxError
		if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &syntax) && syntax.Msg == "unexpected EOF" {
			return fmt.Errorf("%s: the file stops in the middle of the XML, at line %d, byte %d: fetch it again", g.b.in.name, line, d.InputOffset())
		}
		return fmt.Errorf("%s: damaged CityGML at line %d, byte %d: %w", g.b.in.name, line, d.InputOffset(), err)
	}
	depth := 0
	for {
		limited.left = xmlTokenLimit
		t, err := d.Token()
		if err == io.EOF && depth == 0 {
			return nil
		}
		if err != nil {
			return wrong(err)
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			if _, end := t.(xml.EndElement); end {
				depth--
			}
			continue
		}
		switch e.Name.Local {
		case "Envelope", "appearanceMember", "cityObjectMember", "featureMember":
			if g.painting && e.Name.Local != "appearanceMember" {
				depth++
				break
			}
			n, err := readGMLNode(d, limited, e, &gmlBudget{gmlNodeLimit, gmlNumberLimit}, 0)
			if err != nil {
				return wrong(err)
			}
			if err := g.member(n, fn); err != nil {
				return err
			}
		default:
			if depth++; depth > gmlDepthLimit {
				return wrong(errors.New("nested too deep"))
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

func (g *gmlReader) member(n *gmlNode, fn func(*gmlNode) error) error {
	switch n.name {
	case "Envelope":
		if n.srs != "" && g.srs.name == "" {
			s, err := g.system(n.srs)
			if err != nil {
				return err
			}
			if c := n.child("lowerCorner"); c != nil {
				g.straighten(&s, numbers(c.text))
			}
			g.srs = s
			for k, v := range g.systems { // for geometry that names it again
				if v.name == s.name {
					g.systems[k] = s
				}
			}
		}
	case "appearanceMember":
		if g.painting {
			g.appearances(n)
		}
	default:
		for _, o := range n.children {
			if err := fn(o); err != nil {
				return err
			}
		}
	}
	return nil
}

// object makes features of a city object and of those in it. With last unset an object
// that refers elsewhere is put off.
func (g *gmlReader) object(n *gmlNode, last bool) error {
	g.appearances(n)
	index := map[string]*gmlNode{}
	n.walk(func(e *gmlNode) bool {
		if e.id != "" {
			index[e.id] = e
		}
		return true
	})
	missing := false
	n.walk(func(e *gmlNode) bool {
		if e.href != "" && geometric(e.name) && index[e.href] == nil {
			if s := g.shared[e.href]; s != nil {
				index[e.href] = s
			} else {
				missing = true
				g.wanted[e.href] = true
			}
		}
		// What implicit geometries share is kept as it comes by.
		if e.name == "relativeGMLGeometry" && len(e.children) == 1 && e.children[0].id != "" && len(g.shared) < maxWaiting {
			g.shared[e.children[0].id] = e.children[0]
		}
		return true
	})
	if missing && !last {
		if len(g.waiting) == maxWaiting {
			return fmt.Errorf("%s: more than %d objects refer to geometry of others", g.b.in.name, maxWaiting)
		}
		g.waiting = append(g.waiting, n)
		return nil
	}
	return g.feature(n, index, map[string]string{}, 0)
}

// geometric tells whether a link in an element of the name is one to geometry.
func geometric(name string) bool {
	switch name {
	case "surfaceMember", "baseSurface", "relativeGMLGeometry", "solidMember", "exterior", "trianglePatches":
		return true
	}
	_, _, ok := lodProperty(name)
	return ok
}

// nested are the properties that hold city objects of their own.
var nested10 = map[string]bool{"consistsOfBuildingPart": true, "consistsOfBridgePart": true, "consistsOfTunnelPart": true, "groupMember": true, "reliefComponent": true}

// hidden are the properties whose objects lie inside of another.
var hidden = map[string]bool{"interiorRoom": true, "roomInstallation": true, "interiorFurniture": true, "interiorBuildingInstallation": true, "interiorHollowSpace": true, "generalizesTo": true}

// inside counts what lies inside of an object by its kind, but for what its own parts hold.
func (g *gmlReader) inside(n *gmlNode) {
	for _, c := range n.children {
		if nested10[c.name] {
			continue
		}
		if hidden[c.name] && c.name != "generalizesTo" {
			for _, o := range c.children {
				g.b.c.o.Report.Note(insideNote + o.name)
			}
		}
		g.inside(c)
	}
}

// feature makes the feature of an object, then of those nested in it.
func (g *gmlReader) feature(n *gmlNode, index map[string]*gmlNode, inherited map[string]string, depth int) error {
	if depth > 8 {
		return nil
	}
	tags := maps.Clone(inherited)
	n.gmlTags(tags)
	id := n.id
	if id == "" {
		id = fmt.Sprintf("#%d", g.b.objects)
	}
	g.b.objects++
	g.inside(n)
	parts := 0
	for _, c := range n.children {
		if !nested10[c.name] {
			continue
		}
		for _, o := range c.children {
			parts++
			if err := g.feature(o, index, tags, depth+1); err != nil {
				return err
			}
		}
	}
	shape, err := g.shape(n, index)
	if err != nil {
		g.b.c.o.Report.Skip(id, "city object malformed")
		return nil
	}
	if len(shape.surfaces) == 0 {
		if parts == 0 {
			g.b.c.o.Report.Skip(id, "city object without surfaces")
		}
		return nil
	}
	tags["citymodel:type"] = n.name
	addType(tags, n.name)
	return g.b.hold(geo.Feature{ID: id, Tags: tags, Surfaces: shape.surfaces}, shape.srs)
}

// gmlTags writes the object's own attributes as tags: those that are plain text, generic
// attributes by their names, names.
func (n *gmlNode) gmlTags(tags map[string]string) {
	for _, c := range n.children {
		switch {
		case strings.HasSuffix(c.name, "Attribute") && c.attr != "":
			if v := c.child("value"); v != nil && v.text != "" {
				tags[c.attr] = v.text
			}
		case len(c.children) == 0 && c.text != "" && c.href == "":
			if tags[c.name] == "" || c.name == "name" {
				tags[c.name] = c.text
			}
		}
	}
	if tags["name"] == n.id { // some writers put the id there
		delete(tags, "name")
	}
}

// addType adds the tag under which OSM has the like of a city object's type, and the
// keys under which layers look for what all models call the same.
func addType(tags map[string]string, kind string) {
	if t, ok := osmTags[kind]; ok && tags[t[0]] == "" {
		tags[t[0]] = t[1]
	}
	for _, k := range [...][2]string{{"measuredHeight", "height"}, {"storeysAboveGround", "building:levels"}} {
		if v := tags[k[0]]; v != "" && tags[k[1]] == "" {
			tags[k[1]] = v
		}
	}
}

// colorOf turns the colour of a material, 0 to 1 in sRGB, into bytes.
func colorOf(c [3]float64) [4]uint8 {
	out := [4]uint8{0, 0, 0, 255}
	for k, v := range c {
		out[k] = uint8(min(max(v, 0), 1)*255 + 0.5)
	}
	return out
}

// sortedIDs lists keys in a fixed order.
func sortedIDs[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
