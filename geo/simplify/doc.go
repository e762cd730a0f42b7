// Package simplify makes triangle meshes coarser: edges are collapsed in the order of
// their quadric error (Garland and Heckbert, "Surface Simplification Using Quadric Error
// Metrics", SIGGRAPH 1997), and the error that is reported is measured on the result, not
// taken from the quadrics.
//
// Vertices at one place with different normals, colours or texture coordinates are one
// corner of the surface: they move together, so that no crack opens along a crease.
// Corners on the mesh's border, between features, and between colours are held by planes
// across them (Hoppe 1999 and others), or altogether where the caller asks for it: tiles
// must keep what their neighbours share.
package simplify

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// Options of Mesh. The zero value keeps nothing still and stops at no error: MaxError
// should be set.
type Options struct {
	// MaxError is the greatest distance in metres that the result may have from the mesh.
	MaxError float64
	// MinTriangles stops the work early.
	MinTriangles int
	// Keep tells which positions must stay where they are; nil for none.
	Keep func(p [3]float32) bool
	// KeepBorder keeps all open edges.
	KeepBorder bool
}

// spread is how far apart the points are at which the result is measured, in errors.
const spread = 4

// Mesh returns a mesh of fewer triangles and the greatest distance in metres between the
// two surfaces, measured both ways: from every vertex and from points spread over every
// triangle that changed to the nearest triangle of the other (Cignoni, Rocchini and
// Scopigno, "Metro", 1998). It does not exceed MaxError: where it would, less is
// simplified. The input is not changed; the same input gives the same result.
func Mesh(m geo.Mesh, o Options) (geo.Mesh, float64) {
	if len(m.Indices) == 0 || !(o.MaxError > 0) {
		return m, 0
	}
	// A collapse is allowed by its quadric, which bounds the distance to planes, not to
	// the surface: what turns out too far is done again more carefully.
	for allowed := o.MaxError; allowed > o.MaxError/20; allowed /= 2 {
		c := newCollapser(m, o)
		c.run(allowed)
		out := c.mesh()
		if len(out.Indices) == len(m.Indices) || len(out.Indices) == 0 {
			return m, 0
		}
		if d := deviation(m, out, spread*o.MaxError, o.MaxError); d <= o.MaxError {
			return out, d
		}
	}
	return m, 0
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
