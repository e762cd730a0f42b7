package read

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	_ "image/jpeg" // the formats of textures
	_ "image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
)

// Appearances (OGC 12-019, chapter 9): the diffuse colours of X3DMaterials, and of
// textures the mean over the part that a surface shows. Pictures are not carried on:
// surfaces keep the tone that was photographed.

// maxTexture bounds a picture's pixels.
const maxTexture = 1 << 26

// paint notes what all appearances of the file give to surfaces, where it has any beside
// those within objects: they commonly follow the objects that they belong to.
func (g *gmlReader) paint(ctx context.Context) error {
	r, err := g.b.in.open()
	if err != nil {
		return err
	}
	found, err := holds(r, []byte("appearanceMember"))
	r.Close()
	if err != nil || !found {
		return nil // the pass over the objects says what is wrong
	}
	g.painting = true
	err = g.pass(ctx, nil)
	g.painting = false
	return err
}

// holds tells whether a text is in a stream.
func holds(r io.Reader, text []byte) (bool, error) {
	b := bufio.NewReaderSize(r, 1<<16)
	for {
		chunk, err := b.Peek(1 << 16)
		if bytes.Contains(chunk, text) {
			return true, nil
		}
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return false, err
		}
		if _, err := b.Discard(len(chunk) - len(text)); err != nil {
			return false, err
		}
	}
}

// appearances notes the colours that an element's materials and textures give to surfaces.
func (g *gmlReader) appearances(n *gmlNode) {
	n.walk(func(e *gmlNode) bool {
		switch e.name {
		case "X3DMaterial":
			g.material(e)
		case "ParameterizedTexture":
			g.texture(e)
		default:
			return true
		}
		return false
	})
}

func (g *gmlReader) give(id string, c [4]uint8) {
	if g.colors == nil {
		g.colors = map[string][4]uint8{}
	}
	if len(g.colors) < maxPainted {
		g.colors[strings.TrimPrefix(id, "#")] = c
	}
}

// maxPainted bounds the surfaces whose colours are kept.
const maxPainted = 4 << 20

func (g *gmlReader) material(e *gmlNode) {
	c := e.child("diffuseColor")
	if c == nil {
		return
	}
	rgb := numbers(c.text)
	if len(rgb) != 3 {
		return
	}
	for _, t := range e.children {
		if t.name == "target" {
			g.give(t.text, colorOf([3]float64(rgb)))
		}
	}
}

func (g *gmlReader) texture(e *gmlNode) {
	uri := e.child("imageURI")
	if uri == nil {
		return
	}
	var picture image.Image
	for _, t := range e.children {
		if t.name != "target" || t.href == "" {
			continue
		}
		var at []float64
		t.walk(func(c *gmlNode) bool {
			if c.name == "textureCoordinates" && at == nil { // the outer ring's come first
				at = numbers(c.text)
			}
			return at == nil
		})
		if len(at) < 6 {
			continue
		}
		if picture == nil {
			var err error
			if picture, err = g.picture(uri.text); err != nil {
				g.b.c.o.Report.Note("texture of a city model that cannot be read: its surfaces have colours of our own")
				return
			}
		}
		if c, ok := meanWithin(picture, at); ok {
			g.give(t.href, c)
		}
	}
}

// picture reads a texture that lies below the folder of its file.
func (g *gmlReader) picture(uri string) (image.Image, error) {
	name := filepath.FromSlash(uri)
	if g.b.in.wrapped || !filepath.IsLocal(name) {
		return nil, os.ErrNotExist
	}
	f, err := os.Open(filepath.Join(filepath.Dir(g.b.in.path), name))
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
