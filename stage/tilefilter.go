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

// sifted is what a filter leaves of a mesh and its glow: the last one, as others come and go.
type sifted struct {
	filter   *tileFilter
	left     *drawable.Mesh
	leftGlow *glow
}

// leaves is the part of a mesh that a filter leaves; nil of one of which nothing is left. It is
// made once.
func (c *tileContent) leaves(s *sifted, mesh *drawable.Mesh, shining *glow, f *tileFilter) *drawable.Mesh {
	if s.filter == f {
		return s.left
	}
	shown := c.showing(f)
	s.filter, s.left, s.leftGlow = f, nil, nil
	var indices []uint32
	for t := 0; t+2 < len(mesh.Indices); t += 3 {
		if row := mesh.Vertices[mesh.Indices[t]].Feature; int(row) < len(shown) && shown[row] {
			indices = append(indices, mesh.Indices[t:t+3]...)
		}
	}
	switch {
	case len(indices) == len(mesh.Indices):
		s.left, s.leftGlow = mesh, shining
	case len(indices) > 0:
		left := *mesh
		left.Indices = indices
		s.left, s.leftGlow = left.Bound(), shining.only(shown)
	}
	return s.left
}

// showing tells of the tile's rows which a filter leaves.
func (c *tileContent) showing(f *tileFilter) []bool {
	if c.filter != f {
		c.filter, c.shown = f, make([]bool, len(c.rows))
		for i := range c.shown {
			c.shown[i] = c.matches(i, f.values)
		}
	}
	return c.shown
}
