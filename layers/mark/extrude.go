package mark

import (
	"math"
	"slices"

	"github.com/longtake/longtake/layers/drawable"
)

// Polygon is the corners of a regular polygon of radius 1, the first in the east.
func Polygon(sides int) [][2]float64 {
	out := make([][2]float64, sides)
	for i := range out {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(sides))
		out[i] = [2]float64{cos, sin}
	}
	return out
}

// Plus is the outline of a cross within a radius of 1.
func Plus() [][2]float64 {
	const a, b = 0.94, 0.34
	return [][2]float64{{a, -b}, {a, b}, {b, b}, {b, a}, {-b, a}, {-b, b}, {-a, b}, {-a, -b}, {-b, -b}, {-b, -a}, {b, -a}, {b, -b}}
}

// Extrude stands an outline, counter-clockwise and seen whole from its middle, up to height
// 1, where it is top times as wide: 0 is a tip. Sides are shaded as one round where round
// says so. Foot is the shade of the lower end. UV are the share of the outline and of the
// height; the bottom is open, see Foot.
func Extrude(m *drawable.Material, outline [][2]float64, top float64, round bool, foot float64) *drawable.Mesh {
	d := &drawable.Mesh{Name: "extrusion", Material: m}
	n := len(outline)
	dark := uint8(math.Round(255 * foot))
	add := func(p [2]float64, z, k float64, normal [2]float64, u float64) uint32 {
		v := vertex([3]float32{float32(p[0] * k), float32(p[1] * k), float32(z)}, unit(normal[0], normal[1], 1-top), [2]float32{float32(u), float32(z)})
		if z == 0 {
			v.Color = [4]uint8{dark, dark, dark, 255}
		}
		d.Vertices = append(d.Vertices, v)
		return uint32(len(d.Vertices) - 1)
	}
	for i, p := range outline {
		q := outline[(i+1)%n]
		np := [2]float64{q[1] - p[1], p[0] - q[0]}
		l := math.Hypot(np[0], np[1])
		np = [2]float64{np[0] / l, np[1] / l}
		nq := np
		if round {
			np, nq = p, q
		}
		u0, u1 := float64(i)/float64(n), float64(i+1)/float64(n)
		a, b := add(p, 0, 1, np, u0), add(q, 0, 1, nq, u1)
		c, e := add(q, 1, top, nq, u1), add(p, 1, top, np, u0)
		if top > 0 {
			d.Indices = append(d.Indices, a, b, c, a, c, e)
		} else {
			d.Indices = append(d.Indices, a, b, c)
		}
	}
	if top > 0 {
		first := uint32(len(d.Vertices))
		d.Vertices = append(d.Vertices, vertex([3]float32{0, 0, 1}, [3]float32{0, 0, 1}, [2]float32{0, 1}))
		for _, p := range outline {
			d.Vertices = append(d.Vertices, vertex([3]float32{float32(p[0] * top), float32(p[1] * top), 1}, [3]float32{0, 0, 1}, [2]float32{0, 1}))
		}
		for i := range uint32(n) {
			d.Indices = append(d.Indices, first, first+1+i, first+1+(i+1)%uint32(n))
		}
	}
	return d.Bound()
}

// Foot closes the bottom of an extruded outline, for bodies through which one sees it.
func Foot(d *drawable.Mesh, outline [][2]float64, foot float64) {
	dark := uint8(math.Round(255 * foot))
	first := uint32(len(d.Vertices))
	for _, p := range slices.Insert(slices.Clone(outline), 0, [2]float64{}) {
		v := vertex([3]float32{float32(p[0]), float32(p[1]), 0}, [3]float32{0, 0, -1}, [2]float32{})
		v.Color = [4]uint8{dark, dark, dark, 255}
		d.Vertices = append(d.Vertices, v)
	}
	n := uint32(len(outline))
	for i := range n {
		d.Indices = append(d.Indices, first, first+1+(i+1)%n, first+1+i)
	}
}

func unit(x, y, z float64) [3]float32 {
	l := math.Sqrt(x*x + y*y + z*z)
	return [3]float32{float32(x / l), float32(y / l), float32(z / l)}
}
