package pipeline

import "github.com/longtake/longtake/pipeline/gpu"

// layerOf is the view depth before which a layer has no glass, and whether it has bodies and
// rough surfaces.
func (r *Renderer) layerOf(layer int) (near float64, body, rough bool) {
	first := true
	for i := range r.submit.panes {
		p := &r.submit.panes[i]
		if p.layer != layer {
			continue
		}
		if first || p.near < near {
			near, first = p.near, false
		}
		body, rough = body || p.body, rough || p.rough
	}
	return near, body, rough
}

// drawFronts draws the depths of a layer's near sides, whatever stands before them.
func (r *Renderer) drawFronts(layer int) error {
	target, err := r.target(r.glass.fronts)
	if err != nil {
		return err
	}
	gpu.State{Depth: gpu.DepthWrite}.Apply()
	target.ClearDepth()
	for i := range r.submit.panes {
		if p := &r.submit.panes[i]; p.layer == layer {
			if err := r.drawSide(i, gpu.State{Depth: gpu.DepthWrite, Cull: r.culled(i), Backs: p.away, NoColor: true}); err != nil {
				return err
			}
		}
	}
	return nil
}

// drawBacks draws the far sides of a layer's bodies.
func (r *Renderer) drawBacks(layer int) error {
	target, err := r.target(r.glass.backs, r.glass.directions)
	if err != nil {
		return err
	}
	state := gpu.State{Depth: gpu.DepthWrite, Backs: true, Linear: true}
	state.Apply()
	target.ClearDepth()
	for i := range r.submit.panes {
		if p := &r.submit.panes[i]; p.layer == layer && p.body {
			if err := r.drawSide(i, state); err != nil {
				return err
			}
		}
	}
	return nil
}

// drawSide draws depth and outward normal of a pane.
func (r *Renderer) drawSide(pane int, state gpu.State) error {
	g := &r.submit.refracted[pane]
	p, err := r.meshProgram("backs.frag", g.variant, 0)
	if err != nil {
		return err
	}
	state.Apply()
	p.Use()
	r.material(p, g)
	r.submit.draw(g, r.res, false)
	return nil
}

// culled tells whether one side of a pane's faces is not drawn.
func (r *Renderer) culled(pane int) bool {
	return r.submit.refracted[pane].variant&variantTwoSided == 0 || !r.submit.panes[pane].body
}

// behindGlass tells a program of what lies behind the layer of glass that begins at a view depth
// in metres, where that is above 0.
func (r *Renderer) behindGlass(p *gpu.Program, beyond float64) {
	if beyond > 0 {
		p.Texture("glassDepth", r.glass.fronts)
		p.Float("glassNearest", float32(r.camera.near/beyond))
	}
}

var beyondDefines = [...]string{"BEYOND 0", "BEYOND 1"}
