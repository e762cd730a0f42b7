package text

import (
	"image"
	"image/draw"
	"math"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"
)

// Distance fields of glyphs of emPixels with a margin of spread on each side. A field is that of
// Green 2007 (Improved alpha-tested magnification), made by the exact Euclidean distance
// transform of Felzenszwalb & Huttenlocher 2012 at oversample times the resolution.
const (
	emPixels   = 40
	spread     = 6
	oversample = 4
)

// field is the distance field of a glyph: w×h pixels whose upper left one is at x0, y1 from the
// glyph's origin, y up. Blanks have no pixels.
type field struct {
	x0, y1, w, h int
	pixels       []byte
}

func newField(face *font.Face, gid font.GID) *field {
	outline, ok := face.GlyphDataOutline(gid)
	if !ok || len(outline.Segments) == 0 {
		return &field{}
	}
	scale := float32(emPixels) / float32(face.Upem())
	lo, hi := extent(outline.Segments)
	// Pixel box of the glyph with its margin; y up in the outline, down in the picture.
	x0, x1 := int(math.Floor(float64(lo.X*scale)))-spread, int(math.Ceil(float64(hi.X*scale)))+spread
	y0, y1 := int(math.Floor(float64(lo.Y*scale)))-spread, int(math.Ceil(float64(hi.Y*scale)))+spread
	w, h := x1-x0, y1-y0
	if w <= 0 || h <= 0 || w > atlasWidth || h > 8*emPixels {
		return &field{}
	}
	return &field{x0, y1, w, h, distanceField(outline.Segments, scale, x0, y1, w, h)}
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

// distanceField rasterises the outline large and measures distances: 128 is the edge,
// 0 and 255 are spread atlas pixels outside and inside.
func distanceField(segments []ot.Segment, scale float32, x0, y1, w, h int) []byte {
	W, H := w*oversample, h*oversample
	r := vector.NewRasterizer(W, H)
	r.DrawOp = draw.Src
	at := func(p ot.SegmentPoint) (float32, float32) {
		return (p.X*scale - float32(x0)) * oversample, (float32(y1) - p.Y*scale) * oversample
	}
	trace(segments, at, pen[float32](closing{r}))
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

// transform replaces each cell by the squared distance to the nearest zero cell, in the rows
// that are sampled.
func transform(f []float64, w, h int) {
	line, hull := make([]float64, max(w, h)), make([]int, max(w, h))
	bounds := make([]float64, max(w, h)+1)
	for x := range w {
		for y := range h {
			line[y] = f[y*w+x]
		}
		lowerEnvelope(line[:h], hull, bounds, func(y int, d float64) { f[y*w+x] = d })
	}
	for y := oversample / 2; y < h; y += oversample {
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
