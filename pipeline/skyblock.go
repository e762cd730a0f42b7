package pipeline

import (
	"cmp"
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/pipeline/sky"
)

// skyBlock is the uniform block Sky of shaders/sky_uniforms.glsl, where its fields are
// described.
type skyBlock struct {
	sunDir, sunBent, sunLight, moonDir, moonLight, nightGlow [4]float32
	pole, up, ball, eyeKm, aerialKm, globe, veil             [4]float32
	sunLow, sunHigh, rise, layer                             [4]float32
	layerAt, layerU, layerV                                  [3][4]float32
	depths, sunSeen, fog                                     [4]float32
	coastEast, coastNorth, coastMid, coastHalf               [4]float32
	waveEast, waveNorth                                      [4]float32
}

const skyBinding = 6

// One unit of radiance is sunlit white paper: 30,000 cd/m² to the eye.
const paperLuminance = 30000.0

// Solar is the sun's irradiance above the air, such that white paper facing a high sun
// through clear air has radiance 1, with the sky's share.
var Solar = mgl64.Vec3{1.22 * math.Pi, 1.2 * math.Pi, 1.22 * math.Pi}

// preExposure is the factor from scene radiance to what the light buffer holds, so that
// half floats carry noon and moonlight alike.
func preExposure(ev100 float64) float64 { return paperLuminance / (1.2 * math.Exp2(ev100)) }

// keyedEV is the exposure value of a scene by the sun's height above the horizon: what a
// photographer would set for the landscape, from noon to street lamps.
var keyedEV = [][2]float64{ // degrees, EV100
	{-90, 3.7}, {-18, 3.7}, {-12, 3.8}, {-9, 4.2}, {-6, 5.2}, {-4, 6.7}, {-2, 9.1}, {0, 11.4}, {2, 12.5}, {5, 13.4}, {10, 14.1}, {30, 14.7}, {90, 14.8},
}

// The Sun's radius, and how far it is where a frame does not say, metres.
const (
	sunRadius = 695.7e6
	sunFar    = 149597870700.0
)

// spaceEV exposes the lit side of the globe.
const spaceEV = 14.5

// lampStops is how much more crews of stations open for the lamps of cities at night than
// one does in their streets (some f/2.8, 1/8 s at ISO 6400).
const lampStops = 3.7

// sceneEV returns the exposure value that the light buffer is scaled by.
func sceneEV(e *Environment, sunDegrees, heightKm float64) float64 {
	if !e.AutoExposure {
		return e.Exposure
	}
	// From high above one sees to where the sun is up: as high as it stands over the rim that
	// is nearest to it.
	out := smooth(math.Log(30), math.Log(1500), math.Log(math.Max(heightKm, 1)))
	dip := math.Acos(sky.Radius/(sky.Radius+math.Max(heightKm, 0))) * 180 / math.Pi
	high := sunDegrees + dip
	return keyed(sunDegrees)*(1-out) + (math.Min(keyed(high), spaceEV)-lampStops*smooth(-9, -18, high))*out
}

// keyed interpolates keyedEV.
func keyed(sunDegrees float64) float64 {
	k := 1
	for k < len(keyedEV)-1 && sunDegrees > keyedEV[k][0] {
		k++
	}
	a, b := keyedEV[k-1], keyedEV[k]
	return a[1] + (b[1]-a[1])*mgl64.Clamp((sunDegrees-a[0])/(b[0]-a[0]), 0, 1)
}

// sunHighKm is the height of skyBlock.sunHigh; also in lighting_model.glsl.
const sunHighKm = 6

// sunThrough is the sun's irradiance at a height above the globe.
func sunThrough(haze, h, mu float64) mgl64.Vec3 {
	t := sky.SunlightAt(haze, h, mu)
	return mgl64.Vec3{Solar[0] * t[0], Solar[1] * t[1], Solar[2] * t[2]}
}

func smooth(a, b, x float64) float64 {
	x = mgl64.Clamp((x-a)/(b-a), 0, 1)
	return x * x * (3 - 2*x)
}

// newSkyBlock derives the air and the lights of a frame.
func newSkyBlock(c *camera, f *Frame, q Quality) skyBlock {
	e := &f.Env
	eye := f.View.Eye
	if far := eye.Len(); far > spaceFrom { // nothing of the globe and its air is seen
		eye = eye.Mul(spaceFrom / far)
	}
	g := sky.NewGlobe(eye, e.GlobeHeight)
	sun := c.frame.DirToLocal(e.Sun).Normalize()
	moon := c.frame.DirToLocal(e.Moon)
	if moon.Len() == 0 {
		moon = mgl64.Vec3{0, 0, -1}
	}
	moon = moon.Normalize()
	bent := g.Bend(sun).Normalize()
	sunMu := bent.Dot(g.Up)
	ev := sceneEV(e, math.Asin(mgl64.Clamp(sun[2], -1, 1))*180/math.Pi, g.Height)
	p := preExposure(ev)
	horizon := math.Pi/2 + math.Acos(sky.Radius/(sky.Radius+g.Height))
	edge := 0.0
	if g.Height > sky.Top {
		edge = math.Pi - math.Asin((sky.Radius+sky.Top)/(sky.Radius+g.Height))
	}
	// A full moon gives a quarter of a lux; its light falls off faster than its lit share.
	// It is drawn three times as strong: eyes see by it what this exposure would not.
	moonLux := 3 * 0.25 * math.Pow(e.MoonLit, 2.2) * smooth(-0.02, 0.15, moon[2])
	moonE := moonLux / paperLuminance * p
	glow := p * (9e-6 + 4e-6*e.MoonLit*math.Max(moon[2], 0))
	reach := mgl64.Clamp(1.3*math.Sqrt(2*sky.Radius*g.Height)+25, 40, 900)
	image := 0.0
	if e.GlobeImage != nil {
		image = 1
	} else {
		image = -landShown(e.GlobeLand, g.Height)
	}
	sea := 0.0
	if e.GlobeSea {
		sea = 1
	}
	drawn := 1.0
	if e.Transparent {
		drawn = 0
	}
	stars := 0.8*math.Min(p/2200, 1) + 0.12*smooth(80, 400, g.Height)
	stars += (1 - stars) * smooth(math.Log(2e8), math.Log(2e10), math.Log(math.Max(c.place.Height, 1))) // eyes get used to the dark
	if e.Stars != nil && len(e.Stars) == 0 {
		stars = 0
	}
	slices := float64(q.AerialSlices)
	share := 1 - smooth(25, 60, g.Height)
	if slices < 2 {
		share = 0
	}
	seen := c.frame.DirToLocal(e.SunAt)
	if seen.Len() == 0 {
		seen = sun.Mul(sunFar)
	}
	layer := layerOf(c, e, f.Time, q.CloudSteps > 0)
	b := skyBlock{
		sunDir:    vec32(sun, sunMu),
		sunBent:   vec32(bent, 0),
		sunLight:  vec32(Solar.Mul(p), p),
		moonDir:   vec32(moon, e.MoonLit),
		moonLight: vec32(mgl64.Vec3{0.85, 0.95, 1.15}.Mul(moonE), cmp.Or(e.MoonRadius, 0.00452)),
		nightGlow: vec32(mgl64.Vec3{0.55, 0.72, 1.25}.Mul(glow), 0),
		pole:      vec32(g.Pole, g.Stretch),
		up:        vec32(g.Up, g.Centre),
		ball:      [4]float32{float32(g.C), 0, float32(g.Ground), float32(g.Scale / 1000)},
		eyeKm:     [4]float32{float32(g.Height), float32(horizon), float32(edge), float32(math.Max(e.Haze, 0))},
		aerialKm:  [4]float32{0, float32(reach), float32(math.Max(slices, 2)), float32(share)},
		globe:     [4]float32{float32(mgl64.Clamp(e.Clouds, 0, 1)), float32(globeClouds(g.Height)), float32(sea), float32(image)},
		sunLow:    vec32(sunThrough(e.Haze, 0, sunMu).Mul(p), 0),
		sunHigh:   vec32(sunThrough(e.Haze, sunHighKm, sunMu).Mul(p), 0),
		rise:      vec32(g.Rise, globeCut(e.Clouds)),
		veil:      [4]float32{float32(drawn), float32(stars), 0, 0},
		layer:     layer.share,
		layerAt:   layer.at,
		layerU:    layer.u,
		layerV:    layer.v,
		depths:    vec32(sky.Depths(e.Haze, g.Height), 0),
		sunSeen:   vec32(seen.Normalize(), math.Asin(math.Min(sunRadius/seen.Len(), 1))),
		fog:       fogBlock(e, c.place.Height),
	}
	b.coast(c, e)
	b.waves(c, e)
	return b
}
