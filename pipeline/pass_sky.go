package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"unsafe"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// Sizes of the sky's textures; those of the tables are also in atmosphere.glsl and
// sky_directions.glsl.
const (
	skyViewW, skyViewH = 128, 256
	aerialSide         = 32
	probeSize          = 64
	probeLevels        = 5 // PROBE_LEVELS in lighting_model.glsl
	irradianceSize     = 16
	cloudsW, cloudsH   = 2048, 1024
	landW, landH       = 512, 256
	billowsBelowKm     = 9000 // from where a pixel is coarser than the map
)

// skyPass owns the tables of the air, the light around the eye and the globe's maps, and
// brings them up to date when what they depend on has changed. All of it is bound to the
// context, not to a frame graph: tables outlive a change of size.
type skyPass struct {
	r                              *Renderer
	block                          *gpu.Buffer
	transmittance, multiple, view  *gpu.Texture
	aerial, probe, irradiance      *gpu.Texture
	clouds, land, globe, climate   *gpu.Texture
	white, black                   *gpu.Texture
	galaxy, layer                  *gpu.Texture
	globeOf, climateOf             *drawable.Image
	now, before                    skyBlock
	drawn                          skyBlock // of the tables of the sky around the eye
	upload                         []skyBlock
	fresh                          bool // before holds the block of the tables
	slices                         int
	flat                           bool // clouds are a layer without a body
	drawT, drawM, drawV            *gpu.Program
	drawA                          [2]*gpu.Program             // by shade of the ground
	drawSky                        [4][3][2][2][3]*gpu.Program // by clouds, their shade, stars, colours on the globe, and skyPart
	drawProbe, drawFilter, drawIrr *gpu.Program
	drawMirror                     *gpu.Program // the probe with clouds where they are
	drawClouds, drawLand           *gpu.Program
	drawGalaxy, drawLayer          *gpu.Program
	stars                          starField
	space                          spaceField
	volume                         cloudVolume
	shade                          airShade
}

func newSkyPass(r *Renderer) (*skyPass, error) {
	p := &skyPass{r: r, block: gpu.NewBuffer("sky", int(unsafe.Sizeof(skyBlock{})))}
	var errs []error
	tex := func(dst **gpu.Texture, label string, d gpu.TextureDesc) {
		t, err := gpu.NewTexture(label, d)
		errs = append(errs, err)
		*dst = t
	}
	tex(&p.transmittance, "transmittance", gpu.TextureDesc{Format: r.lightFormat(), Width: 256, Height: 64})
	tex(&p.multiple, "multiple scattering", gpu.TextureDesc{Format: r.lightFormat(), Width: 32, Height: 32})
	tex(&p.view, "sky view", gpu.TextureDesc{Format: r.lightFormat(), Width: skyViewW, Height: skyViewH})
	tex(&p.probe, "sky probe", gpu.TextureDesc{Format: r.lightFormat(), Width: probeSize, Height: probeSize, Levels: probeLevels})
	tex(&p.irradiance, "sky irradiance", gpu.TextureDesc{Format: r.lightFormat(), Width: irradianceSize, Height: irradianceSize})
	tex(&p.white, "white", gpu.TextureDesc{Format: gpu.RGBA8, Width: 1, Height: 1})
	tex(&p.black, "black", gpu.TextureDesc{Format: gpu.RGBA8, Width: 1, Height: 1})
	program := func(dst **gpu.Program, file string, defines ...string) {
		q, err := r.screenProgram(file, defines...)
		errs = append(errs, err)
		*dst = q
	}
	program(&p.drawT, "sky_transmittance.frag")
	program(&p.drawM, "sky_multiple.frag")
	program(&p.drawV, "sky_view.frag")
	for shade := range p.drawA {
		program(&p.drawA[shade], "aerial.frag", fmt.Sprintf("SHADE %d", shade))
	}
	for clouds := range p.drawSky {
		shade := index(clouds == 3) // what is likely; others are made when a frame asks for them first
		for stars := range p.drawSky[clouds][shade] {
			program(&p.drawSky[clouds][shade][stars][0][0], "sky.frag", fmt.Sprintf("CLOUDS %d", clouds), fmt.Sprintf("SHADE %d", shade), fmt.Sprintf("STARS %d", stars))
		}
	}
	program(&p.drawProbe, "sky_probe.frag", "SOURCE 0")
	program(&p.drawMirror, "sky_probe.frag", "SOURCE 0", "CLOUDS 1")
	program(&p.drawFilter, "sky_probe.frag", "SOURCE 1")
	program(&p.drawIrr, "sky_probe.frag", "SOURCE 2")
	program(&p.drawClouds, "globe_clouds.frag", "LAND 0")
	program(&p.drawGalaxy, "milky_way.frag")
	program(&p.drawLand, "globe_clouds.frag", "LAND 1")
	for i := range p.stars.programs {
		star, err := r.program("stars", gpu.Stage{File: "stars.vert", Defines: []string{boolDefine("LAYER", i == 1), boolDefine("SPACE", i == 2)}}, gpu.Stage{File: "stars.frag"})
		errs = append(errs, err)
		p.stars.programs[i] = star
	}
	program(&p.drawLayer, "cloud_tile.frag")
	if err := errors.Join(errs...); err != nil {
		p.release()
		return nil, err
	}
	p.white.Clear(0, [4]float32{1, 1, 1, 1})
	p.black.Clear(0, [4]float32{})
	return p, nil
}

// prepare uploads the uniform block of a frame and binds it. The block of the frame
// (binding 0) must be bound before the graph runs.
func (p *skyPass) prepare(c *camera, f *Frame, q Quality) error {
	p.now = newSkyBlock(c, f, q)
	p.flat = q.CloudSteps == 0
	p.space.place(c, f)
	if err := p.shade.prepare(c, &f.Env, p.r.options.Live); err != nil {
		return err
	}
	p.upload = append(p.upload[:0], p.now) // memory without Go pointers, for cgo
	p.block.Write(0, gpu.Bytes(p.upload))
	p.block.BindUniform(skyBinding)
	if err := p.setMaps(&f.Env); err != nil {
		return err
	}
	if n := max(q.AerialSlices, 2); n != p.slices {
		t, err := gpu.NewTexture("aerial", gpu.TextureDesc{Format: p.r.lightFormat(), Width: aerialSide * n, Height: aerialSide})
		if err != nil {
			return err
		}
		if p.aerial != nil {
			p.r.targets.Forget(p.aerial)
			p.aerial.Release()
		}
		t.Clear(0, [4]float32{0, 0, 0, 1})
		p.aerial, p.slices = t, n
	}
	return nil
}

// sources gives a program the sky's textures that it samples.
func (p *skyPass) sources(q *gpu.Program) {
	q.Texture("transmittanceTable", p.transmittance)
	q.Texture("multipleTable", p.multiple)
	q.Texture("skyView", p.view)
	q.Texture("aerialMap", p.aerial)
	q.Texture("probe", p.probe)
	q.Texture("irradiance", p.irradiance)
	q.Texture("globeImage", p.globe)
	q.Texture("cloudMap", cmp.Or(p.clouds, p.white))
	q.Texture("landMap", cmp.Or(p.land, p.white))
	q.Texture("cloudTile", cmp.Or(p.layer, p.white))
	q.Texture("galaxyMap", cmp.Or(p.galaxy, p.white))
}

func pick(on bool) int {
	if on {
		return 1
	}
	return 0
}

// moonUp and airKind choose the variants of programs that light surfaces: MOON and AIR.
func (p *skyPass) moonUp() int { return pick(p.now.moonLight[1] > 0) }

func (p *skyPass) airKind() int {
	switch share := p.now.aerialKm[3]; {
	case share >= 1:
		return 0
	case share > 0:
		return 1
	}
	return 2
}

// cloudKind chooses the variant of the sky's program: CLOUDS.
func (p *skyPass) cloudKind() int {
	switch {
	case p.layerAbove():
		return 3
	case p.now.globe[0] <= 0 || p.now.globe[1] <= 0:
		return 0
	case p.now.eyeKm[0] < billowsBelowKm:
		return 2
	}
	return 1
}

// layerAbove tells whether a flat layer of clouds is drawn above the eye, layerShown whether any shade
// the ground.
func (p *skyPass) layerAbove() bool { return p.flat && p.now.layer[3] > 0 && p.now.layer[2] >= 0 }
func (p *skyPass) layerShown() bool { return p.now.layer[1] > 0 }

// shadeKind chooses the variant of the program that lights surfaces: LAYER.
func (p *skyPass) shadeKind() int {
	switch {
	case !p.layerShown():
		return 0
	case p.flat:
		return 1
	}
	return 2
}

// addSky adds the pass that draws sky and globe wherever depth is 0. What drapes have
// left there of base colour and light is on the globe.
func (p *skyPass) addSky(g *graph, gb gbufferHandles, lit handle) handle {
	g.Add("sky", func(b *builder) exec {
		b.Read(gb.depth)
		b.Read(gb.base)
		b.Read(gb.emission)
		out := b.Write(lit)
		lit = out
		return func(c *context) error {
			if p.space.on {
				return p.drawSpace(c.Tex(gb.depth), c.Tex(out))
			}
			return p.drawParts(func(part skyPart) error { return p.drawBehind(part, gb, c, c.Tex(out)) })
		}
	})
	return p.addStars(g, gb.depth, lit)
}

// drawBehind draws sky and globe through the program of a part of the picture.
func (p *skyPass) drawBehind(part skyPart, gb gbufferHandles, c *context, lit *gpu.Texture) error {
	draped, shade := p.draped(), p.shadeKind()
	prog, err := p.behindProgram(part, draped)
	if err != nil {
		return err
	}
	p.sources(prog)
	if shade == 2 {
		if err := p.volume.prepare(p.r); err != nil {
			return err
		}
		p.volume.sources(prog, p.r)
	}
	if draped {
		prog.Texture("drapeColor", c.Tex(gb.base))
		prog.Texture("drapeLight", p.black)
		if p.r.emissive() {
			prog.Texture("drapeLight", c.Tex(gb.emission))
		}
	}
	return p.r.drawOver(prog, gpu.State{Depth: gpu.DepthEqual, Linear: true}, c.Tex(gb.depth), lit)
}

// draped tells whether something colours the globe.
func (p *skyPass) draped() bool { return len(p.r.submit.drapes) > 0 || len(p.r.submit.tinted) > 0 }

// behindProgram is compiled when a frame asks for it first.
func (p *skyPass) behindProgram(part skyPart, draped bool) (*gpu.Program, error) {
	clouds, shade, stars := p.cloudKind(), p.shadeKind(), pick(p.starsShown())
	prog := &p.drawSky[clouds][shade][stars][pick(draped)][part]
	if *prog != nil {
		return *prog, nil
	}
	var err error
	*prog, err = p.r.screenProgram("sky.frag", fmt.Sprintf("CLOUDS %d", clouds), fmt.Sprintf("SHADE %d", shade), fmt.Sprintf("STARS %d", stars), boolDefine("DRAPED", draped), fmt.Sprintf("PART %d", part))
	return *prog, err
}

// behindPrograms makes those of all parts that a picture of the last frame's kind may have.
func (p *skyPass) behindPrograms() error {
	parts := []skyPart{skyBoth, skyAbove, skyBelow}
	if !p.r.clock.software {
		parts = parts[:1]
	}
	for _, part := range parts {
		if _, err := p.behindProgram(part, p.draped()); err != nil {
			return err
		}
	}
	return nil
}

func (p *skyPass) release() {
	p.block.Release()
	p.stars.release()
	p.space.release()
	p.volume.release()
	p.shade.texture.Release()
	for _, t := range []*gpu.Texture{p.transmittance, p.multiple, p.view, p.aerial, p.probe, p.irradiance, p.clouds, p.land, p.galaxy, p.layer, p.white, p.black} {
		t.Release()
	}
	for _, t := range []*gpu.Texture{p.globe, p.climate} {
		if t != p.white {
			t.Release()
		}
	}
}
