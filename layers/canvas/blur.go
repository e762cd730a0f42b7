package canvas

import (
	"image"
	"image/draw"
	"math"
)

// blurred fills a path blurred over a distance: three box filters, which are close to a
// Gaussian (Wells 1986, Efficient synthesis of Gaussian filters by cascaded uniform filters).
func (c *Canvas) blurred(p *Path, reach float64, ink Plain) {
	lo, hi, ok := p.extent()
	if !ok {
		return
	}
	radius := max(int(math.Round(reach*c.scale/2)), 1)
	box := c.pixels(lo.X, lo.Y, hi.X, hi.Y).Inset(-3 * radius)
	if box.Intersect(c.clip).Empty() || box.Dx() > most || box.Dy() > most {
		return
	}
	mask := image.NewAlpha(image.Rect(0, 0, box.Dx(), box.Dy()))
	c.raster.Reset(box.Dx(), box.Dy())
	p.raster(c.raster, c.scale, box.Min)
	c.raster.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	line := make([]uint8, max(box.Dx(), box.Dy()))
	for range 3 {
		for y := range box.Dy() {
			average(mask.Pix[y*mask.Stride:], 1, box.Dx(), radius, line)
		}
		for x := range box.Dx() {
			average(mask.Pix[x:], mask.Stride, box.Dy(), radius, line)
		}
	}
	for i, v := range mask.Pix { // as dark as the letters themselves where they are wide
		mask.Pix[i] = uint8(min(2*int(v), 255))
	}
	at := box.Intersect(c.clip)
	draw.DrawMask(c.picture, at, image.NewUniform(ink.premultiplied(c.alpha)), image.Point{}, mask, at.Min.Sub(box.Min), draw.Over)
}

// average replaces n values, a step apart, by the means of those within a radius.
func average(v []uint8, step, n, radius int, line []uint8) {
	for i := range n {
		line[i] = v[i*step]
	}
	sum, wide := 0, 2*radius+1
	for i := range min(radius, n) {
		sum += int(line[i])
	}
	for i := range n {
		if k := i + radius; k < n {
			sum += int(line[k])
		}
		if k := i - radius - 1; k >= 0 {
			sum -= int(line[k])
		}
		v[i*step] = uint8(sum / wide)
	}
}
