package stage

import (
	"math"
	"slices"

	"github.com/longtake/longtake/layers/drawable"
)

// split divides a convex polygon by a side's line.
func split(p []drawable.Vertex, s clipSide) (halves [2][]drawable.Vertex) {
	for i := range p {
		v, w := &p[i], &p[(i+1)%len(p)]
		dv, dw := s.offset(v.Position), s.offset(w.Position)
		if dv >= -onLine {
			halves[0] = append(halves[0], *v)
		}
		if dv <= onLine {
			halves[1] = append(halves[1], *v)
		}
		if dv > onLine && dw < -onLine || dv < -onLine && dw > onLine {
			x := between(v, w, float32(dv/(dv-dw)))
			halves[0], halves[1] = append(halves[0], x), append(halves[1], x)
		}
	}
	for k := range halves { // what only touches the line has no other side
		if !slices.ContainsFunc(halves[k], func(v drawable.Vertex) bool { return math.Abs(s.offset(v.Position)) > onLine }) {
			halves[k] = nil
		}
	}
	return halves
}

// between is a point of an edge. What a wall's alpha and its feature say, they say of all of it.
func between(v, w *drawable.Vertex, t float32) drawable.Vertex {
	out := *v
	for k := range out.Position {
		out.Position[k] += (w.Position[k] - v.Position[k]) * t
	}
	for k := range out.UV {
		out.UV[k] += (w.UV[k] - v.UV[k]) * t
	}
	for k := range 3 {
		out.Color[k] = uint8(float32(v.Color[k]) + (float32(w.Color[k])-float32(v.Color[k]))*t + 0.5)
	}
	a, b := drawable.DecodeNormal(v.Normal), drawable.DecodeNormal(w.Normal)
	for k := range a {
		a[k] += (b[k] - a[k]) * t
	}
	out.Normal = drawable.EncodeNormal(a)
	return out
}
