package draco

import (
	"errors"
	"fmt"
)

// Ways to guess a value from those before it.
const (
	guessNothing      = -2
	guessLast         = 0
	guessParallel     = 1
	guessParallels    = 4
	guessTexture      = 5
	guessNormal       = 6
	correctWrapped    = 1
	correctOctahedron = 2
	correctTurned     = 3
)

// guess predicts a value; those before it are in values.
type guess interface {
	guess(entry int, values, out []int32) error
}

// correction adds what was stored to a guess, within the range of an attribute.
type correction interface {
	read(r *reader) error
	correct(guess, stored, out []int32)
}

// integers decodes the whole numbers of an attribute.
func (d *decoder) integers(p *portable, normals bool) error {
	method, kind := int8(d.u8()), int8(-1)
	if method != guessNothing {
		kind = int8(d.u8())
	}
	raw := make([]uint32, p.entries*p.components)
	if d.u8() > 0 {
		if err := d.symbols(raw, p.components); err != nil {
			return err
		}
	} else {
		width := int(d.u8())
		if width > 4 {
			return fmt.Errorf("whole numbers of %d bytes", width)
		}
		b := d.bytes(len(raw) * width)
		if d.err != nil {
			return d.err
		}
		for i := range raw {
			for k := range width {
				raw[i] |= uint32(b[i*width+k]) << (8 * k)
			}
		}
	}
	p.values = make([]int32, len(raw))
	for i, v := range raw {
		if normals && kind != -1 {
			p.values[i] = int32(v)
		} else {
			p.values[i] = signed(v)
		}
	}
	if method == guessNothing || len(raw) == 0 {
		return d.err
	}
	var c correction
	switch {
	case kind == correctWrapped && !normals:
		c = new(wrapped)
	case kind == correctOctahedron && normals, kind == correctTurned && normals:
		c = &folded{turned: kind == correctTurned}
	default:
		return fmt.Errorf("corrections of kind %d", kind)
	}
	g, err := d.guess(p, method, c)
	if err != nil {
		return fmt.Errorf("prediction: %w", err)
	}
	return p.predict(g, c)
}

// guess opens a prediction: what it needs stands around what its corrections need.
func (d *decoder) guess(p *portable, method int8, c correction) (guess, error) {
	if p.order == nil {
		method = guessLast // without faces there is nothing else
	}
	switch method {
	case guessLast:
		return last(p.components), c.read(d.reader)
	case guessParallel:
		return parallel{p.order, p.components}, c.read(d.reader)
	case guessParallels:
		g, err := d.parallels(p)
		if err != nil {
			return nil, err
		}
		return g, c.read(d.reader)
	case guessTexture:
		g, err := d.texture(p)
		if err != nil {
			return nil, err
		}
		return g, c.read(d.reader)
	case guessNormal:
		if err := c.read(d.reader); err != nil {
			return nil, err
		}
		return d.normal(p, c)
	}
	return nil, fmt.Errorf("method %d is not of this version of the bitstream", method)
}

func (p *portable) predict(g guess, c correction) error {
	n := p.components
	guessed, stored := make([]int32, n), make([]int32, n)
	for e := range p.entries {
		if err := g.guess(e, p.values, guessed); err != nil {
			return err
		}
		out := p.values[e*n : (e+1)*n]
		copy(stored, out)
		c.correct(guessed, stored, out)
	}
	return nil
}

// last guesses the value before, of so many components.
type last int

func (l last) guess(entry int, values, out []int32) error {
	if entry == 0 {
		clear(out)
		return nil
	}
	copy(out, values[(entry-1)*int(l):entry*int(l)])
	return nil
}

// parallel completes the triangle behind the edge to a parallelogram.
type parallel struct {
	*order
	components int
}

func (p parallel) guess(entry int, values, out []int32) error {
	if entry == 0 || !p.complete(entry, p.corners[entry], values, out) {
		return last(p.components).guess(entry, values, out)
	}
	return nil
}

// complete tells whether all of the triangle that faces a corner is known already.
func (p parallel) complete(entry int, corner int32, values, out []int32) bool {
	o := p.opposite[corner]
	if o == none {
		return false
	}
	a, b, c := int(p.value[p.vertex[next(o)]]), int(p.value[p.vertex[previous(o)]]), int(p.value[p.vertex[o]])
	if a >= entry || b >= entry || c >= entry {
		return false
	}
	n := p.components
	for k := range n {
		out[k] = values[a*n+k] + values[b*n+k] - values[c*n+k]
	}
	return true
}

// parallels takes the mean of up to four parallelograms, without those across creases.
type parallels struct {
	parallel
	creases [4][]bool // by how many parallelograms there are
	each    [4][]int32
}

func (d *decoder) parallels(p *portable) (*parallels, error) {
	g := &parallels{parallel: parallel{p.order, p.components}}
	for i := range g.creases {
		n, err := d.size("creases", d.varint(), len(p.order.vertex))
		if err != nil {
			return nil, err
		}
		g.each[i] = make([]int32, p.components)
		if n == 0 {
			continue
		}
		c, err := d.coin()
		if err != nil {
			return nil, fmt.Errorf("creases: %w", err)
		}
		g.creases[i] = make([]bool, n)
		for k := range g.creases[i] {
			g.creases[i][k] = c.next()
		}
	}
	return g, nil
}

func (g *parallels) guess(entry int, values, out []int32) error {
	if entry == 0 {
		clear(out)
		return nil
	}
	n := 0
	g.around(g.corners[entry], func(c int32) bool {
		if g.complete(entry, c, values, g.each[n]) {
			n++
		}
		return n < len(g.each)
	})
	if n == 0 {
		return last(g.components).guess(entry, values, out)
	}
	c := &g.creases[n-1]
	if len(*c) < n {
		return errors.New("too few creases")
	}
	clear(out)
	used := int32(0)
	for i := range n {
		if !(*c)[i] {
			used++
			for k, v := range g.each[i] {
				out[k] += v
			}
		}
	}
	*c = (*c)[n:]
	if used == 0 {
		return last(g.components).guess(entry, values, out)
	}
	for k := range out {
		out[k] /= used
	}
	return nil
}

// wrapped corrections go round at the ends of the range.
type wrapped struct{ low, high, span int32 }

func (w *wrapped) read(r *reader) error {
	w.low, w.high = int32(r.u32()), int32(r.u32())
	if r.err == nil && w.low > w.high {
		return fmt.Errorf("values from %d to %d", w.low, w.high)
	}
	w.span = w.high - w.low + 1
	return r.err
}

func (w *wrapped) correct(guess, stored, out []int32) {
	for k := range out {
		v := min(max(guess[k], w.low), w.high) + stored[k]
		if v > w.high {
			v -= w.span
		} else if v < w.low {
			v += w.span
		}
		out[k] = v
	}
}
