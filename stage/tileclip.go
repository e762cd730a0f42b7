package stage

import (
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// tileCuts are what clips leave of the parts of a tile. They are made once, for the clips of a
// frame, and filters leave parts of them.
type tileCuts struct {
	clips  []*drawable.Clip
	whole  bool // of buildings, which clips may leave whole
	used   int  // frame of the last use
	framed framedClippers
	parts  map[*drawable.Mesh]*cutMesh
	copies map[*drawable.Instances]*drawable.Instances
	lights map[*drawable.Lights]*drawable.Lights
	glows  map[*glow]*glow
}

// cutMesh is what is left of a mesh, and the wall below its cut; nil of nothing.
type cutMesh struct {
	left, wall *drawable.Mesh
	rest       sifted // of what is left
}

// cutting are the tile's cuts by clips that are not the same each frame.
func (c *tileContent) cutting(clips []*drawable.Clip, whole bool) *tileCuts {
	if len(c.cuts) > 0 { // a layer more or less than a number of them must not make all anew
		c.cuts = slices.DeleteFunc(c.cuts, func(k *tileCuts) bool { return k.used < c.last-1 })
	}
	if len(clips) == 0 {
		return nil
	}
	for _, k := range c.cuts {
		if k.whole == whole && slices.Equal(k.clips, clips) {
			k.used = c.last
			return k
		}
	}
	k := &tileCuts{clips: clips, whole: whole, used: c.last, parts: map[*drawable.Mesh]*cutMesh{}, copies: map[*drawable.Instances]*drawable.Instances{},
		lights: map[*drawable.Lights]*drawable.Lights{}, glows: map[*glow]*glow{}}
	c.cuts = append(c.cuts, k)
	return k
}

// framedClippers are those of some clips, in each frame that there is: contents of one tile may
// have frames of their own.
type framedClippers []struct {
	frame    mgl64.Mat4
	clippers []*clipper
}

// in lays clips into a frame, at the height of a point of it.
func (k *framedClippers) in(clips []*drawable.Clip, frame mgl64.Mat4, at [3]float32) []*clipper {
	for _, f := range *k {
		if f.frame == frame {
			return f.clippers
		}
	}
	f := earth.FrameFromMatrix(frame)
	height := f.Place(vec64(at)).Height
	var out []*clipper
	for _, c := range clips {
		out = append(out, newClipper(c, frame, height))
	}
	*k = append(*k, struct {
		frame    mgl64.Mat4
		clippers []*clipper
	}{frame, out})
	return out
}

// mesh is what is left of a mesh of the tile.
func (k *tileCuts) mesh(c *tileContent, m *drawable.Mesh, name geo.Material) *cutMesh {
	if done := k.parts[m]; done != nil {
		return done
	}
	clippers := k.framed.in(k.clips, m.Frame, m.Center)
	out := &cutMesh{left: m}
	for i, clip := range k.clips {
		if out.left == nil {
			break
		}
		if clip.Whole && k.whole {
			out.left = clippers[i].whole(out.left, c.middles(m.Frame))
			continue
		}
		var ends [][2][3]float32
		if out.left, ends = clippers[i].cut(out.left); name == geo.Ground && m.Bias == 0 && clip.Wall > 0 {
			out.wall = wallBelow(out.wall, m, ends, clip)
		}
	}
	if out.left == nil {
		out.wall = nil
	}
	k.parts[m] = out
	return out
}

// instances are those whose feet stay.
func (k *tileCuts) instances(s *drawable.Instances) *drawable.Instances {
	if out, ok := k.copies[s]; ok {
		return out
	}
	clippers := k.framed.in(k.clips, s.Frame, s.Center)
	out := *s
	out.Items = nil
	for i := range s.Items {
		if stay(clippers, s.Items[i].Position) {
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
	clippers := k.framed.in(k.clips, l.Frame, l.Center)
	out := *l
	out.Items = nil
	for i := range l.Items {
		if stay(clippers, l.Items[i].Position) {
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
	clippers := k.framed.in(k.clips, g.lights.Frame, g.lights.Center)
	out := &glow{now: [3]float64{-1, -1, -1}}
	for i := range g.all {
		if stay(clippers, g.all[i].Position) {
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

// stay tells whether what is at a place stays.
func stay(clippers []*clipper, p [3]float32) bool {
	for _, c := range clippers {
		if !c.keeps(float64(p[0]), float64(p[1])) {
			return false
		}
	}
	return true
}
