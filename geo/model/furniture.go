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

// lamp is a street light: a tapered pole, an arm towards +x and a flat head that shines
// down.
func lamp() []geo.Mesh {
	pole, glass := newPiece(geo.Metal), newPiece(geo.Glass)
	pole.tube(vec{}, vec{0, 0, 0.08}, 0.018, 0.014, 8, poleGrey, 0.7, 0.85)
	pole.tube(vec{0, 0, 0.08}, vec{0, 0, 0.93}, 0.011, 0.007, 8, poleGrey, 0.9, 1)
	elbow, end := vec{0.05, 0, 0.985}, vec{0.17, 0, 0.995}
	pole.tube(vec{0, 0, 0.93}, elbow, 0.007, 0.006, 6, poleGrey, 1, 1)
	pole.tube(elbow, end, 0.006, 0.005, 6, poleGrey, 1, 1)
	pole.box(vec{0.14, -0.02, 0.984}, vec{0.25, 0.02, 1}, poleGrey)
	glass.box(vec{0.15, -0.016, 0.978}, vec{0.24, 0.016, 0.984}, lampGlass)
	return fit(pole, glass)
}

// farLamp is a three-sided pole with its head.
func farLamp() []geo.Mesh {
	pole := newPiece(geo.Metal)
	pole.tube(vec{}, vec{0, 0, 1}, 0.012, 0.007, 3, poleGrey, 0.9, 1)
	pole.box(vec{0, -0.02, 0.98}, vec{0.25, 0.02, 1}, poleGrey)
	return fit(pole)
}

// bench is a park bench along y that looks to +x: planks on two stone feet. Its real
// height is 0.8 m.
func bench() []geo.Mesh {
	wood, stone := newPiece(geo.Bark), newPiece(geo.Concrete)
	for _, y := range [2]float64{-0.75, 0.75} {
		stone.box(vec{-0.25, y - 0.06, 0}, vec{0.28, y + 0.06, 0.5}, stoneGrey)
		stone.box(vec{-0.31, y - 0.05, 0.45}, vec{-0.25, y + 0.05, 0.95}, stoneGrey)
	}
	for _, x := range [3]float64{-0.2, 0, 0.2} {
		wood.box(vec{x - 0.085, -1.05, 0.5}, vec{x + 0.085, 1.05, 0.56}, plankBrown)
	}
	for _, z := range [2]float64{0.7, 0.89} {
		wood.box(vec{-0.25, -1.05, z - 0.07}, vec{-0.21, 1.05, z + 0.11}, plankBrown)
	}
	return fit(wood, stone)
}

// farBench is seat and back.
func farBench() []geo.Mesh {
	wood := newPiece(geo.Bark)
	wood.box(vec{-0.28, -1.05, 0}, vec{0.28, 1.05, 0.56}, plankBrown)
	wood.box(vec{-0.25, -1.05, 0.6}, vec{-0.21, 1.05, 1}, plankBrown)
	return fit(wood)
}
