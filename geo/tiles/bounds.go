package tiles

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
)

// Bounds is an axis-aligned box in a frame; the zero value is empty.
type Bounds struct {
	Min, Max mgl64.Vec3
	Some     bool // holds at least one point
}

// Add widens the box to hold a point.
func (b *Bounds) Add(p mgl64.Vec3) {
	if !b.Some {
		b.Min, b.Max, b.Some = p, p, true
		return
	}
	for k, v := range p {
		b.Min[k], b.Max[k] = math.Min(b.Min[k], v), math.Max(b.Max[k], v)
	}
}

// box is the 3D Tiles form, rounded outwards to even millimetres, so that centre and half
// are whole ones and a box within a box stays so. It is not flat.
func (b Bounds) box() []float64 {
	var c, h mgl64.Vec3
	r := b.rounded()
	for k := range c {
		c[k], h[k] = math.Round((r.Min[k]+r.Max[k])*500)/1000, math.Round((r.Max[k]-r.Min[k])*500)/1000
	}
	return []float64{c[0], c[1], c[2], h[0], 0, 0, 0, h[1], 0, 0, 0, h[2]}
}

func (b Bounds) rounded() Bounds {
	const step = 500 // a metre
	for k := range b.Min {
		lo, hi := math.Floor(b.Min[k]*step), math.Ceil(b.Max[k]*step)
		if hi == lo {
			hi++
		}
		b.Min[k], b.Max[k] = lo/step, hi/step
	}
	return b
}

// ContentBounds returns the box of a content's vertices and instances in its own frame.
// models gives the meshes of instanced models; an unknown one counts as its foot.
func ContentBounds(c geo.Content, models func(string) []geo.Mesh) Bounds {
	var b Bounds
	for _, m := range c.Meshes {
		if len(m.Indices) == 0 {
			continue
		}
		for _, p := range m.Positions {
			b.Add(mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])})
		}
	}
	for _, s := range c.Instances {
		radius, low, high := 0.0, 0.0, 0.0
		if models != nil {
			radius, low, high = modelExtent(models(s.Model))
		}
		for _, it := range s.Items {
			x, y, z, k := float64(it.Position[0]), float64(it.Position[1]), float64(it.Position[2]), float64(it.Scale)
			b.Add(mgl64.Vec3{x - radius*k, y - radius*k, z + low*k})
			b.Add(mgl64.Vec3{x + radius*k, y + radius*k, z + high*k})
		}
	}
	return b
}

// modelExtent is a model's reach about its up axis and its lowest and highest point.
func modelExtent(meshes []geo.Mesh) (radius, low, high float64) {
	for _, m := range meshes {
		for _, p := range m.Positions {
			radius = math.Max(radius, math.Hypot(float64(p[0]), float64(p[1])))
			low, high = math.Min(low, float64(p[2])), math.Max(high, float64(p[2]))
		}
	}
	return radius, low, high
}
