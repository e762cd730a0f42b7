package roof

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/building/skeleton"
)

// field is a partition of an outline with a number at every point.
type field struct {
	points []mgl64.Vec2
	value  []float64
	faces  []face
	cut    map[[2]int]int // points made on an edge by the split under way
	span   float64        // metres from value 0 to value 1
	lifted bool           // value is the height already: no profile is due
}

type face struct {
	ring  []int
	facet int
}

// roofLike is the share of its rectangle that a footprint fills when one straight ridge
// suits it; below it, a gabled roof follows the skeleton.
const roofLike = 0.82

// partition finds the faces of a shape, or of the simpler one that it returns: hips where
// there is no apex, a gable where there is no skeleton. nil means a flat roof.
func partition(o outline.Outline, spec Spec) (*field, Shape) {
	switch spec.Shape {
	case Pyramidal, Cone, Dome, Onion, Chimney:
		if c, ok := o.StarCentre(); ok {
			return fan(o, c, -1), spec.Shape
		}
		if f := hips(o); f != nil {
			if spec.Shape == Chimney {
				return f, Chimney
			}
			return f, Hipped
		}
		return sections(o, Spec{Shape: Gabled, Height: spec.Height}, o[0].MinRect()), Gabled
	case HalfDome:
		if f := apse(o, spec); f != nil {
			return f, HalfDome
		}
		spec.Shape = Dome
		return partition(o, spec)
	case Hipped, Mansard, QuadrupleSaltbox:
		if f := hips(o); f != nil {
			return f, spec.Shape
		}
		return sections(o, Spec{Shape: Gabled, Height: spec.Height}, o[0].MinRect()), Gabled
	default:
		return ridged(o, spec)
	}
}

// ridged finds the faces of the shapes that have a ridge: by sections through the
// outline's rectangle where that suits it, else along the skeleton.
func ridged(o outline.Outline, spec Spec) (*field, Shape) {
	box := o[0].MinRect()
	filled := len(o) == 1 && o.Area() >= roofLike*4*box.Half[0]*box.Half[1]
	if spec.Shape == CrossGabled && !filled { // the ridges of the wings cross; one through the whole would end above the court
		if f := gables(o, Gabled); f != nil {
			return f, spec.Shape
		}
	}
	if spec.Directed || spec.Across || filled {
		return sections(o, spec, box), spec.Shape
	}
	switch spec.Shape {
	case Gabled, Round, Gambrel, DoubleSaltbox, HalfHipped, SideHipped, SideHalfHipped:
		if f := gables(o, spec.Shape); f != nil {
			return f, spec.Shape
		}
	case Saltbox:
		if f := gables(o, Gabled); f != nil {
			return f, Gabled
		}
	}
	return sections(o, spec, box), spec.Shape
}

// whole is the outline as convex faces of one facet.
func whole(o outline.Outline) *field {
	f := &field{points: o.Points(), cut: map[[2]int]int{}}
	f.value = make([]float64, len(f.points))
	if len(o) == 1 && o[0].Convex() {
		ring := make([]int, len(o[0]))
		for i := range ring {
			ring[i] = i
		}
		f.faces = []face{{ring, 0}}
		return f
	}
	tris, err := o.Triangulate()
	if err != nil {
		return nil
	}
	for _, t := range tris {
		f.faces = append(f.faces, face{t[:], 0})
	}
	return f
}

// across returns the direction that roof faces look in.
func across(spec Spec, box outline.Rect) mgl64.Vec2 {
	switch {
	case spec.Directed:
		s, c := math.Sincos(spec.Direction)
		return mgl64.Vec2{c, s}
	case spec.Across:
		return box.Axis
	}
	return outline.Left(box.Axis)
}

// extent is the range of the points along a direction.
func (f *field) extent(d mgl64.Vec2) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, p := range f.points {
		x := p.Dot(d)
		lo, hi = math.Min(lo, x), math.Max(hi, x)
	}
	return lo, hi
}

// fan is one face an edge, up to an apex; the edge that the apex lies on has none.
func fan(o outline.Outline, apex mgl64.Vec2, except int) *field {
	n := len(o[0])
	f := &field{points: append(o.Points(), apex), value: make([]float64, n+1), cut: map[[2]int]int{}}
	f.value[n] = 1
	for i := range n {
		if i != except {
			f.faces = append(f.faces, face{[]int{i, (i + 1) % n, n}, i})
		}
	}
	f.span = o.Distance(apex)
	if except >= 0 {
		f.span = o[0][(except+1)%n].Sub(o[0][except]).Len() / 2
	}
	return f
}

// apse is a fan about the middle of a straight side, from which all else must be seen:
// the side that looks away from the roof's direction, or the longest.
func apse(o outline.Outline, spec Spec) *field {
	if len(o) != 1 {
		return nil
	}
	r, at, best := o[0], -1, 0.0
	for i, a := range r {
		d := r[(i+1)%len(r)].Sub(a)
		rank := d.Len()
		if spec.Directed {
			s, c := math.Sincos(spec.Direction)
			rank *= math.Max(0, outline.Left(outline.Unit(d)).Dot(mgl64.Vec2{c, s}))
		}
		if rank > best {
			best, at = rank, i
		}
	}
	if at < 0 {
		return nil
	}
	apex := r[at].Add(r[(at+1)%len(r)]).Mul(0.5)
	margin := 0.02 * math.Sqrt(o.Area())
	for i, a := range r {
		if i != at && outline.Cross(outline.Unit(r[(i+1)%len(r)].Sub(a)), apex.Sub(a)) < margin {
			return nil
		}
	}
	return fan(o, apex, at)
}

// hips is one face an edge by the straight skeleton.
func hips(o outline.Outline) *field {
	s, err := skeleton.Build(o, nil)
	if err != nil {
		return nil
	}
	return skeletal(s)
}

// skeletal is the field of a skeleton: its value is the distance from the eaves.
func skeletal(s *skeleton.Skeleton) *field {
	h := s.Height()
	f := &field{cut: map[[2]int]int{}, span: h}
	for _, n := range s.Nodes {
		f.points = append(f.points, n.Vec2)
		f.value = append(f.value, n.T/h)
	}
	for i, r := range s.Faces {
		if r != nil {
			f.faces = append(f.faces, face{r, i})
		}
	}
	return f
}
