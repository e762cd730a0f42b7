package generate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/layers/city"
	"github.com/longtake/longtake/scene"
)

// tide is how far above the sea, in metres, a raster of the land may still mean the sea:
// most show its surface where they know nothing of the bed.
const tide = 1.0

// bedded is land with the bed of the sea from another raster.
type bedded struct {
	geo.Elevation
	bed *raster.Elevation
	sea float64 // height of its surface above the ellipsoid
}

// HeightAt is the bed's height where the land is not above the sea.
func (b bedded) HeightAt(lng, lat float64) (float64, bool) {
	h, ok := b.Elevation.HeightAt(lng, lat)
	if ok && h > b.sea+tide {
		return h, true
	}
	if d, known := b.bed.HeightAt(lng, lat); known && (!ok || d < h) {
		return d, true
	}
	return h, ok
}

// bathymetry is the source that the drawn terrain layer names for the bed of the sea.
func (g *generation) bathymetry() (src scene.Source, name string, ok bool) {
	l := g.layer("terrain")
	if l == nil {
		return src, "", false
	}
	name = l.Props.(*city.Terrain).Bathymetry
	src, ok = g.doc.Sources[name]
	return src, name, ok
}

// checkBathymetry says what is wrong with the source that a terrain layer names.
func (g *generation) checkBathymetry() error {
	l := g.layer("terrain")
	if l == nil || l.Props.(*city.Terrain).Bathymetry == "" {
		return nil
	}
	src, name, ok := g.bathymetry()
	if !ok {
		return fmt.Errorf("layer %s: bathymetry: there is no source named %s", l.ID, name)
	}
	if src.Type != "raster" {
		return fmt.Errorf("layer %s: bathymetry: the source %s is of type %s: it must be a raster", l.ID, name, src.Type)
	}
	return nil
}

// withBed puts the bed of the sea below a land.
func (g *generation) withBed(ctx context.Context, land geo.Elevation, sea float64, clip *geo.Bound, report *geo.Report) (geo.Elevation, error) {
	src, _, ok := g.bathymetry()
	if !ok {
		return land, nil
	}
	var grids []*raster.Grid
	for _, p := range src.Path {
		name := filepath.Base(p)
		g.progress.count("read "+name, 0, 0)
		grid, err := raster.Open(ctx, g.doc.Resolve(p), rasterOptions(src, clip))
		if errors.Is(err, raster.ErrOutside) {
			report.Note(name + ": beside the data, not needed")
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, n := range grid.Notes {
			report.Note(name + ": " + n)
		}
		grids = append(grids, grid)
	}
	if len(grids) == 0 {
		return land, nil
	}
	return bedded{land, raster.Mosaic(grids...), sea}, nil
}

// bedKey adds the rasters of the bed, and how they are read, to a key.
func (g *generation) bedKey(key digester) error {
	src, _, ok := g.bathymetry()
	if !ok {
		return nil
	}
	how, err := json.Marshal(src)
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	key.text("bathymetry")
	key.bytes(how)
	for _, p := range src.Path {
		if err := hashFile(key.h, g.doc.Resolve(p)); err != nil {
			return err
		}
	}
	return nil
}
