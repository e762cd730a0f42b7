package pipeline

import (
	"fmt"

	"github.com/longtake/longtake/pipeline/framegraph"
	"github.com/longtake/longtake/pipeline/gpu"
)

// bloomShare is how much of a picture's light its glow takes: the lens scatters it, none
// is made.
const bloomShare = 0.07

// dirtShare is how much more dirt on the lens scatters where it is thickest.
const dirtShare = 0.4

// addBloom adds the pyramid of glow over a picture; the result has half its
// size, or a quarter.
func addBloom(g *graph, r *Renderer, q Quality, source handle) (out handle, err error) {
	first, err := r.screenProgram("bloom_down.frag", "FIRST 1")
	if err != nil {
		return out, err
	}
	down, err := r.screenProgram("bloom_down.frag", "FIRST 0")
	if err != nil {
		return out, err
	}
	up, err := r.screenProgram("bloom_up.frag")
	if err != nil {
		return out, err
	}
	d := g.Desc(source)
	n := levelsOf(d.Width, d.Height, q.BloomMips+1) - 1
	if q.BloomQuarter {
		n--
	}
	levels := make([]handle, max(n, 1))
	from, w, h := source, d.Width, d.Height
	for i := range levels {
		w, h = half(w), half(h)
		prog := down
		if i == 0 {
			prog = first
			if q.BloomQuarter { // its four taps cover 4×4 pixels either way
				w, h = half(w), half(h)
			}
		}
		g.Add(fmt.Sprintf("bloom down %d", i+1), func(b *builder) exec {
			in := b.Read(from)
			levels[i] = b.Write(b.Create(fmt.Sprintf("bloom %d", i+1), framegraph.Desc{Width: w, Height: h, Format: gpu.R11G11B10F}))
			to := levels[i]
			return func(c *context) error {
				prog.Texture("source", c.Tex(in))
				return r.drawLevel(prog, c.Tex(to), 0)
			}
		})
		from = levels[i]
	}
	out = levels[len(levels)-1]
	for i := len(levels) - 2; i >= 0; i-- {
		size := g.Desc(levels[i])
		// Each level keeps its share of an even glow over all of them.
		share := float32(len(levels)-1-i) / float32(len(levels)-i)
		g.Add(fmt.Sprintf("bloom up %d", i+1), func(b *builder) exec {
			below, level := b.Read(out), b.Read(levels[i])
			out = b.Write(b.Create(fmt.Sprintf("glow %d", i+1), size))
			to := out
			return func(c *context) error {
				up.Texture("source", c.Tex(below))
				up.Texture("level", c.Tex(level))
				up.Float("share", share)
				return r.drawLevel(up, c.Tex(to), 0)
			}
		})
	}
	return out, nil
}
