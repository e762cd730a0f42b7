package building

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// The colours of a white model: walls, and the tops that catch the light.
var (
	whiteWall = [4]uint8{232, 231, 228, 255}
	whiteTop  = [4]uint8{243, 242, 240, 255}
)

// extrude adds a building as the prism over its footprint: what Options.Flat asks for.
func (b *Builder) extrude(bd *Building, tile earth.Frame, row uint32, detail float64, into *Meshes) float64 {
	at := bd.ground
	if at == nil {
		at = b.footing(bd)
	}
	o, off := bd.coarse(bd.outline, detail)
	tris, err := bd.fill, error(nil)
	if detail > 0 || tris == nil {
		tris, err = o.Triangulate()
	}
	if err != nil {
		b.report.Skip(bd.ID, err.Error())
		return 0
	}
	base := at.lowest
	k := 1 + base/earthRadius
	move := between(earth.FrameAt(earth.Place{Lng: bd.lng, Lat: bd.lat, Height: base}), tile)
	x, y, up, origin := move.Col(0).Vec3(), move.Col(1).Vec3(), move.Col(2).Vec3(), move.Col(3).Vec3()
	ground := bd.Bottom
	if ground == 0 {
		ground = -foundation
	}
	top := math.Max(bd.Top, at.highest-base+math.Min(clearance, bd.Top))
	if bd.Part || bd.Bottom > 0 {
		top = bd.Top
	}
	lo, hi := origin.Add(up.Mul(ground)), origin.Add(up.Mul(top))
	put := func(m *geo.Mesh, p mgl64.Vec2, z, n mgl64.Vec3, u, v float64, c [4]uint8) {
		q := x.Mul(p[0] * k).Add(y.Mul(p[1] * k)).Add(z)
		m.Positions = append(m.Positions, single(q))
		m.Normals = append(m.Normals, single(n))
		m.Colors = append(m.Colors, c)
		m.UVs = append(m.UVs, [2]float32{float32(u), float32(v)})
		m.Features = append(m.Features, row)
	}
	w := into.of(geo.Wall)
	room := 4 * o.Len()
	w.Positions, w.Normals, w.Colors = slices.Grow(w.Positions, room), slices.Grow(w.Normals, room), slices.Grow(w.Colors, room)
	w.UVs, w.Features, w.Indices = slices.Grow(w.UVs, room), slices.Grow(w.Features, room), slices.Grow(w.Indices, 6*o.Len())
	for _, r := range o {
		for i, p := range r {
			q := r[(i+1)%len(r)]
			d := q.Sub(p)
			l := d.Len()
			n := x.Mul(d[1] / l).Sub(y.Mul(d[0] / l))
			at := uint32(len(w.Positions))
			put(w, p, lo, n, 0, ground, whiteWall)
			put(w, q, lo, n, l, ground, whiteWall)
			put(w, q, hi, n, l, top, whiteWall)
			put(w, p, hi, n, 0, top, whiteWall)
			w.Indices = append(w.Indices, at, at+1, at+2, at, at+2, at+3)
		}
	}
	cap := func(m *geo.Mesh, z, n mgl64.Vec3, c [4]uint8, flip int) {
		at := uint32(len(m.Positions))
		for _, r := range o {
			for _, p := range r {
				put(m, p, z, n, p[0], p[1], c)
			}
		}
		for _, t := range tris {
			m.Indices = append(m.Indices, at+uint32(t[0]), at+uint32(t[1+flip]), at+uint32(t[2-flip]))
		}
	}
	cap(into.of(geo.Roof), hi, up, whiteTop, 0)
	if bd.Bottom > 0 {
		cap(into.of(geo.Wall), lo, up.Mul(-1), whiteWall, 1)
	}
	return off
}

func single(v mgl64.Vec3) [3]float32 { return [3]float32{float32(v[0]), float32(v[1]), float32(v[2])} }
