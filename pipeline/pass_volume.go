package pipeline

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"unsafe"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// body is a volume in a frame.
type body struct {
	*drawable.Volume
	fade     float64
	time     float64
	turn     mgl64.Mat3 // eye frame to the body's
	eye      mgl64.Vec3 // in the body's frame
	distance float64
}

// volume places a body; what lies outside the view is left out.
func (s *submission) volume(d *drawable.Draw, v *drawable.Volume, c *camera) {
	linear := v.Frame.Mat3()
	b := body{Volume: v, fade: float64(d.Fade), time: d.Time}
	b.eye = linear.Transpose().Mul3x1(c.eye.Sub(v.Frame.Col(3).Vec3()))
	b.turn = linear.Transpose().Mul3(mgl64.Mat3FromCols(c.frame.East, c.frame.North, c.frame.Up))
	lo, hi := mgl64.Vec3(v.Min), mgl64.Vec3(v.Max)
	mid, radius := lo.Add(hi).Mul(0.5), hi.Sub(lo).Len()/2
	center := b.turn.Transpose().Mul3x1(mid.Sub(b.eye))
	if !(radius > 0) || !c.sees(center, radius) {
		return
	}
	b.distance = center.Len()
	s.bodies = append(s.bodies, b)
}

// addVolumes adds the pass that marches through bodies, from back to front, over the lit
// picture.
func (r *Renderer) addVolumes(g *graph, depth, lit handle) (handle, error) {
	var programs [2]*gpu.Program
	g.Add("volumes", func(b *builder) exec {
		b.Read(depth)
		lit = b.Write(lit)
		out := lit
		return func(c *context) error {
			slices.SortStableFunc(r.submit.bodies, func(a, b body) int { return cmp.Compare(b.distance, a.distance) })
			for i := range r.submit.bodies {
				v := &r.submit.bodies[i]
				shape := index(v.Grid == nil)
				if programs[shape] == nil {
					p, err := r.screenProgram("volume.frag", boolDefine("SHAPE", shape == 1))
					if err != nil {
						return err
					}
					programs[shape] = p
				}
				p := programs[shape]
				r.air.sources(p)
				p.Texture("depthMap", c.Tex(depth))
				if err := r.volumeUniforms(p, v); err != nil {
					return err
				}
				if err := r.drawOver(p, gpu.State{Blend: gpu.BlendPremultiplied, Linear: true}, nil, c.Tex(out)); err != nil {
					return err
				}
			}
			return nil
		}
	})
	return lit, nil
}

func (r *Renderer) volumeUniforms(p *gpu.Program, v *body) error {
	var turn [9]float32
	for i := range turn {
		turn[i] = float32(v.turn[i])
	}
	p.Mat3("bodyTurn", &turn)
	p.Vec3("bodyEye", float32(v.eye[0]), float32(v.eye[1]), float32(v.eye[2]))
	p.Vec3("bodyMin", float32(v.Min[0]), float32(v.Min[1]), float32(v.Min[2]))
	p.Vec3("bodySize", float32(v.Max[0]-v.Min[0]), float32(v.Max[1]-v.Min[1]), float32(v.Max[2]-v.Min[2]))
	p.Vec4("bodyLook", v.Density, v.Emission, v.Lit, float32(1-v.fade))
	p.Int("steps", r.options.Quality.VolumeSteps)
	p.Uint("noiseSeed", r.noise)
	if v.Grid == nil {
		s := &v.Sector
		width := math.Mod(s.To-s.From+720, 360)
		if width == 0 {
			width = 360
		}
		p.Vec4("sectorShape", float32(s.Radius), float32(earth.Radians(s.From+width/2)), float32(earth.Radians(width/2)), float32(s.Rings))
		beam, turn := 0.0, 0.0
		if s.Period > 0 {
			beam = earth.Radians(s.Beam)
			turn = v.time / s.Period
			turn = 2 * math.Pi * (turn - math.Floor(turn))
		}
		p.Vec4("sectorTilt", float32(math.Sin(earth.Radians(s.Low))), float32(math.Sin(earth.Radians(s.High))), float32(turn), float32(beam))
		p.Vec4("sectorColor", s.Color[0], s.Color[1], s.Color[2], s.Color[3])
		return nil
	}
	palette, err := r.res.image(v.Palette, false)
	if err != nil {
		return err
	}
	grid, err := r.res.grid(v.Grid)
	if err != nil {
		return err
	}
	p.Texture("palette", palette.texture)
	p.Texture("grid", grid.texture)
	return nil
}

// grid uploads the values of a volume.
func (r *residency) grid(g *drawable.Voxels) (*entry, error) {
	if e := r.touch(g); e != nil {
		return e, nil
	}
	if g.Width < 1 || g.Height < 1 || g.Depth < 1 || max(g.Width, g.Height, g.Depth) > maxGrid || len(g.Values) < g.Width*g.Height*g.Depth {
		return nil, fmt.Errorf("volume %s: %d values for %d×%d×%d, each up to %d", g.Name, len(g.Values), g.Width, g.Height, g.Depth, maxGrid)
	}
	t, err := gpu.NewTexture(g.Name, gpu.TextureDesc{Kind: gpu.Tex3D, Format: gpu.R8, Width: g.Width, Height: g.Height, Layers: g.Depth})
	if err != nil {
		return nil, err
	}
	for z := range g.Depth {
		t.Upload(0, z, unsafe.Pointer(&g.Values[z*g.Width*g.Height]))
	}
	return r.insert(&entry{key: g, texture: t, bytes: t.Bytes()}), nil
}

// maxGrid is the longest side of a grid: what every driver takes.
const maxGrid = 512
