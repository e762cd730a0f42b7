package canvas

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/vector"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// Canvas is a picture being painted: x to the right, y down, from its upper left corner.
type Canvas struct {
	Width, Height float64 // pixels of a 1080-line picture
	scale         float64
	picture       *image.RGBA // premultiplied
	raster        *vector.Rasterizer
	mask          *image.Alpha
	fonts         *Fonts
	alpha         float64
	clip          image.Rectangle
}

// Scale is the output's pixels for one of the canvas.
func (c *Canvas) Scale() float64 { return c.scale }

// most is the largest side of a picture.
const most = 8192

// New returns an empty canvas that is rasterised at scale times its size.
func New(width, height, scale float64, fonts *Fonts) *Canvas {
	side := func(v float64) int { return int(math.Round(min(max(v*scale, 1), most))) }
	c := &Canvas{Width: width, Height: height, scale: scale, fonts: fonts, alpha: 1, raster: &vector.Rasterizer{}, mask: &image.Alpha{}}
	c.picture = image.NewRGBA(image.Rect(0, 0, side(width), side(height)))
	c.clip = c.picture.Rect
	return c
}

// Picture is what has been painted: premultiplied RGBA.
func (c *Canvas) Picture(name string) *drawable.Image {
	return &drawable.Image{Name: name, Width: c.picture.Rect.Dx(), Height: c.picture.Rect.Dy(), Channels: 4, Pixels: c.picture.Pix}
}

// Faded runs a function whose marks are all drawn at a share of their opacity.
func (c *Canvas) Faded(share float64, paint func()) {
	old := c.alpha
	c.alpha *= min(max(share, 0), 1)
	if c.alpha > 0 {
		paint()
	}
	c.alpha = old
}

// Within runs a function whose marks are cut off outside a box.
func (c *Canvas) Within(b Box, paint func()) {
	old := c.clip
	c.clip = old.Intersect(c.pixels(b.X, b.Y, b.X+b.W, b.Y+b.H))
	if !c.clip.Empty() {
		paint()
	}
	c.clip = old
}

// pixels is the box of whole pixels about an extent.
func (c *Canvas) pixels(x0, y0, x1, y1 float64) image.Rectangle {
	lim := func(v float64) float64 { return min(max(v*c.scale, -most), 2*most) }
	return image.Rect(int(math.Floor(lim(x0))), int(math.Floor(lim(y0))), int(math.Ceil(lim(x1))), int(math.Ceil(lim(y1))))
}

// Crisp moves a coordinate onto the nearest edge between pixels: hairlines and boxes along
// the axes are sharp there.
func (c *Canvas) Crisp(v float64) float64 { return math.Round(v*c.scale) / c.scale }

// Hairline is the width of the thinnest line that is sharp: one pixel of a 1080-line
// picture, in whole pixels of the output.
func (c *Canvas) Hairline() float64 { return max(math.Round(c.scale), 1) / c.scale }

// Fill fills a path; parts that are inside twice are filled once.
func (c *Canvas) Fill(p *Path, ink Ink) {
	lo, hi, ok := p.extent()
	if !ok {
		return
	}
	box := c.pixels(lo.X, lo.Y, hi.X, hi.Y).Intersect(c.clip)
	if box.Empty() {
		return
	}
	c.raster.Reset(box.Dx(), box.Dy())
	p.raster(c.raster, c.scale, box.Min)
	if plain, ok := ink.(Plain); ok {
		c.raster.Draw(c.picture, box, image.NewUniform(plain.premultiplied(c.alpha)), image.Point{})
		return
	}
	if need := box.Dx() * box.Dy(); cap(c.mask.Pix) < need {
		c.mask.Pix = make([]byte, need)
	}
	c.mask.Pix, c.mask.Stride, c.mask.Rect = c.mask.Pix[:box.Dx()*box.Dy()], box.Dx(), image.Rect(0, 0, box.Dx(), box.Dy())
	c.raster.DrawOp = draw.Src
	c.raster.Draw(c.mask, c.mask.Rect, image.Opaque, image.Point{})
	c.raster.DrawOp = draw.Over
	draw.DrawMask(c.picture, box, ink.over(box, c.scale, c.alpha), image.Point{}, c.mask, image.Point{}, draw.Over)
}

// Stroke draws a line along a path, with round joins; ends are cut off.
func (c *Canvas) Stroke(p *Path, width float64, ink Ink) {
	c.Fill(p.outline(width/2, 0.2/c.scale), ink)
}

// Line is a straight stroke.
func (c *Canvas) Line(x0, y0, x1, y1, width float64, ink Ink) {
	c.Stroke((&Path{}).Move(x0, y0).Line(x1, y1), width, ink)
}

// Rule is a hairline along an axis, on whole pixels: horizontal where vertical is false, of
// a length from x, y on.
func (c *Canvas) Rule(x, y, length float64, vertical bool, ink Ink) {
	h := c.Hairline()
	if vertical {
		c.Fill(Rect(c.Crisp(x-h/2), y, h, length), ink)
	} else {
		c.Fill(Rect(x, c.Crisp(y-h/2), length, h), ink)
	}
}

// Image draws straight-alpha pixels into a box, its sides filled and the overhang cut.
func (c *Canvas) Image(img image.Image, b Box) {
	scaleInto(c, img, b)
}

// Box is a part of a canvas.
type Box struct{ X, Y, W, H float64 }

// Inset is the box without a margin.
func (b Box) Inset(m float64) Box { return Box{b.X + m, b.Y + m, max(b.W-2*m, 0), max(b.H-2*m, 0)} }

// Cut takes strips off the sides: left, top, right, bottom.
func (b Box) Cut(l, t, r, m float64) Box {
	return Box{b.X + l, b.Y + t, max(b.W-l-r, 0), max(b.H-t-m, 0)}
}

// Middle is the centre.
func (b Box) Middle() (x, y float64) { return b.X + b.W/2, b.Y + b.H/2 }

// Color is a plain ink.
func Color(c scene.Color) Ink { return Plain(c) }

// Meets tells whether two boxes overlap.
func (b Box) Meets(o Box) bool {
	return b.X < o.X+o.W && o.X < b.X+b.W && b.Y < o.Y+o.H && o.Y < b.Y+b.H
}
