package decor

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "skyline", Group: "decoration", Doc: "a line of light along the outline of the city before the sky, wherever it is seen from",
	New: func() any {
		return &Skyline{Color: scene.Color{255, 196, 110, 255}, Width: 3, Glow: 14, Emission: 3}
	},
	Examples: []scene.Example{
		{Layer: `color: "#ffc46e"`, Around: "city", Camera: skylineView, Time: "2026-06-21T22:10:00Z"},
		{Name: "ridges", Doc: "the outline of hills and trees as well, broad and soft", Layer: `all: true, color: "#7fd7ff", width: 2, glow: 34, emission: 2`, Around: "city", Camera: `{ lng: -30.4985, lat: 36.495, height: 170, heading: 335, pitch: 3 }`, Time: "2026-06-21T21:40:00Z"},
	},
})

const skylineView = `{ lng: -30.4985, lat: 36.5045, height: 95, heading: 318, pitch: 4 }`

// Skyline draws the silhouette of what the picture shows: it belongs to the picture, not to
// rows, and lies on the pixels where buildings end and sky begins.
type Skyline struct {
	Color    scene.Color `json:"color" theme:"accent" doc:"colour"`
	Width    float64     `json:"width" min:"0" max:"40" unit:"px" doc:"of the line, in a 1080-line picture"`
	Glow     float64     `json:"glow" min:"0" max:"60" unit:"px" doc:"how far its light reaches on both sides"`
	Emission float64     `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
	Behind   float64     `json:"behind" min:"0" max:"1e7" unit:"m" doc:"from the camera: what is further away counts as sky, so that a city has its outline before hills; 0 is the sky alone"`
	All      bool        `json:"all" doc:"ground, water and trees have an outline too"`
}

// Draw makes the one line.
func (p *Skyline) Draw(*layer.Context) ([]drawable.Draw, error) {
	return []drawable.Draw{{What: &drawable.Skyline{Color: p.Color.Linear(), Emission: float32(p.Emission), Width: float32(p.Width), Glow: float32(p.Glow), Behind: float32(p.Behind), All: p.All}}}, nil
}
