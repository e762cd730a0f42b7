package cells

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "cell", Group: "cells", Doc: "cells of H3, S2, quadkeys or geohashes: by the ids that rows have, or of the points that lie in them",
	New: func() any { return &Cell{Look: newLook(), System: "h3", Level: 8} },
	Examples: []scene.Example{
		{Layer: `source: sensors, system: h3, level: 8, color: {field: sum(megawatt), scale: sqrt, palette: viridis}`},
		{Name: "s2", Doc: "cells of S2", Layer: `source: sensors, system: s2, level: 14, color: {field: sum(megawatt), scale: quantile, palette: plasma}`},
		{Name: "quadkey", Doc: "tiles of web maps", Layer: `source: sensors, system: quadkey, level: 16, color: {field: count, palette: plasma}, height: {field: count, range: [60, 500]}`},
		{Name: "geohash", Doc: "boxes of geohashes", Layer: `source: sensors, system: geohash, level: 6, color: {field: mean(megawatt), scale: sqrt, palette: ylorrd}, edge: {width: 1}`},
		{Name: "h3-columns", Doc: "columns of H3", Layer: `source: sensors, system: h3, level: 9, color: {field: sum(megawatt), scale: sqrt, palette: turbo}, height: {field: sum(megawatt), range: [80, 900]}`},
	},
})

// Cell draws cells of a system.
type Cell struct {
	layer.Rows
	layer.Whole
	Look
	System string `json:"system" enum:"h3,s2,quadkey,geohash" doc:"of the cells"`
	ID     string `json:"cell" doc:"field with the id of each row's cell; without it points are gathered"`
	Level  int    `json:"level" min:"0" max:"30" doc:"of the cells in which points are gathered: larger is finer"`
	Weight string `json:"weight" doc:"field by which rows count"`
}

// Draw gathers the rows, or reads their ids.
func (p *Cell) Draw(c *layer.Context) ([]drawable.Draw, error) {
	of, keys, system, err := p.gather(c)
	if err != nil {
		return nil, err
	}
	return p.draw(c, of, cellsOf{n: len(keys), outline: func(k int) orb.Ring { return shrink(system.Outline(keys[k]), p.Coverage) }})
}

// Values are those of the cells.
func (p *Cell) Values(c *layer.Context) (*table.Table, error) {
	of, _, _, err := p.gather(c)
	return of, err
}

// gather finds the cells, with what the scales read of them.
func (p *Cell) gather(c *layer.Context) (of *table.Table, keys []uint64, system aggregate.System, err error) {
	t, err := c.Rows()
	if err != nil {
		return nil, nil, system, err
	}
	if system, err = aggregate.NewSystem(p.System); err != nil {
		return nil, nil, system, err
	}
	var groups aggregate.Groups
	if p.ID == "" {
		lng, lat := sheet.Points(c, t)
		if groups, keys, err = aggregate.BinCells(lng, lat, system, p.Level); err != nil {
			return nil, nil, system, fmt.Errorf("level: %w", err)
		}
	} else if groups, keys, err = p.read(c, t, system); err != nil {
		return nil, nil, system, err
	}
	if groups.N > mostCells {
		return nil, nil, system, fmt.Errorf("%d cells: %d are allowed", groups.N, mostCells)
	}
	s := stats{rows: t, groups: groups, weight: p.Weight, plain: p.ID != ""}
	if of, err = s.table(fields(p.Color, p.Height)...); err != nil {
		return nil, nil, system, err
	}
	of.Geometry = make([]orb.Geometry, groups.N)
	return of, keys, system, nil
}

// read parses the ids. A row with another is left out and counted.
func (p *Cell) read(c *layer.Context, t *table.Table, system aggregate.System) (g aggregate.Groups, keys []uint64, err error) {
	texts, err := t.Strings(p.ID)
	if err != nil {
		return g, nil, fmt.Errorf("cell: %w", err)
	}
	of := make([]uint64, len(texts))
	for i, text := range texts {
		if !c.Shows(i) {
			continue
		}
		key, err := system.Parse(text)
		if err != nil {
			c.Skip(t.IDs[i], "no id of "+p.System)
			continue
		}
		of[i] = key
	}
	g, keys = aggregate.Group(of)
	return g, keys, nil
}
