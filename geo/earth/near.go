package earth

import "math"

// Near takes places to the metres of a frame, millions of them: Frame.Local within some 300 km of
// the frame by polynomials, without sines, roots and divisions for each place. They are off by a
// hundredth of float32's last digit at most, which is a millionth of a metre 300 km away.
type Near struct {
	frame    Frame
	lng, lat float64 // of the frame, degrees
	sin, cos float64 // of its latitude
	height   float64
	axis     float64 // from the axis of the Earth to the ellipsoid there
	// The meridian through the frame over the latitude from it on, in radians: how far north of the
	// frame it is, by powers from the first on, and how far up, from the second on.
	north [7]float64
	up    [6]float64
}

// Near begins it.
func (f Frame) Near() *Near {
	n := &Near{frame: f, lng: f.Origin.Lng, lat: f.Origin.Lat, height: f.Origin.Height}
	n.sin, n.cos = math.Sincos(Radians(n.lat))
	n.axis = A / math.Sqrt(1-E2*n.sin*n.sin) * n.cos
	// The radius of curvature of the meridian is A (1 - E2) w^-1.5 with w = 1 - E2 sin²: its powers
	// follow from those of w (Miller's recurrence, Knuth 4.7), and the way along the meridian is its
	// integral with cosine and sine of the angle.
	const terms = len(n.north)
	sin2, cos2 := math.Sincos(2 * Radians(n.lat))
	turned := [4]float64{cos2, -sin2, -cos2, sin2} // derivatives of the cosine
	var w, radius, sine, cosine [terms]float64
	w[0], radius[0], cosine[0] = 1-E2*n.sin*n.sin, A*(1-E2)*math.Pow(1-E2*n.sin*n.sin, -1.5), 1
	power, one := E2/2, 1.0
	for k := 1; k < terms; k++ {
		power *= 2 / float64(k)
		w[k] = power * turned[k%4]
		for j := 1; j <= k; j++ {
			radius[k] += (-1.5*float64(j) - float64(k-j)) * w[j] * radius[k-j]
		}
		radius[k] /= float64(k) * w[0]
		if one /= float64(k); k%2 == 0 {
			cosine[k] = one * float64(1-k%4)
		} else {
			sine[k] = one * float64(2-k%4)
		}
	}
	for k := range terms {
		var north, up float64
		for j := range k + 1 {
			north, up = north+radius[k-j]*cosine[j], up-radius[k-j]*sine[j]
		}
		if n.north[k] = north / float64(k+1); k > 0 {
			n.up[k-1] = up / float64(k+1)
		}
	}
	return n
}

// nearAngle is how far away, in degrees, the polynomials are used.
const nearAngle = 2.8

const radian = math.Pi / 180

// Local is a place in the frame's metres, to the east, to the north and up.
func (n *Near) Local(p Place) (x, y, z float64) {
	e, a := p.Lng-n.lng, p.Lat-n.lat
	if !(e < nearAngle && e > -nearAngle && a < nearAngle && a > -nearAngle) {
		v := n.frame.Local(p)
		return v[0], v[1], v[2]
	}
	e, a = e*radian, a*radian
	c, u := &n.north, &n.up
	y = a * (c[0] + a*(c[1]+a*(c[2]+a*(c[3]+a*(c[4]+a*(c[5]+a*c[6]))))))
	z = a * a * (u[0] + a*(u[1]+a*(u[2]+a*(u[3]+a*(u[4]+a*u[5])))))
	radius := n.axis + n.cos*z - n.sin*y // of the parallel
	if h := p.Height; h != 0 {
		b := a * a
		sin, less := a*(1-b*(1./6)*(1-b*(1./20)*(1-b*(1./42)))), b*0.5*(1-b*(1./12)*(1-b*(1./30)))
		radius += h * (n.cos - n.cos*less - n.sin*sin)
		y += h * sin
		z += h - h*less
	}
	d := e * e
	v := radius * d * (0.5 - d*((1./24)-d*((1./720)-d*(1./40320)))) // the parallel's arc bends so much to the axis
	return radius * e * (1 - d*((1./6)-d*((1./120)-d*(1./5040)))), y + n.sin*v, z - n.cos*v - n.height
}
