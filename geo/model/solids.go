package model

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// Paints of things that people make.
var (
	paintWhite  = color{226, 226, 222}
	paintRed    = color{178, 44, 36}
	paintYellow = color{222, 172, 44}
	paintGreen  = color{54, 84, 62}
	paintBlue   = color{58, 88, 132}
	paintBlack  = color{44, 46, 48}
	steelGrey   = color{138, 144, 146}
	zincGrey    = color{164, 168, 168}
	bronze      = color{86, 104, 88}
	canvasCream = color{222, 208, 178}
	lightWarm   = color{255, 214, 150}
	lightRed    = color{255, 60, 40}
	lightGreen  = color{80, 255, 150}
	lightAmber  = color{255, 180, 50}
)

// bar is a square prism between two points, of a thickness; its ends are open.
func (p *piece) bar(a, b vec, thick float64, c color) {
	p.tube(a, b, thick*0.71, thick*0.71, 4, c, 0.95, 1)
}

// strut is a three-sided bar: for lattices.
func (p *piece) strut(a, b vec, thick float64, c color) {
	p.tube(a, b, thick*0.6, thick*0.6, 3, c, 0.95, 1)
}

// post is an upright frustum with a lid.
func (p *piece) post(x, y, z0, z1, r0, r1 float64, sides int, c color) {
	p.tube(vec{x, y, z0}, vec{x, y, z1}, r0, r1, sides, c, 0.88, 1)
	p.disc(vec{x, y, z1}, r1, sides, c)
}

// disc is a lid that looks up.
func (p *piece) disc(at vec, r float64, sides int, c color) {
	if r <= 0 {
		return
	}
	ids := make([]uint32, sides)
	for i := range sides {
		s, k := math.Sincos(2 * math.Pi * float64(i) / float64(sides))
		ids[i] = p.vertex(at.Add(vec{k * r, s * r, 0}), vec{0, 0, 1}, c.shade(1.04))
	}
	for i := 2; i < sides; i++ {
		p.tri(ids[0], ids[i-1], ids[i])
	}
}

// cone is a roof, open below.
func (p *piece) cone(at vec, r, high float64, sides int, c color) {
	p.tube(at, at.Add(vec{0, 0, high}), r, 0, sides, c, 0.86, 1.05)
}

// egg is an ellipsoid.
func (p *piece) egg(at, radius vec, level int, c color) {
	points, faces := icosphere(level)
	ids := make([]uint32, len(points))
	for i, q := range points {
		n := vec{q[0] / radius[0], q[1] / radius[1], q[2] / radius[2]}
		ids[i] = p.vertex(at.Add(vec{q[0] * radius[0], q[1] * radius[1], q[2] * radius[2]}), n, c.shade(0.9+0.12*q[2]))
	}
	for _, f := range faces {
		p.tri(ids[f[0]], ids[f[1]], ids[f[2]])
	}
}

// sheet is a flat quadrangle seen from both sides; its corners go round.
func (p *piece) sheet(a, b, c, d vec, col color) {
	n := b.Sub(a).Cross(d.Sub(a))
	for _, side := range [2]float64{1, -1} {
		m := n.Mul(side)
		i := [4]uint32{p.vertex(a, m, col.shade(1)), p.vertex(b, m, col.shade(1)), p.vertex(c, m, col.shade(1)), p.vertex(d, m, col.shade(1))}
		if side > 0 {
			p.tri(i[0], i[1], i[2])
			p.tri(i[0], i[2], i[3])
		} else {
			p.tri(i[0], i[2], i[1])
			p.tri(i[0], i[3], i[2])
		}
	}
}

// wedge is a triangle seen from both sides.
func (p *piece) wedge(a, b, c vec, col color) {
	n := b.Sub(a).Cross(c.Sub(a))
	p.tri(p.vertex(a, n, col.shade(1)), p.vertex(b, n, col.shade(1)), p.vertex(c, n, col.shade(1)))
	n = n.Mul(-1)
	p.tri(p.vertex(a, n, col.shade(1)), p.vertex(c, n, col.shade(1)), p.vertex(b, n, col.shade(1)))
}

// lattice is a square mast of bars between heights: half widths w at the heights z, with
// a diagonal a side and storey.
func (p *piece) lattice(z, w []float64, thick float64, cross bool, c color) {
	corner := func(k, i int) vec {
		return vec{w[k] * [4]float64{1, -1, -1, 1}[i&3], w[k] * [4]float64{1, 1, -1, -1}[i&3], z[k]}
	}
	for k := 1; k < len(z); k++ {
		for i := range 4 {
			p.strut(corner(k-1, i), corner(k, i), thick, c)
			p.strut(corner(k-1, i), corner(k, i+1), thick*0.6, c)
			if cross {
				p.strut(corner(k-1, i+1), corner(k, i), thick*0.6, c)
			}
		}
	}
}

// parts fits one piece a material, in this order, leaving out empty ones.
func parts(pieces ...*piece) []geo.Mesh {
	var used []*piece
	for _, p := range pieces {
		if len(p.Indices) > 0 {
			used = append(used, p)
		}
	}
	return fit(used...)
}
