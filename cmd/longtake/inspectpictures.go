package main

import (
	"net/http"
	"strings"

	"github.com/longtake/longtake/geo/pyramid"
	"github.com/longtake/longtake/geo/read"
)

// pictureFacts is what an archive of picture tiles holds.
type pictureFacts struct {
	Kind  string `json:"kind"` // png, jpeg, webp
	Tiles int    `json:"tiles"`
	Low   uint32 `json:"lowZoom"`
	High  uint32 `json:"highZoom"`
}

// readPictures reads the index of an archive of tiles; ok is false where they are no pictures.
func (i *inspection) readPictures(path string) (ok bool, err error) {
	archive, err := read.OpenPictures(path)
	if err != nil {
		return false, nil // one of vectors, or damaged: its reader tells
	}
	defer func() { _ = archive.Close() }()
	all := archive.Tiles()
	if len(all) == 0 {
		return false, nil
	}
	data, err := archive.Read(all[0])
	if err != nil {
		return false, err
	}
	kind, ok := strings.CutPrefix(http.DetectContentType(data), "image/")
	if !ok {
		return false, nil
	}
	f := &pictureFacts{Kind: kind, Tiles: len(all)}
	f.Low, f.High = archive.Zooms()
	box := [4]float64{180, 90, -180, -90}
	for _, t := range all {
		if t.Z == f.High {
			b := pyramid.Bounds(pyramid.Tile(t))
			box = [4]float64{min(box[0], b.West), min(box[1], b.South), max(box[2], b.East), max(box[3], b.North)}
		}
	}
	i.Kind, i.Data.Pictures, i.Bounds = "picture tiles", f, &box
	if line := read.Attribution(path); line != "" {
		i.Credits = []string{line}
	}
	return true, nil
}

func (f *pictureFacts) print(a *app) {
	a.printf("  pictures %s of %s, zoom %d to %d: for the layer imagery", count(f.Tiles, "tile"), f.Kind, f.Low, f.High)
}
