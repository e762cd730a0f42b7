package pipeline

import (
	"errors"
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/pipeline/gpu"
	"github.com/longtake/longtake/pipeline/sky"
)

const (
	spaceFrom = 2e10 // metres from the Earth's centre from which it is a point among others
	planSize  = 2048
	marchLow  = 48 // steps through the Galaxy for each sub-frame
	// brightestPlanet bounds the light of planets on the Earth\'s sky: little more than that of
	// Sirius, as film and eyes hold both.
	brightestPlanet = 13.0
)

// spaceField draws what lies behind everything from beyond the Earth's reach.
type spaceField struct {
	on             bool
	plan, view     *gpu.Texture
	drawPlan       *gpu.Program
	march, compose *gpu.Program
	eye            mgl64.Vec3 // parsecs from the Sun, equatorial frame of J2000
	share          float64    // of the Galaxy that is marched through, not taken from its map
}

// place takes over where the eye is.
func (s *spaceField) place(c *camera, f *Frame) {
	if s.on = c.eye.Len() > spaceFrom; !s.on {
		s.eye = mgl64.Vec3{}
		return
	}
	fromSun := f.Env.SunAt.Mul(-1 / sky.Parsec)
	s.eye = sky.Precession(f.Env.Years).Transpose().Mul3(mgl64.Rotate3DZ(f.Env.Sidereal)).Mul3x1(fromSun)
	s.share = smooth(math.Log(60), math.Log(900), math.Log(math.Max(s.eye.Len(), 1)))
}

// galactic is where the eye is in the Galaxy's frame, kiloparsecs.
func (s *spaceField) galactic() mgl64.Vec3 {
	return sky.SunInGalaxy.Add(sky.Galactic.Mul3x1(s.eye).Mul(1e-3))
}

// drawSpace draws the backdrop where the depth is 0.
func (p *skyPass) drawSpace(depth, lit *gpu.Texture) error {
	s := &p.space
	if s.compose == nil {
		var errs [3]error
		s.drawPlan, errs[0] = p.r.screenProgram("galaxy_plan.frag")
		s.march, errs[1] = p.r.screenProgram("galaxy.frag")
		s.compose, errs[2] = p.r.screenProgram("space.frag")
		if err := errors.Join(errs[:]...); err != nil {
			return err
		}
	}
	p.sources(s.compose)
	s.compose.Texture("galaxyView", p.black)
	s.compose.Float("galaxyShare", float32(s.share))
	if s.share > 0 {
		if err := p.marchGalaxy(lit.Width, lit.Height); err != nil {
			return err
		}
		s.compose.Texture("galaxyView", s.view)
	}
	return p.r.drawOver(s.compose, gpu.State{Depth: gpu.DepthEqual, Linear: true}, depth, lit)
}

// marchGalaxy draws the Galaxy at half the picture's sides.
func (p *skyPass) marchGalaxy(width, height int) (err error) {
	s := &p.space
	if s.plan == nil {
		s.drawPlan.Float("armPitch", sky.ArmPitch)
		if s.plan, err = p.bake("galaxy", s.drawPlan, gpu.TextureDesc{Format: gpu.RGBA16F, Width: planSize, Height: planSize, Levels: gpu.AllLevels}); err != nil {
			return err
		}
	}
	w, h := (width+1)/2, (height+1)/2
	if s.view == nil || s.view.Width != w || s.view.Height != h {
		t, err := gpu.NewTexture("galaxy view", gpu.TextureDesc{Format: gpu.RGBA16F, Width: w, Height: h})
		if err != nil {
			return err
		}
		if s.view != nil {
			p.r.targets.Forget(s.view)
			s.view.Release()
		}
		s.view = t
	}
	at := s.galactic()
	p.sources(s.march)
	s.march.Texture("plan", s.plan)
	s.march.Vec3("galaxyEye", float32(at[0]), float32(at[1]), float32(at[2]))
	sin, cos := math.Sincos(sky.BarAngle)
	s.march.Vec2("bar", float32(cos), float32(sin))
	s.march.Int("steps", marchLow)
	// From within, its light fills the picture, and eyes would turn it down.
	s.march.Float("brightness", float32(0.22+0.98*smooth(math.Log(2000), math.Log(20000), math.Log(s.eye.Len()))))
	return p.r.drawLevel(s.march, s.view, 0)
}

func (s *spaceField) release() {
	for _, t := range []*gpu.Texture{s.plan, s.view} {
		t.Release()
	}
}

// wanderers are the lights that are not fixed: planets, and from space the Earth and the
// Sun, which no longer have a disc.
func (s *starField) wanderers(f *Frame, c *camera, far bool) []starRecord {
	s.moving = s.moving[:0]
	most := brightestPlanet
	if far {
		most = mostPeak
	}
	add := func(to mgl64.Vec3, magnitude float64, color mgl64.Vec3) {
		// To the frame of the fixed stars, which the shader turns back.
		d := sky.Precession(f.Env.Years).Transpose().Mul3(mgl64.Rotate3DZ(f.Env.Sidereal)).Mul3x1(to.Normalize())
		peak := math.Min(zeroMagnitude*math.Pow(10, -magnitudeSteepness*magnitude), most)
		s.moving = append(s.moving, starRecord{vec32(d, peak), vec32(color, 0)})
	}
	for i := range f.Env.Planets {
		b := &f.Env.Planets[i]
		if left := 1 - c.discShare(b); left > 0 {
			add(b.At, b.Magnitude(), b.Color.Mul(left))
		}
	}
	if far {
		home := sky.Body{At: c.eye.Mul(-1), Sun: c.eye.Mul(-1).Sub(f.Env.SunAt), Radius: 6371e3, Albedo: 0.43, Color: mgl64.Vec3{0.62, 0.8, 1}}
		// It comes out of what was left of its disc.
		out := 0.06 + 0.94*smooth(math.Log(spaceFrom), math.Log(20*spaceFrom), math.Log(c.eye.Len()))
		add(home.At, home.Magnitude(), home.Color.Mul(out))
		if d := f.Env.SunAt.Len(); d > 0 {
			add(f.Env.SunAt, sky.SunAsStar(d), sky.Star{BV: sky.SunBV}.Color())
		}
	}
	return s.moving
}
