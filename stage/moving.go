package stage

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

const (
	movingReach = 9000.0 // metres from the eye up to which moving things are drawn
	movingNear  = 120.0  // metres within which they are drawn in their near form
	lightGlow   = 14.0   // emission of their lights
)

// darkness is 0 by day to 1 when lamps are on and vehicles have their lights on: by the
// sun's elevation at the eye, from 3° above the horizon to 2° below it.
func darkness(f *pipeline.Frame) float64 {
	up := earth.FromECEF(f.View.Eye).Up()
	elevation := earth.Degrees(math.Asin(min(max(f.Env.Sun.Dot(up), -1), 1)))
	return min(max((3-elevation)/5, 0), 1)
}

// moving draws what moves by itself as it is at an instant, and what clips leave of it.
func (l *library) moving(f *pipeline.Frame, m *drawable.Moving, base drawable.Draw, at scene.Moment, view *tiles.View, seconds float64, cut *movingCut) {
	eye := mgl64.TransformCoordinate(f.View.Eye, m.Frame.Inv())
	copies := m.At(drawable.Instant{Time: seconds, Clock: at.SceneTime, Dark: l.dark, Eye: eye, Reach: movingReach, Screen: drawable.Screen(*view)})
	cut.leave(&copies, m.Frame)
	for i := range copies.Models {
		c := &copies.Models[i]
		meshes := l.model(c.Model)
		if meshes == nil {
			continue
		}
		var near, far []drawable.Instance
		for _, it := range c.Items {
			p := mgl64.Vec3{float64(it.Position[0]), float64(it.Position[1]), float64(it.Position[2])}
			if p.Sub(eye).Len() < movingNear {
				near = append(near, it)
			} else {
				far = append(far, it)
			}
		}
		f.Draws = append(f.Draws, scattered(meshes.near, near, m.Frame, base)...)
		f.Draws = append(f.Draws, scattered(meshes.far, far, m.Frame, base)...)
	}
	for _, what := range copies.Draws {
		d := base
		d.What = what
		f.Draws = append(f.Draws, d)
	}
	for _, own := range copies.Placed {
		d := base
		d.What, d.Shift, d.IDBase = own.What, own.Shift, base.IDBase+own.IDBase
		if own.Tint[3] > 0 {
			d.Tint = own.Tint
		}
		f.Draws = append(f.Draws, d)
	}
	if len(copies.Lights) > 0 {
		f.Draws = l.headlights(f.Draws, copies.Models, m.Frame, eye, base)
		d := base
		d.What = (&drawable.Points{Frame: m.Frame, Vertices: copies.Lights, Metres: true, Blend: drawable.Additive, Emission: lightGlow, Brief: true}).Bound()
		f.Draws = append(f.Draws, d)
	}
}

func scattered(meshes []*drawable.Mesh, items []drawable.Instance, frame mgl64.Mat4, base drawable.Draw) (out []drawable.Draw) {
	if len(items) == 0 {
		return nil
	}
	for _, mesh := range meshes {
		d := base
		d.What = (&drawable.Instances{Mesh: mesh, Frame: frame, Items: items, Brief: true}).Bound()
		out = append(out, d)
	}
	return out
}
