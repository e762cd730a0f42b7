package pipeline

import (
	"math"
	"unsafe"

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

// starField is the fixed stars on the GPU.
type starField struct {
	of       *sky.Star // first of the slice that was uploaded
	count    int
	records  *gpu.Buffer
	programs [2]*gpu.Program // by whether clouds are before them
}

// set uploads stars unless they are those that are there; nil is the seeded sky.
func (s *starField) set(stars []sky.Star) {
	first := unsafe.SliceData(stars)
	if s.records != nil && first == s.of {
		return
	}
	if stars == nil {
		stars = sky.SeededStars()
	}
	list := make([]starRecord, len(stars))
	for i, star := range stars {
		peak := zeroMagnitude * math.Pow(10, -magnitudeSteepness*star.Magnitude)
		list[i] = starRecord{vec32(star.Dir, peak), vec32(star.Color(), 0)}
	}
	s.records.Release()
	data := gpu.Bytes(list)
	s.records, s.of, s.count = gpu.NewBuffer("stars", len(data)), first, len(list)
	s.records.Write(0, data)
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
			p.stars.set(p.r.frame.Env.Stars)
			if _, err := p.r.target(c.Tex(depth), c.Tex(out)); err != nil {
				return err
			}
			gpu.State{Depth: gpu.DepthEqual, Blend: gpu.BlendAdd, Linear: true}.Apply()
			prog := p.stars.programs[index(p.layerAbove())]
			p.sources(prog)
			prog.Use()
			p.stars.records.BindStorage(starBinding)
			p.r.full.DrawPoints(p.stars.count)
			return nil
		}
	})
	return lit
}

func (s *starField) release() { s.records.Release() }
