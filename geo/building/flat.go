package building

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
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
	// A corner at height 0 of the building's frame, in the tile's.
	planar := func(p mgl64.Vec2) mgl64.Vec3 {
		a, b := p[0]*k, p[1]*k
		return mgl64.Vec3{float64(x[0]*a) + float64(y[0]*b), float64(x[1]*a) + float64(y[1]*b), float64(x[2]*a) + float64(y[2]*b)}
	}
	w := into.of(geo.Wall)
	first, n := len(w.Positions), 4*o.Len()
	enlarge(w, n, 6*o.Len(), row, whiteWall)
	i, index := first, w.Indices[len(w.Indices)-6*o.Len():]
	positions, normals, uvs := w.Positions, w.Normals, w.UVs
	for _, r := range o {
		p := r[len(r)-1]
		from := planar(p)
		for _, q := range r {
			to := planar(q)
			d := q.Sub(p)
			l := outline.Length(d)
			a, b := d[1]/l, d[0]/l
			normal := [3]float32{float32(float64(x[0]*a) - float64(y[0]*b)), float32(float64(x[1]*a) - float64(y[1]*b)), float32(float64(x[2]*a) - float64(y[2]*b))}
			at, turned, uv := positions[i:i+4], normals[i:i+4], uvs[i:i+4]
			at[0], at[1], at[2], at[3] = plus(&from, &lo), plus(&to, &lo), plus(&to, &hi), plus(&from, &hi)
			turned[0], turned[1], turned[2], turned[3] = normal, normal, normal, normal
			uv[0], uv[1] = [2]float32{0, float32(ground)}, [2]float32{float32(l), float32(ground)}
			uv[2], uv[3] = [2]float32{float32(l), float32(top)}, [2]float32{0, float32(top)}
			v := uint32(i)
			index[0], index[1], index[2], index[3], index[4], index[5] = v, v+1, v+2, v, v+2, v+3
			i, index = i+4, index[6:]
			p, from = q, to
		}
	}
	cap := func(m *geo.Mesh, z, n mgl64.Vec3, c [4]uint8, flip int) {
		i, corner := len(m.Positions), uint32(len(m.Positions))
		enlarge(m, o.Len(), 3*len(tris), row, c)
		index := m.Indices[len(m.Indices)-3*len(tris):]
		normal := single(n)
		for _, r := range o {
			for _, p := range r {
				q := planar(p)
				m.Positions[i], m.Normals[i], m.UVs[i] = plus(&q, &z), normal, [2]float32{float32(p[0]), float32(p[1])}
				i++
			}
		}
		for k, t := range tris {
			index[3*k], index[3*k+1], index[3*k+2] = corner+uint32(t[0]), corner+uint32(t[1+flip]), corner+uint32(t[2-flip])
		}
	}
	cap(into.of(geo.Roof), hi, up, whiteTop, 0)
	if bd.Bottom > 0 {
		cap(into.of(geo.Wall), lo, up.Mul(-1), whiteWall, 1)
	}
	return off
}

// enlarge adds vertices of a row and a colour to a mesh, and room for indices.
func enlarge(m *geo.Mesh, vertices, indices int, row uint32, c [4]uint8) {
	at := len(m.Positions)
	m.Positions, m.Normals, m.Colors = grown(m.Positions, vertices), grown(m.Normals, vertices), grown(m.Colors, vertices)
	m.UVs, m.Features, m.Indices = grown(m.UVs, vertices), grown(m.Features, vertices), grown(m.Indices, indices)
	colors, features := m.Colors[at:at+vertices], m.Features[at:at+vertices]
	for i := range colors {
		colors[i], features[i] = c, row
	}
}

// plus is the sum of two vectors, rounded.
func plus(a, b *mgl64.Vec3) [3]float32 {
	return [3]float32{float32(a[0] + b[0]), float32(a[1] + b[1]), float32(a[2] + b[2])}
}

func single(v mgl64.Vec3) [3]float32 { return [3]float32{float32(v[0]), float32(v[1]), float32(v[2])} }
