package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/scene"
)

const sceneHead = `# A longtake scene. The layers are drawn in this order; what is left out has its default.
#   longtake validate FILE    checks it
#   longtake layers           lists the layer types, longtake layers NAME their properties
#   longtake schema           prints the JSON Schema, for completion in editors
`

func (a *app) initScene() *cobra.Command {
	var in input
	var output string
	var force bool
	c := &cobra.Command{
		Use:   "init DATA… [-o scene.yaml]",
		Short: "Write the default scene of data files, to edit",
		Long: `Writes the scene that longtake makes of data files by itself, to edit. Paths of the data
are written relative to the scene. A name in .json gives JSON, others YAML.`,
		Example: `  longtake init city.osm.pbf N43E007.hgt -o scene.yaml
  longtake init places.csv -o -`,
		Args: needs("data files"),
	}
	c.Flags().StringVarP(&output, "output", "o", "scene.yaml", "`FILE` to write; - is standard output")
	c.Flags().BoolVar(&force, "force", false, "replace the file where it exists")
	return a.command(c, func(ctx context.Context, args []string) error {
		doc, err := in.load(ctx, args)
		if err != nil {
			return err
		}
		if doc.File != "" || doc.Package != nil {
			return badInput(errorf("%s is a scene already: edit it", args[0]))
		}
		dir := "."
		if output != "-" {
			dir = filepath.Dir(output)
			if into, err := os.Stat(output); err == nil {
				for _, a := range args {
					if from, err := os.Stat(a); err == nil && os.SameFile(into, from) {
						return badInput(errorf("%s is the data itself: choose another name for the scene", output))
					}
				}
			}
			if _, err := os.Lstat(output); err == nil && !force {
				return badInput(errorf("%s exists: choose another name, or --force to replace it", output))
			} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		if err := relative(doc, dir); err != nil {
			return err
		}
		var b bytes.Buffer
		format := scene.JSON
		if !strings.EqualFold(filepath.Ext(output), ".json") {
			format = scene.YAML
			b.WriteString(sceneHead)
		}
		if err := doc.Write(&b, format); err != nil {
			return err
		}
		if output == "-" {
			_, err := a.out.Write(b.Bytes())
			return err
		}
		if err := writeFile(output, b.Bytes()); err != nil {
			return err
		}
		a.summary("%s: %s, %s", output, count(len(doc.Sources), "source"), count(len(doc.Layers), "layer"))
		return nil
	})
}

// relative rewrites the paths of sources relative to a folder.
func relative(doc *scene.Document, dir string) error {
	base, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	for name, s := range doc.Sources {
		for i, p := range s.Path {
			full, err := filepath.Abs(doc.Resolve(p))
			if err != nil {
				return err
			}
			if r, err := filepath.Rel(base, full); err == nil {
				full = r
			}
			s.Path[i] = filepath.ToSlash(full)
		}
		doc.Sources[name] = s
	}
	return nil
}

func errorf(format string, args ...any) error { return fmt.Errorf(format, args...) }
