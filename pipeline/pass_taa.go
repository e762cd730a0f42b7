package pipeline

import (
	"github.com/longtake/longtake/pipeline/framegraph"
)

// addTAA adds temporal anti-aliasing over a jittered picture. The graph's Forget starts
// it anew after a cut.
func addTAA(g *graph, r *Renderer, q Quality, source, depth handle) (out handle, err error) {
	prog, err := r.screenProgram("taa.frag", boolDefine("FINE", q.TAAFine))
	if err != nil {
		return out, err
	}
	d := g.Desc(source)
	previous, next := g.History("taa", framegraph.Desc{Width: d.Width, Height: d.Height, Format: r.lightFormat()})
	g.Add("taa", func(b *builder) exec {
		b.Read(source)
		b.Read(depth)
		b.Read(previous)
		next = b.Write(next)
		to := next
		return func(c *context) error {
			prog.Texels("source", c.Tex(source))
			prog.Texels("depthMap", c.Tex(depth))
			prog.Texture("history", c.Tex(previous))
			valid := float32(0)
			if c.HistoryValid(previous) {
				valid = 1
			}
			prog.Float("valid", valid)
			return r.drawLevel(prog, c.Tex(to), 0)
		}
	})
	return next, nil
}
