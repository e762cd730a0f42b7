package pipeline

import (
	"github.com/longtake/longtake/pipeline/framegraph"
	"github.com/longtake/longtake/pipeline/gpu"
)

const hizLevels = 7

// addSSR adds screen-space reflections: the pyramid of nearest depths, the trace and the
// pass that puts what it found into the lit picture. traced holds the reflections alone.
func addSSR(g *graph, r *Renderer, air *skyPass, q Quality, gb gbufferHandles, linear, ao, lit handle) (out, traced handle, err error) {
	var base, halve, trace, resolve *gpu.Program
	for _, p := range []struct {
		dst  **gpu.Program
		file string
		def  string
	}{
		{&base, "hiz.frag", "LEVEL 0"}, {&halve, "hiz.frag", "LEVEL 1"},
		{&trace, "ssr.frag", boolDefine("HALF", q.SSRHalf)}, {&resolve, "ssr_resolve.frag", boolDefine("HALF", q.SSRHalf)},
	} {
		if *p.dst, err = r.screenProgram(p.file, p.def); err != nil {
			return out, traced, err
		}
	}
	d := g.Desc(linear)
	levels := levelsOf(d.Width, d.Height, hizLevels)
	w, h := d.Width, d.Height
	if q.SSRHalf {
		w, h = half(w), half(h)
	}
	var hiz handle
	g.Add("hiz", func(b *builder) exec {
		b.Read(gb.depth)
		hiz = b.Write(b.Create("hiz", framegraph.Desc{Width: d.Width, Height: d.Height, Levels: levels, Format: gpu.R32F}))
		h := hiz
		return func(c *context) error {
			base.Texture("source", c.Tex(gb.depth))
			if err := r.drawLevel(base, c.Tex(h), 0); err != nil {
				return err
			}
			return r.pyramid(halve, c.Tex(h))
		}
	})
	g.Add("ssr", func(b *builder) exec {
		gb.read(b)
		b.Read(linear)
		b.Read(hiz)
		b.Read(lit)
		traced = b.Write(b.Create("ssr", framegraph.Desc{Width: w, Height: h, Format: gpu.RGBA16F}))
		t := traced
		return func(c *context) error {
			gb.bind(trace, c)
			trace.Texture("hiz", c.Tex(hiz))
			trace.Texture("linearDepth", c.Tex(linear))
			trace.Texture("lit", c.Tex(lit))
			trace.Int("steps", q.SSRSteps)
			trace.Int("levels", levels)
			trace.Float("maxRoughness", float32(q.SSRRoughness))
			return r.drawLevel(trace, c.Tex(t), 0)
		}
	})
	g.Add("ssr resolve", func(b *builder) exec {
		gb.read(b)
		b.Read(gb.depth)
		b.Read(linear)
		b.Read(traced)
		if ao.Valid() {
			b.Read(ao)
		}
		out = b.Write(lit)
		h := out
		return func(c *context) error {
			air.sources(resolve)
			gb.bind(resolve, c)
			resolve.Texture("linearDepth", c.Tex(linear))
			resolve.Texture("reflections", c.Tex(traced))
			resolve.Texture("aoMap", air.white)
			if ao.Valid() {
				resolve.Texture("aoMap", c.Tex(ao))
			}
			resolve.Float("maxRoughness", float32(q.SSRRoughness))
			return r.drawOver(resolve, gpu.State{Depth: gpu.DepthBehind, Blend: gpu.BlendAdd, Linear: true}, c.Tex(gb.depth), c.Tex(h))
		}
	})
	return out, traced, nil
}
