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
	id    string
	base  *scene.Layer
	table *table.Table
	props any // that draws were made with
	alt   float64
	draws []drawable.Draw
	ready bool
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

// refresh makes the layer's drawables anew where what they depend on has changed.
func (p *Player) refresh(pl *playedLayer, l *scene.Layer) error {
	if pl.ready && pl.alt == l.Altitude && reflect.DeepEqual(pl.props, l.Props) {
		return nil
	}
	c := &layer.Context{
		Layer: l, Table: pl.table, Ground: p.Ground, SystemFonts: p.options.SystemFonts,
		Open: func(path string) ([]byte, error) { return os.ReadFile(p.Doc.Resolve(path)) },
		Skip: func(row, reason string) { p.skipped[pl.id+": "+reason]++ },
	}
	if l.Tiles != "" {
		c.Tiles = p.Doc.Resolve(l.Tiles)
	}
	draws, err := layer.Draw(c)
	if err != nil {
		return badContent(err)
	}
	pl.draws, pl.props, pl.alt, pl.ready = draws, l.Props, l.Altitude, true
	return nil
}
