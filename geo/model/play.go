package model

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// goal is a football goal of 7.32 by 2.44 m that opens to +x.
func goal() []geo.Mesh {
	m, n := newPiece(geo.Metal), newPiece(geo.Concrete)
	for _, y := range [2]float64{-3.66, 3.66} {
		m.bar(vec{0, y, 0}, vec{0, y, 2.44}, 0.12, paintWhite)
		m.bar(vec{0, y, 2.44}, vec{-0.9, y, 2.3}, 0.05, paintWhite)
		m.bar(vec{-0.9, y, 2.3}, vec{-2, y, 0}, 0.05, paintWhite)
	}
	m.bar(vec{0, -3.72, 2.4}, vec{0, 3.72, 2.4}, 0.12, paintWhite)
	for k := range 12 { // the net's threads, wide enough to be seen
		y := -3.4 + 6.8*float64(k)/11
		n.wedge(vec{-2, y, 0}, vec{-2, y + 0.035, 0}, vec{-0.9, y, 2.3}, zincGrey)
	}
	for k := range 5 {
		t := float64(k) / 4
		a := vec{-2 + 1.1*t, -3.66, 2.3 * t}
		n.wedge(a, vec{a[0], 3.66, a[2]}, vec{a[0], 3.66, a[2] + 0.03}, zincGrey)
	}
	return parts(m, n)
}

func farGoal() []geo.Mesh {
	m := newPiece(geo.Metal)
	for _, y := range [2]float64{-3.66, 3.66} {
		m.tube(vec{0, y, 0}, vec{0, y, 2.44}, 0.08, 0.08, 3, paintWhite, 1, 1)
	}
	m.tube(vec{0, -3.7, 2.38}, vec{0, 3.7, 2.38}, 0.08, 0.08, 3, paintWhite, 1, 1)
	return parts(m)
}

// hoop is a basketball stand whose ring hangs out to +x; the backboard's top is at 3.95 m.
func hoop() []geo.Mesh {
	m, b := newPiece(geo.Metal), newPiece(geo.Concrete)
	m.bar(vec{}, vec{0, 0, 3}, 0.16, paintBlue)
	m.bar(vec{0, 0, 3}, vec{1.2, 0, 3.4}, 0.12, paintBlue)
	b.box(vec{1.2, -0.9, 2.9}, vec{1.25, 0.9, 3.95}, paintWhite)
	for i := range 8 {
		a0, a1 := math.Pi/4*float64(i), math.Pi/4*float64(i+1)
		at := func(a, r, z float64) vec { return vec{1.63 + r*math.Cos(a), r * math.Sin(a), z} }
		m.strut(at(a0, 0.23, 3.05), at(a1, 0.23, 3.05), 0.03, paintRed)
		b.wedge(at(a0, 0.22, 3.05), at(a0, 0.22, 3.02), at(a1, 0.14, 2.65), paintWhite)
	}
	return parts(m, b)
}

// net is that of a tennis court along y, 12.8 m by 1.07 m.
func net() []geo.Mesh {
	m, n := newPiece(geo.Metal), newPiece(geo.Concrete)
	for _, y := range [2]float64{-6.4, 6.4} {
		m.bar(vec{0, y, 0}, vec{0, y, 1.07}, 0.08, paintGreen)
	}
	n.sheet(vec{0, -6.4, 0.05}, vec{0, 6.4, 0.05}, vec{0, 6.4, 0.98}, vec{0, -6.4, 0.98}, color{62, 68, 66})
	n.box(vec{-0.03, -6.4, 0.97}, vec{0.03, 6.4, 1.04}, paintWhite)
	return parts(m, n)
}

// swing has two seats and swings along x.
func swing() []geo.Mesh {
	m, s := newPiece(geo.Bark), newPiece(geo.Metal)
	for _, y := range [2]float64{-1.7, 1.7} {
		m.bar(vec{-0.9, y, 0}, vec{0, y, 2.4}, 0.11, plankBrown)
		m.bar(vec{0.9, y, 0}, vec{0, y, 2.4}, 0.11, plankBrown)
	}
	m.bar(vec{0, -1.8, 2.36}, vec{0, 1.8, 2.36}, 0.12, plankBrown)
	for _, y := range [2]float64{-0.75, 0.75} {
		for _, d := range [2]float64{-0.22, 0.22} {
			s.strut(vec{0, y + d, 2.3}, vec{0.1, y + d, 0.5}, 0.025, zincGrey)
		}
		s.box(vec{0, y - 0.24, 0.45}, vec{0.2, y + 0.24, 0.5}, paintRed)
	}
	return parts(m, s)
}

// slide is a tower with a roof, a ladder and a chute to +x.
func slide() []geo.Mesh {
	m, s := newPiece(geo.Bark), newPiece(geo.Metal)
	for i := range 4 {
		m.bar(vec{0.55 * [4]float64{1, -1, -1, 1}[i], 0.55 * [4]float64{1, 1, -1, -1}[i], 0}, vec{0.55 * [4]float64{1, -1, -1, 1}[i], 0.55 * [4]float64{1, 1, -1, -1}[i], 2.5}, 0.1, plankBrown)
	}
	m.box(vec{-0.6, -0.6, 1.35}, vec{0.6, 0.6, 1.43}, plankBrown)
	m.box(vec{-0.6, -0.62, 1.5}, vec{0.6, -0.56, 2}, paintYellow)
	m.box(vec{-0.6, 0.56, 1.5}, vec{0.6, 0.62, 2}, paintYellow)
	m.cone(vec{0, 0, 2.5}, 0.95, 0.7, 4, paintRed)
	s.sheet(vec{0.6, -0.3, 1.4}, vec{3, -0.3, 0.25}, vec{3, 0.3, 0.25}, vec{0.6, 0.3, 1.4}, zincGrey)
	for _, y := range [2]float64{-0.32, 0.32} {
		s.sheet(vec{0.6, y, 1.4}, vec{3, y, 0.25}, vec{3, y, 0.45}, vec{0.6, y, 1.65}, paintBlue)
		m.bar(vec{-1.2, y, 0}, vec{-0.6, y, 1.4}, 0.07, plankBrown)
	}
	for k := range 4 {
		t := (float64(k) + 0.7) / 4.6
		m.bar(vec{-1.2 + 0.6*t, -0.32, 1.4 * t}, vec{-1.2 + 0.6*t, 0.32, 1.4 * t}, 0.05, plankBrown)
	}
	return parts(m, s)
}

// climber is a pyramid of ropes, 4 m high.
func climber() []geo.Mesh {
	m, r := newPiece(geo.Metal), newPiece(geo.Concrete)
	m.tube(vec{}, vec{0, 0, 4}, 0.08, 0.07, 6, zincGrey, 1, 1)
	const n = 6
	at := func(i int, t float64) vec {
		s, c := math.Sincos(2 * math.Pi * float64(i) / n)
		return vec{2.6 * (1 - t) * c, 2.6 * (1 - t) * s, 3.9 * t}
	}
	for i := range n {
		r.strut(at(i, 0), at(i, 0.99), 0.05, paintRed)
		for k := range 2 {
			t := 0.16 + 0.32*float64(k)
			r.strut(at(i, t), at(i+1, t), 0.04, paintRed)
		}
	}
	return parts(m, r)
}

// sailboat lies along x, its mast 12 m above the water.
func sailboat() []geo.Mesh {
	h, m := newPiece(geo.Concrete), newPiece(geo.Metal)
	hull(h, 8.5, 2.7, 0.9, paintWhite, canvasCream)
	h.box(vec{-1.2, -0.7, 0.9}, vec{1.8, 0.7, 1.35}, paintWhite)
	m.tube(vec{0.6, 0, 0.9}, vec{0.6, 0, 12}, 0.08, 0.05, 6, zincGrey, 1, 1)
	m.bar(vec{0.6, 0, 1.9}, vec{-3, 0, 2}, 0.1, zincGrey)
	h.egg(vec{-1.2, 0, 2.1}, vec{1.8, 0.16, 0.18}, 0, paintBlue)
	for _, x := range [2]float64{4.1, -3.9} {
		m.strut(vec{x, 0, 1}, vec{0.6, 0, 11.8}, 0.02, zincGrey)
	}
	return parts(h, m)
}

// motorboat lies along x.
func motorboat() []geo.Mesh {
	h, g := newPiece(geo.Concrete), newPiece(geo.Glass)
	hull(h, 7.5, 2.6, 0.95, paintWhite, canvasCream)
	h.box(vec{-1.4, -0.9, 0.95}, vec{1.2, 0.9, 1.5}, paintWhite)
	g.tube(vec{0, 0, 1.5}, vec{-0.2, 0, 2}, 1.2, 0.8, 4, color{66, 78, 84}, 1, 1)
	h.box(vec{-1.1, -0.85, 1.95}, vec{0.7, 0.85, 2.05}, paintWhite)
	h.box(vec{-3.9, -0.25, 0.5}, vec{-3.5, 0.25, 1.3}, paintBlack)
	return parts(h, g)
}

// hull is a boat's body along x with its deck.
func hull(p *piece, long, wide, high float64, side, deck color) {
	const n = 6
	var rim [2 * n]vec
	for i := range n {
		t := float64(i) / (n - 1)
		w := wide / 2 * math.Sqrt(math.Max(0, 1-math.Pow(math.Max(0, t*1.15-0.15), 2.4)))
		if i == n-1 {
			w = 0.02
		}
		x := -long/2 + long*t
		rim[i], rim[2*n-1-i] = vec{x, -w, high + 0.25*t*t}, vec{x, w, high + 0.25*t*t}
	}
	for i := range rim {
		a, b := rim[i], rim[(i+1)%len(rim)]
		low := func(v vec) vec { return vec{v[0] * 0.93, v[1] * 0.7, 0} }
		nrm := b.Sub(a).Cross(vec{0, 0, 1})
		q := [4]uint32{p4(p, low(a), nrm, side.dim(0.9)), p4(p, low(b), nrm, side.dim(0.9)), p4(p, b, nrm, side), p4(p, a, nrm, side)}
		p.tri(q[0], q[1], q[2])
		p.tri(q[0], q[2], q[3])
	}
	for i := range n - 1 {
		a, b, c, d := rim[i], rim[i+1], rim[2*n-2-i], rim[2*n-1-i]
		up := vec{0, 0, 1}
		q := [4]uint32{p4(p, a, up, deck), p4(p, b, up, deck), p4(p, c, up, deck), p4(p, d, up, deck)}
		p.tri(q[0], q[1], q[2])
		p.tri(q[0], q[2], q[3])
	}
}

func farBoat(mast bool) []geo.Mesh {
	h, m := newPiece(geo.Concrete), newPiece(geo.Metal)
	h.box(vec{-4, -1.2, 0}, vec{2.4, 1.2, 1}, paintWhite)
	h.wedge(vec{2.4, -1.2, 1}, vec{4.3, 0, 1.1}, vec{2.4, 1.2, 1}, canvasCream)
	if mast {
		m.tube(vec{0.6, 0, 1}, vec{0.6, 0, 12}, 0.09, 0.06, 3, zincGrey, 1, 1)
	} else {
		h.box(vec{-1.4, -0.9, 1}, vec{1.2, 0.9, 2}, paintWhite)
	}
	return parts(h, m)
}
