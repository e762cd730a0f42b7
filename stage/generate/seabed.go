package generate

import (
	"math"

	"github.com/paulmach/orb"
)

// shallowest is the least depth in metres of a sea whose bed is known: less of it would
// show through the surface at coarse levels.
const shallowest = 3.0

// depthOfSea is the least depth of the sea, metres.
func (g *generation) depthOfSea() float64 {
	if _, _, ok := g.bathymetry(); ok {
		return shallowest
	}
	return seaDepth
}

// overflow lets a polygon that ends at the site's border run on past it, so that the
// border is no shore.
func (s *site) overflow(poly orb.Polygon) orb.Polygon {
	const reach = 500.0 // metres; more than a few cells
	out := poly.Clone()
	for _, ring := range out {
		for i := range ring {
			for k := range 2 {
				if math.Abs(ring[i][k]-s.min[k]) < 1e-3 {
					ring[i][k] -= reach
				}
				if math.Abs(ring[i][k]-s.min[k]-s.size) < 1e-3 {
					ring[i][k] += reach
				}
			}
		}
	}
	return out
}

// Strips along the square's border, metres: the sea has no bed in the first, for the globe
// has no depth, so that beyond the border one would see below the water's edge. Where a bed
// is as shallow as low land may be, no triangle that reaches out of the second is left out.
const (
	bareRim = 150.0
	mostRim = 600.0
)

// dry leaves out what of the sea's bed would show from outside the square, where the globe
// is the sea: skirts that hang from it, which would be a wall, and the bed along the border
// where the sea lies there. The rest of it stays: where a quay is narrower than a cell of
// the ground it is all that is there. xy and h are the plan and the heights of a patch's
// vertices; those beyond are a skirt's.
func (g *generation) dry(indices []uint32, xy [][2]float64, h []float64) []uint32 {
	bed := g.sea - g.depthOfSea() + 0.5
	square := g.site.square()
	inner, outer := square.Pad(-min(bareRim, g.site.size/8)), square.Pad(-min(mostRim, g.site.size/3))
	if g.depthOfSea() == seaDepth {
		outer = orb.Bound{Min: orb.Point{1}} // nothing is inside
	}
	skirt := func(v uint32) bool { return int(v) >= len(h) }
	wet := func(v uint32) bool { return skirt(v) || h[v] < bed }
	out := indices[:0]
	for i := 0; i+2 < len(indices); i += 3 {
		hung, bare, inside := false, false, false
		t := indices[i : i+3]
		for _, v := range t {
			if skirt(v) {
				hung = true
				continue
			}
			bare = bare || !inner.Contains(xy[v]) && g.rim.near(xy[v])
			inside = inside || outer.Contains(xy[v])
		}
		if wet(t[0]) && wet(t[1]) && wet(t[2]) && (hung || bare && !inside) {
			continue
		}
		out = append(out, t...)
	}
	return out
}
