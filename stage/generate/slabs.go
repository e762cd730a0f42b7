package generate

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"strconv"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/geo/slab"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/city"
	"github.com/longtake/longtake/scene"
)

// slabs builds every layer of slabs. They are wider than any city: areas go by the six
// faces of a cube around the Earth, each with a plan and a tileset of its own.
func (g *generation) slabs(ctx context.Context) error {
	for i := range g.out.Layers {
		l := &g.out.Layers[i]
		if _, ok := l.Props.(*city.Slab); !ok || l.Template || l.Tiles != "" {
			continue
		}
		if err := g.slabLayer(ctx, l); err != nil {
			return fmt.Errorf("generate: layer %s: %w", l.ID, err)
		}
	}
	return nil
}

func (g *generation) slabLayer(ctx context.Context, l *scene.Layer) error {
	p := l.Props.(*city.Slab)
	all, err := g.all(ctx, l.Source)
	if err != nil {
		return err
	}
	relief, rasters, err := g.slabRelief(ctx, p)
	if err != nil {
		return err
	}
	o := slab.Options{Layer: l.ID, Top: p.Top, Thickness: p.Thickness, Exaggeration: p.Exaggeration, Color: slab.Hypsometric, Side: p.Side}
	if relief != nil {
		o.Relief = relief
	}
	if p.Color[3] > 0 {
		o.Color = func(float64) [4]uint8 { return p.Color }
	}
	var chosen []*geo.Feature
	for i := range all {
		if matches(all[i].Tags, p.Where) {
			chosen = append(chosen, &all[i])
		}
	}
	if !g.hasCity() { // what is left out is not looked at
		g.feet = &sketch{most: maxFeet}
		for i, f := range chosen {
			for _, p := range corners(f.Geometry) {
				g.feet.add(sketched{at: p, seq: uint32(i)})
			}
		}
	}
	var folders []string
	count := 0
	for _, face := range faces(chosen) {
		set := slabSet{g: g, layer: l, maxError: p.MaxError, rasters: rasters, frame: face.frame}
		if relief != nil {
			set.resolution = relief.Resolution()
		}
		for _, f := range face.features {
			s, reason := slab.New(f, face.frame, o)
			if s == nil {
				g.report.Skip(f.ID, reason)
				continue
			}
			set.add(s, f)
		}
		if len(set.slabs) == 0 {
			continue
		}
		folder := strconv.Itoa(len(folders))
		if err := set.write(ctx, filepath.Join(g.dir, filepath.FromSlash(g.tilesOf(l)), folder)); err != nil {
			return err
		}
		folders, count = append(folders, folder), count+len(set.slabs)
	}
	if len(folders) == 0 {
		return fmt.Errorf("no area of source %s is left to build: look at where, and at the source's geometry", l.Source)
	}
	if err := tiles.Join(filepath.Join(g.dir, filepath.FromSlash(g.tilesOf(l))), folders, g.Version); err != nil {
		return err
	}
	g.report.Made("slab", count)
	l.Tiles, l.Source, p.Relief = g.tilesOf(l)+"/tileset.json", "", ""
	return nil
}

// slabRelief reads the rasters of a slab layer's relief.
func (g *generation) slabRelief(ctx context.Context, p *city.Slab) (*raster.Elevation, digest, error) {
	key := newDigest("slab relief")
	if p.Relief == "" {
		return nil, key.sum(), nil
	}
	src := g.doc.Sources[p.Relief]
	key.text(fmt.Sprint(src))
	var grids []*raster.Grid
	for _, path := range src.Path {
		path = g.doc.Resolve(path)
		if err := hashFile(key.h, path); err != nil {
			return nil, digest{}, err
		}
		grid, err := raster.Open(ctx, path, rasterOptions(src, nil))
		if err != nil {
			return nil, digest{}, err
		}
		grids = append(grids, grid)
	}
	return raster.Mosaic(grids...), key.sum(), nil
}

func matches(tags, where map[string]string) bool {
	for k, v := range where {
		if tags[k] != v {
			return false
		}
	}
	return true
}

// face is a side of the cube with the areas that are nearest to it.
type face struct {
	frame    earth.Frame
	sum      mgl64.Vec3
	features []*geo.Feature
}

// faces shares areas out by the mean direction of their corners. The plan of a face is
// tangent in the middle of its areas, so that a single country lies undistorted.
func faces(features []*geo.Feature) (out []face) {
	var all [6]face
	for _, f := range features {
		var sum mgl64.Vec3
		for _, p := range corners(f.Geometry) {
			sum = sum.Add(earth.Place{Lng: p[0], Lat: p[1]}.Up())
		}
		if sum.Len() == 0 {
			sum = mgl64.Vec3{1}
		}
		sum = sum.Normalize()
		axis := 0
		for i := range sum {
			if math.Abs(sum[i]) > math.Abs(sum[axis]) {
				axis = i
			}
		}
		k := 2 * axis
		if sum[axis] < 0 {
			k++
		}
		all[k].features, all[k].sum = append(all[k].features, f), all[k].sum.Add(sum)
	}
	for _, f := range all {
		if len(f.features) > 0 {
			p := earth.FromECEF(f.sum.Normalize().Mul(earth.A))
			p.Height = 0
			f.frame = earth.FrameAt(p)
			out = append(out, f)
		}
	}
	return out
}

// corners are the corners of all outer rings.
func corners(g orb.Geometry) (out []orb.Point) {
	switch g := g.(type) {
	case orb.Polygon:
		if len(g) > 0 {
			out = g[0]
		}
	case orb.MultiPolygon:
		for _, p := range g {
			out = append(out, corners(p)...)
		}
	}
	return out
}
