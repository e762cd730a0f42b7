package basemap

import (
	"errors"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "image", Group: "basemap", Doc: "a picture laid on the ground in its bounds: a plan, a chart, a weather map",
	New:      func() any { return &Image{Covers: Covers{"flat"}, Alpha: 1} },
	Examples: []scene.Example{{Layer: `image: globe.png, bounds: [-30.53, 36.485, -30.47, 36.515], alpha: 0.9`}},
})

// Image is a picture in its region.
type Image struct {
	Covers
	Tone
	Image    string       `json:"image" required:"true" format:"path" fixed:"true" doc:"PNG, JPEG or WebP"`
	Bounds   scene.Bounds `json:"bounds" required:"true" doc:"region that it covers, edge to edge"`
	Mercator bool         `json:"mercator" doc:"its rows are even in the projection of web maps, else in latitude"`
	Alpha    float64      `json:"alpha" min:"0" max:"1" doc:"how much it covers the ground"`
	Emission float64      `json:"emission" min:"0" max:"100" doc:"light of its own"`
}

// Files names the picture, for packages.
func (p *Image) Files() []*string { return []*string{&p.Image} }

// Draw makes one drape.
func (p *Image) Draw(c *layer.Context) ([]drawable.Draw, error) {
	if p.Bounds == (scene.Bounds{}) {
		return nil, errors.New("image needs bounds: [west, south, east, north] in degrees")
	}
	data, err := c.Open(p.Image)
	if err != nil {
		return nil, err
	}
	img, err := Picture(data, p.Image)
	if err != nil {
		return nil, err
	}
	d := &drawable.Drape{Over: p.surfaces(), Color: white(p.Alpha), Emission: float32(p.Emission), Tiles: []drawable.DrapeTile{{Region: region(p.Bounds, p.Mercator), Image: img, UV: [4]float32{0, 0, 1, 1}, Low: -500, High: 9000}}}
	p.dress(d)
	return []drawable.Draw{{What: d}}, nil
}

// region is a document's bounds.
func region(b scene.Bounds, mercator bool) drawable.Region {
	r := drawable.Region{West: b.West, South: b.South, East: b.East, North: b.North, Mercator: mercator}
	if r.East < r.West {
		r.East += 360
	}
	return r
}
