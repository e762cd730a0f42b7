package generate

import (
	"fmt"
	"sync"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/geo/terrain"
)

// carried is elevation that goes on where the rasters end.
type carried struct {
	known  geo.Elevation
	beyond func() *terrain.Terrain // coarse; its unknown nodes are filled from the known ones
}

// HeightAt asks the rasters first.
func (c carried) HeightAt(lng, lat float64) (float64, bool) {
	if h, ok := c.known.HeightAt(lng, lat); ok {
		return h, true
	}
	return c.beyond().HeightAt(lng, lat)
}

// measured is elevation where rasters tell it, without what is carried on.
func measured(e geo.Elevation) geo.Elevation {
	switch e := e.(type) {
	case carried:
		return e.known
	case bedded:
		e.Elevation = measured(e.Elevation)
		return e
	}
	return e
}

// everywhere carries elevation that covers only a part of the site over all of it, so
// that whatever stands on the ground has some to stand on.
func (g *generation) everywhere(b *bare, known *raster.Elevation, report *geo.Report) (geo.Elevation, error) {
	coarse, err := g.coarse(known, b.Sea)
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	switch share := coarse.Known(); {
	case share == 0:
		report.Note("the elevation does not cover the data: the ground is flat at sea level")
	case share >= 1:
		b.Covers = true
		return known, nil
	}
	return carried{known, func() *terrain.Terrain { return coarse }}, nil
}

// everywhereAgain is everywhere for elevation that an earlier run has looked at: it is
// carried on when somebody asks for what lies beyond.
func (g *generation) everywhereAgain(b *bare, known *raster.Elevation) geo.Elevation {
	if b.Covers {
		return known
	}
	return carried{known, sync.OnceValue(func() *terrain.Terrain {
		coarse, _ := g.coarse(known, b.Sea) // of a square that has been good before
		return coarse
	})}
}

func (g *generation) coarse(known *raster.Elevation, sea float64) (*terrain.Terrain, error) {
	return terrain.New(known, terrain.Options{Frame: g.site.frame, Min: g.site.min, Size: g.site.size, Cells: 256, SeaLevel: sea})
}
