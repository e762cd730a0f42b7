package roof

import (
	"math"

	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/building/skeleton"
)

// gables are the faces of a roof with ridges over an outline of several wings: the
// skeleton's, with the hips at the wings' ends pulled upright (gabled), steep (half-
// hipped, for which the skeleton is weighted) or, at the first of them, left as they are.
func gables(o outline.Outline, shape Shape) *field {
	s, err := skeleton.Build(o, nil)
	if err != nil {
		return nil
	}
	switch shape {
	case SideHipped:
		raise(s, 1)
	case HalfHipped, SideHalfHipped:
		plain, err := skeleton.Build(o, nil)
		if err != nil {
			return nil
		}
		speeds := make([]float64, o.Len())
		for i := range speeds {
			speeds[i] = 1
		}
		for k, i := range raise(plain, 0) {
			if k == 0 || shape == HalfHipped {
				speeds[i] = halfHip
			}
		}
		steep, err := skeleton.Build(o, speeds)
		if err == nil {
			s = steep
		}
		if shape == SideHalfHipped {
			raise(s, 1)
		}
	default:
		raise(s, 0)
	}
	return skeletal(s)
}

// halfHip is the speed of the end of a wing with a steep hip: that of its sides is one.
const halfHip = 0.4

// raise turns the end hips of a skeleton into gables: where an edge's face is a
// triangle under the end of one ridge, the ridge is carried on to the edge and the face
// vanishes. The faces beside it keep their planes, as the ridge stays on their bisector.
// A raised edge's face becomes nil. Hips that share a corner are raised shortest edge
// first, and never two neighbours; the first few can be kept. The edges raised come back.
func raise(s *skeleton.Skeleton, keep int) (raised []int) {
	uses := make([][]int, len(s.Nodes)) // faces at a node
	for i, f := range s.Faces {
		for _, v := range f {
			uses[v] = append(uses[v], i)
		}
	}
	taken := make([]bool, len(s.Nodes))
	for _, i := range byLength(s) {
		f := s.Faces[i]
		if len(f) != 3 || taken[f[0]] || taken[f[1]] || taken[f[2]] || len(uses[f[2]]) != 3 {
			continue
		}
		apex := f[2]
		var before, after int // the faces to the left of the arcs into a and out of b
		for _, u := range uses[apex] {
			if u == i {
				continue
			}
			if has(s.Faces[u], f[0]) {
				before = u
			}
			if has(s.Faces[u], f[1]) {
				after = u
			}
		}
		if before == after {
			continue
		}
		far := ridgeEnd(s.Faces[before], s.Faces[after], apex)
		if far < 0 || far < len(s.Faces) {
			continue
		}
		a, b := s.Nodes[f[0]].Vec2, s.Nodes[f[1]].Vec2
		p, q := s.Nodes[far], s.Nodes[apex]
		d, e := q.Sub(p.Vec2), b.Sub(a)
		k := outline.Cross(d, e)
		if k <= 1e-6*d.Len()*e.Len() {
			continue
		}
		x := outline.Cross(a.Sub(p.Vec2), d) / k // where the ridge meets the edge, 0..1
		t := outline.Cross(a.Sub(p.Vec2), e) / k
		if x < 0.2 || x > 0.8 || t <= 1 {
			continue
		}
		old := s.Nodes[apex]
		s.Nodes[apex] = skeleton.Node{Vec2: a.Add(e.Mul(x)), T: p.T + t*(q.T-p.T)}
		if s.Nodes[apex].T > 1.6*old.T+0.5 || !sound(s, before) || !sound(s, after) {
			s.Nodes[apex] = old
			continue
		}
		taken[f[0]], taken[f[1]], taken[apex] = true, true, true
		if keep > 0 {
			keep--
			s.Nodes[apex] = old
			continue
		}
		raised = append(raised, i)
		s.Faces[i] = nil
	}
	return raised
}

// sound tells whether a face is still a simple counter-clockwise ring.
func sound(s *skeleton.Skeleton, i int) bool {
	r := s.Ring(s.Faces[i])
	return r.Area() > 0 && (outline.Outline{r}).Simple()
}

// ridgeEnd is the other end of the arc from a node that two faces share, or -1.
func ridgeEnd(f, g []int, at int) int {
	for k, v := range f {
		if v != at {
			continue
		}
		for _, w := range [...]int{f[(k+1)%len(f)], f[(k+len(f)-1)%len(f)]} {
			if has(g, w) {
				return w
			}
		}
	}
	return -1
}

func has(f []int, v int) bool {
	for _, w := range f {
		if w == v {
			return true
		}
	}
	return false
}

// byLength orders the edges by length, shortest first, equal ones as they come.
func byLength(s *skeleton.Skeleton) []int {
	n := len(s.Faces)
	order := make([]int, n)
	length := make([]float64, n)
	for i, f := range s.Faces {
		order[i] = i
		length[i] = math.Round(1e6 * s.Nodes[f[1]].Sub(s.Nodes[f[0]].Vec2).Len())
	}
	sortStable(order, length)
	return order
}
