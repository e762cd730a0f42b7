package reference

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/pipeline/sky"
)

// Light is the sun and the air around an eye, in float64: package sky's model, summed in
// fine steps. Radiances are in the units of Solar.
type Light struct {
	Sun   mgl64.Vec3 // unit, eye frame
	Solar mgl64.Vec3 // the sun's irradiance above the air
	air   *sky.Air
	globe sky.Globe
	table []vec // of the whole sphere, octahedral
	below vec   // radiance of the ground
}

const (
	skySide      = 160 // texels of the table
	skySteps     = 60
	groundAlbedo = 0.2 // of what lies beyond the scene: land, half in its own shade
	sunRadius    = 0.004675
)

// NewLight tabulates the sky around an eye.
func NewLight(air *sky.Air, globe sky.Globe, sun, solar mgl64.Vec3) *Light {
	l := &Light{Sun: sun, Solar: solar, air: air, globe: globe, table: make([]vec, skySide*skySide)}
	up := 0.0
	var irradiance vec
	at := func(fill func(i int, d vec)) {
		for i := range l.table {
			fill(i, octahedral(float64(i%skySide)+0.5, float64(i/skySide)+0.5))
		}
	}
	at(func(i int, d vec) {
		if d[2] <= 0 {
			return
		}
		l.table[i] = l.scattered(d, math.Inf(1)).Radiance
		// Texels near the axes subtend less.
		s := math.Abs(d[0]) + math.Abs(d[1]) + math.Abs(d[2])
		w := s * s * s
		up += w * d[2]
		irradiance = irradiance.Add(l.table[i].Mul(w * d[2]))
	})
	irradiance = irradiance.Mul(math.Pi / up)
	mu := l.mu(sun)
	direct := l.tint(air.Sunlight(0, mu)).Mul(math.Max(mu, 0))
	l.below = irradiance.Add(direct).Mul(groundAlbedo / math.Pi)
	at(func(i int, d vec) {
		if d[2] <= 0 {
			l.table[i] = l.Far(d)
		}
	})
	return l
}

// mu is the sine of a direction's height over the model's horizontal.
func (l *Light) mu(d vec) float64 { return l.globe.Bend(d).Normalize().Dot(l.globe.Up) }

func (l *Light) tint(v vec) vec { return vec{v[0] * l.Solar[0], v[1] * l.Solar[1], v[2] * l.Solar[2]} }

// scattered is the air's light along a direction up to a distance in km, and what it lets
// through.
func (l *Light) scattered(d vec, km float64) sky.Scattered {
	s := l.air.Scatter(l.globe.Height, l.mu(d), l.mu(l.Sun), d.Dot(l.Sun), km, skySteps)
	s.Radiance = l.tint(s.Radiance)
	return s
}

// Far is the radiance of a direction in which nothing stands: sky, or ground behind air.
// The sun's disc is not in it.
func (l *Light) Far(d mgl64.Vec3) mgl64.Vec3 {
	s := l.scattered(d, math.Inf(1))
	if _, ground := l.globe.Hit(d); ground {
		for k := range s.Radiance {
			s.Radiance[k] += s.Through[k] * l.below[k]
		}
	}
	return s.Radiance
}

// Before is light seen through the air of a distance in metres along a direction.
func (l *Light) Before(d, light mgl64.Vec3, distance float64) mgl64.Vec3 {
	s := l.scattered(d, distance*l.globe.Scale/1000)
	for k := range light {
		light[k] = light[k]*s.Through[k] + s.Radiance[k]
	}
	return light
}

// Direct is the sun's irradiance on a surface that faces it, at the eye.
func (l *Light) Direct() mgl64.Vec3 { return l.tint(l.air.Sunlight(l.globe.Height, l.mu(l.Sun))) }

// around is Far from the table.
func (l *Light) around(d vec) vec {
	s := math.Abs(d[0]) + math.Abs(d[1]) + math.Abs(d[2])
	x, y := d[0]/s, d[1]/s
	if d[2] < 0 {
		x, y = (1-math.Abs(y))*math.Copysign(1, x), (1-math.Abs(x))*math.Copysign(1, y)
	}
	i := min(int((x+1)/2*skySide), skySide-1)
	j := min(int((y+1)/2*skySide), skySide-1)
	return l.table[j*skySide+i]
}

// octahedral is the direction of a point of the table.
func octahedral(i, j float64) vec {
	x, y := 2*i/skySide-1, 2*j/skySide-1
	v := vec{x, y, 1 - math.Abs(x) - math.Abs(y)}
	if t := math.Max(-v[2], 0); t > 0 {
		v[0] -= math.Copysign(t, x)
		v[1] -= math.Copysign(t, y)
	}
	return v.Normalize()
}
