package stage

import (
	"reflect"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// peer is another layer that a layer tells of, as its legend does: what it was when that was
// drawn.
type peer struct {
	*playedLayer
	props any
	rows  *table.Table
}

// asks notes which others a layer tells of: it sees them as the story has them at the moment.
func (p *Player) asks(pl *playedLayer) func(id string) (*scene.Layer, *table.Table) {
	pl.peers = nil
	return func(id string) (*scene.Layer, *table.Table) {
		for _, other := range p.layers {
			if other.id == id {
				pl.peers = append(pl.peers, peer{other, other.now.Props, other.rows()})
				return other.now, other.rows()
			}
		}
		return nil, nil
	}
}

// stale tells whether one of the layers that a layer tells of has changed since.
func (pl *playedLayer) stale() bool {
	for _, o := range pl.peers {
		if o.rows != o.playedLayer.rows() || !reflect.DeepEqual(o.props, o.now.Props) {
			return true
		}
	}
	return false
}

// retold tells whether the story has changed a layer that a layer tells of.
func (pl *playedLayer) retold() bool {
	for _, o := range pl.peers {
		if o.now != o.base {
			return true
		}
	}
	return false
}

// fadesBelow is the opacity below which what tells of a layer goes with it.
const fadesBelow = 0.25

// company is how much is to be seen of a layer by those that it tells of: nothing where they are
// not shown. Templates are taken as shown: they stand for layers that come elsewhere.
func (pl *playedLayer) company(t scene.Time, height float64) float64 {
	share := 1.0
	if a, ok := pl.now.Props.(interface{ Alone() bool }); ok && a.Alone() {
		return share
	}
	for _, o := range pl.peers {
		switch {
		case o.base.Template:
		case !shown(o.now, t, height):
			return 0
		default:
			share = min(share, o.now.Opacity/min(fadesBelow, max(o.base.Opacity, 1e-3)))
		}
	}
	return share
}
