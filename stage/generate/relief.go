package generate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/geo/terrain"
	"github.com/longtake/longtake/layers"
)

// place finds the region, the height of the sea there and the elevation.
func (g *generation) place(ctx context.Context) error {
	massives, others := &sketch{most: maxFeet}, &sketch{most: maxFeet}
	all, city := &sketch{most: maxFeet}, false
	for _, s := range g.order {
		built := g.cityData(s.name)
		city = city || built && s.count > 0
		err := s.each(ctx, func(seq int, h *head) error {
			if p, ok := h.foot(); ok {
				v := sketched{h.hash, p, uint32(seq), s.number}
				all.add(v)
				if built {
					others.add(v)
				}
				if built && h.kind&massive != 0 {
					massives.add(v)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	g.feet = all
	g.massive = massives
	var ground geo.Bound
	margin := 0.0
	if t := g.layer("terrain"); t != nil {
		margin = t.Props.(*layers.Terrain).Margin
	} else if g.hasCity() { // no city ends like a tray
		margin = layers.Types()["terrain"].New().(*layers.Terrain).Margin
	}
	feet := massives
	if len(feet.all) < 20 {
		feet = others
	}
	if !city { // only data layers, or only ground
		feet = all
		e, err := g.readElevation(ctx, g.BBox)
		if err != nil {
			return err
		}
		if e != nil {
			ground, margin = e.Bounds(), 0
		}
	}
	var err error
	if g.site, err = locate(feet.places(), g.BBox, ground, margin); err != nil {
		if !g.hasCity() {
			g.site, err = &site{}, nil // world-wide data and placed models have no ground of their own
		}
		return err
	}
	if !g.hasCity() {
		return nil
	}
	return g.relief(ctx)
}

// maxFeet is the most places that decide where the data is.
const maxFeet = 1 << 16

// relief finds the bare ground: elevation, carried on where it ends.
func (g *generation) relief(ctx context.Context) error {
	clip := g.clip()
	var err error
	if g.raster, err = g.readElevation(ctx, &clip); err != nil {
		return err
	}
	if g.geoid, err = raster.Undulation(ctx, clip); err != nil {
		g.report.Note("no geoid: heights are taken as ellipsoidal")
	}
	g.sea = g.geoid.At(g.site.frame.Origin.Lng, g.site.frame.Origin.Lat)
	if g.raster != nil {
		g.elevation, err = g.everywhere(g.raster)
		return err
	}
	b, err := g.bases(ctx)
	if err != nil {
		return err
	}
	if b != nil {
		g.elevation = b
		g.report.Note("no elevation: the ground is that under the city model's buildings")
	} else {
		g.elevation = geo.FlatElevation(g.sea + flatGround)
		g.report.Note("no elevation: the ground is flat")
	}
	return nil
}

// known is the elevation that rasters say; nil where there is none.
func (g *generation) known() (geo.Elevation, error) {
	if g.raster == nil {
		return nil, nil
	}
	return g.raster, nil
}

// elevationKey names the bare ground.
func (g *generation) elevationKey() digest {
	key := g.key("elevation")
	key.digest(g.rasters)
	if b, ok := g.elevation.(*bases); ok {
		for _, row := range b.height {
			key.floats(row[:]...)
		}
	}
	return key.sum()
}

// flatGround is the height of ground without elevation above the sea.
const flatGround = 2.5

// readElevation reads the rasters of the terrain layers, cut to a region.
func (g *generation) readElevation(ctx context.Context, clip *geo.Bound) (*raster.Elevation, error) {
	var grids []*raster.Grid
	var outside []string
	key := newDigest("rasters")
	for i := range g.doc.Layers {
		l := &g.doc.Layers[i]
		if l.Type != "terrain" || l.Template || l.Source == "" {
			continue
		}
		src := g.doc.Sources[l.Source]
		for _, p := range src.Path {
			p = g.doc.Resolve(p)
			g.progress.count("read "+filepath.Base(p), 0, 0)
			o := rasterOptions(src, clip)
			key.text(fmt.Sprintf("%+v %v", o, *clip0(clip)))
			if err := hashFile(key.h, p); err != nil {
				return nil, err
			}
			grid, err := raster.Open(ctx, p, o)
			if errors.Is(err, raster.ErrOutside) {
				outside = append(outside, filepath.Base(p))
				continue
			}
			if err != nil {
				return nil, err
			}
			for _, n := range grid.Notes {
				g.report.Note(filepath.Base(p) + ": " + n)
			}
			grids = append(grids, grid)
		}
	}
	g.rasters = key.sum()
	for _, name := range outside {
		if len(grids) > 0 { // one of several tiles
			g.report.Note(name + ": beside the data, not needed")
		} else {
			g.report.Skip(name, "elevation raster does not cover the data")
		}
	}
	if len(grids) == 0 {
		return nil, nil
	}
	return raster.Mosaic(grids...), nil
}

func clip0(b *geo.Bound) *geo.Bound {
	if b == nil {
		return &geo.Bound{}
	}
	return b
}

// clip is the region of the site's square in degrees.
func (g *generation) clip() geo.Bound {
	s := g.site
	b := geo.Bound{West: math.Inf(1), South: 90, East: math.Inf(-1), North: -90}
	lng0 := s.frame.Origin.Lng
	for i := range 9 {
		t := float64(i) / 8 * s.size
		for _, p := range [][2]float64{{t, 0}, {t, s.size}, {0, t}, {s.size, t}} {
			lng, lat := s.frame.Unplan(s.min[0]+p[0], s.min[1]+p[1])
			lng = lng0 + math.Remainder(lng-lng0, 360)
			b.West, b.East = math.Min(b.West, lng), math.Max(b.East, lng)
			b.South, b.North = math.Min(b.South, lat), math.Max(b.North, lat)
		}
	}
	if b.East-b.West >= 360 {
		return geo.Bound{West: -180, South: b.South, East: 180, North: b.North}
	}
	if b.East > 180 || b.West < -180 {
		b.West, b.East = math.Remainder(b.West, 360), math.Remainder(b.East, 360)
	}
	return b
}

// GroundFile is where a package keeps the heights that a story stands on.
const GroundFile = "ground.bin"

// shape makes the terrain of the bare ground and of what lies on it.
func (g *generation) shape(_ context.Context) error {
	g.progress.count("terrain", 0, 0)
	cell, maxError := 24.0, 1.0
	if g.raster != nil {
		cell = math.Min(math.Max(g.raster.Resolution()/3, 2), 15)
	}
	if l := g.layer("terrain"); l != nil {
		maxError = l.Props.(*layers.Terrain).MaxError
	}
	cells := 64
	for cells < 2048 && g.site.size/float64(cells) > cell {
		cells *= 2
	}
	var err error
	g.terrain, err = terrain.New(g.elevation, terrain.Options{
		Frame: g.site.frame, Min: g.site.min, Size: g.site.size, Cells: cells,
		SeaLevel: g.sea, Flat: g.laid.flats, Error: maxError, TileCells: 64,
	})
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	g.laid.flats = nil
	g.budget.hold(int64(cells+1) * int64(cells+1) * 9)
	if known := g.terrain.Known(); known < 0.999 && g.raster != nil {
		g.report.Note(fmt.Sprintf("elevation known for %.0f %% of the region, carried on beyond", known*100))
	}
	g.elevation, g.raster, g.digests = g.terrain, nil, g.terrain.Digests()
	corner, size := g.terrain.Square()
	at := func(x, y float64) float64 {
		h, _ := g.terrain.HeightAtPlan(min(max(x, corner[0]), corner[0]+size), min(max(y, corner[1]), corner[1]+size))
		return h
	}
	grid := heights.Sample(g.site.frame, g.site.min, g.site.size, min(cells, 1024)+1, at)
	if err := CreateFile(filepath.Join(g.dir, GroundFile), grid.Write); err != nil {
		return fmt.Errorf("generate: ground: %w", err)
	}
	return nil
}
