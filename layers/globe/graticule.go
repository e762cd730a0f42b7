package globe

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

const (
	fromSpace = `{lng: 15, lat: 25, height: 1.6e7, pitch: -90}`
	morning   = "2026-06-21T09:00:00Z"
)

var _ = layer.Register(scene.Type{Name: "graticule", Group: "globe", Doc: "meridians and parallels on the globe and the ground",
	New: func() any {
		return &Graticule{Step: 10, Color: scene.Color{255, 255, 255, 130}, Width: 1.2, Major: 3}
	},
	Examples: []scene.Example{
		{Layer: `step: 15, width: 4`, Camera: fromSpace, Time: morning},
		{Name: "night", Doc: "a graticule that glows on the dark side", Layer: `step: 15, width: 4, color: "#3fd0ff", emission: 0.8`, Camera: fromSpace, Time: "2026-06-21T21:00:00Z"},
	},
})

// Graticule is lines of equal longitude and latitude.
type Graticule struct {
	Step     float64     `json:"step" above:"0" max:"90" unit:"°" doc:"between two lines"`
	Color    scene.Color `json:"color" doc:"colour"`
	Width    float64     `json:"width" above:"0" max:"50" unit:"px" doc:"width of a line"`
	Major    int         `json:"major" min:"0" max:"100" doc:"every so many lines one is bold and the others are faint; 0 has all alike"`
	Emission float64     `json:"emission" min:"0" max:"100" doc:"light of its own"`
}

// Draw makes one drape.
func (p *Graticule) Draw(*layer.Context) ([]drawable.Draw, error) {
	return []drawable.Draw{{What: &drawable.Drape{
		Look: drawable.Graticule, Over: drawable.OverGround | drawable.OverRoads | drawable.OverWater, Color: p.Color.Linear(),
		Emission: float32(p.Emission), Step: p.Step, Major: p.Major, Width: p.Width,
	}}}, nil
}

var _ = layer.Register(scene.Type{Name: "scan-line", Group: "globe", Doc: "a band of light that goes round the globe",
	New: func() any {
		return &ScanLine{Color: scene.Color{64, 210, 255, 255}, Period: scene.Seconds(8), Width: 40, Emission: 1.2, Along: "meridian"}
	},
	Examples: []scene.Example{
		{Layer: `width: 50`, Camera: fromSpace, Time: "2026-06-21T21:00:00Z", At: 4.6},
		{Name: "parallel", Doc: "a circle of latitude that climbs from pole to pole", Layer: `along: parallel, width: 70`, Camera: fromSpace, Time: "2026-06-21T21:00:00Z", At: 5.6},
	},
})

// ScanLine is a meridian, or a circle of latitude, that sweeps over the globe.
type ScanLine struct {
	Along    string      `json:"along" enum:"meridian,parallel" doc:"which way the line lies: from pole to pole and going east, or around and going north"`
	Color    scene.Color `json:"color" doc:"colour"`
	Period   scene.Time  `json:"period" above:"0" max:"3600" unit:"s" doc:"time of a turn"`
	Width    float64     `json:"width" above:"0" max:"360" unit:"°" doc:"of the light behind the line"`
	Emission float64     `json:"emission" min:"0" max:"100" doc:"light of its own"`
}

// Draw makes one drape.
func (p *ScanLine) Draw(*layer.Context) ([]drawable.Draw, error) {
	d := &drawable.Drape{
		Look: drawable.Band, Over: drawable.OverGround | drawable.OverRoads | drawable.OverWater, Color: p.Color.Linear(),
		Emission: float32(p.Emission), Step: p.Width, Period: p.Period.Seconds(),
	}
	if p.Along == "parallel" {
		d.Angle = quarter
	}
	return []drawable.Draw{{What: d}}, nil
}
