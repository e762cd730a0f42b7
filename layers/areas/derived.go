package areas

import (
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
)

// with is the context with areas in place of the rows' own geometry, for Choropleth to draw:
// scales see the values of all rows.
func with(c *layer.Context, t *table.Table, areas []orb.Geometry) *layer.Context {
	out, rows := *c, *t
	rows.Geometry = areas
	out.Table = &rows
	return &out
}
