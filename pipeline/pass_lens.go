package pipeline

import (
	"math"

	"github.com/longtake/longtake/pipeline/gpu"
)

// lensUse is which effects of the lens a configuration has.
type lensUse struct{ motion, focus, dirt, flare bool }

func lensOf(f *Frame) lensUse {
	return lensUse{motion: f.Opened != nil, focus: f.Env.Aperture > 0 && f.Env.Focus > 0, dirt: f.Env.Dirt > 0, flare: f.Env.Flare > 0}
}

// mostBlur is the largest circle of confusion, as a share of the picture's height.
const mostBlur = 0.02

// addLens adds motion blur, depth of field and flare, where the frame asks for them.
func (r *Renderer) addLens(g *graph, depth, lit handle) (handle, error) {
	fine := r.options.Quality.TAAFine
	taps := func(few, many string) string {
		if fine {
			return "TAPS " + many
		}
		return "TAPS " + few
	}
	pass := func(name string, prog *gpu.Program, err error, set func(*gpu.Program)) error {
		if err != nil {
			return err
		}
		d := g.Desc(lit)
		g.Add(name, func(b *builder) exec {
			from := b.Read(lit)
			b.Read(depth)
			d.Format = r.lightFormat()
			lit = b.Write(b.Create(name, d))
			to := lit
			return func(c *context) error {
				prog.Texture("source", c.Tex(from))
				prog.Texture("depthMap", c.Tex(depth))
				set(prog)
				return r.drawLevel(prog, c.Tex(to), 0)
			}
		})
		return nil
	}
	if r.lens.motion {
		prog, err := r.screenProgram("motion_blur.frag", taps("8", "16"))
		if err := pass("motion blur", prog, err, func(p *gpu.Program) {
			m := mat32(r.camera.reproject(r.frame.Opened))
			p.Mat4("opened", &m)
		}); err != nil {
			return lit, err
		}
	}
	if r.lens.focus {
		prog, err := r.screenProgram("dof.frag", taps("48", "64"))
		if err := pass("depth of field", prog, err, func(p *gpu.Program) {
			env, h := &r.frame.Env, float64(r.height)
			// Two rays from the rim of the lens part by its width over the distance.
			pixels := env.Aperture / 2 / (2 * r.camera.tanY) * h
			p.Vec3("lens", float32(env.Focus), float32(pixels), float32(math.Max(mostBlur*h, 1)))
		}); err != nil {
			return lit, err
		}
	}
	if r.lens.flare {
		d := g.Desc(lit)
		prog, err := r.program("flare", gpu.Stage{File: "flare.vert"}, gpu.Stage{File: "flare.frag"})
		if err := pass("flare", prog, err, func(p *gpu.Program) {
			p.Float("flare", float32(r.frame.Env.Flare))
			p.Float("aspect", float32(d.Width)/float32(d.Height))
		}); err != nil {
			return lit, err
		}
	}
	return lit, nil
}
