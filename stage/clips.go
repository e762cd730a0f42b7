package stage

import (
	"reflect"

	"github.com/longtake/longtake/layers/basemap"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// clipsTiles tells whether a layer draws nothing itself but cuts others.
func clipsTiles(l *scene.Layer) bool {
	_, ok := l.Props.(*basemap.Clip)
	return ok
}

// clips are those of the layers that are shown at a time; nil of none.
func (p *Player) clips(t scene.Time, height float64, s scene.Selection) (out []*drawable.Clip, err error) {
	for _, pl := range p.layers {
		l := pl.now
		if !clipsTiles(l) || !shown(l, t, height) || pl.company(t, height) == 0 {
			continue
		}
		if err := p.refresh(pl, l, s); err != nil {
			return nil, err
		}
		draws, err := p.presented(pl, l, t)
		if err != nil {
			return nil, err
		}
		for i := range draws {
			if c, ok := draws[i].What.(*drawable.Clip); ok {
				if pl.clip == nil || !reflect.DeepEqual(pl.clip, c) {
					pl.clip = c
				}
				out = append(out, pl.clip) // tiles keep what it leaves of them by its pointer
			}
		}
	}
	return out, nil
}

// clipsOf are the clips that cut the tiles of a layer.
func clipsOf(all []*drawable.Clip, layer string) (out []*drawable.Clip) {
	for _, c := range all {
		if c.Cuts(layer) {
			out = append(out, c)
		}
	}
	return out
}
