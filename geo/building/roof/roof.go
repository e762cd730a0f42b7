// Package roof builds the roofs of OSM Simple 3D Buildings over any outline.
//
// Every roof but an onion is a height field: a partition of the outline into faces, on which
// a number runs from 0 at the eaves to 1 at the top, and a profile that turns that number
// into height. A gable is a partition by the ridge, a pyramid by lines from the apex, a
// hip by the straight skeleton; domes, mansards and barrels are the same partitions
// under another profile. So the plan area is kept and nothing overlaps by construction. An
// onion over what is nearly round is a spindle of rings instead, which bulges over its neck.
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
	Flat             Shape = "flat"
	Skillion         Shape = "skillion"
	Gabled           Shape = "gabled"
	HalfHipped       Shape = "half-hipped"
	Hipped           Shape = "hipped"
	SideHipped       Shape = "side_hipped"
	SideHalfHipped   Shape = "side_half-hipped"
	Pyramidal        Shape = "pyramidal"
	Cone             Shape = "cone"
	Dome             Shape = "dome"
	HalfDome         Shape = "half-dome"
	Onion            Shape = "onion"
	Round            Shape = "round"
	RoundRow         Shape = "round_row"
	Gambrel          Shape = "gambrel"
	Mansard          Shape = "mansard"
	Saltbox          Shape = "saltbox"
	DoubleSaltbox    Shape = "double_saltbox"
	QuadrupleSaltbox Shape = "quadruple_saltbox"
	Sawtooth         Shape = "sawtooth"
	GabledRow        Shape = "gabled_row"
	CrossGabled      Shape = "cross_gabled"
	Butterfly        Shape = "butterfly"
	Chimney          Shape = "chimney"
)

// Shapes lists all shapes that Build knows.
var Shapes = []Shape{Flat, Skillion, Gabled, HalfHipped, Hipped, SideHipped, SideHalfHipped, Pyramidal, Cone, Dome, HalfDome, Onion,
	Round, RoundRow, Gambrel, Mansard, Saltbox, DoubleSaltbox, QuadrupleSaltbox, Sawtooth, GabledRow, CrossGabled, Butterfly, Chimney}

// same are other spellings and names of the shapes.
var same = map[string]Shape{
	"half_hipped": HalfHipped, "side_half_hipped": SideHalfHipped, "side-hipped": SideHipped, "half_dome": HalfDome,
	"lean_to": Skillion, "shed": Skillion, "pent": Skillion, "mono": Skillion, "pitched": Gabled, "saddle": Gabled,
	"pyramid": Pyramidal, "conical": Cone, "spherical": Dome, "barrel": Round, "arch": Round, "arched": Round, "vault": Round,
	"row": GabledRow, "crosspitched": CrossGabled, "cross_pitched": CrossGabled, "mansarde": Mansard, "cupola": Dome,
	"quadruple:saltbox": QuadrupleSaltbox,
}

// nearest maps tagged shapes that are not built to those that come nearest.
var nearest = map[string]Shape{
	"hipped-and-gabled": Hipped, "gambrel_row": GabledRow, "triple_saltbox": QuadrupleSaltbox, "terrace": Flat, "dutch": HalfHipped,
	"bellcast_gable": Gabled, "round_gabled": Round, "gabled_height_moved": Saltbox, "helm": Pyramidal, "spire": Cone,
}

// Parse returns the shape for a roof:shape value; exact is false where another shape
// stands in for it, ok where nothing is known.
func Parse(tag string) (s Shape, exact, ok bool) {
	for _, s := range Shapes {
		if tag == string(s) {
			return s, true, true
		}
	}
	if s, ok = same[tag]; ok {
		return s, true, true
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
	// Lines are ridges and edges that were mapped one by one: where they make a roof, it
	// is built instead of the shape.
	Lines []Line
	// Rings are the section of a Turned shape; the first is {1, 0}, the last has R = 0.
	Rings []Ring
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
	if spec.Height > 0 && len(spec.Lines) > 0 {
		if r := mapped(o, spec); r != nil {
			return r, nil
		}
	}
	if spec.Height > 0 && spec.Shape == Turned {
		if c, ok := o.StarCentre(); ok {
			r := spindle(o, c, spec.Rings, spec.Height)
			r.Shape = Turned
			return r, nil
		}
	}
	if spec.Height > 0 && spec.Shape == Onion {
		if r := onion(o, spec.Height); r != nil {
			return r, nil
		}
	}
	if spec.Height > 0 && spec.Shape != Flat && spec.Shape != Turned {
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
	if prof == nil || f.lifted {
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
	return Level(o, tris), nil
}

// Level is the flat roof over an outline that the triangles fill.
func Level(o outline.Outline, tris [][3]int) *Roof {
	n := o.Len()
	r := &Roof{Shape: Flat, Triangles: tris, Facet: make([]int, len(tris)), Points: make([]mgl64.Vec3, 0, n), Rim: make([][]int, 0, n)}
	ends := make([]int, 2*n)
	base := 0
	for _, ring := range o {
		for i, p := range ring {
			e := ends[2*len(r.Rim) : 2*len(r.Rim)+2 : 2*len(r.Rim)+2]
			e[0], e[1] = base+i, base+(i+1)%len(ring)
			r.Points, r.Rim = append(r.Points, p.Vec3(0)), append(r.Rim, e)
		}
		base += len(ring)
	}
	return r
}
