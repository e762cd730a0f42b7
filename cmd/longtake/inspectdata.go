package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/stage"
)

// dataFacts is what a data file holds.
type dataFacts struct {
	Format   string         `json:"format"`
	Features int            `json:"features,omitempty"`
	Geometry map[string]int `json:"geometry,omitempty"` // features by type
	Kinds    map[string]int `json:"kinds,omitempty"`    // objects by type of a city model, or by layer of vector tiles
	Solids   int            `json:"solids,omitempty"`   // with surfaces of their own
	Fields   []fieldFacts   `json:"fields,omitempty"`   // the most frequent ones
	Skipped  []geo.Skipped  `json:"skipped,omitempty"`
	Notes    map[string]int `json:"notes,omitempty"` // what was assumed
	Raster   *rasterFacts   `json:"raster,omitempty"`
	Tileset  *tilesetFacts  `json:"tileset,omitempty"`
	Model    *modelFacts    `json:"model,omitempty"`
	Table    *tableFacts    `json:"table,omitempty"`
	Pictures *pictureFacts  `json:"pictures,omitempty"`
}

type tilesetFacts struct {
	Version  string  `json:"version"`
	Tiles    int     `json:"tiles"`
	Contents int     `json:"contents"`
	Levels   int     `json:"levels"`
	Error    float64 `json:"geometricError"`
}

type fieldFacts struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

type rasterFacts struct {
	Width      int      `json:"width"`
	Height     int      `json:"height"`
	Resolution float64  `json:"resolution_m"`
	Lowest     *float64 `json:"lowest_m"` // null where all is void
	Highest    *float64 `json:"highest_m"`
	Voids      int      `json:"voids"`
	Datum      string   `json:"datum"`
	Notes      []string `json:"notes,omitempty"`
}

const (
	shownFields = 20
	maxFields   = 10000 // counted, however many a hostile file has
	maxKinds    = 100
)

func (a *app) lookAtData(ctx context.Context, path string) (inspection, error) {
	format, err := read.Detect(path)
	if err != nil {
		return inspection{}, badInput(err)
	}
	i := inspection{Path: path, Kind: string(format.Kind), Data: &dataFacts{Format: format.Name}}
	if info, err := os.Stat(path); err == nil {
		i.Bytes = info.Size()
	}
	switch {
	case format.Kind == read.KindRaster:
		err = i.readRaster(ctx, path)
	case format.Name == "3dtiles":
		err = i.readTileset(path)
	case format.Kind == read.KindModel:
		err = i.readModel(path)
	case format.Kind == read.KindTable && format.Name != "csv":
		err = i.readTable(ctx, path)
	default:
		pictures := false
		if format.Name == "pmtiles" || format.Name == "mbtiles" {
			pictures, err = i.readPictures(path)
		}
		if err == nil && !pictures {
			err = i.readFeatures(ctx, path, a.reporter())
		}
	}
	return i, badInput(err)
}

func (i *inspection) readRaster(ctx context.Context, path string) error {
	g, err := raster.Open(ctx, path, raster.Options{})
	if err != nil {
		return err
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, h := range g.Heights {
		if v := float64(h); !math.IsNaN(v) {
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	r := &rasterFacts{Width: g.Width, Height: g.Height, Resolution: g.Resolution(), Voids: g.Voids(), Datum: g.Datum, Notes: g.Notes}
	if low <= high {
		r.Lowest, r.Highest = &low, &high
	}
	i.Data.Raster = r
	i.Bounds = corners(g.Bounds())
	return nil
}

func (i *inspection) readTileset(path string) error {
	set, err := tiles.Open(path)
	if err != nil {
		return err
	}
	f := &tilesetFacts{Version: set.Version, Tiles: set.Count, Error: set.GeometricError}
	var box extent
	var visit func(t *tiles.Tile, level int)
	visit = func(t *tiles.Tile, level int) {
		f.Contents += len(t.Content)
		f.Levels = max(f.Levels, level)
		if len(t.Content) > 0 {
			box.addVolume(t.Volume)
		}
		for _, c := range t.Children {
			visit(c, level+1)
		}
	}
	visit(set.Root, 1)
	i.Data.Tileset = f
	if box.some {
		i.Bounds = box.corners()
	}
	return nil
}

func (i *inspection) readFeatures(ctx context.Context, path string, say stage.Reporter) error {
	d := i.Data
	d.Geometry = map[string]int{}
	report := geo.NewReport()
	fields := map[string]int{}
	var box extent
	err := read.Features(ctx, path, read.Options{Report: report}, func(f geo.Feature) error {
		if d.Features++; say != nil && d.Features%10000 == 0 {
			say(stage.Progress{Task: "read " + filepath.Base(path), Done: d.Features})
		}
		kind := "none"
		if f.Geometry != nil {
			kind = f.Geometry.GeoJSONType()
			b := f.Geometry.Bound()
			box.add(b.Min[0], b.Min[1])
			box.add(b.Max[0], b.Max[1])
		}
		d.Geometry[kind]++
		if f.Surfaces != nil {
			d.Solids++
		}
		for _, k := range [...]string{"citymodel:type", "mvt:layer"} {
			if v := f.Tags[k]; v != "" && (d.Kinds[v] > 0 || len(d.Kinds) < maxKinds) {
				if d.Kinds == nil {
					d.Kinds = map[string]int{}
				}
				d.Kinds[v]++
			}
		}
		for k := range f.Tags {
			if _, ok := fields[k]; ok || len(fields) < maxFields {
				fields[k]++
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	for name, n := range fields {
		d.Fields = append(d.Fields, fieldFacts{name, n})
	}
	slices.SortFunc(d.Fields, func(a, b fieldFacts) int {
		return cmp.Or(b.Count-a.Count, strings.Compare(a.Name, b.Name))
	})
	d.Fields = d.Fields[:min(len(d.Fields), shownFields)]
	d.Skipped, d.Notes = report.Summary().Skipped, report.Summary().Notes
	if d.Features > 0 {
		i.Bounds = box.corners()
	}
	return nil
}

// extent is the box of positions, counted twice: with longitudes from -180 and from 0.
// The narrower one is the box, so data around the antimeridian is not the whole world. Where
// little is gained, the gap is one between vertices of data all round the Earth.
type extent struct {
	some         bool
	lo, hi       [2]float64
	loWest, east float64 // with longitudes from 0 to 360
}

func (e *extent) add(lng, lat float64) {
	turned := lng
	if lng < 0 {
		turned += 360
	}
	if !e.some {
		*e = extent{true, [2]float64{lng, lat}, [2]float64{lng, lat}, turned, turned}
		return
	}
	e.lo = [2]float64{math.Min(e.lo[0], lng), math.Min(e.lo[1], lat)}
	e.hi = [2]float64{math.Max(e.hi[0], lng), math.Max(e.hi[1], lat)}
	e.loWest, e.east = math.Min(e.loWest, turned), math.Max(e.east, turned)
}

// addVolume adds a tile's volume: its region, or the corners of its box. Of what is as wide as
// continents, whose corners say nothing, it is the middle.
func (e *extent) addVolume(v tiles.Volume) {
	switch r := v.Region; {
	case r != nil:
		e.add(earth.Degrees(r[0]), earth.Degrees(r[1]))
		e.add(earth.Degrees(r[2]), earth.Degrees(r[3]))
	case v.Radius > earth.A/4:
		p := earth.FromECEF(v.Center)
		e.add(p.Lng, p.Lat)
	default:
		for _, c := range v.Corners() {
			p := earth.FromECEF(c)
			e.add(p.Lng, p.Lat)
		}
	}
}

func (e *extent) corners() *[4]float64 {
	const gain = 10 // degrees
	if e.east-e.loWest < e.hi[0]-e.lo[0]-gain {
		return &[4]float64{math.Remainder(e.loWest, 360), e.lo[1], math.Remainder(e.east, 360), e.hi[1]}
	}
	return &[4]float64{e.lo[0], e.lo[1], e.hi[0], e.hi[1]}
}

func (d *dataFacts) print(a *app) {
	a.printf("  format   %s", d.Format)
	if r := d.Raster; r != nil {
		heights := "all void"
		if r.Lowest != nil {
			heights = fmt.Sprintf("%.1f to %.1f m above %s", *r.Lowest, *r.Highest, r.Datum)
		}
		a.printf("  raster   %d×%d, %.3g m, %s, %s", r.Width, r.Height, r.Resolution, heights, count(r.Voids, "void"))
		for _, n := range r.Notes {
			a.printf("  note     %s", n)
		}
		return
	}
	if t := d.Tileset; t != nil {
		a.printf("  tileset  3D Tiles %s, %s, %s, %s, geometric error %g m", t.Version, count(t.Tiles, "tile"), count(t.Contents, "content"), count(t.Levels, "level"), t.Error)
		return
	}
	if d.Model != nil {
		d.Model.print(a)
	}
	if d.Pictures != nil {
		d.Pictures.print(a)
	}
	if d.Table != nil {
		d.Table.print(a, d)
		d.printLeft(a)
	}
	if d.Geometry == nil || d.Table != nil {
		return
	}
	a.printf("  objects  %d: %s", d.Features, counted(d.Geometry))
	if len(d.Kinds) > 0 {
		a.printf("  kinds    %s", counted(d.Kinds))
	}
	if d.Solids > 0 {
		a.printf("  solids   %d", d.Solids)
	}
	if len(d.Fields) > 0 {
		var names []string
		for _, f := range d.Fields {
			names = append(names, fmt.Sprintf("%s (%d)", f.Name, f.Count))
		}
		a.printf("  fields   %s", strings.Join(names, ", "))
	}
	d.printLeft(a)
}

// printLeft tells what was assumed and left out.
func (d *dataFacts) printLeft(a *app) {
	for _, n := range slices.Sorted(maps.Keys(d.Notes)) {
		a.printf("  note     %d × %s", d.Notes[n], n)
	}
	for _, s := range d.Skipped {
		a.printf("  skipped  %d × %s", s.Count, s.Reason)
	}
}

// counted lists what there is of each kind.
func counted(of map[string]int) string {
	kinds := slices.Sorted(maps.Keys(of))
	for n, k := range kinds {
		kinds[n] = fmt.Sprintf("%d %s", of[k], k)
	}
	return strings.Join(kinds, ", ")
}
