package pipeline

import "github.com/longtake/longtake/pipeline/gpu"

// idTargets are what feature ids are drawn into for picking, made when one picks first.
type idTargets struct {
	depth, ids *gpu.Texture
}

func (r *Renderer) idTargets() (*idTargets, error) {
	if r.ids != nil {
		return r.ids, nil
	}
	d := gpu.TextureDesc{Format: gpu.R32UI, Width: r.options.Width, Height: r.options.Height}
	ids, err := gpu.NewTexture("feature ids", d)
	if err != nil {
		return nil, err
	}
	d.Format = gpu.D32F
	depth, err := gpu.NewTexture("depth of feature ids", d)
	if err != nil {
		ids.Release()
		return nil, err
	}
	r.ids = &idTargets{depth, ids}
	return r.ids, nil
}

func (t *idTargets) release(r *Renderer) {
	if t == nil {
		return
	}
	for _, tex := range []*gpu.Texture{t.depth, t.ids} {
		r.targets.Forget(tex)
		tex.Release()
	}
}

// addID draws the ids of all features; the pass is there only where the buffer is kept.
func (r *Renderer) addID(g *graph) (out handle) {
	g.Add("id", func(b *builder) exec {
		depth := b.Write(b.Create("id depth", r.desc(gpu.D32F)))
		out = b.Write(b.Create("id", r.desc(gpu.R32UI)))
		h := out
		return func(c *context) error { return r.drawIDs(c.Tex(depth), c.Tex(h), nil) }
	})
	return out
}

// drawIDs draws the ids of the records that only holds, nil being all, with a depth of
// their own.
func (r *Renderer) drawIDs(depth, ids *gpu.Texture, only []bool) error {
	t, err := r.target(depth, ids)
	if err != nil {
		return err
	}
	opaque := gpu.State{Depth: gpu.DepthWrite}
	opaque.Apply()
	t.ClearDepth()
	t.ClearColorUint(0, 0)
	return r.drawRecordIDs(opaque, only)
}

// drawRecordIDs draws ids into the bound target, in the order of their colours; the state is
// that of what is opaque.
func (r *Renderer) drawRecordIDs(opaque gpu.State, only []bool) error {
	s := &r.submit
	for _, overlay := range [...]bool{false, true} {
		for k, groups := range [...][]group{s.opaque, s.refracted, s.tinted, s.blended} {
			for i := range groups {
				g := &groups[i]
				if g.overlay != overlay || g.variant&variantProjected != 0 { // what is projected has no shape
					continue
				}
				state := opaque
				switch {
				case overlay:
					state = gpu.State{Depth: gpu.DepthOff}
				case k > 1 && !g.layered: // of bodies that are seen through the nearest is meant
					state = gpu.State{Depth: gpu.DepthRead}
				}
				state.Cull = g.variant&variantTwoSided == 0
				if err := r.drawGroupIDs(g, state, only); err != nil {
					return err
				}
			}
		}
		if err := r.drawStrokes(overlay, true, only, 0); err != nil {
			return err
		}
	}
	return nil
}

// drawGroupIDs draws the ids of a group's commands, runs of them that only holds.
func (r *Renderer) drawGroupIDs(g *group, state gpu.State, only []bool) error {
	var p *gpu.Program
	part := *g
	end := g.first + g.count
	for at := g.first; at < end; {
		if !holds(only, r.submit.commands[at].baseInstance) {
			at++
			continue
		}
		for part.first = at; at < end && holds(only, r.submit.commands[at].baseInstance); {
			at++
		}
		part.count = at - part.first
		if p == nil {
			var err error
			if p, err = r.meshProgram("id.frag", g.variant, 0); err != nil {
				return err
			}
			state.Apply()
			p.Use()
			r.material(p, g)
		}
		r.submit.draw(&part, r.res, false)
	}
	return nil
}

// holds tells whether a record is in a set; nil has all.
func holds(only []bool, record uint32) bool { return only == nil || only[record] }

// recordSet is an empty set of records, in memory that frames share.
func (r *Renderer) recordSet() []bool {
	n := len(r.submit.records)
	if cap(r.chosen) < n {
		r.chosen = make([]bool, n*3/2)
	}
	set := r.chosen[:n]
	clear(set)
	return set
}
