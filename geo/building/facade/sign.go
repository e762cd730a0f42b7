package facade

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// headroom is what a sign leaves free above the ground, in metres.
const headroom = 2.1

// SignReach is how far signs stand out of their wall, in metres.
const SignReach = 1.6

// signInks are what advertisements are mixed of; the shader lays them out.
var signInks = [...][4]uint8{
	{196, 58, 48, 255}, {38, 92, 158, 255}, {232, 226, 214, 255}, {222, 160, 46, 255}, {40, 118, 92, 255}, {52, 50, 58, 255}, {150, 62, 120, 255}, {226, 118, 70, 255},
}

// code of a material that is no wall.
func codeOf(w Windows, style uint8) uint8 { return 255 - (uint8(w) | style<<4) }

// ink is the colour of a sign; its kind (0 box of light, 1 neon, 2 poster) is in its alpha.
func ink(seed uint64, n int, kind uint8) [4]uint8 {
	c := signInks[int(chance(seed, n)*float64(len(signInks)))]
	for k := range 3 { // every sign is its own pattern
		c[k] += uint8(8 * chance(seed, n+1+k))
	}
	c[3] = codeOf(Sign, kind)
	return c
}

// steel is the colour of what holds signs and rails.
var steel = [4]uint8{84, 86, 88, 255}

// Signs adds what hangs on the front walls of buildings with shops: blades that stand out
// above the ground floor, canopies over it, and on some tall ones a panel of light. rise is
// how far the ground around the building comes up above its base: people pass below signs.
func Signs(into []Face, s *Style, walls []Wall, seed uint64, rise float64) []Face {
	if s.Ground != Shops && !(s.Use == Hotel && s.Ground == Entrance) {
		return into
	}
	blades, panels := 0, 0
	for i := range walls {
		w := &walls[i]
		f := w.frame()
		n := 1000 + 64*i
		storeys := math.Round((w.Top - w.Floor) / w.Storey)
		if !w.Front || w.First > 0 || f.length < 5 || storeys < 1 {
			continue
		}
		first := w.Floor + w.Storey
		if s.Ground == Shops && w.Floor+0.80*w.Storey-0.68 >= rise+1.7 {
			into = awnings(into, w, &f, seed, n)
		}
		if storeys >= 3 && blades < 2 && chance(seed, n) < 0.22 {
			blades++
			z := math.Max(first+0.5, rise+headroom)
			high := math.Min(w.Top-z-0.6, 2.2+7*chance(seed, n+1)*chance(seed, n+2))
			x := 0.6 + (f.length-1.2)*math.Round(chance(seed, n+3))
			wide := 0.7 + 0.5*chance(seed, n+4)
			if high < 1.2 {
				continue
			}
			c := ink(seed, n+5, uint8(2*chance(seed, n+9)))
			into = f.box(into, geo.Sign, c, box{x - 0.12, x + 0.12, 0.35, 0.35 + wide, z, z + high}, left|right)
			into = f.box(into, geo.Metal, steel, box{x - 0.12, x + 0.12, 0.35, 0.35 + wide, z, z + high}, front|top|bottom)
			into = f.box(into, geo.Metal, steel, box{x - 0.04, x + 0.04, 0, 0.35, z + 0.85*high, z + 0.85*high + 0.08}, left|right)
		}
		if s.Use != Flats && storeys >= 4 && f.length > 9 && panels == 0 && chance(seed, n+20) < 0.14 {
			panels++
			wide := math.Min(f.length-2, 5+6*chance(seed, n+21))
			high := wide * (0.45 + 0.25*chance(seed, n+22))
			z := first + w.Storey*math.Round(chance(seed, n+23)*math.Max(0, math.Min(3, storeys-3)))
			z = math.Max(z, rise+headroom)
			high = math.Min(high, w.Top-z-1)
			x := 1 + (f.length-wide-2)*chance(seed, n+24)
			b := box{x, x + wide, 0, 0.3, z, z + high}
			into = f.box(into, geo.Sign, ink(seed, n+25, 2), b, front)
			into = f.box(into, geo.Metal, steel, b, left|right|top|bottom)
		}
	}
	return into
}

// awnings hang over some of the shops, each two bays wide, as the shader divides them.
func awnings(into []Face, w *Wall, f *frame, seed uint64, n int) []Face {
	if chance(seed, n+30) > 0.4 {
		return into
	}
	z, deep := w.Floor+0.80*w.Storey, 1.1
	cloths := [...][4]uint8{{122, 52, 46, 255}, {52, 78, 64, 255}, {196, 184, 160, 255}, {58, 66, 84, 255}, {150, 132, 104, 255}}
	for k := int(math.Ceil(w.BayA / 2)); float64(2*k+2) <= w.BayB+1e-6; k++ {
		if chance(seed, n+31+k%32) > 0.6 {
			continue
		}
		x0, x1 := w.bayAt(f, float64(2*k))+0.25, w.bayAt(f, float64(2*k+2))-0.25
		if x1-x0 < 1 {
			continue
		}
		c := cloths[int(chance(seed, n+70+k)*float64(len(cloths)))]
		a, b := f.at(x0, 0, z), f.at(x1, 0, z)
		p, q := f.at(x0, deep, z-0.45), f.at(x1, deep, z-0.45)
		pl, ql := f.at(x0, deep, z-0.68), f.at(x1, deep, z-0.68)
		into = append(into,
			Face{Material: geo.Wall, Colour: c, P: [4]vec{p, q, b, a}},
			Face{Material: geo.Wall, Colour: shade(c, 0.7), P: [4]vec{a, b, q, p}},
			Face{Material: geo.Wall, Colour: shade(c, 0.92), P: [4]vec{pl, ql, q, p}})
	}
	return into
}

// Hoarding is a panel of a height that stands on a roof at z, behind a wall.
func Hoarding(w *Wall, z, high float64, seed uint64) []Face {
	f := w.frame()
	wide := math.Min(f.length-3, 2.2*(high-1.4))
	x := (f.length - wide) / 2
	b := box{x, x + wide, -1.6, -1.35, z + 1.4, z + high}
	out := f.box(nil, geo.Sign, ink(seed, 900, 2), b, front)
	out = f.box(out, geo.Metal, steel, b, back|left|right|top|bottom)
	for k := range 3 {
		at := x + wide*(0.12+0.38*float64(k))
		out = f.box(out, geo.Metal, steel, box{at - 0.08, at + 0.08, -1.55, -1.4, z, z + 1.4}, outer|back)
	}
	return out
}
