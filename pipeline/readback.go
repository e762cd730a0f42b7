package pipeline

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"unsafe"

	"github.com/longtake/longtake/pipeline/gpu"
)

// Buffers are the names that Options.Keep, Keep and Buffer know.
var Buffers = []string{"depth", "normal", "albedo", "ao", "ssr", "id"}

// Keep chooses which buffers the following frames leave behind for Buffer.
func (r *Renderer) Keep(names ...string) error {
	if err := checkBuffers(names); err != nil {
		return err
	}
	if slices.Equal(names, r.options.Keep) {
		return nil
	}
	r.options.Keep = slices.Clone(names)
	return r.build()
}

func checkBuffers(names []string) error {
	for _, n := range names {
		if !slices.Contains(Buffers, n) {
			return fmt.Errorf("no buffer %q: there are %v", n, Buffers)
		}
	}
	return nil
}

// ReadRGBA copies the picture, display values with straight alpha, rows from the top. It
// waits for the GPU. dst holds width·height·4 bytes.
func (r *Renderer) ReadRGBA(dst []byte) error {
	if r.options.Deep {
		return fmt.Errorf("read picture: it has 16 bits a channel, use ReadRGBA16")
	}
	return r.readPicture(dst, 4)
}

// ReadRGBA16 does the same with 16 bits a channel, big-endian as in image.NRGBA64. The
// renderer was made with Options.Deep.
func (r *Renderer) ReadRGBA16(dst []byte) error {
	if !r.options.Deep {
		return fmt.Errorf("read picture: 16 bits need Options.Deep")
	}
	if err := r.readPicture(dst, 8); err != nil {
		return err
	}
	for i := 0; i+1 < len(dst); i += 2 {
		dst[i], dst[i+1] = dst[i+1], dst[i]
	}
	return nil
}

func (r *Renderer) readPicture(dst []byte, texel int) error {
	if !r.drawn {
		return fmt.Errorf("read picture: nothing has been drawn")
	}
	row := r.options.Width * texel
	if need := row * r.options.Height; len(dst) != need {
		return fmt.Errorf("read picture: %d bytes for a picture of %d", len(dst), need)
	}
	if err := r.picture.Read(0, dst); err != nil {
		return err
	}
	flipRows(dst, row)
	return nil
}

// flipRows turns rows from the bottom into rows from the top, in place.
func flipRows(p []byte, row int) {
	for a, b := 0, len(p)-row; a < b; a, b = a+row, b-row {
		for i := range row {
			p[a+i], p[b+i] = p[b+i], p[a+i]
		}
	}
}

// Plane is a buffer of the last frame, rows from the top.
//
//	depth   1 channel: metres along the view axis, +Inf = sky
//	normal  3 channels: unit, eye frame (east, north, up); 0 = sky
//	albedo  3 channels: linear base colour
//	ao      1 channel: 1 = open
//	ssr     4 channels: linear reflected light, confidence
//	id      1 channel: feature id, 0 = none
type Plane struct {
	Name                    string
	Width, Height, Channels int
	Data                    []float32 // of id: the bits of a uint32
}

// Buffer reads a kept buffer of the last frame. It waits for the GPU.
func (r *Renderer) Buffer(name string) (*Plane, error) {
	h, ok := r.kept[name]
	if !ok {
		if !slices.Contains(Buffers, name) {
			return nil, fmt.Errorf("no buffer %q: there are %v", name, Buffers)
		}
		return nil, fmt.Errorf("buffer %s was not kept, or this quality does not make it", name)
	}
	if !r.drawn {
		return nil, fmt.Errorf("buffer %s: nothing has been drawn", name)
	}
	t := r.scene.Tex(h)
	raw := make([]byte, t.Width*t.Height*t.Format.ClientBytes())
	if err := t.Read(0, raw); err != nil {
		return nil, err
	}
	flipRows(raw, t.Width*t.Format.ClientBytes())
	p := &Plane{Name: name, Width: t.Width, Height: t.Height}
	p.decode(raw, t.Format, r.camera.near)
	return p, nil
}

func (p *Plane) decode(raw []byte, f gpu.Format, near float64) {
	n, channels := p.Width*p.Height, f.Channels()
	value := func(i, c int) float64 {
		switch k := i*channels + c; f {
		case gpu.RGBA8, gpu.SRGB8A8, gpu.R8, gpu.RG8:
			return float64(raw[k]) / 255
		case gpu.RG16, gpu.R16, gpu.RGBA16:
			return float64(uint16(raw[2*k])|uint16(raw[2*k+1])<<8) / 65535
		default:
			return float64(*(*float32)(unsafe.Pointer(&raw[4*k])))
		}
	}
	p.Channels = map[string]int{"depth": 1, "normal": 3, "albedo": 3, "ao": 1, "ssr": 4, "id": 1}[p.Name]
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
				out[c] = float32(linear(value(i, c)))
			}
		case "id":
			out[0] = *(*float32)(unsafe.Pointer(&raw[4*i]))
		default:
			for c := range out {
				out[c] = float32(value(i, min(c, channels-1)))
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

func linear(s float64) float64 {
	if s <= 0.04045 {
		return s / 12.92
	}
	return math.Pow((s+0.055)/1.055, 2.4)
}

func encode(l float64) float64 {
	l = math.Min(math.Max(l, 0), 1)
	if l <= 0.0031308 {
		return l * 12.92
	}
	return 1.055*math.Pow(l, 1/2.4) - 0.055
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
		case "albedo", "ssr":
			for k := range 3 {
				c[k] = encode(float64(v[k]))
			}
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
