package areas

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "buffer", Group: "areas", Doc: "what lies within a distance of each point, as discs or rings, true on the Earth",
	New: func() any {
		p := &Buffer{Choropleth: newChoropleth(), Distance: scale.NumberBy{Constant: 500}}
		p.Alpha = 0.35
		return p
	},
	Examples: []scene.Example{
		{Layer: `source: places, distance: {field: population, range: [250, 800]}, color: {field: population, palette: viridis}, edge: {width: 2}`},
	},
})

// Buffer draws a disc around each point.
type Buffer struct {
	Choropleth
	Distance scale.NumberBy `json:"distance" unit:"m" doc:"radius"`
	Inner    float64        `json:"inner" min:"0" max:"0.99" doc:"share of the radius that is left out in the middle"`
}

// Draw makes the discs.
func (p *Buffer) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	distances, err := p.Distance.Numbers(t)
	if err != nil {
		return nil, fmt.Errorf("distance: %w", err)
	}
	lng, lat := sheet.Points(c, t)
	areas := make([]orb.Geometry, t.Rows())
	for i, d := range distances {
		areas[i] = orb.MultiPolygon{}
		if !(d > 0) || !(lat[i] >= -90 && lat[i] <= 90) {
			continue
		}
		disc := orb.Polygon{aggregate.Circle(lng[i], lat[i], d)}
		if p.Inner > 0 {
			hole := aggregate.Circle(lng[i], lat[i], d*p.Inner)
			hole.Reverse()
			disc = append(disc, hole)
		}
		areas[i] = disc
	}
	return p.Choropleth.draw(with(c, t, areas))
}
