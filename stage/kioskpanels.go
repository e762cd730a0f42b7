package stage

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// grasp is a part of a panel that is held by the pointer: what it does goes on as that moves.
type grasp struct {
	acts   func(from, to [2]float64) drawable.Act
	corner [2]float64 // of the panel, pixels of a 1080-line picture
	from   [2]float64 // in the panel
	plays  bool       // the story's time was going on, and does so again
}

// of1080 is a place of the picture, given in shares of it, in pixels of 1080 lines.
func (k *kiosk) of1080(at [2]float64) (x, y float64) {
	return 1080 * at[0] * float64(k.live.size.Width) / float64(max(k.live.size.Height, 1)), 1080 * at[1]
}

// grip takes hold of the part of a panel at a place, given in shares of the picture, and tells
// whether there is one that does something.
func (k *kiosk) grip(at [2]float64) bool {
	x, y := k.of1080(at)
	panel, part := k.live.player.gallery.find(x, y)
	if part == nil || part.Acts == nil {
		return false
	}
	corner := [2]float64{panel.box.X, panel.box.Y}
	g := &grasp{acts: part.Acts, corner: corner, from: [2]float64{x - corner[0], y - corner[1]}}
	k.grasp = g
	switch a := g.acts(g.from, g.from); a.Kind {
	case drawable.Toggle:
		k.clock.toggle(k.wall.now())
	case drawable.Show:
		k.live.player.show(a.Layers, a.Visible)
	case drawable.Seek:
		if g.plays = !k.clock.stopped; g.plays {
			k.clock.toggle(k.wall.now())
		}
		k.act(a)
	default:
		k.act(a)
	}
	return true
}

// slide goes on with the part that is held.
func (k *kiosk) slide(at [2]float64) {
	x, y := k.of1080(at)
	k.act(k.grasp.acts(k.grasp.from, [2]float64{x - k.grasp.corner[0], y - k.grasp.corner[1]}))
}

// act does what goes on as long as a part is held.
func (k *kiosk) act(a drawable.Act) {
	switch a.Kind {
	case drawable.Seek:
		if !math.IsNaN(a.Time) && !math.IsInf(a.Time, 0) {
			k.seek(scene.Seconds(a.Time))
		}
	case drawable.Window:
		l := &k.live.player.links
		if l.windows == nil {
			l.windows = map[string]drawable.Act{}
		}
		l.windows[a.Layer] = a
	}
}

// let lets a part go that is held.
func (k *kiosk) let() {
	g := k.grasp
	if k.grasp = nil; g != nil && g.plays {
		k.clock.toggle(k.wall.now())
	}
}

// clearWindows ends the windows that were dragged and tells whether there were some.
func (l *linking) clearWindows() bool {
	was := len(l.windows) > 0
	l.windows = nil
	return was
}

// show shows layers, or hides them, whatever the story says of them from then on.
func (p *Player) show(layers []string, visible bool) {
	if p.showing == nil {
		p.showing = map[string]bool{}
	}
	for _, id := range layers {
		p.showing[id] = visible
	}
}

// switched is the layer of the moment as it was switched by hand.
func (p *Player) switched(pl *playedLayer) {
	visible, ok := p.showing[pl.id]
	if !ok || visible == (pl.now.Visible && pl.now.Opacity > 0) {
		return
	}
	l := *pl.now
	if l.Visible = visible; visible && l.Opacity <= 0 {
		l.Opacity = 1
	}
	pl.now = &l
}

// showsLayer tells whether a layer is shown at the moment.
func (p *Player) showsLayer(id string) bool {
	for _, pl := range p.layers {
		if pl.id == id {
			return pl.now != nil && pl.now.Visible && pl.now.Opacity > 0
		}
	}
	return false
}
