package sheet

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/oliverbestmann/earcut-go"
)

// cells cuts a polygon along a lattice of squares and triangulates what lies in each: areas
// with winding borders end up in far fewer triangles than by halving those of the whole.
type cells struct {
	step float64
	xy   []mgl64.Vec2
	tris []uint32
}

// lattice cuts rings, of which the first is the outer one, into triangles that no edge longer
// than the diagonal of a square has.
func lattice(rings [][]mgl64.Vec2, step float64) ([]mgl64.Vec2, []uint32) {
	c := &cells{step: step}
	c.cut(rings)
	return c.xy, c.tris
}

// cut halves a polygon until it lies in one square: at the line of the lattice that is
// nearest to its middle, across its longer side.
func (c *cells) cut(rings [][]mgl64.Vec2) {
	if len(rings) == 0 || len(rings[0]) < 3 {
		return
	}
	lo, hi := rings[0][0], rings[0][0]
	for _, p := range rings[0] {
		for k := range p {
			lo[k], hi[k] = math.Min(lo[k], p[k]), math.Max(hi[k], p[k])
		}
	}
	axis := 0
	if hi[1]-lo[1] > hi[0]-lo[0] {
		axis = 1
	}
	for range 2 {
		line := math.Round((lo[axis]+hi[axis])/2/c.step) * c.step
		if slack := c.step * 1e-9; line > lo[axis]+slack && line < hi[axis]-slack {
			c.cut(beside(rings, axis, line, 1))
			c.cut(beside(rings, axis, line, -1))
			return
		}
		axis = 1 - axis
	}
	c.fill(rings)
}

// beside is the part of a polygon below a line (side 1) or above it (side -1): each ring by
// Sutherland and Hodgman (1974).
func beside(rings [][]mgl64.Vec2, axis int, line, side float64) (out [][]mgl64.Vec2) {
	for k, r := range rings {
		var part []mgl64.Vec2
		for i, a := range r {
			b := r[(i+1)%len(r)]
			s, t := (a[axis]-line)*side, (b[axis]-line)*side
			if s <= 0 {
				part = append(part, a)
			}
			if s < 0 && t > 0 || s > 0 && t < 0 {
				at := a.Add(b.Sub(a).Mul(s / (s - t)))
				at[axis] = line
				part = append(part, at)
			}
		}
		if len(part) < 3 {
			if k == 0 {
				return nil
			}
			continue
		}
		out = append(out, part)
	}
	return out
}

func (c *cells) fill(rings [][]mgl64.Vec2) {
	first := uint32(len(c.xy))
	var parts [][]earcut.Point[float64]
	for _, r := range rings {
		var part []earcut.Point[float64]
		for _, p := range r {
			part = append(part, earcut.Point[float64]{X: p[0], Y: p[1]})
		}
		parts = append(parts, part)
		c.xy = append(c.xy, r...)
	}
	_, tris := earcut.Triangulate(parts[0], parts[1:])
	for _, i := range upward(c.xy[first:], tris) {
		c.tris = append(c.tris, first+i)
	}
}
