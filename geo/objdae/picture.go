//go:build g3n

package objdae

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg" // the pictures that glb reads, too
	_ "image/png"
	"math"
	"path"
	"path/filepath"
	"strings"

	"github.com/longtake/longtake/geo/tiles/glb"
	"github.com/longtake/longtake/internal/srgb"
)

// The same bounds as glb's.
const (
	maxPixels    = 1 << 25
	maxAllPixels = 1 << 27
)

// pictures opens the files beside a model, and decodes each picture once.
type pictures struct {
	open   glb.Open
	images map[string]*image.NRGBA
	pixels int
}

// file opens what the model names. Absolute paths are those of the machine that wrote it:
// their last element is looked for beside the model.
func (p *pictures) file(name string) ([]byte, error) {
	local := strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "file://")
	if strings.HasPrefix(local, "/") || len(local) > 1 && local[1] == ':' {
		local = path.Base(local)
	}
	local = path.Clean(local)
	switch {
	case local == "." || !filepath.IsLocal(filepath.FromSlash(local)) || strings.Contains(local, "://"):
		return nil, fmt.Errorf("%q is not beside the model", name)
	case p.open == nil:
		return nil, fmt.Errorf("%q: external files are not read here", name)
	}
	data, err := p.open(local)
	if err != nil {
		return nil, fmt.Errorf("%q: %w", name, err)
	}
	return data, nil
}

func (p *pictures) image(name string) (*image.NRGBA, error) {
	if img, ok := p.images[name]; ok {
		return img, nil
	}
	raw, err := p.file(name)
	if err != nil {
		return nil, err
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%q: neither PNG nor JPEG: %w", name, err)
	}
	if c.Width < 1 || c.Height < 1 || c.Width > maxPixels/c.Height {
		return nil, fmt.Errorf("%q: %d×%d pixels are more than %d", name, c.Width, c.Height, maxPixels)
	}
	if p.pixels += c.Width * c.Height; p.pixels > maxAllPixels {
		return nil, errors.New("all pictures together have too many pixels")
	}
	src, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%q: %w", name, err)
	}
	img := image.NewNRGBA(image.Rect(0, 0, src.Bounds().Dx(), src.Bounds().Dy()))
	draw.Draw(img, img.Rect, src, src.Bounds().Min, draw.Src)
	if p.images == nil {
		p.images = map[string]*image.NRGBA{}
	}
	p.images[name] = img
	return img, nil
}

// linear is the linear value of an sRGB one (IEC 61966-2-1): colours of both formats are
// what a screen shows.
func linear(c float64) float32 { return float32(srgb.Light(unit(c))) }

// roughness of a Phong exponent: α² = 2/(n+2) (Walter et al. 2007, section 5.2), whose root is
// glTF's roughness.
func roughness(exponent float64) float32 {
	if !(exponent > 0) {
		return 1
	}
	return float32(math.Pow(2/(exponent+2), 0.25))
}

// unit brings a number into [0, 1]; NaN is 0.
func unit(v float64) float64 {
	if !(v > 0) {
		return 0
	}
	return min(v, 1)
}
