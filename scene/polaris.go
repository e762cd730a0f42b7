package scene

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/longtake/longtake/geo/earth"
)

// Polaris reads and writes the state codes of Polaris.gl's camera-proxy. A code names a
// focus, a pitch (radians from straight down), a rotation (radians counter-clockwise
// from north: its documents say otherwise, its code says this) and a zoom; how far away
// the camera is depends on the canvas, which is not in the code but here.
//
//	v0: 0|x|y|z|pitch|rotation|zoom      x, y: Mercator metres from the scene's centre
//	v1: 1|lng|lat|alt|pitch|rotation|zoom
//
// Distance is 78125·height/(2^zoom·ratio·tan(fov/2)) in the units of the scene, whose
// plane is Mercator: at latitude φ that is cos φ times as many true metres, which is
// what is used here, so that the ground looks the same size. 78125 is Polaris' rounding
// of 78271.52; it is kept, because codes were made with it.
type Polaris struct {
	CanvasHeight float64 // pixels; 0 is 1080
	FOV          float64 // vertical, degrees; 0 is 20
	Ratio        float64 // pixel ratio; 0 is 1
	Lng, Lat     float64 // centre of the scene's projection, for v0
}

const polarisScale = 78125

func (s Polaris) filled() Polaris {
	if s.CanvasHeight == 0 {
		s.CanvasHeight = 1080
	}
	if s.FOV == 0 {
		s.FOV = 20
	}
	if s.Ratio == 0 {
		s.Ratio = 1
	}
	return s
}

// distance0 is the distance at zoom 0 and latitude lat, in true metres.
func (s Polaris) distance0(lat float64) float64 {
	return polarisScale * s.CanvasHeight / s.Ratio / math.Tan(earth.Radians(s.FOV)/2) * math.Cos(earth.Radians(lat))
}

// Parse reads a state code, v0 or v1.
func (s Polaris) Parse(code string) (Camera, error) {
	s = s.filled()
	parts := strings.Split(code, "|")
	if len(parts) != 7 || (parts[0] != "0" && parts[0] != "1") {
		return Camera{}, fmt.Errorf("polaris state code %q: 0|x|y|z|pitch|rotation|zoom or 1|lng|lat|alt|pitch|rotation|zoom is allowed", shorten(code))
	}
	var x [6]float64
	for i, p := range parts[1:] {
		v, err := strconv.ParseFloat(p, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return Camera{}, fmt.Errorf("polaris state code %q: found %q; a number is allowed", shorten(code), shorten(p))
		}
		x[i] = v
	}
	focus := earth.Place{Lng: x[0], Lat: x[1], Height: x[2]}
	if parts[0] == "0" {
		cx, cy := mercator(s.Lng, s.Lat)
		focus.Lng, focus.Lat = unmercator(cx+x[0], cy+x[1])
	}
	if math.Abs(focus.Lat) > 90 || math.Abs(focus.Lng) > 360 {
		return Camera{}, fmt.Errorf("polaris state code %q: found longitude %g, latitude %g; degrees on Earth are allowed", shorten(code), focus.Lng, focus.Lat)
	}
	pitch := earth.Degrees(x[3]) - 90
	if pitch < -90 || pitch > 90 {
		return Camera{}, fmt.Errorf("polaris state code %q: found pitch %g; 0 to π radians is allowed", shorten(code), x[3])
	}
	d := s.distance0(focus.Lat) / math.Exp2(x[5])
	return lookAt(focus, d, turn360(-earth.Degrees(x[4])), pitch, 0, s.FOV), nil
}

// Code writes the camera as a state code of version 0 or 1, with the digits that
// Polaris writes (v0: 3 decimals; v1: 6 of degrees, 5 of the rest). The focus is where
// the camera looks at the surface at altitude metres above the ellipsoid. Polaris has no
// roll and its field of view is not in the code: they are lost. ground is as for Pose.
func (s Polaris) Code(version int, c Camera, altitude float64, ground func(lng, lat float64) float64) (string, error) {
	s = s.filled()
	p := c.Pose(ground)
	focus, d, ok := p.Focus(altitude)
	if !ok {
		return "", ErrNoFocus
	}
	heading, pitch, _ := anglesAt(focus, p)
	rotation := -earth.Radians(wrapDegrees(heading))
	// Another field of view sees as much of the ground from another distance.
	d *= math.Tan(p.FovY/2) / math.Tan(earth.Radians(s.FOV)/2)
	zoom := math.Log2(s.distance0(focus.Lat) / d)
	tilt := earth.Radians(pitch + 90)
	switch version {
	case 0:
		cx, cy := mercator(s.Lng, s.Lat)
		x, y := mercator(focus.Lng, focus.Lat)
		return fmt.Sprintf("0|%.3f|%.3f|%.3f|%.3f|%.3f|%.3f", x-cx, y-cy, altitude, tilt, rotation, zoom), nil
	case 1:
		return fmt.Sprintf("1|%.6f|%.6f|%.5f|%.5f|%.5f|%.5f", focus.Lng, focus.Lat, altitude, tilt, rotation, zoom), nil
	}
	return "", fmt.Errorf("polaris state code version %d: 0 and 1 are allowed", version)
}

// mercator is spherical Mercator with the radius of the equator (EPSG:3857), metres.
func mercator(lng, lat float64) (x, y float64) {
	return earth.A * earth.Radians(lng), earth.A * math.Atanh(math.Sin(earth.Radians(lat)))
}

func unmercator(x, y float64) (lng, lat float64) {
	return earth.Degrees(x / earth.A), earth.Degrees(math.Atan(math.Sinh(y / earth.A)))
}
