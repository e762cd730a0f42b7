package scene

import (
	"math"

	"github.com/longtake/longtake/geo/earth"
)

// CesiumView is what Cesium's Camera.setView takes: a destination (longitude and
// latitude in radians, height in metres) and an orientation, HeadingPitchRoll in
// radians: heading clockwise from north, pitch -π/2 straight down, roll as in Camera.
// FOV is PerspectiveFrustum.fov, which is horizontal in wide pictures and vertical in
// tall ones.
type CesiumView struct {
	Lng     float64 `json:"longitude"`
	Lat     float64 `json:"latitude"`
	Height  float64 `json:"height"`
	Heading float64 `json:"heading"`
	Pitch   float64 `json:"pitch"`
	Roll    float64 `json:"roll"`
	FOV     float64 `json:"fov"`
}

// Cesium returns the camera for Cesium and a picture of that width over height. ground
// is as for Pose; a target becomes heading and pitch.
func (c Camera) Cesium(aspect float64, ground func(lng, lat float64) float64) CesiumView {
	if c.Target != nil || c.Above == "ground" {
		roll, fov := c.Roll, c.FOV
		c = FromPose(c.Pose(ground))
		c.Roll, c.FOV = roll, fov
	}
	fov := earth.Radians(c.FOV)
	if aspect > 1 {
		fov = 2 * math.Atan(math.Tan(fov/2)*aspect)
	}
	return CesiumView{
		Lng: earth.Radians(c.Lng), Lat: earth.Radians(c.Lat), Height: c.Height,
		Heading: earth.Radians(c.Heading), Pitch: earth.Radians(c.Pitch), Roll: earth.Radians(c.Roll), FOV: fov,
	}
}

// Camera returns the camera of a Cesium view in a picture of that width over height.
func (v CesiumView) Camera(aspect float64) Camera {
	c := NewCamera(earth.Place{Lng: earth.Degrees(v.Lng), Lat: earth.Degrees(v.Lat), Height: v.Height}, earth.Degrees(v.Heading), earth.Degrees(v.Pitch))
	fov := v.FOV
	if aspect > 1 {
		fov = 2 * math.Atan(math.Tan(fov/2)/aspect)
	}
	c.Roll, c.FOV = earth.Degrees(v.Roll), earth.Degrees(fov)
	return c
}
