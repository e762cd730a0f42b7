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
	ids, mask    *gpu.Texture // of the size of what is drawn
	choose, line *gpu.Program
}

func newOutliner(r *Renderer) (*outliner, error) {
	o := &outliner{}
	var err error
	make := func(label string, f gpu.Format) (t *gpu.Texture) {
		if err == nil {
			t, err = gpu.NewTexture(label, gpu.TextureDesc{Format: f, Width: r.width, Height: r.height})
		}
		return t
	}
	o.ids, o.mask = make("outlined ids", gpu.R32UI), make("outline mask", gpu.R8)
	if err != nil {
		o.release(r)
		return nil, err
	}
	if o.choose, err = r.screenProgram("outline_mask.frag"); err == nil {
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
	for _, t := range []*gpu.Texture{o.ids, o.mask} {
		if t != nil {
			r.targets.Forget(t)
			t.Release()
		}
	}
}

// addOutlineIDs draws the ids of the draws that hold features with outlines, where their
// surfaces are seen: the depths are those of the same sub-frame.
func (r *Renderer) addOutlineIDs(g *graph, depth handle) {
	g.Add("outline ids", func(b *builder) exec {
		b.Read(depth)
		b.SideEffect()
		return func(c *context) error {
			if len(r.frame.Outlines) == 0 {
				return nil
			}
			if r.outliner == nil {
				o, err := newOutliner(r)
				if err != nil {
					return err
				}
				r.outliner = o
			}
			target, err := r.target(c.Tex(depth), r.outliner.ids)
			if err != nil {
				return err
			}
			// The other program may compute a depth that is off by a bit.
			near := gpu.State{Depth: gpu.DepthRead, ConstBias: -8, SlopeBias: -0.5}
			near.Apply()
			target.ClearColorUint(0, 0)
			return r.drawRecordIDs(near, r.outlinedRecords())
		}
	})
}

// outlinedRecords is the records of the draws that hold features with outlines: those with
// the greatest base that is not above the id.
func (r *Renderer) outlinedRecords() []bool {
	set, records := r.recordSet(), r.submit.records
	for i := range r.frame.Outlines {
		l := &r.frame.Outlines[i]
		for _, id := range l.IDs[:min(len(l.IDs), outlineIDs)] {
			base := uint32(0)
			for k := range records {
				if b := records[k].idBase; b <= id {
					base = max(base, b)
				}
			}
			for k := range records {
				set[k] = set[k] || records[k].idBase == base
			}
		}
	}
	return set
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
	o := r.outliner
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
		o.line.Float("width", max(l.Width*r.pixel(), r.block.jitter[2]))
		o.line.Vec2("shift", r.block.jitter[0]/2, r.block.jitter[1]/2)
		c := l.Color
		o.line.Vec4("ink", float32(c[0])/255, float32(c[1])/255, float32(c[2])/255, float32(c[3])/255)
		if err := r.drawOver(o.line, gpu.State{Blend: gpu.BlendAlpha, Linear: true}, nil, picture); err != nil {
			return err
		}
	}
	return nil
}
