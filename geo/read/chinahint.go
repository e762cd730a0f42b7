package read

import (
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// noteDisplaced is said of a file in China that does not tell its coordinates.
const noteDisplaced = "source in China taken as WGS 84: what comes from a Chinese map service is some hundred metres off, and in place with the source's coordinates: gcj02 or bd09"

// mainland is where the law wants maps to be displaced, as boxes of longitude and latitude
// that leave out the borders: the west, Tibet, the middle, Yunnan, the coast, Hainan, and the
// north-east; without Hong Kong, Macau and Taiwan.
var mainland = [...]geo.Bound{
	{West: 76, South: 36, East: 94, North: 45}, {West: 82, South: 30.5, East: 98, North: 36}, {West: 98, South: 25, East: 110, North: 41.5},
	{West: 99, South: 23.4, East: 106, North: 25}, {West: 106, South: 22.6, East: 118.2, North: 25}, {West: 110, South: 25, East: 119.8, North: 43},
	{West: 119.8, South: 26.5, East: 122.3, North: 41}, {West: 108.6, South: 18.1, East: 111.1, North: 20.2}, {West: 109, South: 21, East: 113.3, North: 22.6},
	{West: 117.5, South: 41, East: 125, North: 48}, {West: 125, South: 43, East: 130, North: 48},
}

// inMainland tells whether a place is well within mainland China.
func inMainland(p orb.Point) bool {
	for _, b := range mainland {
		if p[0] >= b.West && p[0] <= b.East && p[1] >= b.South && p[1] <= b.North {
			return true
		}
	}
	return false
}

// hint says of a file that is mostly in China, in a format that does not define its
// coordinates, and with nothing said of them, that they may be displaced.
func (c *checker) hint(f Format) {
	if (c.o.Coordinates == "" || c.o.Coordinates == "auto") && c.o.CRS == "" && f.Kind != KindCityModel && !f.City() && 2*c.displaced > c.yielded {
		c.o.Report.Note(noteDisplaced)
	}
}
