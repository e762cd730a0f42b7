package stage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage/generate"
)

// Load turns what a user names into a document: one scene file, one package, or data
// files, which are told by their content and get the default scene.
func Load(ctx context.Context, paths []string) (*scene.Document, error) {
	if len(paths) == 0 {
		return nil, errors.New("name a scene, a package or data files")
	}
	if len(paths) == 1 {
		info, err := os.Stat(paths[0])
		if err != nil {
			return nil, err
		}
		if info.IsDir() {
			if f, err := read.Detect(paths[0]); err == nil && f.City() {
				return DefaultScene(paths)
			}
			if !IsPackage(paths[0]) {
				return nil, fmt.Errorf("%s is a folder without a longtake package (scene.json): name a scene file, a package or data files", paths[0])
			}
			return scene.Load(filepath.Join(paths[0], "scene.json"), layers.Types())
		}
	}
	if len(paths) == 1 && isScene(paths[0]) {
		return scene.Load(paths[0], layers.Types())
	}
	for _, p := range paths {
		if isScene(p) {
			return nil, fmt.Errorf("%s is a scene: give it alone, and name data files in its sources", p)
		}
	}
	return DefaultScene(paths)
}

// ErrContent is what errors are that come of the data which is played, not of playing it.
var ErrContent = errors.New("the data cannot be played")

type contentError struct{ error }

func (contentError) Is(target error) bool { return target == ErrContent }
func (e contentError) Unwrap() error      { return e.error }

// badContent marks an error as one of the data.
func badContent(err error) error {
	if err == nil {
		return nil
	}
	return contentError{err}
}

// isScene tells a scene document from data by its content: YAML that names its version,
// or JSON with the key at the top level.
func isScene(path string) bool {
	if generate.Regular(path) != nil {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 4096)
	n, _ := f.Read(head)
	text := strings.TrimPrefix(string(head[:n]), "\ufeff")
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		return strings.Contains(text, `"longtake"`)
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".yaml", ".yml": // a scene by name, so that its mistakes are told as a scene's
		return true
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "longtake:") {
			return true
		}
	}
	return false
}

// DefaultScene makes a scene of data files: rasters become ground, OSM and footprints a
// city, other points and lines data layers, models stand where their places are given.
func DefaultScene(paths []string) (*scene.Document, error) {
	d := scene.New()
	d.Sources = map[string]scene.Source{}
	kinds := map[string][]string{}
	var credits bool
	for _, p := range paths {
		if err := generate.Regular(p); err != nil {
			return nil, err
		}
		f, err := read.Detect(p)
		if err != nil {
			return nil, err
		}
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, err
		}
		switch {
		case f.Kind == read.KindRaster:
			kinds["raster"] = append(kinds["raster"], abs)
		case f.City():
			kinds["osm"] = append(kinds["osm"], abs)
			credits = true
		case f.Name == "3dtiles":
			kinds["tileset"] = append(kinds["tileset"], abs)
		case f.Kind == read.KindCityModel:
			kinds["citymodel"] = append(kinds["citymodel"], abs)
		case f.Kind == read.KindModel:
			return nil, fmt.Errorf("%s is a 3D model: it has no place on Earth by itself; name it in a scene with a layer of type model and its place in at", p)
		default:
			kinds["vector"] = append(kinds["vector"], abs)
		}
	}
	source := func(name, kind string, paths []string) {
		s := scene.Source{Path: paths}
		s.SetDefaults()
		s.Type = kind
		d.Sources[name] = s
	}
	layer := func(id, kind, src string) *scene.Layer {
		l := scene.NewLayer(id, layers.Types()[kind])
		l.Source = src
		if _, ok := l.Props.(layer.Built); !ok {
			l.Clamp = "ground"
		}
		d.Layers = append(d.Layers, l)
		return &d.Layers[len(d.Layers)-1]
	}
	if p := kinds["raster"]; p != nil {
		source("dem", "raster", p)
		layer("ground", "terrain", "dem")
	}
	if p := kinds["osm"]; p != nil {
		source("osm", "osm", p)
		for _, kind := range []string{"areas", "water", "roads", "railways", "buildings", "trees", "furniture", "barriers"} {
			layer(kind, kind, "osm")
		}
	}
	if p := kinds["citymodel"]; p != nil {
		source("model", "vector", p)
		layer("citymodel", "citymodel", "model")
		layer("model-buildings", "buildings", "model")
	}
	for i, p := range kinds["tileset"] {
		name := fmt.Sprintf("tiles%d", i+1)
		source(name, "tileset", []string{p})
		layer(name, "tileset", name).Clamp = "none"
	}
	for i, p := range kinds["vector"] {
		name := fmt.Sprintf("data%d", i+1)
		source(name, "vector", []string{p})
		if err := vectorLayers(p, name, layer); err != nil {
			return nil, err
		}
	}
	d.Name = strings.TrimSuffix(filepath.Base(paths[0]), filepath.Ext(paths[0]))
	if credits {
		d.Credits = []string{"© OpenStreetMap contributors"}
	}
	return d, nil
}
