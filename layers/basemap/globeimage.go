package basemap

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "globe-image", Group: "globe", Doc: "a picture of the whole globe: by day its colours, or lights that are seen on the night side alone, or clouds",
	New: func() any { return &GlobeImage{Show: "colors", Alpha: 1} },
	Examples: []scene.Example{
		{Layer: `image: globe.png`, Camera: `{lng: 25, lat: 25, height: 1.6e7, pitch: -90}`, Time: "2026-06-21T09:00:00Z"},
		{Name: "lights", Doc: "day and night: what shines in the dark is faded out by the terminator", Layer: `image: globe.png, show: lights`, Camera: `{lng: 25, lat: 25, height: 1.6e7, pitch: -90}`, Time: "2026-06-21T17:00:00Z"},
	},
})

// GlobeImage is an equirectangular picture over the Earth.
type GlobeImage struct {
	Tone
	Image string  `json:"image" required:"true" format:"path" fixed:"true" doc:"equirectangular picture, west and north first: PNG, JPEG or WebP"`
	Show  string  `json:"show" enum:"colors,lights" doc:"colors are lit by the sun; lights shine by themselves where it is night"`
	Alpha float64 `json:"alpha" min:"0" max:"1" doc:"how much it covers, or how bright it shines"`
}

// Files names the picture, for packages.
func (p *GlobeImage) Files() []*string { return []*string{&p.Image} }

// Draw makes one drape.
func (p *GlobeImage) Draw(c *layer.Context) ([]drawable.Draw, error) {
	data, err := c.Open(p.Image)
	if err != nil {
		return nil, err
	}
	img, err := Picture(data, p.Image)
	if err != nil {
		return nil, err
	}
	d := &drawable.Drape{Over: drawable.OverGround | drawable.OverWater, Color: white(p.Alpha),
		Tiles: []drawable.DrapeTile{{Region: drawable.Region{West: -180, South: -90, East: 180, North: 90}, Image: img, UV: [4]float32{0, 0, 1, 1}, Beyond: drawable.BeyondAll}}}
	if p.Show == "lights" {
		d.Color[3], d.Emission, d.Dark = 0, float32(p.Alpha), 1
	}
	p.dress(d)
	return []drawable.Draw{{What: d}}, nil
}
