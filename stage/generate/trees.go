package generate

import (
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/model"
	"github.com/longtake/longtake/layers/city"
)

// trees wires the plants of geo/cover.
func trees(l *Layer) Builder {
	density := l.Props.(*city.Trees).Density
	return Builder{Models: models, sight: sightShapes, Make: func(b *geo.Block) geo.Maker {
		return cover.NewPlanting(b, l.ID, cover.PlantOptions{Density: density, Wet: l.wet(b)})
	}}
}

// wet tells where a block's ground is the bed of the sea; nil where there is no sea.
func (l *Layer) wet(b *geo.Block) func(x, y float64) bool {
	if !l.Wet {
		return nil
	}
	return func(x, y float64) bool {
		h, ok := b.Elevation.HeightAt(b.Frame.Unplan(x, y))
		return ok && h < l.Sea
	}
}

func models(name string) []geo.Mesh {
	m, _ := model.Get(name)
	return m
}
