package generate

import (
	"context"
	"fmt"
	"math"
	"path/filepath"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain/globe"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// The sea of a world is the renderer's: ground that is not above it sinks out of sight,
// and not so deep that every coast would recede to the last node of the land.
const sunk = -400.0

// sharpness makes the error of the coarsest level 40 m, so that low land does not drown.
const sharpness = 2000

// world builds ground that is wider than any package's square as tiles of the whole Earth.
// It stands alone: nothing else that is built can lie on it.
func (g *generation) world(ctx context.Context) error {
	l := g.layerOut("terrain")
	if l == nil || g.BBox != nil || !g.groundOnly() {
		return nil
	}
	report := geo.NewReport() // read again where it is not wide
	e, err := g.readElevation(ctx, nil, report)
	if err != nil || e == nil {
		return err
	}
	if b := e.Bounds(); !worldWide(b) {
		return nil
	}
	g.report.Merge(report.Summary())
	exact := math.Max(1, e.Quantum()/2)
	var tell func(done int)
	o := globe.Options{Layer: l.ID, Sharpness: sharpness, Least: exact, Unknown: sunk, Compress: !g.Plain, Version: g.Version, MaxLevel: globe.MaxLevel,
		Refine: func(level int, b geo.Bound) float64 {
			finest := e.ResolutionIn(b)
			switch {
			case level == 0 && !(finest > 0): // so that the sea bends
				return math.MaxFloat64
			case level == 0 || worldCell(level) > finest:
				return finest
			}
			return 0
		},
		Progress: func(done, total int) {
			if tell == nil {
				tell = g.progress.phase("the Earth", total, worldWeight)
			}
			tell(done)
		},
	}
	ends := o.Ends()
	if last := o.Finest(); last == globe.MaxLevel && worldCell(last) > e.Resolution() {
		ends = append([]globe.End{{Cell: e.Resolution(), Level: last}}, ends...)
	}
	for _, end := range ends {
		if finest := worldCell(end.Level); finest > 1.5*end.Cell {
			g.report.Note(fmt.Sprintf("layer %s: its rasters reach so far that the ground is the Earth's, in cells of %s at the finest where they have %s: --bbox builds a part as fine as they are", l.ID, metres(finest), metres(end.Cell)))
		}
	}
	if err := globe.Write(ctx, filepath.Join(g.dir, "tiles", l.ID), land{e, exact}, o); err != nil {
		return fmt.Errorf("generate: layer %s: %w", l.ID, err)
	}
	set, err := tiles.Open(filepath.Join(g.dir, "tiles", l.ID, "tileset.json"))
	if err != nil {
		return fmt.Errorf("generate: layer %s: %w", l.ID, err)
	}
	g.tiles += set.Count
	l.Tiles, l.Source = "tiles/"+l.ID+"/tileset.json", ""
	g.out.Environment.Globe.Sea = true
	g.wholeEarth = true
	g.report.Made("world", 1)
	return nil
}

// worldWeight is the share of making the Earth in a run's time.
const worldWeight = 90

// worldCell is the side in metres of a cell of a level: a tile has 64 on 180°/2ⁿ.
func worldCell(level int) float64 { return math.Pi * earth.A / 64 / math.Exp2(float64(level)) }

// metres writes a length, rounded to three digits.
func metres(v float64) string {
	unit := "m"
	if v >= 1000 {
		v, unit = v/1000, "km"
	}
	return fmt.Sprintf("%.3g %s", v, unit)
}

// land is elevation without the sea and its bed.
type land struct {
	geo.Elevation
	shore float64 // metres: what does not reach it is sea
}

// HeightAt knows only what is above the sea.
func (l land) HeightAt(lng, lat float64) (float64, bool) {
	h, ok := l.Elevation.HeightAt(lng, lat)
	return h, ok && h >= l.shore
}

// Resolution is that of the elevation.
func (l land) Resolution() float64 {
	if r, ok := l.Elevation.(interface{ Resolution() float64 }); ok {
		return r.Resolution()
	}
	return 0
}

// worldWide tells whether a region is larger than the square of a package.
func worldWide(b geo.Bound) bool {
	const degree = math.Pi / 180 * earth.A
	across := b.East - b.West
	if across < 0 {
		across += 360
	}
	lat := 0.0
	if b.South > 0 {
		lat = b.South
	} else if b.North < 0 {
		lat = -b.North
	}
	return (b.North-b.South)*degree > maxSide || across*degree*math.Cos(earth.Radians(lat)) > maxSide
}

// groundOnly tells whether terrain is all that geo builds for the document.
func (g *generation) groundOnly() bool {
	for i := range g.doc.Layers {
		l := &g.doc.Layers[i]
		if b, ok := l.Props.(layer.Built); ok && !l.Template && b.Kind() != "terrain" {
			return false
		}
	}
	return true
}

// layerOut is the first drawn layer of a type in the package's document.
func (g *generation) layerOut(kind string) *scene.Layer {
	for i := range g.out.Layers {
		if l := &g.out.Layers[i]; l.Type == kind && !l.Template {
			return l
		}
	}
	return nil
}
