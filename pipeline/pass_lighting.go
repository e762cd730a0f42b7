package pipeline

import (
	"fmt"

	"github.com/longtake/longtake/pipeline/framegraph"
	"github.com/longtake/longtake/pipeline/gpu"
)

// gbufferHandles are the targets of the G-buffer in a graph; see shaders/gbuffer.glsl.
type gbufferHandles struct {
	depth, base, normal, properties, emission handle

	plane handle // of the triangles, without bumps and rounding; normal where the tier keeps none
}

func (h gbufferHandles) read(b *builder) {
	for _, r := range []handle{h.base, h.normal, h.properties} {
		b.Read(r)
	}
}

func (h gbufferHandles) bind(p *gpu.Program, c *context) {
	p.Texels("gBase", c.Tex(h.base))
	p.Texels("gNormal", c.Tex(h.normal))
	p.Texels("gProperties", c.Tex(h.properties))
}

// lightingKind is what a frame has of that which lights it: values of defines of lighting.frag.
type lightingKind struct{ cascades, moon, air, emission, lights, layer, shade int }

// addLighting adds the pass that lights the G-buffer. ao and shadows may be the zero
// handle.
func addLighting(g *graph, r *Renderer, air *skyPass, q Quality, gb gbufferHandles, linear, ao, shadows handle) (out handle, err error) {
	// Software runs every branch that it has, so there is a program for each kind of frame. Each
	// is compiled when a frame asks for it first.
	programs := map[lightingKind]*gpu.Program{}
	made := func(k lightingKind) (*gpu.Program, error) {
		if p := programs[k]; p != nil {
			return p, nil
		}
		p, err := r.screenProgram("lighting.frag", r.shadowTaps(q), boolDefine("CONTACT", q.ContactSteps > 0), fmt.Sprintf("CASCADES %d", k.cascades), fmt.Sprintf("MOON %d", k.moon), fmt.Sprintf("AIR %d", k.air), fmt.Sprintf("EMISSION %d", k.emission), fmt.Sprintf("LIGHTS %d", k.lights), fmt.Sprintf("LAYER %d", k.layer), fmt.Sprintf("SHADE %d", k.shade))
		programs[k] = p
		return p, err
	}
	program := func(k lightingKind) (*gpu.Program, error) {
		if r.options.Live { // as opaqueProgram
			shining := k
			shining.emission = 1
			if p, err := made(shining); err != nil || k == shining {
				return p, err
			}
		}
		return made(k)
	}
	if _, err := program(lightingKind{cascades: cascadesDefine(q.ShadowCascades)}); err != nil {
		return out, err
	}
	d := g.Desc(linear)
	g.Add("lighting", func(b *builder) exec {
		gb.read(b)
		b.Read(gb.depth)
		b.Read(gb.emission)
		b.Read(linear)
		if ao.Valid() {
			b.Read(ao)
		}
		if shadows.Valid() {
			b.Read(shadows)
		}
		out = b.Write(b.Create("lit", framegraph.Desc{Width: d.Width, Height: d.Height, Format: r.lightFormat()}))
		h := out
		return func(c *context) error {
			prog, err := program(lightingKind{
				cascades: cascadesDefine(r.sun.n), moon: air.moonUp(), air: air.airKind(), emission: index(r.emissive()),
				lights: index(len(r.lights.records) > 0), layer: air.shadeKind(), shade: pick(air.shade.share > 0),
			})
			if err != nil {
				return err
			}
			air.sources(prog)
			if air.shade.share > 0 {
				air.shade.sources(prog, &r.camera)
			}
			if air.shadeKind() == 2 {
				if err := air.volume.prepare(r); err != nil {
					return err
				}
				air.volume.sources(prog, r)
			}
			gb.bind(prog, c)
			prog.Texels("gEmission", c.Tex(gb.emission))
			prog.Texels("linearDepth", c.Tex(linear))
			prog.Int("contactSteps", q.ContactSteps)
			prog.Texels("aoMap", air.white)
			if ao.Valid() {
				prog.Texels("aoMap", c.Tex(ao))
			}
			if shadows.Valid() {
				prog.Texture("shadowMap", c.Tex(shadows))
			}
			t, err := r.target(c.Tex(gb.depth), c.Tex(h))
			if err != nil {
				return err
			}
			gpu.State{Linear: true}.Apply()
			t.ClearColor(0, 0, 0, 0, 0)
			return r.drawOver(prog, gpu.State{Depth: gpu.DepthBehind, Linear: true}, c.Tex(gb.depth), c.Tex(h))
		}
	})
	return out, nil
}
