package glb

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"github.com/longtake/longtake/geo/tiles/draco"
	"github.com/qmuntal/gltf"
)

const (
	extDraco       = "KHR_draco_mesh_compression"
	extDracoPoints = "3DTILES_draco_point_compression"
)

// dracoPrimitive is the extension object of a compressed primitive.
type dracoPrimitive struct {
	BufferView int               `json:"bufferView"`
	Attributes map[string]uint32 `json:"attributes"`
}

// undraco decompresses the primitives of KHR_draco_mesh_compression: each gets accessors
// and buffer views of its own, so that nothing else knows how it was packed.
func (d *document) undraco() error {
	for _, m := range d.Meshes {
		for i, p := range m.Primitives {
			var c dracoPrimitive
			ok, err := extension(p.Extensions, extDraco, &c)
			if ok && err == nil {
				err = d.undracoPrimitive(p, c)
			}
			if err != nil {
				return fmt.Errorf("mesh %q, primitive %d: %s: %w", m.Name, i, extDraco, err)
			}
		}
	}
	return nil
}

func (d *document) undracoPrimitive(p *gltf.Primitive, c dracoPrimitive) error {
	raw, _, err := d.view(c.BufferView)
	if err != nil {
		return err
	}
	mesh, err := draco.Decode(raw, draco.Limits{Points: MaxVertices, Faces: MaxIndices / 3, Bytes: maxUnpacked - d.unpacked})
	if err != nil {
		return err
	}
	if mesh.Points == 0 || len(mesh.Indices) == 0 {
		p.Attributes = nil // nothing to draw
		return nil
	}
	attributes := gltf.PrimitiveAttributes{}
	for _, name := range sortedKeys(p.Attributes) {
		id, ok := c.Attributes[name]
		if !ok { // not compressed with the rest
			attributes[name] = p.Attributes[name]
			continue
		}
		a := mesh.Attribute(id)
		if a == nil {
			return fmt.Errorf("%s is attribute %d, which is not in the compressed data", name, id)
		}
		declared, err := d.accessor(p.Attributes[name])
		if err != nil {
			return err
		}
		if n := declared.Type.Components(); n != a.Components {
			return fmt.Errorf("%s has %d components where the compressed data has %d", name, n, a.Components)
		}
		data, err := recast(a, declared.ComponentType)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		own := *declared
		own.Count, own.Sparse = mesh.Points, nil
		attributes[name] = d.decoded(own, data)
	}
	indices := make([]byte, 0, 4*len(mesh.Indices))
	for _, v := range mesh.Indices {
		indices = binary.LittleEndian.AppendUint32(indices, v)
	}
	at := d.decoded(gltf.Accessor{ComponentType: gltf.ComponentUint, Type: gltf.AccessorScalar, Count: len(mesh.Indices)}, indices)
	p.Attributes, p.Indices, p.Mode = attributes, &at, gltf.PrimitiveTriangles
	return nil
}

// decoded adds an accessor with a buffer view of its own.
func (d *document) decoded(a gltf.Accessor, data []byte) int {
	view := len(d.BufferViews)
	d.BufferViews = append(d.BufferViews, &gltf.BufferView{ByteLength: len(data)})
	if d.views == nil {
		d.views = map[int][]byte{}
	}
	d.views[view] = data
	d.unpacked += len(data)
	a.BufferView, a.ByteOffset = &view, 0
	d.Accessors = append(d.Accessors, &a)
	return len(d.Accessors) - 1
}

// recast gives an attribute's numbers in the type that its accessor declares.
func recast(a *draco.Attribute, to gltf.ComponentType) ([]byte, error) {
	types := map[gltf.ComponentType]draco.Type{gltf.ComponentByte: draco.Int8, gltf.ComponentUbyte: draco.Uint8, gltf.ComponentShort: draco.Int16,
		gltf.ComponentUshort: draco.Uint16, gltf.ComponentUint: draco.Uint32, gltf.ComponentFloat: draco.Float32}
	if types[to] == a.Type {
		return a.Data, nil
	}
	size := a.Type.Size()
	out := make([]byte, 0, len(a.Data)/size*to.ByteSize())
	for at := 0; at < len(a.Data); at += size {
		var v float64
		switch e := a.Data[at:]; a.Type {
		case draco.Int8:
			v = float64(int8(e[0]))
		case draco.Uint8, draco.Bool:
			v = float64(e[0])
		case draco.Int16:
			v = float64(int16(le16(e)))
		case draco.Uint16:
			v = float64(le16(e))
		case draco.Int32:
			v = float64(int32(le32(e)))
		case draco.Uint32:
			v = float64(le32(e))
		case draco.Float32:
			v = float64(f32(e))
		case draco.Float64:
			v = math.Float64frombits(binary.LittleEndian.Uint64(e))
		default:
			return nil, fmt.Errorf("numbers of 64 bits: %w", ErrUnsupported)
		}
		if to == gltf.ComponentFloat {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(v)))
			continue
		}
		whole := uint32(int64(min(max(v, math.MinInt32), math.MaxUint32))) // NaN too becomes some number
		for k := range to.ByteSize() {
			out = append(out, byte(whole>>(8*k)))
		}
	}
	return out, nil
}

// undraco puts the compressed columns of n points behind the feature table of a tile.
func (t *tile10) undraco(n int) error {
	var e map[string]struct {
		Properties             map[string]uint32
		ByteOffset, ByteLength int
	}
	if raw := t.table["extensions"]; raw == nil {
		return nil
	} else if err := json.Unmarshal(raw, &e); err != nil {
		return err
	}
	c, ok := e[extDracoPoints]
	if !ok {
		return nil
	}
	if c.ByteOffset < 0 || c.ByteLength < 0 || c.ByteOffset > len(t.bin) || c.ByteLength > len(t.bin)-c.ByteOffset {
		return fmt.Errorf("it reaches beyond the %d bytes of the table", len(t.bin))
	}
	cloud, err := draco.Decode(t.bin[c.ByteOffset:c.ByteOffset+c.ByteLength], draco.Limits{Points: MaxVertices, Bytes: maxUnpacked})
	if err != nil {
		return err
	}
	if cloud.Points != n {
		return fmt.Errorf("%d points where POINTS_LENGTH is %d", cloud.Points, n)
	}
	shapes := map[string]struct {
		components int
		kind       gltf.ComponentType
	}{"POSITION": {3, gltf.ComponentFloat}, "RGB": {3, gltf.ComponentUbyte}, "RGBA": {4, gltf.ComponentUbyte}}
	for _, name := range sortedKeys(c.Properties) {
		want, ok := shapes[name]
		if !ok {
			continue // normals and batch ids, which points do not show
		}
		a := cloud.Attribute(c.Properties[name])
		if a == nil || a.Components != want.components {
			return fmt.Errorf("%s is attribute %d, which the compressed data does not have", name, c.Properties[name])
		}
		data, err := recast(a, want.kind)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		t.table[name] = fmt.Appendf(nil, `{"byteOffset":%d}`, len(t.bin))
		t.bin = append(slices.Clip(t.bin), data...)
	}
	return nil
}
