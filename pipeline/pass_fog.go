package pipeline

import (
	"math"

	"github.com/longtake/longtake/pipeline/gpu"
)

// fogBlock is the member fog of skyBlock: density per metre at the fog's base, one over the
// height in which it thins to a third, metres from the base up to the eye.
func fogBlock(e *Environment, eyeHeight float64) [4]float32 {
	if !(e.FogVisibility > 0) {
		return [4]float32{0, 1, 0, 0}
	}
	// Koschmieder 1924: what is black and that far away keeps a fiftieth of its contrast.
	density := math.Log(50) / e.FogVisibility
	return [4]float32{float32(density), float32(1 / math.Max(e.FogHeight, 1)), float32(eyeHeight - e.FogBase), 0}
}

// addFog adds the pass that lays fog over the lit picture. Frames without fog skip it.
func (r *Renderer) addFog(g *graph, depth, shadows, lit handle) (handle, error) {
	q := r.options.Quality
	shafts := q.FogSteps > 0 && q.ShadowCascades > 0
	taps := "SHADOW_TAPS 1" // the march smooths them
	prog, err := r.screenProgram("fog.frag", boolDefine("SHAFTS", shafts), taps)
	if err != nil {
		return lit, err
	}
	g.Add("fog", func(b *builder) exec {
		b.Read(depth)
		if shafts {
			b.Read(shadows)
		}
		lit = b.Write(lit)
		out := lit
		return func(c *context) error {
			if r.air.now.fog[0] == 0 {
				return nil
			}
			r.air.sources(prog)
			prog.Texture("depthMap", c.Tex(depth))
			prog.Int("steps", q.FogSteps)
			if shafts {
				prog.Texture("shadowMap", c.Tex(shadows))
			}
			return r.drawOver(prog, gpu.State{Blend: gpu.BlendPremultiplied, Linear: true}, nil, c.Tex(out))
		}
	})
	return lit, nil
}
