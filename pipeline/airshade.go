package pipeline

import (
	"math"
	"unsafe"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/pipeline/gpu"
)

// shadeSide is the side of the map of shade, in texels.
const shadeSide = 256

// airShade is a map of how high the shade of the ground reaches: below the first of two
// heights no part of the sun's disc is seen, above the second all of it.
type airShade struct {
	texture *gpu.Texture
	of      *heights.Grid
	sun     mgl64.Vec3 // in the relief's frame, of the map
	ground  []float32  // the relief by texels
	upload  []float32  // memory without Go pointers, for cgo
	share   float64    // 0 = no shade
}

// shadeGone and shadeWhole are the sines of the sun's heights above which mountains shade no
// air worth drawing, and below which all of it.
var shadeGone, shadeWhole = math.Sin(25 * math.Pi / 180), math.Sin(15 * math.Pi / 180)

// prepare brings the map up to date. A live picture keeps it for a twentieth of a degree.
func (s *airShade) prepare(c *camera, e *Environment, live bool) error {
	s.share = 0
	if e.Relief == nil || e.Relief.N < 2 {
		return nil
	}
	height := c.frame.DirToLocal(e.Sun)[2]
	if s.share = 1 - smooth(shadeWhole, shadeGone, height); s.share == 0 || height < keyGone {
		s.share = 0
		return nil
	}
	sun := e.Relief.Frame.DirToLocal(e.Sun).Normalize()
	if s.of == e.Relief && (sun == s.sun || live && sun.Sub(s.sun).Len() < 1e-3) {
		return nil
	}
	if s.texture == nil {
		t, err := gpu.NewTexture("shade of the ground", gpu.TextureDesc{Format: gpu.RG32F, Width: shadeSide, Height: shadeSide})
		if err != nil {
			return err
		}
		s.texture, s.upload = t, make([]float32, 2*shadeSide*shadeSide)
	}
	if s.of != e.Relief {
		s.of, s.ground = e.Relief, reliefTexels(e.Relief)
	}
	s.sun = sun
	const half = 0.267 * math.Pi / 180 // of the sun's disc
	across := math.Hypot(sun[0], sun[1])
	for k, limb := range []float64{half, -half} {
		shadeHeights(s.ground, shadeSide, s.of.Size/shadeSide, sun[0]/across, sun[1]/across, math.Tan(math.Atan2(sun[2], across)+limb), s.upload[k:])
	}
	s.texture.Upload(0, 0, unsafe.Pointer(&s.upload[0]))
	return nil
}

// reliefTexels are the mean heights of a ground over squares.
func reliefTexels(r *heights.Grid) []float32 {
	out := make([]float32, shadeSide*shadeSide)
	each := max((r.N+shadeSide-1)/shadeSide, 1)
	for j := range shadeSide {
		for i := range shadeSide {
			sum := 0.0
			for b := range each {
				for a := range each {
					u := (float64(i) + (float64(a)+0.5)/float64(each)) / shadeSide * float64(r.N-1)
					v := (float64(j) + (float64(b)+0.5)/float64(each)) / shadeSide * float64(r.N-1)
					sum += r.Between(u, v)
				}
			}
			out[j*shadeSide+i] = float32(sum / float64(each*each))
		}
	}
	return out
}

// shadeHeights finds how high the shade of a ground of n×n heights reaches, into every second
// value of out, where the sun lies in the horizontal unit direction x, y and rises by slope:
// cell by cell away from the sun, each from the two before it. The Earth is flat here.
func shadeHeights(ground []float32, n int, cell, x, y, slope float64, out []float32) {
	major, minor := x, y
	index := func(a, b int) int { return b*n + a }
	if math.Abs(y) > math.Abs(x) {
		major, minor = y, x
		index = func(a, b int) int { return a*n + b }
	}
	drop := cell * math.Hypot(1, minor/major) * slope
	shift := minor / math.Abs(major) // cells across for one towards the sun
	for k := range n {
		a, before := k, k-1
		if major > 0 { // the sun stands at the far end
			a, before = n-1-k, n-k
		}
		for b := range n {
			h := float64(ground[index(a, b)])
			if at := float64(b) + shift; k > 0 && at >= 0 && at <= float64(n-1) {
				i := min(int(at), n-2)
				f := at - float64(i)
				h = math.Max(h, float64(out[2*index(before, i)])*(1-f)+float64(out[2*index(before, i+1)])*f-drop)
			}
			out[2*index(a, b)] = float32(h)
		}
	}
}

// sources gives a program of ground_shade.glsl the map, and where the eye is in it.
func (s *airShade) sources(p *gpu.Program, c *camera) {
	f := &s.of.Frame
	eye := f.ToLocal(c.eye)
	east, north := c.frame.DirToLocal(f.East).Mul(1/s.of.Size), c.frame.DirToLocal(f.North).Mul(1/s.of.Size)
	vec := func(name string, v mgl64.Vec3, w float64) {
		p.Vec4(name, float32(v[0]), float32(v[1]), float32(v[2]), float32(w))
	}
	vec("shadeU", east, (eye[0]-s.of.Min[0])/s.of.Size)
	vec("shadeV", north, (eye[1]-s.of.Min[1])/s.of.Size)
	p.Float("shadeShare", float32(s.share))
	p.Texture("shadeMap", s.texture)
}
