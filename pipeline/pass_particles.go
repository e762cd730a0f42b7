package pipeline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/pipeline/gpu"
)

// weather is a kind of particles that fall.
type weather struct {
	side    float64    // of the box around the eye, metres
	fall    mgl64.Vec3 // m/s, east, north, up
	width   float64    // metres
	streak  float64    // seconds that a drop is seen on its way; 0 for flakes
	opacity float64
}

// Rain falls at 8 m/s in drops of 2 mm (Gunn and Kinzer 1949), seen for a thirtieth of a
// second; snow at 1.1 m/s in flakes of a centimetre.
var (
	rain = weather{side: 15, fall: mgl64.Vec3{1.6, 0.5, -8}, width: 0.004, streak: 1.0 / 30, opacity: 0.6}
	snow = weather{side: 11, fall: mgl64.Vec3{0.5, 0.2, -1.1}, width: 0.016, opacity: 0.95}
)

// addParticles adds the pass that draws rain and snow before the picture. They are a
// function of time, not of frames before; frames without skip them. Below roofs, which the
// map of heights tells where a tier has one, there are none.
func (r *Renderer) addParticles(g *graph, depth, heights, lit handle) (handle, error) {
	for lamps := range lightDefines {
		if _, err := r.particleProgram(lamps, 0); err != nil {
			return lit, err
		}
	}
	g.Add("particles", func(b *builder) exec {
		b.Read(depth)
		if heights.Valid() {
			b.Read(heights)
		}
		lit = b.Write(lit)
		out := lit
		return func(c *context) error { return r.drawParticles(c.Tex(out), c.Tex(depth), 0) }
	})
	return lit, nil
}

// particleProgram is compiled the first time it is asked for.
func (r *Renderer) particleProgram(lamps, beyond int) (*gpu.Program, error) {
	at := &r.particlePrograms[lamps][beyond]
	if *at != nil {
		return *at, nil
	}
	p, err := r.program("particles", gpu.Stage{File: "particles.vert", Defines: []string{lightDefines[lamps]}}, gpu.Stage{File: "particles.frag", Defines: []string{beyondDefines[beyond]}})
	*at = p
	return p, err
}

// drawParticles draws what falls over a picture. Beyond a view depth in metres above 0 it is
// what falls behind the layer of glass that begins there.
func (r *Renderer) drawParticles(lit, depth *gpu.Texture, beyond float64) error {
	env := &r.frame.Env
	// They come from clouds.
	under := smooth(200, 1200, layerHeight+env.GlobeHeight-r.camera.place.Height+1200)
	for _, w := range [...]struct {
		weather
		much float64
	}{{rain, env.Rain}, {snow, env.Snow}} {
		n := int(float64(r.options.Quality.Particles) * math.Min(w.much, 1) * under)
		if n <= 0 || beyond > 0.5*w.side { // where they fade
			continue
		}
		p, err := r.particleProgram(index(len(r.lights.records) > 0), index(beyond > 0))
		if err != nil {
			return err
		}
		if _, err := r.target(depth, lit); err != nil {
			return err
		}
		p.Texture("skyHeights", r.heights.texture)
		x, y, z, reach := r.heights.place()
		p.Vec4("skyPlace", x, y, z, reach)
		r.behindGlass(p, beyond)
		r.fall(p, &w.weather, n)
	}
	return nil
}

// fall draws n particles; the fewer a tier draws, the more each shows.
func (r *Renderer) fall(prog *gpu.Program, w *weather, n int) {
	c := &r.camera
	eye := c.frame.FromLocal(mgl64.Vec3{})
	fallen := c.frame.DirFromLocal(w.fall).Mul(r.frame.Time)
	var offset mgl64.Vec3
	for k := range offset {
		offset[k] = math.Mod(fallen[k]-eye[k], w.side)
	}
	stand := math.Sqrt(16000 / float64(max(r.options.Quality.Particles, 1)))
	gpu.State{Depth: gpu.DepthRead, Blend: gpu.BlendAlpha, Linear: true}.Apply()
	r.air.sources(prog)
	prog.Use()
	prog.Vec4("box", float32(offset[0]), float32(offset[1]), float32(offset[2]), float32(w.side))
	prog.Vec3("fall", float32(w.fall[0]), float32(w.fall[1]), float32(w.fall[2]))
	prog.Vec4("grain", float32(w.width*stand), float32(w.streak), float32(w.opacity), float32(math.Mod(r.frame.Time, 3600)))
	prog.Int("flakes", index(w.streak == 0))
	r.full.DrawVertices(6 * n)
}
