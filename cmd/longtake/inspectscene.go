package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"

	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// sceneFacts is what a scene or package holds.
type sceneFacts struct {
	Name      string       `json:"name"`
	Tool      string       `json:"tool,omitempty"` // that generated the package
	Sources   []string     `json:"sources,omitempty"`
	Layers    []layerFacts `json:"layers"`
	Seconds   float64      `json:"seconds"` // of the story
	Keyframes int          `json:"keyframes"`
	Chapters  []string     `json:"chapters"`
	Output    string       `json:"output"`
}

type layerFacts struct {
	ID     string `json:"id"`
	Type   string `json:"type"`
	Source string `json:"source,omitempty"`
	Tiles  int    `json:"tiles,omitempty"`
	Rows   int    `json:"rows,omitempty"`
	Bytes  int64  `json:"bytes,omitempty"` // of its tiles or table, which layers may share
}

func lookAtScene(path string, doc *scene.Document) (inspection, error) {
	i := inspection{Path: path, Kind: "scene", Credits: doc.Credits}
	f := &sceneFacts{
		Name: doc.Name, Layers: []layerFacts{}, Chapters: []string{},
		Seconds: doc.Story.Length().Seconds(), Keyframes: len(doc.Story.Keyframes),
		Output: fmt.Sprintf("%s, %s frames/s, %s", doc.Output.Size, doc.Output.FPS, doc.Output.Quality),
	}
	f.Sources = slices.Sorted(maps.Keys(doc.Sources))
	for _, c := range doc.Story.Chapters {
		f.Chapters = append(f.Chapters, c.ID)
	}
	i.Scene = f
	if p := doc.Package; p != nil {
		i.Kind, f.Tool = "package", p.Tool
		if p.Bounds != nil {
			i.Bounds = corners(*p.Bounds)
		}
	}
	for k := range doc.Layers {
		l := &doc.Layers[k]
		facts := layerFacts{ID: l.ID, Type: l.Type, Source: l.Source}
		if err := measure(doc, l, &facts); err != nil {
			return i, badInput(fmt.Errorf("layer %s: %w", l.ID, err))
		}
		f.Layers = append(f.Layers, facts)
	}
	err := filepath.WalkDir(path, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			i.Bytes += info.Size()
		}
		return err
	})
	if err != nil {
		return i, badInput(err)
	}
	return i, nil
}

// measure counts the tiles or rows of a package's layer.
func measure(doc *scene.Document, l *scene.Layer, f *layerFacts) error {
	if l.Tiles != "" {
		set, err := tiles.Open(doc.Resolve(l.Tiles))
		if err != nil {
			return err
		}
		f.Tiles = set.Count
		return set.Walk(func(t *tiles.Tile) error {
			for _, c := range t.Content {
				info, err := os.Stat(set.File(c))
				if err != nil {
					return err
				}
				f.Bytes += info.Size()
			}
			return nil
		})
	}
	if l.Table != "" {
		data, err := os.ReadFile(doc.Resolve(l.Table))
		if err != nil {
			return err
		}
		t, err := table.ReadParquet(data)
		if err != nil {
			return fmt.Errorf("%s: %w", l.Table, err)
		}
		f.Rows, f.Bytes = t.Rows(), int64(len(data))
	}
	return nil
}

func (f *sceneFacts) print(a *app) {
	if f.Name != "" {
		a.printf("  name     %s", f.Name)
	}
	if f.Tool != "" {
		a.printf("  made by  %s", f.Tool)
	}
	a.printf("  story    %.4g s, %s, %s", f.Seconds, count(f.Keyframes, "keyframe"), count(len(f.Chapters), "chapter"))
	a.printf("  output   %s", f.Output)
	w := tabwriter.NewWriter(a.out, 0, 8, 2, ' ', 0)
	for _, l := range f.Layers {
		what := ""
		switch {
		case l.Tiles > 0 && l.Bytes == 0:
			what = "empty"
		case l.Tiles > 0:
			what = fmt.Sprintf("%s, %s", count(l.Tiles, "tile"), bytesText(l.Bytes))
		case l.Rows > 0:
			what = fmt.Sprintf("%s, %s", count(l.Rows, "row"), bytesText(l.Bytes))
		case l.Source != "":
			what = "from " + l.Source
		}
		fmt.Fprintf(w, "  layer\t%s\t%s\t%s\n", l.ID, l.Type, what)
	}
	_ = w.Flush() // into a buffer whose error is seen at the end
}
