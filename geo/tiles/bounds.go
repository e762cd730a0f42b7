package tiles

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
)

// Box is an upright box in a frame: its first two axes are turned about up, so that it
// fits what lies askew. The zero value is empty.
type Box struct {
	Turn     float64    // radians, counter-clockwise from east
	Min, Max mgl64.Vec3 // along the turned axes
	Some     bool       // holds at least one point
}

// FitBox returns a tight box around points: the rectangle of least area around their plan
// that lies along an edge of its convex hull (Freeman and Shapira 1975), and the range of
// heights. It stays along the frame's axes where turning would not save a tenth.
func FitBox(points []mgl64.Vec3) Box {
	if len(points) == 0 {
		return Box{}
	}
	plan := make([][2]float64, len(points))
	lo, hi := points[0][2], points[0][2]
	for i, p := range points {
		plan[i] = [2]float64{p[0], p[1]}
		lo, hi = math.Min(lo, p[2]), math.Max(hi, p[2])
	}
	turn, a, b := leastRectangle(hull(plan))
	return Box{Turn: turn, Min: mgl64.Vec3{a[0], a[1], lo}, Max: mgl64.Vec3{b[0], b[1], hi}, Some: true}
}

// Grow widens the box on all sides.
func (b Box) Grow(by float64) Box {
	d := mgl64.Vec3{by, by, by}
	b.Min, b.Max = b.Min.Sub(d), b.Max.Add(d)
	return b
}

// Corners are the corners of the box in its frame.
func (b Box) Corners() (out [8]mgl64.Vec3) {
	for i := range out {
		p := b.Min
		for k := range p {
			if i>>k&1 == 1 {
				p[k] = b.Max[k]
			}
		}
		out[i] = b.unturn(p)
	}
	return out
}

// unturn takes a point of the turned axes to the frame's.
func (b Box) unturn(p mgl64.Vec3) mgl64.Vec3 {
	if b.Turn == 0 {
		return p
	}
	sin, cos := math.Sincos(b.Turn)
	return mgl64.Vec3{float64(cos*p[0]) - float64(sin*p[1]), float64(sin*p[0]) + float64(cos*p[1]), p[2]}
}

// volume is the 3D Tiles form of a rounded box: its middle and three half axes.
func (b Box) volume() []float64 {
	var c, h mgl64.Vec3
	for k := range c {
		c[k], h[k] = math.Round((b.Min[k]+b.Max[k])*500)/1000, math.Round((b.Max[k]-b.Min[k])*500)/1000
	}
	flat := Box{Turn: b.Turn}
	x, y := flat.unturn(mgl64.Vec3{h[0]}), flat.unturn(mgl64.Vec3{0, h[1]})
	c = flat.unturn(c)
	return []float64{c[0], c[1], c[2], x[0], x[1], 0, y[0], y[1], 0, 0, 0, h[2]}
}

// rounded is the box rounded outwards to even millimetres along its axes, so that middle
// and halves are whole ones, and never flat.
func (b Box) rounded() Box {
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

// ContentBox returns a tight box around a content's vertices and instances, in its own
// frame. models gives the meshes of instanced models; an unknown one counts as its foot.
func ContentBox(c geo.Content, models func(string) []geo.Mesh) Box {
	var o outline
	for _, m := range c.Meshes {
		if len(m.Indices) > 0 {
			o.extremes(m.Positions)
		}
	}
	o.close()
	for _, m := range c.Meshes {
		if len(m.Indices) > 0 {
			o.outside(m.Positions)
		}
	}
	for _, s := range c.Instances {
		radius, low, high := 0.0, 0.0, 0.0
		if models != nil {
			radius, low, high = modelExtent(models(s.Model))
		}
		for _, it := range s.Items {
			x, y, z, k := float64(it.Position[0]), float64(it.Position[1]), float64(it.Position[2]), float64(it.Scale)
			r := radius * k
			o.add(x-r, y-r, z+low*k)
			o.add(x+r, y-r, z+high*k)
			o.add(x-r, y+r, z)
			o.add(x+r, y+r, z)
		}
	}
	return o.box()
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
