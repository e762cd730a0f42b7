package read

import (
	"encoding/json"
	"strings"

	"github.com/paulmach/orb"
)

// Members of rows that hold coordinates, in the order in which they are looked for.
var (
	areaMembers  = []string{"polygon", "contour", "footprint", "outline"}
	lineMembers  = []string{"path", "line", "route", "waypoints"}
	pointMembers = []string{"position", "coordinates", "coordinate", "location", "point", "center", "centroid"}
	pairMembers  = [][2]string{{"start", "end"}, {"from", "to"}, {"source", "target"}, {"sourcePosition", "targetPosition"}, {"origin", "destination"}}
	lngNames     = []string{"lng", "lon", "long", "longitude", "x"}
	latNames     = []string{"lat", "lat", "lat", "latitude", "y"}
)

// rowGeometry finds the coordinates of a row that is not GeoJSON: {height, polygon},
// {path, timestamps}, {start, end}, {coordinates}, {lng, lat} and their kin. Members are
// taken by the shape of their arrays: a position is a Point, a list of positions under an
// area's name a Polygon and else a LineString, a list of rings a Polygon. used are the
// members that made the geometry; nil means that there are none.
func rowGeometry(row map[string]json.RawMessage) (g orb.Geometry, used []string) {
	for i, group := range [][]string{areaMembers, lineMembers, pointMembers} {
		for _, k := range group {
			if g := nested(row[k], i == 0); g != nil {
				return g, []string{k}
			}
		}
	}
	for _, pair := range pairMembers {
		a, okA := pairEnd(row[pair[0]])
		b, okB := pairEnd(row[pair[1]])
		if okA && okB {
			return orb.LineString{a, b}, pair[:]
		}
	}
	lower := map[string]string{}
	for k := range row {
		if l := strings.ToLower(k); lower[l] == "" || k < lower[l] {
			lower[l] = k
		}
	}
	for i, name := range lngNames {
		kx, okX := lower[name]
		for _, lat := range []string{latNames[i], "latitude", "lat"} {
			ky, okY := lower[lat]
			if !okX || !okY {
				continue
			}
			x, y := coords{b: []byte(text(row[kx]))}, coords{b: []byte(text(row[ky]))}
			p := orb.Point{x.number(), y.number()}
			if !x.bad && !y.bad {
				return p, []string{kx, ky}
			}
		}
	}
	return nil, nil
}

// pairEnd is a position, or an object with one.
func pairEnd(raw json.RawMessage) (orb.Point, bool) {
	if p, ok := nested(raw, false).(orb.Point); ok {
		return p, true
	}
	var row map[string]json.RawMessage
	if json.Unmarshal(raw, &row) != nil || row == nil {
		return orb.Point{}, false
	}
	for _, k := range []string{"start", "end", "from", "to", "source", "target", "origin", "destination"} {
		delete(row, k) // one level is enough
	}
	g, _ := rowGeometry(row)
	p, ok := g.(orb.Point)
	return p, ok
}

// nested reads arrays of numbers one to three deep.
func nested(raw json.RawMessage, area bool) orb.Geometry {
	depth := 0
	for _, b := range raw {
		if b == '[' {
			depth++
		} else if b > ' ' {
			break
		}
	}
	c := coords{b: raw}
	var g orb.Geometry
	switch depth {
	case 1:
		p, ok := c.position()
		if !ok {
			return nil
		}
		g = p
	case 2:
		l := c.line()
		if g = orb.LineString(l); area {
			g = orb.Polygon{orb.Ring(l)}
		}
	case 3:
		g = c.polygon()
	default:
		return nil
	}
	if c.bad || c.rest() {
		return nil
	}
	return g
}
