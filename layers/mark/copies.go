package mark

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// Copies draws a mesh at all spots. of sets what a copy looks like; its position and feature
// are set here. It may be called for several at once.
func Copies(groups []Group, mesh *drawable.Mesh, of func(row int, it *drawable.Instance)) []drawable.Draw {
	out := make([]drawable.Draw, 0, len(groups))
	for _, g := range groups {
		d := &drawable.Instances{Mesh: mesh, Frame: g.Frame.Matrix(), Items: make([]drawable.Instance, len(g.Spots))}
		table.InParts(len(g.Spots), func(from, to int) struct{} {
			center, east, north, up := g.Frame.Center, g.Frame.East, g.Frame.North, g.Frame.Up
			for i := from; i < to; i++ {
				s, it := &g.Spots[i], &d.Items[i]
				at := s.At.Sub(center)
				it.Position, it.Feature = [3]float32{float32(east.Dot(at)), float32(north.Dot(at)), float32(up.Dot(at))}, uint32(s.Row)
				of(s.Row, it)
			}
			return struct{}{}
		})
		out = append(out, drawable.Draw{What: d.Bound(), NoShadow: mesh.Material.Model == drawable.Unlit})
	}
	return out
}

// White leaves a copy the colour of its mesh.
var White = scene.Color{255, 255, 255, 255}

// Set fills points with a vertex for each spot. of sets what it looks like; its position and
// feature are set here. It may be called for several at once.
func Set(d *drawable.Points, spots []Spot, of func(row int, v *drawable.PointVertex)) {
	if len(spots) == 0 {
		d.Frame = layer.Frame(nil).Matrix()
		return
	}
	f := frameOf(spots)
	d.Frame, d.Vertices = f.Matrix(), make([]drawable.PointVertex, len(spots))
	table.InParts(len(spots), func(from, to int) struct{} {
		center, east, north, up := f.Center, f.East, f.North, f.Up
		for i := from; i < to; i++ {
			s, v := &spots[i], &d.Vertices[i]
			at := s.At.Sub(center) // as layer.Local has it, of millions without a copy of the frame for each
			v.Position = [3]float32{float32(east.Dot(at)), float32(north.Dot(at)), float32(up.Dot(at))}
			v.Feature = uint32(s.Row)
			of(s.Row, v)
		}
		return struct{}{}
	})
	d.Bound()
}

// Discs draws discs at all spots, on whatever stands there where the layer is clamped to the
// ground, up to reach metres above and below. of sets radius, colour and yaw of a copy.
func Discs(c *layer.Context, groups []Group, e drawable.Effect, reach float64, of func(row int, it *drawable.Instance)) []drawable.Draw {
	e.Projected = c.Layer.Clamp == "ground"
	m := Material("disc", e, c.Blend(drawable.Alpha))
	mesh := Disc(m)
	if e.Projected {
		mesh = Box(m)
	}
	return Copies(groups, mesh, func(row int, it *drawable.Instance) {
		of(row, it)
		if e.Projected {
			it.Scale[1] = float32(reach)
		}
	})
}
