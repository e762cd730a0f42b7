package pipeline

import (
	"errors"
	"math"
	"unsafe"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/pipeline/gpu"
)

// Clouds with bodies stand on the layer (layerHeight): thickest as heaps, thinner where they
// close.
const (
	heapsThick = 1900.0 // metres
	closeThick = 1100.0
	heapSide   = 4750.0 // metres of a tile of their noise
	boilRate   = 0.6    // metres a second by which the noise sinks through them
)

// cloudVolume is what clouds with bodies are made of: the layer's field in one and the
// noise, both made once, and their programs.
type cloudVolume struct {
	field, noise *gpu.Texture
	march, over  *gpu.Program
	light, far   *gpu.Texture // of the last march, kept for the sub-frames after it
}

// volumeOf is the uniform volume of cloud_volume.glsl, and how far its noise has sunk.
func volumeOf(c *camera, e *Environment, near, seconds float64) (v [4]float32, boil float64) {
	thick := heapsThick + (closeThick-heapsThick)*smooth(0.6, 1, e.Clouds)
	up := layerHeight + e.GlobeHeight - c.place.Height
	boil = boilRate * seconds / heapSide
	return [4]float32{float32(up), float32(thick), float32(cutOf(bodyCuts, e.Clouds)), float32(near)}, boil - math.Floor(boil)
}

// bodyCuts are the values of the field from which there is cloud with a body, for a cover:
// what stands over a place then hides that share of the sky (TestCloudBodiesCover).
var bodyCuts = [][2]float64{ // cover, value
	{0, 0.88}, {0.02, 0.7889}, {0.10, 0.6992}, {0.25, 0.6289}, {0.50, 0.5674}, {0.75, 0.4971}, {0.90, 0.4268}, {0.98, 0.3512}, {1, 0.20},
}

// prepare makes the textures when a frame needs them first, and those of the picture's size
// when that has changed.
func (v *cloudVolume) prepare(r *Renderer) error {
	if w, h := half(r.width), half(r.height); v.light == nil || v.light.Width != w || v.light.Height != h {
		v.forget(r)
		var err, failed error
		v.light, err = gpu.NewTexture("clouds", gpu.TextureDesc{Format: gpu.RGBA16F, Width: w, Height: h})
		v.far, failed = gpu.NewTexture("clouds' way", gpu.TextureDesc{Format: gpu.R32F, Width: w, Height: h})
		if err := errors.Join(err, failed); err != nil {
			v.forget(r)
			return err
		}
	}
	if v.field != nil {
		return nil
	}
	prog, err := r.screenProgram("cloud_field.frag")
	if err != nil {
		return err
	}
	r.air.sources(prog)
	if v.field, err = r.air.bake("cloud field", prog, gpu.TextureDesc{Format: gpu.R16, Width: layerTexels, Height: layerTexels, Repeat: true}); err != nil {
		return err
	}
	v.noise, err = gpu.NewTexture("cloud noise", gpu.TextureDesc{Kind: gpu.Tex3D, Format: gpu.RG8, Width: noiseSide, Height: noiseSide, Layers: noiseSide, Repeat: true})
	if err != nil {
		return err
	}
	texels := cloudNoise()
	for z := range noiseSide {
		v.noise.Upload(0, z, unsafe.Pointer(&texels[2*noiseSide*noiseSide*z]))
	}
	return nil
}

// forget releases what has the picture's size.
func (v *cloudVolume) forget(r *Renderer) {
	for _, t := range []*gpu.Texture{v.light, v.far} {
		r.targets.Forget(t)
		t.Release()
	}
	v.light, v.far = nil, nil
}

// sources gives a program what the clouds are made of.
func (v *cloudVolume) sources(p *gpu.Program, r *Renderer) {
	r.air.sources(p)
	p.Texture("cloudField", v.field)
	p.Texture("cloudNoise", v.noise)
	at, boil := volumeOf(&r.camera, &r.frame.Env, float64(r.air.now.layer[1]), r.frame.Time)
	p.Vec4("volume", at[0], at[1], at[2], at[3])
	p.Float("boil", float32(boil))
	p.Float("cloudCut", at[2])
}

// cloudMarches is in how many sub-frames at most clouds are marched through: they have no
// edges, and the strides of one march lie between those of the others.
const cloudMarches = 4

// addCloudVolume adds the pass that marches through clouds with bodies and lays them over
// the picture. Frames without clouds skip it.
func (r *Renderer) addCloudVolume(g *graph, depth, lit handle) (handle, error) {
	v := &r.air.volume
	var err error
	if v.march, err = r.screenProgram("cloud_march.frag", "AIR 2"); err != nil {
		return lit, err
	}
	if v.over, err = r.screenProgram("cloud_over.frag"); err != nil {
		return lit, err
	}
	g.Add("clouds with bodies", func(b *builder) exec {
		b.Read(depth)
		lit = b.Write(lit)
		out := lit
		return func(c *context) error {
			if !r.air.layerShown() {
				return nil
			}
			if every := max(r.subFrames()/cloudMarches, 1); r.sub%every == 0 {
				if err := r.marchClouds(c.Tex(depth), r.sub/every, (r.subFrames()+every-1)/every); err != nil {
					return err
				}
			}
			v.sources(v.over, r)
			v.over.Texture("depthMap", c.Tex(depth))
			v.over.Texture("marched", v.light)
			v.over.Texture("marchedFar", v.far)
			return r.drawOver(v.over, gpu.State{Blend: gpu.BlendPremultiplied, Linear: true}, nil, c.Tex(out))
		}
	})
	return lit, nil
}

// marchClouds draws the clouds before what a depth buffer holds, and how far it let them be
// seen, at half its sides: march k of n.
func (r *Renderer) marchClouds(depth *gpu.Texture, k, n int) error {
	v := &r.air.volume
	if err := v.prepare(r); err != nil {
		return err
	}
	v.sources(v.march, r)
	v.march.Texture("depthMap", depth)
	v.march.Int("steps", r.options.Quality.CloudSteps)
	offset := float64(k) / float64(n)
	if r.options.Live {
		offset = math.Mod(float64(r.number)*(math.Sqrt(5)-1)/2, 1)
	}
	v.march.Float("offset", float32(offset))
	key, sun := r.camera.frame.DirToLocal(r.frame.Env.Sun), float32(1)
	if key[2] < keyGone { // then no sun reaches them, and the Moon may be seen to
		key, sun = mgl64.Vec3{float64(r.air.now.moonDir[0]), float64(r.air.now.moonDir[1]), float64(r.air.now.moonDir[2])}, 0
	}
	v.march.Vec4("key", float32(key[0]), float32(key[1]), float32(key[2]), sun)
	return r.fill(v.march, gpu.State{Linear: true}, v.light, v.far)
}

// keyGone is the sine of the sun's height below which it is behind the Earth for clouds
// within sight.
var keyGone = math.Sin(-5 * math.Pi / 180)

func (v *cloudVolume) release() {
	v.light.Release()
	v.far.Release()
	v.field.Release()
	v.noise.Release()
}
