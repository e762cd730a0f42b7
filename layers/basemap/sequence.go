package basemap

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "image-sequence", Group: "basemap", Doc: "pictures laid on the ground one after the other: radar loops, forecasts, frames of a video",
	New:      func() any { return &Sequence{Covers: Covers{"flat"}, Alpha: 1, Rate: 2} },
	Examples: []scene.Example{{Layer: `images: [globe.png, globe.png], bounds: [-30.53, 36.485, -30.47, 36.515], alpha: 0.9`}},
})

// Sequence is pictures in one region, by time.
type Sequence struct {
	Covers
	Tone
	Images   []string     `json:"images" required:"true" format:"path" fixed:"true" doc:"PNG, JPEG or WebP, in their order"`
	Bounds   scene.Bounds `json:"bounds" required:"true" doc:"region that each covers, edge to edge"`
	Mercator bool         `json:"mercator" doc:"their rows are even in the projection of web maps, else in latitude"`
	Rate     float64      `json:"rate" above:"0" max:"240" doc:"pictures a second of the story; they begin again at the end"`
	Alpha    float64      `json:"alpha" min:"0" max:"1" doc:"how much they cover the ground"`
	Emission float64      `json:"emission" min:"0" max:"100" doc:"light of their own"`
}

// maxSequence bounds the pixels of all pictures: 1 GiB of them.
const maxSequence = 1 << 28

// Files names the pictures, for packages.
func (p *Sequence) Files() []*string {
	var out []*string
	for i := range p.Images {
		out = append(out, &p.Images[i])
	}
	return out
}

// Draw makes one drape with all pictures, of which each is seen in its time.
func (p *Sequence) Draw(c *layer.Context) ([]drawable.Draw, error) {
	if p.Bounds == (scene.Bounds{}) || len(p.Images) == 0 {
		return nil, fmt.Errorf("%s needs images, and bounds: [west, south, east, north] in degrees", c.Layer.Type)
	}
	d := &drawable.Drape{Over: p.surfaces(), Color: white(p.Alpha), Emission: float32(p.Emission), Period: float64(len(p.Images)) / p.Rate}
	pixels := 0
	for _, name := range p.Images {
		data, err := c.Open(name)
		if err != nil {
			return nil, err
		}
		img, err := Picture(data, name)
		if err != nil {
			return nil, err
		}
		if pixels += img.Width * img.Height; pixels > maxSequence {
			return nil, fmt.Errorf("%d pictures of more than %d megapixels in all", len(p.Images), maxSequence>>20)
		}
		d.Tiles = append(d.Tiles, drawable.DrapeTile{Region: region(p.Bounds, p.Mercator), Image: img, UV: [4]float32{0, 0, 1, 1}, Low: -500, High: 9000})
	}
	p.dress(d)
	n := len(d.Tiles)
	d.Show = func(seconds float64) int {
		return int(math.Mod(math.Max(math.Floor(seconds*p.Rate+1e-9), 0), float64(n)))
	}
	return []drawable.Draw{{What: d}}, nil
}
