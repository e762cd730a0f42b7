package pipeline

import (
	"errors"
	"math"
	"unsafe"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/pipeline/gpu"
	"github.com/longtake/longtake/pipeline/sky"
)

// blockStride is the distance of two sub-frames' uniform blocks.
const blockStride = (int(unsafe.Sizeof(frameBlock{})) + 255) / 256 * 256

// Load brings all that a frame draws to the GPU; Draw does so too.
func (r *Renderer) Load(f *Frame) error {
	if f.View.FovY <= 0 || f.View.FovY >= 3.1 || !(f.View.Eye.LenSqr() > 0) {
		return errors.New("renderer: the view has no eye or no angle")
	}
	if r.holds > 0 {
		r.holds--
	}
	if r.options.Live && r.options.Quality.Scale > 0 && holdsData(f) {
		r.holds = heldWhole + 1
	}
	whole, hides := r.holds > 0, r.hides || hidesLabels(f) // once kept, depth stays: graphs are dear to make again
	if f.Env.ToneMap != r.toneMap || f.Env.Grade != r.grade.of || lensOf(f) != r.lens || whole != r.whole || hides != r.hides {
		r.toneMap, r.lens, r.whole, r.hides = f.Env.ToneMap, lensOf(f), whole, hides
		if err := r.grade.set(f.Env.Grade); err != nil {
			return err
		}
		if err := r.build(); err != nil {
			return err
		}
	}
	r.res.frame++
	r.res.forget()
	r.number++
	r.frame = f
	r.camera = newCamera(&f.View, f.Env.GroundHeight, r.options.Width, r.options.Height)
	r.sun = fitCascades(&r.camera, f.Env.Sun, f.Env.GroundHeight, r.options.Quality)
	r.sun.shafts = f.Env.FogVisibility > 0 && r.options.Quality.FogSteps > 0
	r.heights.cover = skyCover(&r.camera, f.Env.GroundHeight, r.options.Quality)
	if r.options.Live {
		r.heights.keep(&r.camera)
	}
	r.submit.moments = r.options.Quality.Moments
	if err := r.submit.collect(f, &r.camera, &r.sun, &r.heights.cover, r.res); err != nil {
		return err
	}
	if err := r.glyphs.collect(f, &r.camera, r.res); err != nil {
		return err
	}
	if err := r.sheets.collect(f, r.options.Width, r.options.Height, r.res); err != nil {
		return err
	}
	r.submit.build(&r.camera, &r.sun, &r.heights.cover)
	if err := r.submit.upload(); err != nil {
		return err
	}
	r.lights.collect(f, &r.camera, r.options.Quality.LampReach, candela(&f.Env, &r.camera))
	if err := r.lights.upload(&r.camera); err != nil {
		return err
	}
	return r.glyphs.upload()
}

// Draw draws one frame into the picture: in live mode once, else the average of the
// quality's sub-frames. The frame's drawables stay resident.
func (r *Renderer) Draw(f *Frame) error {
	if err := r.Load(f); err != nil {
		return err
	}
	if f.Previous == nil {
		r.scene.Forget()
	}
	r.hold(f)
	if r.options.Timings {
		r.clock.begin()
	}
	blocks := r.uniforms.Next()
	n := r.subFrames()
	r.fillBlock(n)
	r.aoReach = aoRadius(r.camera.above(f.Env.GroundHeight))
	if err := r.air.prepare(&r.camera, f, r.options.Quality); err != nil {
		return err
	}
	for r.sub = range n {
		r.jitterBlock(r.sub, n)
		*(*frameBlock)(unsafe.Pointer(&blocks[r.sub*blockStride])) = r.block
		r.bind()
		r.noise = uint32(r.sub) + f.Seed
		if r.options.Live && r.options.Quality.TAA {
			r.noise = r.number % 64
		}
		if err := r.scene.Run(r.hooks()); err != nil {
			return err
		}
	}
	if r.finish != nil {
		if err := r.finish.Run(r.hooks()); err != nil {
			return err
		}
	}
	r.uniforms.Done()
	r.submit.ring.Done()
	r.lights.done()
	r.drawn = true
	r.res.evict()
	return nil
}

// bind makes the blocks of the sub-frame current.
func (r *Renderer) bind() {
	r.uniforms.BindUniform(0, r.sub*blockStride, int(unsafe.Sizeof(frameBlock{})))
	r.submit.bind()
	r.res.colors.bind()
}

// fillBlock computes the uniform block but for what changes with the sub-frame.
func (r *Renderer) fillBlock(n int) {
	f, c, b := r.frame, &r.camera, &r.block
	env := &f.Env
	*b = frameBlock{view: mat32(c.view), toEcef: mat32(c.toEcef())}
	b.viewProjStable = mat32(projection(c.tanX, c.tanY, c.near, 0, 0).Mul4(c.view))
	previous := f.Previous
	if previous == nil {
		previous = &f.View
	}
	b.reproject = mat32(c.reproject(previous))
	b.toStars = mat32(sky.Precession(env.Years).Transpose().Mat4().Mul4(mgl64.HomogRotate3DZ(env.Sidereal)).Mul4(c.toEcef()))
	b.cascade = mat32(r.sun.layer[0].textureMatrix())
	for i := range r.sun.n {
		l := &r.sun.layer[i]
		b.cascadeStep[i] = r.sun.step(i)
		b.cascadeSplit[i], b.cascadeTexel[i] = float32(l.split), float32(l.texel)
	}
	w, h := float64(r.width), float64(r.height)
	b.size = [4]float32{float32(w), float32(h), float32(1 / w), float32(1 / h)}
	sun, moon := c.frame.DirToLocal(env.Sun), c.frame.DirToLocal(env.Moon)
	b.sun, b.moon = vec32(sun, sun[2]), vec32(moon, env.MoonLit)
	radius := earth.A // of a sphere that osculates the ellipsoid is within 0.3 % of this
	b.planet = [4]float32{0, 0, float32(-(radius + c.place.Height)), float32(radius)}
	b.ground = [4]float32{float32(c.place.Height), float32(env.GroundHeight), float32(env.GlobeHeight), flag(env.GlobeSea)}
	b.air = [4]float32{float32(env.Haze), float32(env.Wetness), float32(env.Clouds), float32(Night(sun[2]))}
	b.exposure = [4]float32{float32(env.SnowCover), flag(env.AutoExposure), float32(env.Compensation), flag(env.Transparent)}
	b.clock = [4]float32{float32(f.Time), 0, float32(n), float32(h / 1080)}
	b.lamps = [4]float32{0, 0, float32(r.lights.grid.scale), float32(r.lights.grid.bias)}
	if r.lights.painted {
		b.lamps[0], b.lamps[1] = float32(paintedFrom*r.options.Quality.LampReach), float32(r.options.Quality.LampReach)
	}
	for k, v := range c.frame.FromLocal(mgl64.Vec3{}) {
		b.lattice[k] = float32(math.Mod(v, patternPeriod))
	}
	b.counts = [4]uint32{f.Seed, uint32(r.sun.n), 0, 1} // a file's frames know of no other frame
	if r.options.Live {
		b.counts[2], b.counts[3] = 1, r.number%1024
	}
}

// jitterBlock sets what depends on the sub-frame; live frames take it from their number.
func (r *Renderer) jitterBlock(sub, n int) {
	c, b := &r.camera, &r.block
	x, y := jitter(sub, n, r.width, r.height)
	if r.options.Live && r.options.Quality.TAA {
		const places = 8
		n := places
		if r.upscales() { // as many for each pixel of the picture
			n = 2 * places
		}
		x, y = jitter(int(r.number)%n, n, r.width, r.height)
	}
	b.viewProj = mat32(projection(c.tanX, c.tanY, c.near, x, y).Mul4(c.view))
	right, up := c.right.Mul(c.tanX), c.up.Mul(c.tanY)
	b.rayForward = vec32(c.forward.Sub(right.Mul(x)).Sub(up.Mul(y)), c.near)
	b.rayRight, b.rayUp = vec32(right, c.tanX), vec32(up, c.tanY)
	share := float64(r.height) / float64(c.height)
	b.jitter = [4]float32{float32(x), float32(y), float32(share), float32(1 / max(r.held, 1))}
	b.clock[1] = float32(sub)
}

// Night is 0 while the sun is up and 1 from civil dusk on, by the sine of the sun's
// elevation: when lamps and windows shine.
func Night(sunUp float64) float64 {
	t := mgl64.Clamp((0.05-sunUp)/0.13, 0, 1)
	return t * t * (3 - 2*t)
}

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

// Finish waits until everything drawn is done.
func (r *Renderer) Finish() { gpu.Finish() }

// ErrReset is what Standing returns of a lost context.
var ErrReset = errors.New("the graphics driver has reset the GPU in the middle of it (a program that hangs, too little of its memory, a fault of the driver): run it again, with a lower --quality or a smaller --size if it recurs")

// Standing returns ErrReset where the driver has reset the GPU: what has been drawn since is
// black, without an error of its own.
func (r *Renderer) Standing() error {
	if r.surface.Lost() {
		return ErrReset
	}
	return nil
}
