package pipeline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/framegraph"
	"github.com/longtake/longtake/pipeline/gpu"
)

// upscales tells whether frames are drawn smaller than the picture: live, with a history that
// makes up for it. Buffers that are kept, and data, are of the picture's size.
func (r *Renderer) upscales() bool {
	o := &r.options
	return o.Live && o.Quality.TAA && o.Quality.Scale > 0 && o.Quality.Scale < 1 && len(o.Keep) == 0 && !r.whole
}

func scaled(n int, scale float64) int { return max(int(math.Round(float64(n)*scale)), 1) }

// heldWhole is for how many frames these are drawn at the picture's size after the last data:
// each change makes the targets anew and begins a new history.
const heldWhole = 90

// holdsData tells whether a frame has data colours or pictures on boards that shine, whose
// lines and letters are to be as sharp in each single frame.
func holdsData(f *Frame) bool {
	for i := range f.Draws {
		var m *drawable.Material
		switch w := f.Draws[i].What.(type) {
		case *drawable.Lines:
			if !w.Empty() {
				return true
			}
		case *drawable.Points:
			if len(w.Vertices) > 0 && w.Blend != drawable.Additive {
				return true
			}
		case *drawable.Mesh:
			if len(w.Vertices) > 0 {
				m = w.Material
			}
		case *drawable.Instances:
			if len(w.Items) > 0 && len(w.Mesh.Vertices) > 0 {
				m = w.Mesh.Material
			}
		}
		if m != nil && m.Model == drawable.Unlit && m.Blend != drawable.Additive {
			return true
		}
	}
	return false
}

// addUpscale adds temporal anti-aliasing that makes a picture of the full size of smaller
// jittered ones. The graph's Forget starts it anew after a cut.
func addUpscale(g *graph, r *Renderer, _ Quality, source, depth handle) (out handle, err error) {
	prog, err := r.screenProgram("upscale.frag", "CUT 0")
	if err != nil {
		return out, err
	}
	first, err := r.screenProgram("upscale.frag", "CUT 1")
	if err != nil {
		return out, err
	}
	previous, next := g.History("upscale", framegraph.Desc{Width: r.options.Width, Height: r.options.Height, Format: r.lightFormat()})
	var rows [3][4]float32
	g.Add("upscale", func(b *builder) exec {
		b.Read(source)
		b.Read(depth)
		b.Read(previous)
		next = b.Write(next)
		to := next
		return func(c *context) error {
			p, bind := first, (*gpu.Program).Texture
			if c.HistoryValid(previous) {
				p, bind = prog, (*gpu.Program).Texels
				p.Texels("depthMap", c.Tex(depth))
				p.Texture("history", c.Tex(previous))
				p.Vec2("pixels", float32(r.options.Width), float32(r.options.Height))
				rows = r.block.backward()
				p.Vec4s("backward", rows[:])
			}
			bind(p, "source", c.Tex(source))
			return r.drawLevel(p, c.Tex(to), 0)
		}
	})
	return next, nil
}

// backward takes a place of the frame, 0..1, and its depth to where the frame before shows it:
// the rows of x, of y, and of what divides both. It is viewRay and reproject of frame.glsl in
// one, of which a pixel would make four products of a matrix.
func (b *frameBlock) backward() (rows [3][4]float32) {
	right, up, forward := &b.rayRight, &b.rayUp, &b.rayForward
	for i, c := range [4]mgl64.Vec4{
		{float64(2 * right[0]), float64(2 * right[1]), float64(2 * right[2])},
		{float64(2 * up[0]), float64(2 * up[1]), float64(2 * up[2])},
		{3: 1 / float64(forward[3])},
		{float64(forward[0] - right[0] - up[0]), float64(forward[1] - right[1] - up[1]), float64(forward[2] - right[2] - up[2])},
	} {
		var p [4]float64
		for k := range 16 {
			p[k%4] += float64(b.reproject[k]) * c[k/4]
		}
		rows[0][i], rows[1][i], rows[2][i] = float32((p[0]+p[3])/2), float32((p[1]+p[3])/2), float32(p[3])
	}
	return rows
}
