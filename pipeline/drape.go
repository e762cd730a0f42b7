package pipeline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// extentSteps is into how many parts a side of a region is cut to find what it covers of
// the picture.
const extentSteps = 4

// extent is the rectangle of pixels of a picture of a size that a tile may cover, rows from the bottom; ok is
// false where it covers none. A region that reaches behind the eye gets all of the picture.
func (c *camera) extent(t *drawable.DrapeTile, width, height int) (x0, y0, x1, y1 int, ok bool) {
	if t.Beyond != 0 {
		return 0, 0, width, height, true
	}
	left, bottom, right, top := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	behind, before := 0, 0
	for j := range extentSteps + 1 {
		for i := range extentSteps + 1 {
			lng, lat := t.Region.At(float64(i)/extentSteps, float64(j)/extentSteps)
			for _, h := range [...]float64{t.Low, t.High} {
				v := c.frame.DirToLocal(earth.Place{Lng: lng, Lat: lat, Height: h}.ECEF().Sub(c.eye))
				z := v.Dot(c.forward)
				if z < c.near {
					behind++
					continue
				}
				before++
				x, y := v.Dot(c.right)/(z*c.tanX), v.Dot(c.up)/(z*c.tanY)
				left, right = math.Min(left, x), math.Max(right, x)
				bottom, top = math.Min(bottom, y), math.Max(top, y)
			}
		}
	}
	if before == 0 {
		return 0, 0, 0, 0, false
	}
	if behind > 0 {
		return 0, 0, width, height, true
	}
	// What lies between the points bulges a little out of them.
	mx, my := 0.04*(right-left), 0.04*(top-bottom)
	pixel := func(v float64, n int) float64 { return (v*0.5 + 0.5) * float64(n) }
	x0 = int(math.Max(math.Floor(pixel(left-mx, width))-2, 0))
	x1 = int(math.Min(math.Ceil(pixel(right+mx, width))+2, float64(width)))
	y0 = int(math.Max(math.Floor(pixel(bottom-my, height))-2, 0))
	y1 = int(math.Min(math.Ceil(pixel(top+my, height))+2, float64(height)))
	return x0, y0, x1, y1, x0 < x1 && y0 < y1
}

// adjustUniforms sets how colours of pictures change, over sRGB values: a turn of the hue
// and a factor of saturation about the luminance (SVG's feColorMatrix, W3C Filter Effects),
// after contrast about the middle and brightness.
func adjustUniforms(p *gpu.Program, a drawable.Adjust) {
	if a == (drawable.Adjust{}) {
		p.Vec2("adjustTone", 1, 0)
		p.Mat3("adjustColor", &[9]float32{1, 0, 0, 0, 1, 0, 0, 0, 1})
		return
	}
	contrast := 1 + a.Contrast
	factor := contrast * (1 + a.Brightness)
	p.Vec2("adjustTone", float32(factor), float32(0.5*(1-contrast)*(1+a.Brightness)))
	grey := mgl64.Vec3{0.2126, 0.7152, 0.0722}
	luminance := mgl64.Mat3FromRows(grey, grey, grey)
	one := mgl64.Ident3()
	saturate := luminance.Add(one.Sub(luminance).Mul(1 + a.Saturation))
	sin, cos := math.Sincos(earth.Radians(a.Hue))
	around := mgl64.Mat3FromRows(mgl64.Vec3{-0.213, -0.715, 0.928}, mgl64.Vec3{0.143, 0.140, -0.283}, mgl64.Vec3{-0.787, 0.715, 0.072})
	turn := luminance.Add(one.Sub(luminance).Mul(cos)).Add(around.Mul(sin))
	m := turn.Mul3(saturate)
	var out [9]float32
	for i := range out {
		out[i] = float32(m[i])
	}
	p.Mat3("adjustColor", &out)
}
