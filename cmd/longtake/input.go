package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
)

// sceneUse is the argument of all commands that play something.
const sceneUse = "{SCENE | PACKAGE | DATA…}"

var needsScene = needs("a scene, a package or data files")

// input is how the command line says what is read and how.
type input struct {
	bbox      *geo.Bound
	strict    bool
	cache     string
	memory    *int64
	noCredits bool
	tiles     *int64 // bytes of tiles while they are drawn
	trace     string
	compress  string // of generate; "" compresses
	live      bool   // what frames lack is told as they come
}

// readFlags are for commands that read data.
func (in *input) readFlags(c *cobra.Command) {
	optionalFlag(c.Flags(), &in.bbox, "bbox", "W,S,E,N", parseBound, "read only what touches this region, in degrees; west may exceed east")
	optionalFlag(c.Flags(), &in.memory, "max-memory", "SIZE", parseMemory, "most memory that generating may take, as 512MB or 4GB, at least 136MB; without it half of the machine's")
	c.Flags().BoolVar(&in.strict, "strict", false, "fail where an object, a panel or a page has to be left out (exit code 3)")
}

// parseMemory parses a limit that generating can keep.
func parseMemory(s string) (int64, error) {
	n, err := parseBytes(s)
	if err == nil && n < stage.LeastMemory {
		err = fmt.Errorf("found %q: at least %d MB are needed, whatever the input", s, int64(stage.LeastMemory/1e6))
	}
	return n, err
}

// playFlags are for commands that play a package.
func (in *input) playFlags(c *cobra.Command) {
	in.readFlags(c)
	c.Flags().StringVar(&in.cache, "cache", "", "`DIR` for packages that are generated on the way, or off; without it the user's cache (longtake cache path)")
	optionalFlag(c.Flags(), &in.tiles, "tile-memory", "SIZE", parseBytes, "most memory that tiles may take while they are drawn, as 512MB or 4GB; views that need more are drawn coarser; without it 1GB")
	c.Flags().StringVar(&in.trace, "trace", "", "`FILE` that tells what frames spend their time on, for chrome://tracing or Perfetto; drawing is slower meanwhile")
	c.Flags().BoolVar(&in.noCredits, "no-credits", false, "leave the credits of the data out of the picture; you then name their owners elsewhere")
}

func (in *input) generate(a *app) stage.GenerateOptions {
	return stage.GenerateOptions{BBox: in.bbox, Strict: in.strict, Version: version, Say: a.reporter(), MaxMemory: value(in.memory), Plain: in.compress == "none"}
}

// load reads what the arguments name.
func (in *input) load(ctx context.Context, args []string) (*scene.Document, error) {
	doc, err := stage.Load(ctx, args)
	if err != nil {
		return nil, badInput(err)
	}
	if doc.Package != nil && in.bbox != nil {
		return nil, badUsage("%s is a package: --bbox is for generating one", args[0])
	}
	return doc, nil
}

// open makes what the arguments name ready to play. Call release at the end.
func (in *input) open(ctx context.Context, a *app, args []string) (_ *stage.Player, release func(), err error) {
	doc, err := in.load(ctx, args)
	if err != nil {
		return nil, nil, err
	}
	dir, release, err := stage.Prepare(ctx, doc, stage.PrepareOptions{Cache: in.cache, Options: in.generate(a)})
	if err != nil {
		return nil, nil, badInput(err)
	}
	if doc.Package == nil {
		a.tellLeftOut(dir)
	}
	o := stage.PlayOptions{NoCredits: in.noCredits, SystemFonts: true, Memory: int(value(in.tiles)), Strict: in.strict}
	if in.live {
		o.LeftOut = func(k geo.Skipped) { a.tellLacking(k) }
	}
	if in.trace != "" {
		var end func()
		if o.Trace, end, err = a.openTrace(in.trace); err != nil {
			release()
			return nil, nil, badInput(err)
		}
		prepared := release
		release = func() { end(); prepared() }
	}
	player, err := stage.Open(dir, o)
	if err != nil {
		release()
		return nil, nil, badInput(err)
	}
	made := release // the result's own name is that of what is returned
	return player, func() { player.Close(); made() }, nil
}
