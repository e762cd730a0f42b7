package generate

import (
	"math"
	"path/filepath"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/scene"
)

// focus is where the data is dense: the median of the feet of what lies in the site, and
// the distance from it within which 70 % of them lie. ok is false with fewer than ten.
func (s *site) focus(feet []orb.Point) (at earth.Place, radius float64, ok bool) {
	var xs, ys []float64
	for _, p := range feet {
		if s.inside(p) {
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

// spread is where data lies that is spread over the Earth: the mean direction of the feet
// of all features, and the distance from it within which 80 % of them lie.
func spread(feet []orb.Point) (at earth.Place, radius float64, ok bool) {
	var ups []mgl64.Vec3
	var sum mgl64.Vec3
	for _, p := range feet {
		up := earth.Place{Lng: p[0], Lat: p[1]}.Up()
		ups, sum = append(ups, up), sum.Add(up)
	}
	if len(ups) == 0 || sum.Len() < 1e-6*float64(len(ups)) {
		return earth.Place{}, 0, false
	}
	mid := sum.Normalize()
	away := make([]float64, len(ups))
	for i, u := range ups {
		away[i] = earth.A * math.Acos(math.Min(math.Max(u.Dot(mid), -1), 1))
	}
	slices.Sort(away)
	p := earth.Place{Lng: earth.Degrees(math.Atan2(mid[1], mid[0])), Lat: earth.Degrees(math.Asin(mid[2]))}
	return p, math.Max(away[len(away)*8/10], 100e3), true
}

// tiled is where tilesets taken along have their content, whatever their root spans: the
// medians of the finest tiles' places, and the distance from there within which 80 % of
// them lie whole.
func (g *generation) tiled(sets []scene.Layer) (at earth.Place, radius float64, ok bool) {
	var volumes []tiles.Volume
	var walk func(t *tiles.Tile)
	walk = func(t *tiles.Tile) {
		for _, c := range t.Children {
			walk(c)
		}
		if len(t.Children) > 0 || len(t.Content) == 0 {
			return
		}
		v := t.Volume
		if c := t.Content[0].Volume; c != nil {
			v = *c
		}
		volumes = append(volumes, v)
	}
	for i := range sets {
		if l := &sets[i]; l.Type == "tileset" && l.Tiles != "" {
			set, err := tiles.Open(filepath.Join(g.dir, filepath.FromSlash(l.Tiles)))
			if err != nil {
				continue // whoever plays it says why
			}
			walk(set.Root)
		}
	}
	if len(volumes) == 0 {
		return earth.Place{}, 0, false
	}
	of := func(f func(v tiles.Volume) float64) []float64 {
		out := make([]float64, len(volumes))
		for i, v := range volumes {
			out[i] = f(v)
		}
		slices.Sort(out)
		return out
	}
	var mid mgl64.Vec3
	for k := range mid {
		mid[k] = of(func(v tiles.Volume) float64 { return v.Center[k] })[len(volumes)/2]
	}
	away := of(func(v tiles.Volume) float64 { return v.Center.Sub(mid).Len() + v.Radius })
	at = earth.FromECEF(mid)
	at.Height = of(func(v tiles.Volume) float64 { return earth.FromECEF(v.Center).Height })[len(volumes)/2]
	return at, away[(len(away)-1)*8/10], true
}

// framed looks from the south-west, obliquely, at a circle on the ground: its distance is
// such that the circle fills most of the picture's lesser side.
func framed(mid earth.Place, radius float64, ground func(lng, lat float64) float64, aspect float64) scene.Camera {
	radius = math.Max(radius, 110) // a tower fits
	half := earth.Radians(scene.DefaultFOV) / 2
	if aspect < 1 {
		half = math.Atan(math.Tan(half) * aspect)
	}
	if radius > 80e3 { // from straight above, at most so far that all of the Earth is seen
		h := math.Min(1.15*radius/math.Tan(half), earth.A/math.Sin(half*0.94)-earth.A)
		return scene.NewCamera(earth.Place{Lng: mid.Lng, Lat: mid.Lat, Height: h}, 0, -90)
	}
	h := ground(mid.Lng, mid.Lat)
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

// Overview frames a region.
func Overview(b scene.Bounds, ground func(lng, lat float64) float64, aspect float64) scene.Camera {
	east := b.East
	if east < b.West {
		east += 360
	}
	mid := earth.Place{Lng: earth.WrapLng((b.West + east) / 2), Lat: (b.South + b.North) / 2}
	x, y := earth.FrameAt(mid).Plan(east, b.North)
	return framed(mid, math.Hypot(x, y)*0.62, ground, aspect)
}

// turning is a slow turn of a camera round its target, as a story: what a scene without
// one plays.
func turning(c scene.Camera) scene.Story {
	const turn, steps, each = 45.0, 6, 2.0 // degrees in all, keyframes, seconds between them
	f := earth.FrameAt(earth.Place{Lng: c.Target.Lng, Lat: c.Target.Lat, Height: c.Target.Height})
	eye := f.Local(earth.Place{Lng: c.Lng, Lat: c.Lat, Height: c.Height})
	var s scene.Story
	for i := range steps + 1 {
		sin, cos := math.Sincos(earth.Radians(turn * float64(i) / steps))
		p := f.Place(mgl64.Vec3{eye[0]*cos - eye[1]*sin, eye[0]*sin + eye[1]*cos, eye[2]})
		k := c
		k.Lng, k.Lat, k.Height = p.Lng, p.Lat, p.Height
		s.Keyframes = append(s.Keyframes, scene.Keyframe{At: scene.Seconds(each * float64(i)), Camera: k, Ease: "spline"})
	}
	return s
}
