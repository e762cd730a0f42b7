package pipeline

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// effectRecord is the uniforms of an effect: effectShape, effectLook and effectLight of
// effect.frag and points.frag.
type effectRecord struct {
	shape [4]float32 // pattern, repeat, width, softness
	look  [4]float32 // fill, fade, rim, stagger
	light [2]float32 // emission, 1 = uv are a band's
}

func newEffectRecord(e *drawable.Effect) effectRecord {
	return effectRecord{
		shape: [4]float32{float32(e.Pattern), e.Repeat, e.Width, e.Softness},
		look:  [4]float32{e.Fill, e.Fade, e.Rim, e.Stagger},
		light: [2]float32{e.Emission, flag(e.Band)},
	}
}

func (e *effectRecord) set(p *gpu.Program) {
	p.Vec4("effectShape", e.shape[0], e.shape[1], e.shape[2], e.shape[3])
	p.Vec4("effectLook", e.look[0], e.look[1], e.look[2], e.look[3])
	p.Vec2("effectLight", e.light[0], e.light[1])
}

// cyclesAt is the cycles of a period since time 0, in 65536ths; they wrap after 65536.
func cyclesAt(period float32, seconds float64) uint32 {
	if period == 0 {
		return 0
	}
	cycles := math.Mod(seconds/float64(period), 65536)
	return uint32(int64(math.Floor(cycles * 65536)))
}

// effectDefine is what mesh.vert needs to know of an effect.
func effectDefine(v variant) string {
	switch {
	case v&variantProjected != 0:
		return "EFFECT 2"
	case v&variantEffect != 0:
		return "EFFECT 1"
	}
	return "EFFECT 0"
}

// momentDefines are the passes over blended meshes: straight over the picture, moments, and
// light weighted by them.
var momentDefines = [...]string{"MOMENTS 0", "MOMENTS 1", "MOMENTS 2"}

// blendedProgram draws a group of blended meshes, which fade by their opacity and not by
// dropping pixels.
func (r *Renderer) blendedProgram(g *group, moments, lamps, beyond int, taps string) (*gpu.Program, error) {
	if g.variant&variantEffect != 0 {
		return r.meshProgram("effect.frag", g.variant, forwardPass(moments, 0, beyond), momentDefines[moments], beyondDefines[beyond])
	}
	if lamps == 0 && r.foreseesNight() {
		if _, err := r.meshProgram("forward.frag", g.variant&^variantFade, forwardPass(moments, 1, beyond), taps, momentDefines[moments], lightDefines[1], beyondDefines[beyond]); err != nil {
			return nil, err
		}
	}
	return r.meshProgram("forward.frag", g.variant&^variantFade, forwardPass(moments, lamps, beyond), taps, momentDefines[moments], lightDefines[lamps], beyondDefines[beyond])
}

// dataColors tells whether tone mapping leaves a group's colours as they are: those that
// shine are light.
func (r *Renderer) dataColors(g *group) bool {
	if drawable.Model(g.variant&variantModel) != drawable.Unlit {
		return false
	}
	return g.variant&variantEffect == 0 || r.res.materials.records[g.material].effect.light[0] <= 1
}
