package building

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/facade"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/building/roof"
)

// maxCorners is the number of corners of an outline up to which cornices and eaves follow it.
const maxCorners = 28

// furnish adds what stands out of walls and roof and is larger than detail. What comes
// back is the size in metres of the largest thing left out. The volume stays as it is: these
// are faces of their own on it.
func (y *body) furnish(s *shell, detail float64) (off float64) {
	left := func(size float64) bool { // a thing of a size is left out
		if size > detail {
			return false
		}
		off = math.Max(off, size)
		return true
	}
	if y.crowned() && !left(plantHigh) {
		for _, p := range y.standing() {
			y.place(s, p)
		}
	}
	y.gear(s, left)
	st := &y.look.style
	if y.topped() {
		if d := st.Cornice; d > 0 && !left(mitre*d) {
			y.cornice(s, d)
		}
		if !left(mitre * overhang) {
			y.overhang(s)
		}
	}
	out := s.scratch[:0]
	if !left(facade.BalconyDeep) {
		out = facade.Balconies(out, st, y.faces, y.look.wall)
	}
	if !left(facade.SignReach) {
		out = facade.Signs(out, st, y.faces, y.seed, y.climb())
	}
	// Lights are seen from farther than their house.
	if !y.Part && y.Bottom == 0 && y.roof.Shape != roof.Turned {
		out = facade.Lamps(out, y.outline[0], 0, y.eaves, y.seed)
	}
	for i := range out {
		s.face(&out[i])
	}
	s.scratch, s.faces = out, y.faces
	return off
}

// climb is how far the ground around a building comes up above its base.
func (y *body) climb() float64 {
	if y.ground == nil {
		return 0
	}
	return y.ground.highest - y.ground.lowest
}

// topped tells whether cornices and eaves belong here: on whole buildings with walls of
// some height.
func (y *body) topped() bool {
	return !y.Part && y.Bottom == 0 && len(y.faces) > 0 && y.outline.Len() <= maxCorners
}

// ridge is the height of the roof's highest point above the eaves.
func (y *body) ridge() (high float64) {
	for _, p := range y.roof.Points {
		high = math.Max(high, p[2])
	}
	return high
}

// cornice runs a moulding round the top of the walls: a slope under a narrow ledge.
func (y *body) cornice(s *shell, deep float64) {
	out, ok := y.outline.Inset(-deep)
	if !ok {
		return
	}
	top := y.eaves - 0.03 // flush with the parapet: a ledge below it would be narrower than a shadow's texel
	if y.ridge() > 0 {
		top = y.eaves - 0.2
	}
	high := 0.5 * deep
	c := y.look.wall
	for k := range 3 {
		c[k] = uint8(math.Min(255, 1.05*float64(c[k])))
	}
	p := s.patch(geo.Wall)
	for k, r := range y.outline {
		for i := range r {
			j := (i + 1) % len(r)
			s.strip(geo.Wall, c, r[i], r[j], out[k][i], out[k][j], top-high-deep, top)
		}
		base, n := len(p.vertices), len(r)
		for i := range r {
			p.vertices = append(p.vertices,
				vertex{p: out[k][i].Vec3(top), n: mgl64.Vec3{0, 0, 1}, uv: out[k][i], colour: c},
				vertex{p: r[i].Vec3(top + 0.03), n: mgl64.Vec3{0, 0, 1}, uv: r[i], colour: c})
			a, b := base+2*i, base+2*((i+1)%n)
			p.tris = append(p.tris, [3]int{a, b, b + 1}, [3]int{a, b + 1, a + 1})
		}
	}
}

// Eaves, in metres.
const (
	overhang = 0.4
	verge    = 0.2 // over gables
	board    = 0.16
	mitre    = 1.5 // how much farther a corner stands out than its edges
)

// overhang goes on with the planes of a pitched roof beyond its walls, over the eaves and,
// less far, over the gables.
func (y *body) overhang(s *shell) {
	r := y.roof
	if r.Smooth || y.ridge() < 0.8 || y.outline.Len() > maxCorners {
		return
	}
	// The facet inside each edge of the rim.
	type edge struct{ a, b int }
	inside := map[edge]int{}
	for i, t := range r.Triangles {
		for k := range 3 {
			inside[edge{t[k], t[(k+1)%3]}] = i
		}
	}
	under := y.look.wall
	for k := range 3 {
		under[k] = uint8(0.8 * float64(under[k]))
	}
	at := 0
	for _, ring := range y.outline {
		n := len(ring)
		outs := make([]mgl64.Vec2, n) // outward normals of the edges
		deep := make([]float64, n)
		for i := range ring {
			outs[i] = outline.Left(outline.Unit(ring[(i+1)%n].Sub(ring[i]))).Mul(-1)
			deep[i] = overhang
			if len(r.Rim[at+i]) > 2 { // something stands up above this edge
				deep[i] = verge
			}
		}
		for i := range ring {
			prev, next := (i+n-1)%n, (i+1)%n
			rim := r.Rim[at+i]
			for k := 1; k < len(rim); k++ {
				t, ok := inside[edge{rim[k-1], rim[k]}]
				if !ok {
					continue
				}
				p0, p1 := r.Points[rim[k-1]], r.Points[rim[k]]
				tri := r.Triangles[t]
				normal := r.Points[tri[1]].Sub(r.Points[tri[0]]).Cross(r.Points[tri[2]].Sub(r.Points[tri[0]]))
				if normal[2] < 1e-3*normal.Len() {
					continue
				}
				o0, o1 := outs[i].Mul(deep[i]), outs[i].Mul(deep[i])
				if k == 1 {
					o0 = corner(outs[prev], deep[prev], outs[i], deep[i])
				}
				if k == len(rim)-1 {
					o1 = corner(outs[i], deep[i], outs[next], deep[next])
				}
				lift := func(p mgl64.Vec3, o mgl64.Vec2, by float64) mgl64.Vec3 {
					z := p[2] + y.eaves - o.Dot(normal.Vec2())/normal[2]
					return p.Vec2().Add(o).Vec3(z + by)
				}
				zero := mgl64.Vec2{}
				a, b := lift(p0, zero, 0.01), lift(p1, zero, 0.01)
				c, d := lift(p1, o1, 0.01), lift(p0, o0, 0.01)
				cl, dl := lift(p1, o1, -board), lift(p0, o0, -board)
				al, bl := lift(p0, zero, -board), lift(p1, zero, -board)
				along := p1.Sub(p0).Len()
				uv := [4]mgl64.Vec2{{0, deep[i]}, {along, deep[i]}, {along, 0}, {0, 0}}
				s.face(&facade.Face{Material: geo.Roof, Colour: y.look.roof, UV: uv, P: [4]mgl64.Vec3{d, c, b, a}})
				s.face(&facade.Face{Material: geo.Wall, Colour: under, UV: uv, P: [4]mgl64.Vec3{al, bl, cl, dl}})
				s.face(&facade.Face{Material: geo.Wall, Colour: under, UV: uv, P: [4]mgl64.Vec3{dl, cl, c, d}})
			}
		}
		at += n
	}
}

// corner is where two edges meet that have been moved outwards, from the corner of the
// edges themselves; it does not run away where they are nearly parallel or sharp.
func corner(m mgl64.Vec2, a float64, n mgl64.Vec2, b float64) mgl64.Vec2 {
	det := outline.Cross(m, n)
	if math.Abs(det) < 0.2 {
		return m.Add(n).Mul(0.25 * (a + b))
	}
	p := mgl64.Vec2{(a*n[1] - b*m[1]) / det, (b*m[0] - a*n[0]) / det}
	if l := p.Len(); l > 3*math.Max(a, b) {
		p = p.Mul(3 * math.Max(a, b) / l)
	}
	return p
}
