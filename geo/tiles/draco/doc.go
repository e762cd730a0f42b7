// Package draco decodes meshes and point clouds that Google's Draco compressed, as they
// stand in glTF (KHR_draco_mesh_compression) and in the points of 3D Tiles 1.0.
//
// The bitstream is that of the Draco Bitstream Specification, version 2.2 for meshes and
// 2.3 for clouds: sequential connectivity; edgebreaker (Rossignac 1999) with standard and
// valence coded symbols and seams of attributes; generic, integer, quantised and
// octahedral attributes; every prediction that those versions know; clouds in order or by
// a tree of halves. Metadata is skipped.
//
// Any bytes may be given: what does not decode is an error that names the place, and
// memory is bounded by Limits whatever the file claims.
package draco

import (
	"errors"
	"fmt"
	"math"
)

// Limits bounds what a file may unfold to.
type Limits struct {
	Points int // of a mesh or cloud
	Faces  int
	Bytes  int // of all attributes together
}

// Kind says what an attribute is for.
type Kind uint8

// The kinds of the bitstream.
const (
	Position Kind = iota
	Normal
	Color
	TexCoord
	Generic
)

// Type is the type of an attribute's components.
type Type uint8

// The types of the bitstream.
const (
	Int8 Type = iota + 1
	Uint8
	Int16
	Uint16
	Int32
	Uint32
	Int64
	Uint64
	Float32
	Float64
	Bool
)

// Size is the bytes of one component, 0 for a type that does not exist.
func (t Type) Size() int {
	sizes := [...]int{0, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 1}
	if int(t) >= len(sizes) {
		return 0
	}
	return sizes[t]
}

// Attribute holds one value of Components components for each point, little endian and
// without gaps.
type Attribute struct {
	Kind       Kind
	Type       Type
	Components int
	Normalized bool
	ID         uint32 // by which glTF refers to it
	Data       []byte
}

// Mesh is a decoded file. A cloud has no indices.
type Mesh struct {
	Points     int
	Indices    []uint32 // three for each triangle
	Attributes []Attribute
}

// Attribute returns the attribute of an id, nil where there is none.
func (m *Mesh) Attribute(id uint32) *Attribute {
	for i := range m.Attributes {
		if m.Attributes[i].ID == id {
			return &m.Attributes[i]
		}
	}
	return nil
}

var errShort = errors.New("the data ends early")

// spread is how many points or faces a byte may stand for: no real mesh packs a triangle
// into a hundredth of a bit, but a hostile file takes none.
const spread = 1 << 10

type decoder struct {
	*reader
	limits Limits
	mesh   Mesh
	faces  []int32 // the point of each corner
	// what predictions from positions look at
	position *portable
}

// Decode decodes a file. Its errors begin with "draco:".
func Decode(data []byte, limits Limits) (*Mesh, error) {
	limits.Points = min(limits.Points, math.MaxInt32/4, spread*(len(data)+64))
	limits.Faces = min(limits.Faces, math.MaxInt32/4, spread*(len(data)+64))
	d := &decoder{reader: &reader{data: data}, limits: limits}
	if err := d.decode(); err != nil {
		return nil, fmt.Errorf("draco: byte %d: %w", min(d.at, len(data)), err)
	}
	return &d.mesh, nil
}

func (d *decoder) decode() error {
	if string(d.bytes(5)) != "DRACO" {
		return errors.New(`it does not begin with "DRACO"`)
	}
	major, minor, kind, method := d.u8(), d.u8(), d.u8(), d.u8()
	flags := d.u16()
	if d.err != nil {
		return d.err
	}
	if major != 2 || minor < 2 || minor > 3 {
		return fmt.Errorf("version %d.%d of the bitstream; 2.2 and 2.3 are read", major, minor)
	}
	if flags&0x8000 != 0 {
		if err := d.metadata(); err != nil {
			return fmt.Errorf("metadata: %w", err)
		}
	}
	switch {
	case kind == 1 && method == 0:
		return d.sequentialMesh()
	case kind == 1 && method == 1:
		return d.edgebreaker()
	case kind == 0 && method <= 1:
		return d.cloud(method == 1)
	}
	return fmt.Errorf("geometry of kind %d, method %d does not exist", kind, method)
}

// size checks a number of points or faces.
func (d *decoder) size(what string, n uint32, limit int) (int, error) {
	if d.err != nil {
		return 0, d.err
	}
	if int64(n) > int64(limit) {
		return 0, fmt.Errorf("%d %s; %d are allowed in a file of this size", n, what, limit)
	}
	return int(n), nil
}

// take counts the bytes of an attribute.
func (d *decoder) take(n int) error {
	if d.limits.Bytes -= n; d.limits.Bytes < 0 {
		return errors.New("the file unpacks to more bytes than are allowed; split it")
	}
	return nil
}

// metadata skips the metadata of the attributes and of the file.
func (d *decoder) metadata() error {
	for n := d.varint(); n > 0 && d.err == nil; n-- {
		d.varint()
		if err := d.element(0); err != nil {
			return err
		}
	}
	return d.element(0)
}

func (d *decoder) element(depth int) error {
	if depth > 16 {
		return errors.New("nested more than 16 deep")
	}
	for n := d.varint(); n > 0 && d.err == nil; n-- {
		d.bytes(int(d.u8()))
		d.bytes(int(d.varint()))
	}
	for n := d.varint(); n > 0 && d.err == nil; n-- {
		d.bytes(int(d.u8()))
		if err := d.element(depth + 1); err != nil {
			return err
		}
	}
	return d.err
}
