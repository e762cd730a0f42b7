package pipeline

import (
	"strconv"

	"github.com/go-gl/gl/v4.5-core/gl"

	"github.com/longtake/longtake/pipeline/gpu"
)

// meshProgram returns the program that draws a variant of meshes through a fragment
// stage that includes material.glsl.
func (r *Renderer) meshProgram(frag string, v variant, pass uint8, more ...string) (*gpu.Program, error) {
	p, made, err := r.meshProgramIn(frag, v, r.weather(), pass, more)
	if err != nil || !made {
		return p, err
	}
	for _, w := range r.foreseen { // none of them is to halt the picture
		if _, _, err := r.meshProgramIn(frag, v, w, pass, more); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// meshProgramIn returns a program of meshProgram in a kind of weather, and whether it was made now.
func (r *Renderer) meshProgramIn(frag string, v, weather variant, pass uint8, more []string) (p *gpu.Program, made bool, err error) {
	v = v&^variantTwoSided | weather
	switch frag {
	case "id.frag":
		v &= variantInstanced | variantEffect | variantHigh
	case "backs.frag":
		v &= variantInstanced | variantHigh
	case "effect.frag":
		v &= variantInstanced | variantEffect | variantProjected
	}
	key := meshProgramKey{frag, v, pass}
	if p, ok := r.meshPrograms[key]; ok {
		return p, false, nil
	}
	bit := func(b variant) string {
		if v&b != 0 {
			return "1"
		}
		return "0"
	}
	var defines []string
	switch frag {
	case "id.frag":
		defines = append(defines, effectDefine(v))
	case "backs.frag":
	case "effect.frag":
		defines = append(defines, "PROJECTED "+bit(variantProjected))
	default:
		defines = append(defines, "MODEL "+strconv.Itoa(int(v&variantModel)), "TEXTURED "+bit(variantTextured), "FADE "+bit(variantFade), "COAT "+bit(variantCoat),
			"NIGHT "+bit(variantNight), "WET "+bit(variantWet))
		if frag == "mesh.frag" {
			defines = append(defines, boolDefine("PLANES", r.options.Quality.Planes))
		}
	}
	p, err = r.program(frag,
		gpu.Stage{File: "mesh.vert", Defines: []string{"INSTANCED " + bit(variantInstanced), "HIGH " + bit(variantHigh), "COAT " + bit(variantCoat), effectDefine(v)}},
		gpu.Stage{File: frag, Defines: append(defines, more...)})
	if err == nil {
		r.meshPrograms[key] = p
	}
	return p, err == nil, err
}

// weather is the bits of a variant that depend on the frame.
func (r *Renderer) weather() variant {
	return weatherOf(float64(r.block.air[3]), float64(r.block.air[1]), float64(r.block.exposure[0]), r.camera.place.Height)
}

func weatherOf(night, wetness, snow, height float64) (v variant) {
	if night > 0 {
		v |= variantNight
	}
	if wetness > 0 || snow > 0 {
		v |= variantWet
	}
	if height > highFrom {
		v |= variantHigh
	}
	return v
}

// highFrom is the height in metres from which the globe hides things that stand on it.
const highFrom = 30e3

type meshProgramKey struct {
	frag    string
	variant variant
	pass    uint8 // of several through one fragment stage
}

// addGBuffer draws the opaque meshes. heights may be the zero handle.
func (r *Renderer) addGBuffer(g *graph, heights handle) (out gbufferHandles) {
	g.Add("gbuffer", func(b *builder) exec {
		if heights.Valid() { // of what rain and snow do not reach
			b.Read(heights)
		}
		make := func(name string, f gpu.Format) handle { return b.Write(b.Create(name, r.desc(f))) }
		out = gbufferHandles{
			depth: make("depth", gpu.D32F), base: make("base", gpu.RGBA8), normal: make("normal", gpu.RG16),
			properties: make("properties", gpu.RGBA8), emission: make("emission", gpu.R11G11B10F),
		}
		out.plane = out.normal
		if r.options.Quality.Planes {
			out.plane = make("plane", gpu.RG16)
		}
		h := out
		return func(c *context) error {
			// Where nothing shines its target is left alone: the lighting does not read it.
			colors := [5]*gpu.Texture{c.Tex(h.base), c.Tex(h.normal), c.Tex(h.properties)}
			n, planes, emission := 3, -1, -1
			if h.plane != h.normal {
				planes, n = n, n+1
				colors[planes] = c.Tex(h.plane)
			}
			if r.emissive() {
				emission, n = n, n+1
				colors[emission] = c.Tex(h.emission)
			}
			t, err := r.target(c.Tex(h.depth), colors[:n]...)
			if err != nil {
				return err
			}
			gpu.State{Depth: gpu.DepthWrite}.Apply()
			t.ClearDepth()
			t.ClearColor(0, 0, 0, 0, 0)
			t.ClearColor(1, 0.5, 0.5, 0, 0)
			t.ClearColor(2, 0, 0, 1, 0)
			if planes > 0 { // occlusion reads those of the sky beside what stands before it
				t.ClearColor(planes, 0.5, 0.5, 0, 0)
			}
			if emission > 0 {
				t.ClearColor(emission, 0, 0, 0, 0)
			}
			return r.drawOpaque()
		}
	})
	return out
}

// emissive reports whether the G-buffer of this frame holds light of its own: lamps and
// windows by night, materials that glow, data colours.
func (r *Renderer) emissive() bool {
	return r.submit.emissive || r.block.air[3] > 0 || r.keeps("emission")
}

// drawOpaque draws the opaque groups into the bound target.
func (r *Renderer) drawOpaque() error {
	s := &r.submit
	state := gpu.State{Depth: gpu.DepthWrite, Cull: true}
	state.Apply()
	for i := range s.opaque {
		group := &s.opaque[i]
		p, err := r.opaqueProgram(group.variant)
		if err != nil {
			return err
		}
		if cull := group.variant&variantTwoSided == 0; cull != state.Cull {
			state.Cull = cull
			state.Apply()
		}
		p.Use()
		r.material(p, group)
		s.draw(group, r.res, false)
	}
	return nil
}

// opaqueProgram returns the program that draws a variant into the G-buffer of this frame. Live,
// that which also holds light comes with the other: nothing that shines is to halt the picture
// when it comes into view. So does that which drops pixels, for the first tile that gives way to another.
func (r *Renderer) opaqueProgram(v variant) (p *gpu.Program, err error) {
	emissive := r.emissive()
	if r.options.Live && v&variantFade == 0 {
		if _, err := r.opaqueProgram(v | variantFade); err != nil {
			return nil, err
		}
	}
	if emissive || r.options.Live {
		if p, err = r.meshProgram("mesh.frag", v, 0, "EMIT 1"); err != nil || emissive {
			return p, err
		}
	}
	return r.meshProgram("mesh.frag", v, 2, "EMIT 0")
}

// drawTinted draws what fills a part of the G-buffer only: the base colour. Where there is
// nothing but the globe it leaves its cover in alpha, as drapes do.
func (r *Renderer) drawTinted() error {
	colour, cover := gpu.State{Depth: gpu.DepthRead, Blend: gpu.BlendColor}, gpu.State{Depth: gpu.DepthEqual, Blend: gpu.BlendShare}
	if err := r.drawTintedTo(colour); err != nil {
		return err
	}
	gl.DepthRange(0, 0) // all of it is as far as what is not there
	defer gl.DepthRange(0, 1)
	return r.drawTintedTo(cover)
}

func (r *Renderer) drawTintedTo(state gpu.State) error {
	s := &r.submit
	for i := range s.tinted {
		group := &s.tinted[i]
		p, err := r.meshProgram("mesh.frag", group.variant, 1, "PARTIAL 1")
		if err != nil {
			return err
		}
		state.Cull = group.variant&variantTwoSided == 0
		state.Apply()
		p.Use()
		r.material(p, group)
		s.draw(group, r.res, false)
	}
	return nil
}

// material sets what a program reads of a group's material.
func (r *Renderer) material(p *gpu.Program, g *group) {
	m := &r.res.materials.records[g.material]
	for _, u := range [...]struct {
		name string
		v    *[4]float32
	}{{"materialColor", &m.color}, {"materialEmission", &m.emission}, {"materialSurface", &m.surface}} {
		p.Vec4(u.name, u.v[0], u.v[1], u.v[2], u.v[3])
	}
	if g.texture != nil {
		p.Texture("baseTexture", g.texture)
	}
	if r.weather()&variantWet != 0 {
		p.Texture("skyHeights", r.heights.texture)
		x, y, z, reach := r.heights.place()
		p.Vec4("skyPlace", x, y, z, reach)
	}
	if g.variant&variantEffect != 0 {
		m.effect.set(p)
	}
	if g.coat != nil {
		setCoat(p, g.coat)
	}
}
