package weather

import (
	"math"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// Setting is implemented by layers that set the environment around the camera.
type Setting interface {
	// Set changes the environment; share is the layer's opacity.
	Set(e *scene.Environment, eye earth.Place, share float64)
}

// Area is embedded by weather that may be in one place only: it is felt by where the
// camera is.
type Area struct {
	At     *Place  `json:"at" doc:"middle of the area; without it the weather is everywhere"`
	Radius float64 `json:"radius" min:"0" max:"2e7" unit:"m" doc:"of the area; it fades out over its outer third"`
}

// Place is a place on the ground.
type Place struct {
	Lng float64 `json:"lng" min:"-180" max:"180" required:"true" doc:"longitude in degrees"`
	Lat float64 `json:"lat" min:"-90" max:"90" required:"true" doc:"latitude in degrees"`
}

// share is how much of the weather is where the camera is.
func (a Area) share(eye earth.Place) float64 {
	if a.At == nil || a.Radius <= 0 {
		return 1
	}
	up := earth.Place{Lng: a.At.Lng, Lat: a.At.Lat}.Up()
	r := earth.A * math.Acos(math.Min(up.Dot(earth.Place{Lng: eye.Lng, Lat: eye.Lat}.Up()), 1)) / a.Radius
	t := math.Min(math.Max((1-r)*3, 0), 1)
	return t * t * (3 - 2*t)
}

// over is what two covers hide together.
func over(a, b float64) float64 { return 1 - (1-a)*(1-b) }

var _ = layer.Register(scene.Type{Name: "rain", Group: "weather", Doc: "falling rain around the camera, with the clouds it falls from and wet ground",
	New:      func() any { return &Rain{Amount: 0.6, Clouds: 0.85, Wetness: 0.8} },
	Examples: []scene.Example{{Layer: `amount: 0.8`, Camera: inAir, Time: noon}},
})

// Rain falls.
type Rain struct {
	Area
	Amount  float64 `json:"amount" min:"0" max:"1" doc:"how much falls"`
	Clouds  float64 `json:"clouds" min:"0" max:"1" doc:"cover of the clouds"`
	Wetness float64 `json:"wetness" min:"0" max:"1" doc:"how wet roads and paving are"`
}

const (
	inAir = `{ lng: -30.505, lat: 36.47, height: 160, heading: 15, pitch: 2 }`
	noon  = "2026-06-21T13:00:00Z"
)

// Draw draws nothing: rain is of the environment.
func (*Rain) Draw(*layer.Context) ([]drawable.Draw, error) { return nil, nil }

// Set lets it rain.
func (p *Rain) Set(e *scene.Environment, eye earth.Place, share float64) {
	share *= p.share(eye)
	e.Rain = over(e.Rain, p.Amount*share)
	e.Clouds = over(e.Clouds, p.Clouds*share)
	e.Wetness = over(e.Wetness, p.Wetness*share)
}

var _ = layer.Register(scene.Type{Name: "snow", Group: "weather", Doc: "falling snow around the camera, with the clouds it falls from, and snow that lies",
	New:      func() any { return &Snow{Amount: 0.6, Clouds: 0.9, Lying: 0.9} },
	Examples: []scene.Example{{Layer: `amount: 0.8`, Camera: inAir, Time: noon}},
})

// Snow falls.
type Snow struct {
	Area
	Amount float64 `json:"amount" min:"0" max:"1" doc:"how much falls"`
	Clouds float64 `json:"clouds" min:"0" max:"1" doc:"cover of the clouds"`
	Lying  float64 `json:"lying" min:"0" max:"1" doc:"how much of ground, roofs and trees is white"`
}

// Draw draws nothing: snow is of the environment.
func (*Snow) Draw(*layer.Context) ([]drawable.Draw, error) { return nil, nil }

// Set lets it snow.
func (p *Snow) Set(e *scene.Environment, eye earth.Place, share float64) {
	share *= p.share(eye)
	e.Snow = over(e.Snow, p.Amount*share)
	e.SnowCover = over(e.SnowCover, p.Lying*share)
	e.Clouds = over(e.Clouds, p.Clouds*share)
}

var _ = layer.Register(scene.Type{Name: "clouds", Group: "weather", Doc: "clouds above the camera, and from space over the globe",
	New: func() any { return &Clouds{Cover: 0.5} },
	Examples: []scene.Example{
		{Layer: `cover: 0.6`, Camera: inAir, Time: noon},
		{Name: "from-space", Doc: "the same clouds over the globe", Layer: `cover: 0.45`, Camera: `{lng: -25, lat: 25, height: 1.6e7, pitch: -90}`, Time: noon},
	},
})

// Clouds cover the sky.
type Clouds struct {
	Area
	Cover float64 `json:"cover" min:"0" max:"1" doc:"share of the sky that they cover"`
}

// Draw draws nothing: clouds are of the environment.
func (*Clouds) Draw(*layer.Context) ([]drawable.Draw, error) { return nil, nil }

// Set covers the sky.
func (p *Clouds) Set(e *scene.Environment, eye earth.Place, share float64) {
	e.Clouds = over(e.Clouds, p.Cover*share*p.share(eye))
}

var _ = layer.Register(scene.Type{Name: "fog", Group: "weather", Doc: "fog over the ground, dense at its base and thinner above",
	New:      func() any { return &Fog{Visibility: 800, Height: 60} },
	Examples: []scene.Example{{Layer: `visibility: 2500, thickness: 120`, Camera: inAir, Time: noon}},
})

// Fog lies on the ground.
type Fog struct {
	Area
	Visibility float64  `json:"visibility" above:"0" max:"1e6" unit:"m" doc:"how far one sees at its base"`
	Height     float64  `json:"thickness" above:"0" max:"1e5" unit:"m" doc:"in which it thins to a third"`
	Base       *float64 `json:"base" min:"-12000" max:"9000" unit:"m" doc:"height above the ellipsoid; without it the globe's"`
}

// Draw draws nothing: fog is of the environment.
func (*Fog) Draw(*layer.Context) ([]drawable.Draw, error) { return nil, nil }

// Set lays fog. What two fogs take of the light adds up; the denser one gives the height.
func (p *Fog) Set(e *scene.Environment, eye earth.Place, share float64) {
	share *= p.share(eye)
	if share <= 0 {
		return
	}
	before, more := 0.0, share/p.Visibility
	if e.Fog.Visibility > 0 {
		before = 1 / e.Fog.Visibility
	}
	if more >= before {
		e.Fog.Height, e.Fog.Base = p.Height, p.Base
	}
	e.Fog.Visibility = 1 / (before + more)
}

var _ = layer.Register(scene.Type{Name: "grading", Group: "weather", Doc: "the film: brightness, curve and haze of the picture, for a part of a story",
	New:      func() any { return &Grading{Haze: 1} },
	Examples: []scene.Example{{Layer: `compensation: -0.7, haze: 3`, Camera: inAir, Time: noon}},
})

// Grading changes exposure and haze.
type Grading struct {
	Area
	Compensation float64 `json:"compensation" min:"-10" max:"10" unit:"stops" doc:"brightens or darkens"`
	ToneMap      string  `json:"toneMap" enum:",agx,neutral,aces" doc:"curve from light to picture; without one the scene's"`
	Haze         float64 `json:"haze" min:"0" max:"100" doc:"multiplies the scene's haze"`
}

// Draw draws nothing: grading is of the environment.
func (*Grading) Draw(*layer.Context) ([]drawable.Draw, error) { return nil, nil }

// Set grades.
func (p *Grading) Set(e *scene.Environment, eye earth.Place, share float64) {
	share *= p.share(eye)
	e.Compensation += p.Compensation * share
	e.Haze *= math.Pow(math.Max(p.Haze, 1e-3), share)
	if p.ToneMap != "" && share > 0.5 {
		e.ToneMap = p.ToneMap
	}
}
