package stage

import (
	"maps"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
)

// tileFilter is what a selection leaves of the features of a layer's tiles. Tiles keep what it
// leaves of them by its pointer, so it is made anew only where the selection changes.
type tileFilter struct{ values map[string]any }

// ofTiles is what of a selection the features of the layer's tiles can be matched with: the
// fields whose values are known.
func (pl *playedLayer) ofTiles(values map[string]any) map[string]any {
	if len(values) == 0 || pl.values == nil {
		return nil
	}
	out := maps.Clone(values)
	maps.DeleteFunc(out, func(field string, _ any) bool { return pl.values.Find(field) == nil })
	return out
}

// filters is the layer's filter; nil lets all through.
func (pl *playedLayer) filters(values map[string]any) *tileFilter {
	switch values = pl.ofTiles(values); {
	case len(values) == 0:
		pl.only = nil
	case pl.only == nil || !same(pl.only.values, values):
		pl.only = &tileFilter{values}
	}
	return pl.only
}

// matches tells whether a row has all of the values.
func (c *tileContent) matches(row int, values map[string]any) bool {
	for field, want := range values {
		if !layer.Matches(layer.ValueOf(&c.rows[row], c.columns, field), want) {
			return false
		}
	}
	return true
}

// tileMatches are the first rows of a tile that have some values.
type tileMatches struct {
	values map[string]any
	rows   []int
}

// matching lists the first rows that have all of the values, as many as are outlined at the most.
// They are looked for once: frame after frame asks for the same.
func (c *tileContent) matching(values map[string]any) []int {
	if m := &c.matched; m.values == nil || !same(m.values, values) {
		m.values, m.rows = values, m.rows[:0]
		for row := 0; row < len(c.rows) && len(m.rows) < mostOutlined; row++ {
			if c.matches(row, values) {
				m.rows = append(m.rows, row)
			}
		}
	}
	return c.matched.rows
}

// leaves is the part of a mesh that a filter leaves; nil of one of which nothing is left. It is
// made once.
func (c *tileContent) leaves(p *tilePart, f *tileFilter) *drawable.Mesh {
	if p.filter == f {
		return p.left
	}
	if c.filter != f {
		c.filter, c.shown = f, make([]bool, len(c.rows))
		for i := range c.shown {
			c.shown[i] = c.matches(i, f.values)
		}
	}
	p.filter, p.left, p.leftGlow = f, nil, nil
	var indices []uint32
	for t := 0; t+2 < len(p.mesh.Indices); t += 3 {
		if row := p.mesh.Vertices[p.mesh.Indices[t]].Feature; int(row) < len(c.shown) && c.shown[row] {
			indices = append(indices, p.mesh.Indices[t:t+3]...)
		}
	}
	switch {
	case len(indices) == len(p.mesh.Indices):
		p.left, p.leftGlow = p.mesh, p.glow
	case len(indices) > 0:
		left := *p.mesh
		left.Indices = indices
		p.left, p.leftGlow = left.Bound(), p.glow.only(c.shown)
	}
	return p.left
}
