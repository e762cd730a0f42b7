package text

import (
	"slices"

	"github.com/go-text/typesetting/font"

	"github.com/longtake/longtake/layers/drawable"
)

// Glyphs are packed on shelves of an atlas of a fixed width that grows downwards.
const (
	atlasWidth = 1024
	// maxHeight bounds the atlas: some 2,500 glyphs.
	maxHeight = 4096
)

// cell is a glyph's box in ems relative to its origin, and its place in the atlas in its
// pixels; it is empty of blanks and where the atlas is full.
type cell struct {
	min, max     [2]float32
	uvMin, uvMax [2]float32 // upper left, lower right
	known        bool
}

type glyphKey struct {
	font *font.Font
	gid  font.GID
}

type atlas struct {
	own         *typeface
	cells       []cell // of the own typeface, by glyph
	others      map[glyphKey]cell
	inside      [2]float32 // a place that is inside of all; 0, 0 = none yet
	pixels      []byte
	x, y, shelf int
}

func newAtlas(own *typeface) *atlas { return &atlas{own: own, others: map[glyphKey]cell{}} }

// glyph returns the cell of a glyph.
func (a *atlas) glyph(face *font.Face, gid font.GID) *cell {
	if face.Font == a.own.font {
		if int(gid) >= len(a.cells) {
			a.cells = append(a.cells, make([]cell, int(gid)+64-len(a.cells))...)
		}
		c := &a.cells[gid]
		if !c.known {
			*c = a.add(a.own.field(face, gid))
		}
		return c
	}
	key := glyphKey{face.Font, gid}
	c, ok := a.others[key]
	if !ok {
		c = a.add(newField(face, gid))
		a.others[key] = c
	}
	return &c
}

// add finds a place for a glyph.
func (a *atlas) add(f *field) cell {
	if f.pixels == nil {
		return cell{known: true}
	}
	px, py, ok := a.place(f.w, f.h)
	if !ok {
		return cell{known: true}
	}
	for r := range f.h {
		copy(a.pixels[(py+r)*atlasWidth+px:], f.pixels[r*f.w:(r+1)*f.w])
	}
	return cell{
		min: [2]float32{float32(f.x0) / emPixels, float32(f.y1-f.h) / emPixels}, max: [2]float32{float32(f.x0+f.w) / emPixels, float32(f.y1) / emPixels},
		uvMin: [2]float32{float32(px), float32(py)}, uvMax: [2]float32{float32(px + f.w), float32(py + f.h)}, known: true,
	}
}

// solid is a place in the atlas that is inside, whatever is drawn from it.
func (a *atlas) solid() [2]float32 {
	if a.inside == [2]float32{} {
		const side = 4
		x, y, ok := a.place(side, side)
		if !ok {
			return a.inside
		}
		for r := range side {
			for c := range side {
				a.pixels[(y+r)*atlasWidth+x+c] = 255
			}
		}
		a.inside = [2]float32{float32(x) + side/2, float32(y) + side/2}
	}
	return a.inside
}

// place finds room for w×h pixels with a gap of one.
func (a *atlas) place(w, h int) (x, y int, ok bool) {
	if a.x+w > atlasWidth {
		a.x, a.y, a.shelf = 0, a.y+a.shelf+1, 0
	}
	if a.y+h > maxHeight {
		return 0, 0, false
	}
	x, y = a.x, a.y
	a.x += w + 1
	a.shelf = max(a.shelf, h)
	if need := (a.y + a.shelf) * atlasWidth; need > len(a.pixels) {
		a.pixels = append(a.pixels, make([]byte, need-len(a.pixels))...)
	}
	return x, y, true
}

// image returns the atlas, as high as a power of two.
func (a *atlas) image() *drawable.Image {
	height := 64
	for height*atlasWidth < len(a.pixels) {
		height *= 2
	}
	pixels := make([]byte, atlasWidth*height)
	copy(pixels, a.pixels)
	return &drawable.Image{Name: "glyphs", Width: atlasWidth, Height: height, Channels: 1, Pixels: pixels}
}

func sorted(set map[rune]bool) []rune {
	out := make([]rune, 0, len(set))
	for r := range set {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}
