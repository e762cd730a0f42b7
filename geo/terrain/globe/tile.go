package globe

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain"
	"github.com/longtake/longtake/geo/terrain/geographic"
)

// content is a tile's mesh in the tangent frame of its middle, with skirts as deep as the
// gap to a tile of any level can be.
func (w *writer) content(t *geographic.Tile, level int) geo.Content {
	middle := float64(t.Samples) / 2
	c := geo.Content{Frame: earth.FrameAt(t.Place(middle, middle, 0)), Features: []geo.FeatureRow{{Class: "ground"}}}
	m := geo.Mesh{Layer: w.o.Layer, Material: geo.Ground, Indices: append([]uint32(nil), t.Tris...)}
	add := func(v int, height float64) {
		p := t.Place(float64(t.X[v]), float64(t.Y[v]), height)
		m.Positions = append(m.Positions, round(c.Frame.Local(p)))
		m.Normals = append(m.Normals, round(c.Frame.DirToLocal(t.Normals[v])))
		cos := min(max(t.Normals[v].Dot(p.Up()), 1e-6), 1)
		color := seaColor
		if t.Heights[v] > w.o.SeaLevel {
			color = terrain.Color(t.Heights[v]-w.o.SeaLevel, math.Sqrt(1-cos*cos)/cos, p.Lat)
		}
		m.Colors = append(m.Colors, color)
		m.UVs = append(m.UVs, [2]float32{float32(t.X[v]), float32(t.Y[v])})
	}
	for v := range t.X {
		add(v, t.Heights[v])
	}
	skirt := 3 * w.ground.Bound(level) // that of the level, and of half of it and all below, twice
	for k, side := range t.Sides() {
		if k == 0 && t.South <= -90 || k == 2 && t.South+t.Size >= 90 { // a pole
			continue
		}
		first := uint32(len(m.Positions))
		for i, v := range side {
			add(int(v), t.Heights[v]-skirt)
			if i > 0 {
				under := first + uint32(i)
				m.Indices = append(m.Indices, side[i-1], under-1, under, side[i-1], under, v)
			}
		}
	}
	m.Features = make([]uint32, len(m.Positions))
	c.Meshes = []geo.Mesh{m}
	return c
}

// seaColor is what comes back from below the surface of the sea, sRGB.
var seaColor = [4]uint8{28, 62, 78, 255}

func round(v mgl64.Vec3) [3]float32 { return [3]float32{float32(v[0]), float32(v[1]), float32(v[2])} }
