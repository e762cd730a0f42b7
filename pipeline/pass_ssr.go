package pipeline

import (
	"github.com/go-gl/gl/v4.5-core/gl"

	"github.com/longtake/longtake/pipeline/framegraph"
	"github.com/longtake/longtake/pipeline/gpu"
)

const hizLevels = 7

// ssrTile is the side in pixels of the tiles that reflections are traced in, or not; also
// in ssr_tiles.frag.
const ssrTile = 32

// addSSR adds screen-space reflections: the pyramid of nearest depths, the trace and the
// pass that puts what it found into the lit picture. traced holds the reflections alone, hits
// where their rays end; the latter is made where it is kept.
func addSSR(g *graph, r *Renderer, air *skyPass, q Quality, gb gbufferHandles, linear, ao, lit handle) (out, traced, hits handle, err error) {
	var base, halve, find, trace, ends, resolve *gpu.Program
	scale, planes := []string{boolDefine("HALF", q.SSRHalf)}, boolDefine("PLANES", q.Planes)
	for _, p := range []struct {
		dst     **gpu.Program
		over    string
		file    string
		defines []string
	}{
		{&base, "fullscreen.vert", "hiz.frag", []string{"LEVEL 0", planes}}, {&halve, "fullscreen.vert", "hiz.frag", []string{"LEVEL 1"}},
		{&find, "fullscreen.vert", "ssr_tiles.frag", scale},
		{&trace, "tiles.vert", "ssr.frag", []string{scale[0], planes}},
		{&ends, "tiles.vert", "ssr.frag", []string{scale[0], planes, "HITS 1"}},
		{&resolve, "tiles.vert", "ssr_resolve.frag", scale},
	} {
		if *p.dst, err = r.program(p.file, gpu.Stage{File: p.over}, gpu.Stage{File: p.file, Defines: p.defines}); err != nil {
			return out, traced, hits, err
		}
	}
	// Where nothing in the view is smooth, all that is left to do is to say so.
	none := func() bool { return float64(r.submit.smoothest) > q.SSRRoughness+0.5/255 && r.block.air[1] == 0 }
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
	// Levels lie side by side (hiz.frag): sides are multiples of the widest cell.
	grid := 1 << (levels - 1)
	sideX, sideY := (d.Width+grid-1)/grid*grid, (d.Height+grid-1)/grid*grid
	g.Add("hiz", func(b *builder) exec {
		b.Read(linear)
		b.Read(gb.plane)
		hiz = b.Write(b.Create("hiz", framegraph.Desc{Width: sideX + sideX/2, Height: sideY, Format: gpu.R32F}))
		h := hiz
		return func(c *context) error {
			if none() {
				return nil
			}
			t := c.Tex(h)
			if _, err := r.target(nil, t); err != nil {
				return err
			}
			gpu.State{Linear: true}.Apply()
			base.Texels("source", c.Tex(linear))
			if q.Planes {
				base.Texels("gPlane", c.Tex(gb.plane))
			}
			base.Use()
			gl.Viewport(0, 0, int32(sideX), int32(sideY))
			r.full.Draw()
			halve.Texture("hiz", t)
			fromX, fromY := 0, 0
			for i := 1; i < levels; i++ {
				toX, toY := sideX, sideY-sideY>>(i-1)
				halve.IVec2("from", fromX, fromY)
				halve.IVec2("to", toX, toY)
				halve.Use()
				gl.TextureBarrier()
				gl.Viewport(int32(toX), int32(toY), int32(sideX>>i), int32(sideY>>i))
				r.full.Draw()
				fromX, fromY = toX, toY
			}
			gl.TextureBarrier()
			return nil
		}
	})
	g.Add("ssr tiles", func(b *builder) exec {
		b.Read(gb.base)
		b.Read(linear)
		tiles = b.Write(b.Create("ssr tiles", framegraph.Desc{Width: tilesW, Height: tilesH, Format: gpu.R8}))
		t := tiles
		return func(c *context) error {
			if none() {
				return nil
			}
			find.Texels("gBase", c.Tex(gb.base))
			find.Texels("linearDepth", c.Tex(linear))
			find.Float("maxRoughness", float32(q.SSRRoughness))
			return r.drawLevel(find, c.Tex(t), 0)
		}
	})
	// follow adds a run of the rays.
	follow := func(name string, p *gpu.Program, f gpu.Format) (found handle) {
		g.Add(name, func(b *builder) exec {
			gb.read(b)
			b.Read(tiles)
			b.Read(linear)
			b.Read(hiz)
			b.Read(gb.plane)
			b.Read(lit)
			found = b.Write(b.Create(name, framegraph.Desc{Width: w, Height: h, Format: f}))
			t := found
			return func(c *context) error {
				target, err := r.target(nil, c.Tex(t))
				if err != nil {
					return err
				}
				gpu.State{Linear: true}.Apply()
				target.ClearColor(0, 0, 0, 0, 0)
				if none() {
					return nil
				}
				gb.bind(p, c)
				p.Texels("hiz", c.Tex(hiz))
				if q.Planes {
					p.Texels("gPlane", c.Tex(gb.plane))
				}
				p.Texels("linearDepth", c.Tex(linear))
				p.Texture("lit", c.Tex(lit))
				p.Int("steps", q.SSRSteps)
				p.Int("levels", levels)
				p.IVec2("hizSize", sideX, sideY)
				p.Float("maxRoughness", float32(q.SSRRoughness))
				side := ssrTile
				if q.SSRHalf {
					side /= 2
				}
				over(p, gpu.State{Linear: true}, c.Tex(tiles), side, w, h)
				return nil
			}
		})
		return found
	}
	traced = follow("ssr", trace, r.lightFormat())
	if r.keeps("hits") {
		hits = follow("ssr hits", ends, gpu.RGBA32F)
	}
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
			if none() {
				return nil
			}
			air.sources(resolve)
			gb.bind(resolve, c)
			resolve.Texels("linearDepth", c.Tex(linear))
			resolve.Texels("reflections", c.Tex(traced))
			resolve.Texels("aoMap", air.white)
			if ao.Valid() {
				resolve.Texels("aoMap", c.Tex(ao))
			}
			resolve.Float("maxRoughness", float32(q.SSRRoughness))
			if _, err := r.target(c.Tex(gb.depth), c.Tex(h)); err != nil {
				return err
			}
			over(resolve, gpu.State{Depth: gpu.DepthBehind, Blend: gpu.BlendAdd, Linear: true}, c.Tex(tiles), ssrTile, d.Width, d.Height)
			return nil
		}
	})
	return out, traced, hits, nil
}
