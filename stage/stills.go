package stage

import (
	"context"

	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
)

// Stills renders pictures of a player one after the other with one renderer. It must be used
// on one locked OS thread.
type Stills struct {
	r       *render
	surface surface.Surface
}

// NewStills makes the renderer. Of the options size, quality and GPU count.
func NewStills(p *Player, o RenderOptions) (*Stills, error) {
	r, err := newRender(p, o)
	if err != nil {
		return nil, err
	}
	s, err := surface.NewOffscreen(surface.Options{Platform: o.GPU})
	if err != nil {
		return nil, err
	}
	r.renderer, err = pipeline.New(s, pipeline.Options{Width: r.Size.Width, Height: r.Size.Height, Quality: r.quality})
	if err != nil {
		s.Release()
		return nil, err
	}
	return &Stills{r, s}, nil
}

// Render writes the picture at a time as PNG, from a camera or from the story's.
func (s *Stills) Render(ctx context.Context, path string, at scene.Time, camera *scene.Camera) error {
	s.r.Camera = camera
	if err := s.r.draw(ctx, at); err != nil {
		return err
	}
	s.r.renderer.Finish()
	return s.r.write(path)
}

// Release frees the renderer.
func (s *Stills) Release() {
	s.r.renderer.Release()
	s.surface.Release()
}
