package draco

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
)

// cloud reads points without faces.
func (d *decoder) cloud(tree bool) error {
	var err error
	if d.mesh.Points, err = d.size("points", d.u32(), d.limits.Points); err != nil {
		return err
	}
	if !tree {
		return d.listedAttributes()
	}
	if n := d.u8(); n > 1 {
		return fmt.Errorf("%d trees; there is one", n)
	} else if n == 0 {
		return d.err
	}
	return d.tree()
}

// tree reads attributes whose points are sorted by halving their box again and again
// (Devillers and Gandoin 2000): only how many lie in each half is stored.
func (d *decoder) tree() error {
	first := len(d.mesh.Attributes)
	for range d.varint() { // ends with the data
		a := Attribute{Kind: Kind(d.u8()), Type: Type(d.u8()), Components: int(d.u8()), Normalized: d.u8() != 0, ID: d.varint()}
		if d.err != nil {
			return d.err
		}
		if a.Components == 0 || a.Type.Size() == 0 || a.Type.Size() == 8 {
			return fmt.Errorf("attribute %d has %d components of type %d", a.ID, a.Components, a.Type)
		}
		d.mesh.Attributes = append(d.mesh.Attributes, a)
	}
	attributes, axes := d.mesh.Attributes[first:], 0
	for _, a := range attributes {
		axes += a.Components
	}
	if err := d.take(8 * axes * d.mesh.Points); err != nil {
		return err
	}
	t := &halves{axes: axes, level: d.u8()}
	if t.level > 6 {
		return fmt.Errorf("level %d of compression; there are 0 to 6", t.level)
	}
	if err := t.read(d.reader, d.mesh.Points); err != nil {
		return err
	}
	return d.untree(attributes, t)
}

// untree spreads the axes over the attributes and undoes what made them whole and
// positive.
func (d *decoder) untree(attributes []Attribute, t *halves) error {
	grids := make([]quantization, len(attributes))
	for i, a := range attributes {
		if a.Type == Float32 {
			var err error
			if grids[i], err = d.quantization(a.Components); err != nil {
				return err
			}
		}
	}
	axis := 0
	for i := range attributes {
		a := &attributes[i]
		low := make([]uint32, a.Components)
		if a.Type == Int8 || a.Type == Int16 || a.Type == Int32 {
			for k := range low {
				low[k] = uint32(signed(d.varint()))
			}
		}
		size := a.Type.Size()
		a.Data = make([]byte, 0, d.mesh.Points*a.Components*size)
		for p := range d.mesh.Points {
			for k := range a.Components {
				v := t.points[p*t.axes+axis+k] + low[k]
				if a.Type == Float32 {
					v = math.Float32bits(grids[i].float(int32(v), k))
				}
				for b := range size {
					a.Data = append(a.Data, byte(v>>(8*b)))
				}
			}
		}
		axis += a.Components
	}
	return d.err
}

// source gives whole numbers of so many bits.
type source interface{ read(bits int) uint32 }

// halves decodes a tree.
type halves struct {
	axes                     int
	level                    uint8
	numbers, rest, axis, way source
	bits                     uint32
	points                   []uint32
}

// branch is a box that is still to be divided.
type branch struct {
	points, axis int
	base         []uint32
	levels       []uint32 // how often each axis was halved
}

func (t *halves) read(r *reader, points int) error {
	t.bits = r.u32()
	n := r.u32()
	if r.err != nil {
		return r.err
	}
	if t.bits > 32 || int(n) != points {
		return fmt.Errorf("%d points of %d bits where %d are said", n, t.bits, points)
	}
	if n == 0 {
		return nil
	}
	var err error
	open := func(kind func() (source, error)) (s source) {
		if err == nil {
			s, err = kind()
		}
		return s
	}
	plain := func() (source, error) { return r.words() }
	coin := func() (source, error) { return r.coin() }
	numbers := plain
	if t.level >= 4 {
		numbers = func() (source, error) { return r.coins() }
	} else if t.level >= 2 {
		numbers = coin
	}
	t.numbers, t.rest, t.axis, t.way = open(numbers), open(plain), open(plain), open(plain)
	if err != nil {
		return err
	}
	t.points = make([]uint32, 0, points*t.axes)
	return t.divide(points)
}

func (t *halves) divide(points int) error {
	stack := []branch{{points: points, base: make([]uint32, t.axes), levels: make([]uint32, t.axes)}}
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		axis, err := t.next(b)
		if err != nil {
			return err
		}
		left := t.bits - b.levels[axis]
		switch {
		case left == 0:
			for range b.points {
				t.points = append(t.points, b.base...)
			}
			continue
		case b.points <= 2:
			for range b.points {
				at := len(t.points)
				t.points = append(t.points, b.base...)
				for i := range t.axes {
					k := (axis + i) % t.axes
					t.points[at+k] |= t.rest.read(int(t.bits - b.levels[k]))
				}
			}
			continue
		}
		half := b.points / 2
		less := int(t.numbers.read(bits.Len(uint(b.points)) - 1))
		if less > half {
			return errors.New("more points in a half than in the whole")
		}
		lower, upper := half-less, b.points-half+less
		if lower != upper && t.way.read(1) == 0 {
			lower, upper = upper, lower
		}
		b.levels[axis]++
		if lower > 0 {
			stack = append(stack, branch{lower, axis, b.base, b.levels})
		}
		if upper > 0 {
			u := branch{upper, axis, append([]uint32(nil), b.base...), append([]uint32(nil), b.levels...)}
			u.base[axis] += 1 << (left - 1)
			stack = append(stack, u)
		}
	}
	return nil
}

// next is the axis that is halved next.
func (t *halves) next(b branch) (int, error) {
	if t.level < 6 {
		if len(b.levels) == 0 {
			return 0, errors.New("points without attributes")
		}
		return (b.axis + 1) % t.axes, nil
	}
	best := 0
	if b.points < 64 {
		for k := range b.levels {
			if b.levels[best] > b.levels[k] {
				best = k
			}
		}
	} else {
		best = int(t.axis.read(4))
	}
	if best >= t.axes {
		return 0, fmt.Errorf("axis %d of %d", best, t.axes)
	}
	return best, nil
}

// words are bits in whole numbers of 32, the highest first.
type words struct {
	data []byte
	at   int
}

func (r *reader) words() (*words, error) {
	n := r.u32()
	w := &words{data: r.bytes(int(n))}
	if r.err == nil && n%4 != 0 {
		return nil, errors.New("bits that fill no whole words")
	}
	return w, r.err
}

func (w *words) read(n int) (v uint32) {
	for range n {
		v <<= 1
		if i := w.at >> 5 * 4; i+4 <= len(w.data) {
			v |= uint32(w.data[i+3-w.at&31/8]>>(7-w.at&7)) & 1
		}
		w.at++
	}
	return v
}

// coins have a probability for each bit of a number.
type coins [32]*coin

func (r *reader) coins() (*coins, error) {
	var c coins
	for i := range c {
		var err error
		if c[i], err = r.coin(); err != nil {
			return nil, err
		}
	}
	_, err := r.coin() // for single bits, of which there are none
	return &c, err
}

func (c *coins) read(n int) (v uint32) {
	for i := range n {
		v = v<<1 | c[i].read(1)
	}
	return v
}
