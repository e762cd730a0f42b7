package main

import (
	"context"
	"fmt"

	"github.com/longtake/longtake/stage"
)

// benchScale measures invented cities of growing size.
func (a *app) benchScale(ctx context.Context, vertices float64, o stage.BenchOptions) error {
	if !(vertices >= 1e5 && vertices <= 1e9) {
		return badUsage("--vertices %g: 1e5 to 1e9 are allowed", vertices)
	}
	if o.Frames < 1 {
		return badUsage("--frames %d: at least 1", o.Frames)
	}
	r, err := stage.BenchScale(ctx, int(vertices), o, stage.GenerateOptions{Version: version, Say: a.reporter()})
	if err != nil {
		return a.drawing(err)
	}
	if a.json {
		return a.printJSON(r)
	}
	for _, c := range r.Cities {
		a.printf("%s, %s, %s in %s, generated in %.0f s", fmt.Sprintf("%d vertices", c.Vertices), count(c.Buildings, "building"), bytesText(c.Bytes), count(c.Tiles, "tile"), c.GenerateS)
		a.printf("  first frame %.2f s; orbit %.1f ms a frame (median; %.0f ms of processor time), %s", c.FirstFrameS, c.MedianMS, c.CPUMS, count(c.Triangles, "triangle"))
		f := c.Flight
		a.printf("  flight of %.0f m in %.0f s: %.1f ms a frame, 95 %% within %.1f, worst %.1f; %.0f %% of frames with coarser tiles", f.Metres, f.Seconds, f.MedianMS, f.P95MS, f.WorstMS, 100*f.Coarse)
		a.printf("  tiles in memory %s, on the GPU %s; the process at most %s", bytesText(int64(c.ResidentRAM)), bytesText(int64(c.ResidentVRAM)), peak(c.PeakBytes))
	}
	a.printf("a frame of the largest city takes %.2f × the smallest's, %s %s, %s", r.Growth, r.Size, r.Quality, r.Renderer)
	return nil
}
