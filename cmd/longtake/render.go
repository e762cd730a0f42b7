package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
	"github.com/longtake/longtake/stream"
)

// renderFlags are those of render as they come from the command line.
type renderFlags struct {
	input
	output      string
	size        *scene.Size
	rate        *scene.Rate
	at          *scene.Time
	from, to    *scene.Time
	quality     string
	camera      *scene.Camera
	orbit       *scene.Orbit
	fov         float64
	buffers     *[]string
	transparent bool
	bits        string
}

func (a *app) render() *cobra.Command {
	f := renderFlags{bits: "8"}
	c := &cobra.Command{
		Use:   "render " + sceneUse + " -o FILE",
		Short: "Render a picture, numbered frames or a video",
		Long: fmt.Sprintf(`Renders a scene, a package, or data files with a default scene that frames the data.

The ending of the output says what is made:
  picture.png       one picture, at --at
  frames/%%05d.png   numbered frames from --from to --to, counted from 0
  story.mp4         a video from --from to --to (%s); needs ffmpeg

A scene or data files are first generated into a package in the cache, so rendering
them again starts at once. A package is played as it is.
The same scene, time, size, quality and driver give the same pixels.`, strings.Join(stream.Containers(), ", ")),
		Example: `  longtake render city.osm.pbf N43E007.hgt -o city.png
  longtake render city.osm.pbf -o roofs.png --camera 7.4205,43.7335,420,20,-35 --size 1920x1080
  longtake render scene.yaml -o street.png --at 9.5s --quality ultra --buffers normal,depth,ao
  longtake render scene.yaml -o story.mp4 --fps 30000/1001 --from 2s --to 10s
  longtake render city -o orbit.mp4 --orbit 7.4205,43.7335,900,350,180
  longtake render city -o 'frames/%05d.png' --bits 16 --to 1s`,
		Args: needsScene,
	}
	fs := c.Flags()
	fs.StringVarP(&f.output, "output", "o", "", "`FILE` to write: .png, a .png pattern with %05d, or a video (required)")
	_ = c.MarkFlagRequired("output") // fails for unknown flags only
	sizeFlag(fs, &f.size, "the scene's (output.size)")
	rateFlag(fs, &f.rate, "the scene's (output.fps)")
	optionalFlag(fs, &f.at, "at", "TIME", parseTime, "story time of a picture, as 7.5s or 1m30s; without it the story's start")
	optionalFlag(fs, &f.from, "from", "TIME", parseTime, "story time of the first frame; without it the story's start")
	optionalFlag(fs, &f.to, "to", "TIME", parseTime, "story time before which the last frame lies; without it the story's end")
	qualityFlag(c, &f.quality, "the scene's (output.quality)")
	optionalFlag(fs, &f.camera, "camera", "CAMERA", scene.ParseCamera,
		"a fixed camera instead of the scene's, lng,lat,height,heading,pitch[,roll]: degrees, and metres above the ellipsoid; heading clockwise from north, pitch -90 straight down")
	orbitFlag(fs, &f.orbit)
	fovFlag(fs, &f.fov)
	optionalFlag(fs, &f.buffers, "buffers", "NAMES", list(pipeline.Buffers), "also write buffers of a picture, as FILE.NAME.png; names, with commas between them, of "+strings.Join(pipeline.Buffers, ", "))
	fs.BoolVar(&f.transparent, "transparent", false, "pictures and frames: leave the sky out, with an alpha channel")
	choice(c, &f.bits, "bits", []string{"8", "16"}, "pictures and frames: bits a channel")
	f.playFlags(c)
	a.gpuFlag(c)
	a.jsonFlag(c)
	c.MarkFlagsMutuallyExclusive("camera", "orbit")
	c.MarkFlagsMutuallyExclusive("at", "from")
	c.MarkFlagsMutuallyExclusive("at", "to")
	return a.command(c, func(ctx context.Context, args []string) error {
		if err := f.check(); err != nil {
			return err
		}
		player, release, err := f.open(ctx, a, args)
		if err != nil {
			return err
		}
		defer release()
		r, err := stage.Render(ctx, player, f.options(a))
		a.tellLacking(player.LeftOut()...)
		if err != nil {
			return a.drawing(err)
		}
		if a.json {
			return a.printJSON(r)
		}
		if len(r.Files) > 3 {
			a.summary("%s … %s: %s in %.1f s", r.Files[0], r.Files[len(r.Files)-1], count(r.Frames, "frame"), r.WallS)
			return nil
		}
		a.summary("%s: %s in %.1f s", strings.Join(r.Files, ", "), count(r.Frames, "frame"), r.WallS)
		return nil
	})
}

// check refuses flags that do not go with the output before the work begins, and
// a video where there is no ffmpeg.
func (f *renderFlags) check() error {
	ending := strings.ToLower(filepath.Ext(f.output))
	video := slices.Contains(stream.Containers(), ending)
	numbered, err := stage.Numbered(f.output)
	still := ending == ".png" && !numbered
	switch {
	case ending != ".png" && !video:
		return badUsage("%s: the output's ending must be .png or one of %s", f.output, strings.Join(stream.Containers(), ", "))
	case ending == ".png" && err != nil:
		return badUsage("%v", err)
	case still && (f.from != nil || f.to != nil || f.rate != nil):
		return badUsage("--from, --to and --fps are for videos and numbered frames: name a video or a pattern such as frames/%%05d.png")
	case !still && f.at != nil:
		return badUsage("--at is for one picture: use --from and --to")
	case !still && f.buffers != nil:
		return badUsage("--buffers is for one picture: name a .png")
	case video && (f.bits == "16" || f.transparent):
		return badUsage("--bits 16 and --transparent are for pictures and frames: name a .png")
	case f.from != nil && f.to != nil && !f.from.Before(*f.to):
		return badUsage("--from %s is not before --to %s", f.from, f.to)
	case video && f.size != nil && (f.size.Width%2 != 0 || f.size.Height%2 != 0):
		return badUsage("--size %s: both sides of a video are even", f.size)
	case video:
		return stream.Available()
	}
	return nil
}

func (f *renderFlags) options(a *app) stage.RenderOptions {
	return stage.RenderOptions{
		Output: f.output, Size: value(f.size), Rate: value(f.rate), Quality: f.quality,
		At: f.at, From: f.from, To: f.to, Camera: f.camera, Orbit: f.orbit, FOV: f.fov,
		Bits16: f.bits == "16", Transparent: f.transparent, Buffers: value(f.buffers),
		GPU: a.gpu, Say: a.reporter(),
	}
}
