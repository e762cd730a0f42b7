package generate

import (
	"sync"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/street"
	"github.com/longtake/longtake/geo/terrain"
)

// roadCover wires geo/street for roads, railCover for railways.
func roadCover(l *Layer) Coverer { return streets(l, street.Options{Roads: l.ID}) }
func railCover(l *Layer) Coverer { return streets(l, street.Options{Rails: l.ID}) }

func streets(l *Layer, o street.Options) Coverer {
	survey := street.NewSurveyIn(l.Frame, l.Scratch, l.Spill)
	var heights *street.Heights
	var mu sync.Mutex
	pass := func(add func(part *street.Survey) func(f *geo.Feature)) func() (func(f *geo.Feature), func()) {
		return func() (func(f *geo.Feature), func()) {
			part := survey.Part()
			return add(part), func() {
				mu.Lock()
				defer mu.Unlock()
				survey.Merge(part)
			}
		}
	}
	return Coverer{
		Make: func(b *geo.Block) Covering {
			made := street.Build(b, heights, o)
			return Covering{Patches: made.Patches, Solids: made.Solids}
		},
		Shapes: func(b *geo.Block) terrain.Shapes { return street.Earthworks(b, heights, o) },
		Beyond: func(b *geo.Block) orb.Bound { return heights.Bound(b) },
		Survey: &Survey{
			Lines: true,
			Passes: []func() (add func(f *geo.Feature), done func()){
				func() (add func(f *geo.Feature), done func()) { // bridges are few, and one survey must know all
					return func(f *geo.Feature) {
						mu.Lock()
						defer mu.Unlock()
						survey.Bridge(f)
					}, func() {}
				},
				pass(func(part *street.Survey) func(f *geo.Feature) { return part.Near }),
			},
			End: func(ground geo.Elevation, report *geo.Report) (err error) {
				heights, err = survey.Solve(ground, o, report)
				return err
			},
			Near: func(b *geo.Block) []byte { return heights.Bytes(b) },
		},
	}
}
