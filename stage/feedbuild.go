package stage

import (
	"reflect"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// builtLayer is a layer that is drawn of new rows beside the frame loop.
type builtLayer struct {
	*playedLayer
	layer   *scene.Layer // as it was when that began
	filter  map[string]any
	context *layer.Context
	draws   rowDraws
	made    bool        // else it is made by the frame that shows it
	left    [][2]string // reasons and rows
}

// build has the layers of a source drawn of its new rows, all before any is shown.
func (f *feeds) build(p *Player, s *liveSource, t *table.Table) {
	var built []*builtLayer
	for _, pl := range s.layers {
		b := &builtLayer{playedLayer: pl}
		built = append(built, b)
		// What tells of other layers has to be made when they are as they will be shown.
		if !pl.ready || pl.peers != nil || pl.now == nil {
			continue
		}
		b.made, b.layer, b.filter = true, pl.now, pl.filter
	}
	f.beside(func() func(*Player) {
		var failed error
		for _, b := range built {
			if !b.made || failed != nil || f.ctx.Err() != nil {
				continue
			}
			c := p.context(b.layer, t, func(row, reason string) { b.left = append(b.left, [2]string{reason, row}) })
			b.context = c
			// Of videos the frame loop alone may ask: a layer that does is made by it.
			c.Footage = func(string) (drawable.Footage, error) {
				b.made = false
				return drawable.Footage{Width: 1920, Height: 1080}, nil
			}
			var err error
			if b.draws, err = drawn(c, b.filter); err == nil && b.draws.draws == nil {
				_, err = layer.Draw(c) // rows that come and go are drawn when they come
			}
			if err != nil {
				failed = err // which names the layer
			}
		}
		return func(p *Player) {
			switch {
			case f.ctx.Err() != nil:
			case failed != nil:
				f.failed(p, s, "source "+s.name, failed)
			default:
				s.last, s.failures, s.busy = t, 0, false
				for _, b := range built {
					b.show(p, s, t)
				}
			}
		}
	})
}

// show puts what was built in place of what is shown, between two frames.
func (b *builtLayer) show(p *Player, s *liveSource, t *table.Table) {
	pl := b.playedLayer
	before := pl.glide(t, s.key, p.feeds.now())
	pl.table = t
	if !b.made || pl.alt != b.layer.Altitude || !same(pl.filter, b.filter) || !reflect.DeepEqual(pl.props, b.layer.Props) {
		pl.ready = false // the story has changed it meanwhile
	} else {
		pl.rowDraws, pl.good = b.draws, t
		b.context.Footage, b.context.Peer = p.footage, p.asks(pl) // of rows that are drawn as they come
		for _, l := range b.left {
			p.out.add("layer "+pl.id, l[0], l[1])
		}
	}
	pl.gliding = before
}
