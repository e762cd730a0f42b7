package generate

import (
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/street"
	"github.com/longtake/longtake/geo/terrain"
)

// roadCover wires geo/street for roads, railCover for railways.
func roadCover(l *Layer) Coverer { return streets(l, street.Options{Roads: l.ID}) }
func railCover(l *Layer) Coverer { return streets(l, street.Options{Rails: l.ID}) }

func streets(l *Layer, o street.Options) Coverer {
	survey := newStreetSurvey(l.Frame, l.Scratch, l.Spill, o)
	return Coverer{
		sight: sightWays,
		Make: func(b *geo.Block) Covering {
			made := street.Build(b, survey.near(b), o)
			return Covering{Patches: made.Patches, Solids: made.Solids}
		},
		Shapes:   func(b *geo.Block) terrain.Shapes { return street.Earthworks(b, survey.near(b), o) },
		Finished: true,
		Survey:   &survey.Survey,
	}
}
