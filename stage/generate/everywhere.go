package generate

import (
	"fmt"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/geo/terrain"
)

// carried is elevation that goes on where the rasters end.
type carried struct {
	known  geo.Elevation
	beyond *terrain.Terrain // coarse; its unknown nodes are filled from the known ones
}

// HeightAt asks the rasters first.
func (c carried) HeightAt(lng, lat float64) (float64, bool) {
	if h, ok := c.known.HeightAt(lng, lat); ok {
		return h, true
	}
	return c.beyond.HeightAt(lng, lat)
}

// everywhere carries elevation that covers only a part of the site over all of it, so
// that whatever stands on the ground has some to stand on.
func (g *generation) everywhere(known *raster.Elevation, sea float64, report *geo.Report) (geo.Elevation, error) {
	coarse, err := terrain.New(known, terrain.Options{Frame: g.site.frame, Min: g.site.min, Size: g.site.size, Cells: 256, SeaLevel: sea})
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	switch share := coarse.Known(); {
	case share == 0:
		report.Note("the elevation does not cover the data: the ground is flat at sea level")
	case share >= 1:
		return known, nil
	}
	return carried{known, coarse}, nil
}
