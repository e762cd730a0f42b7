package pipeline

import (
	"strconv"

	"github.com/longtake/longtake/pipeline/framegraph"
	"github.com/longtake/longtake/pipeline/gpu"
)

// shadowMap is the cascades' depth: one layer each, kept for the life of a configuration.
type shadowMap struct {
	texture *gpu.Texture
	layers  [maxCascades]*gpu.Target
	plain   *gpu.Program
	copies  *gpu.Program
	light   [16]float32 // the matrix being drawn with
}

func newShadowMap(r *Renderer, q Quality) (*shadowMap, error) {
	m := &shadowMap{}
	n, size := min(q.ShadowCascades, maxCascades), q.ShadowSize
	if n <= 0 || size <= 0 {
		n, size = 1, 1 // samplers still need a texture
	}
	var err error
	if m.plain, err = r.program("casters", gpu.Stage{File: "caster.vert"}, gpu.Stage{File: "caster.frag"}); err != nil {
		return nil, err
	}
	if m.copies, err = r.program("caster copies", gpu.Stage{File: "caster.vert", Defines: []string{"INSTANCED 1"}}, gpu.Stage{File: "caster.frag"}); err != nil {
		return nil, err
	}
	m.texture, err = gpu.NewTexture("sun shadow", gpu.TextureDesc{
		Kind: gpu.Tex2DArray, Format: gpu.D32F, Width: size, Height: size, Layers: n, Compare: true,
	})
	if err != nil {
		return nil, err
	}
	for i := range n {
		if m.layers[i], err = gpu.NewTarget("sun shadow", gpu.Attachment{Texture: m.texture, Layer: i}); err != nil {
			m.release()
			return nil, err
		}
	}
	return m, nil
}

// shadowTaps is the define of shadow.glsl for a quality. Four taps are spread over the
// frames where there is a history of them.
func (r *Renderer) shadowTaps(q Quality) string {
	if r.options.Live && q.TAA && q.ShadowTaps >= 4 && q.ShadowTaps < 9 {
		return "SHADOW_TAPS " + strconv.Itoa(2+index(r.upscales()))
	}
	for _, n := range []int{16, 9, 4} {
		if q.ShadowTaps >= n {
			return "SHADOW_TAPS " + strconv.Itoa(n)
		}
	}
	return "SHADOW_TAPS 1"
}

// cascadesDefine is CASCADES of shadow.glsl for a number of cascades.
func cascadesDefine(n int) int {
	switch {
	case n <= 0:
		return 0
	case n <= 2:
		return 2
	}
	return 4
}

func (m *shadowMap) release() {
	if m == nil {
		return
	}
	for _, l := range m.layers {
		l.Release()
	}
	m.texture.Release()
}

// addShadow draws the sun's cascades, once for all sub-frames.
func (r *Renderer) addShadow(g *graph) handle {
	t := r.shadow.texture
	out := g.Import("sun shadow", t, framegraph.Desc{Width: t.Width, Height: t.Height, Levels: 1, Format: t.Format})
	g.Add("shadow", func(b *builder) exec {
		out = b.Write(out)
		return func(*context) error {
			if r.sub > 0 {
				return nil
			}
			return r.drawShadows()
		}
	})
	return out
}

func (r *Renderer) drawShadows() error {
	m, s := r.shadow, &r.submit
	for i := range r.sun.n {
		m.layers[i].Bind()
		// Depth clamp keeps casters between the cascade and the sun. The offset that avoids
		// acne is along the receiver's normal (shadow.glsl): polygon offset costs a
		// software rasteriser a third of the pass.
		state := gpu.State{Depth: gpu.DepthWrite, NoColor: true, DepthClamp: true, Cull: true}
		state.Apply()
		m.layers[i].ClearDepth()
		m.light = mat32(r.sun.layer[i].clip)
		r.drawCasters(s.casters[i], &m.light, state)
	}
	return nil
}

// drawCasters draws depth alone through a light's projection; state is applied.
func (r *Renderer) drawCasters(groups []group, light *[16]float32, state gpu.State) {
	m, s := r.shadow, &r.submit
	m.plain.Mat4("lightProj", light)
	m.copies.Mat4("lightProj", light)
	for k := range groups {
		group := &groups[k]
		if cull := group.variant&variantTwoSided == 0; cull != state.Cull {
			state.Cull = cull
			state.Apply()
		}
		if group.variant&variantInstanced != 0 {
			m.copies.Use()
		} else {
			m.plain.Use()
		}
		s.draw(group, r.res, true)
	}
}

// addSunShadow adds the sun's share alone, as the lighting takes it.
func addSunShadow(g *graph, r *Renderer, q Quality, gb gbufferHandles, linear, shadows handle) (out handle, err error) {
	p, err := r.screenProgram("shadow_mask.frag", r.shadowTaps(q), boolDefine("CONTACT", q.ContactSteps > 0))
	if err != nil {
		return out, err
	}
	d := g.Desc(linear)
	g.Add("sun's share", func(b *builder) exec {
		gb.read(b)
		b.Read(linear)
		b.Read(shadows)
		out = b.Write(b.Create("sun's share", framegraph.Desc{Width: d.Width, Height: d.Height, Format: gpu.R8}))
		h := out
		return func(c *context) error {
			gb.bind(p, c)
			p.Texture("linearDepth", c.Tex(linear))
			p.Texture("shadowMap", c.Tex(shadows))
			p.Int("contactSteps", q.ContactSteps)
			return r.drawLevel(p, c.Tex(h), 0)
		}
	})
	return out, nil
}
