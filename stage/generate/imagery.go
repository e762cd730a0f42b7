package generate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/pyramid"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/basemap"
	"github.com/longtake/longtake/scene"
)

const (
	// maxPictures is how many tiles of imagery a package takes along for one layer.
	maxPictures = 6000
	// spreadPictures is how many of them are the coarsest of all there is, so that cameras
	// that are in no story see something.
	spreadPictures = 700
	// remotePictures is how many of those are asked of a service.
	remotePictures = 100
	// fetchers are requests to a service at a time: what browsers allow themselves.
	fetchers = 6
	// viewStep is the story's seconds between views whose tiles are taken along.
	viewStep = 0.25
	// pictureTexel is how many pixels a texel may span in the views: as the finest tier.
	pictureTexel = 0.9
)

// imagery takes the tiles that the story's views show, and coarse ones for other cameras,
// into an archive of the package, so that playing needs neither sources nor network.
func (g *generation) imagery(ctx context.Context, l *scene.Layer, im *basemap.Imagery) error {
	credit := imageryCredit(g.doc, im)
	if credit == "" && l.Source != "" {
		credit = strings.Join(sourceCredits(g.doc, l.Source), "; ")
	}
	pictures, err := g.pictures(ctx, l, im)
	if err != nil {
		return fmt.Errorf("generate: layer %s: %w", l.ID, err)
	}
	if len(pictures) == 0 {
		g.report.Note("layer " + l.ID + ": there are no tiles of it")
	}
	name := path.Join("imagery", l.ID+".pmtiles")
	err = CreateFile(filepath.Join(g.dir, filepath.FromSlash(name)), func(w io.Writer) error {
		return pyramid.Write(w, pictures, credit)
	})
	if err != nil {
		return fmt.Errorf("generate: layer %s: %w", l.ID, err)
	}
	g.report.Made("picture tile", len(pictures))
	l.Tiles, l.Source, im.Address = name, "", ""
	return nil
}

func (g *generation) pictures(ctx context.Context, l *scene.Layer, im *basemap.Imagery) ([]pyramid.Picture, error) {
	file := im.Address
	if l.Source != "" {
		src := g.doc.Sources[l.Source]
		if len(src.Path) != 1 {
			return nil, fmt.Errorf("source %s: imagery is read from one file", l.Source)
		}
		file = g.doc.Resolve(src.Path[0])
		if !archived(file) {
			return g.cutPicture(ctx, file, src)
		}
	} else if file == "" {
		return nil, errors.New("imagery needs a source of type image, or an address")
	} else if a, err := pyramid.ParseAddress(file); err != nil {
		return nil, err
	} else if !a.Remote {
		file = g.doc.Resolve(file)
	}
	s, err := pyramid.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Close() }()
	low, high := s.Zooms()
	low, high = max(low, uint32(im.MinZoom)), min(high, uint32(im.MaxZoom))
	remote := pyramid.IsAddress(file)
	wanted := g.wantedPictures(s, low, high, remote)
	return g.takePictures(ctx, s, wanted)
}

// wantedPictures are the tiles of the story's views, and the coarsest ones, level by level.
func (g *generation) wantedPictures(s pyramid.Source, low, high uint32, remote bool) []pyramid.Tile {
	wanted := map[pyramid.Tile]bool{}
	add := func(t pyramid.Tile) { // with those above it, for what is drawn while it is loaded
		for ; len(wanted) < maxPictures && !wanted[t]; t = pyramid.Parent(t) {
			if s.Has(t) {
				wanted[t] = true
			} else if t.Z == 0 {
				return
			}
			if t.Z <= low {
				return
			}
		}
	}
	c := pyramid.Choice{Has: s.Has, Ground: g.heightOf, MinZoom: low, MaxZoom: high, Error: pictureTexel}
	for _, v := range g.views() {
		for _, t := range pyramid.Select(v, c) {
			add(t)
		}
	}
	spread := spreadPictures
	if remote {
		spread = remotePictures
	}
	level := []pyramid.Tile{{}}
	for n := 0; len(level) > 0 && n < spread; {
		var next []pyramid.Tile
		for _, t := range level {
			if s.Has(t) && t.Z >= low {
				n++
				wanted[t] = true
			}
			if t.Z < high && (t.Z < low || s.Has(t)) && len(next) < 4*spread {
				children := pyramid.Children(t)
				next = append(next, children[:]...)
			}
		}
		level = next
	}
	out := make([]pyramid.Tile, 0, len(wanted))
	for t := range wanted {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b pyramid.Tile) int {
		return slices.Compare([]uint32{a.Z, a.Y, a.X}, []uint32{b.Z, b.Y, b.X})
	})
	return out
}

// takePictures reads tiles; what there is not is left out.
func (g *generation) takePictures(ctx context.Context, s pyramid.Source, wanted []pyramid.Tile) ([]pyramid.Picture, error) {
	all := make([]pyramid.Picture, len(wanted))
	tasks, ctx := errgroup.WithContext(ctx)
	tasks.SetLimit(fetchers)
	for i, t := range wanted {
		tasks.Go(func() error {
			data, err := s.Read(ctx, t)
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			all[i] = pyramid.Picture{Tile: t, Data: data}
			return err
		})
	}
	err := tasks.Wait()
	return slices.DeleteFunc(all, func(p pyramid.Picture) bool { return p.Data == nil }), err
}

// views are those of the story and of the document's camera at the output's size.
func (g *generation) views() (out []tiles.View) {
	size := g.doc.Output.Size
	add := func(c scene.Camera) {
		p := c.Pose(g.heightOf)
		out = append(out, tiles.View{Eye: p.Eye, Right: p.Right, Up: p.Up, Forward: p.Forward, FovY: p.FovY, Width: size.Width, Height: size.Height})
	}
	length := g.doc.Story.Length().Seconds()
	for t := 0.0; t <= length; t += viewStep {
		if m := g.doc.At(scene.Seconds(t)); m.HasCamera {
			add(m.Camera)
		}
	}
	if len(out) == 0 && g.site.size > 0 {
		add(Overview(scene.Bounds(g.site.bounds), g.heightOf, size.Aspect()))
	}
	return out
}

// archived tells an archive of tiles from a picture.
func archived(file string) bool {
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 7)
	_, _ = io.ReadFull(f, head)
	return string(head) == "PMTiles" || string(head) == "SQLite "
}

// cutPicture makes tiles of a picture: where its bounds are given of what Go reads, else
// by GDAL of any georeferenced raster.
func (g *generation) cutPicture(ctx context.Context, file string, src scene.Source) ([]pyramid.Picture, error) {
	if src.Bounds != nil {
		img, err := basemap.Decode(file)
		if err != nil {
			return nil, err
		}
		return pyramid.Cut(ctx, img, geo.Bound(*src.Bounds))
	}
	img, b, err := pyramid.Warp(ctx, file, src.CRS)
	if err != nil {
		return nil, err
	}
	return pyramid.Cut(ctx, img, b)
}
