package pipeline

import (
	"math"
	"unsafe"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/pipeline/gpu"
	"github.com/longtake/longtake/pipeline/sky"
)

// starRecord is two vec4 of the block Stars of stars.vert.
type starRecord struct{ dir, color [4]float32 }

const (
	starBinding        = 4
	galaxyW, galaxyH   = 1024, 512
	starsFrom          = 0.01 // brightness of stars from which they are drawn
	zeroMagnitude      = 3.4  // peak of a star of magnitude 0 on a dark night
	magnitudeSteepness = 0.33 // eyes see steps of light as smaller ones than film does, whose is 0.4
)

// mostPeak bounds the light of a point: brighter ones have a disc, or are too near to be one.
const mostPeak = 60.0

// galaxyPeak is the peak of a magnitude 0 of the Galaxy's stars, seen from ten kiloparsecs.
const galaxyPeak = 9.0

// starField is the stars on the GPU: the fixed ones in a buffer of their own, which changes
// only where the eye leaves the Sun's neighbourhood.
type starField struct {
	of       *sky.Star // first of the slice that was uploaded
	from     mgl64.Vec3
	fixed    pointBuffer
	others   pointBuffer     // planets, Earth and Sun
	programs [3]*gpu.Program // plain, with clouds before them, from space
	seen     []sky.Star
	list     []starRecord
	moving   []starRecord
	seeded   []sky.Star
	galaxy   galaxyStars
}

type pointBuffer struct {
	records *gpu.Buffer
	count   int
}

func (b *pointBuffer) set(list []starRecord) {
	data := gpu.Bytes(list)
	if b.records == nil || b.count < len(list) {
		b.records.Release()
		b.records = gpu.NewBuffer("stars", max(len(data), 32))
	}
	b.count = len(list)
	if len(data) > 0 {
		b.records.Write(0, data)
	}
}

// set uploads stars unless they are those that are there, seen from the same place (parsecs
// from the Sun); nil is the seeded sky.
func (s *starField) set(stars []sky.Star, eye mgl64.Vec3) {
	if eye.Len() < 0.003 { // no star is displaced by a pixel
		eye = mgl64.Vec3{}
	}
	first := unsafe.SliceData(stars)
	if s.fixed.records != nil && first == s.of && eye == s.from {
		return
	}
	s.of, s.from = first, eye
	if stars == nil {
		if s.seeded == nil {
			s.seeded = sky.SeededStars()
		}
		stars = s.seeded
	}
	if eye != (mgl64.Vec3{}) {
		s.seen = sky.SeenFrom(stars, eye, s.seen[:0])
		stars = s.seen
	}
	s.list = s.list[:0]
	for _, star := range stars {
		peak := zeroMagnitude * math.Pow(10, -magnitudeSteepness*star.Magnitude)
		s.list = append(s.list, starRecord{vec32(star.Dir, math.Min(peak, mostPeak)), vec32(star.Color(), 0)})
	}
	s.list = s.galaxy.from(eye, s.list)
	s.fixed.set(s.list)
}

// galaxyStars are those of the arms, which come out far from the Sun.
type galaxyStars struct {
	at     []mgl64.Vec3
	peak   []float64
	color  []mgl64.Vec3
	beyond []sky.Star // other galaxies
	around []sky.Star // of a place in the disc
}

func (g *galaxyStars) from(eye mgl64.Vec3, out []starRecord) []starRecord {
	away := math.Log(math.Max(eye.Len(), 1))
	share := smooth(math.Log(300), math.Log(6000), away)
	// Wherever one is in the disc, stars are around as they are here.
	if around := smooth(math.Log(60), math.Log(300), away) * (1 - smooth(math.Log(3000), math.Log(15000), away)); around > 0 {
		if g.around == nil {
			g.around = sky.SeededStars()
		}
		for _, s := range g.around {
			out = append(out, starRecord{vec32(s.Dir, around*zeroMagnitude*math.Pow(10, -magnitudeSteepness*s.Magnitude)), vec32(s.Color(), 0)})
		}
	}
	if share <= 0 {
		return out
	}
	if g.at == nil {
		var mags, bvs []float64
		g.at, mags, bvs = sky.GalaxyStars()
		g.beyond = sky.FarGalaxies()
		for i := range mags {
			g.peak = append(g.peak, galaxyPeak*math.Pow(10, -magnitudeSteepness*mags[i]))
			g.color = append(g.color, sky.Star{BV: bvs[i]}.Color())
		}
	}
	here := sky.SunInGalaxy.Add(sky.Galactic.Mul3x1(eye).Mul(1e-3))
	for _, s := range g.beyond {
		out = append(out, starRecord{vec32(s.Dir, share*zeroMagnitude*math.Pow(10, -magnitudeSteepness*s.Magnitude)), vec32(s.Color(), 0)})
	}
	back := sky.Galactic.Transpose()
	for i, at := range g.at {
		to := at.Sub(here)
		far := math.Max(to.Len(), 0.5)
		out = append(out, starRecord{vec32(back.Mul3x1(to.Normalize()), share*g.peak[i]*math.Min(10/far, 4)), vec32(g.color[i], 0)})
	}
	return out
}

// shown tells whether the night is dark enough for stars.
func (p *skyPass) starsShown() bool { return p.now.veil[0] > 0 && p.now.veil[1] > starsFrom }

// addStars adds the pass that draws the fixed stars over the sky.
func (p *skyPass) addStars(g *graph, depth, lit handle) handle {
	g.Add("stars", func(b *builder) exec {
		b.Read(depth)
		lit = b.Write(lit)
		out := lit
		return func(c *context) error {
			if !p.starsShown() {
				return nil
			}
			f := p.r.frame
			p.stars.set(f.Env.Stars, p.space.eye)
			p.stars.others.set(p.stars.wanderers(f, &p.r.camera, p.space.on))
			if _, err := p.r.target(c.Tex(depth), c.Tex(out)); err != nil {
				return err
			}
			gpu.State{Depth: gpu.DepthEqual, Blend: gpu.BlendAdd, Linear: true}.Apply()
			prog := p.stars.programs[index(p.layerAbove())]
			if p.space.on {
				prog = p.stars.programs[2]
			}
			p.sources(prog)
			prog.Use()
			for _, b := range []*pointBuffer{&p.stars.fixed, &p.stars.others} {
				if b.count > 0 {
					b.records.BindStorage(starBinding)
					p.r.full.DrawPoints(b.count)
				}
			}
			return nil
		}
	})
	return lit
}

func (s *starField) release() {
	s.fixed.records.Release()
	s.others.records.Release()
}
