package basemap

import (
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "elevation", Group: "terrain", Doc: "ground coloured by its height",
	New:      func() any { return &Elevation{Covers: Covers{"ground"}, Colors: Colors{Alpha: 1}, Low: 0, High: 3000} },
	Examples: []scene.Example{{Layer: `low: 0, high: 600`}},
})

// hypsometric is the usual order of tints of maps: lowland, hills, rock, snow.
var hypsometric = []scene.Color{{72, 122, 82, 255}, {134, 162, 96, 255}, {204, 192, 128, 255}, {184, 146, 100, 255}, {146, 118, 100, 255}, {198, 194, 190, 255}, {248, 249, 250, 255}}

// Elevation colours the ground by height.
type Elevation struct {
	Covers
	Colors
	Low  float64 `json:"low" min:"-12000" max:"9000" unit:"m" doc:"height above the ellipsoid of the first colour"`
	High float64 `json:"high" min:"-12000" max:"9000" unit:"m" doc:"height of the last colour"`
}

// Draw makes one drape.
func (p *Elevation) Draw(c *layer.Context) ([]drawable.Draw, error) {
	colors := p.Colors
	if colors.Palette == "" && len(colors.Colors) == 0 {
		colors.Colors = hypsometric
	}
	row, err := colors.row(c)
	if err != nil {
		return nil, err
	}
	return []drawable.Draw{{What: &drawable.Drape{Look: drawable.Elevation, Over: p.surfaces(), Color: white(p.Alpha), Palette: row, Low: p.Low, High: p.High}}}, nil
}

var _ = layer.Register(scene.Type{Name: "slope", Group: "terrain", Doc: "ground coloured by how steep it is",
	New: func() any {
		return &Slope{Covers: Covers{"ground"}, Colors: Colors{Palette: "ylorrd", Alpha: 0.8}, High: 45}
	},
	Examples: []scene.Example{{Layer: `low: 0, high: 40`}},
})

// Slope colours the ground by steepness.
type Slope struct {
	Covers
	Colors
	Low  float64 `json:"low" min:"0" max:"90" unit:"°" doc:"slope of the first colour"`
	High float64 `json:"high" min:"0" max:"90" unit:"°" doc:"slope of the last colour"`
}

// Draw makes one drape.
func (p *Slope) Draw(c *layer.Context) ([]drawable.Draw, error) {
	row, err := p.row(c)
	if err != nil {
		return nil, err
	}
	return []drawable.Draw{{What: &drawable.Drape{Look: drawable.Slope, Over: p.surfaces(), Color: white(p.Alpha), Palette: row, Low: p.Low, High: p.High}}}, nil
}

var _ = layer.Register(scene.Type{Name: "aspect", Group: "terrain", Doc: "ground coloured by where its slopes face; level ground is left as it is",
	New:      func() any { return &Aspect{Covers: Covers{"ground"}, Colors: Colors{Palette: "romao", Alpha: 0.8}} },
	Examples: []scene.Example{{Layer: `alpha: 0.8`}},
})

// Aspect colours the ground by the bearing of its slopes, from north to north.
type Aspect struct {
	Covers
	Colors
}

// Draw makes one drape.
func (p *Aspect) Draw(c *layer.Context) ([]drawable.Draw, error) {
	row, err := p.row(c)
	if err != nil {
		return nil, err
	}
	return []drawable.Draw{{What: &drawable.Drape{Look: drawable.Aspect, Over: p.surfaces(), Color: white(p.Alpha), Palette: row, High: 360}}}, nil
}

var _ = layer.Register(scene.Type{Name: "hillshade", Group: "terrain", Doc: "relief shaded from one side as on maps, whatever the sun does",
	New:      func() any { return &Hillshade{Covers: Covers{"ground"}, Azimuth: 315, Altitude: 45, Strength: 0.6} },
	Examples: []scene.Example{{Layer: `strength: 0.8`}},
})

// Hillshade shades slopes.
type Hillshade struct {
	Covers
	Azimuth  float64     `json:"azimuth" min:"0" max:"360" unit:"°" doc:"bearing of the light"`
	Altitude float64     `json:"sunHeight" min:"1" max:"90" unit:"°" doc:"height of the light"`
	Strength float64     `json:"strength" min:"0" max:"1" doc:"how dark a slope is that faces away"`
	Shade    scene.Color `json:"shade" doc:"colour of the shade"`
}

// Draw makes one drape.
func (p *Hillshade) Draw(*layer.Context) ([]drawable.Draw, error) {
	color := p.Shade.Linear()
	color[3] = float32(p.Strength)
	return []drawable.Draw{{What: &drawable.Drape{Look: drawable.Relief, Over: p.surfaces(), Color: color, Angle: earth.Radians(p.Azimuth), Tilt: earth.Radians(p.Altitude)}}}, nil
}
