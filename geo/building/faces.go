package building

import (
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/facade"
	"github.com/longtake/longtake/geo/building/outline"
)

// face adds a quad of the facade.
func (s *shell) face(f *facade.Face) {
	n := f.P[1].Sub(f.P[0]).Cross(f.P[2].Sub(f.P[0])).Normalize()
	if f.Joined {
		s.patch(f.Material).join(f, n)
		return
	}
	var v [4]vertex
	for k := range v {
		v[k] = vertex{p: f.P[k], n: n, uv: f.UV[k], colour: f.Colour}
	}
	s.patch(f.Material).quad(v)
}

// join goes on from the quad that was added last, round a corner without an edge.
func (p *patch) join(f *facade.Face, n mgl64.Vec3) {
	last := len(p.vertices)
	low, high := last-3, last-2             // of a quad
	if p.tris[len(p.tris)-1][1] == last-1 { // of one that was joined itself
		low, high = last-2, last-1
	}
	along := p.vertices[low].uv[0]
	for _, i := range [...]int{low, high} {
		p.vertices[i].n = p.vertices[i].n.Add(n).Normalize()
	}
	for k := 1; k <= 2; k++ {
		p.vertices = append(p.vertices, vertex{p: f.P[k], n: n, uv: f.UV[k].Add(mgl64.Vec2{along, 0}), colour: f.Colour})
	}
	p.tris = append(p.tris, [3]int{low, last, last + 1}, [3]int{low, last + 1, high})
}

// strip adds the quad between two edges of the plan, the lower one at z0 and the other at z1.
func (s *shell) strip(m geo.Material, c [4]uint8, a, b, p, q mgl64.Vec2, z0, z1 float64) {
	f := facade.Face{Material: m, Colour: c, P: [4]mgl64.Vec3{a.Vec3(z0), b.Vec3(z0), q.Vec3(z1), p.Vec3(z1)}}
	l := b.Sub(a).Len()
	f.UV = [4]mgl64.Vec2{{0, z0}, {l, z0}, {l, z1}, {0, z1}}
	s.face(&f)
}

// tube adds the wall between two rings of as many corners, counter-clockwise, one above the
// other, as if it were round.
func (s *shell) tube(m geo.Material, c [4]uint8, low, high outline.Ring, z0, z1 float64) {
	p := s.patch(m)
	n, along := len(low), 0.0
	side := func(i int) mgl64.Vec2 { return outline.Left(outline.Unit(low[(i+1)%n].Sub(low[i%n]))).Mul(-1) }
	for k := range n + 1 { // the first corner twice, where the surface coordinates end
		i, at := k%n, len(p.vertices)
		out := side(i + n - 1).Add(side(i)).Normalize().Vec3(0)
		p.vertices = append(p.vertices, vertex{p: low[i].Vec3(z0), n: out, uv: mgl64.Vec2{along, z0}, colour: c},
			vertex{p: high[i].Vec3(z1), n: out, uv: mgl64.Vec2{along, z1}, colour: c})
		if k < n {
			p.tris = append(p.tris, [3]int{at, at + 2, at + 3}, [3]int{at, at + 3, at + 1})
			along += low[(i+1)%n].Sub(low[i]).Len()
		}
	}
}
