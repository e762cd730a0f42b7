package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
)

// inspection is what a path holds; only the fields of its kind are set.
type inspection struct {
	Path    string      `json:"path"`
	Kind    string      `json:"kind"` // package, scene, or the kind of data
	Scene   *sceneFacts `json:"scene,omitempty"`
	Data    *dataFacts  `json:"data,omitempty"`
	Bytes   int64       `json:"bytes"`
	Bounds  *[4]float64 `json:"bounds,omitempty"` // west, south, east, north
	Credits []string    `json:"credits,omitempty"`
}

func (a *app) inspect() *cobra.Command {
	c := &cobra.Command{
		Use:   "inspect {SCENE | PACKAGE | DATA}…",
		Short: "Say what scenes, packages and data files hold",
		Long: `Says what each path holds: of packages and scenes their layers, tiles, story and credits;
of data files their format, objects, fields and bounds. Data files are read whole.`,
		Example: `  longtake inspect city
  longtake inspect city.osm.pbf N43E007.hgt places.csv --json`,
		Args: needs("a scene, a package or a data file"),
	}
	a.jsonFlag(c)
	return a.command(c, func(ctx context.Context, args []string) error {
		all := []inspection{}
		for _, path := range args {
			i, err := a.look(ctx, path)
			if err != nil {
				return err
			}
			if !a.json {
				a.progress.stop()
				i.print(a)
			}
			all = append(all, i)
		}
		if a.json {
			return a.printJSON(all)
		}
		return nil
	})
}

// lookAtArchive says what a 3D Tiles archive holds.
func lookAtArchive(path string, size int64) (inspection, error) {
	set, err := tiles.Open(path)
	if err != nil {
		return inspection{}, badInput(err)
	}
	contents := 0
	_ = set.Walk(func(t *tiles.Tile) error { contents += len(t.Content); return nil }) // nothing fails
	return inspection{Path: path, Kind: "3D Tiles archive", Bytes: size, Data: &dataFacts{Format: "3D Tiles " + set.Version,
		Features: set.Count, Geometry: map[string]int{"tiles with content": contents, "tiles without": set.Count - contents}}}, nil
}

// look finds out what a path holds. Only documents that were read from a file name one:
// the default scene of data does not.
func (a *app) look(ctx context.Context, path string) (inspection, error) {
	info, err := os.Stat(path)
	if err != nil {
		return inspection{}, badInput(err)
	}
	if strings.EqualFold(filepath.Ext(path), ".3tz") {
		return lookAtArchive(path, info.Size())
	}
	doc, err := stage.Load(ctx, []string{path})
	var wrong scene.Errors
	switch {
	case err == nil && doc.File != "":
		return lookAtScene(path, doc)
	case info.IsDir() && isTileFolder(path):
		return a.lookAtData(ctx, path)
	case info.IsDir() || errors.As(err, &wrong):
		return inspection{}, badInput(err)
	}
	return a.lookAtData(ctx, path)
}

func (i inspection) print(a *app) {
	a.printf("%s: %s, %s", i.Path, i.Kind, bytesText(i.Bytes))
	if i.Scene != nil {
		i.Scene.print(a)
	}
	if i.Data != nil {
		i.Data.print(a)
	}
	if b := i.Bounds; b != nil {
		a.printf("  bounds   %.6g,%.6g,%.6g,%.6g (west,south,east,north)", b[0], b[1], b[2], b[3])
	}
	if len(i.Credits) > 0 {
		a.printf("  credits  %s", strings.Join(i.Credits, "; "))
	}
}

func corners[T geo.Bound | scene.Bounds](b T) *[4]float64 {
	v := geo.Bound(b)
	return &[4]float64{v.West, v.South, v.East, v.North}
}

// isTileFolder tells a folder of vector tiles, which is data.
func isTileFolder(path string) bool {
	f, err := read.Detect(path)
	return err == nil && f.City()
}
