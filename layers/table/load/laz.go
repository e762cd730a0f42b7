package load

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

var (
	errLAZ     = errors.New("its packed points are broken")
	errLAZKind = errors.New("points are packed (LAZ) in a way that is not read: unpack it, for example with pdal translate in.laz out.las")
)

// lazItem reads a part of a point after the one before, which it is handed and changes.
type lazItem interface {
	begin(raw []byte)
	next(d *lazCoder, item []byte)
}

// lazItems are those parts by their types, with their bytes; of version 2.
var lazItems = map[uint16]struct {
	size int
	make func() lazItem
}{
	6: {20, func() lazItem { return newLAZPoint() }},
	7: {8, func() lazItem { return newLAZTime() }},
	8: {6, func() lazItem { return newLAZColor() }},
}

// unpacked reads packed points: chunks, each with its first point as it is.
func (h *lasHead) unpacked(r io.Reader) (next func() ([]byte, error), err error) {
	le, z := binary.LittleEndian, h.zip
	if len(z) < 34 || le.Uint16(z) != 2 || le.Uint32(z[12:]) == 0 || le.Uint32(z[12:]) == 0xffffffff {
		return nil, errLAZKind
	}
	chunk, n, at := le.Uint32(z[12:]), int(le.Uint16(z[32:])), 0
	var kinds []uint16
	for k := range n {
		if len(z) < 34+6*(k+1) {
			return nil, errLAZKind
		}
		item := z[34+6*k:]
		known, ok := lazItems[le.Uint16(item)]
		if !ok || int(le.Uint16(item[2:])) != known.size || le.Uint16(item[4:]) != 2 {
			return nil, errLAZKind
		}
		kinds, at = append(kinds, le.Uint16(item)), at+known.size
	}
	if at != h.length || len(kinds) == 0 || kinds[0] != 6 {
		return nil, errLAZKind
	}
	in := bufio.NewReaderSize(r, 1<<18)
	if _, err := io.CopyN(io.Discard, in, 8); err != nil { // where the table of chunks is
		return nil, cutOff(err)
	}
	point, items, left := make([]byte, h.length), make([]lazItem, n), uint32(0)
	d := &lazCoder{in: in}
	return func() ([]byte, error) {
		if left == 0 {
			left = chunk
			if _, err := io.ReadFull(in, point); err != nil {
				return nil, err
			}
			at := 0
			for k, kind := range kinds {
				items[k] = lazItems[kind].make()
				items[k].begin(point[at:])
				at += lazItems[kind].size
			}
			d.length = 0 // the code begins with the second point
		} else {
			if d.length == 0 {
				d.start()
			}
			at := 0
			for k, kind := range kinds {
				items[k].next(d, point[at:])
				at += lazItems[kind].size
			}
		}
		left--
		if d.err != nil {
			return nil, fmt.Errorf("%w: %w", errLAZ, d.err)
		}
		return point, nil
	}, nil
}

// Returns of a pulse and their number lead to what a point is like: to others of the same place in
// theirs, and as far from the last.
var lazReturns = [8][8]uint8{
	{15, 14, 13, 12, 11, 10, 9, 8}, {14, 0, 1, 3, 6, 10, 10, 9}, {13, 1, 2, 4, 7, 11, 11, 10}, {12, 3, 4, 5, 8, 12, 12, 11},
	{11, 6, 7, 8, 9, 13, 13, 12}, {10, 10, 11, 12, 13, 14, 14, 13}, {9, 10, 11, 12, 13, 14, 15, 14}, {8, 9, 10, 11, 12, 13, 14, 15},
}

// lazPoint is the part that all points of formats 0 to 5 have.
type lazPoint struct {
	changed            *lazSymbols
	intensity, source  *lazInteger
	dx, dy, z          *lazInteger
	flags, class, user [256]*lazSymbols
	angle              [2]*lazSymbols
	lastX, lastY       [16]lazMedian
	lastIntensity      [16]uint16
	lastZ              [8]int32
}

func newLAZPoint() *lazPoint {
	return &lazPoint{
		changed: newLAZSymbols(64), intensity: newLAZInteger(16, 4), source: newLAZInteger(16, 1), dx: newLAZInteger(32, 2), dy: newLAZInteger(32, 22), z: newLAZInteger(32, 20),
		angle: [2]*lazSymbols{newLAZSymbols(256), newLAZSymbols(256)},
	}
}

func (p *lazPoint) begin([]byte) {}

// coded is a byte by the one before it.
func coded(d *lazCoder, by *[256]*lazSymbols, b *byte) {
	if by[*b] == nil {
		by[*b] = newLAZSymbols(256)
	}
	*b = byte(d.symbol(by[*b]))
}

func (p *lazPoint) next(d *lazCoder, b []byte) {
	le := binary.LittleEndian
	changed := d.symbol(p.changed)
	if changed&32 != 0 {
		coded(d, &p.flags, &b[14])
	}
	nth, of := int(b[14]&7), int(b[14]>>3&7)
	m, level := lazReturns[of][nth], max(of-nth, nth-of)
	if changed&16 != 0 {
		p.lastIntensity[m] = uint16(p.intensity.decode(d, int32(p.lastIntensity[m]), int(min(m, 3))))
	}
	le.PutUint16(b[12:], p.lastIntensity[m]) // 0 after a chunk's first point, whatever that has
	if changed&8 != 0 {
		coded(d, &p.class, &b[15])
	}
	if changed&4 != 0 {
		b[16] += byte(d.symbol(p.angle[b[14]>>6&1]))
	}
	if changed&2 != 0 {
		coded(d, &p.user, &b[17])
	}
	if changed&1 != 0 {
		le.PutUint16(b[18:], uint16(p.source.decode(d, int32(le.Uint16(b[18:])), 0)))
	}
	single := 0
	if of == 1 {
		single = 1
	}
	move := func(n *lazInteger, last *lazMedian, at []byte, context int) {
		by := n.decode(d, last.v[2], context)
		last.add(by)
		le.PutUint32(at, le.Uint32(at)+uint32(by))
	}
	move(p.dx, &p.lastX[m], b, single)
	move(p.dy, &p.lastY[m], b[4:], single+min(p.dx.k&^1, 20))
	p.lastZ[level] = p.z.decode(d, p.lastZ[level], single+min((p.dx.k+p.dy.k)/2&^1, 18))
	le.PutUint32(b[8:], uint32(p.lastZ[level]))
}

// lazTime is the time of a point, by up to four sequences of times.
type lazTime struct {
	multi, still *lazSymbols
	number       *lazInteger
	last, newest int
	times        [4]uint64
	steps        [4]int32
	odd          [4]int // steps that were none of the sequence's
}

func newLAZTime() *lazTime {
	return &lazTime{multi: newLAZSymbols(516), still: newLAZSymbols(6), number: newLAZInteger(32, 9)}
}

func (t *lazTime) begin(raw []byte) { t.times[0] = binary.LittleEndian.Uint64(raw) }

func (t *lazTime) next(d *lazCoder, b []byte) {
	for t.step(d) && d.err == nil {
	}
	binary.LittleEndian.PutUint64(b, t.times[t.last])
}

// step decodes one; again tells that it was the change to another sequence.
func (t *lazTime) step(d *lazCoder) (again bool) {
	const most, least, same, whole = 500, -10, 511, 512
	i := t.last
	if t.steps[i] == 0 {
		switch k := d.symbol(t.still); {
		case k == 1:
			t.steps[i], t.odd[i] = t.number.decode(d, 0, 0), 0
			t.times[i] += uint64(int64(t.steps[i]))
		case k == 2:
			t.begins(d)
		case k > 2:
			t.last = (t.last + k - 2) & 3
			return true
		}
		return false
	}
	k := d.symbol(t.multi)
	by, odd := int32(0), false
	step := t.steps[i]
	switch {
	case k == same:
		return false
	case k == whole:
		t.begins(d)
		return false
	case k > whole:
		t.last = (t.last + k - whole) & 3
		return true
	case k == 1:
		by = t.number.decode(d, step, 1)
		t.odd[i] = 0
	case k == 0:
		by, odd = t.number.decode(d, 0, 7), true
	case k < 10:
		by = t.number.decode(d, int32(k)*step, 2)
	case k < most:
		by = t.number.decode(d, int32(k)*step, 3)
	case k == most:
		by, odd = t.number.decode(d, most*step, 4), true
	default:
		if back := int32(most - k); back > least {
			by = t.number.decode(d, back*step, 5)
		} else {
			by, odd = t.number.decode(d, least*step, 6), true
		}
	}
	if odd {
		if t.odd[i]++; t.odd[i] > 3 {
			t.steps[i], t.odd[i] = by, 0
		}
	}
	t.times[i] += uint64(int64(by))
	return false
}

// begins another sequence.
func (t *lazTime) begins(d *lazCoder) {
	t.newest = (t.newest + 1) & 3
	high := uint32(t.number.decode(d, int32(t.times[t.last]>>32), 8))
	t.times[t.newest] = uint64(high)<<32 | uint64(d.word())
	t.last = t.newest
	t.steps[t.last], t.odd[t.last] = 0, 0
}

// lazColor is red, green and blue of a point.
type lazColor struct {
	used *lazSymbols
	by   [6]*lazSymbols // low and high bytes
}

func newLAZColor() *lazColor {
	c := &lazColor{used: newLAZSymbols(128)}
	for i := range c.by {
		c.by[i] = newLAZSymbols(256)
	}
	return c
}

func (c *lazColor) begin([]byte) {}

func (c *lazColor) next(d *lazCoder, b []byte) {
	used, last := d.symbol(c.used), [6]byte(b)
	near := func(k, by int) { // a byte of green or blue moves as what was before it
		b[k] = byte(d.symbol(c.by[k])) + byte(min(max(by+int(last[k]), 0), 255))
	}
	for k := range 2 {
		if used&(1<<k) != 0 {
			b[k] = last[k] + byte(d.symbol(c.by[k]))
		}
	}
	if used&64 == 0 { // grey
		copy(b[2:], b[:2])
		copy(b[4:], b[:2])
		return
	}
	for k := range 2 {
		by := int(b[k]) - int(last[k])
		if used&(4<<k) != 0 {
			near(2+k, by)
		}
		if used&(16<<k) != 0 {
			near(4+k, (by+int(b[2+k])-int(last[2+k]))/2)
		}
	}
}
