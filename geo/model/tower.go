package model

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// waterTower is a tank on a shaft, 30 m high.
func waterTower() []geo.Mesh {
	m := newPiece(geo.Concrete)
	m.tube(vec{}, vec{0, 0, 20}, 2.6, 2.2, 14, stoneGrey, 0.9, 1)
	m.tube(vec{0, 0, 19}, vec{0, 0, 23}, 2.2, 7, 14, stoneGrey, 0.7, 0.95)
	m.tube(vec{0, 0, 23}, vec{0, 0, 28}, 7, 7, 14, stoneGrey, 0.98, 1)
	m.cone(vec{0, 0, 28}, 7.2, 2, 14, stoneGrey)
	return parts(m)
}

func farWaterTower() []geo.Mesh {
	m := newPiece(geo.Concrete)
	m.tube(vec{}, vec{0, 0, 21}, 2.6, 2.2, 4, stoneGrey, 0.9, 1)
	m.tube(vec{0, 0, 20}, vec{0, 0, 28}, 5, 7, 6, stoneGrey, 0.8, 1)
	m.cone(vec{0, 0, 28}, 7, 2, 6, stoneGrey)
	return parts(m)
}

// lighthouse is banded red and white, 24 m, with a lit lantern room.
func lighthouse() []geo.Mesh {
	m, l := newPiece(geo.Concrete), newPiece(geo.Lamp)
	for k := range 5 {
		r := func(v int) float64 { return 3 - 0.28*float64(v) }
		m.tube(vec{0, 0, 3.8 * float64(k)}, vec{0, 0, 3.8 * float64(k+1)}, r(k), r(k+1), 14, [2]color{paintWhite, paintRed}[k%2], 0.95, 1)
	}
	m.post(0, 0, 19, 19.5, 2.4, 2.4, 14, stoneGrey)
	l.tube(vec{0, 0, 19.5}, vec{0, 0, 21.8}, 1.1, 1.1, 10, lightWarm, 1, 1)
	m.cone(vec{0, 0, 21.8}, 1.6, 2.2, 10, paintRed)
	return parts(m, l)
}

func farLighthouse() []geo.Mesh {
	m, l := newPiece(geo.Concrete), newPiece(geo.Lamp)
	m.tube(vec{}, vec{0, 0, 10}, 3, 2.3, 5, paintWhite, 0.95, 1)
	m.tube(vec{0, 0, 10}, vec{0, 0, 19.5}, 2.3, 1.6, 5, paintRed, 0.95, 1)
	l.tube(vec{0, 0, 19.5}, vec{0, 0, 21.8}, 1.1, 1.1, 4, lightWarm, 1, 1)
	m.cone(vec{0, 0, 21.8}, 1.6, 2.2, 4, paintRed)
	return parts(m, l)
}

// lookout is a wooden observation tower of 25 m.
func lookout() []geo.Mesh {
	m := newPiece(geo.Bark)
	m.lattice([]float64{0, 5, 10, 15, 20}, []float64{3.2, 2.8, 2.4, 2, 1.7}, 0.35, true, plankBrown)
	m.box(vec{-2.6, -2.6, 20}, vec{2.6, 2.6, 20.3}, plankBrown)
	for i := range 4 {
		x, y := 2.4*[4]float64{1, -1, -1, 1}[i], 2.4*[4]float64{1, 1, -1, -1}[i]
		x2, y2 := 2.4*[4]float64{-1, -1, 1, 1}[i], 2.4*[4]float64{1, -1, -1, 1}[i]
		m.bar(vec{x, y, 20.3}, vec{x, y, 23}, 0.2, plankBrown)
		m.bar(vec{x, y, 21.3}, vec{x2, y2, 21.3}, 0.12, plankBrown)
	}
	m.cone(vec{0, 0, 23}, 3.8, 2, 4, barkBrown)
	return parts(m)
}

func farLookout() []geo.Mesh {
	m := newPiece(geo.Bark)
	m.tube(vec{}, vec{0, 0, 20}, 3.6, 2, 4, plankBrown, 0.6, 0.6)
	m.box(vec{-2.6, -2.6, 20}, vec{2.6, 2.6, 21.3}, plankBrown)
	m.cone(vec{0, 0, 22.5}, 3.8, 2.5, 4, barkBrown)
	return parts(m)
}

// statue is a figure on a plinth, 4 m high, that looks to +x.
func statue() []geo.Mesh {
	s, b := newPiece(geo.Concrete), newPiece(geo.Metal)
	s.box(vec{-0.9, -0.9, 0}, vec{0.9, 0.9, 0.3}, stoneGrey)
	s.box(vec{-0.6, -0.6, 0.3}, vec{0.6, 0.6, 1.7}, stoneGrey)
	s.box(vec{-0.7, -0.7, 1.7}, vec{0.7, 0.7, 1.85}, stoneGrey)
	b.tube(vec{0, 0.13, 1.85}, vec{0, 0.1, 2.75}, 0.13, 0.15, 6, bronze, 0.85, 0.95)
	b.tube(vec{0.1, -0.16, 1.85}, vec{0, -0.1, 2.75}, 0.13, 0.15, 6, bronze, 0.85, 0.95)
	b.tube(vec{0, 0, 2.65}, vec{0, 0, 3.45}, 0.24, 0.32, 8, bronze, 0.9, 1)
	b.disc(vec{0, 0, 3.45}, 0.32, 8, bronze)
	b.tube(vec{0, 0, 1.85}, vec{-0.08, 0, 3.3}, 0.4, 0.2, 7, bronze.dim(0.9), 0.8, 0.95)
	b.egg(vec{0.03, 0, 3.78}, vec{0.17, 0.16, 0.22}, 0, bronze)
	b.tube(vec{0, 0.3, 3.4}, vec{0.4, 0.5, 2.9}, 0.1, 0.08, 5, bronze, 1, 1)
	b.tube(vec{0, -0.3, 3.4}, vec{0.05, -0.45, 2.7}, 0.1, 0.08, 5, bronze, 1, 1)
	return parts(s, b)
}

func farStatue() []geo.Mesh {
	s, b := newPiece(geo.Concrete), newPiece(geo.Metal)
	s.box(vec{-0.7, -0.7, 0}, vec{0.7, 0.7, 1.8}, stoneGrey)
	b.tube(vec{0, 0, 1.8}, vec{0, 0, 4}, 0.4, 0.15, 4, bronze, 0.9, 1)
	return parts(s, b)
}

// obelisk is four-sided with a pyramid on top, 10 m high.
func obelisk() []geo.Mesh {
	s := newPiece(geo.Concrete)
	s.box(vec{-1.1, -1.1, 0}, vec{1.1, 1.1, 1}, stoneGrey)
	prism := func(z0, z1, r0, r1 float64) {
		for i := range 4 {
			a, b := math.Pi/4+math.Pi/2*float64(i), math.Pi/4+math.Pi/2*float64(i+1)
			at := func(t, r, z float64) vec { return vec{r * 1.414 * math.Cos(t), r * 1.414 * math.Sin(t), z} }
			n := vec{math.Cos((a + b) / 2), math.Sin((a + b) / 2), (r0 - r1) / (z1 - z0)}
			p, q := p4(s, at(a, r0, z0), n, stoneGrey), p4(s, at(b, r0, z0), n, stoneGrey)
			u := p4(s, at(b, r1, z1), n, stoneGrey)
			s.tri(p, q, u)
			if r1 > 0 {
				s.tri(p, u, p4(s, at(a, r1, z1), n, stoneGrey))
			}
		}
	}
	prism(1, 9.3, 0.7, 0.45)
	prism(9.3, 10, 0.45, 0)
	return parts(s)
}

// cross is a wayside cross that looks to +x, 2.6 m high.
func cross() []geo.Mesh {
	s, w := newPiece(geo.Concrete), newPiece(geo.Bark)
	s.box(vec{-0.35, -0.35, 0}, vec{0.35, 0.35, 0.5}, stoneGrey)
	w.box(vec{-0.07, -0.08, 0.5}, vec{0.07, 0.08, 2.6}, plankBrown.dim(0.8))
	w.box(vec{-0.07, -0.6, 1.9}, vec{0.07, 0.6, 2.06}, plankBrown.dim(0.8))
	return parts(s, w)
}

// fountain is a round basin with a bowl and a jet, 2.2 m high.
func fountain() []geo.Mesh {
	s, w := newPiece(geo.Concrete), newPiece(geo.Glass)
	s.tube(vec{}, vec{0, 0, 0.5}, 2.4, 2.4, 16, stoneGrey, 0.9, 1)
	s.tube(vec{0, 0, 0.5}, vec{0, 0, 0.52}, 2.4, 2.1, 16, stoneGrey, 1, 1)
	w.disc(vec{0, 0, 0.44}, 2.2, 16, color{92, 124, 130})
	s.tube(vec{0, 0, 0.4}, vec{0, 0, 1.1}, 0.22, 0.16, 8, stoneGrey, 0.9, 1)
	s.tube(vec{0, 0, 1.05}, vec{0, 0, 1.3}, 0.15, 0.8, 12, stoneGrey, 0.8, 1)
	w.disc(vec{0, 0, 1.28}, 0.75, 12, color{120, 150, 156})
	w.cone(vec{0, 0, 1.28}, 0.12, 0.92, 6, color{210, 224, 228})
	return parts(s, w)
}

// gravestone looks to +x.
func gravestone() []geo.Mesh {
	s, g := newPiece(geo.Concrete), newPiece(geo.Foliage)
	s.box(vec{-0.12, -0.4, 0}, vec{0.08, 0.4, 0.85}, stoneGrey)
	s.tube(vec{-0.12, 0, 0.85}, vec{-0.02, 0, 1}, 0.4, 0.2, 4, stoneGrey, 1, 1)
	g.box(vec{0.1, -0.45, 0}, vec{1.7, 0.45, 0.16}, leafDark)
	return parts(s, g)
}
