package pipeline

import (
	"github.com/longtake/longtake/pipeline/framegraph"
	"github.com/longtake/longtake/pipeline/gpu"
)

const hizLevels = 7

// ssrTile is the side in pixels of the tiles that reflections are traced in, or not; also
// in ssr_tiles.frag.
const ssrTile = 32

// addSSR adds screen-space reflections: the pyramid of nearest depths, the trace and the
// pass that puts what it found into the lit picture. traced holds the reflections alone.
func addSSR(g *graph, r *Renderer, air *skyPass, q Quality, gb gbufferHandles, linear, ao, lit handle) (out, traced handle, err error) {
	var base, halve, find, trace, resolve *gpu.Program
	for _, p := range []struct {
		dst   **gpu.Program
		over  string
		file  string
		value string
	}{
		{&base, "fullscreen.vert", "hiz.frag", "LEVEL 0"}, {&halve, "fullscreen.vert", "hiz.frag", "LEVEL 1"},
		{&find, "fullscreen.vert", "ssr_tiles.frag", boolDefine("HALF", q.SSRHalf)},
		{&trace, "tiles.vert", "ssr.frag", boolDefine("HALF", q.SSRHalf)},
		{&resolve, "tiles.vert", "ssr_resolve.frag", boolDefine("HALF", q.SSRHalf)},
	} {
		if *p.dst, err = r.program(p.file, gpu.Stage{File: p.over}, gpu.Stage{File: p.file, Defines: []string{p.value}}); err != nil {
			return out, traced, err
		}
	}
	d := g.Desc(linear)
	levels := levelsOf(d.Width, d.Height, hizLevels)
	w, h := d.Width, d.Height
	if q.SSRHalf {
		w, h = half(w), half(h)
	}
	var hiz, tiles handle
	tilesW, tilesH := (d.Width+ssrTile-1)/ssrTile, (d.Height+ssrTile-1)/ssrTile
	// over runs a program over the tiles of a target.
	over := func(p *gpu.Program, s gpu.State, mask *gpu.Texture, side, width, height int) {
		p.Texture("tileMask", mask)
		p.Vec2("tileSize", float32(side)/float32(width), float32(side)/float32(height))
		s.Apply()
		p.Use()
		r.full.DrawVertices(6 * tilesW * tilesH)
	}
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
	g.Add("ssr tiles", func(b *builder) exec {
		b.Read(gb.base)
		b.Read(linear)
		tiles = b.Write(b.Create("ssr tiles", framegraph.Desc{Width: tilesW, Height: tilesH, Format: gpu.R8}))
		t := tiles
		return func(c *context) error {
			find.Texture("gBase", c.Tex(gb.base))
			find.Texture("linearDepth", c.Tex(linear))
			find.Float("maxRoughness", float32(q.SSRRoughness))
			return r.drawLevel(find, c.Tex(t), 0)
		}
	})
	g.Add("ssr", func(b *builder) exec {
		gb.read(b)
		b.Read(tiles)
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
			target, err := r.target(nil, c.Tex(t))
			if err != nil {
				return err
			}
			gpu.State{Linear: true}.Apply()
			target.ClearColor(0, 0, 0, 0, 0)
			side := ssrTile
			if q.SSRHalf {
				side /= 2
			}
			over(trace, gpu.State{Linear: true}, c.Tex(tiles), side, w, h)
			return nil
		}
	})
	g.Add("ssr resolve", func(b *builder) exec {
		gb.read(b)
		b.Read(gb.depth)
		b.Read(linear)
		b.Read(traced)
		b.Read(tiles)
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
			if _, err := r.target(c.Tex(gb.depth), c.Tex(h)); err != nil {
				return err
			}
			over(resolve, gpu.State{Depth: gpu.DepthBehind, Blend: gpu.BlendAdd, Linear: true}, c.Tex(tiles), ssrTile, d.Width, d.Height)
			return nil
		}
	})
	return out, traced, nil
}
