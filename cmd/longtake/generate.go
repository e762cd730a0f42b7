package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/stage"
)

func (a *app) generate() *cobra.Command {
	in := input{compress: "meshopt"}
	var dir, batch string
	c := &cobra.Command{
		Use:   "generate {SCENE | DATA… | --batch FILE} -o DIR",
		Short: "Build a scene package: 3D Tiles, tables and the resolved scene",
		Long: `Builds a scene package, a folder that longtake plays and that other 3D Tiles readers
load too: resolved scene.json, 3D Tiles 1.1, tables, ground heights and report.json.

A package that is already at DIR is replaced when the new one is whole; any other
folder that is not empty is refused. Objects that cannot be used are left out, counted
by reason and listed by id in report.json, and drawn in rejected.geojson; with --strict
one of them is a failure.

With --batch a file lists many packages, which are made into folders of DIR with one
report.json over all; a rerun makes what is missing or has changed (docs/generate.md).`,
		Example: `  longtake generate scene.yaml -o city
  longtake generate monaco.osm.pbf N43E007.hgt -o monaco --bbox 7.40,43.72,7.44,43.76
  longtake generate --batch provinces.yaml -o provinces --max-memory 2GB`,
		Args: func(c *cobra.Command, args []string) error {
			if batch != "" {
				return noArgs(c, args)
			}
			return needs("a scene or data files")(c, args)
		},
	}
	in.readFlags(c)
	c.Flags().StringVarP(&dir, "output", "o", "", "`DIR` of the package (required)")
	_ = c.MarkFlagRequired("output") // fails for unknown flags only
	c.Flags().StringVar(&in.cache, "cache", "", "`DIR` that keeps what was built, so that the next run builds only what changed, or off; without it the user's cache (longtake cache path)")
	choice(c, &in.compress, "compress", []string{"meshopt", "none"}, "how tiles are compressed, in EXT_meshopt_compression or not at all")
	c.Flags().StringVar(&batch, "batch", "", "`FILE` that lists packages to make, as YAML or JSON")
	a.jsonFlag(c)
	return a.command(c, func(ctx context.Context, args []string) error {
		if batch != "" {
			return a.batch(ctx, &in, batch, dir)
		}
		doc, err := in.load(ctx, args)
		if err != nil {
			return err
		}
		if doc.Package != nil {
			return badInput(errorf("%s is a package already: copy the folder, or generate from its scene and data", args[0]))
		}
		o := in.generate(a)
		if o.Parts, err = stage.PartsFolder(in.cache); err != nil {
			return err
		}
		s, err := stage.Generate(ctx, doc, dir, o)
		if err != nil {
			return badInput(err)
		}
		if a.json {
			return a.printJSON(struct {
				Package string `json:"package"`
				*stage.Summary
			}{dir, s})
		}
		a.summary("%s: %s, %s, %s", dir, count(s.Made["building"], "building"), count(s.Tiles, "tile"), bytesText(s.Bytes))
		for _, line := range leftOut(s) {
			a.summary("%s", line)
		}
		return nil
	})
}
