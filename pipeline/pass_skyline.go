package pipeline

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// silhouette is a skyline of a frame.
type silhouette struct {
	*drawable.Skyline
	fade float32
}

// silhouettes is what skylines are drawn with, made when a frame has one first.
type silhouettes struct {
	across     *gpu.Texture // of the size of what is drawn
	rows, line *gpu.Program
}

const (
	mostReach = 254 // pixels, which a byte holds
	// glowShare is how bright the light beside a line is where it begins, of the line's.
	glowShare = 0.35
)

// addSkylines adds the pass that draws lines along the edge of the sky over the lit picture.
func (r *Renderer) addSkylines(g *graph, gb gbufferHandles, lit handle) handle {
	g.Add("skylines", func(b *builder) exec {
		b.Read(gb.depth)
		b.Read(gb.properties)
		lit = b.Write(lit)
		out := lit
		return func(c *context) error {
			for i := range r.submit.skylines {
				if err := r.drawSkyline(&r.submit.skylines[i], gb, c, c.Tex(out)); err != nil {
					return err
				}
			}
			return nil
		}
	})
	return lit
}

func (r *Renderer) drawSkyline(l *silhouette, gb gbufferHandles, c *context, lit *gpu.Texture) error {
	s := r.skylines
	if s == nil {
		s = &silhouettes{}
		var err error
		if s.rows, err = r.screenProgram("skyline_rows.frag"); err != nil {
			return err
		}
		if s.line, err = r.screenProgram("skyline.frag"); err != nil {
			return err
		}
		if s.across, err = gpu.NewTexture("distance from the sky in rows", gpu.TextureDesc{Format: gpu.RG8, Width: r.width, Height: r.height}); err != nil {
			return err
		}
		r.skylines = s
	}
	pixel := r.pixel()
	half, glow := max(l.Width*pixel, 1)/2, l.Glow*pixel
	if l.Width <= 0 {
		half = 0
	}
	reach := min(int(math.Ceil(float64(half+glow)))+1, mostReach)
	behind := l.Behind
	if behind <= 0 {
		behind = math.MaxFloat32
	}
	s.rows.Texels("depthMap", c.Tex(gb.depth))
	s.rows.Texels("gProperties", c.Tex(gb.properties))
	s.rows.Float("behind", behind)
	s.rows.Int("whole", index(l.All))
	s.rows.Int("reach", reach)
	if err := r.fill(s.rows, gpu.State{Linear: true}, s.across); err != nil {
		return err
	}
	s.line.Texels("rowMap", s.across)
	s.line.Int("reach", reach)
	s.line.Vec3("measure", half, glow, glowShare)
	s.line.Vec4("ink", l.Color[0]*l.Emission, l.Color[1]*l.Emission, l.Color[2]*l.Emission, l.Color[3]*(1-l.fade))
	return r.drawOver(s.line, gpu.State{Blend: gpu.BlendPremultiplied, Linear: true}, nil, lit)
}

func (s *silhouettes) release(r *Renderer) {
	if s != nil && s.across != nil {
		r.targets.Forget(s.across)
		s.across.Release()
	}
}
