package stage

import (
	"fmt"
	"os"
	"reflect"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// playedLayer is a layer with the drawables of its present properties.
type playedLayer struct {
	id     string
	base   *scene.Layer
	table  *table.Table
	values *table.Table // that features of its tiles have
	props  any          // that draws were made with
	alt    float64
	filter map[string]any // and what of the selection
	only   *tileFilter    // of its tiles' features
	rowDraws
	good    *table.Table // the last that could be drawn, or the package's: those that are read again may not be
	gliding *gliding     // to these draws from others; nil = not
	ready   bool
	marked  marked
	now     *scene.Layer   // as the story has it in the frame
	peers   []peer         // what draws tell of
	clip    *drawable.Clip // that it was last
	cut     movingCut      // of its vehicles

	refreshed      bool // its rows are read again while it is watched live
	there, greeted bool // it has been drawn; and that was told
}

// rows are those of its table, or values of its tiles' features.
func (pl *playedLayer) rows() *table.Table {
	if pl.table == nil {
		return pl.values
	}
	return pl.table
}

// rowDraws are a layer's drawables, or what makes them as the data's time goes on.
type rowDraws struct {
	draws   []drawable.Draw
	timed   *timedRows   // nil where rows neither come nor go
	sampled *sampledRows // nil where rows are no samples
}

// shown tells whether a layer is to be drawn at a story time from a height.
func shown(l *scene.Layer, t scene.Time, height float64) bool {
	switch {
	case !l.Visible || l.Opacity <= 0 || l.Template:
		return false
	case t.Before(l.From) || (l.To != scene.Time{}) && !t.Before(l.To):
		return false
	case height < l.MinHeight || l.MaxHeight > 0 && height > l.MaxHeight:
		return false
	}
	return true
}

// at is the layer with what the story has set.
func (pl *playedLayer) at(m scene.Moment) (*scene.Layer, error) {
	set := m.Set[pl.id]
	if len(set) == 0 {
		return pl.base, nil
	}
	l, err := pl.base.With(set)
	if err != nil {
		return nil, fmt.Errorf("layer %s: %w", pl.id, err)
	}
	return &l, nil
}

// refresh makes the layer's drawables anew where what they depend on has changed: its
// properties, or which of its rows are selected.
func (p *Player) refresh(pl *playedLayer, l *scene.Layer, s scene.Selection) error {
	var filter map[string]any
	if _, paints := l.Props.(layer.Painter); pl.table != nil && !paints { // rows of a join are not what is selected
		filter = p.filterOf(l, s)
	}
	if pl.ready && pl.alt == l.Altitude && same(pl.filter, filter) && reflect.DeepEqual(pl.props, l.Props) && !pl.stale() {
		return nil
	}
	c := p.context(l, pl.table, func(row, reason string) {
		if !pl.retold() { // a story may leave a legend nothing to explain
			p.out.add("layer "+pl.id, reason, row)
		}
	})
	c.Footage, c.Peer = p.footage, p.asks(pl)
	if c.Tiles != "" {
		c.Values = pl.values
	}
	var err error
	if pl.rowDraws, err = drawn(c, filter); err != nil && pl.good != nil && pl.good != pl.table {
		p.out.add("layer "+pl.id, "not refreshed, its last rows stay: "+err.Error(), "")
		pl.table, pl.gliding, c.Table = pl.good, nil, pl.good
		pl.rowDraws, err = drawn(c, filter)
	}
	if err != nil {
		return badContent(err)
	}
	pl.good = pl.table
	pl.props, pl.alt, pl.filter, pl.ready = l.Props, l.Altitude, filter, true
	return nil
}

// context is what a layer draws from, but for what the frame loop alone may be asked.
func (p *Player) context(l *scene.Layer, rows *table.Table, skip func(row, reason string)) *layer.Context {
	c := &layer.Context{
		Layer: l, Table: rows, Ground: p.Ground, SystemFonts: p.options.SystemFonts,
		Open: func(path string) ([]byte, error) { return os.ReadFile(p.Doc.Resolve(path)) },
		Path: p.Doc.Resolve, Credits: p.Doc.Credits, Skip: skip, Kept: &p.kept,
	}
	if l.Tiles != "" {
		c.Tiles = p.Doc.Resolve(l.Tiles)
	}
	return c
}

// drawn draws the rows that a filter lets through, or prepares those that come and go.
func drawn(c *layer.Context, filter map[string]any) (out rowDraws, err error) {
	var shown layer.Shown
	if c.Table != nil {
		shown = layer.Matching(c.Table, filter)
		c.Selected = shown
	}
	l := c.Layer
	switch clock := l.Time; {
	case c.Table == nil || clock == nil || clock.Field == "":
		out.draws, err = layer.Draw(c.Only(shown))
		return out, err
	case clock.By != "":
		samples, err := layer.NewSamples(clock, c.Table)
		if err != nil {
			return out, fmt.Errorf("layer %s: %w", l.ID, err)
		}
		out.sampled = &sampledRows{samples: samples, context: c, all: &table.Whole{Table: c.Table}, filter: filter, whole: drawsWhole(l)}
	default:
		rows, err := layer.NewTimed(clock, c.Table)
		if err != nil {
			return out, fmt.Errorf("layer %s: %w", l.ID, err)
		}
		out.timed = &timedRows{rows: rows, context: c, shown: shown, groups: map[int][]drawable.Draw{}, whole: drawsWhole(l)}
	}
	return out, nil
}

// drawsWhole tells whether a layer's type draws all rows together.
func drawsWhole(l *scene.Layer) bool {
	w, ok := l.Props.(interface{ DrawsWhole() bool })
	return ok && w.DrawsWhole()
}

// present lists what is there at a story time.
func (r *rowDraws) present(t scene.Time) ([]drawable.Draw, error) {
	switch {
	case r.timed != nil:
		return r.timed.at(t.Seconds())
	case r.sampled != nil:
		return r.sampled.draw(t.Seconds())
	}
	return r.draws, nil
}

// presented lists what is there of a layer as it is in a frame: the moment of a transition to new
// rows, too.
func (p *Player) presented(pl *playedLayer, l *scene.Layer, t scene.Time) ([]drawable.Draw, error) {
	g := pl.gliding
	if g == nil || p.feeds == nil {
		return pl.present(t)
	}
	now := p.feeds.now()
	if now.Sub(g.began) >= g.lasts {
		pl.gliding = nil
		return pl.present(t)
	}
	c := p.context(l, pl.table, func(string, string) {}) // told of the rows that it ends with
	c.Footage, c.Peer = p.footage, p.asks(pl)
	draws, err := g.draw(c, pl.filter, now, pl.draws)
	if err != nil { // of rows between the old and the new, which each can be drawn
		pl.gliding = nil
		return pl.present(t)
	}
	return draws, nil
}

// numbered are the rows that the layer's drawables number by their ids.
func (pl *playedLayer) numbered() *table.Table {
	if s := pl.sampled; s != nil && s.rows != nil {
		return s.rows
	}
	return pl.table
}
