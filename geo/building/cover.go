package building

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/roof"
)

// crease is the cosine of the angle between faces from which a curved roof has an edge.
var crease = math.Cos(48 * math.Pi / 180)

// cover adds the roof: each flat facet with its own normals and with surface
// coordinates in metres along and down its slope; curved roofs smooth.
func (y *body) cover(s *shell) {
	r, lift := y.roof, y.eaves
	if y.sunk != nil {
		r, lift = y.sunk, y.eaves-parapet
	}
	p := s.patch(geo.Roof)
	colour := y.look.roof
	switch {
	case r.Shape == roof.Turned: // walls, too
		p, colour = s.patch(geo.Concrete), y.look.wall
	case y.flat:
		colour = y.look.flat
	}
	axis := y.box.Axis.Vec3(0)
	storeys := y.slopes(r)
	if r.Shape == roof.Flat { // one facet, level
		up := mgl64.Vec3{0, 0, 1}
		down := axis.Cross(up)
		base := len(p.vertices)
		for _, q := range r.Points {
			q[2] += lift
			p.vertices = append(p.vertices, vertex{p: q, n: up, uv: mgl64.Vec2{q.Dot(axis), q.Dot(down)}, colour: colour})
		}
		for _, t := range r.Triangles {
			p.tris = append(p.tris, [3]int{base + t[0], base + t[1], base + t[2]})
		}
		return
	}
	normals := make([]mgl64.Vec3, len(r.Triangles))
	for i, t := range r.Triangles {
		a, b, c := r.Points[t[0]], r.Points[t[1]], r.Points[t[2]]
		normals[i] = b.Sub(a).Cross(c.Sub(a))
	}
	facets := map[int]mgl64.Vec3{}
	for i, n := range normals {
		facets[r.Facet[i]] = facets[r.Facet[i]].Add(n)
	}
	type key struct{ point, facet int }
	made := map[key]int{}
	around := map[int][]int{}
	if r.Smooth {
		for i, t := range r.Triangles {
			for _, v := range t {
				around[v] = append(around[v], i)
			}
		}
	}
	for i, t := range r.Triangles {
		n := facets[r.Facet[i]].Normalize()
		along := axis
		if level := n.Vec2().Len(); level > 1e-4 {
			along = mgl64.Vec3{-n[1] / level, n[0] / level, 0}
		}
		down := along.Cross(n)
		p, glazed := p, storeys && n[2] < steep
		if glazed {
			p = s.patch(geo.Facade)
		}
		var tri [3]int
		for k, v := range t {
			id := key{v, r.Facet[i]}
			at, ok := made[id]
			if !ok {
				q := r.Points[v].Add(mgl64.Vec3{0, 0, lift})
				w := vertex{p: q, n: n, uv: mgl64.Vec2{q.Dot(along), q.Dot(down)}, colour: colour}
				if r.Smooth {
					w.n = softened(n, around[v], normals)
				}
				if glazed {
					w.uv, w.colour = mgl64.Vec2{q.Dot(along) / y.look.style.Bay, y.storeyAt(q[2])}, y.look.wall
					w.colour[3] = y.look.style.Code(true)
				}
				at = len(p.vertices)
				p.vertices = append(p.vertices, w)
				made[id] = at
			}
			tri[k] = at
		}
		p.tris = append(p.tris, tri)
	}
}

// A tower that tapers is mapped as a roof of its whole height: faces steeper than steep of
// roofs higher than so many storeys, over a plan wider than a spire's, have windows.
const (
	steep       = 0.35 // of the normal's height: 70 degrees
	roofStoreys = 10.0
	roofWidth   = 16.0 // metres
)

// slopes tells whether the steep faces of a roof are walls with storeys.
func (y *body) slopes(r *roof.Roof) bool {
	if r.Smooth || y.rule.bay <= 0 || y.blind || y.Top-y.eaves < roofStoreys*y.rule.storey {
		return false
	}
	lo, hi := bounds(y.outline[0])
	return math.Min(hi[0]-lo[0], hi[1]-lo[1]) >= roofWidth
}

// storeyAt counts storeys on the slopes of a roof on from those of the walls below.
func (y *body) storeyAt(z float64) float64 {
	below := 0.0
	if walls := y.eaves - y.floor; walls >= lowWall {
		below = math.Round(walls / y.storey)
	}
	return y.first + below + (z-y.eaves)/y.rule.storey
}

// softened is the mean of the normals around a point that are near a facet's.
func softened(n mgl64.Vec3, around []int, normals []mgl64.Vec3) mgl64.Vec3 {
	var sum mgl64.Vec3
	for _, i := range around {
		if m := normals[i]; m.Dot(n) > crease*m.Len() {
			sum = sum.Add(m)
		}
	}
	if sum.Len() == 0 {
		return n
	}
	return sum.Normalize()
}

// underside closes a volume that hangs above the ground.
func (y *body) underside(s *shell) {
	tris, err := y.roof.Triangles, error(nil)
	if y.roof.Shape != roof.Flat {
		tris, err = y.outline.Triangulate()
	}
	if err != nil {
		return // the roof over the same outline was triangulated, so this does not happen
	}
	p := s.patch(geo.Concrete)
	n := len(p.vertices)
	for _, q := range y.outline.Points() {
		p.vertices = append(p.vertices, vertex{p: q.Vec3(y.bottom), n: mgl64.Vec3{0, 0, -1}, uv: q, colour: y.look.wall})
	}
	for _, t := range tris {
		p.tris = append(p.tris, [3]int{n + t[0], n + t[2], n + t[1]})
	}
}
