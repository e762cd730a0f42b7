package model

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// Vehicles look to +x and are white where an instance's colour paints them.
var (
	bodyWhite  = color{238, 238, 238}
	windowDark = color{26, 30, 34}
	tyreBlack  = color{22, 22, 23}
	archBlack  = color{12, 12, 13}
	rimGrey    = color{120, 123, 126}
	lampWhite  = color{210, 212, 205}
	lampRed    = color{120, 18, 16}
)

// profile is a body's outline from the side, x and z, from the front bumper over the roof
// to the rear: widths narrow towards the roof.
type profile struct {
	x, z, half float64
	glass      bool // the face from this point to the next is a window
}

// body raises a profile: its upper faces, and the sides under them down to the sill.
func body(p *piece, ps []profile, sill float64) {
	for i := 0; i+1 < len(ps); i++ {
		a, b := ps[i], ps[i+1]
		c := bodyWhite
		if a.glass {
			c = windowDark
		}
		p.face(vec{a.x, a.half, a.z}, vec{b.x, b.half, b.z}, vec{b.x, -b.half, b.z}, vec{a.x, -a.half, a.z}, c)
		if a.x == b.x {
			continue
		}
		for _, side := range [2]float64{1, -1} {
			lo1, lo2 := vec{a.x, side * ps[0].half, sill}, vec{b.x, side * ps[0].half, sill}
			hi1, hi2 := vec{a.x, side * a.half, a.z}, vec{b.x, side * b.half, b.z}
			if side > 0 {
				p.face(lo1, lo2, hi2, hi1, bodyWhite)
			} else {
				p.face(lo2, lo1, hi1, hi2, bodyWhite)
			}
		}
	}
}

// wheels are four tyres under dark arches, with rims; half is where the flanks are.
func wheels(p *piece, front, rear, half, r float64) {
	for _, x := range [2]float64{front, rear} {
		for _, side := range [2]float64{1, -1} {
			p.tube(vec{x, side * (half - 0.24), r}, vec{x, side * (half + 0.015), r}, r, r, 14, tyreBlack, 1, 1)
			p.round(vec{x, side * (half + 0.004), r * 1.06}, 1.16*r, side, 14, archBlack)
			p.round(vec{x, side * (half + 0.015), r}, r, side, 14, tyreBlack)
			p.round(vec{x, side * (half + 0.02), r}, 0.62*r, side, 9, rimGrey)
		}
	}
}

// round is a disc in the plane of the flanks that looks to a side of y.
func (p *piece) round(c vec, r, side float64, n int, col color) {
	first := uint32(len(p.Positions))
	for i := range n {
		s, k := math.Sincos(2 * math.Pi * (float64(i) + 0.5) / float64(n))
		p.vertex(vec{c[0] + r*k, c[1], max(c[2]+r*s, 0)}, vec{0, side, 0}, col.shade(1))
	}
	for i := uint32(1); i+1 < uint32(n); i++ {
		if side > 0 {
			p.tri(first, first+i+1, first+i)
		} else {
			p.tri(first, first+i, first+i+1)
		}
	}
}

// sideWindows are panes on both flanks between two places.
func sideWindows(p *piece, from, to, low, high, half, in float64) {
	const out = 0.012
	lean := out - in*0.4
	p.face(vec{from, half + out, low}, vec{to, half + out, low}, vec{to + in, half + lean, high}, vec{from - in, half + lean, high}, windowDark)
	p.face(vec{to, -half - out, low}, vec{from, -half - out, low}, vec{from - in, -half - lean, high}, vec{to + in, -half - lean, high}, windowDark)
}

// ends are the head lamps and the tail lamps.
func ends(p *piece, front, rear, half, z float64) {
	for _, s := range [2]float64{1, -1} {
		y0, y1 := s*half*0.55-0.14, s*half*0.55+0.14+0.1*s
		p.box(vec{front - 0.05, min(y0, y1), z}, vec{front + 0.01, max(y0, y1), z + 0.13}, lampWhite)
		p.box(vec{rear - 0.01, min(y0, y1), z + 0.06}, vec{rear + 0.05, max(y0, y1), z + 0.22}, lampRed)
	}
}

func car() []geo.Mesh {
	p := newPiece(geo.Paint)
	body(p, []profile{{2.2, 0.3, 0.86, false}, {2.2, 0.62, 0.84, false}, {1.1, 0.84, 0.84, true}, {0.35, 1.36, 0.64, false}, {-1.05, 1.42, 0.64, true}, {-1.75, 0.98, 0.82, false}, {-2.2, 0.92, 0.84, false}, {-2.2, 0.3, 0.86, false}}, 0.3)
	sideWindows(p, 0.95, -1.6, 0.92, 1.32, 0.84, 0.5)
	wheels(p, 1.35, -1.35, 0.86, 0.33)
	ends(p, 2.2, -2.2, 0.86, 0.58)
	return parts(p)
}

func suv() []geo.Mesh {
	p := newPiece(geo.Paint)
	body(p, []profile{{2.3, 0.36, 0.92, false}, {2.3, 0.8, 0.9, false}, {1.2, 1.02, 0.9, true}, {0.6, 1.62, 0.7, false}, {-1.9, 1.68, 0.7, true}, {-2.25, 1.12, 0.88, false}, {-2.35, 1.0, 0.9, false}, {-2.35, 0.36, 0.92, false}}, 0.36)
	sideWindows(p, 1.05, -2.05, 1.08, 1.56, 0.9, 0.45)
	wheels(p, 1.4, -1.4, 0.92, 0.38)
	ends(p, 2.3, -2.35, 0.92, 0.72)
	return parts(p)
}

func van() []geo.Mesh {
	p := newPiece(geo.Paint)
	body(p, []profile{{2.75, 0.35, 0.98, false}, {2.75, 0.95, 0.97, false}, {2.2, 1.2, 0.97, true}, {1.6, 2.1, 0.86, false}, {-2.75, 2.25, 0.88, false}, {-2.75, 0.35, 0.98, false}}, 0.35)
	sideWindows(p, 2.0, 0.9, 1.25, 1.8, 0.97, 0.3)
	wheels(p, 1.7, -1.7, 0.98, 0.36)
	ends(p, 2.75, -2.75, 0.98, 0.75)
	return parts(p)
}

func bus() []geo.Mesh {
	p := newPiece(geo.Paint)
	body(p, []profile{{6, 0.35, 1.25, false}, {6, 1.15, 1.25, true}, {5.85, 2.75, 1.2, false}, {5.6, 3, 1.15, false}, {-5.8, 3, 1.15, false}, {-6, 2.75, 1.2, true}, {-6, 1.6, 1.25, false}, {-6, 0.35, 1.25, false}}, 0.35)
	for i := range 6 {
		x := 5.2 - 1.8*float64(i)
		sideWindows(p, x, x-1.62, 1.35, 2.5, 1.25, 0.03)
	}
	wheels(p, 3.3, -3.1, 1.25, 0.48)
	ends(p, 6, -6, 1.25, 0.6)
	return parts(p)
}

func truck() []geo.Mesh {
	p, cargo := newPiece(geo.Paint), newPiece(geo.Paint)
	body(p, []profile{{4.5, 0.4, 1.2, false}, {4.5, 1.35, 1.2, true}, {4.35, 2.4, 1.15, false}, {4.1, 2.7, 1.1, false}, {2.7, 2.75, 1.1, false}, {2.7, 0.4, 1.2, false}}, 0.4)
	sideWindows(p, 4.25, 3.2, 1.45, 2.15, 1.2, 0.1)
	cargo.box(vec{-4.5, -1.25, 0.95}, vec{2.4, 1.25, 3.4}, bodyWhite)
	cargo.box(vec{-4.4, -0.5, 0.6}, vec{2.6, 0.5, 0.95}, tyreBlack)
	wheels(p, 3.3, -2.6, 1.2, 0.5)
	ends(p, 4.5, -4.5, 1.2, 0.65)
	return parts(p, cargo)
}

// farBox is a vehicle from afar: a body and a darker cabin.
func farBox(long, half, belt, roof, from, to float64) func() []geo.Mesh {
	return func() []geo.Mesh {
		p := newPiece(geo.Paint)
		p.box(vec{-long / 2, -half, 0}, vec{long / 2, half, belt}, bodyWhite)
		if roof > belt {
			p.box(vec{from, -half * 0.85, belt}, vec{to, half * 0.85, roof}, windowDark)
		}
		return parts(p)
	}
}

// face is a planar quadrilateral, counter-clockwise from outside.
func (p *piece) face(a, b, c, d vec, col color) {
	n := b.Sub(a).Cross(d.Sub(a))
	i := p.vertex(a, n, col.shade(1))
	p.vertex(b, n, col.shade(1))
	p.vertex(c, n, col.shade(1))
	p.vertex(d, n, col.shade(1))
	p.tri(i, i+1, i+2)
	p.tri(i, i+2, i+3)
}
