package stage

import (
	"math"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// tileCuts are what clips leave of the parts of a tile. They are made once, for the clips of a
// frame.
type tileCuts struct {
	clips    []*drawable.Clip
	whole    bool // of buildings, which clips may leave whole
	clippers []*clipper
	parts    map[*drawable.Mesh]*cutMesh
	copies   map[*drawable.Instances]*drawable.Instances
	lights   map[*drawable.Lights]*drawable.Lights
	glows    map[*glow]*glow
}

// cutMesh is what is left of a mesh, and the wall below its cut; nil of nothing.
type cutMesh struct{ left, wall *drawable.Mesh }

// cutting are the tile's cuts by clips that are not the same each frame.
func (c *tileContent) cutting(clips []*drawable.Clip, whole bool) *tileCuts {
	if len(clips) == 0 {
		return nil
	}
	for _, k := range c.cuts {
		if k.whole == whole && slices.Equal(k.clips, clips) {
			return k
		}
	}
	k := &tileCuts{clips: clips, whole: whole, parts: map[*drawable.Mesh]*cutMesh{}, copies: map[*drawable.Instances]*drawable.Instances{},
		lights: map[*drawable.Lights]*drawable.Lights{}, glows: map[*glow]*glow{}}
	if len(c.cuts) == mostPaints {
		c.cuts = append(c.cuts[:0], c.cuts[1:]...)
	}
	c.cuts = append(c.cuts, k)
	return k
}

// ready lays the clips into the tile's frame, at the height of a point of it.
func (k *tileCuts) ready(m *drawable.Mesh) {
	if k.clippers != nil {
		return
	}
	f := earth.FrameFromMatrix(m.Frame)
	height := f.Place(vec64(m.Center)).Height
	for _, c := range k.clips {
		k.clippers = append(k.clippers, newClipper(c, m.Frame, height))
	}
}

// mesh is what is left of a mesh of the tile.
func (k *tileCuts) mesh(c *tileContent, m *drawable.Mesh, name geo.Material) *cutMesh {
	if done := k.parts[m]; done != nil {
		return done
	}
	k.ready(m)
	out := &cutMesh{left: m}
	for i, clip := range k.clips {
		if out.left == nil {
			break
		}
		if clip.Whole && k.whole {
			out.left = k.clippers[i].whole(out.left, c.middles())
			continue
		}
		var ends [][2][3]float32
		if out.left, ends = k.clippers[i].cut(out.left); name == geo.Ground && m.Bias == 0 && clip.Wall > 0 {
			out.wall = wallBelow(out.wall, m, ends, clip)
		}
	}
	if out.left == nil {
		out.wall = nil
	}
	k.parts[m] = out
	return out
}

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

// middles are those of the boxes of the tile's features, from above; they are found once.
func (c *tileContent) middles() [][2]float32 {
	if c.centers != nil {
		return c.centers
	}
	type box struct{ x0, y0, x1, y1 float32 }
	boxes := make([]box, c.ids)
	for i := range boxes {
		boxes[i] = box{math.MaxFloat32, math.MaxFloat32, -math.MaxFloat32, -math.MaxFloat32}
	}
	for i := range c.parts {
		if m := c.parts[i].mesh; m != nil {
			for k := range m.Vertices {
				v := &m.Vertices[k]
				b := &boxes[v.Feature]
				b.x0, b.x1 = min(b.x0, v.Position[0]), max(b.x1, v.Position[0])
				b.y0, b.y1 = min(b.y0, v.Position[1]), max(b.y1, v.Position[1])
			}
		}
	}
	c.centers = make([][2]float32, c.ids)
	for i, b := range boxes {
		c.centers[i] = [2]float32{(b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2}
	}
	return c.centers
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

// instances are those whose feet stay.
func (k *tileCuts) instances(s *drawable.Instances) *drawable.Instances {
	if out, ok := k.copies[s]; ok {
		return out
	}
	k.ready(&drawable.Mesh{Frame: s.Frame, Center: s.Center})
	out := *s
	out.Items = nil
	for i := range s.Items {
		if k.stays(s.Items[i].Position) {
			out.Items = append(out.Items, s.Items[i])
		}
	}
	left := &out
	if len(out.Items) == len(s.Items) {
		left = s
	} else if len(out.Items) == 0 {
		left = nil
	} else {
		left.Bound()
	}
	k.copies[s] = left
	return left
}

// lamps are those whose places stay.
func (k *tileCuts) lamps(l *drawable.Lights) *drawable.Lights {
	if out, ok := k.lights[l]; ok {
		return out
	}
	k.ready(&drawable.Mesh{Frame: l.Frame, Center: l.Center})
	out := *l
	out.Items = nil
	for i := range l.Items {
		if k.stays(l.Items[i].Position) {
			out.Items = append(out.Items, l.Items[i])
		}
	}
	left := &out
	if len(out.Items) == 0 {
		left = nil
	} else {
		left.Bound()
	}
	k.lights[l] = left
	return left
}

// shining is what of a glow stays.
func (k *tileCuts) shining(g *glow) *glow {
	if g == nil {
		return nil
	}
	if out, ok := k.glows[g]; ok {
		return out
	}
	k.ready(&drawable.Mesh{Frame: g.lights.Frame, Center: g.lights.Center})
	out := &glow{now: [3]float64{-1, -1, -1}}
	for i := range g.all {
		if k.stays(g.all[i].Position) {
			out.all, out.until, out.rows = append(out.all, g.all[i]), append(out.until, g.until[i]), append(out.rows, g.rows[i])
		}
	}
	if len(out.all) == 0 {
		out = nil
	} else {
		lights := *g.lights
		lights.Items = out.all
		out.lights = lights.Bound()
		out.lights.Items = nil
	}
	k.glows[g] = out
	return out
}

func (k *tileCuts) stays(p [3]float32) bool {
	for _, c := range k.clippers {
		if !c.keeps(float64(p[0]), float64(p[1])) {
			return false
		}
	}
	return true
}
