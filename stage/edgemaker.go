package stage

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
)

const (
	edgeCos  = 0.883 // faces that meet at less than 28° are one curved face
	edgeFoot = 0.6   // metres above its foot within which a feature's border lies on the ground
)

// edgeMaker finds where faces of a feature meet at an angle, or end.
type edgeMaker struct {
	frame  mgl64.Mat4
	stands [][2]float32
	known  map[[3]int32]uint32 // points by centimetres
	points [][3]float32
	found  map[edgeKey]int
	all    []meshEdge
}

type edgeKey struct{ a, b, feature uint32 }

type meshEdge struct {
	edgeKey
	normal [3]float32 // of the first face
	faces  uint8
	sharp  bool
}

func (m *edgeMaker) point(p [3]float32) uint32 {
	key := [3]int32{int32(math.Round(float64(p[0]) * 100)), int32(math.Round(float64(p[1]) * 100)), int32(math.Round(float64(p[2]) * 100))}
	i, ok := m.known[key]
	if !ok {
		i = uint32(len(m.points))
		m.points = append(m.points, p)
		m.known[key] = i
	}
	return i
}

// add takes the triangles of a mesh.
func (m *edgeMaker) add(mesh *drawable.Mesh) {
	at := make([]uint32, len(mesh.Vertices))
	for i := range at {
		at[i] = m.point(mesh.Vertices[i].Position)
	}
	for t := 0; t+2 < len(mesh.Indices); t += 3 {
		i := mesh.Indices[t : t+3]
		corner := [3]uint32{at[i[0]], at[i[1]], at[i[2]]}
		n, ok := faceNormal(mesh.Vertices[i[0]].Position, mesh.Vertices[i[1]].Position, mesh.Vertices[i[2]].Position)
		if !ok {
			continue
		}
		for k := range corner {
			a, b := corner[k], corner[(k+1)%3]
			if a == b {
				continue
			}
			key := edgeKey{min(a, b), max(a, b), mesh.Vertices[i[0]].Feature}
			if at, ok := m.found[key]; ok {
				e := &m.all[at]
				e.faces = 2
				e.sharp = e.sharp || dot3(e.normal, n) < edgeCos
			} else {
				m.found[key] = len(m.all)
				m.all = append(m.all, meshEdge{edgeKey: key, normal: n, faces: 1})
			}
		}
	}
}

// shape are the sharp edges and the borders.
func (m *edgeMaker) shape() edgeShape {
	m.borders()
	small, out := m.gear(), edgeShape{frame: m.frame}
	for i := range m.all {
		e := &m.all[i]
		if !e.sharp || small[e.a] {
			continue
		}
		a, b := m.points[e.a], m.points[e.b]
		if max(a[2], b[2]) < m.stands[e.feature][0]+edgeFoot { // on the ground, or in it
			continue
		}
		out.edges = append(out.edges, shapeEdge{e.edgeKey, [2][3]float32{a, b}})
	}
	return out
}

// gear tells which points are of small bodies that stand on a feature: lifts, chimneys, plant. In a
// town of lines they would be noise.
func (m *edgeMaker) gear() []bool {
	const wide, share, above = 9, 0.4, 2.5 // metres, of the feature's width, metres above its foot
	parent := make([]uint32, len(m.points))
	for i := range parent {
		parent[i] = uint32(i)
	}
	root := func(i uint32) uint32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	bodies, features := make([]edgeBox, len(m.points)), map[uint32]edgeBox{}
	for i := range m.all {
		a, b := root(m.all[i].a), root(m.all[i].b)
		parent[max(a, b)] = min(a, b)
	}
	for i := range m.all {
		e := &m.all[i]
		body, feature := &bodies[root(e.a)], features[e.feature]
		for _, p := range [2][3]float32{m.points[e.a], m.points[e.b]} {
			body.add(p)
			feature.add(p)
		}
		body.feature = e.feature
		features[e.feature] = feature
	}
	out := make([]bool, len(m.points))
	for i := range out {
		b := &bodies[root(uint32(i))]
		f := features[b.feature]
		out[i] = b.width() < min(wide, share*f.width()) && b.low[2] > m.stands[b.feature][0]+above
	}
	return out
}

// edgeBox is the box of a body of a feature.
type edgeBox struct {
	low, high [3]float32
	some      bool
	feature   uint32
}

func (b *edgeBox) add(p [3]float32) {
	if !b.some {
		b.low, b.high, b.some = p, p, true
	}
	for k, x := range p {
		b.low[k], b.high[k] = min(b.low[k], x), max(b.high[k], x)
	}
}

func (b *edgeBox) width() float32 { return max(b.high[0]-b.low[0], b.high[1]-b.low[1]) }
