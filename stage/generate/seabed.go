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

// rimOfBed is how far from the square's border, in metres, the sea has no bed: the globe has
// no depth, so that beyond the border one would see below the water's edge.
const rimOfBed = 150.0

// dry leaves out what of the sea's bed would show from outside the square, where the globe
// is the sea: skirts that hang from it, which would be a wall, and the bed along the border.
// The rest of it stays: where a quay is narrower than a cell of the ground it is all that is
// there. xy and h are the plan and the heights of a patch's vertices; those beyond are a
// skirt's.
func (g *generation) dry(indices []uint32, xy [][2]float64, h []float64) []uint32 {
	bed := g.sea - g.depthOfSea() + 0.5
	inner := g.site.square().Pad(-rimOfBed)
	skirt := func(v uint32) bool { return int(v) >= len(h) }
	wet := func(v uint32) bool { return skirt(v) || h[v] < bed }
	open := func(v uint32) bool { return skirt(v) || !inner.Contains(xy[v]) }
	out := indices[:0]
	for i := 0; i+2 < len(indices); i += 3 {
		a, b, c := indices[i], indices[i+1], indices[i+2]
		if wet(a) && wet(b) && wet(c) && (open(a) || open(b) || open(c)) {
			continue
		}
		out = append(out, a, b, c)
	}
	return out
}
