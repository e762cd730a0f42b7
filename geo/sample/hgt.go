package sample

import (
	"encoding/binary"
	"math"
)

// hgtName is the SRTM name of the one-degree tile that holds the island.
const hgtName = "N36W031.hgt"

// hgt returns the elevation as an SRTM 3-arc-second tile: 1201×1201 big-endian int16,
// rows from the north, metres above the geoid.
func (c *city) hgt() []byte {
	const n = 1201
	out := make([]byte, 2*n*n)
	for j := range n {
		lat := 37 - float64(j)/(n-1)
		for i := range n {
			lng := -31 + float64(i)/(n-1)
			h := -40.0
			if math.Abs(lng-Center.Lng) < 0.15 && math.Abs(lat-Center.Lat) < 0.15 {
				x, y := c.frame.Plan(lng, lat)
				h = c.ground.height(x, y)
			}
			binary.BigEndian.PutUint16(out[2*(j*n+i):], uint16(int16(math.Round(h))))
		}
	}
	return out
}

// lngLat returns the degrees of a plan position, rounded to OSM's 1e-7.
func (c *city) lngLat(x, y float64) (lng, lat float64) {
	lng, lat = c.frame.Unplan(x, y)
	return math.Round(lng*1e7) / 1e7, math.Round(lat*1e7) / 1e7
}
