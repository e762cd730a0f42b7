package pipeline

import (
	"github.com/go-gl/gl/v4.5-core/gl"

	"github.com/longtake/longtake/pipeline/gpu"
)

// glassTargets are what glass is drawn with, made when a frame has some first.
type glassTargets struct {
	behind            *gpu.Texture // the picture behind a layer of glass
	fronts            *gpu.Texture // depth of its near sides, whatever stands before them; 0 beside them
	frost             *gpu.Texture // the same at half its sides and less, without what is before the layer
	backs, directions *gpu.Texture // the far sides of bodies: depth and outward normal
	frosted           *gpu.Program
	layers            int // of the frame
}

const frostLevels = 8

func newGlassTargets(r *Renderer) (*glassTargets, error) {
	g := &glassTargets{}
	var err error
	make := func(label string, d gpu.TextureDesc) (t *gpu.Texture) {
		if err == nil {
			t, err = gpu.NewTexture(label, d)
		}
		return t
	}
	w, h := r.width, r.height
	g.behind = make("behind glass", gpu.TextureDesc{Format: r.lightFormat(), Width: w, Height: h})
	g.frost = make("behind frosted glass", gpu.TextureDesc{Format: r.lightFormat(), Width: half(w), Height: half(h), Levels: levelsOf(half(w), half(h), frostLevels)})
	g.fronts = make("near sides of glass", gpu.TextureDesc{Format: gpu.D32F, Width: w, Height: h})
	g.backs = make("far sides of glass", gpu.TextureDesc{Format: gpu.D32F, Width: w, Height: h})
	g.directions = make("normals of far sides of glass", gpu.TextureDesc{Format: gpu.RG16, Width: w, Height: h})
	if err == nil {
		g.frosted, err = r.screenProgram("frost.frag")
	}
	if err != nil {
		g.release(r)
		return nil, err
	}
	return g, nil
}

func (g *glassTargets) release(r *Renderer) {
	if g == nil {
		return
	}
	for _, t := range []*gpu.Texture{g.behind, g.fronts, g.frost, g.backs, g.directions} {
		if t != nil {
			r.targets.Forget(t)
			t.Release()
		}
	}
}

// addRefraction draws glass over the lit picture, layer by layer from the back: each takes
// what is behind it, blended things and rain among it, from a copy of the picture. Glass is in the
// depth buffer from then on.
func (r *Renderer) addRefraction(g *graph, lit handle, gb gbufferHandles, linear, shadows, heights handle) (outLit, outDepth handle) {
	taps := r.shadowTaps(r.options.Quality)
	g.Add("refraction", func(b *builder) exec {
		gb.read(b)
		b.Read(linear)
		b.Read(shadows)
		if heights.Valid() {
			b.Read(heights)
		}
		outLit, outDepth = b.Write(lit), b.Write(gb.depth)
		out, deep := outLit, outDepth
		h := gb
		h.depth = outDepth
		var now *context // over is made once, not for each frame
		over := func(d *drape, cover *gpu.Texture) error {
			return r.drawDrapeOver(d, h, now, cover, r.glass.behind)
		}
		return func(c *context) error {
			now = c
			if len(r.submit.panes) == 0 {
				return nil
			}
			if r.glass == nil {
				t, err := newGlassTargets(r)
				if err != nil {
					return err
				}
				r.glass = t
			}
			if r.sub == 0 {
				r.glass.layers = r.submit.layer(max(r.options.Quality.GlassLayers, 1))
			}
			for layer := r.glass.layers; layer > 0; layer-- {
				if err := r.drawGlass(layer, c.Tex(out), c.Tex(deep), c.Tex(linear), taps, over); err != nil {
					return err
				}
			}
			return nil
		}
	})
	return outLit, outDepth
}

// drawGlass draws one layer of glass; over is as of drawForward.
func (r *Renderer) drawGlass(layer int, lit, depth, linear *gpu.Texture, taps string, over func(*drape, *gpu.Texture) error) error {
	s, t := &r.submit, r.glass
	near, body, rough := r.layerOf(layer)
	gl.CopyImageSubData(lit.ID, gl.TEXTURE_2D, 0, 0, 0, 0, t.behind.ID, gl.TEXTURE_2D, 0, 0, 0, 0, int32(lit.Width), int32(lit.Height), 1)
	if len(s.blended)+len(s.strokes) > 0 || r.frame.Env.Rain+r.frame.Env.Snow > 0 || body || rough {
		if err := r.drawFronts(layer); err != nil {
			return err
		}
	}
	if err := r.drawForward(t.behind, depth, linear, taps, near, over); err != nil {
		return err
	}
	if err := r.drawParticles(t.behind, depth, near); err != nil {
		return err
	}
	if rough || body {
		t.frosted.Texture("picture", t.behind)
		t.frosted.Texels("linearDepth", linear)
		t.frosted.Texels("glassDepth", t.fronts)
		t.frosted.Float("nearest", float32(near))
		if err := r.drawLevel(t.frosted, t.frost, 0); err != nil {
			return err
		}
		t.frost.GenerateMips()
	}
	if body {
		if err := r.drawBacks(layer); err != nil {
			return err
		}
	}
	if _, err := r.target(depth, lit); err != nil {
		return err
	}
	lamps := index(len(r.lights.records) > 0)
	for i := range s.panes {
		p, g := &s.panes[i], &s.refracted[i]
		if p.layer != layer {
			continue
		}
		prog, err := r.glassProgram(p, g, lamps, taps)
		if err != nil {
			return err
		}
		gpu.State{Depth: gpu.DepthWrite, Cull: r.culled(i), Backs: p.away, Linear: true}.Apply()
		prog.Use()
		r.air.sources(prog)
		prog.Texture("shadowMap", r.shadow.texture)
		prog.Texels("linearDepth", linear)
		prog.Texture("behind", t.behind)
		prog.Texture("frost", t.frost)
		prog.Texels("backDepth", t.backs)
		prog.Texels("backNormal", t.directions)
		m := &r.res.materials.records[g.material]
		prog.Vec4("glass", m.glass[0], m.glass[1], float32(p.thick), float32(p.span))
		prog.Vec4("absorption", m.absorbs[0], m.absorbs[1], m.absorbs[2], flag(p.rough))
		prog.Int("steps", r.options.Quality.GlassSteps)
		r.material(prog, g)
		s.draw(g, r.res, false)
	}
	return nil
}

// glassProgram is the program of a pane: a tier that follows reflections over the picture
// does so in glass.
func (r *Renderer) glassProgram(p *glassSide, g *group, lamps int, taps string) (*gpu.Program, error) {
	mirror := r.options.Quality.SSRSteps > 0 && r.options.Quality.GlassSteps > 0
	return r.meshProgram("refraction.frag", g.variant&^variantFade, uint8(lamps+2*index(p.body)+4*index(mirror)), taps,
		lightDefines[lamps], bodyDefines[index(p.body)], mirrorDefines[index(mirror)])
}

var (
	bodyDefines   = [...]string{"BODY 0", "BODY 1"}
	mirrorDefines = [...]string{"MIRROR 0", "MIRROR 1"}
)
