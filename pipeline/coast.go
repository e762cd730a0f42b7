package pipeline

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// coast writes where the globe is sea around a place into the block, and that place, from
// which waves are counted.
func (b *skyBlock) coast(c *camera, e *Environment) {
	for i := range b.coastHalf {
		b.coastHalf[i] = -10
	}
	place := earth.Place{Lng: e.Home.Lng, Lat: e.Home.Lat, Height: e.GlobeHeight}
	if e.GlobeCoast != nil {
		place.Lng, place.Lat = e.GlobeCoast.Lng, e.GlobeCoast.Lat
	}
	at := earth.FrameAt(place)
	eye := at.ToLocal(c.eye)
	b.coastEast = vec32(c.frame.DirToLocal(at.DirFromLocal(mgl64.Vec3{1, 0, 0})), eye[0])
	b.coastNorth = vec32(c.frame.DirToLocal(at.DirFromLocal(mgl64.Vec3{0, 1, 0})), eye[1])
	if e.GlobeCoast == nil {
		return
	}
	b.veil[2] = float32(math.Max(e.GlobeCoast.Radius, 1000))
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
