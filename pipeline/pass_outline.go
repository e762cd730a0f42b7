package pipeline

import "github.com/longtake/longtake/pipeline/gpu"

// Outline draws a line around what is seen of features: what the pointer is over, what is
// selected.
type Outline struct {
	IDs   []uint32 // as Pick returns them; the first 16 count
	Color [4]uint8 // sRGB, straight alpha
	Width float32  // pixels of a 1080-line picture
}

const outlineIDs = 16

// outliner is what outlines are drawn with, made when a frame has one first.
type outliner struct {
	depth, ids, mask *gpu.Texture
	choose, line     *gpu.Program
}

func newOutliner(r *Renderer) (*outliner, error) {
	o := &outliner{}
	var err error
	make := func(label string, d gpu.TextureDesc) (t *gpu.Texture) {
		if d.Width, d.Height = r.options.Width, r.options.Height; err == nil {
			t, err = gpu.NewTexture(label, d)
		}
		return t
	}
	o.depth, o.ids = make("outline depth", gpu.TextureDesc{Format: gpu.D32F}), make("outline ids", gpu.TextureDesc{Format: gpu.R32UI})
	o.mask = make("outline mask", gpu.TextureDesc{Format: gpu.R8})
	if err == nil {
		o.choose, err = r.screenProgram("outline_mask.frag")
	}
	if err == nil {
		o.line, err = r.screenProgram("outline.frag")
	}
	if err != nil {
		o.release(r)
		return nil, err
	}
	return o, nil
}

func (o *outliner) release(r *Renderer) {
	if o == nil {
		return
	}
	for _, t := range []*gpu.Texture{o.depth, o.ids, o.mask} {
		if t != nil {
			r.targets.Forget(t)
			t.Release()
		}
	}
}

// addOutlines draws the frame's outlines over the finished picture.
func (r *Renderer) addOutlines(g *graph, picture handle) handle {
	g.Add("outlines", func(b *builder) exec {
		picture = b.Write(picture)
		out := picture
		return func(c *context) error {
			if len(r.frame.Outlines) == 0 {
				return nil
			}
			return r.drawOutlines(c.Tex(out))
		}
	})
	return picture
}

func (r *Renderer) drawOutlines(picture *gpu.Texture) error {
	if r.outliner == nil {
		o, err := newOutliner(r)
		if err != nil {
			return err
		}
		r.outliner = o
	}
	o := r.outliner
	if err := r.drawIDs(o.depth, o.ids); err != nil {
		return err
	}
	for i := range r.frame.Outlines {
		l := &r.frame.Outlines[i]
		n := min(len(l.IDs), outlineIDs)
		if n == 0 || l.Color[3] == 0 {
			continue
		}
		o.choose.Texture("ids", o.ids)
		o.choose.Uints("chosen", l.IDs[:n])
		o.choose.Int("count", n)
		if err := r.fill(o.choose, gpu.State{Linear: true}, o.mask); err != nil {
			return err
		}
		o.line.Texture("mask", o.mask)
		o.line.Float("width", max(l.Width*float32(r.options.Height)/1080, 1))
		c := l.Color
		o.line.Vec4("ink", float32(c[0])/255, float32(c[1])/255, float32(c[2])/255, float32(c[3])/255)
		if err := r.drawOver(o.line, gpu.State{Blend: gpu.BlendAlpha, Linear: true}, nil, picture); err != nil {
			return err
		}
	}
	return nil
}
