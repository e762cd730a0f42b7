package stage

import (
	"context"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
)

// Trial is a set of parameters of ambient occlusion and how it does.
type Trial struct {
	pipeline.Ambient
	Slices int     `json:"slices"`
	Steps  int     `json:"steps"`
	Score  AOScore `json:"score"` // mean of the views
}

// Tune searches the parameters of ambient occlusion for the least mean RMSE over views
// against what the first layer says: one parameter after the other, by steps that become
// smaller, from those of the quality on. The trials are in their order, the last one is
// the best. It must run on a locked OS thread.
func Tune(ctx context.Context, p *Player, o CompareOptions) ([]Trial, error) {
	c, err := newComparing(p, o)
	if err != nil {
		return nil, err
	}
	c.quality.SSRSteps, c.quality.ShadowCascades, c.Maps = 0, 0, ""
	views, release, err := c.start()
	if err != nil {
		return nil, err
	}
	defer release()
	if c.quality.Ambient == (pipeline.Ambient{}) {
		c.quality.Ambient = pipeline.DefaultAmbient
	}
	var truths []func(q pipeline.Quality) (*AOScore, error)
	for _, v := range views {
		f, err := c.player.Frame(ctx, v.at, Shot{Width: c.Size.Width, Height: c.Size.Height, Quality: c.quality, Camera: v.camera})
		if err != nil {
			return nil, err
		}
		// The library may take back what another view needs.
		f.Draws = append([]drawable.Draw{}, f.Draws...)
		t, _, err := c.trace(ctx, v.name, f)
		if err != nil {
			return nil, err
		}
		open, err := t.openness(ctx)
		if err != nil {
			return nil, err
		}
		truths = append(truths, func(q pipeline.Quality) (*AOScore, error) {
			if err := c.renderer.SetQuality(q); err != nil {
				return nil, err
			}
			_, ao, err := c.draw(f)
			if err != nil {
				return nil, err
			}
			return t.ambientScore(ao, open), nil
		})
	}
	var trials []Trial
	try := func(a pipeline.Ambient) (float64, error) {
		q := c.quality
		q.Ambient = a
		var scores []ViewScores
		for _, truth := range truths {
			s, err := truth(q)
			if err != nil {
				return 0, err
			}
			scores = append(scores, ViewScores{Scores: Scores{AO: s}})
		}
		mean := means(scores).AO
		trials = append(trials, Trial{a, q.AOSlices, q.AOSteps, *mean})
		return mean.RMSE, nil
	}
	best := c.quality.Ambient
	least, err := try(best)
	for step := float32(0.4); step > 0.04 && err == nil; step /= 2 {
		for _, of := range [](func(*pipeline.Ambient) *float32){
			func(a *pipeline.Ambient) *float32 { return &a.Reach }, func(a *pipeline.Ambient) *float32 { return &a.Falloff },
			func(a *pipeline.Ambient) *float32 { return &a.Power }, func(a *pipeline.Ambient) *float32 { return &a.Extent },
		} {
			for _, k := range []float32{1 + step, 1 / (1 + step)} {
				next := best
				*of(&next) *= k
				if rmse, err := try(next); err != nil {
					return nil, err
				} else if rmse < least {
					best, least = next, rmse
					break
				}
			}
		}
	}
	if err == nil {
		_, err = try(best)
	}
	return trials, err
}
