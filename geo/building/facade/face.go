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
	// Joined goes on from the face before round a corner too small to have an edge: P[0] and
	// P[3] are that one's P[1] and P[2].
	Joined bool
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
)

// box is a box along, out of and up a wall.
type box struct{ x0, x1, y0, y1, z0, z1 float64 }

// boxSides are the corners of a box's sides, counter-clockwise from outside: whether along,
// out and up is the further one.
var boxSides = [...]struct {
	side    sides
	corners [4][3]uint8
}{
	{left, [4][3]uint8{{0, 0, 0}, {0, 1, 0}, {0, 1, 1}, {0, 0, 1}}},
	{front, [4][3]uint8{{0, 1, 0}, {1, 1, 0}, {1, 1, 1}, {0, 1, 1}}},
	{right, [4][3]uint8{{1, 1, 0}, {1, 0, 0}, {1, 0, 1}, {1, 1, 1}}},
	{top, [4][3]uint8{{0, 1, 1}, {1, 1, 1}, {1, 0, 1}, {0, 0, 1}}},
	{bottom, [4][3]uint8{{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}}},
	{back, [4][3]uint8{{1, 0, 0}, {0, 0, 0}, {0, 0, 1}, {1, 0, 1}}},
}

// box adds the sides of a box that are asked for.
func (f *frame) box(into []Face, m geo.Material, c [4]uint8, b box, s sides) []Face {
	var plan [2][2]mgl64.Vec2
	for i, x := range [2]float64{b.x0, b.x1} {
		for j, y := range [2]float64{b.y0, b.y1} {
			plan[i][j] = f.origin.Add(f.along.Mul(x)).Add(f.out.Mul(y))
		}
	}
	high := [2]float64{b.z0, b.z1}
	for i := range boxSides {
		q := &boxSides[i]
		if s&q.side == 0 {
			continue
		}
		into = append(into, Face{Material: m, Colour: c})
		face := &into[len(into)-1]
		u, v := b.x1-b.x0, b.z1-b.z0
		switch {
		case m == geo.Sign:
			u, v = 1, 1
		case q.side&(left|right) != 0:
			u = b.y1 - b.y0
		case q.side&(top|bottom) != 0:
			v = b.y1 - b.y0
		}
		face.UV = [4]mgl64.Vec2{{0, 0}, {u, 0}, {u, v}, {0, v}}
		for k, at := range q.corners {
			face.P[k] = plan[at[0]][at[1]].Vec3(high[at[2]])
		}
	}
	return into
}

// rail is a bar round a balcony, thinner than its edges could be seen.
func (f *frame) rail(into []Face, m geo.Material, c [4]uint8, b box) []Face {
	from := len(into)
	into = f.box(into, m, c, b, outer) // left, front, right
	for i := from + 1; i < len(into); i++ {
		into[i].Joined = true
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
