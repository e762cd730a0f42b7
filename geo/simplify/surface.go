package simplify

import (
	"github.com/longtake/longtake/geo"
)

// collapser is a surface that is being made coarser. Corners are places; wedges are the
// vertices of the meshes, several of which may stand at one corner.
type collapser struct {
	in      []geo.Mesh
	wedges  []wedge
	place   [][3]float32 // of each corner
	at      []vec        // the same
	q       []quadric    // of each corner
	off     []float64    // how far a corner's surface may have moved so far, in metres
	dead    []bool
	faces   [][3]int32 // vertices
	gone    []bool
	around  [][]int32 // faces of each corner
	version []int32
	queue   offers
	near    []int32 // scratch of neighbours
}

// wedge is a vertex of the result: that of a mesh, which may have moved to another corner.
type wedge struct {
	mesh, vertex int32
	corner       int32
	uv           [2]float32
}

// borderWeight is how much more a plane across an open edge or a seam counts than a face.
const borderWeight = 16

func newCollapser(in []geo.Mesh) *collapser {
	c := &collapser{in: in}
	total := 0
	for i := range in {
		total += len(in[i].Positions)
	}
	c.wedges = make([]wedge, 0, total)
	where := make(map[[3]float32]int32, total)
	for i := range in {
		for v, p := range in[i].Positions {
			k, ok := where[p]
			if !ok {
				k = int32(len(c.at))
				where[p] = k
				c.place, c.at = append(c.place, p), append(c.at, of(p))
			}
			w := wedge{mesh: int32(i), vertex: int32(v), corner: k}
			if in[i].UVs != nil {
				w.uv = in[i].UVs[v]
			}
			c.wedges = append(c.wedges, w)
		}
	}
	n := len(c.at)
	c.q, c.dead, c.around, c.version, c.off = make([]quadric, n), make([]bool, n), make([][]int32, n), make([]int32, n), make([]float64, n)
	base := int32(0)
	for i := range in {
		index := in[i].Indices
		for k := 0; k < len(index); k += 3 {
			c.face([3]int32{base + int32(index[k]), base + int32(index[k+1]), base + int32(index[k+2])})
		}
		base += int32(len(in[i].Positions))
	}
	c.gone = make([]bool, len(c.faces))
	c.borders()
	return c
}

// face adds a triangle of wedges, if it has three corners.
func (c *collapser) face(f [3]int32) {
	a, b, d := c.corner(f[0]), c.corner(f[1]), c.corner(f[2])
	if a == b || b == d || d == a {
		return
	}
	face := int32(len(c.faces))
	c.faces = append(c.faces, f)
	normal := c.at[b].sub(c.at[a]).cross(c.at[d].sub(c.at[a]))
	area := normal.length()
	for _, k := range [3]int32{a, b, d} {
		c.around[k] = append(c.around[k], face)
		if area > 0 {
			c.q[k].add(plane(c.at[a], normal.mul(1/area), area))
		}
	}
}

func (c *collapser) corner(w int32) int32 { return c.wedges[w].corner }

// side is an edge of a face, by corners, the lower first.
type side struct{ a, b int32 }

func sideOf(a, b int32) side { return side{min(a, b), max(a, b)} }

// borders adds planes across the edges that have one face, or two whose vertices differ
// in feature or colour.
func (c *collapser) borders() {
	type use struct {
		n     int
		face  int32
		first [2]int32 // vertices, at a and at b
		seam  bool
	}
	seen := make(map[side]use, 3*len(c.faces)/2)
	order := make([]side, 0, 3*len(c.faces)/2)
	for i, f := range c.faces {
		for k := range 3 {
			v, w := f[k], f[(k+1)%3]
			s := sideOf(c.corner(v), c.corner(w))
			if c.corner(v) != s.a {
				v, w = w, v
			}
			u, ok := seen[s]
			if !ok {
				u = use{face: int32(i), first: [2]int32{v, w}}
				order = append(order, s)
			} else if !c.alike(u.first[0], v) || !c.alike(u.first[1], w) {
				u.seam = true
			}
			u.n++
			seen[s] = u
		}
	}
	for _, s := range order {
		u := seen[s]
		if u.n == 2 && !u.seam {
			continue
		}
		f := c.faces[u.face]
		p, q, r := c.at[c.corner(f[0])], c.at[c.corner(f[1])], c.at[c.corner(f[2])]
		along := c.at[s.b].sub(c.at[s.a])
		across := along.cross(q.sub(p).cross(r.sub(p)))
		if l := across.length(); l > 0 {
			e := plane(c.at[s.a], across.mul(1/l), borderWeight*along.dot(along))
			c.q[s.a].add(e)
			c.q[s.b].add(e)
		}
	}
}

// alike tells whether two wedges of one corner belong to one mesh, feature and colour.
func (c *collapser) alike(v, w int32) bool {
	a, b := &c.wedges[v], &c.wedges[w]
	if a.mesh != b.mesh {
		return false
	}
	m := &c.in[a.mesh]
	return m.Colors[a.vertex] == m.Colors[b.vertex] && (m.Features == nil || m.Features[a.vertex] == m.Features[b.vertex])
}

// meshes returns what is left, a mesh for each that came in.
func (c *collapser) meshes() []geo.Mesh {
	out := make([]geo.Mesh, len(c.in))
	for i := range out {
		m := c.in[i]
		m.Positions, m.Normals, m.Colors, m.UVs, m.Features, m.Indices = nil, nil, nil, nil, nil, nil
		out[i] = m
	}
	number := make(map[int32]uint32)
	for i, f := range c.faces {
		if c.gone[i] {
			continue
		}
		for _, v := range f {
			w := &c.wedges[v]
			m, from := &out[w.mesh], &c.in[w.mesh]
			k, ok := number[v]
			if !ok {
				k = uint32(len(m.Positions))
				number[v] = k
				m.Positions, m.Normals, m.Colors = append(m.Positions, c.place[w.corner]), append(m.Normals, from.Normals[w.vertex]), append(m.Colors, from.Colors[w.vertex])
				if from.UVs != nil {
					m.UVs = append(m.UVs, w.uv)
				}
				if from.Features != nil {
					m.Features = append(m.Features, from.Features[w.vertex])
				}
			}
			m.Indices = append(m.Indices, k)
		}
	}
	return out
}
