// Package skeleton computes the straight skeleton of an outline with holes (Aichholzer,
// Aurenhammer, Alberts & Gärtner 1995): every edge moves inwards at unit speed, or one of
// its own, and the
// corners trace the ridges, hips and valleys of the hipped roof of equal slope.
//
// The wavefront is simulated by an event queue over lists of active vertices (Felkel &
// Obdržálek 1998). That method is known to stumble over events that coincide, so the
// result is validated, and a failed run is repeated on corners moved by less than a
// millimetre; Build never returns a skeleton that does not fill its outline.
package skeleton

import (
	"errors"
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/building/outline"
)

// ErrSkeleton says that no valid skeleton was found.
var ErrSkeleton = errors.New("straight skeleton failed validation")

// MaxCorners is the largest outline that Build accepts: the work grows with the product
// of corners and reflex corners.
const MaxCorners = 600

// mergeWithin is the distance in metres below which nodes are one.
const mergeWithin = 0.002

// Skeleton is the partition of an outline into one face an edge.
type Skeleton struct {
	Nodes []Node  // the outline's points first, in the order of outline.Points
	Faces [][]int // by edge, in the order of the points: counter-clockwise nodes; the first two are the edge
}

// Node is a point that the edges whose faces meet there reach at the time T: their
// distance, at speed one.
type Node struct {
	mgl64.Vec2
	T float64
}

// Build returns the straight skeleton of a prepared outline. speeds, by edge in the order
// of the points, weight it (Eppstein & Erickson 1999): a slower edge has a steeper face.
// nil lets all move at speed one.
func Build(o outline.Outline, speeds []float64) (*Skeleton, error) {
	if o.Len() > MaxCorners || speeds != nil && len(speeds) != o.Len() {
		return nil, ErrSkeleton
	}
	size := math.Sqrt(math.Abs(o.Area()))
	for try := range 5 {
		moved := o
		if try > 0 {
			moved = jitter(o, math.Min(1e-4*float64(try), 1e-5*size), uint64(try))
		}
		w := newWavefront(moved, speeds)
		if !w.run() {
			continue
		}
		s := &Skeleton{Nodes: w.nodes}
		for i, p := range o.Points() {
			s.Nodes[i].Vec2 = p
		}
		if s.chain(w) && s.contract(mergeWithin) && s.valid(o, speeds) {
			return s, nil
		}
	}
	return nil, ErrSkeleton
}

// jitter moves every corner by up to d metres, the same way each time.
func jitter(o outline.Outline, d float64, seed uint64) outline.Outline {
	x := seed*0x9e3779b97f4a7c15 + 1
	next := func() float64 { // xorshift64 (Marsaglia 2003), in [-1, 1)
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		return float64(x>>11)/(1<<52) - 1
	}
	m := make(outline.Outline, len(o))
	for i, r := range o {
		m[i] = make(outline.Ring, len(r))
		for j, p := range r {
			m[i][j] = p.Add(mgl64.Vec2{next() * d, next() * d})
		}
	}
	return m
}

// Height is the greatest distance of a node from its edges.
func (s *Skeleton) Height() float64 {
	h := 0.0
	for _, n := range s.Nodes {
		h = math.Max(h, n.T)
	}
	return h
}

// valid checks that the faces are counter-clockwise, simple and fill the outline, and
// that nodes keep their distance from the edges of their faces.
func (s *Skeleton) valid(o outline.Outline, speeds []float64) bool {
	size := math.Sqrt(math.Abs(o.Area()))
	sum := 0.0
	for e, f := range s.Faces {
		r := s.Ring(f)
		a := r.Area()
		if small := len(r) == 3 || len(r) == 4 && r.Convex(); a <= 0 || !small && !(outline.Outline{r}).Simple() {
			return false
		}
		sum += a
		d, speed := outline.Unit(r[1].Sub(r[0])), 1.0
		if speeds != nil {
			speed = speeds[e]
		}
		for k, i := range f {
			if math.Abs(outline.Cross(d, r[k].Sub(r[0]))-speed*s.Nodes[i].T) > 0.005+1e-4*size {
				return false
			}
		}
	}
	return math.Abs(sum-o.Area()) <= 1e-9*o.Area()+1e-9
}

// Ring returns a face's points.
func (s *Skeleton) Ring(face []int) outline.Ring {
	r := make(outline.Ring, len(face))
	for k, i := range face {
		r[k] = s.Nodes[i].Vec2
	}
	return r
}
