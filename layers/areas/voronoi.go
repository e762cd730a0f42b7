package areas

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "voronoi", Group: "areas", Doc: "the places that are nearest to each point: catchments",
	New: func() any { return &Voronoi{Choropleth: newChoropleth()} },
	Examples: []scene.Example{
		{Layer: `source: places, color: {field: population, palette: viridis}, edge: {width: 2}`},
		{Name: "reach", Doc: "catchments that end at a distance", Layer: `source: sensors, reach: 450, color: {field: megawatt, palette: plasma}, edge: {width: 1.5}`},
	},
})

// Voronoi draws the cell of each point as an area.
type Voronoi struct {
	Choropleth
	layer.Whole
	Reach float64 `json:"reach" min:"0" max:"1e7" unit:"m" doc:"how far from its point a cell goes; 0 ends them beyond the outermost points"`
}

// Draw makes the cells.
func (p *Voronoi) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	lng, lat := sheet.Points(c, t)
	areas := make([]orb.Geometry, t.Rows())
	for i, ring := range aggregate.Voronoi(lng, lat, aggregate.PlanOf(lng, lat, true), p.Reach) {
		areas[i] = orb.MultiPolygon{}
		if ring != nil {
			areas[i] = orb.Polygon{ring}
		} else if !math.IsNaN(lng[i]) {
			c.Skip(t.IDs[i], "a point where another is")
		}
	}
	return p.Choropleth.draw(with(c, t, areas))
}
