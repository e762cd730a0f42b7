package read

import (
	"encoding/hex"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"
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

// wgs84 are numbers of spatial reference systems that are longitude and latitude of it.
var wgs84 = []int{0, 4326, 4979}

// TextGeometry reads a geometry of two dimensions that is written as text: WKT (OGC 06-103r4)
// or EWKT, WKB or EWKB in hexadecimal digits, as PostGIS dumps it, or GeoJSON. It is nil where
// the text is none, or is in another reference system than longitude and latitude.
func TextGeometry(s string) orb.Geometry {
	s = strings.TrimSpace(s)
	var g orb.Geometry
	switch {
	case s == "":
		return nil
	case s[0] == '{':
		g, _, _ = parseGeometry([]byte(s), 0)
	case s[0] == '0' || s[0] == '\\': // byte order 00 or 01; PostgreSQL's bytea begins with \x
		b, err := hex.DecodeString(strings.TrimPrefix(s, `\x`))
		if err != nil || len(b) < 9 || b[0] > 1 {
			return nil
		}
		read, srid, err := ewkb.Unmarshal(b)
		if err != nil || !slices.Contains(wgs84, srid) {
			return nil
		}
		g = read
	default:
		if head, rest, ok := strings.Cut(s, ";"); ok && strings.HasPrefix(strings.ToUpper(head), "SRID=") {
			if head = head[len("SRID="):]; head != "0" && head != "4326" && head != "4979" {
				return nil
			}
			s = rest
		}
		read, err := wkt.Unmarshal(strings.TrimSpace(s))
		if err != nil {
			return nil
		}
		g = read
	}
	if c, ok := g.(orb.Collection); ok {
		g = gather(c)
	}
	if g == nil || !finite(g) {
		return nil
	}
	return g
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
