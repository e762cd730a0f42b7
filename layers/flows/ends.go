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
	for i, g := range t.Geometry {
		switch g := g.(type) {
		case orb.LineString:
			if len(g) >= 2 {
				out[i] = ends{[2]orb.Point{g[0], g[len(g)-1]}, true}
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
				out[i] = ends{[2]orb.Point{g, {lng2[i], lat2[i]}}, true}
				continue
			}
		}
		c.Skip(t.IDs[i], "no two ends")
	}
	return out, nil
}
