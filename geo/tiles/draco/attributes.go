package draco

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// How the values of an attribute are stored.
const (
	storedRaw = iota
	storedIntegers
	storedQuantized
	storedNormals
)

// group is a set of attributes whose values stand in one order.
type group struct {
	order   *order // nil where it is that of the points
	entries int
	value   []int32 // of each point, where there is an order
	first   int     // of its attributes
	stored  []uint8
}

// entry is the value of a point.
func (g *group) entry(point int) int {
	if g.order == nil {
		return point
	}
	return int(g.value[point])
}

// portable is an attribute as whole numbers, before they become what they were.
type portable struct {
	*group
	components int
	values     []int32
}

func (d *decoder) attributes(groups []group) error {
	for i := range groups {
		if err := d.describe(&groups[i]); err != nil {
			return fmt.Errorf("attributes %d: %w", i, err)
		}
	}
	for i := range groups {
		g := &groups[i]
		decoded := make([]*portable, len(g.stored))
		for k := range decoded {
			a := &d.mesh.Attributes[g.first+k]
			var err error
			if decoded[k], err = d.values(a, g, g.stored[k]); err != nil {
				return fmt.Errorf("attribute %d: %w", a.ID, err)
			}
			if a.Kind == Position && d.position == nil && a.Components == 3 {
				d.position = decoded[k]
			}
		}
		for k, p := range decoded {
			a := &d.mesh.Attributes[g.first+k]
			if err := d.restore(a, p, g.stored[k]); err != nil {
				return fmt.Errorf("attribute %d: %w", a.ID, err)
			}
		}
	}
	return nil
}

func (d *decoder) describe(g *group) error {
	g.first = len(d.mesh.Attributes)
	n := d.varint()
	for range n {
		a := Attribute{Kind: Kind(d.u8()), Type: Type(d.u8()), Components: int(d.u8()), Normalized: d.u8() != 0, ID: d.varint()}
		if d.err != nil {
			return d.err
		}
		if a.Type.Size() == 0 || a.Components == 0 {
			return fmt.Errorf("attribute %d has %d components of type %d", a.ID, a.Components, a.Type)
		}
		d.mesh.Attributes = append(d.mesh.Attributes, a)
	}
	g.stored = d.bytes(int(n))
	return d.err
}

// values decodes an attribute's numbers; raw ones become the attribute's data at once.
func (d *decoder) values(a *Attribute, g *group, stored uint8) (*portable, error) {
	size := a.Components * a.Type.Size()
	if err := d.take(g.entries*max(size, 8*a.Components) + d.mesh.Points*size); err != nil {
		return nil, err
	}
	p := &portable{group: g, components: a.Components}
	switch stored {
	case storedRaw:
		raw := d.bytes(g.entries * size)
		if d.err != nil {
			return nil, d.err
		}
		a.Data = make([]byte, d.mesh.Points*size)
		for i := range d.mesh.Points {
			e := g.entry(i)
			copy(a.Data[i*size:(i+1)*size], raw[e*size:])
		}
		return nil, nil
	case storedIntegers:
		if a.Type >= Int64 && a.Type != Bool {
			return nil, fmt.Errorf("whole numbers of type %d", a.Type)
		}
	case storedQuantized, storedNormals:
		if a.Type != Float32 {
			return nil, fmt.Errorf("quantised numbers of type %d; only float32 is", a.Type)
		}
		if stored == storedNormals {
			if a.Components != 3 {
				return nil, fmt.Errorf("normals of %d components", a.Components)
			}
			p.components = 2
		}
	default:
		return nil, fmt.Errorf("stored in way %d, which does not exist", stored)
	}
	return p, d.integers(p, stored == storedNormals)
}

// restore reads what undoes the quantisation and writes the attribute's data.
func (d *decoder) restore(a *Attribute, p *portable, stored uint8) error {
	if p == nil {
		return nil
	}
	n := a.Components
	at := func(point int) []int32 {
		e := p.entry(point) * p.components
		return p.values[e : e+p.components]
	}
	size := a.Type.Size()
	out := make([]byte, 0, d.mesh.Points*n*size)
	switch stored {
	case storedIntegers:
		for i := range d.mesh.Points {
			for _, v := range at(i) {
				var b [4]byte
				binary.LittleEndian.PutUint32(b[:], uint32(v))
				out = append(out, b[:size]...)
			}
		}
	case storedQuantized:
		q, err := d.quantization(n)
		if err != nil {
			return err
		}
		for i := range d.mesh.Points {
			for k, v := range at(i) {
				out = binary.LittleEndian.AppendUint32(out, math.Float32bits(q.float(v, k)))
			}
		}
	case storedNormals:
		bits := int(d.u8())
		if d.err != nil {
			return d.err
		}
		if bits < 2 || bits > 30 {
			return fmt.Errorf("normals of %d bits", bits)
		}
		o := octahedron(1<<bits - 1)
		for i := range d.mesh.Points {
			v := at(i)
			for _, f := range o.unit(v[0], v[1]) {
				out = binary.LittleEndian.AppendUint32(out, math.Float32bits(f))
			}
		}
	}
	a.Data = out
	return nil
}

// quantization is the grid of float values.
type quantization struct {
	origin []float32
	step   float32
}

func (d *decoder) quantization(n int) (q quantization, err error) {
	for range n {
		q.origin = append(q.origin, math.Float32frombits(d.u32()))
	}
	span, bits := math.Float32frombits(d.u32()), int(d.u8())
	if d.err != nil {
		return q, d.err
	}
	if bits < 1 || bits > 31 || !(span >= 0) {
		return q, errors.New("a grid without size")
	}
	q.step = span / float32(uint32(1)<<bits-1)
	return q, nil
}

func (q quantization) float(v int32, k int) float32 {
	return float32(float32(v)*q.step) + q.origin[k]
}
