package panels

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // formats that pictures come in
	_ "image/png"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "picture", Group: "panels", Doc: "a picture or logo from a file",
	New:      func() any { p := &Picture{Panel: wide("top-right", 260)}; p.Glass = false; return p },
	Examples: []scene.Example{{Layer: `file: globe.png, width: 420, glass: true, heading: "The island, from orbit", anchor: center, zoom: 2.4`}},
})

// Picture shows a PNG or JPEG.
type Picture struct {
	Panel
	File  string `json:"file" format:"path" required:"true" doc:"PNG or JPEG"`
	image image.Image
}

// largest is the number of pixels from which a picture is refused.
const largest = 64 << 20

// Draw makes one panel.
func (g *Picture) Draw(c *layer.Context) ([]drawable.Draw, error) {
	data, err := c.Open(g.File)
	if err != nil {
		return nil, err
	}
	shown := *g
	if shown.image, err = decode(data); err != nil {
		return nil, fmt.Errorf("%s: %w", g.File, err)
	}
	return g.Panel.Draw(c, &shown)
}

func decode(data []byte) (image.Image, error) {
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("no PNG or JPEG: %w", err)
	}
	if head.Width < 1 || head.Height < 1 || head.Width*head.Height > largest {
		return nil, fmt.Errorf("a picture of %d×%d is not used: %d million pixels are the most", head.Width, head.Height, largest>>20)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return img, nil
}

// Files are those that a package takes along.
func (g *Picture) Files() []*string { return []*string{&g.File} }

// Measure keeps the picture's shape.
func (g *Picture) Measure(_ *canvas.Fonts, width float64) (w, h float64) {
	b := g.image.Bounds()
	if width == 0 {
		width = min(float64(b.Dx()), 600)
	}
	return width, width * float64(b.Dy()) / float64(b.Dx())
}

// State never changes.
func (g *Picture) State(*drawable.PanelView) any { return nil }

// Paint draws the picture.
func (g *Picture) Paint(p *Painter) { p.Image(g.image, p.Box) }
