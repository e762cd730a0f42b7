package stage

import (
	"context"
	"errors"
	"fmt"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/reference"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
)

// CompareOptions say what Compare holds against the ray tracer. The zero value of each
// field takes the document's output, or what is said.
type CompareOptions struct {
	Size     scene.Size // the document's, but at most 640 pixels wide
	Quality  string
	At       *scene.Time // of the story; nil = 0
	Camera   *scene.Camera
	FOV      float64
	Views    []string // named cameras or chapters; "auto" for four framed from the data; none: the one at At
	Mirror   bool     // the ground is a mirror, so that there are reflections
	Samples  int      // rays a pixel of ambient occlusion; 0 = 64
	Part     int      // of so many pixels one is judged for ambient occlusion; 0 = each is
	Paths    int      // paths a pixel of the whole picture; 0 leaves it out
	Maps     string   // folder for heat maps; "" writes none
	GPU      string   // auto, device or surfaceless
	Say      Reporter
	Override func(*pipeline.Quality) // changes what the tier says
	Peers    []Occlusion             // judged beside ours
	Each     func(v *ViewScores)     // told of every view as soon as it is judged; nil = nobody
}

// Compare draws views of a package, traces them and tells how far they are apart. It must
// run on a locked OS thread.
func Compare(ctx context.Context, p *Player, o CompareOptions) (*Comparison, error) {
	c, err := newComparing(p, o)
	if err != nil {
		return nil, err
	}
	views, release, err := c.start()
	if err != nil {
		return nil, err
	}
	defer release()
	for i, v := range views {
		c.Say.Tell("view", i, len(views))
		scores, err := c.view(ctx, v)
		if err != nil {
			return nil, fmt.Errorf("view %s: %w", v.name, err)
		}
		c.out.Views = append(c.out.Views, ViewScores{v.name, scores})
		if c.Each != nil {
			c.Each(&c.out.Views[i])
		}
	}
	c.Say.Tell("view", len(views), len(views))
	c.out.Scores = means(c.out.Views)
	return &c.out, nil
}

// comparing is one run of Compare.
type comparing struct {
	CompareOptions
	player   *Player
	renderer *pipeline.Renderer
	quality  pipeline.Quality
	noises   int // pictures of ambient occlusion that a finished one averages
	out      Comparison
}

func newComparing(p *Player, o CompareOptions) (*comparing, error) {
	if (o.Size == scene.Size{}) {
		o.Size = p.Doc.Output.Size
		if o.Size.Width > 640 {
			o.Size = scene.Size{Width: 640, Height: max(640*o.Size.Height/o.Size.Width, 1)}
		}
	}
	if o.Quality == "" {
		o.Quality = p.Doc.Output.Quality
	}
	q, ok := pipeline.Tier(o.Quality)
	if !ok {
		return nil, fmt.Errorf("quality %q: draft, low, high and ultra are allowed", o.Quality)
	}
	if o.Override != nil {
		o.Override(&q)
	}
	if o.Samples <= 0 {
		o.Samples = 64
	}
	c := &comparing{CompareOptions: o, player: p, quality: q, noises: max(q.SubFrames, 1)}
	// Truth has no jitter: what the sub-frames average is averaged here.
	c.quality.SubFrames = 1
	c.out = Comparison{Quality: o.Quality, Size: o.Size, Files: []string{}}
	return c, nil
}

// start opens what draws the views; release closes it.
func (c *comparing) start() (views []namedView, release func(), err error) {
	if views, err = c.views(); err != nil {
		return nil, nil, err
	}
	s, err := surface.NewOffscreen(surface.Options{Platform: c.GPU})
	if err != nil {
		return nil, nil, err
	}
	c.renderer, err = pipeline.New(s, pipeline.Options{Width: c.Size.Width, Height: c.Size.Height, Quality: c.quality, Keep: c.buffers()})
	if err != nil {
		s.Release()
		return nil, nil, err
	}
	c.out.Renderer = s.Describe().Renderer
	return views, func() { c.renderer.Release(); s.Release() }, nil
}

func (c *comparing) buffers() []string {
	names := []string{"depth", "normal", "albedo", "roughness", "material", "emission", "light"}
	if c.quality.AOSlices > 0 {
		names = append(names, "ao")
	}
	if c.quality.SSRSteps > 0 {
		names = append(names, "hits")
	}
	if c.quality.ShadowCascades > 0 {
		names = append(names, "shadow")
	}
	return names
}

// view compares one view.
func (c *comparing) view(ctx context.Context, v namedView) (s Scores, err error) {
	shot := Shot{Width: c.Size.Width, Height: c.Size.Height, Quality: c.quality, Camera: v.camera}
	f, err := c.player.Frame(ctx, v.at, shot)
	if err != nil {
		return s, err
	}
	f.Env.Clouds, f.Env.Rain, f.Env.Snow, f.Env.FogVisibility = 0, 0, 0, 0 // the tracer knows none
	if c.Mirror {
		f.Draws = mirrorGround(f.Draws)
	}
	t, ao, err := c.trace(ctx, v.name, f)
	if err != nil {
		return s, err
	}
	planes := t.planes
	s.Depth = t.depth()
	if ao != nil {
		if s.AO, s.Peers, err = t.ambient(ctx, ao); err != nil {
			return s, err
		}
	}
	if planes["hits"] != nil {
		if s.SSR, err = t.reflections(ctx); err != nil {
			return s, err
		}
	}
	if planes["shadow"] != nil {
		if s.Shadow, err = t.shadow(ctx); err != nil {
			return s, err
		}
	}
	if c.Paths > 0 {
		if s.Image, err = t.image(ctx); err != nil {
			return s, err
		}
	}
	return s, nil
}

// trace draws a frame and traces what it shows; ao is as draw returns it.
func (c *comparing) trace(ctx context.Context, name string, f *pipeline.Frame) (t *truth, ao []float64, err error) {
	planes, ao, err := c.draw(f)
	if err != nil {
		return nil, nil, err
	}
	rays := reference.NewScene(f.Draws, f.View.Eye, 0)
	if rays.Triangles() == 0 {
		return nil, nil, errors.New("nothing solid is in it")
	}
	layer, err := rays.Layer(ctx, rays.Camera(f.View.Right, f.View.Up, f.View.Forward, f.View.FovY, c.Size.Width, c.Size.Height))
	if err != nil {
		return nil, nil, err
	}
	t = &truth{comparing: c, frame: f, name: name, planes: planes, layer: layer, scene: rays}
	t.match()
	t.sort()
	return t, ao, nil
}

// draw draws a frame and reads its buffers; ao is the mean over the noises of a finished
// picture.
func (c *comparing) draw(f *pipeline.Frame) (planes map[string]*pipeline.Plane, ao []float64, err error) {
	planes = map[string]*pipeline.Plane{}
	for seed := range c.noises {
		f.Seed = uint32(seed)
		if err := c.renderer.Draw(f); err != nil {
			return nil, nil, err
		}
		if c.quality.AOSlices == 0 {
			break
		}
		p, err := c.renderer.Buffer("ao")
		if err != nil {
			return nil, nil, err
		}
		if ao == nil {
			ao = make([]float64, len(p.Data))
		}
		for i, x := range p.Data {
			ao[i] += float64(x) / float64(c.noises)
		}
	}
	for _, name := range c.buffers() {
		if planes[name], err = c.renderer.Buffer(name); err != nil {
			return nil, nil, err
		}
	}
	return planes, ao, c.renderer.Standing()
}

// mirrorGround makes mirrors of the grounds and roads of a frame.
func mirrorGround(draws []drawable.Draw) []drawable.Draw {
	out := make([]drawable.Draw, len(draws))
	for i, d := range draws {
		if m, ok := d.What.(*drawable.Mesh); ok && m.Material != nil && (m.Material.Model == drawable.Ground || m.Material.Model == drawable.Road || m.Material.Model == drawable.Water) {
			own, material := *m, drawable.DefaultMaterial()
			material.Roughness, material.Metallic, material.Color = 0.02, 1, [4]float32{0.9, 0.9, 0.9, 1}
			own.Material = material
			d.What = &own
		}
		out[i] = d
	}
	return out
}
