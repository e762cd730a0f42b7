package pipeline

import (
	"math"
	"unsafe"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// glyphQuad is one glyph as glyphs.vert reads it: 80 bytes.
type glyphQuad struct {
	box   [4]float32 // pixels from the lower left
	place [4]float32 // atlas: u min, v min, u max, v max
	ink   [4]uint8
	halo  [4]uint8
	edge  float32 // atlas values (0..1) a pixel spans
	width float32 // of the halo, atlas values
	alpha float32
	turn  [3]float32 // about a pixel, by an angle in radians
	// stands is the pixel of the label's place, its distance along the view's axis, and the share
	// of the label that goes where something stands before it.
	stands [4]float32
}

// glyphRun is the quads of one atlas, and behind them in the list the plates of their labels.
type glyphRun struct {
	atlas                *entry
	first, count, plates int
	shadow               drawable.Shadow // in pixels of the picture
}

// glyphPart is what of a label a draw call draws; numbers are those of glyphs.frag.
type glyphPart int

const (
	inkPart glyphPart = iota
	haloPart
	shadowPart
	platePart
)

// glyphBatch is the visible labels of a frame.
type glyphBatch struct {
	quads  []glyphQuad
	plates []glyphQuad // of one draw
	runs   []glyphRun
	ring   *gpu.Ring
}

// collect projects the anchors in float64 and lays out the glyphs in pixels.
func (b *glyphBatch) collect(f *Frame, c *camera, res *residency) error {
	b.quads, b.runs = b.quads[:0], b.runs[:0]
	for i := range f.Draws {
		d := &f.Draws[i]
		g, ok := d.What.(*drawable.Glyphs)
		if !ok || d.Fade >= 1 || g.Atlas == nil || len(g.Quads) == 0 {
			continue
		}
		first := len(b.quads)
		b.plates = b.plates[:0]
		b.add(d, g, c)
		count := len(b.quads) - first
		b.quads = append(b.quads, b.plates...)
		if len(b.quads) == first {
			continue
		}
		atlas, err := res.glyphAtlas(g.Atlas)
		if err != nil {
			return err
		}
		b.runs = append(b.runs, glyphRun{atlas.passing(d), first, count, len(b.plates), scaledShadow(&g.Shadow, float32(c.height)/1080)})
	}
	return nil
}

func (b *glyphBatch) add(d *drawable.Draw, g *drawable.Glyphs, c *camera) {
	frame := g.Frame
	if d.Shift[15] != 0 {
		frame = frame.Mul4(d.Shift)
	}
	scale := float64(c.height) / 1080
	texel := [2]float32{1 / float32(g.Atlas.Width), 1 / float32(g.Atlas.Height)}
	for i := range g.Labels {
		l := &g.Labels[i]
		if l.Hidden || l.First < 0 || l.Count < 0 || l.First+l.Count > len(g.Quads) {
			continue
		}
		along := l.Way.Count > 0
		if along && (l.Way.Turned < 0 || l.Way.Turned+l.Count > len(g.Turns)) {
			continue
		}
		a := mgl64.Vec4{float64(l.Anchor[0]), float64(l.Anchor[1]), float64(l.Anchor[2]), 1}
		p := c.frame.ToLocal(frame.Mul4x1(a).Vec3())
		depth := p.Dot(c.forward)
		if depth < c.near {
			continue
		}
		// Whole pixels: text that stands still is sharp.
		x := math.Round((p.Dot(c.right)/(depth*c.tanX)*0.5 + 0.5) * float64(c.width))
		y := math.Round((p.Dot(c.up)/(depth*c.tanY)*0.5 + 0.5) * float64(c.height))
		var stands [4]float32
		if g.Hides > 0 && !d.Overlay {
			stands = [4]float32{float32(x), float32(y), float32(depth), g.Hides}
		}
		if l.PlateColor[3] > 0 {
			b.plate(d, g, l, c, [2]float64{x, y}, stands)
		}
		for k, q := range g.Quads[l.First : l.First+l.Count] {
			var turn [3]float32
			box := [4]float32{
				float32(x + float64(q.Min[0])*scale), float32(y + float64(q.Min[1])*scale),
				float32(x + float64(q.Max[0])*scale), float32(y + float64(q.Max[1])*scale),
			}
			if q.UVMin == q.UVMax { // a rule is never thinner than a pixel
				box[2], box[3] = max(box[2], box[0]+1), max(box[3], box[1]+1)
			}
			if along {
				box, turn = turned(&q, g.Turns[l.Way.Turned+k], scale)
			}
			if turn[2] == 0 && (box[2] < 0 || box[3] < 0 || box[0] > float32(c.width) || box[1] > float32(c.height)) || box[2] <= box[0] {
				continue
			}
			// Atlas texels a pixel, then the field's values a texel.
			texels := (q.UVMax[0] - q.UVMin[0]) / (box[2] - box[0])
			edge := max(texels*0.5/max(g.Spread, 1e-3), 1e-4) // a rule is one value all over
			quad := glyphQuad{
				box: box, place: [4]float32{q.UVMin[0] * texel[0], q.UVMin[1] * texel[1], q.UVMax[0] * texel[0], q.UVMax[1] * texel[1]},
				ink: l.Color, halo: l.Halo, edge: edge,
				width: min(edge*l.HaloWidth*float32(scale), 0.49), alpha: (1 - d.Fade) * (1 - l.Fade), turn: turn, stands: stands,
			}
			if l.PlateColor[3] > 0 { // letters on a plate have neither halo nor shadow
				quad.width = -1
			}
			if d.Tint[3] > 0 {
				quad.ink = tintInk(l.Color, d.Tint)
			}
			b.quads = append(b.quads, quad)
		}
	}
}

// turned is where a glyph of a text along a line lies: its box, and the turn about its middle.
func turned(q *drawable.GlyphQuad, t drawable.GlyphTurn, scale float64) (box [4]float32, turn [3]float32) {
	x, y, half := float64(t.X)*scale, float64(t.Y)*scale, float64(q.Max[0]-q.Min[0])/2
	box = [4]float32{float32(x - half*scale), float32(y + float64(q.Min[1])*scale), float32(x + half*scale), float32(y + float64(q.Max[1])*scale)}
	return box, [3]float32{float32(x), float32(y), t.Angle}
}

// tintInk multiplies a colour in linear light.
func tintInk(c [4]uint8, tint [4]float32) [4]uint8 {
	for i := range 3 {
		v := math.Pow(float64(c[i])/255, 2.2) * float64(tint[i])
		c[i] = uint8(math.Round(255 * math.Pow(mgl64.Clamp(v, 0, 1), 1/2.2)))
	}
	return c
}

func (b *glyphBatch) upload() error {
	data := gpu.Bytes(b.quads)
	if len(data) == 0 {
		return nil
	}
	if b.ring == nil || b.ring.Slot() < len(data) {
		b.ring.Release()
		ring, err := gpu.NewRing("glyphs", 3, len(data)*3/2)
		if err != nil {
			return err
		}
		b.ring = ring
	}
	copy(b.ring.Next(), data)
	return nil
}

func (b *glyphBatch) release() { b.ring.Release() }

// hidesLabels tells whether a frame has labels that go behind things.
func hidesLabels(f *Frame) bool {
	for i := range f.Draws {
		if g, ok := f.Draws[i].What.(*drawable.Glyphs); ok && g.Hides > 0 && !f.Draws[i].Overlay {
			return true
		}
	}
	return false
}

// addGlyphs draws the labels over the finished picture, in display values.
func (r *Renderer) addGlyphs(g *graph, picture handle) handle {
	g.Add("glyphs", func(b *builder) exec {
		picture = b.Write(picture)
		out := picture
		return func(c *context) error {
			batch := &r.glyphs
			if len(batch.runs) == 0 {
				return nil
			}
			t, err := r.target(nil, c.Tex(out))
			if err != nil {
				return err
			}
			gpu.State{Blend: gpu.BlendAlpha, Linear: true}.Apply()
			draw := func(part glyphPart, first, count int) {
				if count > 0 {
					r.glyphsProgram.Int("part", int(part))
					r.glyphsProgram.Uint("firstQuad", uint32(first))
					r.full.DrawVertices(6 * count)
				}
			}
			p := r.glyphsProgram
			p.Use()
			p.Vec2("pixel", 2/float32(t.Width), 2/float32(t.Height))
			if r.hides {
				p.Texture("depths", r.scene.Tex(r.sceneDepth))
				p.Vec2("picture", float32(t.Width), float32(t.Height))
			}
			batch.ring.BindStorage(3, 0, len(batch.quads)*int(unsafe.Sizeof(glyphQuad{})))
			for _, run := range batch.runs {
				p.Texture("atlas", run.atlas.texture)
				s := &run.shadow
				p.Vec4("shadowColor", float32(s.Color[0])/255, float32(s.Color[1])/255, float32(s.Color[2])/255, float32(s.Color[3])/255)
				p.Vec3("shadowShape", s.Offset[0], -s.Offset[1], s.Blur)
				draw(platePart, run.first+run.count, run.plates)
				if s.Color[3] > 0 {
					draw(shadowPart, run.first, run.count)
				}
				draw(haloPart, run.first, run.count)
				draw(inkPart, run.first, run.count)
			}
			batch.ring.Done()
			return nil
		}
	})
	return picture
}
