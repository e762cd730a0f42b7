package draco

import (
	"fmt"
	"math"
)

// octahedron is a grid on an octahedron unfolded to a square (Cigolle et al. 2014), named
// by the largest number of a coordinate; it is odd, so that the last number is not used
// and zero has one.
type octahedron int32

func (o octahedron) center() int32 { return int32(o-1) / 2 }

// unit is the vector of a place on the square.
func (o octahedron) unit(s, t int32) [3]float32 {
	scale := 2 / float32(o-1)
	y, z := float32(float32(s)*scale)-1, float32(float32(t)*scale)-1
	x := 1 - abs(y) - abs(z)
	fold := max(-x, 0)
	y -= sign(y) * fold
	z -= sign(z) * fold
	n := float32(float32(x*x)+float32(y*y)) + float32(z*z)
	if n < 1e-6 {
		return [3]float32{}
	}
	k := 1 / float32(math.Sqrt(float64(n)))
	return [3]float32{x * k, y * k, z * k}
}

func abs[T int32 | int64 | float32](v T) T {
	if v < 0 {
		return -v
	}
	return v
}

func sign(v float32) float32 {
	if v < 0 {
		return -1
	}
	return 1
}

// scaled brings a vector to the octahedron of the grid.
func (o octahedron) scaled(v vec) vec {
	c := int64(o.center())
	sum := abs(v[0]) + abs(v[1]) + abs(v[2])
	if sum == 0 {
		return vec{c, v[1], v[2]}
	}
	x, y := v[0]*c/sum, v[1]*c/sum
	z := c - abs(x) - abs(y)
	if v[2] < 0 {
		z = -z
	}
	return vec{x, y, z}
}

// square is the place of a scaled vector; places on the border that mean the same are one.
func (o octahedron) square(v vec) (s, t int32) {
	c, top := int64(o.center()), int64(o-1)
	var a, b int64
	if v[0] >= 0 {
		a, b = v[1]+c, v[2]+c
	} else {
		a, b = abs(v[2]), abs(v[1])
		if v[1] >= 0 {
			a = top - a
		}
		if v[2] >= 0 {
			b = top - b
		}
	}
	switch {
	case (a == 0 || a == top) && (b == 0 || b == top) && (a != top || b != top):
		a, b = top, top
	case a == 0 && b > c, a == top && b < c:
		b = 2*c - b
	case b == top && a < c, b == 0 && a > c:
		a = 2*c - a
	}
	return int32(a), int32(b)
}

// folded corrections are made where the half of the sphere that lies in the diamond of
// the square is; turned ones after a turn of the guess to the lower left quarter.
type folded struct {
	octahedron
	turned bool
}

func (f *folded) read(r *reader) error {
	top := r.u32()
	if f.turned {
		r.u32() // the centre, which follows from it
	}
	if r.err != nil {
		return r.err
	}
	if top < 3 || top > 1<<30-1 || top&1 == 0 {
		return fmt.Errorf("a grid of normals of %d", top)
	}
	bits := 0
	for v := top; v > 0; v >>= 1 {
		bits++
	}
	f.octahedron = octahedron(1<<bits - 1)
	return nil
}

func (f *folded) correct(guess, stored, out []int32) {
	c := f.center()
	s, t := guess[0]-c, guess[1]-c
	inside := abs(s)+abs(t) <= c
	if !inside {
		s, t = f.invert(s, t)
	}
	turns := 0
	if f.turned {
		turns = quarter(s, t)
	}
	s, t = turn(s, t, turns)
	s, t = turn(f.wrap(s+stored[0]), f.wrap(t+stored[1]), (4-turns)%4)
	if !inside {
		s, t = f.invert(s, t)
	}
	out[0], out[1] = s+c, t+c
}

func (f *folded) wrap(v int32) int32 {
	c := f.center()
	if v > c {
		return v - int32(f.octahedron)
	} else if v < -c {
		return v + int32(f.octahedron)
	}
	return v
}

// invert exchanges the inside of the diamond with its outside.
func (f *folded) invert(s, t int32) (int32, int32) {
	a, b := int32(1), int32(1)
	switch {
	case s >= 0 && t >= 0:
	case s <= 0 && t <= 0:
		a, b = -1, -1
	default:
		if s <= 0 {
			a = -1
		}
		if t <= 0 {
			b = -1
		}
	}
	c := f.center()
	x, y := 2*s-a*c, 2*t-b*c
	if a*b >= 0 {
		x, y = -y, -x
	} else {
		x, y = y, x
	}
	return (x + a*c) / 2, (y + b*c) / 2
}

// quarter is how many quarter turns bring a place to the lower left.
func quarter(s, t int32) int {
	switch {
	case s == 0 && t == 0:
		return 0
	case s == 0:
		if t > 0 {
			return 3
		}
		return 1
	case s > 0:
		if t >= 0 {
			return 2
		}
		return 1
	case t <= 0:
		return 0
	}
	return 3
}

func turn(s, t int32, quarters int) (int32, int32) {
	switch quarters {
	case 1:
		return t, -s
	case 2:
		return -s, -t
	case 3:
		return -t, s
	}
	return s, t
}

// normal guesses the mean of the faces around a vertex, weighted by area.
type normal struct {
	*decoder
	*order
	octahedron
	flips *coin
}

func (d *decoder) normal(p *portable, c correction) (guess, error) {
	f, ok := c.(*folded)
	if !ok {
		return nil, fmt.Errorf("normals are guessed for what is no normal")
	}
	if err := d.needPosition(); err != nil {
		return nil, err
	}
	flips, err := d.coin()
	return &normal{d, p.order, f.octahedron, flips}, err
}

func (g *normal) guess(entry int, _, out []int32) error {
	var sum vec
	at := g.place(g.corners[entry])
	g.around(g.corners[entry], func(c int32) bool {
		n := g.place(next(c)).sub(at).cross(g.place(previous(c)).sub(at))
		for k := range sum {
			sum[k] += n[k]
		}
		return true
	})
	const most = 1 << 29
	if size := abs(sum[0]) + abs(sum[1]) + abs(sum[2]); size > most {
		for k := range sum {
			sum[k] /= size / most
		}
	}
	v := g.scaled(sum)
	if g.flips.next() {
		v = vec{-v[0], -v[1], -v[2]}
	}
	out[0], out[1] = g.square(v)
	return nil
}
