package flows

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
)

// shapes are models of length 1 with flat faces, front to +y, top to +z, in ECEF as it were.
var shapes = map[string]func() *drawable.Mesh{"plane": plane, "ship": ship, "arrow": dart}

// solid gathers the faces of a shape.
type solid struct{ mesh *drawable.Mesh }

func newSolid(name string) solid {
	m := drawable.DefaultMaterial()
	m.Name, m.Roughness, m.DoubleSided, m.Data = name, 0.4, true, true
	return solid{&drawable.Mesh{Name: name, Frame: mgl64.Ident4(), Material: m}}
}

// face adds a convex polygon, counter-clockwise from outside.
func (s solid) face(grey float64, ps ...mgl64.Vec3) {
	n := ps[1].Sub(ps[0]).Cross(ps[2].Sub(ps[0]))
	if n.Len() < 1e-12 && len(ps) > 3 {
		n = ps[2].Sub(ps[0]).Cross(ps[3].Sub(ps[0]))
	}
	if n.Len() < 1e-12 {
		return
	}
	n = n.Normalize()
	normal, first := drawable.EncodeNormal([3]float32{float32(n[0]), float32(n[1]), float32(n[2])}), uint32(len(s.mesh.Vertices))
	g := uint8(255 * grey)
	for i, p := range ps {
		s.mesh.Vertices = append(s.mesh.Vertices, drawable.Vertex{Position: [3]float32{float32(p[0]), float32(p[1]), float32(p[2])}, Normal: normal, Color: [4]uint8{g, g, g, 255}})
		if i > 1 {
			s.mesh.Indices = append(s.mesh.Indices, first, first+uint32(i)-1, first+uint32(i))
		}
	}
}

// section is a cross-section of a body: where along y, its half width, its lower and upper z.
type section struct{ y, half, low, high float64 }

// loft joins elliptic sections from the rear to the front.
func (s solid) loft(grey float64, sections ...section) {
	const sides = 10
	ring := func(c section, k int) mgl64.Vec3 {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / sides)
		return mgl64.Vec3{c.half * cos, c.y, (c.low+c.high)/2 + (c.high-c.low)/2*sin}
	}
	for i := 1; i < len(sections); i++ {
		for k := range sides {
			s.face(grey, ring(sections[i-1], k), ring(sections[i], k), ring(sections[i], k+1), ring(sections[i-1], k+1))
		}
	}
}

// blade is a thin plate on both sides, mirrored in x unless it lies there.
func (s solid) blade(grey float64, thick mgl64.Vec3, ps ...mgl64.Vec3) {
	n := len(ps)
	up, down := make([]mgl64.Vec3, n), make([]mgl64.Vec3, n)
	for i, p := range ps {
		up[i], down[n-1-i] = p.Add(thick), p.Sub(thick)
	}
	s.face(grey, up...)
	s.face(grey, down...)
	for i, p := range ps {
		q := ps[(i+1)%n]
		s.face(grey, p.Sub(thick), q.Sub(thick), q.Add(thick), p.Add(thick))
	}
}

// box is an upright box.
func (s solid) box(grey, x, y0, y1, z0, z1 float64) {
	v := func(i int) mgl64.Vec3 {
		return mgl64.Vec3{x * float64(i&1*2-1), y0 + (y1-y0)*float64(i>>1&1), z0 + (z1-z0)*float64(i>>2)}
	}
	for _, f := range [][4]int{{4, 5, 7, 6}, {0, 1, 5, 4}, {1, 3, 7, 5}, {3, 2, 6, 7}, {2, 0, 4, 6}} {
		s.face(grey, v(f[0]), v(f[1]), v(f[2]), v(f[3]))
	}
}

// plane is a twin-engined airliner.
func plane() *drawable.Mesh {
	s := newSolid("plane")
	s.loft(1, section{-0.5, 0.004, 0.05, 0.06}, section{-0.3, 0.035, 0, 0.085}, section{-0.1, 0.05, -0.02, 0.085}, section{0.3, 0.05, -0.02, 0.085}, section{0.42, 0.042, -0.015, 0.07}, section{0.48, 0.022, 0, 0.04}, section{0.5, 0.002, 0.012, 0.02})
	for _, x := range [2]float64{1, -1} {
		v := func(a, y, z float64) mgl64.Vec3 { return mgl64.Vec3{a * x, y, z} }
		wing := []mgl64.Vec3{v(0.04, -0.05, 0), v(0.46, -0.2, 0.045), v(0.46, -0.15, 0.045), v(0.04, 0.15, 0)}
		tail := []mgl64.Vec3{v(0.02, -0.47, 0.06), v(0.18, -0.5, 0.07), v(0.18, -0.46, 0.07), v(0.02, -0.34, 0.06)}
		if x < 0 { // counter-clockwise again
			wing[1], wing[3] = wing[3], wing[1]
			tail[1], tail[3] = tail[3], tail[1]
		}
		s.blade(0.86, mgl64.Vec3{0, 0, 0.006}, wing...)
		s.blade(0.86, mgl64.Vec3{0, 0, 0.004}, tail...)
		for k := range 8 { // engines
			a, b := 2*math.Pi*float64(k)/8, 2*math.Pi*float64(k+1)/8
			p := func(t, y float64) mgl64.Vec3 {
				return mgl64.Vec3{0.16*x + 0.025*math.Cos(t), y, -0.03 + 0.025*math.Sin(t)}
			}
			s.face(0.6, p(a, 0), p(a, 0.12), p(b, 0.12), p(b, 0))
			s.face(0.2, p(a, 0.115), mgl64.Vec3{0.16 * x, 0.115, -0.03}, p(b, 0.115))
		}
	}
	s.blade(0.8, mgl64.Vec3{0.004, 0, 0}, mgl64.Vec3{0, -0.48, 0.07}, mgl64.Vec3{0, -0.3, 0.08}, mgl64.Vec3{0, -0.44, 0.22}, mgl64.Vec3{0, -0.5, 0.22})
	return s.mesh.Bound()
}

// ship is a freighter.
func ship() *drawable.Mesh {
	s := newSolid("ship")
	hull := []section{{-0.5, 0.06, -0.03, 0.05}, {-0.42, 0.08, -0.03, 0.045}, {0.25, 0.08, -0.03, 0.045}, {0.4, 0.05, -0.03, 0.055}, {0.5, 0.002, -0.03, 0.07}}
	at := func(c section, x, z float64) mgl64.Vec3 { return mgl64.Vec3{c.half * x, c.y, z} }
	for i := 1; i < len(hull); i++ {
		a, b := hull[i-1], hull[i]
		s.face(0.55, at(a, 1, a.low), at(b, 1, b.low), at(b, 1, b.high), at(a, 1, a.high))
		s.face(0.55, at(b, -1, b.low), at(a, -1, a.low), at(a, -1, a.high), at(b, -1, b.high))
		s.face(0.8, at(a, -1, a.high), at(a, 1, a.high), at(b, 1, b.high), at(b, -1, b.high))
	}
	s.face(0.55, at(hull[0], -1, hull[0].low), at(hull[0], 1, hull[0].low), at(hull[0], 1, hull[0].high), at(hull[0], -1, hull[0].high))
	s.box(1, 0.06, -0.44, -0.3, 0.045, 0.15)
	s.box(1, 0.07, -0.4, -0.33, 0.15, 0.17)
	s.box(0.4, 0.015, -0.43, -0.4, 0.15, 0.21)
	for k := range 5 {
		y := -0.26 + 0.11*float64(k)
		s.box(0.62+0.07*float64(k%3), 0.068, y, y+0.1, 0.045, 0.075+0.02*float64((k*2)%3))
	}
	return s.mesh.Bound()
}

// dart is a flat arrow with a keel.
func dart() *drawable.Mesh {
	s := newSolid("arrow")
	nose, tail := mgl64.Vec3{0, 0.5, 0}, mgl64.Vec3{0, -0.3, 0.12}
	for _, x := range [2]float64{1, -1} {
		wing := mgl64.Vec3{0.36 * x, -0.5, 0}
		if x > 0 {
			s.face(1, nose, tail, wing)
			s.face(0.7, nose, wing, mgl64.Vec3{0, -0.3, 0})
		} else {
			s.face(0.9, nose, wing, tail)
			s.face(0.7, nose, mgl64.Vec3{0, -0.3, 0}, wing)
		}
		s.face(0.6, wing, tail, mgl64.Vec3{0, -0.3, 0})
	}
	return s.mesh.Bound()
}
