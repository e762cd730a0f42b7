package generate

import (
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/solid"
)

// cityModel builds the objects of city models that are no buildings.
func cityModel(l *Layer) Builder {
	return Builder{Models: models, Quantize: true, Make: func(b *geo.Block) geo.Maker {
		return solid.New(b, l.ID, l.Attributes)
	}}
}
