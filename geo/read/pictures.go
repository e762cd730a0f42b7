package read

import (
	"bufio"
	"errors"
	"image"
	"image/color"
	_ "image/jpeg" // the formats of textures
	_ "image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/longtake/longtake/geo"
)

// Textures of city models: a surface takes the mean over the part of the picture that it
// shows. Pictures are not carried on: surfaces keep the tone that was photographed.

const (
	maxTexture   = 1 << 26 // pixels of a picture
	keptPictures = 1 << 24 // pixels of those that wait to be used again
)

// pictures are the textures that a file names, the last ones used in memory.
type pictures struct {
	in     *input
	report *geo.Report
	kept   []picture // the last used last
}

type picture struct {
	uri   string
	image image.Image // nil where it cannot be read
}

// open is a texture that lies below the folder of its file; nil, and told in the report,
// where that cannot be read.
func (p *pictures) open(uri string) image.Image {
	if i := slices.IndexFunc(p.kept, func(k picture) bool { return k.uri == uri }); i >= 0 {
		k := p.kept[i]
		p.kept = append(slices.Delete(p.kept, i, i+1), k)
		return k.image
	}
	m, err := p.read(uri)
	if err != nil {
		m = nil
		p.report.Note("texture of a city model that cannot be read: its surfaces have colours of our own")
	}
	p.kept = append(p.kept, picture{uri, m})
	for len(p.kept) > 1 && p.pixels() > keptPictures {
		p.kept = slices.Delete(p.kept, 0, 1)
	}
	return m
}

// pixels are those of all that is kept; a picture that cannot be read counts too.
func (p *pictures) pixels() (n int) {
	for _, k := range p.kept {
		n += 1 << 12
		if k.image != nil {
			n += k.image.Bounds().Dx() * k.image.Bounds().Dy()
		}
	}
	return n
}

func (p *pictures) read(uri string) (image.Image, error) {
	name := filepath.FromSlash(uri)
	if p.in.wrapped || !filepath.IsLocal(name) {
		return nil, os.ErrNotExist
	}
	f, err := os.Open(filepath.Join(filepath.Dir(p.in.path), name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	c, _, err := image.DecodeConfig(bufio.NewReader(f))
	if err != nil {
		return nil, err
	}
	if c.Width < 1 || c.Height < 1 || c.Width > maxTexture/c.Height {
		return nil, errors.New("too many pixels")
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	m, _, err := image.Decode(bufio.NewReader(f))
	return m, err
}

// meanWithin is the mean colour, in linear light, of a picture within a ring of texture
// coordinates (s to the right, t up, 0 to 1), by 16 × 16 points over the ring's box.
func meanWithin(m image.Image, ring []float64) (out [4]uint8, ok bool) {
	const steps = 16
	lo, hi := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for i, v := range ring {
		if !(math.Abs(v) < 1e6) {
			return out, false
		}
		lo[i%2], hi[i%2] = math.Min(lo[i%2], v), math.Max(hi[i%2], v)
	}
	var sum [3]float64
	n := 0.0
	b := m.Bounds()
	for i := range steps * steps {
		s := lo[0] + (hi[0]-lo[0])*(float64(i%steps)+0.5)/steps
		t := lo[1] + (hi[1]-lo[1])*(float64(i/steps)+0.5)/steps
		inside := false
		for k := 0; k+3 < len(ring); k += 2 {
			if x0, y0, x1, y1 := ring[k], ring[k+1], ring[k+2], ring[k+3]; (y0 > t) != (y1 > t) && s < x0+(x1-x0)*(t-y0)/(y1-y0) {
				inside = !inside
			}
		}
		if !inside {
			continue
		}
		x, y := s-math.Floor(s), 1-(t-math.Floor(t)) // textures repeat
		c := color.NRGBAModel.Convert(m.At(b.Min.X+min(int(x*float64(b.Dx())), b.Dx()-1), b.Min.Y+min(int(y*float64(b.Dy())), b.Dy()-1))).(color.NRGBA)
		for k, v := range [3]uint8{c.R, c.G, c.B} {
			sum[k] += math.Pow(float64(v)/255, 2.2)
		}
		n++
	}
	if n == 0 {
		return out, false
	}
	var mean [3]float64
	for k := range mean {
		mean[k] = math.Pow(sum[k]/n, 1/2.2)
	}
	return colorOf(mean), true
}
