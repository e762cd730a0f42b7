package text

import (
	"strings"

	"github.com/longtake/longtake/layers/drawable"
)

// Options choose the fonts.
type Options struct {
	Bold   bool // the Go font's weight
	System bool // fall back to the system's fonts for characters that the Go fonts lack
}

// Typesetter lays out lines of text and collects their glyphs in one atlas. It is not
// safe for concurrent use.
type Typesetter struct {
	*Shaper
	atlas *atlas
}

// NewTypesetter loads the fonts.
func NewTypesetter(o Options) (*Typesetter, error) {
	w := Regular
	if o.Bold {
		w = Bold
	}
	s, err := NewShaper(w, o.System)
	if err != nil {
		return nil, err
	}
	return &Typesetter{Shaper: s, atlas: newAtlas(s.own)}, nil
}

// Layout shapes a text of one or more lines ("\n") set centred on the anchor with its
// baseline block centred vertically. Size is the em in pixels of a 1080-line picture.
// Offsets of the quads are in those pixels, y up.
func (t *Typesetter) Layout(s string, size float32) ([]drawable.GlyphQuad, [2]float32, [2]float32) {
	return t.Append(nil, s, size)
}

// Append is Layout that appends to quads.
func (t *Typesetter) Append(quads []drawable.GlyphQuad, s string, size float32) (out []drawable.GlyphQuad, lo, hi [2]float32) {
	const leading = 1.25
	last := strings.Count(s, "\n")
	for i := 0; ; i++ {
		line, rest, more := strings.Cut(s, "\n")
		y := size * (leading*(float32(last)/2-float32(i)) - 0.35) // capitals stand on -0.35 em
		var width float32
		quads, width = t.centred(quads, line, size, y)
		lo[0], hi[0] = min(lo[0], -width/2), max(hi[0], width/2)
		lo[1], hi[1] = min(lo[1], y-0.25*size), max(hi[1], y+0.95*size)
		if !more {
			return quads, lo, hi
		}
		s = rest
	}
}

// centred lays one line out about x = 0.
func (t *Typesetter) centred(quads []drawable.GlyphQuad, s string, size, y float32) ([]drawable.GlyphQuad, float32) {
	glyphs, width := t.line(s)
	for i := range glyphs {
		g := &glyphs[i]
		cell := t.atlas.glyph(g.face, g.gid)
		if cell.max[0] <= cell.min[0] {
			continue
		}
		x0, y0 := (g.x-width/2)*size, y+g.y*size
		quads = append(quads, drawable.GlyphQuad{
			Min:   [2]float32{x0 + cell.min[0]*size, y0 + cell.min[1]*size},
			Max:   [2]float32{x0 + cell.max[0]*size, y0 + cell.max[1]*size},
			UVMin: cell.uvMin, UVMax: cell.uvMax,
		})
	}
	return quads, width * size
}

// Atlas returns the distance field of all glyphs laid out so far and its spread in atlas
// pixels. Call it when everything is laid out.
func (t *Typesetter) Atlas() (*drawable.Image, float32) { return t.atlas.image(), spread }

// Rule is a filled box among glyphs, in pixels from the anchor.
func (t *Typesetter) Rule(lo, hi [2]float32) drawable.GlyphQuad {
	uv := t.atlas.solid()
	return drawable.GlyphQuad{Min: lo, Max: hi, UVMin: uv, UVMax: uv}
}
