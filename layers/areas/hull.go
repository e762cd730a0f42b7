package areas

import (
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "hull", Group: "areas", Doc: "the convex hull of all points, or of those of each group",
	New: func() any { return &Hull{Choropleth: newChoropleth()} },
	Examples: []scene.Example{
		{Layer: `source: sensors, color: "#37c8ff", alpha: 0.3, edge: {width: 2.5, color: "#37c8ff"}`},
	},
})

// Hull draws one area for each group, with the values of its first row.
type Hull struct {
	Choropleth
	layer.Whole
	Group string `json:"group" doc:"field whose equal values are a group; without it all points are one"`
}

// Draw makes the hulls.
func (p *Hull) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	names := make([]string, t.Rows())
	if p.Group != "" {
		if names, err = t.Strings(p.Group); err != nil {
			return nil, err
		}
	}
	lng, lat := sheet.Points(c, t)
	members := map[string][]int{}
	for i, name := range names {
		if lng[i] == lng[i] {
			members[name] = append(members[name], i)
		}
	}
	areas := make([]orb.Geometry, t.Rows())
	for i := range areas {
		areas[i] = orb.MultiPolygon{}
	}
	for name, rows := range members { // each writes its own
		var x, y []float64
		for _, i := range rows {
			x, y = append(x, lng[i]), append(y, lat[i])
		}
		if ring := aggregate.Hull(x, y, aggregate.PlanOf(x, y, true)); ring != nil {
			areas[slices.Min(rows)] = orb.Polygon{ring}
		} else {
			c.Skip(t.IDs[rows[0]], "too few points for a hull of "+p.Group+" "+name)
		}
	}
	return p.Choropleth.draw(with(c, t, areas))
}
