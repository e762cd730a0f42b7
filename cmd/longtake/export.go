package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/model"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/geo/tiles/export"
	"github.com/longtake/longtake/internal/whole"
	"github.com/longtake/longtake/layers/points"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
)

// exporting is what the flags of export say.
type exporting struct {
	out, format, compress string
	layers                []string
	maxError              float64
}

func (a *app) export() *cobra.Command {
	var x exporting
	c := &cobra.Command{
		Use:   "export PACKAGE -o {FILE.glb | FILE.3tz | DIR}",
		Short: "Write a package's 3D content for other programs: one glb, a 3D Tiles archive, tiles",
		Long: `Writes the 3D content of a package for other programs:
  FILE.glb  all of it in one glTF binary, metres about the package's origin, y up;
            with --error, tiles as coarse as that many metres
  FILE.3tz  a 3D Tiles archive, one file that ArcGIS and Cesium tools open
  DIR       a folder of 3D Tiles for a web server; with --format quantized-mesh the
            bare ground as a terrain of Cesium, layer.json and its tiles

Compressed packages need readers of EXT_meshopt_compression (CesiumJS, Cesium for
Unreal, three.js, deck.gl have it); --compress none writes for those without.`,
		Example: `  longtake export city -o city.glb --layer buildings --error 2
  longtake export city -o city.3tz
  longtake export city -o www/tiles --compress none`,
		Args: one("a package"),
	}
	c.Flags().StringVarP(&x.out, "output", "o", "", "`PATH` of what is written (required)")
	_ = c.MarkFlagRequired("output") // fails for unknown flags only
	choice(c, &x.format, "format", formats, "what is written; without it the ending of the output says it")
	c.Flags().StringSliceVar(&x.layers, "layer", nil, "`ID` of a layer; may be repeated; all without it")
	c.Flags().Float64Var(&x.maxError, "error", 0, "`METRES` that a glb may leave out")
	choice(c, &x.compress, "compress", []string{"meshopt", "none"}, "none unpacks tiles for readers without EXT_meshopt_compression; meshopt packs a glb, which is plain without it")
	return a.command(c, func(ctx context.Context, args []string) error {
		if err := x.check(); err != nil {
			return err
		}
		doc, err := stage.Load(ctx, args)
		if err != nil {
			return badInput(err)
		}
		if doc.Package == nil {
			return badInput(fmt.Errorf("%s is no package: make one of it with longtake generate", args[0]))
		}
		switch x.kind() {
		case "glb":
			return badInput(a.exportGLB(doc, x, x.compress == "meshopt"))
		case "3tz":
			return badInput(a.exportArchive(doc, x))
		case "tiles":
			return badInput(a.exportFolder(doc, x))
		default:
			return badInput(a.exportTerrain(ctx, doc, x))
		}
	})
}

var formats = []string{"glb", "3tz", "tiles", "quantized-mesh"}

func (x exporting) kind() string {
	if x.format != "" {
		return x.format
	}
	switch strings.ToLower(filepath.Ext(x.out)) {
	case ".glb":
		return "glb"
	case ".3tz":
		return "3tz"
	}
	return "tiles"
}

// check refuses outputs that would not be what their names say.
func (x exporting) check() error {
	ending := strings.ToLower(filepath.Ext(x.out))
	of := map[string]string{".glb": "glb", ".3tz": "3tz"}[ending]
	switch {
	case x.maxError < 0:
		return badUsage("--error %g: 0 or more metres are allowed", x.maxError)
	case of == "" && slices.Contains([]string{".gltf", ".zip", ".b3dm", ".obj", ".json", ".usdz", ".fbx", ".ply"}, ending):
		return badUsage("-o %s: %s is not written; FILE.glb, FILE.3tz or a folder are", x.out, ending)
	case x.format != "" && of != "" && of != x.format:
		return badUsage("-o %s is the ending of a %s, and --format says %s", x.out, of, x.format)
	}
	return nil
}

// wanted are the tilesets that hold the layers that were asked for.
func (x exporting) wanted(doc *scene.Document) ([]wantedSet, error) {
	var files []wantedSet
	var known []string
	for i := range doc.Layers {
		l := &doc.Layers[i]
		if l.Tiles == "" {
			continue
		}
		asked := slices.Contains(x.layers, l.ID)
		f := wantedSet{file: doc.Resolve(l.Tiles)}
		some, err := hasContent(f.file)
		switch {
		case err != nil:
			return nil, err
		case !some && asked:
			return nil, fmt.Errorf("layer %q is empty: there was nothing for it in the data", l.ID)
		case !some:
			continue
		}
		known = append(known, l.ID)
		if len(x.layers) > 0 && !asked {
			continue
		}
		if _, ok := l.Props.(*points.Model); ok {
			f.model = l.ID
		}
		if !slices.Contains(files, f) {
			files = append(files, f)
		}
	}
	for _, id := range x.layers {
		if !slices.Contains(known, id) {
			return nil, fmt.Errorf("no layer %q has tiles; those that have are %s", id, strings.Join(known, ", "))
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("the package has no tiles")
	}
	return files, nil
}

// hasContent tells whether a tileset draws anything.
func hasContent(file string) (some bool, err error) {
	set, err := tiles.Open(file)
	if err != nil {
		return false, err
	}
	err = set.Walk(func(t *tiles.Tile) error {
		some = some || len(t.Content) > 0
		return nil
	})
	return some, err
}

// wantedSet is the file of a tileset.
type wantedSet struct {
	file  string
	model string // the layer whose model it holds; "" where it holds no model
}

func (a *app) exportGLB(doc *scene.Document, x exporting, compress bool) error {
	files, err := x.wanted(doc)
	if err != nil {
		return err
	}
	var sets []*tiles.Tileset
	var models []export.Model
	for _, f := range files {
		set, err := tiles.Open(f.file)
		if err != nil {
			return err
		}
		if f.model != "" {
			models = append(models, export.Model{Layer: f.model, Set: set})
			continue
		}
		sets = append(sets, set)
	}
	o := export.Options{Error: x.maxError, Layers: x.layers, Compress: compress, Placed: models, Version: version,
		Models: func(name string) []geo.Mesh { m, _ := model.Get(name); return m }}
	p := doc.Package.Origin
	triangles := 0
	size, err := writeExport(x.out, func(w io.Writer) error {
		triangles, err = export.GLB(w, sets, earth.Place{Lng: p.Lng, Lat: p.Lat, Height: p.Height}, o)
		return err
	})
	if err == nil {
		a.summary("%s: %s, %s", x.out, count(triangles, "triangle"), bytesText(size))
	}
	return err
}

func (a *app) exportArchive(doc *scene.Document, x exporting) error {
	from, release, err := x.folder(doc)
	if err != nil {
		return err
	}
	defer release()
	n := 0
	size, err := writeExport(x.out, func(w io.Writer) error {
		n, err = export.Archive(w, from, x.compress == "none")
		return err
	})
	if err == nil {
		a.summary("%s: %s, %s", x.out, count(n, "file"), bytesText(size))
	}
	return err
}

func (a *app) exportFolder(doc *scene.Document, x exporting) error {
	if left, err := os.ReadDir(x.out); err == nil && len(left) > 0 {
		return fmt.Errorf("%s is not empty: empty it or name another folder", x.out)
	}
	from, release, err := x.folder(doc)
	if err != nil {
		return err
	}
	defer release()
	n, size, err := export.Folder(from, x.out, x.compress == "none")
	if err == nil {
		a.summary("%s: %s, %s", x.out, count(n, "file"), bytesText(size))
	}
	return err
}

// folder is a folder with one tileset.json over all tilesets that were asked for. release
// removes what had to be made for that.
func (x exporting) folder(doc *scene.Document) (dir string, release func(), err error) {
	files, err := x.wanted(doc)
	if err != nil {
		return "", nil, err
	}
	if len(files) == 1 {
		return filepath.Dir(files[0].file), func() {}, nil
	}
	beside := filepath.Dir(filepath.Clean(x.out))
	if err = os.MkdirAll(beside, 0o777); err != nil {
		return "", nil, err
	}
	if dir, err = os.MkdirTemp(beside, ".export-"); err != nil {
		return "", nil, err
	}
	release = func() { os.RemoveAll(dir) }
	var folders []string
	for _, f := range files {
		name := filepath.Base(filepath.Dir(f.file))
		if _, _, err = export.Folder(filepath.Dir(f.file), filepath.Join(dir, name), false); err != nil {
			break
		}
		folders = append(folders, name)
	}
	if err == nil {
		err = tiles.Join(dir, folders, version)
	}
	if err != nil {
		release()
		return "", nil, err
	}
	return dir, release, nil
}

// writeExport writes a file and tells its size.
func writeExport(path string, write func(io.Writer) error) (size int64, err error) {
	if err := whole.File(path, func(w *bufio.Writer) error { return write(w) }); err != nil {
		return 0, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
