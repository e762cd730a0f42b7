package aggregate

import (
	"math"
	"math/cmplx"
	"sync"

	"github.com/go-gl/mathgl/mgl64"
)

type vec3 = mgl64.Vec3

// h3Tables are the icosahedron of H3, made from the figures that define it.
type h3Tables struct {
	faces [20]h3Face
	bases []h3BaseCell
	homes [20][5][5]h3Home // by face and place of level 0, which is -2…2
}

// h3Face is a face with the plane that touches the sphere in its middle: complex numbers
// whose real axis points to the face's first corner.
type h3Face struct {
	center, x, y vec3
	next         [3]h3Fold // over each side
}

// h3Fold takes a plane to that of the face beyond a side.
type h3Fold struct {
	face       int
	turn, move complex128
}

// h3BaseCell is a cell of level 0.
type h3BaseCell struct {
	face int
	at   lattice
}

// pentagon tells whether a base cell lies at a corner.
func (b h3BaseCell) pentagon() bool { return b.at == lattice{2, 0} }

// h3Home says which base cell a place of a face belongs to, and by how many turns of 60° the
// digits there differ from those of the base cell's own face, by the first that is not 0.
type h3Home struct {
	base  int
	turns [7]uint8
}

const (
	h3Unit = 0.38196601125010500003 // of level 0 in a plane: a quarter of the way from side to corner
	h3Near = 1e-9
)

var (
	h3Root = math.Sqrt(7)
	h3Skew = cmplx.Rect(1, math.Asin(math.Sqrt(3.0/28))) // of odd levels
	sixth  = cmplx.Rect(1, math.Pi/3)
)

// side is the one beyond which a point lies, seen from the middle; beyond tells whether.
// Sides 0, 1, 2 have their middles at 60°, 180° and 300°.
func side(p complex128) (s int, beyond bool) {
	angle := cmplx.Phase(p)
	if angle < -1e-12 {
		angle += 2 * math.Pi
	}
	s = min(max(int(angle/(2*math.Pi/3)), 0), 2)
	middle := cmplx.Rect(1, math.Pi/3*float64(2*s+1))
	return s, real(p)*real(middle)+imag(p)*imag(middle) > h3Unit*(1+h3Near)
}

func (f *h3Face) point(p complex128) vec3 {
	return f.center.Add(f.x.Mul(real(p))).Add(f.y.Mul(imag(p))).Normalize()
}

func (f *h3Face) plane(v vec3) complex128 {
	d := f.center.Dot(v)
	return complex(f.x.Dot(v)/d, f.y.Dot(v)/d)
}

// fold moves a point beyond a side to the face that it lies on.
func (t *h3Tables) fold(face int, p complex128) (int, complex128) {
	for range 4 { // round a corner at the most
		s, beyond := side(p)
		if !beyond {
			break
		}
		n := &t.faces[face].next[s]
		face, p = n.face, p*n.turn+n.move
	}
	return face, p
}

func outside(p complex128) bool {
	_, beyond := side(p)
	return beyond
}

// h3Scale is that of a level: the distance of neighbours in the plane, and their turn.
func h3Scale(level int) complex128 {
	z := complex(h3Unit/math.Pow(h3Root, float64(level)), 0)
	if level%2 == 1 {
		z *= h3Skew
	}
	return z
}

func (a lattice) plane(level int) complex128 {
	return complex(float64(a[0])-float64(a[1])/2, float64(a[1])*rowStep) * h3Scale(level)
}

// h3Nearest is the place of a level that is nearest to a point.
func h3Nearest(p complex128, level int) lattice {
	p /= h3Scale(level)
	c := cellAt(real(p), imag(p), Pointy)
	return lattice{int(c[0] + c[1]), int(c[1])}
}

// center is the middle of a cell on the face that it lies on.
func (t *h3Tables) center(key uint64, level int) (face int, p complex128) {
	b := t.bases[key>>h3Base&127]
	lead := uint64(0)
	for r := 1; r <= level && lead == 0; r++ {
		lead = h3Digit(key, r)
	}
	at := b.at
	for r := 1; r <= level; r++ {
		d := h3Digit(key, r)
		if b.pentagon() && lead == 5 { // takes the place of 1, which pentagons lack
			for range 5 {
				d = h3Turned[d]
			}
		}
		at = at.down(r)
		at = lattice{at[0] + h3Step[d][0], at[1] + h3Step[d][1]}
	}
	p = at.plane(level)
	if s, beyond := side(p); beyond && b.pentagon() && lead == 4 && s == 2 { // over the gap
		const corner = complex(2*h3Unit, 0)
		p = corner + (p-corner)/sixth
	}
	return t.fold(b.face, p)
}

// outline are the corners of a cell, and the bends of its sides.
func (t *h3Tables) outline(key uint64, level int) (out []vec3) {
	face, p := t.center(key, level)
	b := t.bases[key>>h3Base&127]
	arm := h3Scale(level) * cmplx.Rect(corner, math.Pi/6)
	add := func(p complex128) {
		f, q := t.fold(face, p)
		out = append(out, t.faces[f].point(q))
	}
	if b.pentagon() && key<<19>>19>>h3Shift(level) == 0 {
		// All sides of odd levels are bent on the edges that meet in the corner.
		bend := complex(0, cmplx.Abs(arm)*rowStep/math.Cos(math.Pi/6-cmplx.Phase(h3Skew)))
		for range 5 {
			add(p + arm)
			if level%2 == 1 {
				add(p + bend)
			}
			arm *= sixth
			bend *= sixth
		}
		return out
	}
	for range 6 {
		from, to := p+arm, p+arm*sixth
		add(from)
		for s := range 3 {
			middle := cmplx.Rect(1, math.Pi/3*float64(2*s+1))
			past := func(p complex128) float64 { return real(p)*real(middle) + imag(p)*imag(middle) - h3Unit }
			if a, b := past(from), past(to); a*b < 0 && math.Min(math.Abs(a), math.Abs(b)) > 1e-6*cmplx.Abs(arm) {
				if bend := from + (to-from)*complex(a/(a-b), 0); !outside(bend) {
					out = append(out, t.faces[face].point(bend))
				}
			}
		}
		arm *= sixth
	}
	return out
}

func (t *h3Tables) home(face int, at lattice) *h3Home {
	return &t.homes[face][min(max(at[0]+2, 0), 4)][min(max(at[1]+2, 0), 4)]
}

var h3 = sync.OnceValue(func() *h3Tables {
	t := &h3Tables{}
	for f := range t.faces {
		c := vec3(h3Centers[f])
		north := vec3{0, 0, 1}.Sub(c.Mul(c[2])).Normalize()
		east := vec3{-c[1], c[0], 0}.Normalize()
		toward := func(azimuth float64) vec3 {
			return north.Mul(math.Cos(azimuth)).Add(east.Mul(math.Sin(azimuth)))
		}
		t.faces[f].center, t.faces[f].x, t.faces[f].y = c, toward(h3Azimuths[f]), toward(h3Azimuths[f]-math.Pi/2)
	}
	for f := range t.faces {
		for s := range 3 {
			t.faces[f].next[s] = t.neighbour(f, s)
		}
	}
	for i := 0; i < len(h3BaseCells); i += 4 {
		c := h3BaseCells[i : i+4]
		n, k := func(i int) int { return int(c[i] - '0') }, int(c[3]-'0')
		t.bases = append(t.bases, h3BaseCell{face: int(c[0] - 'a'), at: lattice{n(1) - k, n(2) - k}})
	}
	for f := range t.homes {
		for i := range 5 {
			for j := range 5 {
				t.homes[f][i][j] = t.homeOf(f, lattice{i - 2, j - 2})
			}
		}
	}
	return t
})

// neighbour is the fold over a side: the two corners of the side are where they were.
func (t *h3Tables) neighbour(face, s int) h3Fold {
	a, b := cmplx.Rect(2*h3Unit, 2*math.Pi/3*float64(s)), cmplx.Rect(2*h3Unit, 2*math.Pi/3*float64(s+1))
	over := t.faces[face].point((a + b) * 0.6)
	best, near := -1, -1.0
	for g := range t.faces {
		if d := over.Dot(t.faces[g].center); g != face && d > near {
			best, near = g, d
		}
	}
	p, q := t.faces[best].plane(t.faces[face].point(a)), t.faces[best].plane(t.faces[face].point(b))
	turn := (q - p) / (b - a)
	return h3Fold{face: best, turn: turn, move: p - a*turn}
}

// homeOf finds the base cell at a place of a face, and the turns by which its children are
// where they are seen from there.
func (t *h3Tables) homeOf(face int, at lattice) (h h3Home) {
	point := func(p complex128) vec3 {
		f, q := t.fold(face, p)
		return t.faces[f].point(q)
	}
	best := -1.0
	for i, b := range t.bases {
		if d := t.faces[b.face].point(b.at.plane(0)).Dot(point(at.plane(0))); d > best {
			h.base, best = i, d
		}
	}
	for d := uint64(1); d < 7; d++ {
		down := at.down(1)
		child := point(lattice{down[0] + h3Step[d][0], down[1] + h3Step[d][1]}.plane(1))
		best, turned := -1.0, d
		for k := range uint8(6) {
			if !t.bases[h.base].pentagon() || turned != 1 {
				f, q := t.center(h3Mode|1<<h3Level|uint64(h.base)<<h3Base|turned<<h3Shift(1), 1)
				if near := t.faces[f].point(q).Dot(child); near > best {
					h.turns[d], best = k, near
				}
			}
			turned = h3Turned[turned]
		}
	}
	return h
}
