package read

import (
	"encoding/hex"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
)

// geometryNames are columns of text tables that databases and portals write geometries into, in
// the order in which they are looked for.
var geometryNames = []string{"geometry", "geom", "the_geom", "wkb_geometry", "wkt_geometry", "wkt", "wkb", "ewkb", "ewkt", "geog", "geography", "shape", "polygon"}

// GeometryColumn is the column of a text table whose name says that it holds geometries as
// text; -1 where there is none. Whether it does is told by its words: see TextGeometry.
func GeometryColumn(names []string) int {
	lower := make([]string, len(names))
	for i, n := range names {
		lower[i] = strings.ToLower(strings.TrimSpace(n))
	}
	for _, want := range geometryNames {
		if i := slices.Index(lower, want); i >= 0 {
			return i
		}
	}
	return -1
}

// geographic tells whether the number of a reference system is one of longitude and latitude, or
// none at all.
func geographic(srid int) bool { return srid == 0 || srid == 4326 || srid == 4979 }

// TextGeometry reads a geometry that is written as text: WKT (OGC 06-103r4) or EWKT of two
// dimensions, WKB or EWKB in hexadecimal digits, as PostGIS dumps it, or GeoJSON. It is nil where
// the text is none, or is in another reference system than longitude and latitude.
func TextGeometry(s string) orb.Geometry {
	g, srid := textGeometry(s)
	if !geographic(srid) {
		return nil
	}
	return g
}

// textGeometry reads a geometry and the number of the reference system that the text names, 0
// where it names none.
func textGeometry(s string) (g orb.Geometry, srid int) {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return nil, 0
	case s[0] == '{':
		g, _, _ = parseGeometry([]byte(s), 0)
	case s[0] == '0' || s[0] == '\\': // byte order 00 or 01; PostgreSQL's bytea begins with \x
		b, err := hex.DecodeString(strings.TrimPrefix(s, `\x`))
		if err != nil {
			return nil, 0
		}
		g, srid = WKB(b)
	default:
		if head, rest, ok := strings.Cut(s, ";"); ok && strings.HasPrefix(strings.ToUpper(head), "SRID=") {
			n, err := strconv.ParseUint(head[len("SRID="):], 10, 31)
			if err != nil {
				return nil, 0
			}
			s, srid = strings.TrimSpace(rest), int(n)
		}
		// The parser of nested collections takes a time that grows with the square of their depth.
		const collection = "GEOMETRYCOLLECTION"
		if len(s) > len(collection) && strings.EqualFold(s[:len(collection)], collection) && strings.Count(strings.ToUpper(s), collection) > 1 {
			return nil, 0
		}
		var err error
		if g, err = wkt.Unmarshal(s); err != nil {
			return nil, 0
		}
	}
	if g = flat(g); g == nil || !finite(g) {
		return nil, 0
	}
	return g, srid
}

// finite tells whether a geometry has points, and all of them are numbers.
func finite(g orb.Geometry) bool {
	some, all := false, true
	eachPoint(g, func(p orb.Point) {
		some = true
		if d := p[0] + p[1]; math.IsNaN(d) || math.IsInf(d, 0) {
			all = false
		}
	})
	return some && all
}
