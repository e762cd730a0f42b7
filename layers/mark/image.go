package mark

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // formats that are read
	_ "image/png"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// mostPixels of a picture that is drawn as a mark.
const mostPixels = 64 << 20

// Picture decodes PNG or JPEG. Errors begin with its name.
func Picture(name string, data []byte) (*image.NRGBA, error) {
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

// Texture is a picture as materials want it.
func Texture(name string, img *image.NRGBA) *drawable.Image {
	return &drawable.Image{Name: name, Width: img.Rect.Dx(), Height: img.Rect.Dy(), Channels: 4, SRGB: true, Pixels: img.Pix}
}

// Premultiplied is a picture as sprites want it: light times alpha, so that the mean of
// pixels is right where some are transparent.
func Premultiplied(name string, img *image.NRGBA) *drawable.Image {
	d := Texture(name, img)
	d.Pixels = bytes.Clone(d.Pixels)
	for i := 0; i+3 < len(d.Pixels); i += 4 {
		if a := d.Pixels[i+3]; a < 255 {
			for k := range 3 {
				d.Pixels[i+k] = shaded[d.Pixels[i+k]][a/4]
			}
		}
	}
	return d
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
