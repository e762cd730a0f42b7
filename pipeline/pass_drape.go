package pipeline

import (
	"fmt"
	"math"

	"github.com/go-gl/gl/v4.5-core/gl"
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// drape is one look of the ground in a frame.
type drape struct {
	*drawable.Drape
	fade   float64
	time   float64
	record uint32 // of the first draw after it
	over   int    // the blended group before which it is drawn over what is flat, too; -1 = nothing flat is below it
}

// addPaint colours the surfaces of the G-buffer: drapes in the frame's order, then meshes
// that tint what they lie on. The globe, which the sky's pass draws, takes its colours from
// where depth is 0: base colour with its cover, and emission.
func (r *Renderer) addPaint(g *graph, gb gbufferHandles) gbufferHandles {
	g.Add("paint", func(b *builder) exec {
		b.Read(gb.depth)
		b.Read(gb.normal)
		b.Read(gb.properties)
		gb.base, gb.emission = b.Write(gb.base), b.Write(gb.emission)
		h := gb
		return func(c *context) error {
			for i := range r.submit.drapes {
				if err := r.drawDrape(&r.submit.drapes[i], h, c); err != nil {
					return err
				}
			}
			if len(r.submit.tinted) == 0 {
				return nil
			}
			if _, err := r.target(c.Tex(h.depth), c.Tex(h.base)); err != nil {
				return err
			}
			return r.drawTinted()
		}
	})
	return gb
}

// drawDrape draws a drape into the base colour and, where it shines, into the emission.
func (r *Renderer) drawDrape(d *drape, h gbufferHandles, c *context) error {
	for emit := range 2 {
		alpha, ok := d.alpha(emit)
		if !ok {
			continue
		}
		to, state := c.Tex(h.base), gpu.State{Blend: gpu.BlendAlpha}
		if emit == 1 {
			to, state = c.Tex(h.emission), gpu.State{Blend: gpu.BlendSum, Linear: true}
		}
		if err := r.drawDrapeTo(d, h, c, emit, alpha, to, state, nil); err != nil {
			return err
		}
	}
	return nil
}

// alpha is the opacity with which a drape's colour, or its light, is drawn; ok is false where
// it has none.
func (d *drape) alpha(emit int) (alpha float32, ok bool) {
	switch alpha = d.Color[3]; {
	case emit == 0:
		return alpha, alpha > 0
	case d.Look == drawable.Picture: // shines whether it covers or not
		alpha = 1
	}
	return alpha, d.Emission > 0
}

// drawDrapeTo draws a drape's colour, or its light, into a picture; where cover is not nil, as
// much as that says.
func (r *Renderer) drawDrapeTo(d *drape, h gbufferHandles, c *context, emit int, alpha float32, to *gpu.Texture, state gpu.State, cover *gpu.Texture) error {
	p, err := r.drapeProgram(d.Look, emit, index(cover != nil))
	if err != nil {
		return err
	}
	if _, err := r.target(nil, to); err != nil {
		return err
	}
	p.Texture("depthMap", c.Tex(h.depth))
	if cover != nil {
		p.Texture("flatCover", cover)
		p.Texture("below", to)
	}
	h.bind(p, c)
	if err := r.drapeLook(p, d, alpha*float32(1-d.fade)); err != nil {
		return err
	}
	state.Apply()
	p.Use()
	if d.Look != drawable.Picture {
		r.regionUniforms(p, middleOf(d.Drape, &r.camera), nil)
		if cover != nil {
			gl.TextureBarrier() // it reads what it draws to
		}
		r.full.Draw()
		return nil
	}
	for i := range d.Tiles {
		if d.Show != nil && d.Show(d.time) != i {
			continue
		}
		if cover != nil {
			gl.TextureBarrier()
		}
		if err := r.drawDrapeTile(p, &d.Tiles[i]); err != nil {
			return err
		}
	}
	gl.Disable(gl.SCISSOR_TEST)
	return nil
}

// drapeProgram is compiled when a frame asks for it first.
func (r *Renderer) drapeProgram(look drawable.Look, emit, above int) (*gpu.Program, error) {
	p := &r.drapePrograms[look][emit+2*above]
	if *p != nil {
		return *p, nil
	}
	var err error
	*p, err = r.screenProgram("drape.frag", fmt.Sprintf("LOOK %d", look), fmt.Sprintf("EMIT %d", emit), fmt.Sprintf("ABOVE %d", above))
	return *p, err
}

// drawDrapeTile draws a picture where it may show.
func (r *Renderer) drawDrapeTile(p *gpu.Program, t *drawable.DrapeTile) error {
	x0, y0, x1, y1, ok := r.camera.extent(t, r.width, r.height)
	if !ok {
		return nil
	}
	e, err := r.res.picture(t.Image, t.Region.East-t.Region.West >= 360 && t.UV == [4]float32{0, 0, 1, 1})
	if err != nil {
		return err
	}
	p.Texture("picture", e.texture)
	p.Vec4("pictureUV", t.UV[0], t.UV[1], t.UV[2], t.UV[3])
	r.regionUniforms(p, earth.Place{Lng: (t.Region.West + t.Region.East) / 2, Lat: t.Region.Middle()}, t)
	gl.Enable(gl.SCISSOR_TEST)
	gl.Scissor(int32(x0), int32(y0), int32(x1-x0), int32(y1-y0))
	r.full.Draw()
	return nil
}

// drapeLook sets what all tiles of a drape share.
func (r *Renderer) drapeLook(p *gpu.Program, d *drape, alpha float32) error {
	p.Uint("over", uint32(d.Over))
	p.Vec4("drapeColor", d.Color[0], d.Color[1], d.Color[2], alpha)
	left, right := d.Window[0], d.Window[1]
	if left == 0 && right == 0 {
		right = 1
	}
	p.Vec4("drapeWindow", left, right, float32(d.Reach), float32(d.Width))
	p.Vec4("drapeLines", float32(d.Step), float32(d.Major), float32(d.Low), float32(d.High))
	phase := 0.0
	if d.Period > 0 {
		phase = d.time / d.Period
		phase -= math.Floor(phase)
	}
	sin, cos := math.Sincos(d.Angle)
	sinT, cosT := math.Sincos(d.Tilt)
	p.Vec4("drapeLight", float32(sin*cosT), float32(cos*cosT), float32(sinT), float32(phase))
	p.Vec4("drapeGlow", d.Emission, d.Dark, float32(sin), float32(cos))
	adjustUniforms(p, d.Adjust)
	p.Texture("palette", r.air.white)
	if d.Palette != nil {
		e, err := r.res.image(d.Palette, false)
		if err != nil {
			return err
		}
		p.Texture("palette", e.texture)
	}
	return nil
}

// middleOf is where a look counts from: its place, or the ground below the eye.
func middleOf(d *drawable.Drape, c *camera) earth.Place {
	if d.Place != (earth.Place{}) {
		return earth.Place{Lng: d.Place.Lng, Lat: d.Place.Lat}
	}
	return earth.Place{Lng: c.place.Lng, Lat: c.place.Lat}
}

// regionUniforms sets where a region lies (shaders/drape.glsl).
func (r *Renderer) regionUniforms(p *gpu.Program, middle earth.Place, t *drawable.DrapeTile) {
	f := earth.FrameAt(middle)
	turn := mgl64.Mat3FromRows(f.East, f.North, f.Up).Mul3(mgl64.Mat3FromCols(r.camera.frame.East, r.camera.frame.North, r.camera.frame.Up))
	var m [9]float32
	for i := range m {
		m[i] = float32(turn[i])
	}
	p.Mat3("regionTurn", &m)
	at := f.ToLocal(r.camera.eye)
	p.Vec3("regionAt", float32(at[0]), float32(at[1]), float32(at[2]))
	lng, lat := earth.Radians(middle.Lng), earth.Radians(middle.Lat)
	sin, cos := math.Sincos(lat)
	p.Vec4("regionMiddle", float32(lng), float32(lat), float32(sin), float32(cos))
	w := math.Sqrt(1 - earth.E2*sin*sin)
	n := earth.A / w
	p.Vec3("regionPlace", float32(n*cos), float32(n*(1-earth.E2)*sin), float32(n*(1-earth.E2)/(w*w)))
	shape := [4]float64{1, 1, 0, 1.5 * earth.E2 * sin * cos / (w * w)}
	beyond := drawable.Beyond(0)
	if t != nil {
		shape[0] = 1 / earth.Radians(t.Region.East-t.Region.West)
		shape[1] = 1 / earth.Radians(t.Region.North-t.Region.South)
		if t.Region.Mercator {
			shape[1], shape[2] = 1/(drawable.Mercator(t.Region.North)-drawable.Mercator(t.Region.South)), 1
		}
		beyond = t.Beyond
	}
	p.Vec4("regionShape", float32(shape[0]), float32(shape[1]), float32(shape[2]), float32(shape[3]))
	p.Uint("regionBeyond", uint32(beyond))
}
