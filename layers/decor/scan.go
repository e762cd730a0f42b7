package decor

import (
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "scan", Group: "decoration", Doc: "waves, bands and beams that run over ground and models alike",
	New: func() any {
		return &Scan{Shape: "circle", Radius: scale.NumberBy{Constant: 2000}, Color: scale.ColorBy{Constant: scene.Color{64, 200, 255, 255}}, Period: 5, Reach: 600, Emission: 1.5}
	},
	Examples: []scene.Example{
		{Layer: `at: {lng: -30.505, lat: 36.499}, radius: 1500`, At: 3.2},
		{Name: "band", Doc: "a line of light that crosses the city", Layer: `at: {lng: -30.505, lat: 36.499}, radius: 1400, shape: band, heading: 60, color: "#7dffcf"`, At: 3.2},
		{Name: "radar", Doc: "a beam that sweeps over it", Layer: `at: {lng: -30.505, lat: 36.499}, radius: 1500, shape: radar, color: "#3dffb0"`},
		{Name: "grid", Doc: "a blueprint's lines, and a wave over them", Layer: `at: {lng: -30.505, lat: 36.499}, radius: 1500, shape: grid, color: "#7fb8ff"`},
		{Name: "town", Doc: "over streets, roofs and walls", Layer: `at: {lng: -30.505, lat: 36.508}, radius: 700, color: "#7dffcf"`, Around: "city", Camera: `{ lng: -30.505, lat: 36.498, height: 420, pitch: -22 }`, At: 3.2},
	},
})

// Scan draws a pattern around every point of its rows. It lies on whatever the picture shows
// within its reach: terrain, roads, roofs, walls from their foot to their top, and the globe.
// It costs a few reads at each pixel that its box covers.
type Scan struct {
	mark.Where
	Shape    string         `json:"shape" enum:"circle,band,radar,grid,hexagons" doc:"what runs: a wave from the middle, a line, a beam that turns, or a wave over lines or cells"`
	Radius   scale.NumberBy `json:"radius" unit:"m" doc:"how far it runs"`
	Heading  float64        `json:"heading" unit:"°" doc:"where a band runs to, clockwise from north"`
	Color    scale.ColorBy  `json:"color" theme:"accent" doc:"colour"`
	Period   float64        `json:"period" min:"0" max:"3600" unit:"s" doc:"of a wave, a band's way or a beam's turn"`
	Reach    float64        `json:"reach" min:"1" max:"1e5" unit:"m" doc:"how far above and below the ground at its place it is laid on what is there"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness; up to 1 colours are exact, above they glow"`
}

// Draw makes instances of a box or a disc.
func (s *Scan) Draw(c *layer.Context) ([]drawable.Draw, error) {
	c = c.Grounded()
	l, err := looksOf(c, &s.Where, s.Color, s.Radius, nil)
	if err != nil {
		return nil, err
	}
	name := map[string]string{"circle": "scan", "radar": "sweep", "grid": "grid", "hexagons": "hexagons"}[s.Shape]
	pattern := mark.Pattern{Pattern: name, Period: s.Period, Emission: s.Emission}
	e := pattern.Effect()
	switch s.Shape {
	case "band": // v is -1 to 1: one band at a time, and a pause
		e = drawable.Effect{Pattern: drawable.Bands, Period: float32(s.Period), Repeat: 0.42, Width: 0.05, Softness: 1, Emission: float32(s.Emission)}
	case "grid":
		e.Repeat, e.Width = 24, 0.06
	case "hexagons":
		e.Repeat = 16
	}
	return mark.Discs(c, mark.Groups(l.spots), e, s.Reach, func(row int, it *drawable.Instance) {
		r := float32(l.radii[row])
		it.Scale, it.Color, it.Yaw = [2]float32{r, r}, l.colors[row], float32(-earth.Radians(s.Heading))
	}), nil
}
