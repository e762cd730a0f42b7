package indoor

import (
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/near"
)

// place is where a piece stands: the middle of its back, where its front looks to and the
// floor's height.
type place struct {
	at, front vec
	z         float64
}

// furniture collects what stands in rooms: boxes in the axes of a place, x to the front.
type furniture struct {
	*surface
	place
	roll uint64
}

// piece is a kind of furniture.
type piece func(f *furniture)

func (f *furniture) stand(what piece, at place, roll uint64) {
	f.place, f.roll = at, roll
	what(f)
}

// box is an upright block from one corner to the other, in metres: x to the front from
// the back, y to its left, z from the floor. Only its underside is open.
func (f *furniture) box(x0, y0, z0, x1, y1, z1 float64, c [4]uint8) {
	left := vec{-f.front[1], f.front[0]}
	at := func(x, y, z float64) mgl64.Vec3 {
		return f.at.Add(f.front.Mul(x)).Add(left.Mul(y)).Vec3(f.z + z)
	}
	x, y := f.front.Vec3(0), left.Vec3(0)
	f.quad(at(x1, y0, z0), at(x1, y1, z0), at(x1, y1, z1), at(x1, y0, z1), x, c)
	f.quad(at(x0, y1, z0), at(x0, y0, z0), at(x0, y0, z1), at(x0, y1, z1), x.Mul(-1), c)
	f.quad(at(x1, y1, z0), at(x0, y1, z0), at(x0, y1, z1), at(x1, y1, z1), y, c)
	f.quad(at(x0, y0, z0), at(x1, y0, z0), at(x1, y0, z1), at(x0, y0, z1), y.Mul(-1), c)
	f.quad(at(x0, y0, z1), at(x1, y0, z1), at(x1, y1, z1), at(x0, y1, z1), mgl64.Vec3{0, 0, 1}, c)
}

// legs are four posts under a top.
func (f *furniture) legs(x0, y0, x1, y1, z float64, c [4]uint8) {
	const t = 0.05
	for _, x := range [2]float64{x0, x1 - t} {
		for _, y := range [2]float64{y0, y1 - t} {
			f.box(x, y, 0, x+t, y+t, z, c)
		}
	}
}

// pick is one of some colours, by the roll.
func (f *furniture) pick(salt int64, all ...[4]uint8) [4]uint8 {
	return all[near.Hash(f.roll, salt)%uint64(len(all))]
}

// Colours of what stands in rooms, sRGB.
var (
	oak     = [4]uint8{176, 138, 96, 255}
	walnut  = [4]uint8{112, 80, 58, 255}
	white   = [4]uint8{222, 219, 212, 255}
	steel   = [4]uint8{120, 124, 128, 255}
	black   = [4]uint8{38, 39, 42, 255}
	fabrics = [][4]uint8{{112, 120, 132, 255}, {150, 122, 104, 255}, {122, 130, 112, 255}, {160, 154, 144, 255}, {138, 98, 92, 255}}
	spines  = [][4]uint8{{142, 88, 80, 255}, {88, 104, 124, 255}, {104, 118, 98, 255}, {182, 164, 124, 255}, {112, 94, 108, 255}, {196, 190, 178, 255}}
	leaves  = [4]uint8{88, 110, 74, 255}
)

// chairAt is a chair whose seat's middle is at x, y; it looks to +x (1) or −x (−1).
func (f *furniture) chairAt(x, y, side float64) {
	c := f.pick(11, fabrics...)
	f.legs(x-0.2, y-0.2, x+0.2, y+0.2, 0.43, steel)
	f.box(x-0.22, y-0.22, 0.43, x+0.22, y+0.22, 0.48, c)
	back := x - side*0.2
	f.box(back-0.02, y-0.2, 0.48, back+0.02, y+0.2, 0.88, c)
}

func desk(f *furniture) {
	f.box(-0.4, -0.8, 0.71, 0.4, 0.8, 0.74, f.pick(1, oak, white, walnut))
	f.legs(-0.38, -0.78, 0.38, 0.78, 0.71, steel)
	f.box(-0.22, -0.3, 0.84, -0.19, 0.3, 1.2, black) // its screen
	f.box(-0.24, -0.05, 0.74, -0.16, 0.05, 0.84, black)
	f.box(0.05, -0.22, 0.74, 0.2, 0.22, 0.76, steel)
	f.chairAt(0.72, 0.1*(near.Share(f.roll)-0.5), -1)
}

func diningTable(f *furniture) {
	f.box(-0.42, -0.42, 0.71, 0.42, 0.42, 0.75, f.pick(1, oak, walnut, white))
	f.box(-0.05, -0.05, 0, 0.05, 0.05, 0.71, black)
	f.box(-0.25, -0.25, 0, 0.25, 0.25, 0.02, black)
	f.chairAt(-0.65, 0, 1)
	f.chairAt(0.65, 0, -1)
	f.cover(-0.22, 0, 0.75, 1)
	f.cover(0.22, 0, 0.75, -1)
	f.flowers(0, -0.3, 0.75)
}

func readingTable(f *furniture) {
	f.box(-0.5, -1, 0.71, 0.5, 1, 0.75, f.pick(1, oak, walnut))
	f.legs(-0.48, -0.98, 0.48, 0.98, 0.71, black)
	for _, y := range [2]float64{-0.5, 0.5} {
		f.chairAt(-0.75, y, 1)
		f.chairAt(0.75, y, -1)
		f.box(-0.06, y-0.02, 0.75, 0.06, y+0.02, 1.1, steel)
		f.box(-0.09, y-0.14, 1.1, 0.09, y+0.14, 1.16, leaves)
	}
}

// books fills a board with spines from y0 to y1.
func (f *furniture) books(x0, x1, y0, y1, z float64, salt int64) {
	for k := int64(0); y0 < y1-0.12; k++ {
		roll := near.Hash(f.roll, salt, k)
		w := 0.12 + 0.2*near.Share(roll)
		if roll%7 != 0 {
			h := 0.19 + 0.09*near.Share(near.Hash(roll, 1))
			f.box(x0, y0, z, x1, min(y0+w, y1), z+h, spines[near.Hash(roll, 2)%uint64(len(spines))])
		}
		y0 += w
	}
}

func shelf(f *furniture) {
	c := f.pick(1, oak, walnut, white)
	f.box(0, -0.5, 0, 0.02, 0.5, 2, c)
	for _, y := range [2]float64{-0.52, 0.49} {
		f.box(0, y, 0, 0.3, y+0.03, 2.02, c)
	}
	for k := range 6 {
		z := 0.05 + 0.39*float64(k)
		f.box(0, -0.5, z, 0.3, 0.5, z+0.03, c)
		if k < 5 {
			f.books(0.06, 0.27, -0.48, 0.48, z+0.03, int64(20+k))
		}
	}
}

// stack is a shelf that stands free, with two fronts.
func stack(f *furniture) {
	c := f.pick(1, oak, white, steel)
	for _, y := range [2]float64{-0.9, 0.87} {
		f.box(-0.28, y, 0, 0.28, y+0.03, 1.75, c)
	}
	f.box(-0.01, -0.88, 0, 0.01, 0.88, 1.75, c)
	for k := range 5 {
		z := 0.06 + 0.41*float64(k)
		f.box(-0.28, -0.88, z, 0.28, 0.88, z+0.03, c)
		if k < 4 {
			f.books(0.04, 0.25, -0.85, 0.85, z+0.03, int64(20+k))
			f.books(-0.25, -0.04, -0.85, 0.85, z+0.03, int64(40+k))
		}
	}
}

func cabinet(f *furniture) {
	c := f.pick(1, oak, white, steel)
	f.box(0.02, -0.45, 0.08, 0.42, 0.45, 1.15, c)
	f.box(0.42, -0.01, 0.12, 0.43, 0.01, 1.1, black)
	for _, y := range [2]float64{-0.08, 0.08} {
		f.box(0.42, y-0.01, 0.6, 0.45, y+0.01, 0.75, steel)
	}
}

func counter(f *furniture) {
	f.box(0.02, -0.95, 0, 0.58, 0.95, 0.98, f.pick(1, walnut, white, fabrics[0]))
	f.box(0, -1, 0.98, 0.64, 1, 1.03, f.pick(2, oak, black, white))
	f.box(0.2, 0.35, 1.03, 0.5, 0.7, 1.3, black)
}

func worktop(f *furniture) {
	f.box(0.02, -0.3, 0, 0.56, 0.3, 0.1, black)
	f.box(0.02, -0.3, 0.1, 0.6, 0.3, 0.88, white)
	f.box(0, -0.31, 0.88, 0.63, 0.31, 0.92, black)
	f.box(0.02, -0.3, 1.5, 0.36, 0.3, 2.15, white)
	f.box(0.6, -0.2, 0.78, 0.62, 0.2, 0.8, steel)
}

func bed(f *furniture) {
	c := f.pick(1, fabrics...)
	f.box(0.05, -0.72, 0.12, 2.05, 0.72, 0.3, oak)
	f.box(0.08, -0.7, 0.3, 2.03, 0.7, 0.5, white)
	f.box(0.75, -0.74, 0.34, 2.06, 0.74, 0.54, c)
	f.box(0, -0.76, 0, 0.06, 0.76, 1, oak)
	for _, y := range [2]float64{-0.35, 0.35} {
		f.box(0.12, y-0.27, 0.5, 0.52, y+0.27, 0.62, white)
	}
}

func sofa(f *furniture) {
	c := f.pick(1, fabrics...)
	f.box(0.05, -0.95, 0.1, 0.85, 0.95, 0.42, c)
	f.box(0.05, -0.95, 0.42, 0.25, 0.95, 0.82, c)
	for _, y := range [2]float64{-1.05, 0.9} {
		f.box(0.05, y, 0.08, 0.85, y+0.15, 0.6, c)
	}
	f.box(1.25, -0.5, 0.36, 1.75, 0.5, 0.4, walnut)
	f.legs(1.27, -0.48, 1.73, 0.48, 0.36, black)
}

func rug(f *furniture) { f.box(-1.6, -1.1, 0, 1.6, 1.1, 0.012, f.pick(1, fabrics...)) }

func bench(f *furniture) {
	f.box(0.02, -0.85, 0.4, 0.46, 0.85, 0.46, f.pick(1, oak, walnut))
	for _, y := range [2]float64{-0.7, 0.62} {
		f.box(0.06, y, 0, 0.42, y+0.08, 0.4, black)
	}
}

// showcase is a plinth with something small on it.
func showcase(f *furniture) {
	f.box(-0.32, -0.32, 0, 0.32, 0.32, 0.95, white)
	f.box(-0.34, -0.34, 0.95, 0.34, 0.34, 0.98, walnut)
	c := f.pick(1, spines...)
	f.box(-0.05, -0.18, 0.98, 0.05, 0.18, 1.08, c)
	f.box(-0.03, -0.03, 1.08, 0.03, 0.03, 1.42, oak)
	f.box(-0.005, -0.16, 1.12, 0.005, 0.12, 1.36, white)
}

// picture hangs at eye height.
func picture(f *furniture) {
	roll := near.Share(near.Hash(f.roll, 5))
	w, h := 0.5+0.35*roll, 0.4+0.25*near.Share(near.Hash(f.roll, 6))
	f.box(0, -w, 1.55-h, 0.04, w, 1.55+h, f.pick(1, walnut, black, oak))
	f.box(0.04, -w+0.05, 1.6-h, 0.045, w-0.05, 1.5+h, white)
	sky := f.pick(2, [4]uint8{120, 150, 176, 255}, [4]uint8{206, 176, 130, 255}, [4]uint8{150, 160, 158, 255})
	f.box(0.045, -w+0.13, 1.55, 0.047, w-0.13, 1.42+h, sky)
	f.box(0.045, -w+0.13, 1.68-h, 0.047, w-0.13, 1.55, f.pick(3, [4]uint8{92, 116, 130, 255}, [4]uint8{116, 122, 96, 255}, [4]uint8{134, 112, 96, 255}))
}

func board(f *furniture) {
	f.box(0, -1.3, 0.9, 0.03, 1.3, 2.1, oak)
	f.box(0.03, -1.26, 0.94, 0.035, 1.26, 2.06, [4]uint8{44, 66, 54, 255})
}

func plant(f *furniture) {
	f.box(0.08, -0.16, 0, 0.4, 0.16, 0.4, f.pick(1, white, spines[0], black))
	for k := range 5 {
		r := near.Hash(f.roll, int64(30+k))
		x, y := 0.24+0.3*(near.Share(r)-0.5), 0.3*(near.Share(near.Hash(r, 1))-0.5)
		h := 0.5 + 0.5*near.Share(near.Hash(r, 2))
		f.box(x-0.09, y-0.09, h, x+0.09, y+0.09, h+0.28, leaves)
	}
	f.box(0.23, -0.01, 0.4, 0.25, 0.01, 1, walnut)
}

func basin(f *furniture) {
	f.box(0, -0.28, 0.72, 0.45, 0.28, 0.86, white)
	f.box(0.12, -0.05, 0, 0.26, 0.05, 0.72, white)
	f.box(0.04, -0.015, 0.86, 0.18, 0.015, 1, steel)
	f.box(0, -0.26, 1.2, 0.01, 0.26, 1.85, [4]uint8{170, 186, 192, 255})
}

func crates(f *furniture) {
	f.box(0.05, -0.5, 0, 0.75, 0.2, 0.55, oak)
	f.box(0.1, -0.4, 0.55, 0.65, 0.15, 0.95, f.pick(1, oak, walnut, steel))
	f.box(0.1, 0.25, 0, 0.6, 0.65, 0.4, f.pick(2, oak, spines[5]))
}

func sideboard(f *furniture) {
	f.box(0.02, -0.7, 0.06, 0.42, 0.7, 0.78, f.pick(1, oak, walnut, white))
	f.box(0.42, -0.01, 0.1, 0.43, 0.01, 0.74, black)
	f.box(0.12, 0.3, 0.78, 0.3, 0.48, 1.02, f.pick(2, spines...))
}
