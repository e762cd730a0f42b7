package scene

import (
	"math"

	"github.com/longtake/longtake/geo/earth"
)

// between is the camera a share f of the way from a to b: along the great circle, height and
// what it counts from evenly, angles the short way. With targets at both ends the target moves likewise and
// stays in the middle of the picture; with one, the other end looks as it does.
func between(a, b Camera, f float64) Camera {
	switch {
	case f <= 0:
		return *cloned(&a)
	case f >= 1:
		return *cloned(&b)
	}
	path := newArc(a.Lng, a.Lat, b.Lng, b.Lat)
	c := b.counting(lerp(a.grounded(), b.grounded(), f))
	c.Lng, c.Lat = path.at(f)
	c.Height = lerp(a.Height, b.Height, f)
	c.Roll = lerpAngle(a.Roll, b.Roll, f)
	c.FOV = lerpLog(a.FOV, b.FOV, f)
	c.Target = nil
	if a.Target != nil && b.Target != nil {
		c.Heading, c.Pitch = 0, 0
		c.Target = betweenPlaces(*a.Target, *b.Target, f)
		return c
	}
	a, b = turned(a), turned(b)
	c.Heading = path.heading(a.Heading, b.Heading, f, f)
	c.Pitch = lerp(a.Pitch, b.Pitch, f)
	return c
}

func betweenPlaces(a, b Place, f float64) *Place {
	lng, lat := newArc(a.Lng, a.Lat, b.Lng, b.Lat).at(f)
	return &Place{lng, lat, lerp(a.Height, b.Height, f)}
}

// turned returns the camera with its target as heading and pitch. For a camera above the
// ground both heights are taken as if the ground were level, because the story does not
// know it.
func turned(c Camera) Camera {
	if c.Target == nil {
		return c
	}
	p := c.Pose(nil)
	c.Heading, c.Pitch = direction(earth.FrameAt(c.Place()), p.Forward)
	c.Target = nil
	return c
}

// spline is the camera on segment i → i+1 of a Catmull-Rom spline whose knots are the
// keyframes' times (the non-uniform form, so that speed is steady across unequal
// segments). It rests at holds and where the
// neighbouring segment is eased another way. Heights and angles of pitch, roll and field of
// view are held monotone between keyframes after Fritsch and Carlson 1980, and places
// likewise, so that the camera overshoots neither into the ground nor into a wall.
func (s *Story) spline(i int, f float64) Camera {
	k := s.Keyframes
	a, b := k[i], k[i+1]
	if newArc(a.Camera.Lng, a.Camera.Lat, b.Camera.Lng, b.Camera.Lat).angle > 2 {
		return between(a.Camera, b.Camera, smooth(f)) // too far round for chords
	}
	h := b.At.Sub(a.At.Add(a.Hold)).Seconds()
	run := []Camera{a.Camera, b.Camera}
	step := []float64{h}
	first := 0
	if i > 0 && a.Ease == "spline" && (a.Hold == Time{}) {
		run, first = append([]Camera{k[i-1].Camera}, run...), 1
		step = append([]float64{a.At.Sub(k[i-1].At.Add(k[i-1].Hold)).Seconds()}, step...)
	}
	stopA := (a.Hold != Time{}) || (i > 0 && a.Ease != "spline" && a.Ease != "cut")
	stopB := (b.Hold != Time{}) || (i+2 < len(k) && k[i+2].Ease != "spline")
	if i+2 < len(k) && !stopB {
		run = append(run, k[i+2].Camera)
		step = append(step, k[i+2].At.Sub(b.At).Seconds())
	}
	eased := func(values []float64, monotone bool, slow []float64, stopA, stopB bool) float64 {
		m0, m1 := slopes(values, step, first, monotone, slow)
		if stopA {
			m0 = 0
		}
		if stopB {
			m1 = 0
		}
		return hermite(values[first], values[first+1], m0*h, m1*h, f)
	}
	lane := func(values []float64, monotone bool) float64 { return eased(values, monotone, nil, stopA, stopB) }
	// Where heights begin or cease to count from the ground, they and the ground's share rest at
	// both ends: so they run alike, and the eye is nowhere lower above the ground than at one of
	// them. With slopes of their own the share could lag behind the height, down into the ground.
	turns := func(j int) bool {
		differ := func(j int) bool {
			return j >= 0 && j+1 < len(run) && run[j].grounded() != run[j+1].grounded()
		}
		return differ(j-1) || differ(j)
	}
	restA, restB := stopA || turns(first), stopB || turns(first+1)
	high := func(values []float64) float64 { return eased(values, true, nil, restA, restB) }
	place := func(get func(c *Camera) (lng, lat float64)) (lng, lat float64) {
		axes := make([][]float64, 3)
		for j := range run {
			for axis, x := range normal(get(&run[j])) {
				axes[axis] = append(axes[axis], x)
			}
		}
		slow := brakes(axes, step)
		var n [3]float64 // the ellipsoid's normal there
		for axis := range n {
			n[axis] = eased(axes[axis], false, slow, stopA, stopB)
		}
		return lngLat(n)
	}
	of := func(get func(c *Camera) float64) []float64 {
		out := make([]float64, len(run))
		for j := range run {
			out[j] = get(&run[j])
		}
		return out
	}
	c := b.Camera.counting(high(of((*Camera).grounded)))
	c.Lng, c.Lat = place(func(c *Camera) (float64, float64) { return c.Lng, c.Lat })
	c.Height = high(of(func(c *Camera) float64 { return c.Height }))
	c.Roll = lane(unwound(of(func(c *Camera) float64 { return c.Roll })), true)
	c.FOV = lane(of(func(c *Camera) float64 { return c.FOV }), true)
	c.Target = nil
	if all(run, func(c *Camera) bool { return c.Target != nil }) {
		c.Heading, c.Pitch = 0, 0
		c.Target = &Place{Height: high(of(func(c *Camera) float64 { return c.Target.Height }))}
		c.Target.Lng, c.Target.Lat = place(func(c *Camera) (float64, float64) { return c.Target.Lng, c.Target.Lat })
		return c
	}
	for j := range run {
		run[j] = turned(run[j])
	}
	c.Heading = turn360(lane(unwound(of(func(c *Camera) float64 { return c.Heading })), false))
	c.Pitch = lane(of(func(c *Camera) float64 { return c.Pitch }), true)
	return c
}

func all(run []Camera, ok func(c *Camera) bool) bool {
	for i := range run {
		if !ok(&run[i]) {
			return false
		}
	}
	return true
}

// unwound adds whole turns so that each angle is within half a turn of the one before.
func unwound(a []float64) []float64 {
	for i := 1; i < len(a); i++ {
		a[i] = a[i-1] + wrapDegrees(a[i]-a[i-1])
	}
	return a
}

// brakes are the shares of their speed that a curve through points in some axes, step apart,
// keeps at its inner points: up to three times the speed of the slower of both segments it
// does not run beyond a point and come back (Fritsch and Carlson 1980), up to twice it does
// not start backwards.
func brakes(axes [][]float64, step []float64) []float64 {
	shares := make([]float64, len(step)+1)
	for j := range shares {
		shares[j] = 1
		if j == 0 || j == len(step) {
			continue
		}
		var before, after, at float64 // squares of speeds
		for _, v := range axes {
			d0, d1 := (v[j]-v[j-1])/step[j-1], (v[j+1]-v[j])/step[j]
			m := (d0*step[j] + d1*step[j-1]) / (step[j-1] + step[j])
			before, after, at = before+d0*d0, after+d1*d1, at+m*m
		}
		if most := 4 * min(before, after); at > most {
			shares[j] = math.Sqrt(most / at)
		}
	}
	return shares
}

// slopes returns the derivatives at both ends of segment i of a curve through values
// that are step apart: those of the parabola through three neighbours, times
// its share of slow where that is given.
func slopes(values, step []float64, i int, monotone bool, slow []float64) (m0, m1 float64) {
	last := len(values) - 1
	chord := func(j int) float64 { return (values[j+1] - values[j]) / step[j] }
	inner := func(j int) float64 {
		d0, d1 := chord(j-1), chord(j)
		m := (d0*step[j] + d1*step[j-1]) / (step[j-1] + step[j])
		if slow != nil {
			m *= slow[j]
		}
		if monotone {
			if d0*d1 <= 0 {
				return 0
			}
			m = math.Copysign(min(math.Abs(m), 3*math.Abs(d0), 3*math.Abs(d1)), m)
		}
		return m
	}
	at := func(j int) float64 {
		switch {
		case j > 0 && j < last:
			return inner(j)
		case last == 1 || monotone:
			return chord(min(j, last-1))
		case j == 0:
			return 2*chord(0) - inner(1)
		}
		return 2*chord(last-1) - inner(last-1)
	}
	return at(i), at(i + 1)
}

// hermite is the cubic with values p and derivatives m at 0 and 1.
func hermite(p0, p1, m0, m1, f float64) float64 {
	f2, f3 := f*f, f*f*f
	return p0*(2*f3-3*f2+1) + p1*(3*f2-2*f3) + m0*(f3-2*f2+f) + m1*(f3-f2)
}
