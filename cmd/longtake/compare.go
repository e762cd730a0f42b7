package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
)

// compareFlags are those of compare as they come from the command line.
type compareFlags struct {
	input
	stage.CompareOptions
	against string
	size    *scene.Size
	tune    bool
}

func (a *app) compare() *cobra.Command {
	var f compareFlags
	c := &cobra.Command{
		Use:   "compare " + sceneUse + " --against reference",
		Short: "Measure how far pictures are from what a ray tracer says is true",
		Long: `Draws views of a scene and traces them in float64 on the CPU: the same drawables, the same
camera, seeded. Prints how far the picture's effects are from the truth:

  depth   whether both see the same surfaces, with the same normals
  ao      ambient occlusion, from 0 to 1, against truth limited to the surfaces that the
          picture shows, and against full truth
  ssr     hits of mirror rays: how many of those found there are (precision), how many of
          those that the picture shows are found (recall), and how far off, in pixels
  shadow  pixels in the wrong light, and those that a shift by a texel does not explain
  image   with --paths: the whole picture against light that bounces, by FLIP and PSNR

Heat maps go to --maps. With several views the figures are their means.`,
		Example: `  longtake compare scene.yaml --against reference --views auto
  longtake compare city --against reference --views canyon,courtyard --quality high --json
  longtake compare city --against reference --mirror --maps out --paths 64`,
		Args: needsScene,
	}
	fs := c.Flags()
	choice(c, &f.against, "against", []string{"reference"}, "what is true")
	sizeFlag(fs, &f.size, "the scene's (output.size), at most 640 pixels wide")
	qualityFlag(c, &f.Quality, "the scene's (output.quality)")
	optionalFlag(fs, &f.At, "at", "TIME", parseTime, "story time, as 7.5s; without it the story's start")
	optionalFlag(fs, &f.Camera, "camera", "CAMERA", scene.ParseCamera, "a camera instead of the scene's, lng,lat,height,heading,pitch[,roll]")
	fovFlag(fs, &f.FOV)
	fs.StringSliceVar(&f.Views, "views", nil, "`NAMES` of the scene's views or chapters, with commas between them; auto is four framed from the data")
	fs.BoolVar(&f.Mirror, "mirror", false, "make the ground a mirror, so that there are reflections to judge")
	fs.IntVar(&f.Samples, "samples", 64, "`NUMBER` of rays a pixel for ambient occlusion")
	fs.IntVar(&f.Part, "part", 1, "judge the ambient occlusion of one pixel of so `MANY`, which takes less time")
	fs.IntVar(&f.Paths, "paths", 0, "`NUMBER` of light paths a pixel for the whole picture; 0 leaves it out")
	fs.StringVar(&f.Maps, "maps", "", "`DIR` for heat maps of the errors and pictures of both sides")
	fs.BoolVar(&f.tune, "tune", false, "search the parameters of ambient occlusion that come closest, and print every trial")
	f.playFlags(c)
	a.gpuFlag(c)
	a.jsonFlag(c)
	c.MarkFlagsMutuallyExclusive("camera", "views")
	return a.command(c, func(ctx context.Context, args []string) error {
		if f.Samples < 1 || f.Paths < 0 {
			return badUsage("--samples is at least 1, --paths at least 0")
		}
		if f.against != "reference" {
			return badUsage("--against reference: say what the picture is held against")
		}
		player, release, err := f.open(ctx, a, args)
		if err != nil {
			return err
		}
		defer release()
		if f.Maps != "" {
			if err := os.MkdirAll(f.Maps, 0o777); err != nil {
				return err
			}
		}
		o := f.CompareOptions
		o.Size, o.GPU, o.Say = value(f.size), a.gpu, a.reporter()
		if f.tune {
			return a.tune(ctx, player, o)
		}
		r, err := stage.Compare(ctx, player, o)
		if err != nil {
			return a.drawing(err)
		}
		if a.json {
			return a.printJSON(r)
		}
		for _, v := range r.Views {
			a.printf("%s", v.Name)
			a.scores(v.Scores)
		}
		if len(r.Views) > 1 {
			a.printf("mean of %d views, %s %s", len(r.Views), r.Size, r.Quality)
			a.scores(r.Scores)
		}
		return nil
	})
}

// tune searches parameters and prints the trials, the best one last.
func (a *app) tune(ctx context.Context, p *stage.Player, o stage.CompareOptions) error {
	trials, err := stage.Tune(ctx, p, o)
	if err != nil {
		return a.drawing(err)
	}
	if a.json {
		return a.printJSON(trials)
	}
	for _, t := range trials {
		a.printf("reach %.3f, falloff %.3f, power %.3f, extent %.3f: RMSE %.4f, bias %+.4f, p95 %.3f; full RMSE %.4f",
			t.Reach, t.Falloff, t.Power, t.Extent, t.Score.RMSE, t.Score.Bias, t.Score.P95, t.Score.FullRMSE)
	}
	return nil
}

// scores prints those of a view that were measured.
func (a *app) scores(s stage.Scores) {
	if d := s.Depth; d != nil {
		a.printf("  depth   %.2f %% of the pixels the same, normals %.2f° apart", 100*d.Same, d.Normal)
	}
	if x := s.AO; x != nil {
		a.printf("  ao      RMSE %.3f, bias %+.3f, p95 %.3f; against full truth RMSE %.3f, bias %+.3f", x.RMSE, x.Bias, x.P95, x.FullRMSE, x.FullBias)
	}
	if x := s.SSR; x != nil {
		a.printf("  ssr     precision %.3f, recall %.3f, median %.2f px, %s that reflect", x.Precision, x.Recall, x.MedianPX, count(x.Pixels, "pixel"))
	}
	if x := s.Shadow; x != nil {
		a.printf("  shadow  %.2f %% wrong, %.2f %% by more than a texel of %.2f m", 100*x.Wrong, 100*x.Beyond, x.Texel)
	}
	if x := s.Image; x != nil {
		psnr := "equal"
		if x.PSNR != nil {
			psnr = fmt.Sprintf("PSNR %.1f dB", *x.PSNR)
		}
		a.printf("  image   FLIP %.3f, %s", x.FLIP, psnr)
	}
}
