package terrain

import (
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// Lift takes plan positions with heights into a tile's frame, over the true curve of
// the ellipsoid.
type Lift struct {
	Plan, Tile earth.Frame
	// Snap brings a tile-frame position to a lattice that neighbouring tiles share, so that
	// what they have in common is the same to the bit after rounding; nil leaves it.
	Snap func(mgl64.Vec3) mgl64.Vec3
}

// Point returns the tile-frame position of the plan position at the height.
func (l Lift) Point(x, y, h float64) mgl64.Vec3 {
	lng, lat := l.Plan.Unplan(x, y)
	p := l.Tile.Local(earth.Place{Lng: lng, Lat: lat, Height: h})
	if l.Snap != nil {
		p = l.Snap(p)
	}
	return p
}

// Normal turns a direction of the plan's frame into the tile's.
func (l Lift) Normal(n [3]float32) [3]float32 {
	d := l.Tile.DirToLocal(l.Plan.DirFromLocal(mgl64.Vec3{float64(n[0]), float64(n[1]), float64(n[2])}))
	return [3]float32{float32(d[0]), float32(d[1]), float32(d[2])}
}

// Mesh lifts the patch as geo.Ground of a layer. UV are plan
// metres. With skirts, a wall hangs from the tile's border, Skirt deep, with the normals
// and colours of the edge that it hangs from.
func (p *Patch) Mesh(l Lift, layer string, skirts bool) geo.Mesh {
	n := len(p.XY)
	m := geo.Mesh{
		Layer: layer, Material: geo.Ground,
		Positions: make([][3]float32, n), Normals: make([][3]float32, n), UVs: make([][2]float32, n),
		Colors:  append([][4]uint8(nil), p.Colors...),
		Indices: append([]uint32(nil), p.Tris...),
	}
	for v, xy := range p.XY {
		m.Positions[v] = round(l.Point(xy[0], xy[1], p.H[v]))
		m.Normals[v] = l.Normal(p.Normals[v])
		m.UVs[v] = [2]float32{float32(xy[0]), float32(xy[1])}
	}
	if skirts {
		for _, side := range p.Border {
			p.hang(&m, l, side)
		}
	}
	return m
}

func (p *Patch) hang(m *geo.Mesh, l Lift, side []uint32) {
	first := uint32(len(m.Positions))
	for k, v := range side {
		xy := p.XY[v]
		m.Positions = append(m.Positions, round(l.Point(xy[0], xy[1], p.H[v]-p.Skirt)))
		m.Normals = append(m.Normals, m.Normals[v])
		m.Colors = append(m.Colors, m.Colors[v])
		m.UVs = append(m.UVs, m.UVs[v])
		if k > 0 {
			under := first + uint32(k)
			m.Indices = append(m.Indices, side[k-1], under-1, under, side[k-1], under, v)
		}
	}
}

func round(v mgl64.Vec3) [3]float32 {
	return [3]float32{float32(v[0]), float32(v[1]), float32(v[2])}
}
