package pyramid

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
)

// Choice says which tiles there are and how fine they are wanted.
type Choice struct {
	Has     func(Tile) bool                // nil has all
	Ground  func(lng, lat float64) float64 // ellipsoidal height; nil is 0
	Bounds  *geo.Bound                     // nil is the Earth
	MinZoom uint32                         // of the coarsest tiles
	MaxZoom uint32                         // of the finest
	Texels  int                            // a side of a tile; 0 = 256
	Error   float64                        // pixels that a texel may span
}

// maxSelected bounds a selection: more would be finer than any picture.
const maxSelected = 4096

// Select lists the tiles that cover what a view shows of the ground so that no texel spans
// more than Error pixels, or the finest that there are. They do not overlap. The same view
// gives the same tiles in the same order.
func Select(v tiles.View, c Choice) []Tile {
	if c.Texels == 0 {
		c.Texels = 256
	}
	s := selection{view: v, Choice: c, eye: earth.FromECEF(v.Eye)}
	up := s.eye.Up()
	s.up = up
	s.horizon = math.Acos(earth.B/math.Max(earth.B+s.eye.Height, earth.B)) + 0.055 // from an eye on the ground mountains of 9 km show as far as that
	ty := math.Tan(v.FovY / 2)
	tx := ty * float64(v.Width) / float64(v.Height)
	s.planes = [5]mgl64.Vec3{
		v.Forward,
		v.Forward.Mul(tx).Add(v.Right).Normalize(), v.Forward.Mul(tx).Sub(v.Right).Normalize(),
		v.Forward.Mul(ty).Add(v.Up).Normalize(), v.Forward.Mul(ty).Sub(v.Up).Normalize(),
	}
	s.scale = float64(v.Height) / (2 * ty)
	s.visit(Tile{})
	return s.out
}

type selection struct {
	Choice
	view    tiles.View
	eye     earth.Place
	up      mgl64.Vec3
	horizon float64 // radians of the Earth that the eye may see
	planes  [5]mgl64.Vec3
	scale   float64 // pixels of a metre at a metre
	out     []Tile
}

func (s *selection) visit(t Tile) {
	if len(s.out) == maxSelected || s.Bounds != nil && !meets(t, *s.Bounds) {
		return
	}
	b := Bounds(t)
	if !s.sees(b) {
		return
	}
	if t.Z < s.MaxZoom && (t.Z < s.MinZoom || s.texel(b) > s.Error) {
		children := Children(t)
		for _, c := range children {
			if t.Z < s.MinZoom || s.Has == nil || s.Has(c) {
				for _, c := range children { // those that are missing show their parent
					s.visit(c)
				}
				return
			}
		}
	}
	s.out = append(s.out, t)
}

// texel is how many pixels a texel spans where the region is nearest to the eye.
func (s *selection) texel(b geo.Bound) float64 {
	mid := (b.West + b.East) / 2
	half := (b.East - b.West) / 2
	at := earth.Place{Lng: mid + mgl64.Clamp(math.Remainder(s.eye.Lng-mid, 360), -half, half), Lat: mgl64.Clamp(s.eye.Lat, b.South, b.North)}
	at.Height = s.height(at.Lng, at.Lat)
	metres := earth.Radians(b.East-b.West) * earth.A * math.Cos(earth.Radians(at.Lat)) / float64(s.Texels)
	return metres * s.scale / math.Max(at.ECEF().Sub(s.view.Eye).Len(), 1)
}

func (s *selection) height(lng, lat float64) float64 {
	if s.Ground == nil {
		return 0
	}
	return s.Ground(earth.WrapLng(lng), lat)
}

// sees tells whether a region may be in the view: by a sphere around places of it, and by
// the horizon.
func (s *selection) sees(b geo.Bound) bool {
	if b.East-b.West > 100 {
		return true
	}
	var points [9]mgl64.Vec3
	var mid mgl64.Vec3
	for i := range points {
		lng, lat := b.West+float64(i%3)/2*(b.East-b.West), b.South+float64(i/3)/2*(b.North-b.South)
		points[i] = earth.Place{Lng: lng, Lat: lat, Height: s.height(lng, lat)}.ECEF()
		mid = mid.Add(points[i].Mul(1.0 / 9))
	}
	radius := 0.0
	for _, p := range points {
		radius = math.Max(radius, p.Sub(mid).Len())
	}
	radius = radius*1.1 + 300 // hills between the places
	to := mid.Sub(s.view.Eye)
	for _, n := range s.planes {
		if to.Dot(n) < -radius {
			return false
		}
	}
	angle := math.Acos(mgl64.Clamp(mid.Normalize().Dot(s.up), -1, 1))
	return angle-radius/earth.B < s.horizon
}
