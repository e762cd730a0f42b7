package cells

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "grid", Group: "cells", Doc: "points gathered in squares, flat or as columns",
	New: func() any { return &Grid{Bins{Look: newLook(), Size: 500}} },
	Examples: []scene.Example{
		{Layer: `source: sensors, size: 400, color: {field: count, palette: viridis}`},
		{Name: "columns", Doc: "columns whose height is a count and whose colour is a mean", Layer: `source: sensors, size: 300, coverage: 0.8, height: {field: count, range: [80, 700]}, color: {field: mean(megawatt), palette: plasma}`},
	},
})

var _ = layer.Register(scene.Type{Name: "hexagon", Group: "cells", Doc: "points gathered in hexagons, flat or as columns",
	New: func() any { return &Hexagon{Bins: Bins{Look: newLook(), Size: 500}, Shape: "pointy"} },
	Examples: []scene.Example{
		{Layer: `source: sensors, size: 450, color: {field: sum(megawatt), scale: sqrt, palette: inferno}`},
		{Name: "columns", Doc: "columns with edges of light", Layer: `source: sensors, size: 320, coverage: 0.9, height: {field: sum(megawatt), range: [60, 900]}, color: {field: sum(megawatt), scale: sqrt, palette: turbo}, edge: {width: 1.5, color: "#ffffffb0"}`},
	},
})

// Bins are what squares and hexagons share.
type Bins struct {
	layer.Rows
	layer.Whole
	Look
	Size     float64 `json:"size" min:"0.1" max:"5e6" unit:"m" doc:"side of a square, or a hexagon's width from side to side"`
	Weight   string  `json:"weight" doc:"field by which rows count"`
	Mercator bool    `json:"mercator" doc:"cells keep their shape everywhere rather than their area; the size is that in the middle of the data"`
}

// Grid draws squares.
type Grid struct{ Bins }

// Draw gathers the rows.
func (p *Grid) Draw(c *layer.Context) ([]drawable.Draw, error) { return p.drawn(c, aggregate.Square) }

// Values are those of the cells.
func (p *Grid) Values(c *layer.Context) (*table.Table, error) {
	t, _, err := p.gather(c, aggregate.Square)
	return t, err
}

// Hexagon draws hexagons.
type Hexagon struct {
	Bins
	Shape string `json:"shape" enum:"pointy,flat" doc:"a corner in the north, or a side"`
}

// Draw gathers the rows.
func (p *Hexagon) Draw(c *layer.Context) ([]drawable.Draw, error) { return p.drawn(c, p.shape()) }

// Values are those of the cells.
func (p *Hexagon) Values(c *layer.Context) (*table.Table, error) {
	t, _, err := p.gather(c, p.shape())
	return t, err
}

func (p *Hexagon) shape() aggregate.Shape {
	if p.Shape == "flat" {
		return aggregate.Flat
	}
	return aggregate.Pointy
}

// mostCells bounds what is drawn.
const mostCells = 1 << 20

func (p *Bins) drawn(c *layer.Context, shape aggregate.Shape) ([]drawable.Draw, error) {
	of, bins, err := p.gather(c, shape)
	if err != nil {
		return nil, err
	}
	return p.draw(c, of, cellsOf{
		n:       bins.N,
		outline: func(k int) orb.Ring { return bins.Outline(k, math.Min(p.Coverage, 1)) },
		bins:    bins,
	})
}

// gather sorts the rows into cells, with what the scales read of them.
func (p *Bins) gather(c *layer.Context, shape aggregate.Shape) (*table.Table, *aggregate.Bins, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, nil, err
	}
	lng, lat := sheet.Points(c, t)
	bins, err := aggregate.Bin(lng, lat, aggregate.PlanOf(lng, lat, p.Mercator), p.Size, shape)
	if err != nil {
		return nil, nil, fmt.Errorf("size: %w", err)
	}
	if bins.N > mostCells {
		return nil, nil, fmt.Errorf("size: cells of %g m are %d, and %d are allowed", p.Size, bins.N, mostCells)
	}
	s := stats{rows: t, groups: bins.Groups, weight: p.Weight}
	of, err := s.table(fields(p.Color, p.Height)...)
	if err != nil {
		return nil, nil, err
	}
	of.Geometry = make([]orb.Geometry, bins.N)
	return of, bins, nil
}
