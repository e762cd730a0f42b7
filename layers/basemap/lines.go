package basemap

import (
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// Ruling is embedded by looks that draw lines on the ground.
type Ruling struct {
	Covers
	Color    scene.Color `json:"color" doc:"colour"`
	Width    float64     `json:"width" above:"0" max:"50" unit:"px" doc:"width of a line"`
	Major    int         `json:"major" min:"0" max:"100" doc:"every so many lines one is bold and the others are faint; 0 has all alike"`
	Emission float64     `json:"emission" min:"0" max:"100" doc:"light of its own, of lines that glow"`
}

func (r Ruling) drape(look drawable.Look, step float64) *drawable.Drape {
	return &drawable.Drape{Look: look, Over: r.surfaces(), Color: r.Color.Linear(), Emission: float32(r.Emission), Step: step, Major: r.Major, Width: r.Width}
}

var _ = layer.Register(scene.Type{Name: "contours", Group: "terrain", Doc: "lines of equal height on the ground, drawn at the sharpness of the picture",
	New: func() any {
		return &Contours{Ruling: Ruling{Covers: Covers{"ground"}, Color: scene.Color{70, 46, 28, 210}, Width: 1.4, Major: 5}, Step: 20}
	},
	Examples: []scene.Example{{Layer: `step: 25, width: 5, color: "#fff3d0", emission: 0.5`}},
})

// Contours are lines of equal height above the ellipsoid.
type Contours struct {
	Ruling
	Step float64 `json:"step" above:"0" max:"5000" unit:"m" doc:"height between two lines"`
}

// Draw makes one drape.
func (p *Contours) Draw(*layer.Context) ([]drawable.Draw, error) {
	return []drawable.Draw{{What: p.drape(drawable.Contours, p.Step)}}, nil
}

var _ = layer.Register(scene.Type{Name: "ground-grid", Group: "basemap", Doc: "lines in squares of metres on the ground around a place, as on a blueprint",
	New: func() any {
		return &GroundGrid{Ruling: Ruling{Covers: Covers{"flat"}, Color: scene.Color{70, 170, 255, 200}, Width: 1.5, Major: 5, Emission: 0.6}, Step: 100, Radius: 5000}
	},
	Examples: []scene.Example{
		{Layer: `at: {lng: -30.5, lat: 36.5}, step: 200, radius: 4000`},
		{Name: "night", Doc: "a grid that glows by night", Layer: `at: {lng: -30.5, lat: 36.5}, step: 200, radius: 4000, emission: 3`, Time: "2026-06-22T01:00:00Z"},
	},
})

// GroundGrid is a square grid in the tangent plane of a place.
type GroundGrid struct {
	Ruling
	At      *Place  `json:"at" doc:"middle; without it below the camera"`
	Step    float64 `json:"step" above:"0" max:"1e6" unit:"m" doc:"side of a square; lines nearer to each other than pixels fade"`
	Radius  float64 `json:"radius" min:"0" max:"1e7" unit:"m" doc:"where it has faded out; 0 has no end"`
	Heading float64 `json:"heading" min:"-360" max:"360" unit:"°" doc:"turns it clockwise from north"`
}

// Place is a place on the ground.
type Place struct {
	Lng float64 `json:"lng" min:"-180" max:"180" required:"true" doc:"longitude in degrees"`
	Lat float64 `json:"lat" min:"-90" max:"90" required:"true" doc:"latitude in degrees"`
}

// Draw makes one drape.
func (p *GroundGrid) Draw(*layer.Context) ([]drawable.Draw, error) {
	d := p.drape(drawable.GroundGrid, p.Step)
	d.Reach, d.Angle = p.Radius, earth.Radians(p.Heading)
	if p.At != nil {
		d.Place = earth.Place{Lng: p.At.Lng, Lat: p.At.Lat}
	}
	return []drawable.Draw{{What: d}}, nil
}
