package stage

import (
	"math"
	"time"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/weather"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/sky"
	"github.com/longtake/longtake/scene"
)

// environment turns the document's environment and the date into light and air.
func (p *Player) environment(m scene.Moment, t scene.Time, eye mgl64.Vec3) pipeline.Environment {
	at := earth.FromECEF(eye)
	e := p.weather(m, t, at)
	moon, lit := earth.MoonDirection(m.SceneTime)
	// As it is seen from here: up to a degree beside where it is from the Earth's centre.
	moon = moon.Mul(earth.MoonDistance(m.SceneTime)).Sub(eye)
	sun := earth.SunDirection(m.SceneTime)
	env := pipeline.Environment{
		SunAt: sun.Mul(earth.SunDistance(m.SceneTime)).Sub(eye), Planets: p.planets(m.SceneTime, eye),
		Sun: sun, Moon: moon.Normalize(), MoonLit: lit, MoonRadius: math.Asin(min(earth.MoonRadius/moon.Len(), 1)), Sidereal: earth.SiderealAngle(m.SceneTime),
		GroundHeight: p.Ground(at.Lng, at.Lat), GlobeHeight: e.Globe.Height, GlobeSea: e.Globe.Sea, GlobeCoast: (*pipeline.Coast)(e.Globe.Coast), GlobeImage: p.globe, GlobeLand: p.landFrom(at.Height),
		Clouds: e.Clouds, Haze: e.Haze, Wetness: e.Wetness, SnowCover: e.SnowCover, Exposure: e.Exposure.EV, AutoExposure: !e.Exposure.Fixed, Compensation: e.Compensation,
		Transparent: e.Sky == "none", Grade: p.grade, Stars: p.stars, Years: m.SceneTime.Sub(time.Date(2000, 1, 1, 12, 0, 0, 0, time.UTC)).Hours() / 24 / 365.25,
	}
	if o := p.Doc.Package; o != nil {
		env.Home, env.HomeRadius = earth.Place{Lng: o.Origin.Lng, Lat: o.Origin.Lat}, p.reach
	}
	env.Relief = p.ground
	env.Focus, env.Aperture, env.Dirt, env.Flare = e.Lens.Focus, e.Lens.Aperture, e.Lens.Dirt, e.Lens.Flare
	env.Rain, env.Snow = e.Rain, e.Snow
	env.FogVisibility, env.FogHeight, env.FogBase = e.Fog.Visibility, e.Fog.Height, e.Globe.Height
	if e.Fog.Base != nil {
		env.FogBase = *e.Fog.Base
	}
	env.ToneMap = map[string]pipeline.ToneMap{"neutral": pipeline.Neutral, "aces": pipeline.ACES}[e.ToneMap]
	return env
}

// weather is the document's environment with what its layers of weather set.
func (p *Player) weather(m scene.Moment, t scene.Time, eye earth.Place) scene.Environment {
	e := p.Doc.Environment
	for _, pl := range p.layers {
		if _, ok := pl.base.Props.(weather.Setting); !ok { // spares what the story sets
			continue
		}
		l, err := pl.at(m)
		if err != nil { // drawing tells
			continue
		}
		if s, ok := l.Props.(weather.Setting); ok && shown(l, t, eye.Height-p.Ground(eye.Lng, eye.Lat)) {
			s.Set(&e, eye, l.Opacity)
		}
	}
	return e
}

// planets are the other planets as lights, seen from the eye.
func (p *Player) planets(at time.Time, eye mgl64.Vec3) []sky.Body {
	var out []sky.Body
	for _, b := range earth.Planets(at) {
		out = append(out, sky.Body{At: b.At.Sub(eye), Sun: b.Sun, Radius: b.Radius, Albedo: b.Albedo, Color: b.Color, Name: b.Name, Pole: b.Pole, Flat: b.Flat})
	}
	return out
}
