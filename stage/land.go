package stage

import (
	"fmt"
	"sync"

	"github.com/longtake/longtake/geo/continents"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

// sketchWidth is how many texels of some ten kilometres our own outlines take around the
// equator; roughFrom the metres of height from which they may be seen.
const (
	sketchWidth = 4096
	roughFrom   = 10e3
)

// sketch is made once, when a camera first rises above a globe of which nothing is known.
var sketch = sync.OnceValue(func() *pipeline.Land {
	return &pipeline.Land{
		Cover:   &drawable.Image{Name: "continents", Width: sketchWidth, Height: sketchWidth / 2, Channels: 1, Pixels: continents.Sketch(sketchWidth, sketchWidth/2)},
		Climate: climate(), Rough: true,
	}
})

var climate = sync.OnceValue(func() *drawable.Image {
	const width, height = 512, 256
	c := &drawable.Image{Name: "climates", Width: width, Height: height, Channels: 4, Pixels: make([]byte, 4*width*height)}
	for i, three := 0, continents.Climate(width, height); i < width*height; i++ {
		copy(c.Pixels[4*i:], three[3*i:3*i+3])
	}
	return c
})

// readLand reads what a document's globe has for land; nil where it has none of its own.
func readLand(doc *scene.Document) (*pipeline.Land, error) {
	name := doc.Environment.Globe.Land
	if name == "" || name == scene.NoLand {
		return nil, nil
	}
	m, err := continents.Read(doc.Resolve(name))
	if err != nil {
		return nil, fmt.Errorf("environment.globe.land: %w", err)
	}
	return &pipeline.Land{Cover: &drawable.Image{Name: "land", Width: m.Width, Height: m.Height, Channels: 1, Pixels: m.Share}, Climate: climate()}, nil
}

// landFrom is the land of the globe for an eye at a height in metres.
func (p *Player) landFrom(height float64) *pipeline.Land {
	switch g := p.Doc.Environment.Globe; {
	case p.land != nil:
		return p.land
	case g.Image != "" || g.Land == scene.NoLand || height < roughFrom:
		return nil
	}
	return sketch()
}
