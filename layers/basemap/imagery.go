package basemap

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "imagery", Group: "basemap", Doc: "aerial pictures and raster maps on the ground and the globe, from tiles or a georeferenced picture",
	New: func() any { return &Imagery{Covers: Covers{"ground"}, MaxZoom: 22, Alpha: 1} },
	Examples: []scene.Example{
		{Layer: `source: earth`, Camera: `{lng: 25, lat: 25, height: 1.6e7, pitch: -90}`, Time: "2026-06-21T09:00:00Z"},
		{Name: "adjusted", Doc: "imagery in other colours: turned, pale and bright, for data to lie on", Layer: `source: earth, saturation: -0.8, brightness: 0.4, contrast: -0.3`,
			Camera: `{lng: 25, lat: 25, height: 1.6e7, pitch: -90}`, Time: "2026-06-21T09:00:00Z"},
		{Name: "swipe", Doc: "two maps, one on each side of a divider; a story moves it by setting the window", Layer: `source: earth, hue: 180, window: [0.5, 1]`,
			Camera: `{lng: 25, lat: 25, height: 1.6e7, pitch: -90}`, Time: "2026-06-21T09:00:00Z"},
		{Name: "night-lights", Doc: "lights of towns that shine on the night side of the globe alone", Layer: `source: earth, lights: 1, alpha: 0`,
			Camera: `{lng: 25, lat: 25, height: 1.6e7, pitch: -90}`, Time: "2026-06-21T20:30:00Z"},
		{Name: "tile-debug", Doc: "borders and numbers of the tiles that a view needs", Layer: `source: earth, borders: true, ids: true`,
			Camera: `{lng: 26, lat: 24, height: 5.5e6, pitch: -90}`, Time: "2026-06-21T09:00:00Z"},
	},
})

// Imagery is a pyramid of pictures.
type Imagery struct {
	Covers
	Address string  `json:"address" fixed:"true" example:"https://tiles.example.org/{z}/{x}/{y}.jpg" doc:"in place of a source: a template of tiles with {z}, {x} and {y}, {-y} (TMS), {quadkey} or {bbox-epsg-3857}; or a WMTS or WMS address with service and layer. Tiles are fetched when the package is generated"`
	Credit  string  `json:"credit" fixed:"true" doc:"owner of what the address gives"`
	MinZoom int     `json:"minZoom" min:"0" max:"24" fixed:"true" doc:"coarsest zoom that is taken"`
	MaxZoom int     `json:"maxZoom" min:"0" max:"24" fixed:"true" doc:"finest zoom that is taken"`
	Alpha   float64 `json:"alpha" min:"0" max:"1" doc:"how much it covers the ground"`
	Tone
	Lights  float64 `json:"lights" min:"0" max:"100" doc:"brightness at which the picture shines by night, for pictures of towns' lights"`
	Borders bool    `json:"borders" doc:"draws the borders of tiles"`
	IDs     bool    `json:"ids" doc:"writes zoom/column/row in the middle of each tile, and behind a ◂ those of the coarser one whose picture it shows where there is none of its own"`
}

// Tone is embedded by pictures: how their colours are changed, and where they are seen.
type Tone struct {
	Hue        float64    `json:"hue" min:"-360" max:"360" unit:"°" doc:"turns the colours"`
	Saturation float64    `json:"saturation" min:"-1" max:"4" doc:"more or less colour; -1 is grey"`
	Brightness float64    `json:"brightness" min:"-1" max:"4" doc:"brighter or darker; -1 is black"`
	Contrast   float64    `json:"contrast" min:"-1" max:"4" doc:"more or less contrast; -1 is grey"`
	Window     [2]float64 `json:"window" min:"0" max:"1" doc:"part of the picture's width in which it is seen, from the left: [0.5, 1] is the right half; [0, 0] is all"`
}

func (t Tone) dress(d *drawable.Drape) {
	d.Adjust = drawable.Adjust{Hue: t.Hue, Saturation: t.Saturation, Brightness: t.Brightness, Contrast: t.Contrast}
	d.Window = [2]float32{float32(t.Window[0]), float32(t.Window[1])}
}

// Draw names the archive.
func (p *Imagery) Draw(c *layer.Context) ([]drawable.Draw, error) {
	if c.Tiles == "" {
		return nil, nil
	}
	im := &drawable.Imagery{Path: c.Tiles, IDs: p.IDs, Drape: drawable.Drape{Over: p.surfaces(), Color: white(p.Alpha), Emission: float32(p.Lights), Dark: 1}}
	p.dress(&im.Drape)
	if p.Borders {
		im.Drape.Width = 2
	}
	return []drawable.Draw{{What: im}}, nil
}
