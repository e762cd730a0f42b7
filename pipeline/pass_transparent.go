package pipeline

import (
	"math"

	"github.com/longtake/longtake/pipeline/gpu"
)

// layeredTargets are what transparent surfaces are summed in, in any order; see
// shaders/moments.glsl.
type layeredTargets struct {
	moments *gpu.Texture // of absorbance over depth, first to fourth
	total   *gpu.Texture // absorbance
	shine   *gpu.Texture // light and weight
	exempt  *gpu.Texture // weight of data colours
	resolve *gpu.Program
}

func newLayeredTargets(r *Renderer) (*layeredTargets, error) {
	l := &layeredTargets{}
	var err error
	make := func(label string, f gpu.Format) (t *gpu.Texture) {
		if err == nil {
			t, err = gpu.NewTexture(label, gpu.TextureDesc{Format: f, Width: r.width, Height: r.height})
		}
		return t
	}
	l.moments, l.total = make("moments", gpu.RGBA32F), make("absorbance", gpu.R32F)
	l.shine, l.exempt = make("transparent light", gpu.RGBA16F), make("data colours", gpu.R16F)
	if err == nil {
		l.resolve, err = r.screenProgram("transparent.frag")
	}
	if err != nil {
		l.release(r)
		return nil, err
	}
	return l, nil
}

func (l *layeredTargets) release(r *Renderer) {
	if l == nil {
		return
	}
	for _, t := range []*gpu.Texture{l.moments, l.total, l.shine, l.exempt} {
		if t != nil {
			r.targets.Forget(t)
			t.Release()
		}
	}
}

// drawLayered draws the transparent meshes twice, for how much of what is behind each
// depth comes through, and for their light, and lays the sum over the picture. Those before
// the glass that begins at beyond, if that is above 0, are left out.
func (r *Renderer) drawLayered(depth, lit *gpu.Texture, taps string, beyond float64) error {
	if r.layers == nil {
		l, err := newLayeredTargets(r)
		if err != nil {
			return err
		}
		r.layers = l
	}
	l := r.layers
	low, scale := r.momentRange()
	lamps := index(len(r.lights.records) > 0)
	state := gpu.State{Depth: gpu.DepthRead, Blend: gpu.BlendSum, Linear: true}
	for pass := range 2 {
		a, b := l.moments, l.total
		if pass > 0 {
			a, b = l.shine, l.exempt
		}
		t, err := r.target(depth, a, b)
		if err != nil {
			return err
		}
		gpu.State{Linear: true}.Apply()
		t.ClearColor(0, 0, 0, 0, 0)
		t.ClearColor(1, 0, 0, 0, 0)
		for i := range r.submit.blended {
			group := &r.submit.blended[i]
			if !group.layered || group.reach < beyond {
				continue
			}
			p, err := r.blendedProgram(group, pass+1, lamps, index(beyond > 0), taps)
			if err != nil {
				return err
			}
			state.Cull = group.variant&variantTwoSided == 0
			state.Apply()
			p.Use()
			r.air.sources(p)
			p.Texture("shadowMap", r.shadow.texture)
			p.Vec2("momentRange", low, scale)
			r.behindGlass(p, beyond)
			if pass > 0 {
				p.Texture("momentMap", l.moments)
				p.Texture("momentTotal", l.total)
			}
			r.material(p, group)
			r.submit.draw(group, r.res, false)
		}
	}
	p := l.resolve
	p.Texture("momentTotal", l.total)
	p.Texture("shine", l.shine)
	p.Texture("exempt", l.exempt)
	p.Float("data", 1-flag(r.frame.Env.Transparent))
	err := r.drawOver(p, gpu.State{Blend: gpu.BlendThrough, Linear: true}, nil, lit)
	state.Apply() // Mesa refuses several targets while a second source is set, blending or not
	return err
}

// momentRange maps the logarithm of the depths of all transparent surfaces to -1…1.
func (r *Renderer) momentRange() (low, scale float32) {
	near, far := math.Inf(1), 0.0
	for i := range r.submit.items {
		it := &r.submit.items[i]
		if it.seen && it.layered {
			z := it.center.Dot(r.camera.forward)
			near, far = math.Min(near, z-it.radius), math.Max(far, z+it.radius)
		}
	}
	near = math.Max(near, r.camera.near)
	far = math.Max(far, near*1.01)
	return float32(math.Log2(near)), float32(2 / math.Log2(far/near))
}
