package glb

import (
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// maxNested is how deep composites may hold composites.
const maxNested = 8

// ReadAll decodes the content of a tile as Read does, and the composites of 3D Tiles 1.0,
// which hold several: each comes with a frame of its own.
func ReadAll(data []byte, o ReadOptions) ([]geo.Content, error) {
	return readAll(data, o, 0)
}

func readAll(data []byte, o ReadOptions, depth int) ([]geo.Content, error) {
	if len(data) < 4 || string(data[:4]) != "cmpt" {
		c, err := Read(data, o)
		if err != nil {
			return nil, err
		}
		return []geo.Content{c}, nil
	}
	if len(data) < 16 || depth > maxNested {
		return nil, fmt.Errorf("cmpt: truncated, or nested more than %d deep", maxNested)
	}
	if v := le32(data[4:]); v != 1 {
		return nil, fmt.Errorf("cmpt: version %d, there is only 1", v)
	}
	total := uint64(le32(data[8:]))
	if total > uint64(len(data)) || total < 16 {
		return nil, fmt.Errorf("cmpt: the header says %d bytes, the file has %d", total, len(data))
	}
	n, rest := le32(data[12:]), data[16:total]
	var out []geo.Content
	for i := range n {
		if len(rest) < 12 {
			return nil, fmt.Errorf("cmpt: tile %d of %d is cut off", i, n)
		}
		size := uint64(le32(rest[8:]))
		if size < 12 || size > uint64(len(rest)) {
			return nil, fmt.Errorf("cmpt: tile %d says %d bytes where %d are left", i, size, len(rest))
		}
		inner, err := readAll(rest[:size], o, depth+1)
		if err != nil {
			return nil, fmt.Errorf("cmpt: tile %d: %w", i, err)
		}
		out, rest = append(out, inner...), rest[size:]
	}
	return out, nil
}

// readPNTS makes the points of a tile visible as small octahedra, since a tile's content
// is meshes here: half as wide as the points lie apart.
func readPNTS(data []byte, o ReadOptions) (geo.Content, error) {
	t, err := split(data, 28)
	if err != nil {
		return geo.Content{}, err
	}
	n, err := t.number("POINTS_LENGTH")
	if err != nil {
		return geo.Content{}, err
	}
	if err := t.undraco(n); err != nil {
		return geo.Content{}, fmt.Errorf("pnts: %s: %w", extDracoPoints, err)
	}
	if n < 0 || n > len(t.bin) {
		return geo.Content{}, fmt.Errorf("pnts: POINTS_LENGTH %d in a table of %d bytes", n, len(t.bin))
	}
	at, err := t.positions(n)
	if err != nil {
		return geo.Content{}, err
	}
	center, _, err := t.vector("RTC_CENTER")
	if err != nil {
		return geo.Content{}, err
	}
	colors, err := t.colors(n)
	if err != nil {
		return geo.Content{}, err
	}
	b := newBudget()
	if err := b.take(6*n, 24*n); err != nil {
		return geo.Content{}, err
	}
	c := geo.Content{}
	lo, hi := mgl64.Vec3{math.Inf(1), math.Inf(1), math.Inf(1)}, mgl64.Vec3{math.Inf(-1), math.Inf(-1), math.Inf(-1)}
	for i := range at {
		at[i] = at[i].Add(center)
		if o.ToECEF != (mgl64.Mat4{}) {
			at[i] = mgl64.TransformCoordinate(at[i], o.ToECEF)
		}
		for k := range lo {
			lo[k], hi[k] = math.Min(lo[k], at[i][k]), math.Max(hi[k], at[i][k])
		}
	}
	if n > 0 && o.ToECEF != (mgl64.Mat4{}) {
		c.Frame = earth.FrameAt(earth.FromECEF(lo.Add(hi).Mul(0.5)))
		for i := range at {
			at[i] = c.Frame.ToLocal(at[i])
		}
	}
	size := hi.Sub(lo).Len() / math.Sqrt(float64(max(n, 1))) / 4
	m := geo.Mesh{Material: "points"}
	for i, p := range at {
		base := uint32(len(m.Positions))
		for k := range 6 {
			v, nrm := p, [3]float32{}
			s := float64(1 - 2*(k%2))
			v[k/2] += s * size
			nrm[k/2] = float32(s)
			m.Positions = append(m.Positions, [3]float32{float32(v[0]), float32(v[1]), float32(v[2])})
			m.Normals = append(m.Normals, nrm)
			m.Colors = append(m.Colors, colors[i])
		}
		for _, t := range [8][3]uint32{{0, 2, 4}, {2, 1, 4}, {1, 3, 4}, {3, 0, 4}, {2, 0, 5}, {1, 2, 5}, {3, 1, 5}, {0, 3, 5}} {
			m.Indices = append(m.Indices, base+t[0], base+t[1], base+t[2])
		}
	}
	if n > 0 {
		c.Meshes = []geo.Mesh{m}
	}
	return c, nil
}

// colors reads RGB, RGBA, RGB565 or CONSTANT_RGBA; light grey where there is none.
func (t *tile10) colors(n int) ([][4]uint8, error) {
	out := make([][4]uint8, n)
	for i := range out {
		out[i] = [4]uint8{205, 205, 205, 255}
	}
	for _, kind := range []struct {
		name string
		size int
	}{{"RGBA", 4}, {"RGB", 3}, {"RGB565", 2}} {
		b, err := t.column(kind.name, n, kind.size)
		if err != nil {
			return nil, err
		}
		if b == nil {
			continue
		}
		for i := range out {
			switch q := b[kind.size*i:]; kind.size {
			case 2:
				v := le16(q)
				out[i] = [4]uint8{uint8(v >> 11 * 255 / 31), uint8(v >> 5 & 63 * 255 / 63), uint8(v & 31 * 255 / 31), 255}
			default:
				out[i] = [4]uint8{q[0], q[1], q[2], 255}
			}
		}
		return out, nil
	}
	return out, nil
}
