package stage

import (
	"math"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/scene"
)

// focus is where the data is dense: the median of the feet of what lies in the site, and
// the distance from it within which 70 % of them lie. ok is false with fewer than ten.
func (s *site) focus(features map[string][]geo.Feature, sources []string) (at earth.Place, radius float64, ok bool) {
	var xs, ys []float64
	for _, name := range sources {
		for i := range features[name] {
			f := &features[name][i]
			solid := f.Surfaces != nil || f.Tags["building"] != "" || f.Tags["building:part"] != "" || f.Tags["height"] != ""
			if !solid || !s.inside(f) {
				continue
			}
			p, _ := foot(f)
			x, y := s.frame.Plan(p[0], p[1])
			xs, ys = append(xs, x), append(ys, y)
		}
	}
	if len(xs) < 10 {
		return earth.Place{}, 0, false
	}
	sorted := func(v []float64) []float64 { v = slices.Clone(v); slices.Sort(v); return v }
	mx, my := sorted(xs)[len(xs)/2], sorted(ys)[len(ys)/2]
	away := make([]float64, len(xs))
	for i := range xs {
		away[i] = math.Hypot(xs[i]-mx, ys[i]-my)
	}
	slices.Sort(away)
	lng, lat := s.frame.Unplan(mx, my)
	return earth.Place{Lng: lng, Lat: lat}, away[len(away)*7/10], true
}

// framed looks from the south-west, obliquely, at a circle on the ground: its distance is
// such that the circle fills most of the picture's lesser side.
func framed(mid earth.Place, radius float64, ground func(lng, lat float64) float64, aspect float64) scene.Camera {
	radius = math.Max(radius, 60)
	if radius > 1e6 {
		return scene.NewCamera(earth.Place{Lng: mid.Lng, Lat: mid.Lat, Height: 2.2e7}, 0, -90)
	}
	h := ground(mid.Lng, mid.Lat)
	half := earth.Radians(scene.DefaultFOV) / 2
	if aspect < 1 {
		half = math.Atan(math.Tan(half) * aspect)
	}
	d := radius / math.Tan(half) * 0.8
	const pitch, heading = 25.0, 28.0
	sinP, cosP := math.Sincos(earth.Radians(pitch))
	sinH, cosH := math.Sincos(earth.Radians(heading))
	f := earth.FrameAt(mid)
	lng, lat := f.Unplan(-d*cosP*sinH, -d*cosP*cosH)
	c := scene.NewCamera(earth.Place{Lng: lng, Lat: lat, Height: math.Max(h+d*sinP, ground(lng, lat)+60)}, heading, -pitch)
	c.Target = &scene.Place{Lng: mid.Lng, Lat: mid.Lat, Height: h}
	return c
}

// overview frames a region.
func overview(b scene.Bounds, ground func(lng, lat float64) float64, aspect float64) scene.Camera {
	east := b.East
	if east < b.West {
		east += 360
	}
	mid := earth.Place{Lng: earth.WrapLng((b.West + east) / 2), Lat: (b.South + b.North) / 2}
	x, y := earth.FrameAt(mid).Plan(east, b.North)
	return framed(mid, math.Hypot(x, y)*0.62, ground, aspect)
}
