package generate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/scene"
)

// bare is the ground before anything is laid onto it. What later runs need of it is kept,
// so the rasters are read only where something is built that asks for a height.
type bare struct {
	Sea        float64 // height of the mean sea above the ellipsoid
	Resolution float64 // of the finest raster in metres; 0 where there is none
	Covers     bool    // the rasters know a height everywhere
	Report     geo.Summary

	name digest // of the files and of how they are read
	load func() (geo.Elevation, error)
	once sync.Once
	elev geo.Elevation
	err  error
}

// HeightAt asks the rasters.
func (b *bare) HeightAt(lng, lat float64) (float64, bool) {
	e, err := b.ground()
	if err != nil {
		return 0, false
	}
	return e.HeightAt(lng, lat)
}

// ground reads the rasters, at most once.
func (b *bare) ground() (geo.Elevation, error) {
	b.once.Do(func() { b.elev, b.err = b.load() })
	return b.elev, b.err
}

// relief finds the bare ground: elevation, carried on where it ends.
func (g *generation) relief(ctx context.Context) error {
	clip := g.clip()
	name, some, err := g.rasterName(&clip)
	if err != nil {
		return err
	}
	b := &bare{name: name}
	b.load = func() (geo.Elevation, error) { // what it reports was reported when it was read first
		report := geo.NewReport()
		e, err := g.readElevation(ctx, &clip, report)
		if e == nil || err != nil {
			return geo.FlatElevation(b.Sea + flatGround), err
		}
		return g.withBed(ctx, g.everywhereAgain(b, e), b.Sea, &clip, report)
	}
	if data, ok := g.store.get(name); !ok || json.Unmarshal(data, b) != nil {
		if err := g.firstRelief(ctx, b, clip); err != nil {
			return err
		}
	}
	g.report.Merge(b.Report)
	g.sea, g.bare = b.Sea, b
	if some && b.Resolution > 0 {
		g.elevation = b
		return nil
	}
	feet, err := g.bases(ctx)
	if err != nil {
		return err
	}
	if feet != nil {
		r, name, err := g.modelGround(ctx)
		if err != nil {
			return err
		}
		if g.elevation = feet; r.Ok() {
			g.elevation = &modelled{r, feet}
		}
		d := newDigest("bases")
		d.digest(b.name)
		for _, row := range feet.height {
			d.floats(row[:]...)
		}
		d.digest(name)
		b.name = d.sum()
		g.report.Note("no elevation: the ground is that under the city model's buildings")
		return nil
	}
	g.elevation = geo.FlatElevation(g.sea + flatGround)
	g.report.Note("no elevation: the ground is flat")
	return nil
}

// firstRelief reads the rasters and keeps what is to be known of them.
func (g *generation) firstRelief(ctx context.Context, b *bare, clip geo.Bound) error {
	report := geo.NewReport()
	geoid, err := raster.Undulation(ctx, clip)
	if err != nil {
		report.Note("no geoid: heights are taken as ellipsoidal")
	}
	b.Sea = geoid.At(g.site.frame.Origin.Lng, g.site.frame.Origin.Lat)
	e, err := g.readElevation(ctx, &clip, report)
	if err != nil {
		return err
	}
	if e != nil {
		b.Resolution = e.Resolution()
		whole, err := g.everywhere(b, e, report)
		if err == nil {
			whole, err = g.withBed(ctx, whole, b.Sea, &clip, report)
		}
		if err != nil {
			return err
		}
		b.once.Do(func() { b.elev = whole })
	}
	b.Report = report.Summary()
	data, err := json.Marshal(b)
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	return g.store.put(b.name, data)
}

// rasterFiles calls f with every raster of the terrain layers.
func (g *generation) rasterFiles(clip *geo.Bound, f func(path string, src scene.Source, o raster.Options) error) error {
	for i := range g.doc.Layers {
		l := &g.doc.Layers[i]
		if l.Type != "terrain" || l.Template || l.Source == "" {
			continue
		}
		src := g.doc.Sources[l.Source]
		for _, p := range src.Path {
			if err := f(g.doc.Resolve(p), src, rasterOptions(src, clip)); err != nil {
				return err
			}
		}
	}
	return nil
}

// rasterName names the elevation of a region by its files and by how they are read.
func (g *generation) rasterName(clip *geo.Bound) (name digest, some bool, err error) {
	key := g.key("elevation")
	s := g.site
	key.floats(s.frame.Origin.Lng, s.frame.Origin.Lat, s.min[0], s.min[1], s.size)
	err = g.rasterFiles(clip, func(path string, src scene.Source, _ raster.Options) error {
		some = true
		how, err := json.Marshal(src)
		if err != nil {
			return fmt.Errorf("generate: %w", err)
		}
		key.bytes(how)
		return hashFile(key.h, path)
	})
	if err == nil {
		err = g.bedKey(key)
	}
	return key.sum(), some, err
}

// readElevation reads the rasters of the terrain layers, cut to a region.
func (g *generation) readElevation(ctx context.Context, clip *geo.Bound, report *geo.Report) (*raster.Elevation, error) {
	var grids []*raster.Grid
	var outside []string
	err := g.rasterFiles(clip, func(path string, src scene.Source, o raster.Options) error {
		name := filepath.Base(path)
		g.progress.count("read "+name, 0, 0)
		grid, err := g.openRaster(ctx, path, src, o)
		if errors.Is(err, raster.ErrOutside) {
			outside = append(outside, name)
			return nil
		}
		if err != nil {
			return err
		}
		for _, n := range grid.Notes {
			report.Note(name + ": " + n)
		}
		grids = append(grids, grid)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, name := range outside {
		if len(grids) > 0 { // one of several tiles
			report.Note(name + ": beside the data, not needed")
		} else {
			report.Skip(name, "elevation raster does not cover the data")
		}
	}
	if len(grids) == 0 {
		return nil, nil
	}
	return raster.Mosaic(grids...), nil
}
