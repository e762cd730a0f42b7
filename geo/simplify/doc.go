// Package simplify makes triangle meshes coarser: edges are collapsed in the order of
// their quadric error (Garland and Heckbert, "Surface Simplification Using Quadric Error
// Metrics", SIGGRAPH 1997), and the error that is reported is measured on the result, not
// taken from the quadrics.
//
// Vertices at one place with different normals, colours, texture coordinates or materials
// are one corner of the surface: they move together, so that no crack opens along a
// crease. A vertex that moves keeps its normal, colour and feature, and its texture goes
// on as it lies on the face, so that windows and bricks keep their size. Corners on the
// border, between features, colours and meshes are held by planes across them (Hoppe
// 1999 and others).
package simplify

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// Options of Meshes. MaxError should be set: 0 changes nothing.
type Options struct {
	// MaxError is the greatest distance in metres that the result may have from the meshes.
	MaxError float64
}

// spread is how far apart the points are at which the result is measured, in errors.
const spread = 4

// Meshes returns meshes of fewer triangles, one for each that came in, and the greatest
// distance in metres between the two surfaces, measured both ways: from every vertex and
// from points spread over every triangle that changed to the nearest triangle of the other
// (Cignoni, Rocchini and Scopigno, "Metro", 1998). It does not exceed MaxError: where it
// would, less is simplified. The meshes are taken as one surface, such as a building's of
// several materials. They are not changed; the same input gives the same result.
func Meshes(ms []geo.Mesh, o Options) ([]geo.Mesh, float64) {
	before := triangles(ms)
	if len(before) == 0 || !(o.MaxError > 0) {
		return ms, 0
	}
	// A collapse is allowed by its quadric, which bounds the distance to planes, not to
	// the surface: what turns out too far is done again more carefully.
	for allowed := o.MaxError; allowed > o.MaxError/20; allowed /= 2 {
		c := newCollapser(ms)
		c.run(allowed)
		out := c.meshes()
		after := triangles(out)
		if len(after) == len(before) {
			return ms, 0
		}
		if len(after) == 0 {
			continue
		}
		if d := deviation(before, after, spread*o.MaxError, o.MaxError); d <= o.MaxError {
			return out, d
		}
	}
	return ms, 0
}

// triangles are those of meshes together.
func triangles(ms []geo.Mesh) [][3]vec {
	n := 0
	for i := range ms {
		n += len(ms[i].Indices) / 3
	}
	out := make([][3]vec, 0, n)
	for i := range ms {
		m := &ms[i]
		for k := 0; k < len(m.Indices); k += 3 {
			out = append(out, [3]vec{of(m.Positions[m.Indices[k]]), of(m.Positions[m.Indices[k+1]]), of(m.Positions[m.Indices[k+2]])})
		}
	}
	return out
}

// vec is a float64 point.
type vec [3]float64

func of(p [3]float32) vec       { return vec{float64(p[0]), float64(p[1]), float64(p[2])} }
func (a vec) sub(b vec) vec     { return vec{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }
func (a vec) add(b vec) vec     { return vec{a[0] + b[0], a[1] + b[1], a[2] + b[2]} }
func (a vec) mul(s float64) vec { return vec{a[0] * s, a[1] * s, a[2] * s} }
func (a vec) dot(b vec) float64 { return float64(a[0]*b[0]) + float64(a[1]*b[1]) + float64(a[2]*b[2]) }
func (a vec) length() float64   { return math.Sqrt(a.dot(a)) }
func (a vec) cross(b vec) vec {
	return vec{float64(a[1]*b[2]) - float64(a[2]*b[1]), float64(a[2]*b[0]) - float64(a[0]*b[2]), float64(a[0]*b[1]) - float64(a[1]*b[0])}
}
