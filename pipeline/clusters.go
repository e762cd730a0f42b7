package pipeline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
)

// cluster is a run of a mesh's triangles that lie close together: a view, or a cascade of
// shadows, leaves out those that it does not touch, so that what a pass costs follows what
// it sees and not how large tiles are.
type cluster struct {
	first, count int        // indices
	center       mgl64.Vec3 // of a sphere around it, in the mesh's frame
	radius       float64
	box          bounds
}

// Triangles of a mesh that is divided, and of a cluster at the most: some fifteen plain houses.
const (
	clusteredFrom   = 256
	clusterLargest  = 128
	clusterPatience = 24 // levels of division
)

// clustered returns the triangles of a mesh cluster by cluster, and the clusters. Each is
// halved at the mean of its triangles along its longest axis until it is small; within one
// the order stays. What blends depends on the order of its triangles and is not divided, nor
// is what is small: it has no clusters.
func clustered(m *drawable.Mesh, indices []uint32) ([]uint32, []cluster) {
	n := len(indices) / 3
	if n < clusteredFrom || m.Material != nil && m.Material.Blend != drawable.Opaque {
		return indices, nil
	}
	d := division{middle: make([][3]float32, n), order: make([]int32, n), spare: make([]int32, n)}
	for i := range n {
		a, b, c := &m.Vertices[indices[3*i]].Position, &m.Vertices[indices[3*i+1]].Position, &m.Vertices[indices[3*i+2]].Position
		for k := range 3 {
			// In float64 the sum is the same in any order of the corners: of faces that lie in one
			// place the first of the mesh stays the one that is seen.
			d.middle[i][k] = float32((float64(a[k]) + float64(b[k]) + float64(c[k])) / 3)
		}
		d.order[i] = int32(i)
	}
	d.divide(0, n, clusterPatience)
	out := make([]uint32, 0, len(indices))
	for _, t := range d.order {
		out = append(out, indices[3*t:3*t+3]...)
	}
	for i := range d.clusters {
		d.clusters[i].bound(m.Vertices, out)
	}
	return out, d.clusters
}

// division sorts triangles into clusters.
type division struct {
	middle       [][3]float32 // of each triangle
	order, spare []int32      // triangles
	clusters     []cluster
}

func (d *division) divide(from, to, levels int) {
	if axis, mean, ok := d.split(from, to); ok && levels > 0 {
		at, rest := from, d.spare[:0]
		for _, t := range d.order[from:to] {
			if d.middle[t][axis] < mean {
				d.order[at] = t
				at++
			} else {
				rest = append(rest, t)
			}
		}
		copy(d.order[at:to], rest)
		if at > from && at < to {
			d.divide(from, at, levels-1)
			d.divide(at, to, levels-1)
			return
		}
	}
	d.clusters = append(d.clusters, cluster{first: 3 * from, count: 3 * (to - from)})
}

// split is where triangles are divided; not where they are few.
func (d *division) split(from, to int) (axis int, mean float32, ok bool) {
	if to-from <= clusterLargest {
		return 0, 0, false
	}
	var low, high [3]float32
	var sum [3]float64
	for i, t := range d.order[from:to] {
		p := &d.middle[t]
		for k, x := range p {
			if i == 0 || x < low[k] {
				low[k] = x
			}
			if i == 0 || x > high[k] {
				high[k] = x
			}
			sum[k] += float64(x)
		}
	}
	for k := range 3 {
		if high[k]-low[k] > high[axis]-low[axis] {
			axis = k
		}
	}
	return axis, float32(sum[axis] / float64(to-from)), high[axis] > low[axis]
}

// bounds is a box along the axes of a drawable's frame.
type bounds struct{ low, high mgl64.Vec3 }

// nothing is a box without a place.
var nothing = bounds{mgl64.Vec3{math.Inf(1), math.Inf(1), math.Inf(1)}, mgl64.Vec3{math.Inf(-1), math.Inf(-1), math.Inf(-1)}}

func (b *bounds) add(p *[3]float32, reach float32) {
	for k, x := range p {
		if low := float64(x - reach); low < b.low[k] {
			b.low[k] = low
		}
		if high := float64(x + reach); high > b.high[k] {
			b.high[k] = high
		}
	}
}

// bound puts a box, and a sphere around its middle, around the cluster's corners.
func (c *cluster) bound(vertices []drawable.Vertex, indices []uint32) {
	c.box = nothing
	corners := indices[c.first : c.first+c.count]
	for _, v := range corners {
		c.box.add(&vertices[v].Position, 0)
	}
	c.center = c.box.low.Add(c.box.high).Mul(0.5)
	for _, v := range corners {
		p := &vertices[v].Position
		d := mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}.Sub(c.center)
		c.radius = math.Max(c.radius, d.LenSqr())
	}
	c.radius = math.Sqrt(c.radius)
}
