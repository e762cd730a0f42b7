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
}

type face struct {
	ring  []int
	facet int
}

// roofLike is the share of its rectangle that a footprint fills when one straight ridge
// suits it; below it, a gabled roof follows the skeleton.
const roofLike = 0.82

// partition finds the faces of a shape; nil means a flat roof.
func partition(o outline.Outline, spec Spec) (*field, Shape) {
	switch spec.Shape {
	case Skillion:
		return ramp(o, spec), Skillion
	case Gabled, Round, Gambrel:
		box := o[0].MinRect()
		if spec.Directed || spec.Across || len(o) == 1 && o.Area() >= roofLike*4*box.Half[0]*box.Half[1] {
			return ridge(o, spec, box), spec.Shape
		}
		if f := hips(o, true); f != nil {
			return f, spec.Shape
		}
		return ridge(o, spec, box), spec.Shape
	case Pyramidal, Cone, Dome, Onion:
		if c, ok := o.StarCentre(); ok {
			return fan(o, c), spec.Shape
		}
		if f := hips(o, false); f != nil {
			return f, Hipped
		}
	case Hipped, Mansard:
		if f := hips(o, false); f != nil {
			return f, spec.Shape
		}
	}
	return nil, Flat
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

// ramp is one plane that falls in the spec's direction.
func ramp(o outline.Outline, spec Spec) *field {
	f := whole(o)
	if f == nil {
		return nil
	}
	d := across(spec, o[0].MinRect())
	lo, hi := f.extent(d)
	for i, p := range f.points {
		f.value[i] = (hi - p.Dot(d)) / (hi - lo)
	}
	f.span = hi - lo
	return f
}

// ridge is two planes that meet above the middle of the outline.
func ridge(o outline.Outline, spec Spec, box outline.Rect) *field {
	f := whole(o)
	if f == nil {
		return nil
	}
	d := across(spec, box)
	lo, hi := f.extent(d)
	mid, half := (lo+hi)/2, (hi-lo)/2
	for i, p := range f.points {
		f.value[i] = (p.Dot(d) - mid) / half
	}
	f.split(0) // leaves facet 0 on one side and 1 on the other
	for i, v := range f.value {
		f.value[i] = math.Max(0, 1-math.Abs(v))
	}
	f.span = half
	return f
}

// fan is one face an edge, up to an apex.
func fan(o outline.Outline, apex mgl64.Vec2) *field {
	n := len(o[0])
	f := &field{points: append(o.Points(), apex), value: make([]float64, n+1), cut: map[[2]int]int{}}
	f.value[n] = 1
	for i := range n {
		f.faces = append(f.faces, face{[]int{i, (i + 1) % n, n}, i})
	}
	f.span = o.Distance(apex)
	return f
}

// hips is one face an edge by the straight skeleton; with gables, its end hips are
// pulled upright.
func hips(o outline.Outline, gables bool) *field {
	s, err := skeleton.Build(o)
	if err != nil {
		return nil
	}
	h := s.Height()
	if gables {
		raise(s)
		h = s.Height()
	}
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
