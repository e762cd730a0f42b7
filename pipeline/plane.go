package pipeline

import (
	"image"
	"image/color"
	"math"
	"unsafe"

	"github.com/longtake/longtake/internal/srgb"
	"github.com/longtake/longtake/pipeline/gpu"
)

// Buffers are the names that Options.Keep, Keep and Buffer know.
var Buffers = []string{"depth", "normal", "albedo", "roughness", "material", "emission", "ao", "skyshare", "shadow", "ssr", "hits", "light", "id"}

// channels of the planes by name.
var channels = map[string]int{"depth": 1, "normal": 3, "albedo": 3, "roughness": 1, "material": 4, "emission": 3, "ao": 1, "skyshare": 1, "shadow": 1, "ssr": 4, "hits": 3, "light": 3, "id": 1}

// Plane is a buffer of the last frame, rows from the top; with sub-frames, of the last one.
//
//	depth    1 channel: metres along the view axis, +Inf = sky
//	normal   3 channels: unit, eye frame (east, north, up); 0 = sky
//	albedo   3 channels: linear base colour
//	roughness 1 channel: perceptual
//	material 4 channels: metallic, reflectance, own occlusion, the number of its drawable.Model
//	emission 3 channels: radiance, 1 = white paper in the sun
//	ao       1 channel: 1 = open
//	skyshare 1 channel: what is left of the sky's light by what stands further off, 1 = all
//	shadow   1 channel: the sun's share, 1 = lit
//	ssr      4 channels: linear reflected light, confidence; below 0 = doubtful, shown where nothing beside is known
//	hits     3 channels: where a mirror ray ends, in pixels from the top left, and confidence, 0 where it is doubtful
//	light    3 channels: radiance before glow, exposure and tone curve, 1 = white paper in the sun
//	id       1 channel: feature id, 0 = none
type Plane struct {
	Name                    string
	Width, Height, Channels int
	Data                    []float32 // of id: the bits of a uint32
}

func (p *Plane) decode(raw []byte, f gpu.Format, near, exposure float64) {
	n, texel := p.Width*p.Height, f.Channels()
	value := func(i, c int) float64 {
		switch k := i*texel + c; f {
		case gpu.RGBA8, gpu.SRGB8A8, gpu.R8, gpu.RG8:
			return float64(raw[k]) / 255
		case gpu.RG16, gpu.R16, gpu.RGBA16:
			return float64(uint16(raw[2*k])|uint16(raw[2*k+1])<<8) / 65535
		default:
			return float64(*(*float32)(unsafe.Pointer(&raw[4*k])))
		}
	}
	p.Channels = channels[p.Name]
	p.Data = make([]float32, n*p.Channels)
	for i := range n {
		out := p.Data[i*p.Channels : (i+1)*p.Channels]
		switch p.Name {
		case "depth":
			out[0] = float32(near / value(i, 0))
		case "normal":
			copy(out, octDecode(value(i, 0)*2-1, value(i, 1)*2-1))
		case "albedo":
			for c := range out {
				out[c] = float32(value(i, c) * value(i, c))
			}
		case "roughness":
			out[0] = float32(value(i, 3))
		case "material":
			for c := range out {
				out[c] = float32(value(i, c))
			}
			out[3] = float32(int(math.Round(value(i, 3)*255)) % 9)
		case "emission", "light":
			for c := range out {
				out[c] = float32(value(i, c) / exposure)
			}
		case "skyshare":
			out[0] = float32(value(i, 1))
		case "id":
			out[0] = *(*float32)(unsafe.Pointer(&raw[4*i]))
		default:
			for c := range out {
				out[c] = float32(value(i, min(c, texel-1)))
			}
		}
	}
}

func octDecode(x, y float64) []float32 {
	z := 1 - math.Abs(x) - math.Abs(y)
	if z < 0 {
		x, y = (1-math.Abs(y))*math.Copysign(1, x), (1-math.Abs(x))*math.Copysign(1, y)
	}
	l := math.Sqrt(x*x + y*y + z*z)
	return []float32{float32(x / l), float32(y / l), float32(z / l)}
}

// ID returns the feature id of a pixel of an id plane.
func (p *Plane) ID(x, y int) uint32 { return math.Float32bits(p.Data[y*p.Width+x]) }

// Image shows the plane to a person: depth by its logarithm, white near; normals as
// colours; ids as colours that differ.
func (p *Plane) Image() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, p.Width, p.Height))
	lo, hi := p.depthRange()
	for i := range p.Width * p.Height {
		v := p.Data[i*p.Channels : (i+1)*p.Channels]
		var c [3]float64
		switch p.Name {
		case "depth":
			if !math.IsInf(float64(v[0]), 0) {
				g := 1 - 0.95*(math.Log(float64(v[0]))-lo)/math.Max(hi-lo, 1e-9)
				c = [3]float64{g, g, g}
			}
		case "normal":
			for k := range 3 {
				c[k] = float64(v[k])*0.5 + 0.5
			}
		case "albedo", "emission", "ssr", "light":
			for k := range 3 {
				c[k] = srgb.Value(float64(v[k]))
			}
		case "material":
			c = [3]float64{float64(v[0]), float64(v[1]), float64(v[2])}
		case "hits":
			c = [3]float64{float64(v[0]) / float64(p.Width), float64(v[1]) / float64(p.Height), float64(v[2])}
		case "id":
			if id := math.Float32bits(v[0]); id != 0 {
				h := id * 2654435761
				c = [3]float64{float64(h>>24)/320 + 0.2, float64(h>>16&255)/320 + 0.2, float64(h>>8&255)/320 + 0.2}
			}
		default:
			c = [3]float64{float64(v[0]), float64(v[0]), float64(v[0])}
		}
		b := func(x float64) uint8 { return uint8(math.Round(255 * math.Min(math.Max(x, 0), 1))) }
		img.SetNRGBA(i%p.Width, i/p.Width, color.NRGBA{b(c[0]), b(c[1]), b(c[2]), 255})
	}
	return img
}

// depthRange returns the logarithms of the nearest and farthest depth.
func (p *Plane) depthRange() (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	if p.Name != "depth" {
		return
	}
	for _, d := range p.Data {
		if l := math.Log(float64(d)); !math.IsInf(l, 0) {
			lo, hi = math.Min(lo, l), math.Max(hi, l)
		}
	}
	return
}
