package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/geo/tiles/check"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
)

// finding is one thing that is wrong.
type finding struct {
	Severity string `json:"severity"`
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Path     string `json:"path,omitempty"`
	Message  string `json:"message"`
}

func (a *app) validate() *cobra.Command {
	c := &cobra.Command{
		Use:   "validate {SCENE | PACKAGE | TILESET}…",
		Short: "Check scenes, packages and tilesets and list all that is wrong",
		Long: `Checks scene documents with everything that they refer to: keys, values, layers, and
that files exist and have the fields that layers, transforms, queries, events and selections
name, of kinds that can be reckoned with: of each the first that does not fit is told. Of packages it also checks the 3D Tiles against the
standard, and those of any tileset.json, folder with one or archive (.3tz). All errors are listed at once as file:line:column: path: message; the exit code
is 3.`,
		Example: `  longtake validate scene.yaml
  longtake validate city --json
  longtake validate www/tiles
  longtake validate city.3tz`,
		Args: needs("a scene, a package or a tileset"),
	}
	a.jsonFlag(c)
	return a.command(c, func(ctx context.Context, args []string) error {
		found := []finding{}
		bad := 0
		for _, path := range args {
			if err := ctx.Err(); err != nil {
				return err
			}
			list, err := examine(ctx, path)
			if err != nil {
				return err
			}
			for _, f := range list {
				if f.Severity == "error" {
					bad++
				}
			}
			if len(list) == 0 {
				a.summary("%s: valid", path)
			}
			found = append(found, list...)
		}
		if a.json {
			if err := a.printJSON(map[string]any{"valid": bad == 0, "findings": found}); err != nil {
				return err
			}
		} else {
			for _, f := range found {
				a.printf("%s", f)
			}
		}
		if bad > 0 {
			return badInput(errors.New(count(bad, "error") + " found"))
		}
		return nil
	})
}

// String is the line that editors understand.
func (f finding) String() string {
	text := scene.Error{File: f.File, Line: f.Line, Column: f.Column, Path: f.Path, Message: f.Message}.Error()
	if f.Severity == "warning" {
		text += " (warning)"
	}
	return text
}

// examine lists what is wrong with a scene or a package. The error says that it cannot
// be read at all.
func examine(ctx context.Context, path string) ([]finding, error) {
	file := path
	info, err := os.Stat(path)
	if err != nil {
		return nil, badInput(err)
	}
	if info.IsDir() {
		file = filepath.Join(path, "scene.json")
		if set := filepath.Join(path, "tileset.json"); missing(file) && !missing(set) { // what export writes
			file = set
		}
	}
	if f, err := read.Detect(file); err == nil && f.Name == "3dtiles" || strings.EqualFold(filepath.Ext(file), ".3tz") {
		return examineTiles(file)
	}
	doc, err := scene.Examine(file, layers.Types())
	var wrong scene.Errors
	if err != nil && !errors.As(err, &wrong) {
		return nil, badInput(err)
	}
	var out []finding
	add := func(severity string, list scene.Errors) {
		for _, e := range list {
			out = append(out, finding{severity, e.File, e.Line, e.Column, e.Path, e.Message})
		}
	}
	add("error", wrong)
	if doc == nil {
		return out, nil
	}
	lacking, doubtful, err := stage.MissingFields(ctx, doc)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 { // what is told is not told again as what follows from it
		add("error", slices.DeleteFunc(lacking, func(e scene.Error) bool {
			return strings.HasPrefix(e.Message, table.ErrNoField.Error()+" \"\"") || slices.ContainsFunc(wrong, func(w scene.Error) bool { return within(e.Path, w.Path) })
		}))
		return out, nil
	}
	add("warning", doc.Warnings)
	add("warning", doubtful)
	add("error", lacking)
	seen := map[string]bool{}
	for _, l := range doc.Layers {
		if l.Tiles == "" || seen[l.Tiles] {
			continue
		}
		seen[l.Tiles] = true
		list, err := examineTiles(doc.Resolve(l.Tiles))
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	if doc.Package != nil { // its tables and its ground
		if _, err := stage.Open(doc.Dir, stage.PlayOptions{}); err != nil {
			out = append(out, finding{Severity: "error", File: file, Message: err.Error()})
		}
	}
	return out, nil
}

func missing(file string) bool {
	_, err := os.Stat(file)
	return err != nil
}

// examineTiles lists what is wrong with a tileset.
func examineTiles(file string) (out []finding, err error) {
	issues, err := check.Tileset(file)
	if err != nil {
		return nil, badInput(err)
	}
	at := filepath.Dir(file)
	if strings.EqualFold(filepath.Ext(file), ".3tz") { // what is wrong lies in it
		at = file
	}
	for _, i := range issues {
		out = append(out, finding{Severity: i.Severity.String(), File: filepath.Join(at, filepath.FromSlash(i.Path)), Message: i.Message})
	}
	return out, nil
}

// within tells whether a path of a document is another one or below it.
func within(path, above string) bool {
	rest, ok := strings.CutPrefix(path, above)
	return ok && above != "" && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
