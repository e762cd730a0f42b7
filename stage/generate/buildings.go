package generate

import (
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building"
	"github.com/longtake/longtake/layers/city"
)

// buildings wires geo/building.
func buildings(l *Layer) Builder {
	p := l.Props.(*city.Buildings)
	o := building.Options{All: p.All, Flat: p.Flat, Attributes: l.Attributes}
	whole := building.NewSurveyIn(l.Frame, o, l.Scratch, l.Spill)
	seen := sightBuildings
	if p.All { // any area may be one, whose row has all that is known of it
		seen = sightAll
	}
	return Builder{
		Quantize: true,
		sight:    seen,
		Leaves:   p.Levels == city.LeavesOnly,
		Make: func(b *geo.Block) geo.Maker {
			near := whole.Near(b)
			m := building.NewMaker(b, l.ID, near, o)
			if m.Len() == 0 {
				return nil
			}
			return curious{m, near}
		},
		Survey: &Survey{
			Solids: !o.All,
			Passes: []func() (add func(f *geo.Feature), done func()){func() (add func(f *geo.Feature), done func()) {
				return whole.Add, func() {}
			}},
			Near:    func(b *geo.Block) []byte { return whole.Near(b).Outlines() },
			Asks:    asksOf,
			Answers: whole.Answers,
			Failed:  whole.Err,
		},
	}
}

// curious is a maker that has asked for heights.
type curious struct {
	*building.Maker
	near *building.Survey
}

func asksOf(m geo.Maker) []byte {
	if c, ok := m.(curious); ok {
		return c.near.Asks()
	}
	return new(building.Survey).Asks() // no buildings, no questions
}
