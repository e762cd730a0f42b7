package read

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
)

// Appearances (OGC 12-019, chapter 9): the diffuse colours of X3DMaterials, and of
// textures the mean over the part that a surface shows.

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
		picture := g.b.pictures.open(uri.text)
		if picture == nil {
			return
		}
		if c, ok := meanWithin(picture, at); ok {
			g.give(t.href, c)
		}
	}
}
