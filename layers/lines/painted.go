package lines

import (
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// painted is the colours and sizes (widths, heights, radii) of the lines of a table's rows.
type painted struct {
	table  *table.Table
	colors perVertex[scene.Color]
	sizes  perVertex[float64]
}

// look is the colour and the size of a line at a vertex, or a share of the way to the next.
type look func(vertex int, share float64) (scene.Color, float64)

// paint maps fields to the colours and sizes of the context's rows.
func paint(c *layer.Context, color scale.ColorBy, size scale.NumberBy) (p painted, err error) {
	if p.table, err = c.Rows(); err != nil {
		return p, err
	}
	if p.colors, err = colorsOf(color, p.table); err != nil {
		return p, err
	}
	p.sizes, err = numbersOf(size, p.table)
	return p, err
}

// each calls draw for each line of each row; the rings of areas are lines. Rows without any, or
// with another number of values than of vertices, are skipped.
func (p *painted) each(c *layer.Context, draw func(row int, line []orb.Point, of look)) {
	for i, g := range p.table.Geometry {
		parts := layer.Polylines(g)
		total := 0
		for _, ps := range parts {
			total += len(ps)
		}
		colors, okColor := p.colors.of(i, total)
		sizes, okSize := p.sizes.of(i, total)
		switch {
		case total == 0:
			c.Skip(p.table.IDs[i], "no line or area geometry")
			continue
		case !okColor || !okSize:
			c.Skip(p.table.IDs[i], "values and vertices differ in number")
			continue
		}
		outline := layer.OutlineOf(layer.Polygons(g))
		behind := 0 // vertices of the parts before
		for _, ps := range parts {
			for _, run := range outline.Runs(ps) {
				first := behind + run[0]
				draw(i, ps[run[0]:run[1]], func(vertex int, share float64) (scene.Color, float64) {
					color, size := at(colors, first+vertex), at(sizes, first+vertex)
					if share > 0 {
						color = color.Mix(at(colors, first+vertex+1), share)
						size += (at(sizes, first+vertex+1) - size) * share
					}
					return color, size
				})
			}
			behind += len(ps)
		}
	}
}
