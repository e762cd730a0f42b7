package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/stage"
)

func (a *app) cache() *cobra.Command {
	var folder string
	c := &cobra.Command{
		Use:   "cache",
		Short: "List or clear the packages that were generated on the way",
		Long: `Commands that play a scene or data files generate a package first and keep it, named by
the content of all that it is made of. generate keeps what packages are built from there,
too, so that the next run builds only what changed. Nothing is removed by itself.`,
		Example: `  longtake cache list
  longtake cache clear
  du -sh "$(longtake cache path)"`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.PersistentFlags().StringVar(&folder, "cache", "", "`DIR` to look at instead of the user's cache")
	at := func() (string, error) {
		if folder != "" {
			return folder, nil
		}
		return stage.CacheFolder()
	}
	list := &cobra.Command{Use: "list", Short: "List the packages, the last used first", Args: noArgs}
	a.jsonFlag(list)
	wipe := &cobra.Command{Use: "clear", Short: "Remove the packages and what they were built from", Args: noArgs}
	a.jsonFlag(wipe)
	path := &cobra.Command{Use: "path", Short: "Print the folder", Args: noArgs}
	c.AddCommand(
		a.command(list, func(context.Context, []string) error {
			dir, err := at()
			if err != nil {
				return err
			}
			entries, err := stage.CacheEntries(dir)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(append([]stage.CacheEntry{}, entries...)) // [] where there is none
			}
			for _, e := range entries {
				a.printf("%s  %8s  %s  %s", e.Used.Format("2006-01-02 15:04"), bytesText(e.Bytes), e.Dir, e.Name)
			}
			return nil
		}),
		a.command(wipe, func(context.Context, []string) error {
			dir, err := at()
			if err != nil {
				return err
			}
			freed, err := stage.CacheClear(dir)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]int64{"freed_bytes": freed})
			}
			a.summary("%s: %s freed", dir, bytesText(freed))
			return nil
		}),
		a.command(path, func(context.Context, []string) error {
			dir, err := at()
			if err == nil {
				a.printf("%s", dir)
			}
			return err
		}))
	return c
}
