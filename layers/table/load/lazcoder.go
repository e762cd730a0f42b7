package load

import "io"

// lazCoder decodes the adaptive arithmetic code of Said 2004 (Introduction to Arithmetic Coding),
// which LASzip uses (Isenburg 2013: LASzip: lossless compression of LiDAR data).
type lazCoder struct {
	in            io.ByteReader
	err           error // the first; what follows is not to be used
	value, length uint32
}

// Bits of the probabilities of symbols and of bits, and the least interval.
const (
	lazShift    = 15
	lazBitShift = 13
	lazLeast    = 1 << 24
)

func (d *lazCoder) byte() uint32 {
	b, err := d.in.ReadByte()
	if err != nil && d.err == nil {
		d.err = err
	}
	return uint32(b)
}

// start begins a chunk.
func (d *lazCoder) start() {
	d.length, d.value = 0xffffffff, 0
	for range 4 {
		d.value = d.value<<8 | d.byte()
	}
}

func (d *lazCoder) renew() {
	for d.length < lazLeast {
		d.value, d.length = d.value<<8|d.byte(), d.length<<8
		if d.length == 0 { // of broken data
			d.length, d.err = 0xffffffff, errLAZ
		}
	}
}

// bits are so many even bits.
func (d *lazCoder) bits(n int) uint32 {
	if n > 19 {
		low := d.bits(16)
		return d.bits(n-16)<<16 | low
	}
	d.length >>= n
	v := d.value / d.length
	d.value -= d.length * v
	d.renew()
	return v
}

func (d *lazCoder) word() uint32 {
	low := d.bits(16)
	return d.bits(16)<<16 | low
}

// lazSymbols is what is known of how often symbols come.
type lazSymbols struct {
	share, count       []uint32
	total, cycle, left uint32
}

func newLAZSymbols(n int) *lazSymbols {
	m := &lazSymbols{share: make([]uint32, n), count: make([]uint32, n), cycle: uint32(n)}
	for i := range m.count {
		m.count[i] = 1
	}
	m.update()
	m.cycle = uint32(n+6) >> 1
	m.left = m.cycle
	return m
}

func (m *lazSymbols) update() {
	if m.total += m.cycle; m.total > 1<<lazShift {
		m.total = 0
		for i := range m.count {
			m.count[i] = (m.count[i] + 1) >> 1
			m.total += m.count[i]
		}
	}
	scale, sum := 0x80000000/m.total, uint32(0)
	for i := range m.share {
		m.share[i] = scale * sum >> (31 - lazShift)
		sum += m.count[i]
	}
	m.cycle = min(5*m.cycle>>2, uint32(len(m.count)+6)<<3)
	m.left = m.cycle
}

func (d *lazCoder) symbol(m *lazSymbols) int {
	y, x := d.length, uint32(0)
	d.length >>= lazShift
	s, n := 0, len(m.share)
	for k := n >> 1; k != s; k = (s + n) >> 1 {
		if z := d.length * m.share[k]; z > d.value {
			n, y = k, z
		} else {
			s, x = k, z
		}
	}
	d.value, d.length = d.value-x, y-x
	d.renew()
	m.count[s]++
	if m.left--; m.left == 0 {
		m.update()
	}
	return s
}

// lazBit is what is known of how often a bit is 0.
type lazBit struct{ zeros, all, share, cycle, left uint32 }

func newLAZBit() *lazBit {
	return &lazBit{zeros: 1, all: 2, share: 1 << (lazBitShift - 1), cycle: 4, left: 4}
}

func (d *lazCoder) bit(m *lazBit) int {
	x, out := m.share*(d.length>>lazBitShift), 0
	if d.value >= x {
		d.value, d.length, out = d.value-x, d.length-x, 1
	} else {
		d.length = x
		m.zeros++
	}
	d.renew()
	if m.left--; m.left == 0 {
		if m.all += m.cycle; m.all > 1<<lazBitShift {
			m.all, m.zeros = (m.all+1)>>1, (m.zeros+1)>>1
			if m.zeros == m.all {
				m.all++
			}
		}
		m.share = m.zeros * (0x80000000 / m.all) >> (31 - lazBitShift)
		m.cycle = min(5*m.cycle>>2, 64)
		m.left = m.cycle
	}
	return out
}

// lazInteger decodes whole numbers by how far they are from what was expected.
type lazInteger struct {
	width    int // bits
	lengths  []*lazSymbols
	zero     *lazBit
	corrects []*lazSymbols // by the bits of the distance
	k        int           // of the last
}

// lazHigh is how many bits of a distance have shares of their own.
const lazHigh = 8

func newLAZInteger(width, contexts int) *lazInteger {
	n := &lazInteger{width: width, zero: newLAZBit(), corrects: make([]*lazSymbols, width+1)}
	for range contexts {
		n.lengths = append(n.lengths, newLAZSymbols(width+1))
	}
	for i := 1; i <= width; i++ {
		n.corrects[i] = newLAZSymbols(1 << min(i, lazHigh))
	}
	return n
}

func (n *lazInteger) decode(d *lazCoder, expected int32, context int) int32 {
	n.k = d.symbol(n.lengths[context])
	c := int32(0)
	switch {
	case n.k == 0:
		c = int32(d.bit(n.zero))
	case n.k == 32:
		c = -1 << 31
	default:
		v := uint32(d.symbol(n.corrects[n.k]))
		if low := n.k - lazHigh; low > 0 {
			v = v<<low | d.bits(low)
		}
		if v >= 1<<(n.k-1) {
			c = int32(v) + 1
		} else {
			c = int32(v) - int32(uint32(1)<<n.k-1)
		}
	}
	out := expected + c
	if n.width < 32 {
		out &= 1<<n.width - 1
	}
	return out
}

// lazMedian is the median of about the last five numbers.
type lazMedian struct {
	v   [5]int32
	low bool
}

func (m *lazMedian) add(x int32) {
	v := &m.v
	if !m.low {
		switch {
		case x >= v[2]:
			if x < v[3] {
				v[4], v[3] = v[3], x
			} else {
				v[4] = x
			}
			m.low = true
			return
		case x < v[0]:
			v[4], v[3], v[2], v[1], v[0] = v[3], v[2], v[1], v[0], x
		case x < v[1]:
			v[4], v[3], v[2], v[1] = v[3], v[2], v[1], x
		default:
			v[4], v[3], v[2] = v[3], v[2], x
		}
		return
	}
	switch {
	case v[2] >= x:
		if v[1] < x {
			v[0], v[1] = v[1], x
		} else {
			v[0] = x
		}
		m.low = false
	case v[4] < x:
		v[0], v[1], v[2], v[3], v[4] = v[1], v[2], v[3], v[4], x
	case v[3] < x:
		v[0], v[1], v[2], v[3] = v[1], v[2], v[3], x
	default:
		v[0], v[1], v[2] = v[1], v[2], x
	}
}
