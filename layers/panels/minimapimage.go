package panels

import (
	"image"
	"image/draw"
	"math"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
)

// aerial is a picture of the ground with ever halved copies, so that a pixel of a map is one
// sample of it however small it is shown (L. Williams, "Pyramidal Parametrics", 1983).
type aerial struct {
	levels                   []*image.RGBA // premultiplied; each half as wide and high as the one before
	west, south, east, north float64       // metres of the plan
	round                    bool          // it goes round the globe
}

func newAerial(picture image.Image, west, south, east, north float64, round bool) *aerial {
	m := image.NewRGBA(image.Rectangle{Max: picture.Bounds().Size()})
	draw.Draw(m, m.Rect, picture, picture.Bounds().Min, draw.Src)
	g := &aerial{levels: []*image.RGBA{m}, west: west, south: south, east: east, north: north, round: round}
	for m.Rect.Dx() > 1 || m.Rect.Dy() > 1 {
		m = halved(m)
		g.levels = append(g.levels, m)
	}
	return g
}

// halved is the mean of each four pixels; at odd edges, of those there are.
func halved(m *image.RGBA) *image.RGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, (w+1)/2, (h+1)/2))
	for y := range out.Rect.Dy() {
		upper, lower := m.Pix[2*y*m.Stride:], m.Pix[min(2*y+1, h-1)*m.Stride:]
		for x := range out.Rect.Dx() {
			l, r := 8*x, 4*min(2*x+1, w-1)
			for k := range 4 {
				sum := int(upper[l+k]) + int(upper[r+k]) + int(lower[l+k]) + int(lower[r+k])
				out.Pix[y*out.Stride+4*x+k] = uint8((sum + 2) / 4)
			}
		}
	}
	return out
}

// lay fills a picture with what of the ground lies below each pixel; nothing beyond its edges.
func (g *aerial) lay(out *drawable.Image, a *aimed, pixels float64) {
	size := g.levels[0].Rect.Size()
	perX, perY := float64(size.X)/(g.east-g.west), float64(size.Y)/(g.north-g.south)
	level := int(math.Log2(max(max(perX, perY)/(a.scale*pixels), 1)))
	level = min(level, len(g.levels)-1)
	share := math.Exp2(float64(-level))
	m := g.levels[level]
	for j := range out.Height {
		for i := range out.Width {
			x, y := a.from(canvas.Point{X: (float64(i) + 0.5) / pixels, Y: (float64(j) + 0.5) / pixels})
			u, v := (x-g.west)*perX, (g.north-y)*perY
			if g.round {
				u -= float64(size.X) * math.Floor(u/float64(size.X))
			}
			if u < 0 || v < 0 || u >= float64(size.X) || v >= float64(size.Y) {
				continue
			}
			g.mix((*[4]byte)(out.Pixels[4*(j*out.Width+i):]), m, u*share-0.5, v*share-0.5)
		}
	}
}

// mix is a pixel between four: u and v count from the middle of the first.
func (g *aerial) mix(out *[4]byte, m *image.RGBA, u, v float64) {
	x0, y0 := int(math.Floor(u)), int(math.Floor(v))
	fx, fy := u-float64(x0), v-float64(y0)
	w, h := m.Rect.Dx(), m.Rect.Dy()
	x1, y1 := x0+1, min(y0+1, h-1)
	y0 = max(y0, 0)
	if g.round {
		x0, x1 = (x0+w)%w, x1%w
	} else {
		x0, x1 = max(x0, 0), min(x1, w-1)
	}
	p, q := m.Pix[y0*m.Stride:], m.Pix[y1*m.Stride:]
	for k := range out {
		upper := float64(p[4*x0+k])*(1-fx) + float64(p[4*x1+k])*fx
		lower := float64(q[4*x0+k])*(1-fx) + float64(q[4*x1+k])*fx
		out[k] = byte(upper*(1-fy) + lower*fy + 0.5)
	}
}
