package main

import (
	"context"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is that of the next or present release; packages carry it.
const version = "0.1.0-dev"

// build is what version prints.
type build struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"`
	Modified bool   `json:"modified"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func (a *app) version() *cobra.Command {
	c := &cobra.Command{Use: "version", Short: "Print the version", Args: noArgs}
	a.jsonFlag(c)
	return a.command(c, func(context.Context, []string) error {
		b := thisBuild()
		if a.json {
			return a.printJSON(b)
		}
		commit := ""
		if b.Commit != "" {
			commit = " (" + b.Commit[:min(12, len(b.Commit))]
			if b.Modified {
				commit += ", modified"
			}
			commit += ")"
		}
		a.printf("longtake %s%s %s %s", b.Version, commit, b.Go, b.Platform)
		return nil
	})
}

func thisBuild() build {
	b := build{Version: version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}
