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
// value. It ends where values fall below from.
func Relief(c *layer.Context, f *aggregate.Field, m *drawable.Material, from float64, height func(v float64) float64, color func(v float64) scene.Color) []drawable.Draw {
	if f.W < 2 || f.H < 2 {
		return nil
	}
	each := (max(f.W, f.H) + reliefSide - 1) / reliefSide
	r := &relief{w: (f.W-1)/each + 1, h: (f.H-1)/each + 1, from: from, color: color}
	places := make([]mgl64.Vec3, r.w*r.h)
	var known []mgl64.Vec3
	for j := range r.h {
		for i := range r.w {
			v := f.Values[j*each*f.W+i*each]
			r.values = append(r.values, v)
			if math.IsNaN(v) {
				continue
			}
			k := j*r.w + i
			places[k] = c.Place(f.Point(float64(i*each), float64(j*each)), height(v)+above).ECEF()
			known = append(known, places[k])
		}
	}
	frame := layer.Frame(known)
	for _, p := range places {
		r.local = append(r.local, frame.ToLocal(p))
	}
	r.mesh = &drawable.Mesh{Name: c.Layer.ID, Frame: frame.Matrix(), Material: m}
	r.build()
	if len(r.mesh.Indices) == 0 {
		return nil
	}
	return []drawable.Draw{{What: r.mesh.Bound()}}
}

// relief is a surface on its way into a mesh.
type relief struct {
	w, h   int
	from   float64
	values []float64
	local  []mgl64.Vec3
	color  func(v float64) scene.Color
	mesh   *drawable.Mesh
}

// corner is a vertex of the surface.
type corner struct {
	v      float64
	at, up mgl64.Vec3
}

func (r *relief) build() {
	number := make([]uint32, len(r.values)) // of nodes, from 1
	add := func(c corner) uint32 {
		r.mesh.Vertices = append(r.mesh.Vertices, drawable.Vertex{
			Position: [3]float32{float32(c.at[0]), float32(c.at[1]), float32(c.at[2])},
			Normal:   drawable.EncodeNormal([3]float32{float32(c.up[0]), float32(c.up[1]), float32(c.up[2])}), Color: r.color(c.v),
		})
		return uint32(len(r.mesh.Vertices))
	}
	node := func(k int) corner { return corner{r.values[k], r.local[k], r.slope(k)} }
	triangle := func(nodes [3]int) {
		var out []uint32
		for n, k := range nodes {
			a, b := r.values[k], r.values[nodes[(n+1)%3]]
			if a >= r.from {
				if number[k] == 0 {
					number[k] = add(node(k))
				}
				out = append(out, number[k])
			}
			if (a >= r.from) != (b >= r.from) {
				p, q, t := node(k), node(nodes[(n+1)%3]), (r.from-a)/(b-a)
				out = append(out, add(corner{r.from, p.at.Add(q.at.Sub(p.at).Mul(t)), p.up.Add(q.up.Sub(p.up).Mul(t)).Normalize()}))
			}
		}
		for n := 2; n < len(out); n++ {
			r.mesh.Indices = append(r.mesh.Indices, out[0]-1, out[n-1]-1, out[n]-1)
		}
	}
	for j := range r.h - 1 {
		for i := range r.w - 1 {
			k := j*r.w + i
			if math.IsNaN(r.values[k] + r.values[k+1] + r.values[k+r.w] + r.values[k+r.w+1]) {
				continue
			}
			triangle([3]int{k, k + 1, k + r.w + 1})
			triangle([3]int{k, k + r.w + 1, k + r.w})
		}
	}
}

// slope is the normal at a node, from those beside it.
func (r *relief) slope(k int) mgl64.Vec3 {
	pick := func(from, to int) mgl64.Vec3 {
		if math.IsNaN(r.values[from]) {
			from = k
		}
		if math.IsNaN(r.values[to]) {
			to = k
		}
		return r.local[to].Sub(r.local[from])
	}
	i, j := k%r.w, k/r.w
	east := pick(k-min(i, 1), k+min(r.w-1-i, 1))
	north := pick(k-r.w*min(j, 1), k+r.w*min(r.h-1-j, 1))
	n := east.Cross(north)
	if n.Len() == 0 {
		return mgl64.Vec3{0, 0, 1}
	}
	return n.Normalize()
}
