package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
)

func (a *app) bench() *cobra.Command {
	var s shot
	vertices := 0.0
	c := &cobra.Command{
		Use:   "bench",
		Short: "Measure frames, generation, video or scale on this machine",
		Long: `Measures what longtake does with your data on this machine. Each measurement moves the
camera, finishes each frame and bypasses caches of pictures.

With --vertices it builds invented cities of 10⁶, 10⁷, … vertices up to that number (the
finest level's; copies of trees are not counted), and draws each at the same orbit and in
a flight across: does a frame cost more where the city is larger? 1e8 takes about 4 GB of
disk and ten minutes.`,
		Example: `  longtake bench frame city --size 1280x720 --quality low --json
  longtake bench generate city.osm.pbf N43E007.hgt --json
  longtake bench video scene.yaml --quality draft
  longtake bench --vertices 1e8`,
		Args: noArgs,
	}
	c.Flags().Float64Var(&vertices, "vertices", 0, "`NUMBER` of vertices of the largest city, from 1e5 to 1e9")
	sizeFlag(c.Flags(), &s.size, "1280x720")
	qualityFlag(c, &s.quality, "low")
	c.Flags().IntVar(&s.frames, "frames", 24, "`NUMBER` of frames to measure")
	a.gpuFlag(c)
	a.jsonFlag(c)
	a.command(c, func(ctx context.Context, _ []string) error {
		if vertices == 0 {
			return c.Help()
		}
		return a.benchScale(ctx, vertices, s.options(a))
	})
	c.AddCommand(a.benchFrame(), a.benchGenerate(), a.benchVideo())
	return c
}

// shot are the flags of measurements that draw.
type shot struct {
	input
	size    *scene.Size
	quality string
	orbit   *scene.Orbit
	fov     float64
	frames  int
}

func (s *shot) flags(a *app, c *cobra.Command, frames int) {
	sizeFlag(c.Flags(), &s.size, "the scene's (output.size)")
	qualityFlag(c, &s.quality, "the scene's (output.quality)")
	orbitFlag(c.Flags(), &s.orbit)
	fovFlag(c.Flags(), &s.fov)
	c.Flags().IntVar(&s.frames, "frames", frames, "`NUMBER` of frames to measure")
	s.playFlags(c)
	a.gpuFlag(c)
	a.jsonFlag(c)
}

func (s *shot) options(a *app) stage.BenchOptions {
	return stage.BenchOptions{Size: value(s.size), Quality: s.quality, Orbit: s.orbit, FOV: s.fov, Frames: s.frames, GPU: a.gpu, Say: a.reporter()}
}

func (a *app) benchFrame() *cobra.Command {
	var s shot
	c := &cobra.Command{
		Use:   "frame " + sceneUse,
		Short: "Milliseconds of a frame and of each of its passes",
		Args:  needsScene,
	}
	s.flags(a, c, 30)
	return a.command(c, func(ctx context.Context, args []string) error {
		if s.frames < 1 {
			return badUsage("--frames %d: at least 1", s.frames)
		}
		player, release, err := s.open(ctx, a, args)
		if err != nil {
			return err
		}
		defer release()
		r, err := stage.BenchFrame(ctx, player, s.options(a))
		if err != nil {
			return a.drawing(err)
		}
		if a.json {
			return a.printJSON(r)
		}
		a.printf("%.1f ms a frame (median), %s, %s %s, %s", r.MedianMS, count(r.Triangles, "triangle"), r.Size, r.Quality, r.Renderer)
		var names []string
		for name := range r.Passes {
			names = append(names, name)
		}
		slices.SortFunc(names, func(x, y string) int {
			if d := r.Passes[y] - r.Passes[x]; d > 0 {
				return 1
			} else if d < 0 {
				return -1
			}
			if x < y {
				return -1
			}
			return 1
		})
		for _, name := range names {
			a.printf("%8.2f ms  %s", r.Passes[name], name)
		}
		return nil
	})
}

func (a *app) benchGenerate() *cobra.Command {
	in := input{cache: "off"}
	c := &cobra.Command{
		Use:   "generate {SCENE | DATA…}",
		Short: "Features per second from reading to the finished package",
		Args:  needs("a scene or data files"),
	}
	in.readFlags(c)
	c.Flags().StringVar(&in.cache, "cache", in.cache, "`DIR` that keeps what was built, to measure a run that builds only what changed")
	a.jsonFlag(c)
	return a.command(c, func(ctx context.Context, args []string) error {
		doc, err := in.load(ctx, args)
		if err != nil {
			return err
		}
		if doc.Package != nil {
			return badInput(errorf("%s is a package already: name a scene or data files", args[0]))
		}
		o := in.generate(a)
		if o.Parts, err = stage.PartsFolder(in.cache); err != nil {
			return err
		}
		r, err := stage.BenchGenerate(ctx, doc, o)
		if err != nil {
			return badInput(err)
		}
		if a.json {
			return a.printJSON(r)
		}
		a.printf("%s in %.2f s (%.2f s of processor time): %.0f/s, %s, %s, %s of memory at most",
			count(r.Features, "feature"), r.Seconds, r.CPUSeconds, r.FeaturesPerS, count(r.Triangles, "triangle"), bytesText(r.Bytes), peak(r.PeakRSSBytes))
		return nil
	})
}

// peak is a peak of memory that the system may not tell.
func peak(n *int64) string {
	if n == nil {
		return "an unknown amount"
	}
	return bytesText(*n)
}

func (a *app) benchVideo() *cobra.Command {
	var s shot
	c := &cobra.Command{
		Use:   "video " + sceneUse,
		Short: "Seconds of rendering and encoding a video, and of both together",
		Args:  needsScene,
	}
	s.flags(a, c, 120)
	return a.command(c, func(ctx context.Context, args []string) error {
		if s.frames < 1 {
			return badUsage("--frames %d: at least 1", s.frames)
		}
		player, release, err := s.open(ctx, a, args)
		if err != nil {
			return err
		}
		defer release()
		r, err := stage.BenchVideo(ctx, player, s.options(a))
		if err != nil {
			return a.drawing(err)
		}
		if a.json {
			return a.printJSON(r)
		}
		a.printf("%s in %.2f s: rendering %.2f s, encoding %.2f s (%s)", count(r.Frames, "frame"), r.WallS, r.RenderS, r.EncodeS,
			fmt.Sprintf("%.1f frames/s", float64(r.Frames)/r.WallS))
		return nil
	})
}
