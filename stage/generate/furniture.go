package generate

import (
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/barrier"
	"github.com/longtake/longtake/geo/furniture"
	"github.com/longtake/longtake/layers/city"
)

// outdoors wires geo/furniture.
func outdoors(l *Layer) Builder {
	lamps := l.Props.(*city.Furniture).StreetLamps
	return Builder{Models: models, sight: sightThings, Make: func(b *geo.Block) geo.Maker {
		if m := furniture.New(b, l.ID, furniture.Options{StreetLamps: lamps, Wet: l.wet(b), Sea: l.Sea, Lake: lakeDepth}); m.Len() > 0 {
			return m
		}
		return nil
	}}
}

// barriers wires geo/barrier.
func barriers(l *Layer) Builder {
	wires := l.Props.(*city.Barriers).Wires
	return Builder{Models: models, sight: sightThings, Make: func(b *geo.Block) geo.Maker {
		if m := barrier.New(b, l.ID, barrier.Options{Wires: wires}); m.Len() > 0 {
			return m
		}
		return nil
	}}
}
