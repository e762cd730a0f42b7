package geo

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
)

// Block is a square of a package's plan with every feature that what is built in it may
// depend on. Builders look at nothing else of the data, so that blocks can be built in
// any order, one at a time in bounded memory, and again only where something changed.
//
// What a feature becomes is built with the one block that owns it: that in which the
// middle of its box lies (Foot). What has no single place (the trees of a wood that
// reaches over many blocks) is built by each block within its Square, from seeds that
// depend on the feature and on the place, never on the block.
type Block struct {
	Frame  earth.Frame // of the plan
	Square orb.Bound   // metres of the plan; its north and east edges belong to the neighbours
	// Site is the square of all blocks: what reaches into it with its foot beyond belongs
	// to the nearest block. Empty: there is nothing beyond.
	Site orb.Bound
	// Features are those that touch the square, and those that touch one that the block
	// owns, in the order of their sources.
	Features  []Feature
	Elevation Elevation // the finished ground, flattened and cut where the scene does so
	Report    *Report   // count what the block owns only
}

// Owns tells whether a thing that stands at a plan position is built with the block.
func (b *Block) Owns(x, y float64) bool {
	return x >= b.Square.Min[0] && x < b.Square.Max[0] && y >= b.Square.Min[1] && y < b.Square.Max[1]
}

// OwnsFeature tells whether the block builds what a feature becomes.
func (b *Block) OwnsFeature(f *Feature) bool {
	p, ok := f.Foot()
	if !ok {
		return false
	}
	x, y := b.Frame.Plan(p[0], p[1])
	if b.Site.Max != b.Site.Min {
		p = Into(b.Site, x, y)
		x, y = p[0], p[1]
	}
	return b.Owns(x, y)
}

// Into brings a position to the nearest one of a square whose north and east edges are
// not its own.
func Into(square orb.Bound, x, y float64) orb.Point {
	below := func(v float64) float64 { return math.Nextafter(v, math.Inf(-1)) }
	return orb.Point{
		math.Max(square.Min[0], math.Min(x, below(square.Max[0]))),
		math.Max(square.Min[1], math.Min(y, below(square.Max[1]))),
	}
}

// Maker builds what a layer adds to a block at a level of detail. It is called for the
// same block several times, from the finest detail on, possibly at once.
type Maker interface {
	// Make adds the block's objects to a tile's content: meshes and instances in
	// into.Frame, and a row of metadata for every feature. detail is the error in metres
	// that is allowed: 0 builds everything, the larger it is the less there is. What comes
	// back is the greatest distance in metres between what was built and everything; it
	// does not exceed detail.
	Make(detail float64, into *Content) float64
}

// Foot is the middle of a feature's box in degrees: the place that decides which block
// owns it. Boxes do not cross the antimeridian; such features have been cut.
func (f *Feature) Foot() (orb.Point, bool) {
	if f.Geometry == nil {
		return orb.Point{}, false
	}
	if p, ok := f.Geometry.(orb.Point); ok {
		return p, true
	}
	b := f.Box()
	return b.Center(), !b.IsEmpty()
}

// Box is the box around the geometry, which must not be nil: what Geometry.Bound gives, in
// less time for one line or one polygon.
func (f *Feature) Box() orb.Bound {
	var line []orb.Point
	switch g := f.Geometry.(type) {
	case orb.LineString:
		line = g
	case orb.Polygon:
		if len(g) > 0 {
			line = g[0]
		}
	}
	if len(line) == 0 {
		return f.Geometry.Bound()
	}
	return BoxOf(line)
}

// BoxOf is the box of some points, of which there is at least one: what is not a number moves
// nothing. That of orb passes each point through memory several times.
func BoxOf(line []orb.Point) orb.Bound {
	west, south := line[0][0], line[0][1]
	east, north := west, south
	for i := 1; i < len(line); i++ {
		x, y := line[i][0], line[i][1]
		if x < west {
			west = x
		}
		if x > east {
			east = x
		}
		if y < south {
			south = y
		}
		if y > north {
			north = y
		}
	}
	return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}
}
