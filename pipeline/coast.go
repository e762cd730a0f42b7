package pipeline

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/sky"
)

// coast writes where the globe is sea around a place into the block, and around which it
// shows no image.
func (b *skyBlock) coast(c *camera, e *Environment) {
	for i := range b.coastHalf {
		b.coastHalf[i] = -10
	}
	at, radius := e.Home, e.HomeRadius
	if e.GlobeCoast != nil {
		at, radius = earth.Place{Lng: e.GlobeCoast.Lng, Lat: e.GlobeCoast.Lat}, math.Max(radius, e.GlobeCoast.Radius)
	}
	at.Height = e.GlobeHeight
	b.coastEast, b.coastNorth = c.axesAt(at)
	b.veil[2] = float32(math.Max(radius, 1000))
	switch img, land := e.GlobeImage, e.GlobeLand; {
	case radius <= 0:
	case img != nil:
		b.veil[3] = float32(4*radius + 3*texelMetres(img))
	case land != nil && land.Rough:
		b.veil[3] = float32(math.Max(4*radius, roughReach))
	case land != nil:
		b.veil[3] = float32(2*radius + texelMetres(land.Cover))
	}
	if e.GlobeCoast == nil {
		return
	}
	wide := func(s [2]float64) float64 {
		w := math.Mod(math.Mod(s[1]-s[0], 360)+360, 360)
		if w == 0 && s[0] != s[1] {
			return 360
		}
		return w
	}
	seas := slices.Clone(e.GlobeCoast.Sea)
	slices.SortStableFunc(seas, func(a, b [2]float64) int { return cmp.Compare(wide(b), wide(a)) })
	for i, s := range seas[:min(len(seas), len(b.coastMid))] {
		half := wide(s) / 2 * math.Pi / 180
		b.coastMid[i], b.coastHalf[i] = float32(s[0]*math.Pi/180+half), float32(half)
		if wide(s) == 360 {
			b.coastHalf[i] = 10 // no shore where its ends meet
		}
	}
}

// texelMetres is how wide a texel of a map of the globe is.
func texelMetres(img *drawable.Image) float64 {
	return 2 * math.Pi * sky.Radius * 1000 / float64(img.Width)
}

// roughReach is how many metres around a scene rough outlines of land say nothing: they would
// cut a city from its sea.
const roughReach = 40e3

// landShown is the share of a globe's land that is drawn so many km up. Rough outlines come out
// as one rises; before, the globe is what the scene says.
func landShown(land *Land, height float64) float64 {
	switch {
	case land == nil:
		return 0
	case land.Rough:
		return smooth(15, 120, height)
	}
	return 1
}

// fromHome is how many metres from home the waves of the globe go on from those of its water.
const fromHome = 100e3

// waves writes from where the waves of the globe's sea are counted: home, as those of tiles
// are, or where that is far away a place near the eye, so that numbers stay small.
func (b *skyBlock) waves(c *camera, e *Environment) {
	at := earth.Place{Lng: e.Home.Lng, Lat: e.Home.Lat, Height: e.GlobeHeight}
	if at.ECEF().Sub(c.eye).Len() > fromHome {
		at.Lng, at.Lat = math.Round(c.place.Lng), math.Round(c.place.Lat)
	}
	b.waveEast, b.waveNorth = c.axesAt(at)
}

// axesAt are east and north at a place in the eye's frame, and with them how far the eye is
// along each, metres.
func (c *camera) axesAt(p earth.Place) (east, north [4]float32) {
	at := earth.FrameAt(p)
	eye := at.ToLocal(c.eye)
	return vec32(c.frame.DirToLocal(at.DirFromLocal(mgl64.Vec3{1, 0, 0})), eye[0]), vec32(c.frame.DirToLocal(at.DirFromLocal(mgl64.Vec3{0, 1, 0})), eye[1])
}
