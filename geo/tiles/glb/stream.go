package glb

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/qmuntal/gltf"
)

// stream is the data of one buffer view. All vertex data of a kind share one, so that a
// renderer uploads few buffers and the JSON stays small.
type stream struct {
	name   string
	stride int // 0 for what is not vertex data
	target gltf.Target
	view   int
	data   []byte
	index  int     // bytes of an index; 0 for what is none
	column bool    // a column of 4-byte numbers of a property table
	filter filter  // in which it is compressed
	step   float64 // of which float32 numbers are multiples, for the exponential filter
	packed bool    // data is compressed
}

type filter int

const (
	plain filter = iota
	exponential
	quaternion
)

// latticeStream returns a stream of float32 numbers that are multiples of a power of two.
func (b *builder) latticeStream(name string, stride int, step float64) *stream {
	s := b.stream(fmt.Sprint(name, " ", step), stride, gltf.TargetArrayBuffer)
	s.filter, s.step = exponential, step
	return s
}

// steps puts numbers as multiples of the stream's step.
func (s *stream) steps(out []byte, v ...int32) {
	for i, n := range v {
		binary.LittleEndian.PutUint32(out[4*i:], math.Float32bits(float32(float64(n)*s.step)))
	}
}

func putShorts(out []byte, v ...int32) {
	for i, n := range v {
		binary.LittleEndian.PutUint16(out[2*i:], uint16(n))
	}
}

// stream returns the stream of a name, made when first asked for.
func (b *builder) stream(name string, stride int, target gltf.Target) *stream {
	for _, s := range b.streams {
		if s.name == name {
			return s
		}
	}
	s := &stream{name: name, stride: stride, target: target, view: b.first + len(b.streams), data: b.take(name, false)}
	b.streams = append(b.streams, s)
	return s
}

func (s *stream) floats(v ...float32) {
	for _, f := range v {
		s.data = binary.LittleEndian.AppendUint32(s.data, math.Float32bits(f))
	}
}

func (s *stream) color(c [4]uint8) {
	for _, v := range encodeColor(c) {
		s.data = binary.LittleEndian.AppendUint16(s.data, v)
	}
}

func (s *stream) shorts(v ...int16) {
	for _, f := range v {
		s.data = binary.LittleEndian.AppendUint16(s.data, uint16(f))
	}
}

// grow appends n bytes and returns them to be filled.
func (s *stream) grow(n int) []byte {
	at := len(s.data)
	s.data = slices.Grow(s.data, n)[:at+n]
	return s.data[at:]
}

// pad brings the stream to a multiple of n bytes.
func (s *stream) pad(n int) {
	for len(s.data)%n != 0 {
		s.data = append(s.data, 0)
	}
}

// accessor announces count elements that will be appended to the stream next.
func (b *builder) accessor(s *stream, count int, c gltf.ComponentType, t gltf.AccessorType, normalized bool) int {
	if s.index == 0 {
		s.pad(4)
	}
	b.doc.Accessors = append(b.doc.Accessors, &gltf.Accessor{BufferView: gltf.Index(s.view), ByteOffset: len(s.data),
		ComponentType: c, Type: t, Count: count, Normalized: normalized})
	return len(b.doc.Accessors) - 1
}

// layout is where the next view begins: in the file's buffer, and in that of compressed
// views as they are drawn.
type layout struct{ at, fallback int }

// views lays the streams out one after the other, each on a multiple of 8 bytes, and
// returns the size of the buffer.
func (b *builder) views(l layout) int {
	for _, s := range b.streams {
		view := &gltf.BufferView{ByteOffset: l.at, ByteLength: len(s.data), ByteStride: s.stride, Target: s.target}
		if b.o.Compress {
			b.packed(&l, s, view)
		}
		b.doc.BufferViews = append(b.doc.BufferViews, view)
		s.pad(8)
		l.at += len(s.data)
	}
	b.doc.Buffers = nil
	if l.at > 0 {
		b.doc.Buffers = []*gltf.Buffer{{ByteLength: l.at}}
	}
	if l.fallback > firstFallback {
		b.doc.Buffers = append(b.doc.Buffers, &gltf.Buffer{ByteLength: l.fallback, Extensions: gltf.Extensions{extMeshopt: meshoptBuffer{true}}})
		b.used[extMeshopt] = true
	}
	return l.at
}

// table writes the property table. Columns without any value are left out, for a buffer
// view cannot be empty; and their properties too, as 3d-tiles-validator 0.6.1 gives up on
// a table that lacks a property of its class, though EXT_structural_metadata allows it.
func (b *builder) table(rows []geo.FeatureRow, attributes []geo.Attribute) error {
	if len(rows) == 0 {
		return nil
	}
	t := propertyTable{Name: "features", Class: featureClass, Count: len(rows), Properties: map[string]propertyValues{}}
	s := featureSchema()
	known := s.Classes[featureClass].Properties
	for _, p := range []struct {
		name string
		get  func(geo.FeatureRow) string
	}{
		{"id", func(r geo.FeatureRow) string { return r.ID }},
		{"name", func(r geo.FeatureRow) string { return r.Name }},
		{"class", func(r geo.FeatureRow) string { return r.Class }},
	} {
		values, offsets, err := stringsColumn(rows, p.get)
		if err != nil {
			return err
		}
		if len(values) == 0 {
			delete(known, p.name)
			continue
		}
		v, o := b.stream(p.name, 0, gltf.TargetNone), b.stream(p.name+" offsets", 0, gltf.TargetNone)
		v.data, o.data, o.column = values, offsets, true
		t.Properties[p.name] = propertyValues{Values: v.view, StringOffsets: &o.view, StringOffsetType: "UINT32"}
	}
	if slices.ContainsFunc(rows, func(r geo.FeatureRow) bool { return r.Height != 0 }) {
		h := b.stream("height", 0, gltf.TargetNone)
		h.data, h.column = heightColumn(rows), true
		t.Properties["height"] = propertyValues{Values: h.view}
	} else {
		delete(known, "height")
	}
	if err := b.columns(&t, known, rows, attributes); err != nil {
		return err
	}
	b.doc.Extensions = gltf.Extensions{extMetadata: structuralMetadata{Schema: s, PropertyTables: []propertyTable{t}}}
	b.used[extMetadata] = true
	return nil
}
