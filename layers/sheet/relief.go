package sheet

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// reliefSide bounds the nodes along a side of a relief.
const reliefSide = 400

// Relief pulls a field up to a lit surface: height in metres above the ground and colour of a
// value. Where height is NaN there is none.
func Relief(c *layer.Context, f *aggregate.Field, m *drawable.Material, height func(v float64) float64, color func(v float64) scene.Color) []drawable.Draw {
	if f.W < 2 || f.H < 2 {
		return nil
	}
	each := (max(f.W, f.H) + reliefSide - 1) / reliefSide
	w, h := (f.W-1)/each+1, (f.H-1)/each+1
	places := make([]mgl64.Vec3, w*h)
	values := make([]float64, w*h)
	var known []mgl64.Vec3
	for j := range h {
		for i := range w {
			v := f.Values[j*each*f.W+i*each]
			k := j*w + i
			values[k] = v
			z := height(v)
			if math.IsNaN(z) {
				values[k] = math.NaN()
				continue
			}
			places[k] = c.Place(f.Point(float64(i*each), float64(j*each)), z+above).ECEF()
			known = append(known, places[k])
		}
	}
	if len(known) == 0 {
		return nil
	}
	frame := layer.Frame(known)
	d := &drawable.Mesh{Name: c.Layer.ID, Frame: frame.Matrix(), Material: m}
	at := make([]uint32, w*h)
	local := make([]mgl64.Vec3, w*h)
	for k := range places {
		local[k] = frame.ToLocal(places[k])
	}
	for k, v := range values {
		if math.IsNaN(v) {
			continue
		}
		at[k] = uint32(len(d.Vertices))
		n := slope(local, values, k, w, h)
		d.Vertices = append(d.Vertices, drawable.Vertex{
			Position: [3]float32{float32(local[k][0]), float32(local[k][1]), float32(local[k][2])},
			Normal:   drawable.EncodeNormal([3]float32{float32(n[0]), float32(n[1]), float32(n[2])}), Color: color(v),
		})
	}
	for j := range h - 1 {
		for i := range w - 1 {
			k := j*w + i
			quad := [4]int{k, k + 1, k + w + 1, k + w}
			for _, tri := range [2][3]int{{quad[0], quad[1], quad[2]}, {quad[0], quad[2], quad[3]}} {
				if math.IsNaN(values[tri[0]] + values[tri[1]] + values[tri[2]]) {
					continue
				}
				d.Indices = append(d.Indices, at[tri[0]], at[tri[1]], at[tri[2]])
			}
		}
	}
	if len(d.Indices) == 0 {
		return nil
	}
	return []drawable.Draw{{What: d.Bound()}}
}

// slope is the normal at a node, from those beside it.
func slope(local []mgl64.Vec3, values []float64, k, w, h int) mgl64.Vec3 {
	pick := func(from, to int) mgl64.Vec3 {
		if math.IsNaN(values[from]) {
			from = k
		}
		if math.IsNaN(values[to]) {
			to = k
		}
		return local[to].Sub(local[from])
	}
	i, j := k%w, k/w
	east := pick(k-min(i, 1), k+min(w-1-i, 1))
	north := pick(k-w*min(j, 1), k+w*min(h-1-j, 1))
	n := east.Cross(north)
	if n.Len() == 0 {
		return mgl64.Vec3{0, 0, 1}
	}
	return n.Normalize()
}
