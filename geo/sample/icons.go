package sample

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
)

// iconCell is the side of a cell of the sheet of icons.
const iconCell = 96

// icons is a sheet of eight pins with signs, and below them eight pictures of a ring that
// spreads.
func icons() ([]byte, error) {
	img := image.NewNRGBA(image.Rect(0, 0, 8*iconCell, 2*iconCell))
	colors := [8]color.NRGBA{{230, 57, 70, 255}, {244, 140, 6, 255}, {42, 157, 143, 255}, {38, 84, 200, 255}, {131, 56, 236, 255}, {0, 150, 199, 255}, {214, 40, 120, 255}, {70, 80, 95, 255}}
	star := func(n int, outer, inner, turn float64) [][2]float64 {
		var out [][2]float64
		for i := range 2 * n {
			r := outer
			if i%2 == 1 {
				r = inner
			}
			sin, cos := math.Sincos(math.Pi*float64(i)/float64(n) + turn)
			out = append(out, [2]float64{r * sin, r * cos})
		}
		return out
	}
	signs := [8][][2]float64{
		star(5, 1, 0.42, 0),
		{{0.2, 1}, {-0.7, -0.15}, {-0.1, -0.15}, {-0.25, -1}, {0.7, 0.2}, {0.1, 0.2}},                                                                                // a bolt
		{{0, 1}, {0.95, 0.15}, {0.7, 0.15}, {0.7, -0.8}, {-0.7, -0.8}, {-0.7, 0.15}, {-0.95, 0.15}},                                                                  // a house
		{{0.3, 0.9}, {0.3, 0.3}, {0.9, 0.3}, {0.9, -0.3}, {0.3, -0.3}, {0.3, -0.9}, {-0.3, -0.9}, {-0.3, -0.3}, {-0.9, -0.3}, {-0.9, 0.3}, {-0.3, 0.3}, {-0.3, 0.9}}, // a cross
		star(2, 1, 0.7, 0), // a diamond
		star(40, 0.8, 0.8, 0),
		{{-0.6, -1}, {-0.4, -1}, {-0.4, 0.1}, {0.9, 0.5}, {-0.4, 0.95}, {-0.6, 0.95}}, // a flag
		star(8, 1, 0.72, 0),
	}
	for i := range 8 {
		paint(img, i, 0, func(x, y float64) (color.NRGBA, bool) { // the cell is -1 to 1, y up
			cx, cy := x/0.66, (y-0.28)/0.66
			r := math.Hypot(cx, cy)
			d := r // of the drop: the circle, and below it the lines from the tip that touch it
			if cy < -0.55 {
				d = math.Abs(cx)*0.84 - cy*0.545 // the tip is 1.83 radii below the middle
			}
			switch {
			case r < 0.66 && within(signs[i], cx/0.42, cy/0.42):
				return colors[i], true
			case r < 0.68:
				return color.NRGBA{255, 255, 255, 255}, true
			case d < 0.92:
				return colors[i], true
			case d < 1:
				return color.NRGBA{255, 255, 255, 255}, true
			}
			return color.NRGBA{}, false
		})
		paint(img, i, 1, func(x, y float64) (color.NRGBA, bool) {
			r, t := math.Hypot(x, y), float64(i)/8
			ring := math.Abs(r-0.2-0.75*t) < 0.07*(1-t)+0.015
			c := color.NRGBA{90, 230, 255, 255}
			if r < 0.16 {
				return color.NRGBA{255, 255, 255, 255}, true
			}
			c.A = uint8(255 * (1 - 0.8*t))
			return c, ring || r < 0.22
		})
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), err
}

// paint fills a cell from sixteen samples a pixel.
func paint(img *image.NRGBA, column, row int, at func(x, y float64) (color.NRGBA, bool)) {
	const n = 4
	for py := range iconCell {
		for px := range iconCell {
			var sum [4]float64
			for k := range n * n {
				x := (float64(px)+(float64(k%n)+0.5)/n)/iconCell*2 - 1
				y := 1 - (float64(py)+(float64(k/n)+0.5)/n)/iconCell*2
				if c, ok := at(x, y); ok {
					a := float64(c.A) / 255
					sum[0], sum[1], sum[2], sum[3] = sum[0]+a*float64(c.R), sum[1]+a*float64(c.G), sum[2]+a*float64(c.B), sum[3]+a
				}
			}
			if sum[3] > 0 {
				img.SetNRGBA(column*iconCell+px, row*iconCell+py, color.NRGBA{uint8(math.Round(sum[0] / sum[3])), uint8(math.Round(sum[1] / sum[3])), uint8(math.Round(sum[2] / sum[3])), uint8(math.Round(sum[3] * 255 / (n * n)))})
			}
		}
	}
}

// within tells whether a point is inside a polygon, by the lines that a ray to the east crosses.
func within(p [][2]float64, x, y float64) bool {
	in := false
	for i, a := range p {
		b := p[(i+1)%len(p)]
		if (a[1] > y) != (b[1] > y) && x < a[0]+(y-a[1])/(b[1]-a[1])*(b[0]-a[0]) {
			in = !in
		}
	}
	return in
}
