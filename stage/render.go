package stage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stream"
)

// RenderOptions say what is rendered and where it goes. The zero value of each field
// takes the document's output.
type RenderOptions struct {
	// Output is a path. Its ending chooses the form: .png is a still, or numbered frames
	// where the name holds a number pattern such as %05d; .mp4, .mov, .mkv and .webm are
	// videos.
	Output      string
	Size        scene.Size
	Rate        scene.Rate
	Quality     string
	At          *scene.Time // of a still; nil = 0
	From, To    *scene.Time // of frames and videos; nil = the story's ends
	Camera      *scene.Camera
	Orbit       *scene.Orbit
	FOV         float64
	Bits16      bool
	Transparent bool
	Buffers     []string // also written as PNG beside a still: name.buffer.png
	GPU         string   // auto, device or surfaceless
	Say         Reporter
}

// RenderResult is what a rendering made.
type RenderResult struct {
	Files   []string `json:"files"`
	Frames  int      `json:"frames"`
	WallS   float64  `json:"wall_s"`
	RenderS float64  `json:"render_s"` // spent on frames
	EncodeS float64  `json:"encode_s"` // spent waiting for the encoder or the disk
	// LeftOut is what the frames lack, see Player.LeftOut.
	LeftOut []geo.Skipped `json:"left_out"`
}

// render is one run of Render.
type render struct {
	RenderOptions
	player   *Player
	renderer *pipeline.Renderer
	quality  pipeline.Quality
	result   RenderResult
	clock    func() time.Time
}

// Render renders a still, frames or a video. It must run on a locked OS thread.
func Render(ctx context.Context, p *Player, o RenderOptions) (*RenderResult, error) {
	r, err := newRender(p, o)
	if err != nil {
		return nil, err
	}
	video := slices.Contains(stream.Containers(), strings.ToLower(filepath.Ext(r.Output)))
	if video {
		if err := stream.Available(); err != nil {
			return nil, err
		}
		if len(r.Buffers) > 0 || r.Bits16 || r.Transparent {
			return nil, errors.New("buffers, 16 bits and a transparent sky are for pictures: give an output in .png")
		}
	} else if strings.ToLower(filepath.Ext(r.Output)) != ".png" {
		return nil, fmt.Errorf("%s: the output's ending must be .png or one of %s", r.Output, strings.Join(stream.Containers(), ", "))
	}
	s, err := surface.NewOffscreen(surface.Options{Platform: r.GPU})
	if err != nil {
		return nil, err
	}
	defer s.Release()
	r.renderer, err = pipeline.New(s, pipeline.Options{Width: r.Size.Width, Height: r.Size.Height, Quality: r.quality, Deep: r.Bits16, Keep: r.Buffers, Timings: p.options.Trace != nil})
	if err != nil {
		return nil, err
	}
	defer r.renderer.Release()
	start := r.clock()
	switch {
	case video:
		err = r.video(ctx)
	case strings.Contains(r.Output, "%"):
		err = r.frames(ctx)
	default:
		err = r.still(ctx)
	}
	r.result.WallS = r.clock().Sub(start).Seconds()
	r.result.LeftOut = p.LeftOut()
	return &r.result, err
}

func newRender(p *Player, o RenderOptions) (*render, error) {
	out := p.Doc.Output
	if (o.Size == scene.Size{}) {
		o.Size = out.Size
	}
	if (o.Rate == scene.Rate{}) {
		o.Rate = out.FPS
	}
	if o.Quality == "" {
		o.Quality = out.Quality
	}
	q, ok := pipeline.Tier(o.Quality)
	if !ok {
		return nil, fmt.Errorf("quality %q: draft, low, high and ultra are allowed", o.Quality)
	}
	if slices.Contains(o.Buffers, "ssr") && q.SSRSteps == 0 {
		return nil, fmt.Errorf("buffer ssr: quality %s makes no reflections: use low, high or ultra", o.Quality)
	}
	for _, b := range o.Buffers {
		if !slices.Contains(pipeline.Buffers, b) {
			return nil, fmt.Errorf("buffer %q: %s are allowed", b, strings.Join(pipeline.Buffers, ", "))
		}
	}
	if o.Transparent {
		p.Doc.Output.Transparent = true
	}
	if o.Orbit != nil {
		length := p.Doc.Story.Length()
		if (length == scene.Time{}) {
			length = scene.Seconds(12)
		}
		p.Doc.Story = o.Orbit.Story(length, p.Ground(o.Orbit.Lng, o.Orbit.Lat))
	}
	if o.FOV > 0 {
		if o.Camera != nil {
			o.Camera.FOV = o.FOV
		} else if p.Doc.Camera != nil {
			p.Doc.Camera.FOV = o.FOV
		}
		for i := range p.Doc.Story.Keyframes {
			p.Doc.Story.Keyframes[i].Camera.FOV = o.FOV
		}
	}
	return &render{RenderOptions: o, player: p, quality: q, clock: time.Now}, nil
}

// draw renders the frame at a time into the renderer's picture.
func (r *render) draw(ctx context.Context, t scene.Time) error {
	f, err := r.player.Frame(ctx, t, Shot{Width: r.Size.Width, Height: r.Size.Height, Quality: r.quality, Camera: r.Camera})
	if err != nil {
		return err
	}
	return r.player.options.Trace.draw(r.renderer, f)
}

func (r *render) still(ctx context.Context) error {
	var at scene.Time
	if r.At != nil {
		at = *r.At
	}
	r.Say.Tell("frame", 0, 1)
	began := r.clock()
	if err := r.draw(ctx, at); err != nil {
		return err
	}
	r.renderer.Finish()
	r.result.RenderS = r.clock().Sub(began).Seconds()
	r.result.Frames = 1
	began = r.clock()
	defer func() { r.result.EncodeS = r.clock().Sub(began).Seconds() }()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := r.write(r.Output); err != nil {
		return err
	}
	for _, name := range r.Buffers {
		plane, err := r.renderer.Buffer(name)
		if err != nil {
			return err
		}
		if err := r.renderer.Standing(); err != nil {
			return fmt.Errorf("buffer %s: %w", name, err)
		}
		path := strings.TrimSuffix(r.Output, filepath.Ext(r.Output)) + "." + name + ".png"
		if err := writeImage(path, plane.Image(), nil); err != nil {
			return err
		}
		r.result.Files = append(r.result.Files, path)
	}
	r.Say.Tell("frame", 1, 1)
	return nil
}

// span is the first frame's number and the number of frames, by the rate.
func (r *render) span() (from scene.Time, count int64, err error) {
	to := r.player.Doc.Story.Length()
	if r.From != nil {
		from = *r.From
	}
	if r.To != nil {
		to = *r.To
	}
	_, count = r.Rate.Frames(from, to)
	if count <= 0 {
		return from, 0, fmt.Errorf("no frame lies between %s and %s: give the scene a story, or --to a time after --from", from, to)
	}
	return from, count, nil
}

// Numbered tells whether an output is a pattern for numbered frames: it has a per cent sign,
// which is then that of one %d or %05d.
func Numbered(output string) (bool, error) {
	if !strings.Contains(output, "%") {
		return false, nil
	}
	if name := fmt.Sprintf(output, 1); strings.Contains(name, "%!") || name == fmt.Sprintf(output, 2) {
		return true, fmt.Errorf("%s: the pattern for numbered frames is one %%d or %%05d; other names have no %%", output)
	}
	return true, nil
}

func (r *render) frames(ctx context.Context) error {
	from, count, err := r.span()
	if err != nil {
		return err
	}
	if _, err := Numbered(r.Output); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(r.Output), 0o777); err != nil {
		return err
	}
	for i := range count {
		if err := ctx.Err(); err != nil {
			return err
		}
		began := r.clock()
		if err := r.draw(ctx, r.Rate.At(from, i)); err != nil {
			return err
		}
		r.renderer.Finish()
		r.result.RenderS += r.clock().Sub(began).Seconds()
		began = r.clock()
		if err := r.write(fmt.Sprintf(r.Output, i)); err != nil {
			return err
		}
		r.result.EncodeS += r.clock().Sub(began).Seconds()
		r.result.Frames++
		r.Say.Tell("frames", int(i)+1, int(count))
	}
	return nil
}

// write saves the picture as PNG.
func (r *render) write(path string) error {
	img, err := r.picture()
	if err != nil {
		return err
	}
	if err := r.renderer.Standing(); err != nil {
		return fmt.Errorf("%s is not written: %w", path, err)
	}
	if doc := r.player.Doc; doc.Output.Transparent || doc.Environment.Sky == "none" {
		img = withAlpha{img}
	}
	if err := writeImage(path, img, r.metadata()); err != nil {
		return err
	}
	r.result.Files = append(r.result.Files, path)
	return nil
}

// metadata names the scene and the owners of its data.
func (r *render) metadata() map[string]string {
	m := map[string]string{}
	if r.player.Doc.Name != "" {
		m["title"] = r.player.Doc.Name
	}
	if c := strings.Join(r.player.Doc.Credits, "; "); c != "" {
		m["copyright"] = c
	}
	return m
}
