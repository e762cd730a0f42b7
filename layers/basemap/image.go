package basemap

import (
	"errors"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "image", Group: "basemap", Doc: "a picture laid on the ground in its bounds: a plan, a chart, a weather map",
	New:      func() any { return &Image{Covers: Covers{"flat"}, Sheet: Sheet{Alpha: 1}} },
	Examples: []scene.Example{{Layer: `image: globe.png, bounds: [-30.53, 36.485, -30.47, 36.515], alpha: 0.9`}},
})

// Image is a picture in its region.
type Image struct {
	Covers
	Tone
	Image string `json:"image" required:"true" format:"path" fixed:"true" doc:"PNG, JPEG or WebP"`
	Sheet
}

// Sheet is embedded by what lies flat in a region.
type Sheet struct {
	Bounds   scene.Bounds `json:"bounds" required:"true" doc:"region that it covers, edge to edge"`
	Mercator bool         `json:"mercator" doc:"its rows are even in the projection of web maps, else in latitude"`
	Alpha    float64      `json:"alpha" min:"0" max:"1" doc:"how much it covers the ground"`
	Emission float64      `json:"emission" min:"0" max:"100" doc:"light of its own"`
}

// Files names the picture, for packages.
func (p *Image) Files() []*string { return []*string{&p.Image} }

// Draw makes one drape.
func (p *Image) Draw(c *layer.Context) ([]drawable.Draw, error) {
	d, err := p.lay(&p.Covers, &p.Tone)
	if err != nil {
		return nil, err
	}
	data, err := c.Open(p.Image)
	if err != nil {
		return nil, err
	}
	img, err := Picture(data, p.Image)
	if err != nil {
		return nil, err
	}
	return []drawable.Draw{{What: p.with(d, img)}}, nil
}

// lay is the drape of the region, with nothing on it yet.
func (s *Sheet) lay(over *Covers, tone *Tone) (drawable.Drape, error) {
	if s.Bounds == (scene.Bounds{}) {
		return drawable.Drape{}, errors.New("needs bounds: [west, south, east, north] in degrees")
	}
	d := drawable.Drape{Over: over.surfaces(), Color: white(s.Alpha), Emission: float32(s.Emission)}
	tone.dress(&d)
	return d, nil
}

// with is the drape with a picture on it.
func (s *Sheet) with(d drawable.Drape, img *drawable.Image) *drawable.Drape {
	d.Tiles = []drawable.DrapeTile{{Region: region(s.Bounds, s.Mercator), Image: img, UV: [4]float32{0, 0, 1, 1}, Low: -500, High: 9000}}
	return &d
}

// region is a document's bounds.
func region(b scene.Bounds, mercator bool) drawable.Region {
	r := drawable.Region{West: b.West, South: b.South, East: b.East, North: b.North, Mercator: mercator}
	if r.East < r.West {
		r.East += 360
	}
	return r
}
