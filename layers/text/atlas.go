package text

import (
	"image"
	"image/draw"
	"math"
	"slices"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"

	"github.com/longtake/longtake/layers/drawable"
)

// The distance field: glyphs of emPixels with a margin of spread on each side, in an
// atlas of a fixed width that grows downwards (shelf packing). The field is that of
// Green 2007 (Improved alpha-tested magnification), made by the exact Euclidean distance
// transform of Felzenszwalb & Huttenlocher 2012 at oversample times the resolution.
const (
	emPixels   = 40
	spread     = 6
	oversample = 4
	atlasWidth = 1024
	// maxHeight bounds the atlas: some 2,500 glyphs.
	maxHeight = 4096
)

// cell is a glyph's box in ems relative to its origin, and its place in the atlas.
type cell struct {
	min, max     [2]float32
	uvMin, uvMax [2]float32 // upper left, lower right
}

type glyphKey struct {
	font *font.Font
	gid  font.GID
}

type atlas struct {
	cells       map[glyphKey]cell
	inside      [2]float32 // a place that is inside of all; 0, 0 = none yet
	pixels      []byte
	x, y, shelf int
}

// The height is fixed from the start, so that places in the atlas are known at once.
func newAtlas() *atlas { return &atlas{cells: map[glyphKey]cell{}} }

// glyph returns the cell of a glyph; ok is false for blanks and where the atlas is full.
func (a *atlas) glyph(face *font.Face, gid font.GID) (cell, bool) {
	key := glyphKey{face.Font, gid}
	c, ok := a.cells[key]
	if !ok {
		c = a.add(face, gid)
		a.cells[key] = c
	}
	return c, c.max[0] > c.min[0]
}

func (a *atlas) add(face *font.Face, gid font.GID) cell {
	outline, ok := face.GlyphDataOutline(gid)
	if !ok || len(outline.Segments) == 0 {
		return cell{}
	}
	scale := float32(emPixels) / float32(face.Upem())
	lo, hi := extent(outline.Segments)
	// Pixel box of the glyph with its margin; y up in the outline, down in the picture.
	x0, x1 := int(math.Floor(float64(lo.X*scale)))-spread, int(math.Ceil(float64(hi.X*scale)))+spread
	y0, y1 := int(math.Floor(float64(lo.Y*scale)))-spread, int(math.Ceil(float64(hi.Y*scale)))+spread
	w, h := x1-x0, y1-y0
	if w <= 0 || h <= 0 || w > atlasWidth || h > 8*emPixels {
		return cell{}
	}
	px, py, ok := a.place(w, h)
	if !ok {
		return cell{}
	}
	field := distanceField(outline.Segments, scale, x0, y1, w, h)
	for r := range h {
		copy(a.pixels[(py+r)*atlasWidth+px:], field[r*w:(r+1)*w])
	}
	return cell{
		min: [2]float32{float32(x0) / emPixels, float32(y0) / emPixels}, max: [2]float32{float32(x1) / emPixels, float32(y1) / emPixels},
		uvMin: [2]float32{float32(px) / atlasWidth, float32(py) / maxHeight}, uvMax: [2]float32{float32(px+w) / atlasWidth, float32(py+h) / maxHeight},
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
		a.inside = [2]float32{(float32(x) + side/2) / atlasWidth, (float32(y) + side/2) / maxHeight}
	}
	return a.inside
}

func extent(segments []ot.Segment) (lo, hi ot.SegmentPoint) {
	lo = ot.SegmentPoint{X: math.MaxFloat32, Y: math.MaxFloat32}
	hi = ot.SegmentPoint{X: -math.MaxFloat32, Y: -math.MaxFloat32}
	for _, s := range segments {
		for _, p := range s.ArgsSlice() {
			lo.X, lo.Y, hi.X, hi.Y = min(lo.X, p.X), min(lo.Y, p.Y), max(hi.X, p.X), max(hi.Y, p.Y)
		}
	}
	return lo, hi
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

// image returns the atlas; its height is fixed so that the cells' places hold.
func (a *atlas) image() *drawable.Image {
	pixels := make([]byte, atlasWidth*maxHeight)
	copy(pixels, a.pixels)
	return &drawable.Image{Name: "glyphs", Width: atlasWidth, Height: maxHeight, Channels: 1, Pixels: pixels}
}

// distanceField rasterises the outline large and measures distances: 128 is the edge,
// 0 and 255 are spread atlas pixels outside and inside.
func distanceField(segments []ot.Segment, scale float32, x0, y1, w, h int) []byte {
	W, H := w*oversample, h*oversample
	r := vector.NewRasterizer(W, H)
	r.DrawOp = draw.Src
	at := func(p ot.SegmentPoint) (float32, float32) {
		return (p.X*scale - float32(x0)) * oversample, (float32(y1) - p.Y*scale) * oversample
	}
	for i, s := range segments {
		x, y := at(s.Args[0])
		switch s.Op {
		case ot.SegmentOpMoveTo:
			if i > 0 {
				r.ClosePath()
			}
			r.MoveTo(x, y)
		case ot.SegmentOpLineTo:
			r.LineTo(x, y)
		case ot.SegmentOpQuadTo:
			x2, y2 := at(s.Args[1])
			r.QuadTo(x, y, x2, y2)
		case ot.SegmentOpCubeTo:
			x2, y2 := at(s.Args[1])
			x3, y3 := at(s.Args[2])
			r.CubeTo(x, y, x2, y2, x3, y3)
		}
	}
	r.ClosePath()
	cover := image.NewAlpha(image.Rect(0, 0, W, H))
	r.Draw(cover, cover.Bounds(), image.Opaque, image.Point{})
	inside, outside := make([]float64, W*H), make([]float64, W*H)
	for i, c := range cover.Pix {
		if c >= 128 {
			outside[i], inside[i] = 0, far
		} else {
			outside[i], inside[i] = far, 0
		}
	}
	transform(outside, W, H) // distance to the shape, outside it
	transform(inside, W, H)  // distance to the background, inside it
	out := make([]byte, w*h)
	for j := range h {
		for i := range w {
			k := (j*oversample+oversample/2)*W + i*oversample + oversample/2
			d := (math.Sqrt(inside[k]) - math.Sqrt(outside[k])) / oversample
			out[j*w+i] = byte(math.Round(min(max(128+d*127/spread, 0), 255)))
		}
	}
	return out
}

const far = 1e12

// transform replaces each cell by the squared distance to the nearest zero cell.
func transform(f []float64, w, h int) {
	line, hull := make([]float64, max(w, h)), make([]int, max(w, h))
	bounds := make([]float64, max(w, h)+1)
	for x := range w {
		for y := range h {
			line[y] = f[y*w+x]
		}
		lowerEnvelope(line[:h], hull, bounds, func(y int, d float64) { f[y*w+x] = d })
	}
	for y := range h {
		copy(line, f[y*w:(y+1)*w])
		lowerEnvelope(line[:w], hull, bounds, func(x int, d float64) { f[y*w+x] = d })
	}
}

// lowerEnvelope is the one-dimensional squared distance transform: the lower envelope of
// the parabolas rooted at each cell.
func lowerEnvelope(f []float64, hull []int, bounds []float64, set func(i int, d float64)) {
	k := 0
	hull[0], bounds[0], bounds[1] = 0, -far, far
	meet := func(p, q int) float64 {
		return (f[q] + float64(q*q) - f[p] - float64(p*p)) / float64(2*(q-p))
	}
	for q := 1; q < len(f); q++ {
		s := meet(hull[k], q)
		for s <= bounds[k] && k > 0 {
			k--
			s = meet(hull[k], q)
		}
		if s > bounds[k] {
			k++
		}
		hull[k], bounds[k+1] = q, far
		if k > 0 {
			bounds[k] = s
		}
	}
	k = 0
	for q := range f {
		for bounds[k+1] < float64(q) {
			k++
		}
		p := hull[k]
		set(q, float64((q-p)*(q-p))+f[p])
	}
}

func sorted(set map[rune]bool) []rune {
	out := make([]rune, 0, len(set))
	for r := range set {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}
