package pipeline

import (
	"slices"

	"github.com/longtake/longtake/pipeline/framegraph"
	"github.com/longtake/longtake/pipeline/gpu"
)

// build makes the graphs of the current options. Without sub-frames one graph draws the
// whole frame. With them, scene runs once for each and adds to a sum, and finish turns
// the sum into the picture.
func (r *Renderer) build() (err error) {
	r.dropGraphs()
	o := &r.options
	r.width, r.height = o.Width, o.Height
	if r.upscales() {
		r.width, r.height = scaled(o.Width, o.Quality.Scale), scaled(o.Height, o.Quality.Scale)
	}
	if r.shadow, err = newShadowMap(r, o.Quality); err != nil {
		return err
	}
	if r.heights, err = newSkyHeights(o.Quality.SkySize); err != nil {
		return err
	}
	if err := r.forwardPrograms(); err != nil {
		return err
	}
	if r.uniforms, err = gpu.NewRing("frame", 3, r.subFrames()*blockStride); err != nil {
		return err
	}
	r.scene = framegraph.New(r.pool)
	last := r.scene
	source, err := r.addScene(r.scene)
	if err != nil {
		return err
	}
	if n := r.subFrames(); n > 1 {
		d := gpu.TextureDesc{Format: gpu.RGBA32F, Width: o.Width, Height: o.Height}
		if r.sum, err = gpu.NewTexture("sum of sub-frames", d); err != nil {
			return err
		}
		if err := r.addAccumulate(r.scene, source, n); err != nil {
			return err
		}
		r.finish = framegraph.New(r.pool)
		last = r.finish
		source = last.Import("sum", r.sum, r.desc(gpu.RGBA32F))
	}
	picture, err := r.addFinish(last, source)
	if err != nil {
		return err
	}
	last.Output(picture)
	if err := r.scene.Compile(); err != nil {
		return err
	}
	if r.finish != nil {
		if err := r.finish.Compile(); err != nil {
			return err
		}
	}
	r.picture = last.Tex(picture)
	r.held = 0 // the new graphs know of no frame
	return nil
}

// addScene adds the passes of one sub-frame and returns its light.
func (r *Renderer) addScene(g *graph) (lit handle, err error) {
	q := r.options.Quality
	var ao, heights, traced, hits, sun, id handle
	r.air.addTables(g)
	shadows := r.addShadow(g)
	if q.AOSlices > 0 {
		heights = r.addSkyHeights(g)
	}
	gb := r.addPaint(g, r.addGBuffer(g, heights))
	linear, err := addLinearDepth(g, r, gb.depth, gb.properties)
	if err != nil {
		return lit, err
	}
	if q.AOSlices > 0 {
		if ao, err = addAO(g, r, q, linear, gb, heights, &r.aoReach, &r.noise); err != nil {
			return lit, err
		}
	}
	if lit, err = addLighting(g, r, r.air, q, gb, linear, ao, shadows); err != nil {
		return lit, err
	}
	lit = r.addPlanets(g, gb.depth, r.air.addSky(g, gb, lit))
	if q.SSRSteps > 0 {
		if lit, traced, hits, err = addSSR(g, r, r.air, q, gb, linear, ao, lit); err != nil {
			return lit, err
		}
	}
	if q.CloudSteps > 0 {
		if lit, err = r.addCloudVolume(g, gb.depth, lit); err != nil {
			return lit, err
		}
	}
	if lit, err = r.addClouds(g, gb.depth, lit); err != nil {
		return lit, err
	}
	if lit, err = r.addFog(g, gb.depth, shadows, lit); err != nil {
		return lit, err
	}
	if lit, err = r.addVolumes(g, gb.depth, lit); err != nil {
		return lit, err
	}
	lit = r.addSkylines(g, gb, lit)
	r.addOutlineIDs(g, gb.depth) // glass covers no outline
	lit, gb.depth = r.addRefraction(g, lit, gb, linear, shadows, heights)
	lit = r.addForward(g, lit, gb, linear, shadows)
	if lit, err = r.addParticles(g, gb.depth, heights, lit); err != nil {
		return lit, err
	}
	if r.options.Live && q.TAA {
		add := addTAA
		if r.upscales() {
			add = addUpscale
		}
		if lit, err = add(g, r, q, lit, gb.depth); err != nil {
			return lit, err
		}
	}
	if lit, err = r.addLens(g, gb.depth, lit); err != nil {
		return lit, err
	}
	if r.keeps("shadow") {
		if sun, err = addSunShadow(g, r, q, gb, linear, shadows); err != nil {
			return lit, err
		}
	}
	if r.keeps("id") {
		id = r.addID(g)
	}
	if r.hides {
		g.Output(linear) // without glass: labels are read through it
		r.sceneDepth = linear
	}
	r.keep(g, map[string]handle{
		"depth": gb.depth, "normal": gb.normal, "albedo": gb.base, "roughness": gb.base, "material": gb.properties, "emission": gb.emission,
		"ao": ao, "skyshare": ao, "shadow": sun, "ssr": traced, "hits": hits, "light": lit, "id": id,
	})
	return lit, nil
}

// addAccumulate adds a sub-frame's light to the sum, in linear light before exposure.
func (r *Renderer) addAccumulate(g *graph, lit handle, n int) error {
	p, err := r.screenProgram("accumulate.frag")
	if err != nil {
		return err
	}
	sum := g.Import("sum", r.sum, r.desc(gpu.RGBA32F))
	g.Add("accumulate", func(b *builder) exec {
		b.Read(lit)
		sum = b.Write(sum)
		return func(c *context) error {
			p.Texture("source", c.Tex(lit))
			p.Float("weight", 1/float32(n))
			state := gpu.State{Linear: true}
			if r.sub > 0 {
				state.Blend = gpu.BlendSum
			}
			return r.fill(p, state, r.sum)
		}
	})
	g.Output(sum)
	return nil
}

// addFinish adds exposure, glow, tone curve, labels and panels.
func (r *Renderer) addFinish(g *graph, source handle) (picture handle, err error) {
	q := r.options.Quality
	var bloom handle
	exposure, err := addExposure(g, r, source)
	if err != nil {
		return picture, err
	}
	if q.BloomMips > 0 {
		if bloom, err = addBloom(g, r, q, source); err != nil {
			return picture, err
		}
	}
	format := gpu.RGBA8
	if r.options.Deep {
		format = gpu.RGBA16
	}
	if picture, err = addToneMap(g, r, r.toneMap, format, source, exposure, bloom); err != nil {
		return picture, err
	}
	picture = r.addSheets(g, r.addOutlines(g, picture), "sheets", true)
	return r.addSheets(g, r.addGlyphs(g, picture), "panels", false), nil
}

// forwardPrograms compiles what every graph needs.
func (r *Renderer) forwardPrograms() (err error) {
	if err := r.strokeCompile(); err != nil {
		return err
	}
	if r.glyphsProgram, err = r.program("glyphs", gpu.Stage{File: "glyphs.vert"}, gpu.Stage{File: "glyphs.frag"}); err != nil {
		return err
	}
	r.sheetProgram, err = r.program("sheet", gpu.Stage{File: "sheet.vert"}, gpu.Stage{File: "sheet.frag"})
	return err
}

// keeps tells whether a buffer is wanted.
func (r *Renderer) keeps(name string) bool { return slices.Contains(r.options.Keep, name) }

// keep makes the wanted buffers outputs of the graph.
func (r *Renderer) keep(g *graph, have map[string]handle) {
	r.kept = map[string]handle{}
	for _, name := range r.options.Keep {
		if h := have[name]; h.Valid() {
			g.Output(h)
			r.kept[name] = h
		}
	}
}

func (r *Renderer) subFrames() int {
	if r.options.Live {
		return 1
	}
	return max(r.options.Quality.SubFrames, 1)
}

func (r *Renderer) dropGraphs() {
	for _, g := range []*graph{r.scene, r.finish} {
		if g != nil {
			g.Release()
		}
	}
	r.scene, r.finish, r.picture = nil, nil, nil
	r.pool.Trim(1)
	if r.sum != nil {
		r.targets.Forget(r.sum)
		r.sum.Release()
		r.sum = nil
	}
	r.shadow.release()
	r.heights.release()
	r.layers.release(r)
	if r.flatCover != nil {
		r.targets.Forget(r.flatCover)
		r.flatCover.Release()
		r.flatCover = nil
	}
	r.glass.release(r)
	r.outliner.release(r)
	r.skylines.release(r)
	r.ids.release(r)
	r.shadow, r.heights, r.layers, r.glass, r.outliner, r.skylines, r.ids = nil, nil, nil, nil, nil, nil, nil
	r.uniforms.Release()
	r.uniforms = nil
	clear(r.meshPrograms) // the quality chooses their defines
	r.drawn = false
}
