package generate

import (
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/indoor"
	"github.com/longtake/longtake/layers/city"
)

// inside builds the insides of buildings.
func inside(l *Layer) Builder {
	props := l.Props.(*city.Indoor)
	return Builder{Quantize: true, Make: func(b *geo.Block) geo.Maker {
		if m := indoor.New(b, l.ID, indoor.Options{Storey: props.Storey}); m != nil {
			return m
		}
		return nil
	}}
}
