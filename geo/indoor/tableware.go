package indoor

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// roundSides of what is turned: a plate in the hand still looks round.
const roundSides = 20

// outline is the half section of a turned body, radius and height in metres, from the axis
// or the foot upwards along its outside, then down its inside.
type outline []vec

var (
	plate  = outline{{0.06, 0}, {0.075, 0.006}, {0.125, 0.018}, {0.125, 0.021}, {0.075, 0.010}, {0, 0.009}}
	saucer = outline{{0.035, 0}, {0.045, 0.004}, {0.074, 0.013}, {0.074, 0.015}, {0.045, 0.007}, {0, 0.006}}
	cup    = outline{{0.022, 0}, {0.036, 0.022}, {0.040, 0.058}, {0.037, 0.058}, {0.034, 0.046}}
	coffee = outline{{0.034, 0}, {0, 0.0005}}
	vase   = outline{{0.030, 0}, {0.044, 0.040}, {0.036, 0.095}, {0.022, 0.130}, {0.026, 0.150}, {0.022, 0.149}, {0.018, 0.12}}
	bloom  = outline{{0, 0}, {0.016, 0.012}, {0.012, 0.024}, {0, 0.028}}
)

// turn spins an outline round the upright through x, y; z is its foot.
func (f *furniture) turn(o outline, x, y, z float64, c [4]uint8) {
	left := vec{-f.front[1], f.front[0]}
	axis := f.at.Add(f.front.Mul(x)).Add(left.Mul(y))
	for k := 1; k < len(o); k++ {
		a, b := o[k-1], o[k]
		slope := vec{b[1] - a[1], a[0] - b[0]}.Normalize() // out of the body, which is on the left of its outline
		for i := range roundSides {
			s0, c0 := math.Sincos(2 * math.Pi * float64(i) / roundSides)
			s1, c1 := math.Sincos(2 * math.Pi * float64(i+1) / roundSides)
			at := func(p, d vec) mgl64.Vec3 { return axis.Add(d.Mul(p[0])).Vec3(f.z + z + p[1]) }
			d0, d1 := vec{c0, s0}, vec{c1, s1}
			n0, n1 := d0.Mul(slope[0]).Vec3(slope[1]), d1.Mul(slope[0]).Vec3(slope[1])
			v := f.vertex(at(a, d0), n0, c)
			f.vertex(at(a, d1), n1, c)
			f.vertex(at(b, d1), n1, c)
			f.vertex(at(b, d0), n0, c)
			if a[0] > 0 { // else it begins on the axis
				f.mesh.Indices = append(f.mesh.Indices, v, v+1, v+2)
			}
			if b[0] > 0 {
				f.mesh.Indices = append(f.mesh.Indices, v, v+2, v+3)
			}
		}
	}
}

// cover is what is laid for one: plate, knife, fork and a cup; side is where the guest looks
// to, as of chairAt.
func (f *furniture) cover(x, y, z, side float64) {
	china := [4]uint8{238, 236, 230, 255}
	f.turn(plate, x, y, z, china)
	for _, dy := range [2]float64{-0.16, 0.16} {
		f.box(x-0.1, y+dy-0.007, z, x+0.1, y+dy+0.007, z+0.003, steel)
	}
	f.turn(saucer, x+side*0.17, y+side*0.2, z, china)
	f.turn(cup, x+side*0.17, y+side*0.2, z+0.006, china)
	f.turn(coffee, x+side*0.17, y+side*0.2, z+0.052, [4]uint8{58, 36, 24, 255})
}

// flowers stand in a vase.
func (f *furniture) flowers(x, y, z float64) {
	f.turn(vase, x, y, z, f.pick(2, white, spines[1], spines[3]))
	petals := f.pick(3, [4]uint8{206, 92, 84, 255}, [4]uint8{224, 176, 88, 255}, [4]uint8{196, 142, 178, 255})
	for i := range 7 {
		s, c := math.Sincos(2.4 * float64(i)) // the golden angle
		r, h := 0.014*float64(i)*0.6+0.008, 0.23-0.006*float64(i)
		px, py := x+c*r, y+s*r
		f.box(px-0.002, py-0.002, z+0.12, px+0.002, py+0.002, z+h, leaves)
		f.turn(bloom, px, py, z+h-0.012, petals)
	}
}
