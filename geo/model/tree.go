package model

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// blob adds a lumpy ellipsoid of leaves. Normals lean away from the crown's middle, so
// that many blobs are lit as one soft crown; colours darken downwards and inwards, as a
// crown shades itself.
func (p *piece) blob(centre, radius, crown vec, crownRadius float64, level, seed int, lump float64, c color) {
	points, faces := icosphere(level)
	ids := make([]uint32, len(points))
	for i, q := range points {
		r := 1 + lump*(2*hash(seed, i)-1)
		pos := vec{centre[0] + q[0]*radius[0]*r, centre[1] + q[1]*radius[1]*r, centre[2] + q[2]*radius[2]*r}
		out := pos.Sub(crown)
		n := out.Normalize().Mul(0.7).Add(q.Mul(0.3))
		depth := math.Min(out.Len()/crownRadius, 1)
		f := (0.5 + 0.5*depth) * (0.74 + 0.26*math.Max(-1, math.Min(1, out[2]/crownRadius)))
		f *= 1.12 + 0.16*(hash(seed+7, i)-0.5)
		ids[i] = p.vertex(pos, n, c.shade(f))
	}
	for _, f := range faces {
		p.tri(ids[f[0]], ids[f[1]], ids[f[2]])
	}
}

// sprays adds single leafy twigs that stick out of a crown, so that its outline is ragged
// and its skin is no plate: triangles, seen from both sides, spread over an ellipsoid
// by the golden angle.
func (p *piece) sprays(centre, radius, crown vec, n, seed int, size float64, c color) {
	for k := range n {
		z := 1 - 2*(float64(k)+0.5)/float64(n)
		s, cs := math.Sincos(2.39996 * float64(k))
		r := math.Sqrt(1 - z*z)
		q := vec{r * cs, r * s, z}
		at := centre.Add(vec{q[0] * radius[0], q[1] * radius[1], q[2] * radius[2]}.Mul(0.93 + 0.1*hash(seed, k)))
		out := at.Sub(crown).Normalize()
		// A tangent turned by chance, and the way out.
		t := out.Cross(vec{0.3, 0.2, 1}).Normalize()
		sn, cn := math.Sincos(6.28 * hash(seed+1, k))
		side := t.Mul(cn).Add(out.Cross(t).Mul(sn))
		tip := out.Mul(0.55).Add(side.Cross(out).Mul(0.85))
		l := size * (0.7 + 0.6*hash(seed+2, k))
		f := (0.82 + 0.34*hash(seed+3, k)) * (0.86 + 0.2*q[2])
		n := out.Add(vec{0, 0, 0.25})
		b := p.vertex(at.Add(side.Mul(0.55*l)).Sub(tip.Mul(0.35*l)), n.Add(side.Mul(0.5)), c.shade(0.86*f))
		d := p.vertex(at.Add(tip.Mul(l)), n.Add(tip.Mul(0.4)), c.shade(1.1*f))
		e := p.vertex(at.Sub(side.Mul(0.55*l)).Sub(tip.Mul(0.35*l)), n.Sub(side.Mul(0.5)), c.shade(0.86*f))
		if side.Cross(tip).Dot(n) < 0 { // its face looks the other way
			b, e = e, b
		}
		p.tri(b, d, e)
	}
}

// fit scales pieces so that together they are exactly one metre high from the ground.
func fit(pieces ...*piece) []geo.Mesh {
	var top float32
	for _, p := range pieces {
		for _, q := range p.Positions {
			top = max(top, q[2])
		}
	}
	out := make([]geo.Mesh, len(pieces))
	for i, p := range pieces {
		for k := range p.Positions {
			for a := range 3 {
				p.Positions[k][a] /= top
			}
			p.Positions[k][2] = min(max(p.Positions[k][2], 0), 1)
		}
		out[i] = p.Mesh
	}
	return out
}

// broad is a broadleaf tree: a main crown with three boughs, on a trunk that goes up
// into it. spread is the crown's half-width, clear the height of its lowest leaves.
func broad(seed int, spread, clear float64) []geo.Mesh {
	leaves, bark := newPiece(geo.Foliage), newPiece(geo.Bark)
	c := [...]color{leafGreen, leafOlive, leafDark}[(seed-1)%3]
	crown := vec{0, 0, (1 + clear) / 2}
	high := (1 - clear) / 2
	leaves.blob(crown, vec{spread * 0.86, spread * 0.86, high}, crown, spread, 1, seed, 0.14, c)
	for k := range 3 {
		a := 2*math.Pi*(float64(k)+0.7*hash(seed+20, k))/3 + float64(seed)
		s, cs := math.Sincos(a)
		r := spread * (0.48 + 0.12*hash(seed+30, k))
		at := crown.Add(vec{cs * spread * 0.55, s * spread * 0.55, high * (0.5*hash(seed+40, k) - 0.35)})
		leaves.blob(at, vec{r, r, r * 0.9}, crown, spread*1.1, 0, seed+50+k, 0.12, c)
		leaves.sprays(at, vec{r, r, r * 0.9}, crown, 30, seed+90+k, 0.07, c)
	}
	leaves.sprays(crown, vec{spread * 0.86, spread * 0.86, high}, crown, 96, seed+80, 0.085, c)
	bark.tube(vec{0, 0, 0}, vec{0.01, 0, clear + 0.15}, 0.035, 0.022, 6, barkBrown, 0.8, 0.6)
	return fit(leaves, bark)
}

// conifer is a spruce: five skirts of branches, each a jagged cone.
func conifer() []geo.Mesh {
	leaves, bark := newPiece(geo.Foliage), newPiece(geo.Bark)
	const tiers, sides = 5, 9
	for t := range tiers {
		f := float64(t) / tiers
		base, tip, r := 0.1+0.8*f, 0.1+0.8*f+0.30-0.06*f, 0.24*(1-0.86*f)
		if t == tiers-1 {
			tip = 1
		}
		top := leaves.vertex(vec{0, 0, tip}, vec{0, 0, 1}, needleGreen.shade(1.1))
		under := leaves.vertex(vec{0, 0, base + 0.07}, vec{0, 0, -1}, needleGreen.shade(0.4))
		var rim, low [sides]uint32
		for i := range sides {
			s, c := math.Sincos(2*math.Pi*(float64(i)+0.5*float64(t%2))/sides + 0.3*hash(t, i))
			k := r * (0.85 + 0.3*hash(t+11, i))
			p := vec{c * k, s * k, base - 0.03*hash(t+17, i)}
			rim[i] = leaves.vertex(p, vec{c, s, 0.45}, needleGreen.shade(0.85+0.3*f))
			low[i] = leaves.vertex(p, vec{0.2 * c, 0.2 * s, -1}, needleGreen.shade(0.55))
		}
		for i := range sides {
			j := (i + 1) % sides
			leaves.tri(rim[i], rim[j], top)
			leaves.tri(low[j], low[i], under)
		}
	}
	bark.tube(vec{}, vec{0, 0, 0.25}, 0.024, 0.018, 6, barkBrown, 0.75, 0.5)
	return fit(leaves, bark)
}

// column is a cypress or poplar.
func column() []geo.Mesh {
	leaves, bark := newPiece(geo.Foliage), newPiece(geo.Bark)
	crown := vec{0, 0, 0.53}
	leaves.blob(crown, vec{0.12, 0.12, 0.47}, vec{0, 0, 0.4}, 0.34, 1, 5, 0.1, needleGreen)
	leaves.blob(vec{0.02, 0.01, 0.33}, vec{0.125, 0.125, 0.24}, vec{0, 0, 0.33}, 0.2, 0, 6, 0.1, needleGreen)
	bark.tube(vec{}, vec{0, 0, 0.16}, 0.02, 0.018, 6, barkBrown, 0.8, 0.6)
	return fit(leaves, bark)
}

// bush has no trunk.
func bush() []geo.Mesh {
	leaves := newPiece(geo.Foliage)
	crown := vec{0, 0, 0.3}
	leaves.blob(vec{0, 0, 0.45}, vec{0.5, 0.5, 0.5}, crown, 0.6, 1, 8, 0.16, leafOlive)
	leaves.blob(vec{0.3, 0.1, 0.3}, vec{0.34, 0.32, 0.34}, crown, 0.6, 0, 9, 0.12, leafOlive)
	leaves.blob(vec{-0.22, -0.25, 0.3}, vec{0.32, 0.34, 0.34}, crown, 0.6, 0, 10, 0.12, leafOlive)
	leaves.sprays(vec{0.03, 0, 0.46}, vec{0.52, 0.52, 0.5}, crown, 64, 12, 0.13, leafOlive)
	return fit(leaves)
}

// farTree is a six-sided double cone on a three-sided trunk, for slim trees: 18 triangles.
func farTree(spread, clear, widest float64, c color) []geo.Mesh {
	leaves, bark := newPiece(geo.Foliage), newPiece(geo.Bark)
	const sides = 6
	top := leaves.vertex(vec{0, 0, 1}, vec{0, 0, 1}, c.shade(1.1))
	low := leaves.vertex(vec{0, 0, clear}, vec{0, 0, -1}, c.shade(0.5))
	var rim [sides]uint32
	for i := range sides {
		s, k := math.Sincos(2 * math.Pi * float64(i) / sides)
		rim[i] = leaves.vertex(vec{k * spread, s * spread, widest}, vec{k, s, 0.15}, c.shade(0.9))
	}
	for i := range sides {
		j := (i + 1) % sides
		leaves.tri(rim[i], rim[j], top)
		leaves.tri(rim[j], rim[i], low)
	}
	bark.tube(vec{}, vec{0, 0, clear + 0.1}, 0.03, 0.025, 3, barkBrown, 0.8, 0.6)
	return fit(leaves, bark)
}

// farCrown is a rounder crown for the coarse twins: two five-sided rings between two
// points, on a trunk of three triangles; 20 or 23 triangles.
func farCrown(spread, clear float64, c color) []geo.Mesh {
	leaves, bark := newPiece(geo.Foliage), newPiece(geo.Bark)
	const sides = 5
	high := 1 - clear
	top := leaves.vertex(vec{0, 0, 1}, vec{0, 0, 1}, c.shade(1.08))
	low := leaves.vertex(vec{0, 0, clear}, vec{0, 0, -1}, c.shade(0.5))
	var rings [2][sides]uint32
	for k, z := range [2]float64{clear + 0.28*high, clear + 0.72*high} {
		for i := range sides {
			sn, cs := math.Sincos(2 * math.Pi * (float64(i) + 0.5*float64(k)) / sides)
			r := spread * (1.05 - 0.13*float64(k))
			rings[k][i] = leaves.vertex(vec{cs * r, sn * r, z}, vec{cs, sn, 1.1*float64(k) - 0.35}, c.shade(0.78+0.2*float64(k)))
		}
	}
	for i := range sides {
		j := (i + 1) % sides
		leaves.tri(rings[0][j], rings[0][i], low)
		leaves.tri(rings[0][i], rings[0][j], rings[1][i])
		leaves.tri(rings[0][j], rings[1][j], rings[1][i])
		leaves.tri(rings[1][i], rings[1][j], top)
	}
	if clear <= 0 {
		return fit(leaves)
	}
	bark.tube(vec{}, vec{0, 0, clear + 0.3}, 0.04, 0, 3, barkBrown, 0.8, 0.5)
	return fit(leaves, bark)
}
