// Package roof builds the roofs of OSM Simple 3D Buildings over any outline.
//
// Every roof is a height field: a partition of the outline into faces, on which a
// number runs from 0 at the eaves to 1 at the top, and a profile that turns that number
// into height. A gable is a partition by the ridge, a pyramid by lines from the apex, a
// hip by the straight skeleton; domes, mansards and barrels are the same partitions
// under another profile. So the plan area is kept and nothing overlaps by construction.
package roof

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/building/outline"
)

// Shape is a value of roof:shape that can be built.
type Shape string

// The shapes.
const (
	Flat      Shape = "flat"
	Skillion  Shape = "skillion"
	Gabled    Shape = "gabled"
	Hipped    Shape = "hipped"
	Pyramidal Shape = "pyramidal"
	Cone      Shape = "cone"
	Dome      Shape = "dome"
	Onion     Shape = "onion"
	Round     Shape = "round"
	Gambrel   Shape = "gambrel"
	Mansard   Shape = "mansard"
)

// Shapes lists all shapes that Build knows.
var Shapes = []Shape{Flat, Skillion, Gabled, Hipped, Pyramidal, Cone, Dome, Onion, Round, Gambrel, Mansard}

// nearest maps tagged shapes that are not built to those that come nearest.
var nearest = map[string]Shape{
	"half-hipped": Gabled, "side_half-hipped": Gabled, "saltbox": Gabled, "double_saltbox": Gabled,
	"quadruple_saltbox": Hipped, "side_hipped": Hipped, "hipped-and-gabled": Hipped, "sawtooth": Skillion,
	"lean_to": Skillion, "shed": Skillion, "pent": Skillion, "mono": Skillion, "gabled_row": Gabled, "gambrel_row": Gambrel,
	"pitched": Gabled, "saddle": Gabled, "pyramid": Pyramidal, "conical": Cone, "spherical": Dome, "half_dome": Dome,
	"barrel": Round, "arch": Round, "arched": Round, "vault": Round, "butterfly": Flat, "terrace": Flat, "crosspitched": Hipped,
	"cross_gabled": Gabled, "dutch": Hipped, "bellcast_gable": Gabled, "helm": Pyramidal, "spire": Cone, "cupola": Dome, "mansarde": Mansard,
}

// Parse returns the shape for a roof:shape value; exact is false where another shape
// stands in for it, ok where nothing is known.
func Parse(tag string) (s Shape, exact, ok bool) {
	for _, s := range Shapes {
		if tag == string(s) {
			return s, true, true
		}
	}
	s, ok = nearest[tag]
	return s, false, ok
}

// Spec is what is asked for.
type Spec struct {
	Shape  Shape
	Height float64 // metres from eaves to top; > 0 unless the shape is flat
	// Direction is the way that the (main) roof face looks, in radians counter-clockwise
	// from the x axis; used where Directed is set. Otherwise the ridge follows the
	// longer side of the footprint, or the shorter one with Across.
	Direction float64
	Directed  bool
	Across    bool
}

// Roof is a triangle mesh over an outline, open at the eaves.
type Roof struct {
	// Points are metres; z counts from the eaves. The outline's points come first, in
	// the order of outline.Points.
	Points    []mgl64.Vec3
	Triangles [][3]int // counter-clockwise from above
	Facet     []int    // by triangle: triangles of one facet lie in one plane
	Rim       [][]int  // by edge of the outline: the points along its top, both ends included
	Shape     Shape    // what was built: may be simpler than what was asked for
	Smooth    bool     // curved: shade it with smooth normals
	Top       float64  // greatest z
}

// Build makes the roof. A shape that the outline does not allow is replaced by one that
// it does (Roof.Shape tells): a pyramid without a point that sees all corners becomes a
// hipped roof, and where no straight skeleton is found the roof is flat at the top of
// the asked height, so that the building keeps its height and its volume. The error is
// outline.ErrTriangulate.
func Build(o outline.Outline, spec Spec) (*Roof, error) {
	if spec.Height > 0 && spec.Shape != Flat {
		if r := pitched(o, spec); r != nil {
			return r, nil
		}
	}
	r, err := flat(o)
	if err == nil && spec.Height > 0 {
		for i := range r.Points {
			r.Points[i][2] = spec.Height
		}
		r.Top = spec.Height
	}
	return r, err
}

// pitched builds all shapes but the flat one; nil where that is not possible.
func pitched(o outline.Outline, spec Spec) *Roof {
	f, shape := partition(o, spec)
	if f == nil {
		return nil
	}
	prof := profiles[spec.Shape]
	if prof == nil {
		prof = linear
	}
	if len(prof) > 2 {
		if f.convexify() != nil {
			return nil
		}
		for _, p := range prof[1 : len(prof)-1] {
			f.split(p.at)
		}
	}
	r, err := f.mesh(o, prof, spec.Height)
	if err != nil {
		return nil
	}
	r.Shape, r.Smooth = shape, smooth[spec.Shape]
	return r
}

// Span is the horizontal distance over which the shape rises from eaves to top: Height
// is Span times the tangent of roof:angle.
func Span(o outline.Outline, spec Spec) float64 {
	f, _ := partition(o, spec)
	if f == nil {
		return 0
	}
	return f.span
}

// Natural is a quick estimate of Span that needs no skeleton: for default heights.
func Natural(o outline.Outline, spec Spec) float64 {
	b := o[0].MinRect()
	if spec.Shape == Skillion {
		return 2 * b.Half[1]
	}
	return math.Min(b.Half[1], 2*o.Area()/o[0].Perimeter())
}

func flat(o outline.Outline) (*Roof, error) {
	tris, err := o.Triangulate()
	if err != nil {
		return nil, err
	}
	r := &Roof{Shape: Flat, Triangles: tris, Facet: make([]int, len(tris))}
	base := 0
	for _, ring := range o {
		for i, p := range ring {
			r.Points = append(r.Points, p.Vec3(0))
			r.Rim = append(r.Rim, []int{base + i, base + (i+1)%len(ring)})
		}
		base += len(ring)
	}
	return r, nil
}
