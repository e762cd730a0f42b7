package facade

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// Sizes of balconies, in metres.
const (
	BalconyDeep  = 1.25
	balconySlab  = 0.16
	balconyRail  = 1.05
	mostBalcony  = 18 // of one building: the shader draws the rest
	balconyClear = 2.4
)

// hash is PCG's output function (Jarzynski and Olano 2020), as shaders/common.glsl has it.
func hash(v uint32) uint32 {
	s := v*747796405 + 2891336453
	w := ((s >> ((s >> 28) + 4)) ^ s) * 277803737
	return w>>22 ^ w
}

// rhythm is the balconies of a wall: one in every bays, at those that leave phase; 1 is one
// balcony along the wall and 0 none. It depends on the wall's colour alone, as the shader knows it.
func rhythm(w Windows, wall [4]uint8) (every, phase int) {
	h := hash(uint32(wall[0]) | uint32(wall[1])<<8 | uint32(wall[2])<<16)
	shares := [3]uint32{} // of 256: one each bay, every other, every third
	switch w {
	case Picture:
		shares = [3]uint32{60, 70, 50}
	case Tall, Shuttered:
		shares = [3]uint32{26, 26, 40}
	}
	p := h & 255
	for k, s := range shares {
		if p < s {
			return k + 1, int(h>>8&255) % (k + 1)
		}
		p -= s
	}
	return 0, 0
}

// Balconies adds those of the front walls, above the ground floor. What comes back tells
// whether any was left out.
func Balconies(into []Face, s *Style, walls []Wall, wall [4]uint8) []Face {
	every, phase := rhythm(s.Windows, wall)
	if every == 0 {
		return into
	}
	count := 0
	for i := range walls {
		w := &walls[i]
		f := w.frame()
		if !w.Front || f.length < balconyClear {
			continue
		}
		lo, hi := int(math.Ceil(w.BayA-1e-6)), int(math.Floor(w.BayB+1e-6))
		for n := math.Max(1, w.First); ; n++ {
			z := w.Floor + (n-w.First)*w.Storey
			if z+w.Storey > w.Top+0.01 {
				break
			}
			if every == 1 {
				if count++; count <= mostBalcony {
					into = balcony(into, &f, s, 0.35, f.length-0.35, z, wall)
				}
				continue
			}
			for k := lo; k < hi; k++ {
				if ((k-phase)%every+every)%every != 0 {
					continue
				}
				x0, x1 := w.bayAt(&f, float64(k)), w.bayAt(&f, float64(k+1))
				pad := 0.04 * (x1 - x0)
				if count++; count <= mostBalcony {
					into = balcony(into, &f, s, x0+pad, x1-pad, z, wall)
				}
			}
		}
	}
	return into
}

// balcony is a slab with a parapet of glass, iron or the wall's own. Faces narrower than
// the slab is thick are left out: there are tens of balconies on a house.
func balcony(into []Face, f *frame, s *Style, x0, x1, z float64, wall [4]uint8) []Face {
	ground, low := shade(wall, 0.94), z-balconySlab
	if s.Age <= Interwar {
		// Iron: rails, not a sheet.
		const bar, deep = 0.04, 0.7
		iron := [4]uint8{46, 46, 48, 255}
		into = f.box(into, geo.Concrete, ground, box{x0, x1, 0, deep, low, z + 0.02}, front|top|bottom)
		into = f.rail(into, geo.Metal, iron, box{x0, x1, 0, deep, z + balconyRail - bar, z + balconyRail})
		return f.box(into, geo.Metal, iron, box{x0, x1, deep - bar, deep, z + 0.5 - bar, z + 0.5}, front)
	}
	const deep, thin = BalconyDeep, 0.05
	rail, colour := geo.Glass, [4]uint8{150, 165, 170, 255}
	if s.Material != Glazed && (wall[0]^wall[1])&1 == 0 {
		// Masonry goes down over the slab's edge.
		rail, colour = geo.Wall, shade(wall, 1.06)
		into = f.box(into, geo.Concrete, ground, box{x0, x1, 0, deep, low, z + 0.02}, top|bottom)
		into = f.box(into, rail, colour, box{x0, x1, 0, deep, low, z + balconyRail}, outer)
	} else {
		into = f.box(into, geo.Concrete, ground, box{x0, x1, 0, deep, low, z + 0.02}, front|top|bottom)
		into = f.box(into, rail, colour, box{x0, x1, 0, deep, z, z + balconyRail}, outer)
	}
	// The same from within.
	g := frame{origin: f.origin.Add(f.along.Mul(x1)).Add(f.out.Mul(deep - thin)), along: f.along.Mul(-1), out: f.out.Mul(-1)}
	return g.box(into, rail, shade(colour, 0.85), box{0, x1 - x0, 0, 0, z, z + balconyRail}, front)
}
