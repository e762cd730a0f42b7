package terrain

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// outline is a flat surface whose edges are found by box: a sea has a million, a window
// touches a few hundred.
type outline struct {
	Flat
	box     orb.Bound
	rings   []ring
	beaches []orb.Bound
	mouths  []*outline
	wide    float64 // of a mouth, about
	flows   bool    // a mouth
}

// ring is one of the polygon's, cut into runs of edges with their boxes. It closes itself.
type ring struct {
	points orb.Ring
	runs   []orb.Bound
}

// runEdges is how many edges a run has.
const runEdges = 64

// outlinesOf finds the outlines of all; a mouth that several flow into has one.
func outlinesOf(flats []Flat) []*outline {
	out := make([]*outline, len(flats))
	shared := map[*orb.Point]*outline{}
	for i, f := range flats {
		out[i] = outlineOf(f)
		for _, m := range f.Mouths {
			if len(m.Area) == 0 || len(m.Area[0]) == 0 {
				continue
			}
			first := &m.Area[0][0]
			o, ok := shared[first]
			if !ok || o.flows != m.Flows {
				o = outlineOf(Flat{Polygon: m.Area})
				o.flows, shared[first] = m.Flows, o
			}
			out[i].mouths = append(out[i].mouths, o)
		}
	}
	return out
}

func outlineOf(f Flat) *outline {
	o := &outline{Flat: f, box: f.Polygon.Bound()}
	area, round := 0.0, 0.0
	for _, points := range f.Polygon {
		r := ring{points: points}
		for k := 0; k < len(points); k += runEdges {
			end := min(k+runEdges, len(points))
			r.runs = append(r.runs, points[k:end].Bound().Extend(points[end%len(points)]))
		}
		o.rings = append(o.rings, r)
		area += planar.Area(points)
		round += planar.Length(points)
	}
	o.wide = 2 * math.Abs(area) / max(round, 1e-9)
	for _, b := range f.Beaches {
		o.beaches = append(o.beaches, b.Bound().Pad(beachEnd))
	}
	return o
}

// edges visits the edges near a box, in order: at least those whose own boxes touch it.
func (o *outline) edges(box orb.Bound, visit func(a, b orb.Point)) {
	for _, r := range o.rings {
		for n, run := range r.runs {
			if !run.Intersects(box) {
				continue
			}
			for k := n * runEdges; k < min((n+1)*runEdges, len(r.points)); k++ {
				visit(r.points[k], r.points[(k+1)%len(r.points)])
			}
		}
	}
}
