package sample

import (
	"bytes"
	"fmt"
	"math"
)

// winds are a grid of velocities in m/s over the bay: a westerly that turns around an eddy.
func (c *city) winds() []byte {
	var b bytes.Buffer
	b.WriteString("lng,lat,u,v\n")
	for j := range 16 {
		for i := range 20 {
			x, y := -4000+400*float64(i), -2200+400*float64(j)
			dx, dy := x-600, y-600
			r := math.Hypot(dx, dy) / 1500
			spin := 14 * r * math.Exp(1-r*r) / 1.4
			u := 5 - spin*dy/math.Max(r*1500, 1)
			v := 1.5*math.Sin(x/1800) + spin*dx/math.Max(r*1500, 1)
			lng, lat := c.lngLat(x, y)
			fmt.Fprintf(&b, "%.7f,%.7f,%.2f,%.2f\n", lng, lat, u, v)
		}
	}
	return b.Bytes()
}
