// Package gallery makes a site of all layer types and their components: pictures by day and
// by night, properties, and examples to copy. It is plain HTML and CSS, without scripts, and
// works from a folder.
package gallery

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/longtake/longtake/geo/sample"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
)

// Options of Write. The zero value is all components at 640×360 in quality high.
type Options struct {
	Only    *regexp.Regexp // components by their id; nil = all
	Size    scene.Size
	Quality string
	GPU     string // auto, device or surfaceless
	Say     stage.Reporter
	// Properties says what a property may be, for the tables: name, kind, default, whether
	// a story can set it, description.
	Properties func(scene.Type) [][]string
	Common     [][]string // those of all layers
}

// ErrNone is the error where Options.Only leaves nothing.
var ErrNone = errors.New("no component has such a name: longtake layers lists them")

// Failure is a component without picture.
type Failure struct {
	Component string `json:"component"`
	Reason    string `json:"reason"`
}

// Result is what Write made.
type Result struct {
	Components int       `json:"components"`
	Failures   []Failure `json:"failures"`
}

type gallery struct {
	Options
	Dir          string
	work, sample string
	components   []*component
}

// Write writes the site into a folder, which is made. It must run on a locked OS thread.
func Write(ctx context.Context, dir string, o Options) (*Result, error) {
	if (o.Size == scene.Size{}) {
		o.Size = scene.Size{Width: 640, Height: 360}
	}
	if o.Quality == "" {
		o.Quality = "high"
	}
	work, err := os.MkdirTemp("", "longtake-gallery")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(work) }()
	g := &gallery{Options: o, Dir: dir, work: work, sample: filepath.Join(work, "sample")}
	types := layers.Types()
	for _, name := range types.Names() {
		for _, e := range types[name].Examples {
			if id := layers.ExampleID(types[name], e); o.Only == nil || o.Only.MatchString(id) {
				g.components = append(g.components, &component{Type: types[name], Example: surrounded(types[name], e), ID: id})
			}
		}
	}
	if len(g.components) == 0 {
		return nil, ErrNone
	}
	if err := os.MkdirAll(filepath.Join(dir, "pictures"), 0o777); err != nil {
		return nil, err
	}
	if err := g.writeSample(); err != nil {
		return nil, err
	}
	if err := g.shoot(ctx); err != nil {
		return nil, err
	}
	if err := g.pages(); err != nil {
		return nil, err
	}
	r := &Result{Components: len(g.components), Failures: []Failure{}}
	for _, c := range g.components {
		if c.failure != nil {
			r.Failures = append(r.Failures, Failure{c.ID, c.failure.Error()})
		}
	}
	return r, nil
}

// writeSample writes what the examples read.
func (g *gallery) writeSample() error {
	files, err := sample.Files(1)
	if err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(g.sample, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.Data, 0o666); err != nil {
			return fmt.Errorf("gallery: %w", err)
		}
	}
	return nil
}
