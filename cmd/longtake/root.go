package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// app is what the commands share.
type app struct {
	out      *bufio.Writer // results; flushed at the end
	err      io.Writer     // messages and progress
	progress *progress
	quiet    bool
	json     bool
	gpu      string
	started  bool // a command's own work has begun: errors before that are of usage
}

// run is the program without its process: it returns the exit code.
func run(args []string, out, errs io.Writer) int {
	ctx, stop := interruptible()
	defer stop()
	a := &app{out: bufio.NewWriter(out), err: errs}
	a.progress = &progress{w: errs, now: time.Now}
	if f, ok := errs.(*os.File); ok {
		a.progress.terminal = term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
	}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(a.out)
	root.SetErr(errs)
	cmd, err := root.ExecuteContextC(ctx)
	a.progress.stop()
	if e := a.out.Flush(); err == nil && e != nil {
		a.started, err = true, fmt.Errorf("standard output: %w", e)
	}
	return a.fail(ctx, cmd, err)
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "longtake",
		Short: "Geographic data in, lit pictures, videos and streams out",
		Long: `longtake turns maps and elevation into lit pictures, videos and live streams,
without a browser and without a GPU.

Where a command takes a SCENE, give it one of
  a scene document          scene.yaml or scene.json
  a package                 a folder that longtake generate has made
  data files                longtake makes a default scene of them; what a file is
                            is told from its content, not from its name`,
		Example: `  longtake render city.osm.pbf N43E007.hgt -o city.png
  longtake sample porto && longtake render porto/scene.yaml -o porto.mp4 --quality low
  longtake doctor`,
		Args:          noArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.PersistentFlags().BoolVarP(&a.quiet, "quiet", "q", false, "no progress and no summary; errors are still shown")
	root.AddGroup(
		&cobra.Group{ID: "make", Title: "Make pictures:"},
		&cobra.Group{ID: "write", Title: "Write scenes:"},
		&cobra.Group{ID: "look", Title: "Look and measure:"},
		&cobra.Group{ID: "keep", Title: "Keep house:"},
	)
	root.SetHelpCommandGroupID("keep")
	root.SetCompletionCommandGroupID("keep")
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages ", ".FlagUsagesWrapped 100 "))
	add := func(group string, commands ...*cobra.Command) {
		for _, c := range commands {
			c.GroupID = group
			root.AddCommand(c)
		}
	}
	add("make", a.generate(), a.render(), a.stream(), a.kiosk(), a.export(), a.sample())
	add("write", a.initScene(), a.validate(), a.layers(), a.schema())
	add("look", a.inspect(), a.bench(), a.compare(), a.doctor())
	add("keep", a.cache(), a.version())
	return root
}

// command gives c its work. Everything that goes wrong before that begins is an error of
// usage.
func (a *app) command(c *cobra.Command, work func(ctx context.Context, args []string) error) *cobra.Command {
	c.DisableFlagsInUseLine = true
	c.RunE = func(c *cobra.Command, args []string) error {
		a.started = true
		return work(c.Context(), args)
	}
	return c
}

// jsonFlag lets a command print its result as JSON.
func (a *app) jsonFlag(c *cobra.Command) {
	c.Flags().BoolVar(&a.json, "json", false, "print the result as JSON on standard output")
}

// printf writes a line of the result.
func (a *app) printf(format string, args ...any) { fmt.Fprintf(a.out, format+"\n", args...) }

// summary writes a line that --quiet and --json leave out.
func (a *app) summary(format string, args ...any) {
	if !a.quiet && !a.json {
		a.progress.stop()
		a.printf(format, args...)
	}
}

func (a *app) printJSON(v any) error {
	e := json.NewEncoder(a.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
