package earth

import "math"

// Near takes places to the metres of a frame, millions of them: Frame.Local without a sine for
// each place that is within some 300 km of the frame.
type Near struct {
	frame    Frame
	lng, lat float64 // of the frame, radians
	sin, cos float64 // of its latitude
	axis, z  float64 // its distance from the axis of the Earth and from the equator's plane
}

// Near begins it.
func (f Frame) Near() *Near {
	n := &Near{frame: f, lng: Radians(f.Origin.Lng), lat: Radians(f.Origin.Lat), z: f.Center[2], axis: math.Hypot(f.Center[0], f.Center[1])}
	n.sin, n.cos = math.Sincos(n.lat)
	return n
}

// nearAngle is how far away, in radians, the series are used: there they are right to the last
// digit or so.
const nearAngle = 0.05

// Local is a place in the frame's metres, to the east, to the north and up.
func (n *Near) Local(p Place) (x, y, z float64) {
	east, north := Radians(p.Lng)-n.lng, Radians(p.Lat)-n.lat
	if !(math.Abs(east) < nearAngle && math.Abs(north) < nearAngle) {
		v := n.frame.Local(p)
		return v[0], v[1], v[2]
	}
	sinE, cosE := nearSincos(east)
	sinN, cosN := nearSincos(north)
	sin, cos := n.sin*cosN+n.cos*sinN, n.cos*cosN-n.sin*sinN
	r := A / math.Sqrt(1-E2*sin*sin)
	out := (r + p.Height) * cos
	u, w := out*cosE-n.axis, (r*(1-E2)+p.Height)*sin-n.z
	return out * sinE, n.cos*w - n.sin*u, n.cos*u + n.sin*w
}

// nearSincos are Taylor's series, without divisions, which take most of the time.
func nearSincos(a float64) (sin, cos float64) {
	b := a * a
	return a * (1 - b*(1./6)*(1-b*(1./20)*(1-b*(1./42)))), 1 - b*0.5*(1-b*(1./12)*(1-b*(1./30)*(1-b*(1./56))))
}
