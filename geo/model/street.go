package model

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// bench is a park bench along y that looks to +x: planks on two stone feet, 0.85 m high.
func bench() []geo.Mesh {
	wood, stone := newPiece(geo.Bark), newPiece(geo.Concrete)
	for _, y := range [2]float64{-0.6, 0.6} {
		stone.box(vec{-0.2, y - 0.05, 0}, vec{0.22, y + 0.05, 0.42}, stoneGrey)
		stone.box(vec{-0.25, y - 0.04, 0.38}, vec{-0.2, y + 0.04, 0.8}, stoneGrey)
	}
	for _, x := range [3]float64{-0.14, 0, 0.14} {
		wood.box(vec{x - 0.06, -0.85, 0.42}, vec{x + 0.06, 0.85, 0.46}, plankBrown)
	}
	for _, z := range [2]float64{0.6, 0.76} {
		wood.box(vec{-0.2, -0.85, z - 0.06}, vec{-0.17, 0.85, z + 0.09}, plankBrown)
	}
	return parts(wood, stone)
}

func farBench() []geo.Mesh {
	wood := newPiece(geo.Bark)
	wood.box(vec{-0.22, -0.85, 0}, vec{0.22, 0.85, 0.45}, plankBrown)
	wood.sheet(vec{-0.2, -0.85, 0.5}, vec{-0.2, 0.85, 0.5}, vec{-0.2, 0.85, 0.85}, vec{-0.2, -0.85, 0.85}, plankBrown)
	return parts(wood)
}

// bin is a waste basket on a post.
func bin() []geo.Mesh {
	m := newPiece(geo.Metal)
	m.post(0, 0, 0.12, 0.86, 0.2, 0.25, 10, paintGreen)
	m.tube(vec{0, 0, 0.86}, vec{0, 0, 0.95}, 0.26, 0.16, 10, paintBlack, 1, 1)
	m.disc(vec{0, 0, 0.95}, 0.16, 10, paintBlack)
	m.post(0, 0, 0, 0.12, 0.06, 0.06, 6, paintBlack)
	return parts(m)
}

func bollard() []geo.Mesh {
	m, w := newPiece(geo.Metal), newPiece(geo.Concrete)
	m.post(0, 0, 0, 0.88, 0.075, 0.07, 8, paintBlack)
	w.tube(vec{0, 0, 0.7}, vec{0, 0, 0.78}, 0.078, 0.077, 8, paintWhite, 1, 1)
	m.cone(vec{0, 0, 0.88}, 0.07, 0.05, 8, paintBlack)
	return parts(m, w)
}

func hydrant() []geo.Mesh {
	m := newPiece(geo.Concrete)
	m.post(0, 0, 0, 0.08, 0.16, 0.16, 8, paintRed)
	m.tube(vec{0, 0, 0.08}, vec{0, 0, 0.6}, 0.11, 0.1, 8, paintRed, 0.9, 1)
	m.egg(vec{0, 0, 0.62}, vec{0.12, 0.12, 0.13}, 0, paintRed)
	for _, d := range []vec{{0.2, 0, 0}, {0, 0.18, 0}, {0, -0.18, 0}} {
		m.tube(vec{0, 0, 0.45}, vec{d[0], d[1], 0.45}, 0.06, 0.06, 6, paintRed.dim(0.9), 1, 1)
	}
	return parts(m)
}

// stopSign is the pole of a bus stop; its board looks along x both ways.
func stopSign() []geo.Mesh {
	m, b := newPiece(geo.Metal), newPiece(geo.Concrete)
	m.tube(vec{}, vec{0, 0, 2.75}, 0.04, 0.035, 6, poleGrey, 0.9, 1)
	b.box(vec{-0.03, 0.03, 2.2}, vec{0.03, 0.6, 2.75}, paintYellow)
	b.box(vec{-0.04, 0.1, 2.32}, vec{0.04, 0.53, 2.62}, paintGreen)
	b.box(vec{-0.03, 0.03, 1.2}, vec{0.03, 0.35, 1.75}, paintWhite)
	return parts(m, b)
}

func farStopSign() []geo.Mesh {
	m, b := newPiece(geo.Metal), newPiece(geo.Concrete)
	m.tube(vec{}, vec{0, 0, 2.75}, 0.05, 0.05, 3, poleGrey, 0.9, 1)
	b.sheet(vec{0, 0.03, 2.2}, vec{0, 0.6, 2.2}, vec{0, 0.6, 2.75}, vec{0, 0.03, 2.75}, paintYellow)
	return parts(m, b)
}

// shelter is open towards +x: glass on three sides, a bench and a flat roof.
func shelter() []geo.Mesh {
	m, g, w := newPiece(geo.Metal), newPiece(geo.Glass), newPiece(geo.Bark)
	pane := color{150, 168, 172}
	for _, y := range [3]float64{-1.9, 0, 1.9} {
		m.bar(vec{-0.65, y, 0}, vec{-0.65, y, 2.4}, 0.07, poleGrey)
	}
	for _, y := range [2]float64{-1.9, 1.9} {
		m.bar(vec{0.6, y, 0}, vec{0.6, y, 2.4}, 0.07, poleGrey)
		g.sheet(vec{-0.6, y, 0.25}, vec{0.5, y, 0.25}, vec{0.5, y, 2.2}, vec{-0.6, y, 2.2}, pane)
	}
	g.sheet(vec{-0.65, -1.85, 0.25}, vec{-0.65, 1.85, 0.25}, vec{-0.65, 1.85, 2.2}, vec{-0.65, -1.85, 2.2}, pane)
	m.box(vec{-0.8, -2.1, 2.4}, vec{0.9, 2.1, 2.55}, poleGrey)
	w.box(vec{-0.5, -1.3, 0.42}, vec{-0.15, 1.3, 0.48}, plankBrown)
	return parts(m, g, w)
}

func farShelter() []geo.Mesh {
	m, g := newPiece(geo.Metal), newPiece(geo.Glass)
	g.box(vec{-0.65, -1.9, 0}, vec{0.1, 1.9, 2.4}, color{130, 148, 152})
	m.box(vec{-0.8, -2.1, 2.4}, vec{0.9, 2.1, 2.55}, poleGrey)
	return parts(m, g)
}

func postBox() []geo.Mesh {
	m := newPiece(geo.Concrete)
	m.box(vec{-0.06, -0.06, 0}, vec{0.06, 0.06, 0.6}, poleGrey)
	m.box(vec{-0.2, -0.28, 0.6}, vec{0.2, 0.28, 1.28}, paintYellow)
	m.box(vec{0.2, -0.2, 1.08}, vec{0.22, 0.2, 1.16}, paintBlack)
	return parts(m)
}

func picnicTable() []geo.Mesh {
	m := newPiece(geo.Bark)
	m.box(vec{-0.38, -0.9, 0.7}, vec{0.38, 0.9, 0.76}, plankBrown)
	for _, x := range [2]float64{-0.72, 0.72} {
		m.box(vec{x - 0.13, -0.9, 0.42}, vec{x + 0.13, 0.9, 0.47}, plankBrown)
	}
	for _, y := range [2]float64{-0.6, 0.6} {
		m.bar(vec{-0.6, y, 0}, vec{-0.2, y, 0.72}, 0.07, plankBrown.dim(0.85))
		m.bar(vec{0.6, y, 0}, vec{0.2, y, 0.72}, 0.07, plankBrown.dim(0.85))
	}
	return parts(m)
}

// adColumn carries posters all round, with a light under its hat.
func adColumn() []geo.Mesh {
	m, l := newPiece(geo.Concrete), newPiece(geo.Lamp)
	m.post(0, 0, 0, 0.3, 0.72, 0.72, 14, stoneGrey)
	posters := []color{paintRed, canvasCream, paintBlue, paintYellow, paintWhite, paintGreen, color{196, 120, 150}}
	const n = 14
	for i := range n {
		a, b := 2*math.Pi*float64(i)/n, 2*math.Pi*float64(i+1)/n
		at := func(t, z float64) vec { return vec{0.66 * math.Cos(t), 0.66 * math.Sin(t), z} }
		c := posters[i/2%len(posters)]
		out := vec{math.Cos((a + b) / 2), math.Sin((a + b) / 2), 0}
		ids := [4]uint32{p4(m, at(a, 0.3), out, c), p4(m, at(b, 0.3), out, c), p4(m, at(b, 2.9), out, c), p4(m, at(a, 2.9), out, c)}
		m.tri(ids[0], ids[1], ids[2])
		m.tri(ids[0], ids[2], ids[3])
	}
	l.tube(vec{0, 0, 2.9}, vec{0, 0, 3}, 0.7, 0.7, 14, lightWarm, 1, 1)
	m.tube(vec{0, 0, 3}, vec{0, 0, 3.15}, 0.78, 0.78, 14, paintGreen, 1, 1)
	m.cone(vec{0, 0, 3.15}, 0.78, 0.5, 14, paintGreen)
	return parts(m, l)
}

func p4(p *piece, at, n vec, c color) uint32 { return p.vertex(at, n, c.shade(1)) }

// booth is a telephone booth or a kiosk's little sister.
func booth() []geo.Mesh {
	m, g := newPiece(geo.Metal), newPiece(geo.Glass)
	m.box(vec{-0.45, -0.45, 0}, vec{0.45, 0.45, 0.2}, paintRed)
	g.box(vec{-0.42, -0.42, 0.2}, vec{0.42, 0.42, 2.1}, color{120, 138, 142})
	for i := range 4 {
		x, y := 0.43*[4]float64{1, -1, -1, 1}[i], 0.43*[4]float64{1, 1, -1, -1}[i]
		m.bar(vec{x, y, 0.2}, vec{x, y, 2.1}, 0.06, paintRed)
	}
	m.box(vec{-0.47, -0.47, 2.1}, vec{0.47, 0.47, 2.35}, paintRed)
	return parts(m, g)
}

// cabinet is grey street furniture: vending machines, switch boxes, ticket machines.
func cabinet() []geo.Mesh {
	m := newPiece(geo.Metal)
	m.box(vec{-0.3, -0.45, 0}, vec{0.3, 0.45, 1.55}, zincGrey)
	m.box(vec{-0.33, -0.48, 1.55}, vec{0.33, 0.48, 1.6}, poleGrey)
	m.box(vec{0.3, -0.35, 0.7}, vec{0.32, 0.35, 1.4}, paintBlue)
	return parts(m)
}

// recycling is a row of three bottle banks along y.
func recycling() []geo.Mesh {
	m := newPiece(geo.Concrete)
	for k, c := range [3]color{paintGreen, paintWhite, color{120, 84, 52}} {
		y := 1.5 * float64(k-1)
		m.box(vec{-0.6, y - 0.65, 0}, vec{0.6, y + 0.65, 1.2}, c)
		m.tube(vec{-0.5, y, 1.2}, vec{-0.3, y, 1.6}, 0.6, 0.3, 6, c, 1, 1)
		m.disc(vec{-0.3, y, 1.6}, 0.3, 6, c)
	}
	return parts(m)
}

// roadSign is a round sign that looks to +x.
func roadSign() []geo.Mesh {
	m, s := newPiece(geo.Metal), newPiece(geo.Concrete)
	m.tube(vec{}, vec{0, 0, 2.6}, 0.035, 0.035, 6, zincGrey, 0.9, 1)
	const n = 10
	for _, f := range []struct {
		x, r, side float64
		c          color
	}{{0.05, 0.34, 1, paintRed}, {0.055, 0.25, 1, paintWhite}, {0.04, 0.34, -1, zincGrey}} {
		centre := s.vertex(vec{f.x, 0, 2.35}, vec{f.side, 0, 0}, f.c.shade(1))
		var ring [n]uint32
		for i := range n {
			sn, cs := math.Sincos(2 * math.Pi * float64(i) / n)
			ring[i] = s.vertex(vec{f.x, cs * f.r, 2.35 + sn*f.r}, vec{f.side, 0, 0}, f.c.shade(1))
		}
		for i := range n {
			if j := (i + 1) % n; f.side > 0 {
				s.tri(centre, ring[i], ring[j])
			} else {
				s.tri(centre, ring[j], ring[i])
			}
		}
	}
	return parts(m, s)
}

func farRoadSign() []geo.Mesh {
	m, s := newPiece(geo.Metal), newPiece(geo.Concrete)
	m.tube(vec{}, vec{0, 0, 2.6}, 0.05, 0.05, 3, zincGrey, 0.9, 1)
	s.sheet(vec{0.04, -0.3, 2.05}, vec{0.04, 0.3, 2.05}, vec{0.04, 0.3, 2.6}, vec{0.04, -0.3, 2.6}, paintRed)
	return parts(m, s)
}

// farPost is anything low and slim from afar.
func farPost(height, half float64, c color) func() []geo.Mesh {
	return func() []geo.Mesh {
		m := newPiece(geo.Concrete)
		m.tube(vec{}, vec{0, 0, height}, half, half, 4, c, 0.9, 1)
		return parts(m)
	}
}

// board is a map or notice board on two legs that looks to +x.
func board() []geo.Mesh {
	m, s := newPiece(geo.Bark), newPiece(geo.Concrete)
	for _, y := range [2]float64{-0.75, 0.75} {
		m.bar(vec{0, y, 0}, vec{0, y, 2.1}, 0.1, plankBrown)
	}
	s.box(vec{-0.03, -0.7, 0.9}, vec{0.04, 0.7, 1.9}, canvasCream)
	m.box(vec{-0.3, -0.95, 2.1}, vec{0.3, 0.95, 2.16}, plankBrown)
	return parts(m, s)
}

// bikeStand is three hoops along y.
func bikeStand() []geo.Mesh {
	m := newPiece(geo.Metal)
	for k := range 4 {
		y := 0.8 * (float64(k) - 1.5)
		m.bar(vec{-0.35, y, 0}, vec{-0.35, y, 0.8}, 0.05, zincGrey)
		m.bar(vec{0.35, y, 0}, vec{0.35, y, 0.8}, 0.05, zincGrey)
		m.bar(vec{-0.35, y, 0.8}, vec{0.35, y, 0.8}, 0.05, zincGrey)
	}
	return parts(m)
}

// parasol shades a table and two chairs.
func parasol() []geo.Mesh {
	m, c := newPiece(geo.Bark), newPiece(geo.Concrete)
	m.tube(vec{}, vec{0, 0, 2.2}, 0.03, 0.03, 5, plankBrown, 1, 1)
	c.cone(vec{0, 0, 2.05}, 1.5, 0.5, 8, canvasCream)
	m.post(0, 0, 0.68, 0.73, 0.42, 0.42, 8, plankBrown)
	for _, x := range [2]float64{-0.8, 0.8} {
		m.box(vec{x - 0.2, -0.2, 0}, vec{x + 0.2, 0.2, 0.45}, plankBrown.dim(0.8))
		m.box(vec{x*1.25 - 0.03, -0.2, 0.45}, vec{x*1.25 + 0.03, 0.2, 0.85}, plankBrown.dim(0.8))
	}
	return parts(m, c)
}

// flag flies towards -y; its cloth is white, so that the tint of the copy is its colour.
func flag() []geo.Mesh {
	m, c := newPiece(geo.Metal), newPiece(geo.Concrete)
	m.tube(vec{}, vec{0, 0, 8}, 0.06, 0.035, 6, paintWhite, 0.95, 1)
	var last [2]vec
	for i := range 4 {
		t := float64(i) / 3
		x := 0.12 * math.Sin(5*t)
		cur := [2]vec{{x, -1.8 * t, 6.6 - 0.1*t}, {x, -1.8 * t, 7.9 - 0.08*t}}
		if i > 0 {
			c.sheet(last[0], cur[0], cur[1], last[1], paintWhite)
		}
		last = cur
	}
	return parts(m, c)
}
