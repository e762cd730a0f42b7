package scene

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/longtake/longtake/geo/earth"
)

// ParseCamera reads "lng,lat,height,heading,pitch[,roll]": degrees, and metres above
// the ellipsoid.
func ParseCamera(s string) (Camera, error) {
	const form = "lng,lat,height,heading,pitch[,roll]"
	x, err := numbers(s, 5, 6, form)
	if err != nil {
		return Camera{}, err
	}
	c := NewCamera(earth.Place{Lng: x[0], Lat: x[1], Height: x[2]}, x[3], x[4])
	if len(x) == 6 {
		c.Roll = x[5]
	}
	if err := c.Valid(); err != nil {
		return Camera{}, fmt.Errorf("%q: %s: %w", shorten(s), form, err)
	}
	return c, nil
}

// Orbit is a flight around a place.
type Orbit struct {
	Lng, Lat float64 // the centre, degrees
	Radius   float64 // metres from the centre, along the ground
	Height   float64 // metres of the eye above the centre's ground
	Turn     float64 // degrees of the whole flight, clockwise seen from above; 360 unless given
}

// ParseOrbit reads "lng,lat,radius,height[,turn]".
func ParseOrbit(s string) (Orbit, error) {
	const form = "lng,lat,radius,height[,turn]"
	x, err := numbers(s, 4, 5, form)
	if err != nil {
		return Orbit{}, err
	}
	o := Orbit{x[0], x[1], x[2], x[3], 360}
	if len(x) == 5 {
		o.Turn = x[4]
	}
	if math.Abs(o.Lng) > 360 || math.Abs(o.Lat) > 90 || o.Radius <= 0 || o.Radius > 1e6 || o.Height < -12000 || o.Height > 1e9 {
		return Orbit{}, fmt.Errorf("%q: %s: degrees on Earth, a radius of up to 1e6 m and a height of up to 1e9 m are allowed", shorten(s), form)
	}
	return o, nil
}

// Camera returns the camera at a share of the flight, 0 to 1: south of the centre and
// looking north at the start. ground is the height of the centre's ground above the
// ellipsoid.
func (o Orbit) Camera(share, ground float64) Camera {
	f := earth.FrameAt(earth.Place{Lng: o.Lng, Lat: o.Lat, Height: ground})
	sin, cos := sincosDegrees(180 + o.Turn*share)
	lng, lat := f.Unplan(o.Radius*sin, o.Radius*cos)
	c := NewCamera(earth.Place{Lng: lng, Lat: lat, Height: ground + o.Height}, 0, 0)
	c.Target = &Place{o.Lng, o.Lat, ground}
	return c
}

// Story returns the flight as keyframes of equal turns, at most 15° each, joined by a
// spline.
func (o Orbit) Story(duration Time, ground float64) Story {
	n := int64(max(1, math.Ceil(math.Min(math.Abs(o.Turn), 36000)/15)))
	s := Story{Duration: duration}
	for i := int64(0); i <= n; i++ {
		at := duration.Rat()
		at.Mul(at, Fraction(i, n).Rat())
		k := Keyframe{At: fromRat(at), Camera: o.Camera(float64(i)/float64(n), ground), Ease: "spline"}
		s.Keyframes = append(s.Keyframes, k)
	}
	return s
}

// numbers reads finite numbers separated by commas.
func numbers(s string, least, most int, form string) ([]float64, error) {
	parts := strings.Split(s, ",")
	if len(parts) < least || len(parts) > most {
		return nil, fmt.Errorf("%q: found %d numbers; %s is allowed", shorten(s), len(parts), form)
	}
	out := make([]float64, len(parts))
	for i, p := range parts {
		x, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, fmt.Errorf("%q: found %q; %s is allowed, all numbers", shorten(s), shorten(p), form)
		}
		out[i] = x
	}
	return out, nil
}
