package points

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
)

// prism is an upright prism of radius 1 and height 1 without a bottom.
func prism(sides int, m *drawable.Material) *drawable.Mesh {
	d := &drawable.Mesh{Name: "prism", Material: m}
	corner := func(i int) (x, y float32) {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(sides))
		return float32(cos), float32(sin)
	}
	vertex := func(x, y, z float32, n [3]float32) uint32 {
		d.Vertices = append(d.Vertices, drawable.Vertex{Position: [3]float32{x, y, z}, Normal: drawable.EncodeNormal(n), Color: [4]uint8{255, 255, 255, 255}})
		return uint32(len(d.Vertices) - 1)
	}
	smooth := sides > 12
	for i := range sides {
		x0, y0 := corner(i)
		x1, y1 := corner(i + 1)
		n0 := [3]float32{(x0 + x1) / 2, (y0 + y1) / 2, 0}
		n1 := n0
		if smooth {
			n0, n1 = [3]float32{x0, y0, 0}, [3]float32{x1, y1, 0}
		}
		a, b := vertex(x0, y0, 0, n0), vertex(x1, y1, 0, n1)
		c, e := vertex(x1, y1, 1, n1), vertex(x0, y0, 1, n0)
		d.Indices = append(d.Indices, a, b, c, a, c, e)
	}
	up := [3]float32{0, 0, 1}
	x, y := corner(0)
	first := vertex(x, y, 1, up)
	for i := 1; i < sides; i++ {
		x, y := corner(i)
		v := vertex(x, y, 1, up)
		if i > 1 {
			d.Indices = append(d.Indices, first, v-1, v)
		}
	}
	return d.Bound()
}
