package model

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// RotorAxis is the height of the axis of a model of geo.Rotor, one metre high.
const RotorAxis = hub / (hub + rotor)

// Metres of a turbine.
const (
	hub   = 100.0 // height
	rotor = 45.0  // length of a blade
)

// turbine is a wind turbine that looks to +x, one blade up, so that its tip is the highest
// point at 145 m.
func turbine() []geo.Mesh {
	m := newPiece(geo.Concrete)
	m.tube(vec{}, vec{0, 0, 98}, 2.3, 1.3, 12, paintWhite, 0.9, 1)
	m.box(vec{-6, -1.8, 98}, vec{3, 1.8, 101.8}, paintWhite)
	m.egg(vec{4, 0, hub}, vec{2.6, 1.9, 1.9}, 0, paintWhite)
	r := newPiece(geo.Rotor)
	for k := range 3 {
		blade(r, vec{4, 0, hub}, math.Pi/2+2*math.Pi*float64(k)/3, rotor, 5)
	}
	return parts(m, r)
}

// blade is a thin twisted wing in the plane across x.
func blade(p *piece, hub vec, turn, long float64, steps int) {
	s, c := math.Sincos(turn)
	out, side := vec{0, c, s}, vec{0, -s, c}
	var last [2]vec
	for i := range steps + 1 {
		t := float64(i) / float64(steps)
		w := 3.4 * (1 - 0.86*t) * math.Min(1, 0.45+4*t)
		twist := 0.5 * (1 - t)
		chord := side.Mul(math.Cos(twist)).Add(vec{1, 0, 0}.Mul(-math.Sin(twist)))
		at := hub.Add(out.Mul(t * long))
		cur := [2]vec{at.Add(chord.Mul(-0.3 * w)), at.Add(chord.Mul(0.7 * w))}
		if i > 0 {
			p.sheet(last[0], cur[0], cur[1], last[1], paintWhite)
		}
		last = cur
	}
}

func farTurbine() []geo.Mesh {
	m := newPiece(geo.Concrete)
	m.tube(vec{}, vec{0, 0, 101}, 2.3, 1.4, 4, paintWhite, 0.9, 1)
	r := newPiece(geo.Rotor)
	for k := range 3 {
		blade(r, vec{3, 0, hub}, math.Pi/2+2*math.Pi*float64(k)/3, rotor, 1)
	}
	return parts(m, r)
}

// PylonArms are where wires hang on a pylon or a pole: metres across and up, on a
// support of its natural height.
var PylonArms = map[string][][2]float64{
	"pylon":     {{-7.2, 23.2}, {7.2, 23.2}, {-8.8, 28.2}, {8.8, 28.2}, {-6, 33.2}, {6, 33.2}, {0, 38}},
	"pole":      {{-0.9, 9.1}, {0, 9.1}, {0.9, 9.1}},
	"pole-wire": {{0, 7.4}},
	"lift":      {{-2.6, 11.4}, {2.6, 11.4}},
}

// pylon is a lattice tower of 38 m with three pairs of arms along y; the line runs along x.
func pylon() []geo.Mesh {
	m, g := newPiece(geo.Metal), newPiece(geo.Glass)
	m.lattice([]float64{0, 8, 14.5, 20, 24.5}, []float64{3.4, 2.45, 1.7, 1.25, 1.05}, 0.26, true, steelGrey)
	m.lattice([]float64{24.5, 29.5, 34.5}, []float64{1.05, 0.9, 0.7}, 0.2, false, steelGrey)
	for i := range 4 {
		x, y := 0.7*[4]float64{1, -1, -1, 1}[i], 0.7*[4]float64{1, 1, -1, -1}[i]
		m.strut(vec{x, y, 34.5}, vec{0, 0, 38}, 0.16, steelGrey)
	}
	for _, a := range PylonArms["pylon"][:6] {
		root, tip := a[1]+1.3, vec{0, a[0], a[1] + 1.3}
		side := math.Copysign(1, a[0])
		for _, x := range [2]float64{-0.9, 0.9} {
			m.strut(vec{x, 0.9 * side, root}, tip, 0.16, steelGrey)
		}
		m.strut(vec{0, 0.8 * side, root + 1.5}, tip, 0.14, steelGrey)
		g.tube(vec{0, a[0], a[1] + 1.3}, vec{0, a[0], a[1]}, 0.14, 0.14, 4, color{96, 110, 104}, 0.9, 1)
	}
	return parts(m, g)
}

func farPylon() []geo.Mesh {
	m := newPiece(geo.Metal)
	for i := range 4 {
		x, y := 3.2*[4]float64{1, -1, -1, 1}[i], 3.2*[4]float64{1, 1, -1, -1}[i]
		n := [2]float64{3.2 * [4]float64{-1, -1, 1, 1}[i], 3.2 * [4]float64{1, -1, -1, 1}[i]}
		m.wedge(vec{x, y, 0}, vec{x * 0.88, y * 0.88, 0}, vec{0, 0, 38}, steelGrey)
		_ = n
	}
	for _, a := range PylonArms["pylon"][:6:6] {
		if a[0] > 0 {
			m.sheet(vec{0, -a[0], a[1] + 1.1}, vec{0, a[0], a[1] + 1.1}, vec{0, a[0], a[1] + 1.4}, vec{0, -a[0], a[1] + 1.4}, steelGrey)
		}
	}
	return parts(m)
}

// pole carries three wires on a cross-arm along y, 9.2 m high.
func pole() []geo.Mesh {
	m, g := newPiece(geo.Bark), newPiece(geo.Glass)
	m.tube(vec{}, vec{0, 0, 9}, 0.15, 0.1, 7, barkBrown, 0.9, 1)
	m.box(vec{-0.06, -1.05, 8.65}, vec{0.06, 1.05, 8.8}, barkBrown)
	for _, a := range PylonArms["pole"] {
		g.tube(vec{0, a[0], 8.8}, vec{0, a[0], 9.2}, 0.06, 0.04, 5, color{96, 110, 104}, 0.9, 1)
	}
	return parts(m, g)
}

func farPole() []geo.Mesh {
	m := newPiece(geo.Bark)
	m.tube(vec{}, vec{0, 0, 9}, 0.15, 0.1, 3, barkBrown, 0.9, 1)
	m.box(vec{-0.05, -1, 8.7}, vec{0.05, 1, 8.85}, barkBrown)
	return parts(m)
}

// poleWire carries a telephone wire.
func poleWire() []geo.Mesh {
	m := newPiece(geo.Bark)
	m.tube(vec{}, vec{0, 0, 7.5}, 0.13, 0.09, 6, barkBrown, 0.9, 1)
	m.disc(vec{0, 0, 7.5}, 0.09, 6, barkBrown)
	return parts(m)
}

// lift is the support of an aerialway: a tube with a cross-arm of rollers, 12 m high.
func lift() []geo.Mesh {
	m := newPiece(geo.Metal)
	m.tube(vec{}, vec{0, 0, 11.4}, 0.5, 0.35, 10, zincGrey, 0.9, 1)
	m.box(vec{-0.3, -2.9, 11.4}, vec{0.3, 2.9, 11.8}, zincGrey)
	for _, y := range [2]float64{-2.6, 2.6} {
		m.box(vec{-1.6, y - 0.12, 11.35}, vec{1.6, y + 0.12, 11.6}, paintBlack)
	}
	m.bar(vec{0, 0, 11.8}, vec{0, 0, 12}, 0.3, zincGrey)
	return parts(m)
}

func farLift() []geo.Mesh {
	m := newPiece(geo.Metal)
	m.tube(vec{}, vec{0, 0, 12}, 0.5, 0.35, 4, zincGrey, 0.9, 1)
	m.box(vec{-0.5, -2.9, 11.4}, vec{0.5, 2.9, 11.8}, zincGrey)
	return parts(m)
}

// cabin is a gondola with its hanger; the rope passes at its top, 4 m above its floor.
func cabin() []geo.Mesh {
	m, g := newPiece(geo.Metal), newPiece(geo.Glass)
	m.box(vec{-1, -0.9, 0}, vec{1, 0.9, 0.75}, paintRed)
	g.box(vec{-0.97, -0.87, 0.75}, vec{0.97, 0.87, 1.75}, color{74, 88, 96})
	m.box(vec{-1, -0.9, 1.75}, vec{1, 0.9, 2.05}, paintRed)
	m.bar(vec{0, 0, 2.05}, vec{0, 0, 4}, 0.12, paintBlack)
	return parts(m, g)
}

// chair is a seat for four with its hanger, 4 m below the rope.
func chair() []geo.Mesh {
	m := newPiece(geo.Metal)
	m.box(vec{-0.25, -1, 0.4}, vec{0.25, 1, 0.48}, paintBlack)
	m.box(vec{-0.3, -1, 0.48}, vec{-0.24, 1, 1.1}, paintBlack)
	m.box(vec{0, -0.9, 0}, vec{0.3, 0.9, 0.05}, zincGrey)
	m.bar(vec{-0.27, 0, 1.1}, vec{0, 0, 4}, 0.1, zincGrey)
	return parts(m)
}

// mast is a lattice mast of 40 m with dishes and whip antennas, red and white.
func mast() []geo.Mesh {
	m := newPiece(geo.Metal)
	z, w := []float64{0}, []float64{1.6}
	for k := range 6 {
		z, w = append(z, float64(k+1)*6), append(w, 1.6-0.2*float64(k+1))
	}
	for k := 1; k < len(z); k++ {
		m.lattice(z[k-1:k+1], w[k-1:k+1], 0.16, false, [2]color{paintRed, paintWhite}[k%2])
	}
	m.tube(vec{0, 0, 36}, vec{0, 0, 40}, 0.08, 0.05, 5, paintWhite, 1, 1)
	for k := range 3 {
		s, c := math.Sincos(2 * math.Pi * float64(k) / 3)
		m.box(vec{0.75*c - 0.18, 0.75*s - 0.18, 32.5}, vec{0.75*c + 0.18, 0.75*s + 0.18, 35}, paintWhite)
		m.egg(vec{0.9 * c, 0.9 * s, 28 - 2*float64(k)}, vec{0.6, 0.6, 0.6}, 0, paintWhite)
	}
	return parts(m)
}

func farMast() []geo.Mesh {
	m := newPiece(geo.Metal)
	for k := range 3 {
		r := 1.5 - 0.45*float64(k)
		m.tube(vec{0, 0, 12 * float64(k)}, vec{0, 0, 12 * float64(k+1)}, r, r-0.45, 4, [2]color{paintRed, paintWhite}[k%2], 0.7, 0.8)
	}
	m.tube(vec{0, 0, 36}, vec{0, 0, 40}, 0.1, 0.05, 3, paintWhite, 1, 1)
	return parts(m)
}

// chimney is 60 m high with two red bands.
func chimney() []geo.Mesh {
	m := newPiece(geo.Concrete)
	z := []float64{0, 46, 50, 54, 58, 60}
	for k := 1; k < len(z); k++ {
		c := stoneGrey
		if k == 2 || k == 4 {
			c = paintRed
		}
		r := func(v float64) float64 { return 3 - 1.2*v/60 }
		m.tube(vec{0, 0, z[k-1]}, vec{0, 0, z[k]}, r(z[k-1]), r(z[k]), 16, c, 0.92, 1)
	}
	m.disc(vec{0, 0, 59.5}, 1.7, 16, paintBlack)
	return parts(m)
}

func farChimney() []geo.Mesh {
	m := newPiece(geo.Concrete)
	m.tube(vec{}, vec{0, 0, 50}, 3, 2, 6, stoneGrey, 0.92, 1)
	m.tube(vec{0, 0, 50}, vec{0, 0, 60}, 2, 1.8, 6, stoneGrey.dim(0.9), 1, 1)
	return parts(m)
}

// crane is a tower crane whose jib looks to +x: 45 m to the hook's trolley.
func crane() []geo.Mesh {
	m, c := newPiece(geo.Metal), newPiece(geo.Concrete)
	m.lattice([]float64{0, 8, 16, 24, 32, 40}, []float64{0.9, 0.9, 0.9, 0.9, 0.9, 0.9}, 0.22, false, paintYellow)
	m.box(vec{-1.2, -1.2, 40}, vec{1.2, 1.2, 41}, paintYellow)
	m.box(vec{0.6, 1, 41}, vec{2.2, 2.4, 43}, paintWhite)
	apex := vec{0, 0, 47.5}
	for i := range 4 {
		x, y := [4]float64{1, -1, -1, 1}[i], [4]float64{1, 1, -1, -1}[i]
		m.strut(vec{x, y, 41}, apex, 0.2, paintYellow)
	}
	for _, y := range [2]float64{-0.6, 0.6} {
		m.strut(vec{0, y, 42}, vec{40, y, 42}, 0.2, paintYellow)
		m.strut(vec{0, y, 42}, vec{-13, y, 42}, 0.2, paintYellow)
	}
	m.strut(vec{0, 0, 43.4}, vec{38, 0, 43.2}, 0.18, paintYellow)
	for k := range 10 {
		x := 4 * float64(k)
		m.strut(vec{x, -0.6, 42}, vec{x + 2, 0, 43.3}, 0.1, paintYellow)
		m.strut(vec{x, 0.6, 42}, vec{x + 2, 0, 43.3}, 0.1, paintYellow)
	}
	m.strut(apex, vec{26, 0, 43.3}, 0.1, paintBlack)
	m.strut(apex, vec{-12, 0, 42}, 0.1, paintBlack)
	c.box(vec{-13, -1, 40}, vec{-10, 1, 42.4}, stoneGrey)
	m.strut(vec{24, 0, 42}, vec{24, 0, 18}, 0.06, paintBlack)
	m.box(vec{23.6, -0.3, 17}, vec{24.4, 0.3, 18}, paintYellow)
	return parts(m, c)
}

func farCrane() []geo.Mesh {
	m := newPiece(geo.Metal)
	m.tube(vec{}, vec{0, 0, 47.5}, 0.8, 0.5, 3, paintYellow, 0.8, 0.8)
	m.sheet(vec{-13, 0, 41.6}, vec{40, 0, 41.8}, vec{40, 0, 42.6}, vec{-13, 0, 42.8}, paintYellow)
	m.box(vec{-13, -1, 40}, vec{-10, 1, 42.4}, stoneGrey)
	return parts(m)
}

// quayCrane is a ship-to-shore gantry whose boom reaches out to +x, 60 m to its top.
func quayCrane() []geo.Mesh {
	m := newPiece(geo.Metal)
	c := paintBlue
	for _, y := range [2]float64{-9, 9} {
		for _, x := range [2]float64{-12, 12} {
			m.bar(vec{x, y, 0}, vec{x, y, 42}, 1.3, c)
		}
		m.bar(vec{-12, y, 16}, vec{12, y, 16}, 1.2, c)
		m.bar(vec{-12, y, 40}, vec{12, y, 40}, 1.2, c)
		m.bar(vec{12, y, 42}, vec{9, y * 0.4, 60}, 0.9, c)
		m.bar(vec{-14, y * 0.25, 40}, vec{52, y * 0.25, 40}, 1.2, c)
		m.bar(vec{9, y * 0.4, 60}, vec{46, y * 0.25, 40.6}, 0.3, c)
		m.bar(vec{9, y * 0.4, 60}, vec{-12, y * 0.25, 40.6}, 0.3, c)
	}
	for _, x := range [2]float64{-12, 12} {
		m.bar(vec{x, -9, 40}, vec{x, 9, 40}, 1.2, c)
		m.bar(vec{x, -9, 16}, vec{x, 9, 16}, 1.1, c)
	}
	m.bar(vec{9, -3.6, 59.6}, vec{9, 3.6, 59.6}, 0.8, c)
	m.box(vec{-12, -4, 41}, vec{-3, 4, 46}, paintWhite)
	m.box(vec{24, -2, 34}, vec{28, 2, 36.5}, paintWhite)
	return parts(m)
}

func farQuayCrane() []geo.Mesh {
	m := newPiece(geo.Metal)
	for _, x := range [2]float64{-12, 12} {
		m.sheet(vec{x, -9.5, 0}, vec{x, -8, 0}, vec{x, -8, 42}, vec{x, -9.5, 42}, paintBlue)
		m.sheet(vec{x, 8, 0}, vec{x, 9.5, 0}, vec{x, 9.5, 42}, vec{x, 8, 42}, paintBlue)
	}
	m.box(vec{-14, -3, 39}, vec{52, 3, 41}, paintBlue)
	m.wedge(vec{12, 0, 41}, vec{9, 0, 60}, vec{46, 0, 41}, paintBlue)
	return parts(m)
}
