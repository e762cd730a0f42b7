package generate

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/scene"
)

// readFeatures reads the vector sources that layers use, each once.
func readFeatures(ctx context.Context, doc *scene.Document, bbox *geo.Bound, report *geo.Report, say Reporter) (map[string][]geo.Feature, error) {
	out := map[string][]geo.Feature{}
	for _, name := range usedSources(doc) {
		src := doc.Sources[name]
		if !slices.Contains([]string{"auto", "osm", "vector", "table"}, src.Type) {
			continue
		}
		o := read.Options{BBox: bbox, Report: report, CRS: src.CRS, LngColumn: src.Columns.Lng, LatColumn: src.Columns.Lat}
		if src.BBox != nil {
			o.BBox = (*geo.Bound)(src.BBox)
		}
		for _, p := range src.Path {
			p = doc.Resolve(p)
			if src.Type == "auto" {
				f, err := read.Detect(p)
				if err != nil {
					return nil, err
				}
				if f.Kind == read.KindRaster || f.Kind == read.KindModel {
					continue
				}
			}
			n := 0
			err := read.Features(ctx, p, o, func(f geo.Feature) error {
				f, ok := clean.Feature(f, clean.Degrees, report)
				if !ok {
					return ctx.Err()
				}
				out[name] = append(out[name], f)
				if n++; n%10000 == 0 {
					say.Tell("read "+filepath.Base(p), n, 0)
				}
				return ctx.Err()
			})
			if err != nil {
				return nil, err
			}
			say.Tell("read "+filepath.Base(p), n, n)
			report.Made("feature read", n)
		}
	}
	return out, nil
}

// usedSources lists the sources that drawn layers name, sorted.
func usedSources(doc *scene.Document) []string {
	var names []string
	for i := range doc.Layers {
		if l := &doc.Layers[i]; !l.Template && l.Source != "" {
			names = append(names, l.Source)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// readElevation reads the rasters of the terrain layers, cut to a region.
func readElevation(ctx context.Context, doc *scene.Document, clip *geo.Bound, report *geo.Report, say Reporter) (*raster.Elevation, error) {
	var grids []*raster.Grid
	var outside []string
	for i := range doc.Layers {
		l := &doc.Layers[i]
		if l.Type != "terrain" || l.Template || l.Source == "" {
			continue
		}
		src := doc.Sources[l.Source]
		for _, p := range src.Path {
			p = doc.Resolve(p)
			say.Tell("read "+filepath.Base(p), 0, 0)
			g, err := raster.Open(ctx, p, rasterOptions(src, clip))
			if errors.Is(err, raster.ErrOutside) {
				outside = append(outside, filepath.Base(p))
				continue
			}
			if err != nil {
				return nil, err
			}
			for _, n := range g.Notes {
				report.Note(filepath.Base(p) + ": " + n)
			}
			grids = append(grids, g)
		}
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

func rasterOptions(src scene.Source, clip *geo.Bound) raster.Options {
	o := raster.Options{Offset: src.Offset, NoData: src.NoData, CRS: src.CRS, Clip: clip}
	if src.Bounds != nil {
		o.Bounds = (*geo.Bound)(src.Bounds)
	}
	if src.Scale != 1 {
		o.Scale = src.Scale
	}
	if src.Datum != "auto" {
		o.Datum = src.Datum
	}
	if (src.Decode != scene.Decode{}) {
		// Named encodings are recognised by content as well; base and interval are the
		// general form: height = base + interval × the 24-bit number.
		o.Decode, o.Scale, o.Offset = raster.TerrainRGB, src.Decode.Interval*orOne(src.Scale), src.Decode.Base*orOne(src.Scale)+src.Offset
		if src.Decode == scene.Encodings["terrarium"] {
			o.Decode = raster.Terrarium
			o.Scale, o.Offset = 0, 0
		}
	}
	return o
}

func orOne(v float64) float64 {
	if v == 0 {
		return 1
	}
	return v
}
