package glb

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// tile10 is what the formats of 3D Tiles 1.0 have in common: a header, a feature table
// and a batch table, each with JSON and binary.
type tile10 struct {
	kind                     string
	header                   int // bytes
	table                    map[string]json.RawMessage
	bin, batch, batchBin, at []byte // at is what follows the tables
}

// split takes a tile of 3D Tiles 1.0 apart.
func split(data []byte, header int) (t tile10, err error) {
	t.kind, t.header = string(data[:4]), header
	if len(data) < header {
		return t, fmt.Errorf("%s: truncated: %d bytes, the header alone has %d", t.kind, len(data), header)
	}
	if v := le32(data[4:]); v != 1 {
		return t, fmt.Errorf("%s: version %d, there is only 1", t.kind, v)
	}
	total := uint64(le32(data[8:]))
	if total > uint64(len(data)) || total < uint64(header) {
		return t, fmt.Errorf("%s: the header says %d bytes, the file has %d", t.kind, total, len(data))
	}
	rest := data[header:total]
	var parts [4][]byte
	for i := range parts {
		n := uint64(le32(data[12+4*i:]))
		if n > uint64(len(rest)) {
			return t, fmt.Errorf("%s: table %d says %d bytes where %d are left", t.kind, i, n, len(rest))
		}
		parts[i], rest = rest[:n], rest[n:]
	}
	t.bin, t.batch, t.batchBin, t.at = parts[1], parts[2], parts[3], rest
	if err := unmarshalPadded(parts[0], &t.table); err != nil {
		return t, fmt.Errorf("%s: feature table: %w", t.kind, err)
	}
	return t, nil
}

// number is a global value of the feature table.
func (t *tile10) number(name string) (n int, err error) {
	b := batch{}
	if err := b.global(t.table[name], t.bin, &n); err != nil {
		return 0, fmt.Errorf("%s: %s: %w", t.kind, name, err)
	}
	return n, nil
}

// vector is a global vector of the feature table.
func (t *tile10) vector(name string) (v mgl64.Vec3, ok bool, err error) {
	raw := t.table[name]
	if raw == nil {
		return v, false, nil
	}
	b := batch{}
	if err := b.global(raw, t.bin, &v); err != nil {
		return v, false, fmt.Errorf("%s: %s: %w", t.kind, name, err)
	}
	return v, true, nil
}

// column is the bytes of n entries of a semantic; nil where the table lacks it.
func (t *tile10) column(name string, n, size int) ([]byte, error) {
	var ref struct {
		ByteOffset *int `json:"byteOffset"`
	}
	if t.table[name] == nil {
		return nil, nil
	}
	if json.Unmarshal(t.table[name], &ref) != nil || ref.ByteOffset == nil || *ref.ByteOffset < 0 || *ref.ByteOffset > len(t.bin) || n > (len(t.bin)-*ref.ByteOffset)/size {
		return nil, fmt.Errorf("%s: %s does not lie in the %d bytes of the table", t.kind, name, len(t.bin))
	}
	return t.bin[*ref.ByteOffset : *ref.ByteOffset+n*size], nil
}

// positions reads POSITION or POSITION_QUANTIZED, RTC_CENTER not added.
func (t *tile10) positions(n int) ([]mgl64.Vec3, error) {
	out := make([]mgl64.Vec3, 0, min(n, len(t.bin)))
	p, err := t.column("POSITION", n, 12)
	if err != nil {
		return nil, err
	}
	if p != nil {
		for i := range n {
			out = append(out, vec3at(p[12*i:]))
		}
		return out, finitePoints(t.kind, out)
	}
	q, err := t.column("POSITION_QUANTIZED", n, 6)
	if err != nil {
		return nil, err
	}
	offset, ok1, err1 := t.vector("QUANTIZED_VOLUME_OFFSET")
	scale, ok2, err2 := t.vector("QUANTIZED_VOLUME_SCALE")
	if q == nil || !ok1 || !ok2 || err1 != nil || err2 != nil {
		return nil, fmt.Errorf("%s: it has no positions", t.kind)
	}
	for i := range n {
		var v mgl64.Vec3
		for k := range v {
			v[k] = offset[k] + float64(le16(q[6*i+2*k:]))/65535*scale[k]
		}
		out = append(out, v)
	}
	return out, finitePoints(t.kind, out)
}

func finitePoints(kind string, p []mgl64.Vec3) error {
	for _, v := range p {
		if s := v[0] + v[1] + v[2]; math.IsNaN(s) || math.IsInf(s, 0) {
			return fmt.Errorf("%s: a position is not finite", kind)
		}
	}
	return nil
}

func le16(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 }

func vec3at(b []byte) mgl64.Vec3 {
	return mgl64.Vec3{float64(f32(b)), float64(f32(b[4:])), float64(f32(b[8:]))}
}

// readI3DM unfolds the instances of a tile (3D Tiles 1.0, "Instanced 3D Model").
func readI3DM(data []byte, o ReadOptions) (geo.Content, error) {
	t, err := split(data, 32)
	if err != nil {
		return geo.Content{}, err
	}
	model := t.at
	if le32(data[28:]) == 0 {
		if o.Open == nil {
			return geo.Content{}, fmt.Errorf("i3dm: the model beside it cannot be opened: %w", ErrUnsupported)
		}
		uri := string(trimPadding(t.at))
		if model, err = o.Open(uri); err != nil {
			return geo.Content{}, fmt.Errorf("i3dm: %w", err)
		}
	}
	n, err := t.number("INSTANCES_LENGTH")
	if err != nil {
		return geo.Content{}, err
	}
	if n < 0 || n > len(t.bin) {
		return geo.Content{}, fmt.Errorf("i3dm: INSTANCES_LENGTH %d in a table of %d bytes", n, len(t.bin))
	}
	where, err := t.instances(n, o.ToECEF)
	if err != nil {
		return geo.Content{}, err
	}
	d, err := parse(model, o.Open)
	if err != nil {
		return geo.Content{}, err
	}
	c, err := d.repeated(where, o.ToECEF)
	if err != nil {
		return geo.Content{}, fmt.Errorf("i3dm: %w", err)
	}
	return c, nil
}

func trimPadding(b []byte) []byte {
	for len(b) > 0 && (b[len(b)-1] == 0 || b[len(b)-1] == ' ') {
		b = b[:len(b)-1]
	}
	return b
}

// instances are the matrices of the copies, in the tile's axes.
func (t *tile10) instances(n int, toECEF mgl64.Mat4) ([]mgl64.Mat4, error) {
	at, err := t.positions(n)
	if err != nil {
		return nil, err
	}
	center, _, err := t.vector("RTC_CENTER")
	if err != nil {
		return nil, err
	}
	columns := map[string][]byte{}
	for name, size := range map[string]int{"NORMAL_UP": 12, "NORMAL_RIGHT": 12, "NORMAL_UP_OCT32P": 4, "NORMAL_RIGHT_OCT32P": 4, "SCALE": 4, "SCALE_NON_UNIFORM": 12} {
		if columns[name], err = t.column(name, n, size); err != nil {
			return nil, err
		}
	}
	east := string(t.table["EAST_NORTH_UP"]) == "true"
	out := make([]mgl64.Mat4, n)
	for i := range out {
		p := at[i].Add(center)
		turn := mgl64.Ident3()
		switch {
		case columns["NORMAL_UP"] != nil && columns["NORMAL_RIGHT"] != nil:
			turn = axes(vec3at(columns["NORMAL_RIGHT"][12*i:]), vec3at(columns["NORMAL_UP"][12*i:]))
		case columns["NORMAL_UP_OCT32P"] != nil && columns["NORMAL_RIGHT_OCT32P"] != nil:
			turn = axes(octahedral(columns["NORMAL_RIGHT_OCT32P"][4*i:]), octahedral(columns["NORMAL_UP_OCT32P"][4*i:]))
		case east:
			world := p
			if toECEF != (mgl64.Mat4{}) {
				world = mgl64.TransformCoordinate(p, toECEF)
			}
			f := earth.FrameAt(earth.FromECEF(world))
			turn = mgl64.Mat3FromCols(f.East, f.North, f.Up)
			if toECEF != (mgl64.Mat4{}) { // the frame is the world's: take the tile's turn out
				turn = toECEF.Mat3().Inv().Mul3(turn)
			}
		}
		scale := mgl64.Vec3{1, 1, 1}
		if s := columns["SCALE"]; s != nil {
			scale = scale.Mul(float64(f32(s[4*i:])))
		}
		if s := columns["SCALE_NON_UNIFORM"]; s != nil {
			v := vec3at(s[12*i:])
			for k := range scale {
				scale[k] *= v[k]
			}
		}
		m := turn.Mul3(mgl64.Diag3(scale)).Mat4()
		m.SetCol(3, p.Vec4(1))
		out[i] = m
	}
	return out, nil
}

// axes is the rotation whose x is right and whose y is up.
func axes(right, up mgl64.Vec3) mgl64.Mat3 {
	if right.Len() == 0 || up.Len() == 0 {
		return mgl64.Ident3()
	}
	x, y := right.Normalize(), up.Normalize()
	return mgl64.Mat3FromCols(x, y, x.Cross(y))
}

// octahedral decodes a unit vector of two uint16 (Cigolle et al. 2014, A Survey of
// Efficient Representations for Independent Unit Vectors).
func octahedral(b []byte) mgl64.Vec3 {
	x, y := float64(le16(b))/65535*2-1, float64(le16(b[2:]))/65535*2-1
	z := 1 - math.Abs(x) - math.Abs(y)
	if z < 0 {
		x, y = math.Copysign(1-math.Abs(y), x), math.Copysign(1-math.Abs(x), y)
	}
	return mgl64.Vec3{x, y, z}.Normalize()
}

// repeated is the document once for each matrix. Copies turn glTF's y axis to z first,
// as the specification has it, so that a copy's up is its second axis only where normals
// say so.
func (d *document) repeated(where []mgl64.Mat4, toECEF mgl64.Mat4) (geo.Content, error) {
	placed, worlds, err := d.walk()
	if err != nil {
		return geo.Content{}, err
	}
	r := reader{document: d, worlds: worlds, first: []int{0}, budget: newBudget()}
	tile := mgl64.Ident4()
	if toECEF != (mgl64.Mat4{}) && len(where) > 0 {
		var middle mgl64.Vec3
		for _, m := range where {
			middle = middle.Add(m.Col(3).Vec3())
		}
		base := mgl64.Translate3D(middle[0]/float64(len(where)), middle[1]/float64(len(where)), middle[2]/float64(len(where))).Mul4(zUp)
		frame, toFrame := d.frame(placed, toECEF, base)
		r.content.Frame, tile = frame, toFrame.Mul4(base.Inv())
	}
	for _, m := range where {
		r.base = tile.Mul4(m).Mul4(zUp)
		for _, p := range placed {
			if err := r.node(p); err != nil {
				return geo.Content{}, err
			}
		}
	}
	return r.content, nil
}
