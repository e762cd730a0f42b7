package scene

import (
	"errors"
	"math"

	"github.com/longtake/longtake/geo/earth"
)

// EquatorPixel is the metres of equator in one pixel of a web map at zoom 0 with tiles
// of 512 pixels, as MapLibre, Mapbox and deck.gl count zoom: 2πa/512. Maps that count
// tiles of 256 pixels (Leaflet, Google) call the same view one zoom more.
const EquatorPixel = 2 * math.Pi * earth.A / 512

// WebMapFOV is the vertical field of view of MapLibre, Mapbox and deck.gl: 2·atan(1/3).
const WebMapFOV = 36.86989764584402

// WebMap is the camera of a web map: the centre of the picture, how far it is zoomed in,
// and how it is turned. Bearing turns clockwise from north, pitch is 0 straight down.
// The map's own height, Elevation, is metres above the ellipsoid.
type WebMap struct {
	Lng       float64 `json:"lng"`
	Lat       float64 `json:"lat"`
	Zoom      float64 `json:"zoom"`
	Bearing   float64 `json:"bearing"`
	Pitch     float64 `json:"pitch"`
	Roll      float64 `json:"roll,omitempty"`
	Elevation float64 `json:"elevation,omitempty"`
}

// Camera returns the camera of a web map whose picture is height pixels high, with a
// vertical field of view in degrees (0 is WebMapFOV). The scale at the centre is the
// map's, cos(lat)·EquatorPixel/2^zoom metres a pixel, so the two pictures agree there;
// away from it they differ as the plane of Mercator differs from the Earth. Zooms so
// small that a web map would show its flat world from beyond are taken as they are.
func (m WebMap) Camera(height, fov float64) Camera {
	if fov == 0 {
		fov = WebMapFOV
	}
	metres := EquatorPixel * math.Cos(earth.Radians(m.Lat)) / math.Exp2(m.Zoom)
	distance := height / 2 / math.Tan(earth.Radians(fov)/2) * metres
	return lookAt(earth.Place{Lng: m.Lng, Lat: m.Lat, Height: m.Elevation}, distance, m.Bearing, m.Pitch-90, m.Roll, fov)
}

// lookAt returns the camera at a distance from a focus, with angles counted in the
// frame of the focus.
func lookAt(focus earth.Place, distance, heading, pitch, roll, fov float64) Camera {
	p := poseAt(focus, heading, pitch, roll, fov)
	p.Eye = p.Eye.Sub(p.Forward.Mul(distance))
	c := FromPose(p)
	c.FOV = fov
	return c
}

// ErrNoFocus says that a camera looks past the ground, so that no map has its view.
var ErrNoFocus = errors.New("the camera does not look at the ground; lower its pitch")

// WebMap returns the web map camera of the same view, for a picture height pixels high
// and a map at an elevation. ground is as for Pose. The map must use the camera's field
// of view.
func (c Camera) WebMap(height, elevation float64, ground func(lng, lat float64) float64) (WebMap, error) {
	p := c.Pose(ground)
	focus, distance, ok := p.Focus(elevation)
	if !ok {
		return WebMap{}, ErrNoFocus
	}
	heading, pitch, roll := anglesAt(focus, p)
	metres := distance * math.Tan(p.FovY/2) * 2 / height
	return WebMap{
		Lng: focus.Lng, Lat: focus.Lat, Elevation: elevation,
		Zoom:    math.Log2(EquatorPixel * math.Cos(earth.Radians(focus.Lat)) / metres),
		Bearing: heading, Pitch: pitch + 90, Roll: roll,
	}, nil
}

// anglesAt returns a pose's angles in degrees counted in the frame of another place.
func anglesAt(place earth.Place, p Pose) (heading, pitch, roll float64) {
	p.Eye = place.ECEF()
	c := FromPose(p)
	return c.Heading, c.Pitch, c.Roll
}
