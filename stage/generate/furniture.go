package generate

import (
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/barrier"
	"github.com/longtake/longtake/geo/furniture"
	"github.com/longtake/longtake/layers/city"
	"github.com/longtake/longtake/scene"
)

// outdoors wires geo/furniture.
func outdoors(l *Layer) Builder {
	lamps, unbuilt := l.Props.(*city.Furniture).StreetLamps, l.Unbuilt
	return Builder{Models: models, sight: sightThings, Make: func(b *geo.Block) geo.Maker {
		if m := furniture.New(b, l.ID, furniture.Options{StreetLamps: lamps, Wet: l.wet(b), Sea: l.Sea, Lake: lakeDepth, Unbuilt: unbuilt}); m.Len() > 0 {
			return m
		}
		return nil
	}}
}

// unbuilt tells that no layer makes buildings of the source of a layer that furnishes, so that what
// would be built from outlines stands as models.
func (g *generation) unbuilt(l *scene.Layer) bool {
	return kindOf(l) == "furniture" && !slices.ContainsFunc(g.doc.Layers, func(o scene.Layer) bool {
		return !o.Template && o.Source == l.Source && kindOf(&o) == "buildings"
	})
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
