package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/assets"
	"github.com/longtake/longtake/geo/sample"
)

func (a *app) sample() *cobra.Command {
	seed := uint32(1)
	c := &cobra.Command{
		Use:   "sample DIR",
		Short: "Write the sample city: data files and a scene of an invented harbour town",
		Long: `Writes Porto Largo, a harbour city on an island that exists nowhere, as ordinary data
files (OpenStreetMap XML, elevation, tables) with a scene of twelve seconds: space,
coast, street at dusk, and one of a longer take (take.yaml): from outside the Galaxy to a
table in a room. The same seed gives the same bytes on every machine.

The folder must be empty or hold a sample, whose files are then written anew.`,
		Example: `  longtake sample porto
  longtake render porto/scene.yaml --at 12s -o street.png`,
		Args: one("a folder"),
	}
	c.Flags().Uint32Var(&seed, "seed", seed, "another `NUMBER` gives another city")
	a.jsonFlag(c)
	return a.command(c, func(ctx context.Context, args []string) error {
		dir := args[0]
		files, err := sample.Files(seed)
		if err != nil {
			return err
		}
		files = append(files, sample.File{Name: "take.yaml", Data: assets.SampleTake}, sample.File{Name: "scene.yaml", Data: assets.SampleScene})
		if err := onlySample(dir, files); err != nil {
			return err
		}
		var paths []string
		for _, f := range files {
			if err := ctx.Err(); err != nil {
				return err
			}
			path := filepath.Join(dir, f.Name)
			if err := writeFile(path, f.Data); err != nil {
				return err
			}
			paths = append(paths, path)
		}
		if a.json {
			return a.printJSON(map[string]any{"files": paths})
		}
		a.summary("%s: %s; render %s", dir, count(len(files), "file"), paths[len(paths)-1])
		return nil
	})
}

// onlySample refuses a folder with files that are not the sample's.
func onlySample(dir string, files []sample.File) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return badInput(err)
	}
	for _, e := range entries {
		if !slices.ContainsFunc(files, func(f sample.File) bool { return f.Name == e.Name() }) {
			return badInput(fmt.Errorf("%s holds %s, which is not of the sample: choose an empty folder", dir, e.Name()))
		}
	}
	return nil
}
