package basemap

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg" // formats of pictures
	_ "image/png"
	"os"

	_ "golang.org/x/image/webp"

	"github.com/longtake/longtake/layers/drawable"
)

// maxSide is the longest side of a picture in pixels: what every GPU takes.
const maxSide = 16384

// Decode reads a picture file: PNG, JPEG or WebP.
func Decode(path string) (image.Image, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	img, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return img, nil
}

// Picture turns the bytes of a PNG, JPEG or WebP into pixels for a drape.
func Picture(data []byte, name string) (*drawable.Image, error) {
	img, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b := img.Bounds()
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, img, b.Min, draw.Src)
	return &drawable.Image{Name: name, Width: b.Dx(), Height: b.Dy(), Channels: 4, SRGB: true, Pixels: out.Pix}, nil
}

func decode(data []byte) (image.Image, error) {
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("no picture that is read (PNG, JPEG, WebP): %w", err)
	}
	if max(head.Width, head.Height) > maxSide || min(head.Width, head.Height) < 1 {
		return nil, fmt.Errorf("a picture of %d×%d pixels; up to %d a side are allowed", head.Width, head.Height, maxSide)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	return img, err
}
