package flows

import (
	"fmt"
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

// pairs finds both ends of any row.
type pairs struct {
	geometry   []orb.Geometry
	lng2, lat2 []float64
}

// pairs are those of a table.
func (o *Other) pairs(t *table.Table) (p pairs, err error) {
	p.geometry = t.Geometry
	if slices.ContainsFunc(t.Geometry, func(g orb.Geometry) bool { _, point := g.(orb.Point); return point }) {
		if p.lng2, err = t.Numbers(o.Lng2); err != nil {
			return p, fmt.Errorf("lng2: %w", err)
		}
		if p.lat2, err = t.Numbers(o.Lat2); err != nil {
			return p, fmt.Errorf("lat2: %w", err)
		}
	}
	return p, err
}

// of a row: longitudes and latitudes apart, as points are passed through memory.
func (p *pairs) of(row int) (lng, lat, lng2, lat2 float64, ok bool) {
	switch g := p.geometry[row].(type) {
	case orb.Point:
		lng2, lat2 = p.lng2[row], p.lat2[row]
		return g[0], g[1], lng2, lat2, math.Abs(lat2) <= 90 && math.Abs(lng2) <= 360
	case orb.LineString:
		if n := len(g); n >= 2 {
			return g[0][0], g[0][1], g[n-1][0], g[n-1][1], true
		}
	}
	return 0, 0, 0, 0, false
}

// ends finds both ends of each row.
func (o *Other) ends(c *layer.Context) ([]ends, error) {
	p, err := o.pairs(c.Table)
	if err != nil {
		return nil, err
	}
	out := make([]ends, c.Table.Rows())
	for i := range out {
		if lng, lat, lng2, lat2, ok := p.of(i); ok {
			out[i] = ends{[2]orb.Point{{lng, lat}, {lng2, lat2}}, true}
		} else {
			c.Skip(c.Table.IDs[i], "no two ends")
		}
	}
	return out, nil
}
