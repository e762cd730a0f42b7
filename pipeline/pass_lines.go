package pipeline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/srgb"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// groundLift is how many metres lines on the ground are drawn nearer than they are, so that
// the ground between their vertices does not cover them; those that face the viewer by three
// times half their width as well, for slopes.
const (
	groundLift, groundRise = 2, 6
	edgeLift, edgeRise     = 0.1, 2 // lines along edges, before faces that they bound
)

// drawLines draws polylines or curves; kind is what for, beyond as in drawStrokes.
func (r *Renderer) drawLines(st *stroke, kind int, beyond float64) error {
	l := st.lines
	buffer := r.res.linePool(l).pages[st.entry.records.page].buffer
	look := l.Casing.Width > 0 || l.Rhythm.Kind != drawable.Solid || l.Flow.Trail > 0 || l.Flicker > 0
	curved := len(l.Curves) > 0
	p, err := r.lineProgram(index(curved), index(look), kind)
	if err != nil {
		return err
	}
	r.lineTexels.Bind(gpu.StrokeUnit, buffer.ID, 0, buffer.Size)
	p.Use()
	r.behindGlass(p, beyond)
	p.Uint("drawRecord", st.record)
	unit := r.pixel() // of widths
	if st.metres {
		unit = 1
	}
	lift, rise := float32(0), float32(0)
	if l.Flat || l.Grounded {
		lift, rise = groundLift, groundRise
	} else if l.Edging {
		lift, rise = edgeLift, edgeRise
	}
	p.Vec4("width", unit*st.widen, index32(st.metres), index32(l.Flat), lift)
	p.Vec2("slight", l.Thickest, rise)
	p.Vec2("ends", float32(l.Join), float32(l.Cap))
	p.Float("emission", st.emission)
	if look {
		lineInk(p, "casing", l.Casing.Color, st.emission)
		p.Float("rim", l.Casing.Width*unit)
		r.linePattern(p, l, st)
		r.lineFlow(p, &l.Flow, st.clock)
		p.Vec2("flicker", l.Flicker, float32(math.Mod(st.clock, 4096)))
	} else {
		p.Float("rim", 0)
		p.Vec2("flow", 0, 0)
		p.Vec2("flicker", 0, 0)
	}
	if curved {
		r.lineCourse(p, st)
		r.quads.Draw(st.count * st.steps)
	} else {
		p.Uint("firstPoint", uint32(st.entry.records.first))
		r.quads.Draw(st.count - 1)
	}
	return nil
}

// lineCourse sets what curves are made with.
func (r *Renderer) lineCourse(p *gpu.Program, st *stroke) {
	l, first := st.lines, st.entry.records.first
	p.Uint("firstPoint", uint32(first+2*st.first))
	looks := first + 2*len(l.Curves)
	if len(l.Looks) > 1 {
		looks += st.first
	}
	p.Uint("firstLook", uint32(looks))
	p.Uint("ownLook", uint32(index(len(l.Looks) > 1)))
	p.Uint("steps", uint32(st.steps))
	p.Vec4("course", l.Course.Rise, l.Course.Bend, l.Course.Period, index32(l.Course.Spread))
	f := earth.FrameFromMatrix(l.Frame)
	middle, axis := vec32(f.DirToLocal(f.Center), 0), vec32(f.DirToLocal(mgl64.Vec3{0, 0, 1}), 0)
	p.Vec3("fromMiddle", middle[0], middle[1], middle[2])
	p.Vec3("axis", axis[0], axis[1], axis[2])
}

// linePattern sets what repeats: its lengths, and where its beginning is now.
func (r *Renderer) linePattern(p *gpu.Program, l *drawable.Lines, st *stroke) {
	a := &l.Rhythm
	period, unit := float64(a.On+a.Off), r.pixel()
	if a.Metres {
		unit = 1
	}
	shift := 0.0
	kind := float32(a.Kind)
	if period > 0 && a.On > 0 {
		shift = math.Mod(st.clock*float64(a.Speed), period) / period
	} else {
		kind, period = 0, 1
	}
	p.Vec4("pattern", kind, float32(period)*unit, a.On/float32(period), float32(shift))
	p.Int("patternMetres", index(a.Metres))
	lineInk(p, "chevron", a.Color, st.emission)
}

// lineFlow sets the light that runs along lines.
func (r *Renderer) lineFlow(p *gpu.Program, f *drawable.Comet, clock float64) {
	if clock -= f.Since; f.Cycle > 0 {
		clock = math.Mod(clock, f.Cycle)
	}
	p.Vec2("flow", float32(clock), float32(f.Trail))
	p.Vec4("rest", f.Rest, f.Taper, float32(f.Cycle), index32(f.Even))
}

// pixel is the pixels of this picture to one of a 1080-line picture.
func (r *Renderer) pixel() float32 { return float32(r.height) / 1080 }

func index32(b bool) float32 { return float32(index(b)) }

// lineInk sets a colour, linear with straight alpha.
func lineInk(p *gpu.Program, name string, c [4]uint8, emission float32) {
	l := func(v uint8) float32 { return float32(srgb.Light(float64(v)/255)) * emission }
	p.Vec4(name, l(c[0]), l(c[1]), l(c[2]), float32(c[3])/255)
}
