package draco

import (
	"errors"
	"fmt"
)

// state is the tail of an rANS stream (Duda 2013), which is read backwards.
type state struct {
	data []byte
	x    uint32
	base uint32
}

// start reads the first state, whose length is in the two highest bits of the last byte.
func (s *state) start(data []byte, base uint32, longest int) error {
	if len(data) == 0 {
		return errors.New("an empty rANS stream")
	}
	n := int(data[len(data)-1] >> 6)
	if n > longest || n+1 > len(data) {
		return errors.New("an rANS stream without a first state")
	}
	s.base = base
	for i := n; i >= 0; i-- {
		b := data[len(data)-1-n+i]
		if i == n {
			b &= 0x3f
		}
		s.x = s.x<<8 | uint32(b)
	}
	s.data = data[:len(data)-1-n]
	if s.x += base; uint64(s.x) >= uint64(base)<<8 {
		return errors.New("an rANS stream with an impossible first state")
	}
	return nil
}

func (s *state) fill() {
	for s.x < s.base && len(s.data) > 0 {
		s.x = s.x<<8 | uint32(s.data[len(s.data)-1])
		s.data = s.data[:len(s.data)-1]
	}
}

// coin decodes bits of one probability.
type coin struct {
	state
	one uint32 // probability of a one, in 256ths
}

func (r *reader) coin() (*coin, error) {
	c := &coin{one: 256 - uint32(r.u8())}
	data := r.block()
	if r.err != nil {
		return nil, r.err
	}
	return c, c.start(data, 4096, 2)
}

func (c *coin) next() bool {
	c.fill()
	q, rem := c.x>>8, c.x&255
	if rem < c.one {
		c.x = q*c.one + rem
		return true
	}
	c.x -= q*c.one + c.one
	return false
}

func (c *coin) read(n int) (v uint32) {
	for range n {
		v <<= 1
		if c.next() {
			v |= 1
		}
	}
	return v
}

// alphabet decodes symbols of given probabilities.
type alphabet struct {
	state
	bits        int
	probability []uint32
	cumulated   []uint32
	symbol      []uint32 // by the remainder of the state
}

// alphabet reads the table of probabilities and the stream of symbols that are unique in
// so many bits.
func (r *reader) alphabet(unique int) (*alphabet, error) {
	n := r.varint()
	if r.err != nil {
		return nil, r.err
	}
	if int64(n)/64 > int64(len(r.data)-r.at) {
		return nil, fmt.Errorf("%d symbols: %w", n, errShort)
	}
	a := &alphabet{bits: min(max(3*unique/2, 12), 20), probability: make([]uint32, n), cumulated: make([]uint32, n)}
	for i := 0; i < len(a.probability); i++ {
		b := r.u8()
		if b&3 == 3 { // a run of symbols that do not occur
			if i += int(b >> 2); i >= len(a.probability) {
				return nil, errors.New("probabilities of more symbols than there are")
			}
			continue
		}
		p := uint32(b >> 2)
		for k := range int(b & 3) {
			p |= uint32(r.u8()) << (8*(k+1) - 2)
		}
		a.probability[i] = p
	}
	a.symbol = make([]uint32, 0, 1<<a.bits)
	for i, p := range a.probability {
		a.cumulated[i] = uint32(len(a.symbol))
		if uint64(p) > uint64(1<<a.bits-len(a.symbol)) {
			return nil, errors.New("probabilities that add up to more than one")
		}
		for range p {
			a.symbol = append(a.symbol, uint32(i))
		}
	}
	data := r.block()
	switch {
	case r.err != nil:
		return nil, r.err
	case len(a.symbol) == 0: // no symbols, so none will be asked for
		return a, nil
	case len(a.symbol) != 1<<a.bits:
		return nil, errors.New("probabilities that do not add up to one")
	}
	return a, a.start(data, 4<<a.bits, 3)
}

func (a *alphabet) next() uint32 {
	a.fill()
	rem := a.x & (1<<a.bits - 1)
	s := a.symbol[rem]
	a.x = a.x>>a.bits*a.probability[s] + rem - a.cumulated[s]
	return s
}

// symbols fills out, in groups that share a number of bits where they are tagged.
func (r *reader) symbols(out []uint32, group int) error {
	if len(out) == 0 {
		return nil
	}
	scheme, unique := r.u8(), 5
	if scheme == 1 {
		if unique = int(r.u8()); unique < 1 || unique > 18 {
			return fmt.Errorf("symbols of %d bits; there are 1 to 18", unique)
		}
	} else if scheme != 0 {
		return fmt.Errorf("symbols of scheme %d; there are 0 and 1", scheme)
	}
	a, err := r.alphabet(unique)
	if err != nil {
		return err
	}
	if len(a.symbol) == 0 {
		return errors.New("an empty alphabet")
	}
	if scheme == 1 {
		for i := range out {
			out[i] = a.next()
		}
		return nil
	}
	b := r.bits()
	for i := 0; i < len(out) && !b.over; i += group {
		n := a.next()
		if n > 32 {
			return fmt.Errorf("a value of %d bits", n)
		}
		for k := i; k < min(i+group, len(out)); k++ {
			out[k] = b.read(int(n))
		}
	}
	r.done(b)
	return r.err
}

// signed undoes the interleaving of signs.
func signed(v uint32) int32 { return int32(v>>1) ^ -int32(v&1) }
