package verify_test

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// surface is triangles seen from above, to ask what lies at a place. Coordinates are those
// of the plan of the package's frame, heights those above the ellipsoid: a triangle is flat,
// so between its corners it dips below the curve that these follow, by 1 m where it is 7 km
// long.
type surface struct {
	frame     earth.Frame
	down      bool // it is triangles that face down
	triangles [][3][3]float64
	owners    []int32 // of triangles, where they were added with any
	cells     map[[2]int32][]int32
}

const surfaceCell = 8.0

func newSurface(f earth.Frame) *surface { return &surface{frame: f, cells: map[[2]int32][]int32{}} }

// inPlan are the vertices of a mesh as plan x, y and height.
func inPlan(plan, frame earth.Frame, positions [][3]float32) [][3]float64 {
	out := make([][3]float64, len(positions))
	for i, v := range positions {
		p := frame.Place([3]float64{float64(v[0]), float64(v[1]), float64(v[2])})
		x, y := plan.Plan(p.Lng, p.Lat)
		out[i] = [3]float64{x, y, p.Height}
	}
	return out
}

// add takes the triangles of a mesh that face up, or down; a skirt has hardly a plan.
func (s *surface) add(m *geo.Mesh, vs [][3]float64) { s.addOf(m, vs, nil) }

// addOf is add with the owner of each triangle, by its first vertex.
func (s *surface) addOf(m *geo.Mesh, vs [][3]float64, owner func(vertex uint32) int32) {
	for i := 0; i+2 < len(m.Indices); i += 3 {
		a, b, c := vs[m.Indices[i]], vs[m.Indices[i+1]], vs[m.Indices[i+2]]
		if s.down {
			b, c = c, b
		}
		area := (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
		rise := max(a[2], b[2], c[2]) - min(a[2], b[2], c[2])
		if !(area > 1e-4) || area < 1e-3*rise*rise {
			continue
		}
		n := int32(len(s.triangles))
		s.triangles = append(s.triangles, [3][3]float64{a, b, c})
		if owner != nil {
			s.owners = append(s.owners, owner(m.Indices[i]))
		}
		for x := cellOf(min(a[0], b[0], c[0])); x <= cellOf(max(a[0], b[0], c[0])); x++ {
			for y := cellOf(min(a[1], b[1], c[1])); y <= cellOf(max(a[1], b[1], c[1])); y++ {
				s.cells[[2]int32{x, y}] = append(s.cells[[2]int32{x, y}], n)
			}
		}
	}
}

func cellOf(v float64) int32 { return int32(math.Floor(v / surfaceCell)) }

// heights calls f with the height of every triangle at a place, and a millimetre around it.
func (s *surface) heights(x, y float64, f func(h float64)) {
	s.hits(x, y, func(_ int32, h float64) { f(h) })
}

// hits is heights with which triangle it is.
func (s *surface) hits(x, y float64, f func(triangle int32, h float64)) {
	for _, i := range s.cells[[2]int32{cellOf(x), cellOf(y)}] {
		t := &s.triangles[i]
		side := func(a, b [3]float64) float64 { return (b[0]-a[0])*(y-a[1]) - (b[1]-a[1])*(x-a[0]) }
		u, v, w := side(t[1], t[2]), side(t[2], t[0]), side(t[0], t[1])
		slack := -1e-3 * math.Sqrt(u+v+w)
		if u >= slack && v >= slack && w >= slack {
			f(i, (u*t[0][2]+v*t[1][2]+w*t[2][2])/(u+v+w)-s.sag(t, u, v, w))
		}
	}
}

// sag is how far a triangle is below the curve of the Earth through its corners, at a place
// with these weights. On a sphere the height over a plane is a square of the distance, so
// it is the weighted mean of the squares of the corners' distances over twice the radius.
func (s *surface) sag(t *[3][3]float64, u, v, w float64) float64 {
	sum := u + v + w
	x, y := (u*t[0][0]+v*t[1][0]+w*t[2][0])/sum, (u*t[0][1]+v*t[1][1]+w*t[2][1])/sum
	squares := 0.0
	for k, weight := range [3]float64{u, v, w} {
		squares += weight / sum * ((t[k][0]-x)*(t[k][0]-x) + (t[k][1]-y)*(t[k][1]-y))
	}
	return squares / (2 * earth.A)
}

// TestSurfaceSags: a level triangle of kilometres lies below the ellipsoid in its middle by
// what the chord does.
func TestSurfaceSags(t *testing.T) {
	f := earth.FrameAt(earth.Place{Lng: 9.5, Lat: 47.1})
	corners := [3][2]float64{{0, 4000}, {-4000, -3000}, {4000, -3000}}
	var m geo.Mesh
	for _, c := range corners {
		lng, lat := f.Unplan(c[0], c[1])
		p := f.Local(earth.Place{Lng: lng, Lat: lat, Height: 450})
		m.Positions = append(m.Positions, [3]float32{float32(p[0]), float32(p[1]), float32(p[2])})
	}
	m.Indices = []uint32{0, 1, 2}
	s := newSurface(f)
	s.add(&m, inPlan(f, f, m.Positions))
	for _, w := range [][3]float64{{1. / 3, 1. / 3, 1. / 3}, {0.02, 0.49, 0.49}, {0.2, 0.1, 0.7}, {0.98, 0.01, 0.01}} {
		var v [3]float64
		for k, p := range m.Positions {
			for i := range v {
				v[i] += w[k] * float64(p[i])
			}
		}
		p := f.Place(v)
		x, y := f.Plan(p.Lng, p.Lat)
		if h, ok := s.nearest(x, y, p.Height); !ok || math.Abs(h-p.Height) > 0.01 {
			t.Errorf("at %v the triangle is at %.3f m, not %.3f", w, h, p.Height)
		}
	}
}

// nearest is the height of what lies nearest above or below a point.
func (s *surface) nearest(x, y, z float64) (h float64, ok bool) {
	s.heights(x, y, func(at float64) {
		if !ok || math.Abs(at-z) < math.Abs(h-z) {
			h, ok = at, true
		}
	})
	return h, ok
}

// below tells whether anything lies at most three metres below a point or what is half a
// metre from it, as a rim may miss its own triangle.
func (s *surface) below(v [3]float64) (found bool) {
	for _, d := range around {
		s.heights(v[0]+0.5*d[0], v[1]+0.5*d[1], func(at float64) { found = found || at < v[2]+0.05 && at > v[2]-3 })
	}
	return found
}

// around are the directions of a compass.
var around = [8][2]float64{{1, 0}, {0.7, 0.7}, {0, 1}, {-0.7, 0.7}, {-1, 0}, {-0.7, -0.7}, {0, -1}, {0.7, -0.7}}
