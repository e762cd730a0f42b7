package read

import (
	"errors"
	"math"
	"strings"

	"github.com/longtake/longtake/geo"
)

// gmlShape is the geometry of one level of detail of an object.
type gmlShape struct {
	surfaces []geo.Surface
	srs      gmlSystem
}

// lodProperty takes the level and the kind out of a property's name: lod2Solid is 2 and
// Solid.
func lodProperty(name string) (level int, kind string, ok bool) {
	if len(name) < 5 || !strings.HasPrefix(name, "lod") || name[3] < '0' || name[3] > '4' {
		return 0, "", false
	}
	switch kind = name[4:]; kind {
	case "Solid", "MultiSurface", "Geometry", "Surface", "ImplicitRepresentation", "FootPrint":
		return int(name[3] - '0'), kind, true
	}
	return 0, "", false
}

// gmlPart is a property with geometry, and the semantic surface around it.
type gmlPart struct {
	node  *gmlNode
	level int
	kind  string // of surface
	order int    // semantic surfaces go before the solid that is made of them
}

// shape takes the best level of an object. Polygons that a solid and its semantic
// surfaces share are taken once, with the kind of the latter.
func (g *gmlReader) shape(n *gmlNode, index map[string]*gmlNode) (gmlShape, error) {
	var parts []gmlPart
	var gather func(e *gmlNode, kind string)
	gather = func(e *gmlNode, kind string) {
		for _, c := range e.children {
			if nested10[c.name] || hidden[c.name] || c.name == "appearance" {
				continue
			}
			if level, what, ok := lodProperty(c.name); ok {
				if what == "FootPrint" {
					level = 0
				}
				order := 1
				if kind != "" {
					order = 0
				}
				parts = append(parts, gmlPart{c, level, kind, order})
				continue
			}
			if c.name == "tin" { // of a relief, which says its level apart
				parts = append(parts, gmlPart{c, 1, "ground", 0})
				continue
			}
			k := kind
			if s := surfaceKind(c.name); s != "" {
				k = s
			}
			gather(c, k)
		}
	}
	gather(n, "")
	level, found := 0, false
	for _, p := range parts {
		if !found || better(float64(p.level), float64(level), g.b.c.o.LoD) {
			level, found = p.level, true
		}
	}
	s := &gmlSurfaces{g: g, index: index, seen: map[*gmlNode]bool{}, srs: g.srs}
	for order := range 2 {
		for _, p := range parts {
			if p.level == level && p.order == order {
				if err := s.add(p.node, p.kind, [4]uint8{}, false, 0); err != nil {
					return gmlShape{}, err
				}
			}
		}
	}
	return gmlShape{s.out, s.srs}, nil
}

type gmlSurfaces struct {
	g     *gmlReader
	index map[string]*gmlNode
	seen  map[*gmlNode]bool
	srs   gmlSystem
	out   []geo.Surface
	place *gmlPlace // of an implicit geometry
}

var errGML = errors.New("malformed geometry")

// add takes all polygons below an element, through its links.
func (s *gmlSurfaces) add(n *gmlNode, kind string, color [4]uint8, flipped bool, depth int) error {
	if depth > gmlDepthLimit {
		return errGML
	}
	if n.srs != "" && s.place == nil {
		var err error
		if s.srs, err = s.g.system(n.srs); err != nil {
			return err
		}
	}
	if c, ok := s.g.colors[n.id]; ok && n.id != "" {
		color = c
	}
	if n.name == "OrientableSurface" && n.flipped {
		flipped = !flipped
	}
	switch n.name {
	case "Polygon", "PolygonPatch", "Triangle", "Rectangle":
		if s.place == nil {
			if s.seen[n] {
				return nil
			}
			s.seen[n] = true
		}
		return s.polygon(n, kind, color, flipped)
	case "ImplicitGeometry":
		return s.implicit(n, kind, depth)
	}
	if n.href != "" && len(n.children) == 0 {
		if to := s.index[n.href]; to != nil {
			return s.add(to, kind, color, flipped, depth+1)
		}
		if geometric(n.name) {
			s.g.b.c.o.Report.Note("city object refers to geometry that is not in the file")
		}
		return nil
	}
	for _, c := range n.children {
		if err := s.add(c, kind, color, flipped, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (s *gmlSurfaces) polygon(n *gmlNode, kind string, color [4]uint8, flipped bool) error {
	out := geo.Surface{Kind: kind, Color: color}
	for _, c := range n.children {
		switch c.name {
		case "exterior", "interior", "outerBoundaryIs", "innerBoundaryIs":
			ring, err := s.ring(c)
			if err != nil {
				return err
			}
			if len(ring) < 3 {
				if len(out.Rings) == 0 {
					return nil // no outer ring, no face
				}
				continue
			}
			if r, ok := s.g.colors[ringID(c)]; ok {
				out.Color = r
			}
			if flipped {
				for i, j := 0, len(ring)-1; i < j; i, j = i+1, j-1 {
					ring[i], ring[j] = ring[j], ring[i]
				}
			}
			out.Rings = append(out.Rings, ring)
		}
	}
	if len(out.Rings) > 0 {
		s.out = append(s.out, out)
	}
	return nil
}

func ringID(n *gmlNode) string {
	if r := n.child("LinearRing"); r != nil {
		return r.id
	}
	return "-"
}

// ring gathers the positions below an element in their order, as an open ring.
func (s *gmlSurfaces) ring(n *gmlNode) (ring [][3]float64, err error) {
	n.walk(func(e *gmlNode) bool {
		if e.name != "posList" && e.name != "pos" && e.name != "coordinates" {
			return true
		}
		dim := e.dim
		if dim == 0 {
			dim = 3
		}
		if e.coords == nil || dim < 2 || dim > 3 || len(e.coords)%dim != 0 {
			err = errGML
			return false
		}
		for i := 0; i < len(e.coords); i += dim {
			var p [3]float64
			copy(p[:], e.coords[i:i+dim])
			switch {
			case s.place != nil:
				p = s.place.apply(p)
			case s.srs.swapped:
				p[0], p[1] = p[1], p[0]
			}
			if k := len(ring); k == 0 || ring[k-1] != p {
				ring = append(ring, p)
			}
		}
		return false
	})
	if k := len(ring); k > 1 && ring[0] == ring[k-1] {
		ring = ring[:k-1]
	}
	return ring, err
}

// gmlPlace puts the local metres of an implicit geometry into the reference system, with
// easting or longitude first.
type gmlPlace struct {
	at     [3]float64
	m      []float64 // 4 × 4, row by row
	degree bool      // the plan is in degrees
}

func (g *gmlPlace) apply(p [3]float64) [3]float64 {
	var v [3]float64
	for k := range v {
		v[k] = g.m[4*k]*p[0] + g.m[4*k+1]*p[1] + g.m[4*k+2]*p[2] + g.m[4*k+3]
	}
	if g.degree { // metres of the ellipsoid's radii; an object is small against them
		v[0] /= 111320 * math.Max(math.Cos(g.at[1]*math.Pi/180), 0.01)
		v[1] /= 110950
	}
	return [3]float64{g.at[0] + v[0], g.at[1] + v[1], g.at[2] + v[2]}
}

// implicit adds a copy of a shared geometry.
func (s *gmlSurfaces) implicit(n *gmlNode, kind string, depth int) error {
	if s.place != nil {
		return errGML
	}
	p := &gmlPlace{m: []float64{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}}
	if m := n.child("transformationMatrix"); m != nil {
		if p.m = numbers(m.text); len(p.m) != 16 {
			return errGML
		}
	}
	point := n.child("referencePoint")
	if point == nil {
		return errGML
	}
	point.walk(func(e *gmlNode) bool {
		if e.srs != "" {
			if sys, err := s.g.system(e.srs); err == nil {
				s.srs = sys
			}
		}
		if len(e.coords) >= 2 {
			copy(p.at[:], e.coords)
		}
		return true
	})
	if s.srs.swapped {
		p.at[0], p.at[1] = p.at[1], p.at[0]
	}
	p.degree = s.srs.degrees
	shape := n.child("relativeGMLGeometry")
	if shape == nil {
		if n.child("libraryObject") != nil {
			s.g.b.c.o.Report.Note("implicit geometry in a file of its own left out")
		}
		return nil
	}
	s.place = p
	err := s.add(shape, kind, [4]uint8{}, false, depth+1)
	s.place = nil
	return err
}
