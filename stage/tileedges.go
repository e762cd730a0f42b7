package stage

import (
	"math"
	"slices"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
)

// tileEdges are the edges of a tile's features of one layer, as lines.
type tileEdges struct {
	layer  string
	look   drawable.Edges // as they were made: its foot, height and thickest
	filter *tileFilter
	cuts   *tileCuts
	lines  *drawable.Lines // nil where there are none
}

const (
	edgeCos  = 0.883 // faces that meet at less than 28° are one curved face
	edgeFoot = 0.6   // metres above its foot within which a feature's border lies on the ground
)

// edges are the lines along the edges of the features that a draw shows; they are made once.
func (c *tileContent) edges(set *drawable.Tileset, only *tileFilter, cuts *tileCuts) *drawable.Lines {
	e := set.Edges
	look := drawable.Edges{Foot: e.Foot, Height: e.Height, Thickest: e.Thickest}
	for i := range c.edged {
		if k := &c.edged[i]; k.layer == set.Layer && k.look == look && k.filter == only && k.cuts == cuts {
			return k.lines
		}
	}
	var m edgeMaker
	m.stands = c.standing().Of
	for i := range c.parts {
		p := &c.parts[i]
		if p.mesh == nil || !edged(p.name) || strings.Contains(p.layer, "#") || set.Layer != "" && p.layer != set.Layer {
			continue
		}
		mesh := p.mesh
		if only != nil && len(c.rows) > 0 {
			mesh = c.leaves(p, only)
		}
		if mesh != nil && cuts != nil {
			mesh = cuts.mesh(c, mesh, p.name).left
		}
		if mesh != nil {
			m.add(mesh)
		}
	}
	lines := m.lines(&look)
	if len(c.edged) == mostPaints {
		c.edged = append(c.edged[:0], c.edged[1:]...)
	}
	c.edged = append(c.edged, tileEdges{set.Layer, look, only, cuts, lines})
	return lines
}

// edged tells whether bodies of a material have edges: walls, roofs, and whatever other makers have.
func edged(name geo.Material) bool {
	_, ours := looks[name]
	return isBody(name) || !ours
}

// edgeMaker finds where faces of a feature meet at an angle, or end.
type edgeMaker struct {
	mesh   *drawable.Mesh // the first; all have one frame
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
	if m.mesh == nil {
		m.mesh, m.known, m.found = mesh, map[[3]int32]uint32{}, map[edgeKey]int{}
	}
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

// lines are the sharp edges and the borders, each once; nil of none.
func (m *edgeMaker) lines(look *drawable.Edges) *drawable.Lines {
	if m.mesh == nil {
		return nil
	}
	m.borders()
	small := m.gear()
	out := &drawable.Lines{Frame: m.mesh.Frame, Blend: drawable.Alpha, Emission: edgeEmission, Edging: true, Thickest: look.Thickest}
	drawn := map[[2]uint32]bool{}
	for i := range m.all {
		e := &m.all[i]
		if !e.sharp || small[e.a] || drawn[[2]uint32{e.a, e.b}] {
			continue
		}
		drawn[[2]uint32{e.a, e.b}] = true
		s := m.stands[e.feature]
		a, b := m.points[e.a], m.points[e.b]
		if max(a[2], b[2]) < s[0]+edgeFoot { // on the ground, or in it
			continue
		}
		out.Starts = append(out.Starts, uint32(len(out.Vertices)))
		for _, p := range [2][3]float32{a, b} {
			up := look.Height
			if up <= 0 {
				up = max(s[1]-s[0], 0.1)
			}
			share := min(max((p[2]-s[0])/up, 0), 1)
			alpha := uint8((look.Foot+(1-look.Foot)*share*share)*255 + 0.5)
			out.Vertices = append(out.Vertices, drawable.LineVertex{Position: p, Width: 1, Color: [4]uint8{255, 255, 255, alpha}, Feature: e.feature})
		}
	}
	if len(out.Vertices) == 0 {
		return nil
	}
	return out.Bound()
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

// edgeEmission is that of edges' lines, whose colour is the draw's: above 1, as they shine.
const edgeEmission = 2

// borders tells of edges of one face whether they are edges of the feature: not where the border
// of another face lies along them in the same plane, as where a wall of several pieces meets a
// roof's eaves; of two that lie along each other the longer one is drawn.
func (m *edgeMaker) borders() {
	by := map[uint32][]int{}
	var order []uint32
	for i := range m.all {
		if e := &m.all[i]; e.faces == 1 {
			if len(by[e.feature]) == 0 {
				order = append(order, e.feature)
			}
			by[e.feature] = append(by[e.feature], i)
		}
	}
	for _, f := range order {
		list := by[f]
		if len(list) > mostBorders { // of a body in pieces: too many to compare
			continue
		}
		for _, i := range list {
			e := &m.all[i]
			e.sharp = !slices.ContainsFunc(list, func(k int) bool { return k != i && m.hides(&m.all[k], e) })
		}
	}
}

const mostBorders = 600

// hides tells whether a border that lies along e is drawn in its place, or shows that e is within
// a face.
func (m *edgeMaker) hides(by, e *meshEdge) bool {
	a, b := m.points[e.a], m.points[e.b]
	p, q := m.points[by.a], m.points[by.b]
	middle := [3]float32{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2}
	other := [3]float32{(p[0] + q[0]) / 2, (p[1] + q[1]) / 2, (p[2] + q[2]) / 2}
	plane := dot3(by.normal, e.normal) >= edgeCos
	le, lb := length3(sub3(b, a)), length3(sub3(q, p))
	if lb >= le {
		return within(middle, p, q) && sameWay(sub3(b, a), sub3(q, p)) && (plane || lb > le || by.a < e.a || by.a == e.a && by.b < e.b)
	}
	return plane && within(other, a, b) && sameWay(sub3(b, a), sub3(q, p))
}

// within tells whether a point is on a segment, to 3 cm.
func within(x, p, q [3]float32) bool {
	way, from := sub3(q, p), sub3(x, p)
	l := length3(way)
	if l < 1e-3 {
		return false
	}
	t := dot3(from, way) / l
	if t < 0 || t > l {
		return false
	}
	return length3(sub3(from, [3]float32{way[0] * t / l, way[1] * t / l, way[2] * t / l})) < 0.03
}

// sameWay tells whether two ways have one direction, or opposite ones.
func sameWay(u, v [3]float32) bool {
	d := dot3(u, v)
	return d*d >= 0.999*dot3(u, u)*dot3(v, v)
}

func faceNormal(a, b, c [3]float32) (n [3]float32, ok bool) {
	u, v := sub3(b, a), sub3(c, a)
	n = [3]float32{u[1]*v[2] - u[2]*v[1], u[2]*v[0] - u[0]*v[2], u[0]*v[1] - u[1]*v[0]}
	l := length3(n)
	if l < 1e-6 {
		return n, false
	}
	return [3]float32{n[0] / l, n[1] / l, n[2] / l}, true
}

func sub3(a, b [3]float32) [3]float32 { return [3]float32{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }
func dot3(a, b [3]float32) float32    { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }
func length3(a [3]float32) float32    { return float32(math.Sqrt(float64(dot3(a, a)))) }
