package pipeline

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// Drapes colour the ground, below all that is drawn over it. Where flat areas come before one
// in the frame's order it is drawn over these once more: into the finished picture, as data,
// by as much as they cover of each pixel; by square roots there, too, as base colours are held.

// layDrapes says before which of the blended groups, whose items come in the order of the
// submission, drapes above flat ones are drawn. It is called before an item is emitted, and
// with nil behind the last; what it returns tells groups with drapes between them apart. Flat items
// of other biases come in the order of these first: a drape between two of them in the frame's order
// lies over both. Layers have one bias for all.
func (s *submission) layDrapes(it *item) int {
	flat := it != nil && it.bias > 0 && !it.overlay
	for i := range s.drapes {
		if d := &s.drapes[i]; d.over < 0 && s.flats > 0 && d.record > s.lowest && (!flat || d.record <= it.record) {
			d.over = len(s.blended)
			s.laid++
			s.data = true // whatever the areas are
		}
	}
	if flat && it.blend == drawable.Alpha {
		if s.flats == 0 || it.record < s.lowest {
			s.lowest = it.record
		}
		s.flats++
	}
	return s.laid
}

// drapesOver draws the drapes that come before a blended group and above flat ones.
func (r *Renderer) drapesOver(at int, f *forward) error {
	drawn := false
	for i := range r.submit.drapes {
		d := &r.submit.drapes[i]
		if d.over != at {
			continue
		}
		if !drawn {
			if err := r.coverFlat(at, f); err != nil {
				return err
			}
			drawn = true
		}
		if err := f.over(d, r.flatCover); err != nil {
			return err
		}
	}
	if drawn {
		_, err := r.target(f.depth, f.lit)
		return err
	}
	return nil
}

// coverFlat draws how much of each pixel the flat groups before one cover.
func (r *Renderer) coverFlat(before int, f *forward) error {
	if r.flatCover == nil {
		t, err := gpu.NewTexture("cover of flat areas", gpu.TextureDesc{Format: gpu.RGBA16F, Width: r.width, Height: r.height})
		if err != nil {
			return err
		}
		r.flatCover = t
	}
	r.flatCover.Clear(0, [4]float32{})
	if _, err := r.target(f.depth, r.flatCover); err != nil {
		return err
	}
	for i := range before {
		g := &r.submit.blended[i]
		if g.layered || g.overlay || g.blend != drawable.Alpha || g.variant&variantProjected != 0 {
			continue
		}
		if err := r.drawBlendedGroup(g, gpu.BlendAlpha, f); err != nil {
			return err
		}
	}
	return nil
}

// drawDrapeOver draws a drape over a picture by what flat areas cover of it.
func (r *Renderer) drawDrapeOver(d *drape, h gbufferHandles, c *context, cover, lit *gpu.Texture) error {
	for emit := range 2 {
		alpha, ok := d.alpha(emit)
		if !ok {
			continue
		}
		state := gpu.State{Blend: r.blendMode(drawable.Alpha, r.submit.data), Linear: true}
		if emit == 1 {
			state.Blend = gpu.BlendSum
		}
		if err := r.drawDrapeTo(d, h, c, emit, alpha, lit, state, cover); err != nil {
			return err
		}
	}
	return nil
}
