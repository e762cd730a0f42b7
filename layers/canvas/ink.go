package canvas

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	xdraw "golang.org/x/image/draw"
	"golang.org/x/image/math/f64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// Ink is what a path is filled with.
type Ink interface {
	// over is the ink over a box of pixels, from its corner.
	over(box image.Rectangle, scale, alpha float64) image.Image
}

// Plain is one colour.
type Plain scene.Color

func (p Plain) premultiplied(alpha float64) color.RGBA {
	a := float64(p[3]) / 255 * alpha
	return color.RGBA{byteOf(float64(p[0]) * a), byteOf(float64(p[1]) * a), byteOf(float64(p[2]) * a), byteOf(255 * a)}
}

func (p Plain) over(_ image.Rectangle, _, alpha float64) image.Image {
	return image.NewUniform(p.premultiplied(alpha))
}

func byteOf(v float64) uint8 { return uint8(math.Round(min(max(v, 0), 255))) }

// Stop is a colour at a share of a gradient.
type Stop struct {
	At    float64
	Color scene.Color
}

// Linear is a gradient from one point to another; stops rise.
type Linear struct {
	X0, Y0, X1, Y1 float64
	Stops          []Stop
}

// Down is a gradient from the top of a box to its bottom.
func Down(b Box, top, bottom scene.Color) Linear {
	return Linear{b.X, b.Y, b.X, b.Y + b.H, []Stop{{0, top}, {1, bottom}}}
}

// Along is a gradient of evenly spaced colours over a box, from left to right.
func Along(b Box, colors []scene.Color) Linear {
	g := Linear{X0: b.X, Y0: b.Y, X1: b.X + b.W, Y1: b.Y}
	for i, c := range colors {
		g.Stops = append(g.Stops, Stop{float64(i) / float64(max(len(colors)-1, 1)), c})
	}
	return g
}

// At is the colour at a share of the gradient.
func (g Linear) At(t float64) scene.Color {
	if len(g.Stops) == 0 {
		return scene.Color{}
	}
	if t <= g.Stops[0].At {
		return g.Stops[0].Color
	}
	for i := 1; i < len(g.Stops); i++ {
		if a, b := g.Stops[i-1], g.Stops[i]; t <= b.At {
			return a.Color.Mix(b.Color, (t-a.At)/max(b.At-a.At, 1e-9))
		}
	}
	return g.Stops[len(g.Stops)-1].Color
}

func (g Linear) over(box image.Rectangle, scale, alpha float64) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, box.Dx(), box.Dy()))
	dx, dy := (g.X1-g.X0)*scale, (g.Y1-g.Y0)*scale
	l2 := max(dx*dx+dy*dy, 1e-9)
	for y := range box.Dy() {
		row := img.Pix[y*img.Stride : y*img.Stride+4*box.Dx()]
		for x := range box.Dx() {
			px, py := float64(box.Min.X+x)+0.5-g.X0*scale, float64(box.Min.Y+y)+0.5-g.Y0*scale
			if x > 0 && dx == 0 {
				copy(row[4*x:4*x+4], row)
				continue
			}
			c := Plain(g.At((float64(px*dx) + float64(py*dy)) / l2)).premultiplied(alpha)
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = c.R, c.G, c.B, c.A
		}
	}
	return img
}

// scaleInto draws an image into a box, filling it and cut about its middle.
func scaleInto(c *Canvas, img image.Image, b Box) {
	dst := c.pixels(b.X, b.Y, b.X+b.W, b.Y+b.H)
	src := img.Bounds()
	if dst.Empty() || src.Empty() {
		return
	}
	// The part of the source with the box's shape.
	w, h := float64(src.Dx()), float64(src.Dy())
	if want := float64(dst.Dx()) / float64(dst.Dy()); w/h > want {
		cut := (w - h*want) / 2
		src.Min.X, src.Max.X = src.Min.X+int(cut), src.Max.X-int(cut)
	} else {
		cut := (h - w/want) / 2
		src.Min.Y, src.Max.Y = src.Min.Y+int(cut), src.Max.Y-int(cut)
	}
	part := c.picture.SubImage(c.clip).(*image.RGBA)
	if c.alpha >= 1 {
		xdraw.CatmullRom.Scale(part, dst, img, src, xdraw.Over, nil)
		return
	}
	mask := image.NewUniform(color.Alpha{byteOf(255 * c.alpha)})
	xdraw.CatmullRom.Scale(part, dst, img, src, xdraw.Over, &xdraw.Options{SrcMask: mask})
}

// Turned draws straight-alpha pixels about a middle at a width and height, turned by degrees
// clockwise.
func (c *Canvas) Turned(img image.Image, x, y, w, h, degrees float64) {
	src := img.Bounds()
	if src.Empty() {
		return
	}
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	u, v := w*c.scale/float64(src.Dx()), h*c.scale/float64(src.Dy()) // output pixels a pixel
	mx, my := float64(src.Min.X+src.Max.X)/2, float64(src.Min.Y+src.Max.Y)/2
	to := f64.Aff3{
		u * cos, -v * sin, x*c.scale - u*cos*mx + v*sin*my,
		u * sin, v * cos, y*c.scale - u*sin*mx - v*cos*my,
	}
	part := c.picture.SubImage(c.clip).(*image.RGBA)
	xdraw.CatmullRom.Transform(part, to, img, src, xdraw.Over, &xdraw.Options{SrcMask: image.NewUniform(color.Alpha{byteOf(255 * c.alpha)})})
}

// Lay draws a picture of the canvas' scale, premultiplied, with its upper left corner at a
// place.
func (c *Canvas) Lay(p *drawable.Image, x, y float64) {
	src := &image.RGBA{Pix: p.Pixels, Stride: 4 * p.Width, Rect: image.Rect(0, 0, p.Width, p.Height)}
	at := image.Pt(int(math.Round(x*c.scale)), int(math.Round(y*c.scale)))
	draw.DrawMask(c.picture, src.Rect.Add(at).Intersect(c.clip), src, c.clip.Intersect(src.Rect.Add(at)).Min.Sub(at), image.NewUniform(color.Alpha{byteOf(255 * c.alpha)}), image.Point{}, draw.Over)
}
