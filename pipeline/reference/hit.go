package reference

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
)

// Hit is where a ray meets a surface, in the eye frame.
type Hit struct {
	Distance  float64 // multiples of the ray's direction
	Position  vec
	Normal    vec // interpolated, unit, on the side that the ray comes from
	Geometric vec // of the triangle, the same side
	UV        [2]float64
	Color     vec // linear: vertex, material, texture and tint
	Material  *drawable.Material
	Feature   uint32

	object   *object
	triangle uint32
	u, v     float64
	front    bool
}

// kinds of rays.
type purpose uint8

const (
	seeing    purpose = iota // as the picture is drawn: backs are not, biases decide between equals
	occluding                // any surface
	shading                  // what casts shadows
)

// nearest is the first surface along a ray.
func (s *Scene) nearest(r ray, why purpose) (Hit, bool) {
	h := Hit{}
	found := false
	best := r.far // of the distances that biases shorten
	if why == seeing {
		r.far *= s.bias
	}
	s.boxes.walk(&r, func(i uint32) bool {
		o := &s.objects[i]
		if why == shading && !o.casts {
			return false
		}
		own := o.local(&r)
		m := o.mesh
		o.tree.walk(&own, func(k uint32) bool {
			a, b, c := corners(m, k)
			t, u, v, front, ok := own.triangle(a, b, c)
			front = front != o.mirror
			if !ok || !front && o.culled && why == seeing {
				return false
			}
			d := t
			if why == seeing {
				d /= o.bias
			}
			if d >= best {
				return false
			}
			best, found = d, true
			h = Hit{Distance: t, object: o, triangle: k, u: u, v: v, front: front}
			r.far = d
			if why == seeing {
				r.far *= s.bias
			}
			own.far = r.far
			return false
		})
		return false
	})
	if !found {
		return h, false
	}
	h.complete(&r)
	return h, true
}

// blocked tells whether anything stands in a ray's way.
func (s *Scene) blocked(r ray, why purpose) (yes bool) {
	s.boxes.walk(&r, func(i uint32) bool {
		o := &s.objects[i]
		if why == shading && !o.casts {
			return false
		}
		own := o.local(&r)
		o.tree.walk(&own, func(k uint32) bool {
			_, _, _, _, ok := own.triangle(corners(o.mesh, k))
			yes = yes || ok
			return yes
		})
		return yes
	})
	return yes
}

// local takes a ray to the mesh's frame; multiples of the direction stay what they are.
func (o *object) local(r *ray) ray {
	return ray{from: o.inverse.Mul3x1(r.from.Sub(o.origin)), along: o.inverse.Mul3x1(r.along), near: r.near, far: r.far}
}

func corners(m *drawable.Mesh, k uint32) (a, b, c vec) {
	i := m.Indices[3*k : 3*k+3]
	return vec3(m.Vertices[i[0]].Position), vec3(m.Vertices[i[1]].Position), vec3(m.Vertices[i[2]].Position)
}

// complete fills in what lies at the hit.
func (h *Hit) complete(r *ray) {
	o := h.object
	m := o.mesh
	i := m.Indices[3*h.triangle : 3*h.triangle+3]
	p, q, s := &m.Vertices[i[0]], &m.Vertices[i[1]], &m.Vertices[i[2]]
	w := [3]float64{1 - h.u - h.v, h.u, h.v}
	h.Position = r.from.Add(r.along.Mul(h.Distance))
	a, b, c := corners(m, h.triangle)
	turn := o.inverse.Transpose()
	h.Geometric = turn.Mul3x1(b.Sub(a).Cross(c.Sub(a))).Normalize()
	var n vec
	h.Material = material(m)
	for k, vert := range []*drawable.Vertex{p, q, s} {
		n = n.Add(decodeNormal(vert.Normal).Mul(w[k]))
		for x := range h.UV {
			h.UV[x] += w[k] * float64(vert.UV[x])
		}
		for x := range 3 {
			h.Color[x] += w[k] * linear(vert.Color[x])
		}
	}
	h.Normal = turn.Mul3x1(n)
	if l := h.Normal.Len(); l > 1e-12 && !math.IsNaN(l) {
		h.Normal = h.Normal.Mul(1 / l)
	} else {
		h.Normal = h.Geometric
	}
	if h.Geometric.Dot(r.along) > 0 {
		h.Geometric = h.Geometric.Mul(-1)
	}
	if h.Normal.Dot(h.Geometric) < 0 {
		h.Normal = h.Normal.Mul(-1)
	}
	texture := texel(h.Material.Texture, h.UV)
	for x := range 3 {
		h.Color[x] *= float64(h.Material.Color[x]) * o.tint[x] * texture[x]
	}
	h.Feature = o.feature
	if !o.copied {
		h.Feature += p.Feature
	}
}

// texel reads a picture, which repeats, without a filter.
func texel(img *drawable.Image, uv [2]float64) vec {
	if img == nil || img.Channels != 4 || img.Width == 0 || img.Height == 0 {
		return vec{1, 1, 1}
	}
	x := min(int((uv[0]-math.Floor(uv[0]))*float64(img.Width)), img.Width-1)
	y := min(int((uv[1]-math.Floor(uv[1]))*float64(img.Height)), img.Height-1)
	p := img.Pixels[4*(y*img.Width+x):]
	if img.SRGB {
		return vec{linear(p[0]), linear(p[1]), linear(p[2])}
	}
	return vec{float64(p[0]) / 255, float64(p[1]) / 255, float64(p[2]) / 255}
}

// decodeNormal is the inverse of drawable.EncodeNormal.
func decodeNormal(e [2]int16) vec {
	x, y := math.Max(float64(e[0])/32767, -1), math.Max(float64(e[1])/32767, -1)
	v := vec{x, y, 1 - math.Abs(x) - math.Abs(y)}
	if t := math.Max(-v[2], 0); t > 0 {
		v[0] -= math.Copysign(t, v[0])
		v[1] -= math.Copysign(t, v[1])
	}
	return v.Normalize()
}
