package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

func (a *app) schema() *cobra.Command {
	var output string
	c := &cobra.Command{
		Use:   "schema [-o FILE]",
		Short: "Print the JSON Schema of scene documents",
		Long: `Prints the JSON Schema (2020-12) of scene documents with all layer types. Editors check
and complete scenes with it; the YAML language server takes it from a scene's first line:
  # yaml-language-server: $schema=scene.schema.json`,
		Example: `  longtake schema -o scene.schema.json`,
		Args:    noArgs,
	}
	c.Flags().StringVarP(&output, "output", "o", "-", "`FILE` to write; - is standard output")
	return a.command(c, func(context.Context, []string) error {
		data, err := scene.Schema(layers.Types())
		if err != nil {
			return err
		}
		if output == "-" {
			_, err := a.out.Write(data)
			return err
		}
		return writeFile(output, data)
	})
}
