package flows

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/layer"
)

// Other says where a row goes whose geometry is a point.
type Other struct {
	Lng2 string `json:"lng2" doc:"field of the other end's longitude; rows that are lines do not need it"`
	Lat2 string `json:"lat2" doc:"field of the other end's latitude"`
}

// ends finds both ends of each row; nil where a row has none.
func (o *Other) ends(c *layer.Context) ([]*[2]orb.Point, error) {
	t := c.Table
	out := make([]*[2]orb.Point, t.Rows())
	var lng2, lat2 []float64
	for i, g := range t.Geometry {
		switch g := g.(type) {
		case orb.LineString:
			if len(g) >= 2 {
				out[i] = &[2]orb.Point{g[0], g[len(g)-1]}
				continue
			}
		case orb.Point:
			if lng2 == nil {
				var err error
				if lng2, err = t.Numbers(o.Lng2); err != nil {
					return nil, err
				}
				if lat2, err = t.Numbers(o.Lat2); err != nil {
					return nil, err
				}
			}
			if !math.IsNaN(lng2[i]) && math.Abs(lat2[i]) <= 90 && math.Abs(lng2[i]) <= 360 {
				out[i] = &[2]orb.Point{g, {lng2[i], lat2[i]}}
				continue
			}
		}
		c.Skip(t.IDs[i], "no two ends")
	}
	return out, nil
}
