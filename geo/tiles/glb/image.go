package glb

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg" // the two picture formats of glTF 2.0
	_ "image/png"
)

// maxPixels bounds one texture, maxAllPixels those of a model.
const (
	maxPixels    = 1 << 25
	maxAllPixels = 1 << 27
)

// textures decodes each picture of a document once.
type textures struct {
	d      *document
	images map[int]*image.NRGBA
	files  map[*image.NRGBA][]byte
	pixels int
}

func newTextures(d *document) *textures {
	return &textures{d: d, images: map[int]*image.NRGBA{}, files: map[*image.NRGBA][]byte{}}
}

// image returns the picture of a texture.
func (t *textures) image(texture int) (*image.NRGBA, error) {
	if texture < 0 || texture >= len(t.d.Textures) {
		return nil, fmt.Errorf("texture %d does not exist", texture)
	}
	src := t.d.Textures[texture].Source
	if src == nil {
		return nil, fmt.Errorf("texture %d has no PNG or JPEG source", texture)
	}
	if *src < 0 || *src >= len(t.d.Images) {
		return nil, fmt.Errorf("image %d does not exist", *src)
	}
	if img, ok := t.images[*src]; ok {
		return img, nil
	}
	img, err := t.decode(*src)
	if err != nil {
		return nil, fmt.Errorf("image %d: %w", *src, err)
	}
	t.images[*src] = img
	return img, nil
}

func (t *textures) decode(i int) (*image.NRGBA, error) {
	src := t.d.Images[i]
	var raw []byte
	var err error
	switch {
	case src.BufferView != nil:
		raw, _, err = t.d.view(*src.BufferView)
	case src.URI != "":
		raw, err = t.d.resource(src.URI)
	default:
		err = errors.New("it has neither a uri nor a bufferView")
	}
	if err != nil {
		return nil, err
	}
	c, kind, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("neither PNG nor JPEG: %w", err)
	}
	if c.Width < 1 || c.Height < 1 || c.Width > maxPixels/c.Height {
		return nil, fmt.Errorf("%d×%d pixels are more than %d", c.Width, c.Height, maxPixels)
	}
	if t.pixels += c.Width * c.Height; t.pixels > maxAllPixels {
		return nil, fmt.Errorf("all pictures together have more than %d pixels", maxAllPixels)
	}
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", kind, err)
	}
	if n, ok := img.(*image.NRGBA); ok && n.Rect.Min == (image.Point{}) && n.Stride == 4*n.Rect.Dx() {
		t.keep(n, kind, raw)
		return n, nil
	}
	out := image.NewNRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	t.keep(out, kind, raw)
	return out, nil
}

// keep remembers the file of a picture where it is one of the formats of glTF: programs may be
// able to read others, too.
func (t *textures) keep(of *image.NRGBA, kind string, raw []byte) {
	if kind == "png" || kind == "jpeg" {
		t.files[of] = raw
	}
}
