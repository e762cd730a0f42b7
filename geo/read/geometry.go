package read

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

func isGeometryType(t string) bool {
	switch t {
	case "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection":
		return true
	}
	return false
}

// parseGeometry reads a GeoJSON geometry, nil where it is malformed or null. A position
// with a member that is no number becomes NaN, which the range check counts. Of a
// GeometryCollection the parts of the highest dimension make one Multi geometry. z is
// the third coordinate of a Point.
func parseGeometry(raw json.RawMessage, depth int) (g orb.Geometry, z float64, hasZ bool) {
	var in struct {
		Type        string            `json:"type"`
		Coordinates json.RawMessage   `json:"coordinates"`
		Geometries  []json.RawMessage `json:"geometries"`
	}
	if depth > 8 || json.Unmarshal(raw, &in) != nil {
		return nil, 0, false
	}
	if in.Type == "GeometryCollection" {
		var parts []orb.Geometry
		for _, r := range in.Geometries {
			if p, _, _ := parseGeometry(r, depth+1); p != nil {
				parts = append(parts, p)
			}
		}
		return gather(parts), 0, false
	}
	c := coords{b: in.Coordinates}
	switch in.Type {
	case "Point":
		p, ok := c.position()
		if !ok || c.rest() {
			return nil, 0, false
		}
		return p, c.z, c.hasZ
	case "MultiPoint":
		g = orb.MultiPoint(c.line())
	case "LineString":
		g = orb.LineString(c.line())
	case "Polygon":
		g = c.polygon()
	case "MultiLineString":
		var m orb.MultiLineString
		c.list(func() { m = append(m, orb.LineString(c.line())) })
		g = m
	case "MultiPolygon":
		var m orb.MultiPolygon
		c.list(func() { m = append(m, c.polygon()) })
		g = m
	default:
		return nil, 0, false
	}
	if c.bad || c.rest() {
		return nil, 0, false
	}
	return g, 0, false
}

// gather makes one geometry of several: polygons before lines before points.
func gather(parts []orb.Geometry) orb.Geometry {
	var polys orb.MultiPolygon
	var lines orb.MultiLineString
	var points orb.MultiPoint
	for _, p := range parts {
		switch p := p.(type) {
		case orb.Polygon:
			polys = append(polys, p)
		case orb.MultiPolygon:
			polys = append(polys, p...)
		case orb.LineString:
			lines = append(lines, p)
		case orb.MultiLineString:
			lines = append(lines, p...)
		case orb.Point:
			points = append(points, p)
		case orb.MultiPoint:
			points = append(points, p...)
		}
	}
	switch {
	case len(polys) > 0:
		return polys
	case len(lines) > 0:
		return lines
	case len(points) > 0:
		return points
	}
	return nil
}

// coords reads nested arrays of numbers, which the decoder has found to be valid JSON.
type coords struct {
	b    []byte
	bad  bool
	z    float64 // of the last position
	hasZ bool
}

func (c *coords) space() {
	for len(c.b) > 0 && (c.b[0] == ' ' || c.b[0] == '\n' || c.b[0] == '\t' || c.b[0] == '\r') {
		c.b = c.b[1:]
	}
}

func (c *coords) eat(want byte) bool {
	c.space()
	if len(c.b) == 0 || c.b[0] != want {
		return false
	}
	c.b = c.b[1:]
	return true
}

// rest tells whether something is left.
func (c *coords) rest() bool {
	c.space()
	return len(c.b) > 0
}

// list reads an array, calling item at each element.
func (c *coords) list(item func()) {
	if !c.eat('[') {
		c.bad = true
		return
	}
	if c.eat(']') {
		return
	}
	for !c.bad {
		item()
		if c.eat(',') {
			continue
		}
		c.bad = c.bad || !c.eat(']')
		return
	}
}

func (c *coords) position() (p orb.Point, ok bool) {
	n := 0
	c.hasZ = false
	c.list(func() {
		v := c.number()
		switch {
		case n < 2:
			p[n] = v
		case n == 2:
			c.z, c.hasZ = v, !math.IsNaN(v)
		}
		n++
	})
	if n < 2 {
		c.bad = true
	}
	return p, !c.bad
}

// number reads a number; null, which tolerant writes for NaN, is NaN.
func (c *coords) number() float64 {
	c.space()
	i := 0
	for i < len(c.b) && c.b[i] != ',' && c.b[i] != ']' && c.b[i] > ' ' {
		i++
	}
	word := string(c.b[:i])
	c.b = c.b[i:]
	if word == "null" {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(word, 64)
	if err != nil && !math.IsInf(v, 0) {
		c.bad = true
	}
	return v
}

func (c *coords) line() (l []orb.Point) {
	c.list(func() {
		if p, ok := c.position(); ok {
			l = append(l, p)
		}
	})
	return l
}

func (c *coords) polygon() (p orb.Polygon) {
	c.list(func() { p = append(p, orb.Ring(c.line())) })
	return p
}
