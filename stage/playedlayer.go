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
	draws  []drawable.Draw
	timed  *timedRows // nil where rows neither come nor go
	ready  bool
	marked marked
	now    *scene.Layer // as the story has it in the frame
	peers  []peer       // what draws tell of

	there, greeted bool // it has been drawn; and that was told
}

// rows are those of its table, or values of its tiles' features.
func (pl *playedLayer) rows() *table.Table {
	if pl.table == nil {
		return pl.values
	}
	return pl.table
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
	if pl.table != nil {
		filter = filterOf(l, s)
	}
	if pl.ready && pl.alt == l.Altitude && same(pl.filter, filter) && reflect.DeepEqual(pl.props, l.Props) && !pl.stale() {
		return nil
	}
	c := &layer.Context{
		Layer: l, Table: pl.table, Ground: p.Ground, SystemFonts: p.options.SystemFonts,
		Open: func(path string) ([]byte, error) { return os.ReadFile(p.Doc.Resolve(path)) },
		Path: p.Doc.Resolve, Footage: p.footage, Peer: p.asks(pl), Credits: p.Doc.Credits,
		Skip: func(row, reason string) {
			if !pl.retold() { // a story may leave a legend nothing to explain
				p.out.add("layer "+pl.id, reason, row)
			}
		},
	}
	if l.Tiles != "" {
		c.Tiles, c.Values = p.Doc.Resolve(l.Tiles), pl.values
	}
	var err error
	if pl.draws, pl.timed, err = drawn(c, filter); err != nil {
		return badContent(err)
	}
	pl.props, pl.alt, pl.filter, pl.ready = l.Props, l.Altitude, filter, true
	return nil
}

// drawn draws the rows that a filter lets through, or prepares those that come and go.
func drawn(c *layer.Context, filter map[string]any) ([]drawable.Draw, *timedRows, error) {
	var shown layer.Shown
	if c.Table != nil {
		shown = layer.Matching(c.Table, filter)
	}
	if l := c.Layer; c.Table != nil && l.Time != nil && l.Time.Field != "" {
		rows, err := layer.NewTimed(l.Time, c.Table)
		if err != nil {
			return nil, nil, fmt.Errorf("layer %s: %w", l.ID, err)
		}
		w, ok := l.Props.(interface{ DrawsWhole() bool })
		return nil, &timedRows{rows: rows, context: c, shown: shown, groups: map[int][]drawable.Draw{}, whole: ok && w.DrawsWhole()}, nil
	}
	draws, err := layer.Draw(c.Only(shown))
	return draws, nil, err
}

// present lists what is there at a story time.
func (pl *playedLayer) present(t scene.Time) ([]drawable.Draw, error) {
	if pl.timed == nil {
		return pl.draws, nil
	}
	return pl.timed.at(t.Seconds())
}
