package pipeline

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// addForward draws blended meshes, overlays, lines and points over the lit picture.
func (r *Renderer) addForward(g *graph, lit, depth, linear, shadows handle) handle {
	taps := r.shadowTaps(r.options.Quality)
	g.Add("forward", func(b *builder) exec {
		b.Read(depth)
		b.Read(linear)
		b.Read(shadows)
		lit = b.Write(lit)
		out := lit
		return func(c *context) error {
			return r.drawForward(c.Tex(out), c.Tex(depth), c.Tex(linear), taps, 0)
		}
	})
	return lit
}

// drawForward draws over a picture what blends. Beyond a view depth in metres above 0 it is what
// lies behind the layer of glass that begins there, without overlays.
func (r *Renderer) drawForward(lit, depth, linear *gpu.Texture, taps string, beyond float64) error {
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
		if err := r.drawBlended(overlay, moments, taps, linear, beyond); err != nil {
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

// drawBlended draws blended meshes as they come; rest leaves out those that drawLayered draws.
func (r *Renderer) drawBlended(overlay, rest bool, taps string, linear *gpu.Texture, beyond float64) error {
	s, lamps := &r.submit, index(len(r.lights.records) > 0)
	for i := range s.blended {
		group := &s.blended[i]
		if group.overlay != overlay || rest && group.layered || group.reach < beyond {
			continue
		}
		// Blended meshes fade by their opacity, not by dropping pixels.
		p, err := r.blendedProgram(group, 0, lamps, index(beyond > 0), taps)
		if err != nil {
			return err
		}
		state := gpu.State{Depth: gpu.DepthRead, Blend: r.blendMode(group.blend, r.dataColors(group)), Cull: group.variant&variantTwoSided == 0, Linear: true}
		if overlay || group.variant&variantProjected != 0 {
			state.Depth = gpu.DepthOff
		}
		state.Apply()
		p.Use()
		r.air.sources(p)
		p.Texture("shadowMap", r.shadow.texture)
		p.Texture("linearDepth", linear)
		r.behindGlass(p, beyond)
		r.material(p, group)
		s.draw(group, r.res, false)
	}
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
