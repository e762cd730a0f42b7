package stage

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
)

// whole is what is left of a mesh whose features stay or go as a whole.
func (c *clipper) whole(m *drawable.Mesh, middles [][2]float32) *drawable.Mesh {
	switch c.around(float64(m.Center[0]), float64(m.Center[1]), float64(m.Radius)) {
	case allStays:
		return m
	case allGoes:
		return nil
	}
	known := map[uint32]bool{}
	out := *m
	out.Indices = nil
	for t := 0; t+2 < len(m.Indices); t += 3 {
		f := m.Vertices[m.Indices[t]].Feature
		stays, ok := known[f]
		if !ok {
			stays = c.keeps(float64(middles[f][0]), float64(middles[f][1]))
			known[f] = stays
		}
		if stays {
			out.Indices = append(out.Indices, m.Indices[t:t+3]...)
		}
	}
	switch len(out.Indices) {
	case 0:
		return nil
	case len(m.Indices):
		return m
	}
	return out.Bound()
}

// featureMiddles are those of the boxes of a tile's features in one frame, from above.
type featureMiddles struct {
	frame mgl64.Mat4
	of    [][2]float32
}

// middles are found once for each frame.
func (c *tileContent) middles(frame mgl64.Mat4) [][2]float32 {
	for i := range c.centers {
		if c.centers[i].frame == frame {
			return c.centers[i].of
		}
	}
	type box struct{ x0, y0, x1, y1 float32 }
	boxes := make([]box, c.ids)
	for i := range boxes {
		boxes[i] = box{math.MaxFloat32, math.MaxFloat32, -math.MaxFloat32, -math.MaxFloat32}
	}
	for i := range c.parts {
		if m := c.parts[i].mesh; m != nil && m.Frame == frame {
			for k := range m.Vertices {
				v := &m.Vertices[k]
				b := &boxes[v.Feature]
				b.x0, b.x1 = min(b.x0, v.Position[0]), max(b.x1, v.Position[0])
				b.y0, b.y1 = min(b.y0, v.Position[1]), max(b.y1, v.Position[1])
			}
		}
	}
	out := featureMiddles{frame, make([][2]float32, c.ids)}
	for i, b := range boxes {
		out.of[i] = [2]float32{(b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2}
	}
	c.centers = append(c.centers, out)
	return out.of
}

// wallBelow adds a wall below the cut of a mesh, that looks away from what stays.
func wallBelow(wall, m *drawable.Mesh, ends [][2][3]float32, clip *drawable.Clip) *drawable.Mesh {
	if len(ends) == 0 {
		return wall
	}
	if wall == nil {
		wall = &drawable.Mesh{Name: m.Name + " cut", Frame: m.Frame}
	}
	for _, e := range ends {
		dx, dy := float64(e[1][0]-e[0][0]), float64(e[1][1]-e[0][1])
		l := math.Hypot(dx, dy)
		n := drawable.EncodeNormal([3]float32{float32(dy / l), float32(-dx / l), 0})
		first := uint32(len(wall.Vertices))
		for i, p := range [4][3]float32{e[0], e[1], e[1], e[0]} {
			if i < 2 {
				p[2] -= clip.Wall
			}
			wall.Vertices = append(wall.Vertices, drawable.Vertex{Position: p, Normal: n, Color: [4]uint8{clip.Color[0], clip.Color[1], clip.Color[2], 255}, Feature: m.Vertices[0].Feature})
		}
		wall.Indices = append(wall.Indices, first, first+1, first+2, first, first+2, first+3)
	}
	return wall.Bound()
}
