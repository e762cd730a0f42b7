package mark

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // formats that are read
	_ "image/png"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// mostPixels of a picture that is drawn as a mark.
const mostPixels = 64 << 20

// picture decodes PNG or JPEG. Errors begin with its name.
func picture(name string, data []byte) (*image.NRGBA, error) {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w: PNG and JPEG are read", name, err)
	}
	if c.Width*c.Height > mostPixels {
		return nil, fmt.Errorf("%s: %d×%d pixels, %d million are allowed", name, c.Width, c.Height, mostPixels>>20)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if n, ok := img.(*image.NRGBA); ok && n.Stride == 4*n.Rect.Dx() {
		return n, nil
	}
	b := img.Bounds()
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.SetNRGBA(x, y, color.NRGBAModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA))
		}
	}
	return out, nil
}

// textureKey and spriteKey are those of pictures that are kept, by their paths.
type (
	textureKey string
	spriteKey  string
)

// Texture is a picture of the scene's folder as materials want it: PNG or JPEG.
func Texture(c *layer.Context, path string) (*drawable.Image, error) {
	return layer.Keep(c, textureKey(path), func() (*drawable.Image, error) { return texture(c, path) })
}

func texture(c *layer.Context, path string) (*drawable.Image, error) {
	data, err := c.Open(path)
	if err != nil {
		return nil, err
	}
	img, err := picture(path, data)
	if err != nil {
		return nil, err
	}
	return &drawable.Image{Name: path, Width: img.Rect.Dx(), Height: img.Rect.Dy(), Channels: 4, SRGB: true, Pixels: img.Pix}, nil
}

// Sprite is a picture of the scene's folder as points want it: light times alpha, so that the mean
// of pixels is right where some are transparent.
func Sprite(c *layer.Context, path string) (*drawable.Image, error) {
	return layer.Keep(c, spriteKey(path), func() (*drawable.Image, error) {
		d, err := texture(c, path)
		if err != nil {
			return nil, err
		}
		for i := 0; i+3 < len(d.Pixels); i += 4 {
			if a := d.Pixels[i+3]; a < 255 {
				for k := range 3 {
					d.Pixels[i+k] = shaded[d.Pixels[i+k]][a/4]
				}
			}
		}
		return d, nil
	})
}

// shaded is a byte of sRGB whose light is a share of another's, by quarters of alpha.
var shaded = func() (t [256][64]uint8) {
	for v := range t {
		for a := range t[v] {
			t[v][a] = scene.SRGB(scene.Linear(uint8(v)) * (float64(a)*4 + 1.5) / 255)
		}
	}
	return t
}()
