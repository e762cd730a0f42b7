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
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "picture", Group: "panels", Doc: "a picture, a logo or a video from a file",
	New: func() any {
		p := &Picture{Panel: wide("top-right", 260), Play: mark.Plays()}
		p.Glass = false
		return p
	},
	Examples: []scene.Example{
		{Layer: `file: globe.png, width: 420, glass: true, heading: "The island, from orbit", anchor: center, zoom: 2.4`},
		{Name: "video", Doc: "a video beside the data, a frame for each time of the story", Layer: `video: footage.avi, width: 420, glass: true, heading: "Live from the bay", anchor: center, zoom: 2.4`},
	},
})

// Picture shows a PNG or JPEG, or the frames of a video.
type Picture struct {
	Panel
	mark.Play
	File  string `json:"file" format:"path" doc:"PNG or JPEG"`
	Video string `json:"video" format:"path" doc:"in place of a file: one that ffmpeg reads, such as MP4 or WebM"`
	image image.Image
	video *drawable.Video
	size  [2]int // of either
}

// CheckScene wants one thing to show.
func (g *Picture) CheckScene(fail func(field, found, allowed string)) {
	g.Panel.CheckScene(fail)
	if (g.File == "") == (g.Video == "") {
		fail("file", mark.OneOf(g.File, g.Video), "a file or a video is needed")
	}
}

// largest is the number of pixels from which a picture is refused.
const largest = 64 << 20

// Draw makes one panel.
func (g *Picture) Draw(c *layer.Context) ([]drawable.Draw, error) {
	shown, err := g.opened(c)
	if err != nil {
		return nil, err
	}
	return g.Panel.Draw(c, shown)
}

// pictureKey is a decoded file's place among what is kept.
type pictureKey string

// opened is the picture with what it shows.
func (g *Picture) opened(c *layer.Context) (*Picture, error) {
	shown := *g
	if g.Video != "" {
		v, f, err := g.Play.Video(c, g.Video, nil)
		if err != nil {
			return nil, err
		}
		shown.video, shown.size = v, [2]int{f.Width, f.Height}
		return &shown, nil
	}
	var err error
	shown.image, err = layer.Keep(c, pictureKey(g.File), func() (image.Image, error) {
		data, err := c.Open(g.File)
		if err != nil {
			return nil, err
		}
		img, err := decode(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", g.File, err)
		}
		return img, nil
	})
	if err != nil {
		return nil, err
	}
	shown.size = [2]int{shown.image.Bounds().Dx(), shown.image.Bounds().Dy()}
	return &shown, nil
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
func (g *Picture) Files() []*string { return mark.Given(&g.File, &g.Video) }

// Measure keeps the picture's shape.
func (g *Picture) Measure(_ *canvas.Fonts, width float64) (w, h float64) {
	if width == 0 {
		width = min(float64(g.size[0]), 600)
	}
	return width, width * float64(g.size[1]) / float64(g.size[0])
}

// State is a video's frame.
func (g *Picture) State(v *drawable.PanelView) any {
	if g.video == nil || v.Footage == nil {
		return nil
	}
	return v.Footage(g.video)
}

// Paint draws the picture.
func (g *Picture) Paint(p *Painter) {
	if g.video == nil {
		p.Image(g.image, p.Box)
		return
	}
	if p.View.Footage != nil {
		if f := p.View.Footage(g.video); f != nil {
			p.Image(&image.NRGBA{Pix: f.Pixels, Stride: 4 * f.Width, Rect: image.Rect(0, 0, f.Width, f.Height)}, p.Box)
			return
		}
	}
	x, y := p.Box.Middle()
	p.Write("no picture of this video", x, y, Centred(p.Small()))
}
