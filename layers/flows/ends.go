package flows

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
)

// Other says where a row goes whose geometry is a point.
type Other struct {
	Lng2 string `json:"lng2" doc:"field of the other end's longitude; rows that are lines do not need it"`
	Lat2 string `json:"lat2" doc:"field of the other end's latitude"`
}

// ends are both ends of a row.
type ends struct {
	at    [2]orb.Point
	found bool
}

// ends finds both ends of each row.
func (o *Other) ends(c *layer.Context) ([]ends, error) {
	t := c.Table
	out := make([]ends, t.Rows())
	var lng2, lat2 []float64
	if slices.ContainsFunc(t.Geometry, func(g orb.Geometry) bool { _, point := g.(orb.Point); return point }) {
		var err error
		if lng2, err = t.Numbers(o.Lng2); err != nil {
			return nil, err
		}
		if lat2, err = t.Numbers(o.Lat2); err != nil {
			return nil, err
		}
	}
	table.Each(len(out), func(i int) {
		switch g := t.Geometry[i].(type) {
		case orb.LineString:
			if len(g) >= 2 {
				out[i] = ends{[2]orb.Point{g[0], g[len(g)-1]}, true}
			}
		case orb.Point:
			if !math.IsNaN(lng2[i]) && math.Abs(lat2[i]) <= 90 && math.Abs(lng2[i]) <= 360 {
				out[i] = ends{[2]orb.Point{g, {lng2[i], lat2[i]}}, true}
			}
		}
	})
	for i := range out {
		if !out[i].found {
			c.Skip(t.IDs[i], "no two ends")
		}
	}
	return out, nil
}
