package pipeline

import (
	"fmt"

	"github.com/longtake/longtake/pipeline/framegraph"
	"github.com/longtake/longtake/pipeline/gpu"
)

// The tiles over which exposure is measured; also in exposure.frag.
const exposureW, exposureH = 64, 36

// addExposure adds the measurement of a picture's light: one texel, the factor to apply.
func addExposure(g *graph, r *Renderer, source handle) (out handle, err error) {
	tiles, err := r.screenProgram("exposure.frag", "STEP 0")
	if err != nil {
		return out, err
	}
	sum, err := r.screenProgram("exposure.frag", "STEP 1")
	if err != nil {
		return out, err
	}
	var logs handle
	g.Add("luminance", func(b *builder) exec {
		b.Read(source)
		logs = b.Write(b.Create("luminance", framegraph.Desc{Width: exposureW, Height: exposureH, Format: gpu.RG32F}))
		to := logs
		return func(c *context) error {
			tiles.Texture("source", c.Tex(source))
			return r.drawLevel(tiles, c.Tex(to), 0)
		}
	})
	g.Add("exposure", func(b *builder) exec {
		b.Read(logs)
		out = b.Write(b.Create("exposure", framegraph.Desc{Width: 1, Height: 1, Format: gpu.R32F}))
		to := out
		return func(c *context) error {
			sum.Texture("source", c.Tex(logs))
			sum.Texture("skyHeights", r.heights.texture)
			x, y, z, reach := r.heights.place()
			sum.Vec4("skyPlace", x, y, z, reach)
			return r.drawLevel(sum, c.Tex(to), 0)
		}
	})
	return out, nil
}

// addToneMap adds exposure, glow, tone curve and grading table; bloom may be the zero
// handle. The result holds sRGB values in the given format; those of 8 bits are dithered.
func addToneMap(g *graph, r *Renderer, curve ToneMap, format gpu.Format, source, exposure, bloom handle) (out handle, err error) {
	// By whether the frame holds data colours, and whether it has a sky: software runs every
	// branch, and that of a picture without one is the curve twice more.
	var programs [3]*gpu.Program
	for i := range programs {
		programs[i], err = r.program("tone map", gpu.Stage{File: "tonemap.vert"}, gpu.Stage{File: "tonemap.frag", Defines: []string{
			fmt.Sprintf("CURVE %d", curve), fmt.Sprintf("GRADE %d", r.grade.kind()), boolDefine("DATA", i == 1), boolDefine("CLEAR", i == 2),
			boolDefine("BLOOM", bloom.Valid()), boolDefine("DIRT", bloom.Valid() && r.lens.dirt), boolDefine("DITHER", format == gpu.RGBA8),
		}})
		if err != nil {
			return out, err
		}
	}
	d := g.Desc(source)
	g.Add("tone map", func(b *builder) exec {
		b.Read(source)
		b.Read(exposure)
		if bloom.Valid() {
			b.Read(bloom)
		}
		out = b.Write(b.Create("picture", framegraph.Desc{Width: d.Width, Height: d.Height, Format: format}))
		to := out
		return func(c *context) error {
			prog := programs[index(r.submit.data)]
			if r.frame.Env.Transparent {
				prog = programs[2]
			}
			prog.Texels("source", c.Tex(source))
			prog.Texture("exposureMap", c.Tex(exposure))
			r.grade.use(prog)
			if bloom.Valid() {
				prog.Texture("bloomMap", c.Tex(bloom))
				prog.Float("bloomShare", bloomShare)
				if r.lens.dirt {
					prog.Vec2("dirt", float32(dirtShare*r.frame.Env.Dirt), float32(d.Width)/float32(d.Height))
				}
			}
			return r.drawLevel(prog, c.Tex(to), 0)
		}
	})
	return out, nil
}
