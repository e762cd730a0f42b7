package drawable

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// Curve is a line whose bends the GPU makes: the straight way between two ends, and how far
// it is off that, as a polynomial of degree six that is 0 at both. 112 bytes, uploaded as
// they are. Colour, in sRGB, and time are in proportion between the ends.
//
// At t from 0 to 1, with s = 2t-1, it is at From + t·(To-From) + t(1-t)·ΣBow[k]·sᵏ.
type Curve struct {
	From, To      [3]float32
	Bow           [5][3]float32
	Width, Offset float32 // as a LineVertex has them
	Time          [2]float32
	Color         [2][4]uint8
	Feature       uint32 // below 2³⁰
}

// CurveBatch is neighbours among the curves of Lines, which are drawn with one number of
// segments: with few where all of them are far away.
type CurveBatch struct {
	First, Count int
	Center       [3]float32 // bounding sphere
	Radius       float32
	Bend         float32 // bound of how far one of them is off the straight way
}

// bound sets what the batch has of its curves.
func (b *CurveBatch) bound(all []Curve) {
	curves := all[b.First : b.First+b.Count]
	b.Bend = 0
	for i := range curves {
		b.Bend = max(b.Bend, curves[i].Bend())
	}
	b.Center, b.Radius = BoundingSphere(3*len(curves), func(i int) [3]float32 { return curves[i/3].At(float32(i%3) / 2) })
	b.Radius += b.Bend / 2 // beyond what ends and middles span
}

// CurveNodes are where on its way a Curve is told its places: Chebyshev's extrema of degree
// six, between which the polynomial through them strays about as little as any of its degree.
var CurveNodes = func() (t [7]float64) {
	for k := range t {
		t[k] = (1 - math.Cos(float64(k)*math.Pi/6)) / 2
	}
	return t
}()

// Through sets the curve's places: those at CurveNodes. Of a great circle of an angle a, in
// radians, they are off by less than 5·10⁻⁸·a⁷ of the radius: 0.2 m of one of 6000 km, 900 m
// of one halfway round the Earth. Float32 rounds them to about a 10⁷th of their coordinates.
func (c *Curve) Through(p *[7]mgl64.Vec3) {
	for k := range 3 {
		a, b := p[0][k], p[6][k]
		bow := func(i int, over float64) float64 { return (p[i][k] - a - (b-a)*CurveNodes[i]) * over } // 1/(t(1-t))
		// Even and odd powers apart, in s² = 1/4 and 3/4.
		first, last, near, far, middle := bow(1, 16), bow(5, 16), bow(2, 16./3), bow(4, 16./3), bow(3, 4)
		even1, even3 := (near+far)/2-middle, (first+last)/2-middle
		odd1, odd3 := far-near, (last-first)/math.Sqrt(3)
		c4, c3 := (even3-3*even1)*8/3, 2*(odd3-odd1)
		c.From[k], c.To[k] = float32(a), float32(b)
		for i, v := range [5]float64{middle, odd1 - c3/4, 4*even1 - c4/4, c3, c4} {
			c.Bow[i][k] = float32(v)
		}
	}
}

// At is the curve's place at t from 0 to 1.
func (c *Curve) At(t float32) (p [3]float32) {
	s := 2*t - 1
	for k := range p {
		bow := (((c.Bow[4][k]*s+c.Bow[3][k])*s+c.Bow[2][k])*s+c.Bow[1][k])*s + c.Bow[0][k]
		p[k] = c.From[k] + t*(c.To[k]-c.From[k]) + t*(1-t)*bow
	}
	return p
}

// Bend is a bound of how far the curve is off the straight way.
func (c *Curve) Bend() float32 {
	most := [5]float32{0.25, 0.0963, 0.0625, 0.0465, 0.0371} // of t(1-t)·|s|ᵏ
	var sum float32
	for k, b := range c.Bow {
		sum += most[k] * float32(math.Sqrt(float64(b[0]*b[0]+b[1]*b[1]+b[2]*b[2])))
	}
	return sum
}
