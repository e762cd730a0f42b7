package geo

import "github.com/paulmach/orb"

// Polygons are the areas of a geometry; a closed line counts as one. nil where there is
// none.
func Polygons(g orb.Geometry) []orb.Polygon {
	switch g := g.(type) {
	case orb.Polygon:
		return []orb.Polygon{g}
	case orb.MultiPolygon:
		return g
	case orb.Ring:
		return []orb.Polygon{{g}}
	case orb.LineString:
		if len(g) > 3 && g[0] == g[len(g)-1] {
			return []orb.Polygon{{orb.Ring(g)}}
		}
	case orb.MultiLineString:
		var out []orb.Polygon
		for _, l := range g {
			out = append(out, Polygons(l)...)
		}
		return out
	case orb.Collection:
		var out []orb.Polygon
		for _, c := range g {
			out = append(out, Polygons(c)...)
		}
		return out
	}
	return nil
}
