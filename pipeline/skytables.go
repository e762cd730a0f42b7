package pipeline

import (
	"errors"
	"math"

	"github.com/longtake/longtake/pipeline/gpu"
)

// addTables adds the pass that brings the tables up to date.
func (p *skyPass) addTables(g *graph) {
	g.Add("sky tables", func(b *builder) exec {
		b.SideEffect()
		return func(*context) error { return p.update() }
	})
}

func (p *skyPass) update() (err error) {
	now, was := &p.now, &p.before
	all := !p.fresh || now.eyeKm[3] != was.eyeKm[3]
	run := func(q *gpu.Program, t *gpu.Texture, level int) error {
		p.sources(q)
		return p.r.drawLevel(q, t, level)
	}
	var errs []error
	if all {
		errs = append(errs, run(p.drawT, p.transmittance, 0), run(p.drawM, p.multiple, 0))
	}
	if p.layer == nil && (p.layerShown() || p.now.layerU[2][3] > 0) {
		d := gpu.TextureDesc{Format: gpu.R8, Width: layerTexels, Height: layerTexels, Levels: gpu.AllLevels, Repeat: true}
		if p.layer, err = p.bake("cloud layer", p.drawLayer, d); err != nil {
			return err
		}
	}
	switch {
	case all || p.skyMoved():
		errs = append(errs, run(p.drawV, p.view, 0), p.updateProbe(run))
		p.drawn = *now
	case p.cloudsMoved():
		errs = append(errs, p.mirrorClouds(run))
		p.drawn.layerAt = now.layerAt
	}
	if now.aerialKm[3] > 0 { // depends on the view's direction too
		shade := pick(p.shade.share > 0)
		if shade == 1 {
			p.shade.sources(p.drawA[1], &p.r.camera)
		}
		if err := run(p.drawA[shade], p.aerial, 0); err != nil {
			return err
		}
	}
	if k := p.cloudKind(); p.clouds == nil && (k == 1 || k == 2 || now.layerV[1][3] > 0) {
		if p.clouds, err = p.bake("clouds", p.drawClouds, around(cloudsW, cloudsH)); err != nil {
			return err
		}
	}
	if p.land == nil && (now.globe[3] < 0 || now.globe[2] == 0 && now.globe[3] == 0) { // neither sea alone nor an image
		p.drawLand.Texture("climateMap", p.climate)
		p.drawLand.Float("zones", float32(index(p.climate == p.white)))
		d := around(landW, landH)
		d.Format = gpu.RGBA8
		if p.land, err = p.bake("land", p.drawLand, d); err != nil {
			return err
		}
	}
	if err := p.bakeGalaxy(); err != nil {
		return err
	}
	p.before, p.fresh = *now, true
	return errors.Join(errs...)
}

// bakeGalaxy draws the map of the Milky Way once it is needed.
func (p *skyPass) bakeGalaxy() (err error) {
	if p.galaxy == nil && p.starsShown() {
		p.galaxy, err = p.bake("milky way", p.drawGalaxy, around(galaxyW, galaxyH))
	}
	return err
}

// skyMoved reports whether the sky around the eye is another than the one in the tables.
// A live picture keeps them while the difference is below what 8 bits show: a few metres
// of height, a hundredth of a degree of the sun. A file's frames know of no other frame.
func (p *skyPass) skyMoved() bool {
	now, was := &p.now, &p.drawn
	if !p.r.options.Live {
		return now.sunDir != was.sunDir || now.sunLight != was.sunLight || now.eyeKm != was.eyeKm || now.up != was.up ||
			now.nightGlow != was.nightGlow || now.moonLight != was.moonLight || now.moonDir != was.moonDir || now.globe != was.globe || now.layer[3] != was.layer[3]
	}
	far := func(a, b [4]float32, limit float32) bool {
		for i := range a {
			if !(abs32(a[i]-b[i]) <= limit) {
				return true
			}
		}
		return false
	}
	within := func(v [4]float32) float32 { return 0.002 * max(abs32(v[0]), abs32(v[1]), abs32(v[2])) }
	return now.globe[0] != was.globe[0] || now.globe[1] != was.globe[1] || abs32(now.layer[3]-was.layer[3]) > 0.01 || far(now.sunDir, was.sunDir, 2e-4) || far(now.moonDir, was.moonDir, 2e-3) || far(xyz(now.up), xyz(was.up), 2e-4) ||
		far(now.sunLight, was.sunLight, within(was.sunLight)) || far(now.nightGlow, was.nightGlow, within(was.nightGlow)) ||
		far(now.moonLight, was.moonLight, within(was.moonLight)) ||
		abs32(now.eyeKm[0]-was.eyeKm[0]) > 0.005+0.005*abs32(was.eyeKm[0]) || now.eyeKm[3] != was.eyeKm[3]
}

func xyz(v [4]float32) [4]float32 { return [4]float32{v[0], v[1], v[2]} }

func abs32(v float32) float32 { return float32(math.Abs(float64(v))) }

// around describes an equirectangular map.
func around(w, h int) gpu.TextureDesc {
	return gpu.TextureDesc{Format: gpu.R8, Width: w, Height: h, Levels: gpu.AllLevels, RepeatX: true}
}

// bake draws a map with its levels, once for the life of the renderer.
func (p *skyPass) bake(label string, prog *gpu.Program, d gpu.TextureDesc) (*gpu.Texture, error) {
	t, err := gpu.NewTexture(label, d)
	if err != nil {
		return nil, err
	}
	prog.Vec2("size", float32(d.Width), float32(d.Height))
	defer t.GenerateMips()
	return t, p.r.drawLevel(prog, t, 0)
}

func (p *skyPass) updateProbe(run func(*gpu.Program, *gpu.Texture, int) error) error {
	p.drawProbe.Vec2("size", probeSize, probeSize)
	errs := []error{run(p.drawProbe, p.probe, 0)}
	restore := baseOnly(p.probe)
	for i := 1; i < probeLevels; i++ {
		errs = append(errs, p.filterProbe(run, i))
	}
	restore()
	p.drawIrr.Vec2("size", irradianceSize, irradianceSize)
	errs = append(errs, run(p.drawIrr, p.irradiance, 0))
	if p.cloudsMirrored() {
		errs = append(errs, p.mirrorClouds(run))
	}
	return errors.Join(errs...)
}

func (p *skyPass) filterProbe(run func(*gpu.Program, *gpu.Texture, int) error, level int) error {
	n := float32(int(probeSize) >> level)
	p.drawFilter.Vec2("size", n, n)
	p.drawFilter.Float("roughness", float32(level)/(probeLevels-1))
	return run(p.drawFilter, p.probe, level)
}

// mirrorClouds draws the layer of clouds above the eye into the sharp levels of the probe, which
// mirrors and water fall back to. What is rougher, and irradiance, have its mean: light is not
// to change with each cloud that passes.
func (p *skyPass) mirrorClouds(run func(*gpu.Program, *gpu.Texture, int) error) error {
	p.drawMirror.Vec2("size", probeSize, probeSize)
	err := run(p.drawMirror, p.probe, 0)
	restore := baseOnly(p.probe)
	defer restore()
	return errors.Join(err, p.filterProbe(run, 1))
}

// cloudsMirrored tells whether a layer of clouds is above the eye.
func (p *skyPass) cloudsMirrored() bool { return p.now.layer[3] > 0 && p.now.layer[2] >= 0 }

// cloudsMoved reports whether it lies elsewhere than in the probe; live, by less than the probe shows.
func (p *skyPass) cloudsMoved() bool {
	if !p.cloudsMirrored() {
		return false
	}
	if !p.r.options.Live {
		return p.now.layerAt != p.drawn.layerAt
	}
	for k, at := range p.now.layerAt {
		for i, v := range at {
			if abs32(v-p.drawn.layerAt[k][i]) > 1e-3 {
				return true
			}
		}
	}
	return false
}
