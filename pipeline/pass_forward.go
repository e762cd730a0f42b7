package pipeline

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// addForward draws blended meshes, overlays, lines and points over the lit picture.
func (r *Renderer) addForward(g *graph, lit handle, gb gbufferHandles, linear, shadows handle) handle {
	taps := r.shadowTaps(r.options.Quality)
	g.Add("forward", func(b *builder) exec {
		b.Read(gb.depth)
		b.Read(gb.normal)
		b.Read(gb.properties)
		b.Read(linear)
		b.Read(shadows)
		lit = b.Write(lit)
		out := lit
		var now *context // over is made once, not for each frame
		over := func(d *drape, cover *gpu.Texture) error { return r.drawDrapeOver(d, gb, now, cover, now.Tex(out)) }
		return func(c *context) error {
			now = c
			return r.drawForward(c.Tex(out), c.Tex(gb.depth), c.Tex(linear), taps, 0, over)
		}
	})
	return lit
}

// drawForward draws over a picture what blends. Beyond a view depth in metres above 0 it is what
// lies behind the layer of glass that begins there, without overlays. over lays a drape over what
// is flat and below it, whose cover it is given; nil leaves those out.
func (r *Renderer) drawForward(lit, depth, linear *gpu.Texture, taps string, beyond float64, over func(*drape, *gpu.Texture) error) error {
	if err := r.readyToFade(taps); err != nil {
		return err
	}
	if len(r.submit.blended) == 0 && len(r.submit.strokes) == 0 {
		return nil
	}
	if _, err := r.target(depth, lit); err != nil {
		return err
	}
	for _, overlay := range [...]bool{false, true} {
		if overlay && beyond > 0 {
			break
		}
		// What adds light and what lies flat comes first, then what stands before it in any order.
		moments := !overlay && r.options.Quality.Moments && r.submit.layered
		f := forward{lit: lit, depth: depth, linear: linear, taps: taps, beyond: beyond}
		if !overlay && over != nil {
			f.over = over
		}
		if err := r.drawBlended(overlay, moments, &f); err != nil {
			return err
		}
		if moments {
			if err := r.drawLayered(depth, lit, taps, beyond); err != nil {
				return err
			}
			if _, err := r.target(depth, lit); err != nil {
				return err
			}
		}
		if err := r.drawStrokes(overlay, false, nil, beyond); err != nil {
			return err
		}
	}
	return nil
}

// readyToFade asks, live, for the programs that bodies of data are drawn with while they fade,
// as soon as these are in view: the first frame of a fade is not to wait for them.
func (r *Renderer) readyToFade(taps string) error {
	if !r.options.Live {
		return nil
	}
	if len(r.submit.mayFade) > 0 && !r.resolves {
		if _, err := r.screenProgram("transparent.frag"); err != nil {
			return err
		}
		r.resolves = true
	}
	for _, v := range r.submit.mayFade {
		for moments := 1; moments <= 2; moments++ {
			if _, err := r.blendedProgram(&group{groupState: groupState{variant: v}}, moments, index(len(r.lights.records) > 0), 0, taps); err != nil {
				return err
			}
		}
	}
	return nil
}

// forward is what drawing blended meshes needs to know.
type forward struct {
	lit, depth, linear *gpu.Texture
	taps               string
	beyond             float64
	over               func(*drape, *gpu.Texture) error
}

// drawBlended draws blended meshes as they come, and over those that lie flat the drapes that
// are above them; rest leaves out those that drawLayered draws.
func (r *Renderer) drawBlended(overlay, rest bool, f *forward) error {
	s := &r.submit
	for i := range s.blended {
		group := &s.blended[i]
		if f.over != nil {
			if err := r.drapesOver(i, f); err != nil {
				return err
			}
		}
		if group.overlay != overlay || rest && group.layered || group.reach < f.beyond {
			continue
		}
		if err := r.drawBlendedGroup(group, r.blendMode(group.blend, r.dataColors(group)), f); err != nil {
			return err
		}
	}
	if f.over != nil {
		return r.drapesOver(len(s.blended), f)
	}
	return nil
}

// drawBlendedGroup draws one of them. Blended meshes fade by their opacity, not by dropping
// pixels.
func (r *Renderer) drawBlendedGroup(group *group, blend gpu.BlendMode, f *forward) error {
	p, err := r.blendedProgram(group, 0, index(len(r.lights.records) > 0), index(f.beyond > 0), f.taps)
	if err != nil {
		return err
	}
	state := gpu.State{Depth: gpu.DepthRead, Blend: blend, Cull: group.variant&variantTwoSided == 0, Linear: true}
	if group.overlay || group.variant&variantProjected != 0 {
		state.Depth = gpu.DepthOff
	}
	state.Apply()
	p.Use()
	r.air.sources(p)
	p.Texture("shadowMap", r.shadow.texture)
	p.Texture("linearDepth", f.linear)
	r.behindGlass(p, f.beyond)
	r.material(p, group)
	r.submit.draw(group, r.res, false)
	return nil
}

// blendMode is how something meets the light behind it; data says that its colours are
// data's, which works where alpha is not the cover of a transparent sky.
func (r *Renderer) blendMode(b drawable.Blend, data bool) gpu.BlendMode {
	switch b {
	case drawable.Alpha:
		if data && !r.frame.Env.Transparent {
			return gpu.BlendData
		}
		return gpu.BlendAlpha
	case drawable.Additive:
		if r.frame.Env.Transparent {
			return gpu.BlendCover // a file's straight colours cannot add light
		}
		return gpu.BlendAdd
	}
	return gpu.BlendOff
}

var lightDefines = [...]string{"LIGHTS 0", "LIGHTS 1"}

// forwardPass numbers the programs of a variant.
func forwardPass(moments, lamps, beyond int) uint8 { return uint8(moments + 4*lamps + 8*beyond) }
