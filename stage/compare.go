package stage

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/reference"
	"github.com/longtake/longtake/pipeline/reference/metric"
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
	Paths    int      // paths a pixel of the whole picture; 0 leaves it out
	Maps     string   // folder for heat maps; "" writes none
	GPU      string   // auto, device or surfaceless
	Say      Reporter
	Override func(*pipeline.Quality) // changes what the tier says
}

// Comparison is how far pictures are from what is true. What was not measured is nil.
type Comparison struct {
	Scores
	Views    []ViewScores `json:"views"` // Scores are their means
	Quality  string       `json:"quality"`
	Size     scene.Size   `json:"size"`
	Renderer string       `json:"renderer"`
	Files    []string     `json:"files"` // maps
}

// ViewScores are those of one view.
type ViewScores struct {
	Name string `json:"name"`
	Scores
}

// Scores are errors by effect.
type Scores struct {
	Depth  *DepthScore  `json:"depth"`
	AO     *AOScore     `json:"ao"`
	SSR    *SSRScore    `json:"ssr"`
	Shadow *ShadowScore `json:"shadow"`
	Image  *ImageScore  `json:"image"`
}

// DepthScore tells whether both see the same surfaces.
type DepthScore struct {
	Same   float64 `json:"same"`   // share of the pixels whose depths agree to a thousandth
	Normal float64 `json:"normal"` // median angle between the normals there, degrees
}

// AOScore are errors of ambient occlusion, from 0 to 1, against truth limited to the
// surfaces that the picture shows, and against full truth.
type AOScore struct {
	RMSE     float64 `json:"rmse"`
	Bias     float64 `json:"bias"`
	P95      float64 `json:"p95"`
	FullRMSE float64 `json:"full_rmse"`
	FullBias float64 `json:"full_bias"`
}

// SSRScore judges the rays of reflections.
type SSRScore struct {
	Precision float64 `json:"precision"` // of the hits found, those that there are
	Recall    float64 `json:"recall"`    // of the hits within the picture, those found
	MedianPX  float64 `json:"median_px"` // distance of the places, where both hit
	Pixels    int     `json:"pixels"`    // that reflect
}

// ShadowScore judges the sun's shadow on surfaces that face it.
type ShadowScore struct {
	Wrong  float64 `json:"wrong"`        // share of the pixels that are in the wrong light
	Beyond float64 `json:"beyond_texel"` // share of those that stay so when edges move by a texel of the map
	Texel  float64 `json:"texel_m"`      // median texel, metres
}

// ImageScore judges the whole picture before the glow, both exposed alike.
type ImageScore struct {
	FLIP float64  `json:"flip"` // mean
	PSNR *float64 `json:"psnr"` // dB; nil where the pictures are equal
}

// Compare draws views of a package, traces them and tells how far they are apart. It must
// run on a locked OS thread.
func Compare(ctx context.Context, p *Player, o CompareOptions) (*Comparison, error) {
	c, err := newComparing(p, o)
	if err != nil {
		return nil, err
	}
	views, err := c.views()
	if err != nil {
		return nil, err
	}
	s, err := surface.NewOffscreen(surface.Options{Platform: c.GPU})
	if err != nil {
		return nil, err
	}
	defer s.Release()
	c.renderer, err = pipeline.New(s, pipeline.Options{Width: c.Size.Width, Height: c.Size.Height, Quality: c.quality, Keep: c.buffers()})
	if err != nil {
		return nil, err
	}
	defer c.renderer.Release()
	c.out.Renderer = s.Describe().Renderer
	for i, v := range views {
		c.Say.Tell("view", i, len(views))
		scores, err := c.view(ctx, v)
		if err != nil {
			return nil, fmt.Errorf("view %s: %w", v.name, err)
		}
		c.out.Views = append(c.out.Views, ViewScores{v.name, scores})
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
		if s.AO, err = t.ambient(ctx, ao); err != nil {
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
	return planes, ao, nil
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

// means are the means over views; an effect that some view lacks counts where it is.
func means(views []ViewScores) (s Scores) {
	s.Depth = meanOf(views, func(v *ViewScores) *DepthScore { return v.Depth }, func(sum, x *DepthScore, w float64) {
		sum.Same += w * x.Same
		sum.Normal += w * x.Normal
	})
	s.AO = meanOf(views, func(v *ViewScores) *AOScore { return v.AO }, func(sum, x *AOScore, w float64) {
		sum.RMSE += w * x.RMSE
		sum.Bias += w * x.Bias
		sum.P95 += w * x.P95
		sum.FullRMSE += w * x.FullRMSE
		sum.FullBias += w * x.FullBias
	})
	s.SSR = meanOf(views, func(v *ViewScores) *SSRScore { return v.SSR }, func(sum, x *SSRScore, w float64) {
		sum.Precision += w * x.Precision
		sum.Recall += w * x.Recall
		sum.MedianPX += w * x.MedianPX
		sum.Pixels += x.Pixels
	})
	s.Shadow = meanOf(views, func(v *ViewScores) *ShadowScore { return v.Shadow }, func(sum, x *ShadowScore, w float64) {
		sum.Wrong += w * x.Wrong
		sum.Beyond += w * x.Beyond
		sum.Texel += w * x.Texel
	})
	s.Image = meanOf(views, func(v *ViewScores) *ImageScore { return v.Image }, func(sum, x *ImageScore, w float64) {
		sum.FLIP += w * x.FLIP
		if x.PSNR != nil {
			if sum.PSNR == nil {
				sum.PSNR = new(float64)
			}
			*sum.PSNR += w * *x.PSNR
		}
	})
	return s
}

func meanOf[T any](views []ViewScores, of func(*ViewScores) *T, add func(sum, x *T, weight float64)) *T {
	n := 0
	for i := range views {
		if of(&views[i]) != nil {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	sum := new(T)
	for i := range views {
		if x := of(&views[i]); x != nil {
			add(sum, x, 1/float64(n))
		}
	}
	return sum
}

// truth is a view drawn and traced.
type truth struct {
	*comparing
	frame  *pipeline.Frame
	name   string
	planes map[string]*pipeline.Plane
	layer  *reference.Layer
	scene  *reference.Scene
	same   []bool // pixels where both see the same surface
}

// match finds the pixels where the picture and the ray see the same surface. Biases of
// depth are part of the picture's depth, so that a thousandth is the closest that counts.
func (t *truth) match() {
	depth := t.planes["depth"]
	t.same = make([]bool, len(depth.Data))
	for i, z := range depth.Data {
		h, ok := t.layer.At(i)
		sky := math.IsInf(float64(z), 1)
		t.same[i] = ok && !sky && math.Abs(float64(z)-h.Distance) <= 2e-3*h.Distance+0.02
	}
}

func (t *truth) depth() *DepthScore {
	normal := t.planes["normal"]
	n, same := 0, 0
	var angles []float64
	for i, z := range t.planes["depth"].Data {
		h, ok := t.layer.At(i)
		n++
		if !ok && math.IsInf(float64(z), 1) {
			same++
			continue
		}
		if !t.same[i] {
			continue
		}
		same++
		m := mgl64.Vec3{float64(normal.Data[3*i]), float64(normal.Data[3*i+1]), float64(normal.Data[3*i+2])}
		angles = append(angles, math.Acos(mgl64.Clamp(m.Dot(h.Normal), -1, 1))*180/math.Pi)
	}
	d := &DepthScore{Same: float64(same) / float64(max(n, 1))}
	if len(angles) > 0 {
		d.Normal = median(angles)
	}
	return d
}

// ambient judges occlusion where both see the same surface.
func (t *truth) ambient(ctx context.Context, ao []float64) (*AOScore, error) {
	o, err := t.openness(ctx)
	if err != nil {
		return nil, err
	}
	score := t.ambientScore(ao, o)
	if err := t.greys("ao", ao); err != nil {
		return nil, err
	}
	if err := t.greys("ao-truth", o.First); err != nil {
		return nil, err
	}
	if err := t.heat("ao-error", func(i int) float64 { return ao[i] - o.First[i] }, 0.25); err != nil {
		return nil, err
	}
	return score, nil
}

func (t *truth) openness(ctx context.Context) (reference.Openness, error) {
	return t.layer.Occlusion(ctx, reference.Ambient{Reach: t.renderer.AmbientReach, Falloff: pipeline.AmbientFalloff, Samples: t.Samples})
}

func (t *truth) ambientScore(ao []float64, o reference.Openness) *AOScore {
	use := func(i int) bool { return t.same[i] }
	first, full := metric.ErrorsOf(ao, o.First, use), metric.ErrorsOf(ao, o.Full, use)
	return &AOScore{RMSE: first.RMSE, Bias: first.Bias, P95: first.P95, FullRMSE: full.RMSE, FullBias: full.Bias}
}
