package pipeline

import (
	"fmt"
	"math"
	"slices"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// What points.frag draws a point as: a shape, a picture or a pattern.
const (
	dotShape = iota
	dotSprite
	dotEffect
	dotKinds
)

var dotDefines = [dotKinds][]string{dotShape: nil, dotSprite: {"TEXTURED 1"}, dotEffect: {"EFFECT 1"}}

// dots is what a stroke of points is drawn with; of lines it has no points.
type dots struct {
	*drawable.Points
	kind    int
	texture *gpu.Texture
	cycles  uint32 // of the effect or the sprites' animation
}

func (s *submission) points(d *drawable.Draw, p *drawable.Points, c *camera, res *residency) error {
	if len(p.Vertices) == 0 {
		return nil
	}
	place, ok := placeDraw(p.Frame, d, p.Center, p.Radius, c)
	if !ok {
		return nil
	}
	e := res.dots(p, d.Passing).passing(d)
	reach := strokeReach(c, e.widest, p.Metres, place)
	if p.Least > 0 {
		reach += strokeReach(c, p.Least, false, place)
	}
	if !c.sees(place.center, place.radius+2*reach) {
		return nil
	}
	look := dots{Points: p}
	switch {
	case p.Sprites != nil:
		sheet, err := res.sprites(p.Sprites.Image)
		if err != nil {
			return fmt.Errorf("points: %w", err)
		}
		look.kind, look.texture, look.cycles = dotSprite, sheet.passing(d).texture, cyclesAt(p.Sprites.Period, d.Time)
	case p.Effect.Pattern != drawable.NoPattern:
		look.kind, look.cycles = dotEffect, cyclesAt(p.Effect.Period, d.Time)
	}
	s.stroke(d, stroke{dots: look, entry: e, count: e.records.count, metres: p.Metres, emission: p.Emission, blend: p.Blend, overlay: d.Overlay, reach: place.center.Dot(c.forward) + place.radius}, place)
	return nil
}

// sprites uploads a picture that faces the viewer: no side of it is seen shorter.
func (r *residency) sprites(i *drawable.Image) (*entry, error) {
	if e := r.touch(i); e != nil {
		return e, nil
	}
	t, err := uploadImage(i, gpu.TextureDesc{Levels: gpu.AllLevels})
	if err != nil {
		return nil, err
	}
	return r.insert(&entry{key: i, texture: t, bytes: t.Bytes()}), nil
}

// dotProgram is compiled the first time it is asked for.
func (r *Renderer) dotProgram(kind, stroke int) (*gpu.Program, error) {
	if p := r.dotPrograms[kind][stroke]; p != nil {
		return p, nil
	}
	p, err := r.program("points", gpu.Stage{File: "points.vert"}, gpu.Stage{File: "points.frag", Defines: slices.Concat(strokeDefines[stroke], dotDefines[kind])})
	r.dotPrograms[kind][stroke] = p
	return p, err
}

// set sets what the program reads of the points.
func (d *dots) set(p *gpu.Program) {
	o := outlines[d.Shape%drawable.Shape(len(outlines))]
	reach := float32(1)
	switch {
	case d.kind == dotShape:
		reach = max(o[1], 1)
	case d.kind == dotSprite:
		reach = math.Sqrt2
	}
	p.Vec2("limits", d.Least, d.Most)
	p.Vec3("anchor", d.Anchor[0], d.Anchor[1], reach)
	p.Vec3("ring", d.Stroke, d.Fill, d.Softness)
	p.Vec4("strokeColor", d.Rim[0]*d.Emission, d.Rim[1]*d.Emission, d.Rim[2]*d.Emission, d.Rim[3])
	p.Vec4("outline", o[0], o[1], o[2], o[3])
	columns, rows, frames := 1, 1, 1
	if d.kind == dotSprite {
		columns, rows, frames = max(d.Sprites.Columns, 1), max(d.Sprites.Rows, 1), max(d.Sprites.Frames, 1)
		p.Texture("sprites", d.texture)
	}
	p.UVec4("sheet", uint32(columns), uint32(rows), uint32(frames), d.cycles)
	if d.kind == dotEffect {
		e := newEffectRecord(&d.Effect)
		e.set(p)
		p.Uint("effectCycles", d.cycles)
	}
}

// outlines are the uniform outline of points.frag by shape: tips, radius of the tips, radius
// between them, turns to the first tip. All have about the area of a disc of radius 1.
var outlines = func() [9][4]float32 {
	polygon := func(n int, turns float64) [4]float32 {
		r := math.Sqrt(2 * math.Pi / (float64(n) * math.Sin(2*math.Pi/float64(n))))
		return [4]float32{float32(n), float32(r), float32(r * math.Cos(math.Pi/float64(n))), float32(turns)}
	}
	return [9][4]float32{
		drawable.Square: polygon(4, 0.125), drawable.Diamond: polygon(4, 0), drawable.Triangle: polygon(3, 0),
		drawable.Pentagon: polygon(5, 0), drawable.Hexagon: polygon(6, 0), drawable.Star: {5, 1.5, 0.68, 0},
		drawable.Cross: {-1, 1.17, 0.4, 0}, drawable.Arrow: {-2, 1.4, 0, 0},
	}
}()
