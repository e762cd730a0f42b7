package facade

import (
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
)

// Wall is a plane wall with windows between two points of the plan, a to b with the
// outside on the right. Bays are counted along it and storeys up it as its surface
// coordinates count them.
type Wall struct {
	A, B       mgl64.Vec2
	Floor, Top float64 // z
	Storey     float64 // metres
	First      float64 // number of the storey at Floor; 0 = the ground floor
	BayA, BayB float64
	Front      bool // looks to the street
}

// Face is a quad that stands out of a building, counter-clockwise from outside.
type Face struct {
	Material geo.Material
	P        [4]mgl64.Vec3
	UV       [4]mgl64.Vec2 // metres, but of signs 0..1 across and up
	Colour   [4]uint8      // sRGB; the alpha of signs and lamps is their Code
}

// frame are a wall's axes: metres along it, out of it and up, from a.
type frame struct {
	origin mgl64.Vec2
	along  mgl64.Vec2
	out    mgl64.Vec2
	length float64
}

func (w *Wall) frame() frame {
	d := w.B.Sub(w.A)
	f := frame{origin: w.A, length: d.Len()}
	f.along = d.Mul(1 / f.length)
	f.out = mgl64.Vec2{f.along[1], -f.along[0]}
	return f
}

func (f *frame) at(x, y, z float64) mgl64.Vec3 {
	return f.origin.Add(f.along.Mul(x)).Add(f.out.Mul(y)).Vec3(z)
}

// bayAt is the distance along the wall of a bay's edge.
func (w *Wall) bayAt(f *frame, bay float64) float64 {
	return (bay - w.BayA) / (w.BayB - w.BayA) * f.length
}

// sides of a box, as bits; of a box at a wall the back is never seen.
type sides uint8

const (
	front sides = 1 << iota
	left
	right
	top
	bottom
	back
	outer = front | left | right
	shell = outer | top | bottom
)

// box is a box along, out of and up a wall.
type box struct{ x0, x1, y0, y1, z0, z1 float64 }

// box adds the sides of a box that are asked for.
func (f *frame) box(into []Face, m geo.Material, c [4]uint8, b box, s sides) []Face {
	p := func(x, y, z int) mgl64.Vec3 {
		return f.at([2]float64{b.x0, b.x1}[x], [2]float64{b.y0, b.y1}[y], [2]float64{b.z0, b.z1}[z])
	}
	w, d, h := b.x1-b.x0, b.y1-b.y0, b.z1-b.z0
	for _, q := range [...]struct {
		side  sides
		v     [4][3]int
		u, v2 float64
	}{
		{front, [4][3]int{{0, 1, 0}, {1, 1, 0}, {1, 1, 1}, {0, 1, 1}}, w, h},
		{left, [4][3]int{{0, 0, 0}, {0, 1, 0}, {0, 1, 1}, {0, 0, 1}}, d, h},
		{right, [4][3]int{{1, 1, 0}, {1, 0, 0}, {1, 0, 1}, {1, 1, 1}}, d, h},
		{top, [4][3]int{{0, 1, 1}, {1, 1, 1}, {1, 0, 1}, {0, 0, 1}}, w, d},
		{bottom, [4][3]int{{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}}, w, d},
		{back, [4][3]int{{1, 0, 0}, {0, 0, 0}, {0, 0, 1}, {1, 0, 1}}, w, h},
	} {
		if s&q.side == 0 {
			continue
		}
		face := Face{Material: m, Colour: c, UV: [4]mgl64.Vec2{{0, 0}, {q.u, 0}, {q.u, q.v2}, {0, q.v2}}}
		if m == geo.Sign {
			face.UV = [4]mgl64.Vec2{{0, 0}, {1, 0}, {1, 1}, {0, 1}}
		}
		for k, v := range q.v {
			face.P[k] = p(v[0], v[1], v[2])
		}
		into = append(into, face)
	}
	return into
}

// shade is a colour made lighter or darker.
func shade(c [4]uint8, k float64) [4]uint8 {
	for i := range 3 {
		c[i] = uint8(min(255, float64(c[i])*k+0.5))
	}
	return c
}
