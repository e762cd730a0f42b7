package model

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// palm is a leaning trunk with eleven arched fronds.
func palm() []geo.Mesh {
	leaves, bark := newPiece(geo.Foliage), newPiece(geo.Bark)
	lean := func(t float64) vec { return vec{0.07 * t * t, 0, 0.84 * t} }
	const segments = 4
	for i := range segments {
		a, b := float64(i)/segments, float64(i+1)/segments
		bark.tube(lean(a), lean(b), 0.024-0.008*a, 0.024-0.008*b, 6, barkBrown, 0.95, 0.95)
	}
	for k := range 11 {
		turn := 2*math.Pi*float64(k)/11 + 0.3*hash(3, k)
		palmFrond(leaves, lean(1), turn, 0.30+0.08*hash(4, k), 0.15+0.5*hash(5, k), 4)
	}
	return fit(leaves, bark)
}

// palmFrond is an arched leaf whose two halves hang from its rib.
func palmFrond(p *piece, foot vec, turn, reach, rise float64, steps int) {
	s, c := math.Sincos(turn)
	dir, across := vec{c, s, 0}, vec{-s, c, 0}
	var rib, left, right []uint32
	for i := range steps + 1 {
		t := float64(i) / float64(steps)
		// A parabola: up at first by rise, then down under its weight.
		at := foot.Add(dir.Mul(reach * t)).Add(vec{0, 0, reach * (rise*t*1.6 - 1.1*t*t)})
		w := 0.055 * math.Sqrt(math.Max(0, 4*t*(1-t))) * (1.1 - 0.4*t)
		if i == 0 {
			w = 0.01
		}
		hang := vec{0, 0, -0.6 * w}
		n := vec{0, 0, 1}.Add(dir.Mul(0.6 * t))
		f := 0.6 + 0.5*t
		rib = append(rib, p.vertex(at, n, palmGreen.shade(f)))
		left = append(left, p.vertex(at.Add(across.Mul(w)).Add(hang), n.Add(across.Mul(0.5)), palmGreen.shade(f*0.92)))
		right = append(right, p.vertex(at.Sub(across.Mul(w)).Add(hang), n.Sub(across.Mul(0.5)), palmGreen.shade(f*0.92)))
	}
	for i := range steps {
		p.tri(rib[i], rib[i+1], left[i])
		p.tri(right[i], right[i+1], rib[i])
		if i < steps-1 { // the tip is a point
			p.tri(rib[i+1], left[i+1], left[i])
			p.tri(right[i+1], rib[i+1], rib[i])
		} else {
			p.tri(right[i], rib[i+1], rib[i])
		}
	}
}

// farPalm is a trunk and five single fronds.
func farPalm() []geo.Mesh {
	leaves, bark := newPiece(geo.Foliage), newPiece(geo.Bark)
	bark.tube(vec{}, vec{0.06, 0, 0.9}, 0.022, 0.018, 3, barkBrown, 0.95, 0.95)
	for k := range 7 {
		s, c := math.Sincos(2 * math.Pi * float64(k) / 7)
		root := vec{0.06, 0, 0.88}
		mid := root.Add(vec{c * 0.2, s * 0.2, 0.12})
		tip := root.Add(vec{c * 0.36, s * 0.36, -0.08})
		side := vec{-s * 0.06, c * 0.06, -0.02}
		n := vec{c * 0.3, s * 0.3, 1}
		a, b := leaves.vertex(root, n, palmGreen.shade(0.7)), leaves.vertex(tip, n, palmGreen.shade(1))
		l, r := leaves.vertex(mid.Add(side), n, palmGreen.shade(0.95)), leaves.vertex(mid.Sub(side), n, palmGreen.shade(0.95))
		leaves.tri(a, r, l)
		leaves.tri(l, r, b)
	}
	return fit(leaves, bark)
}
