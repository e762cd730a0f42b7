package simplify

import (
	"cmp"
	"container/heap"
	"slices"

	"github.com/longtake/longtake/geo"
)

// collapser is a mesh that is being made coarser. Corners are places; wedges are the
// vertices of the mesh, several of which may stand at one corner.
type collapser struct {
	in      geo.Mesh
	o       Options
	corner  []int32   // of each vertex
	at      []vec     // of each corner
	q       []quadric // of each corner
	fixed   []bool
	dead    []bool
	faces   [][3]int32 // vertices
	gone    []bool
	around  [][]int32 // faces of each corner
	version []int32
	queue   edges
}

// collapse moves one corner onto another.
type collapse struct {
	cost     float64
	from, to int32
	versions [2]int32
}

type edges []collapse

func (e edges) Len() int { return len(e) }
func (e edges) Less(i, k int) bool {
	return cmp.Or(cmp.Compare(e[i].cost, e[k].cost), cmp.Compare(e[i].from, e[k].from), cmp.Compare(e[i].to, e[k].to)) < 0
}
func (e edges) Swap(i, k int) { e[i], e[k] = e[k], e[i] }
func (e *edges) Push(x any)   { *e = append(*e, x.(collapse)) }
func (e *edges) Pop() any {
	last := (*e)[len(*e)-1]
	*e = (*e)[:len(*e)-1]
	return last
}

// borderWeight is how much more a plane across an open edge or a seam counts than a face.
const borderWeight = 16

func newCollapser(m geo.Mesh, o Options) *collapser {
	c := &collapser{in: m, o: o, corner: make([]int32, len(m.Positions))}
	where := make(map[[3]float32]int32, len(m.Positions))
	for v, p := range m.Positions {
		k, ok := where[p]
		if !ok {
			k = int32(len(c.at))
			where[p] = k
			c.at = append(c.at, of(p))
		}
		c.corner[v] = k
	}
	n := len(c.at)
	c.q, c.fixed, c.dead, c.around, c.version = make([]quadric, n), make([]bool, n), make([]bool, n), make([][]int32, n), make([]int32, n)
	if o.Keep != nil {
		for v, p := range m.Positions {
			c.fixed[c.corner[v]] = c.fixed[c.corner[v]] || o.Keep(p)
		}
	}
	for i := 0; i < len(m.Indices); i += 3 {
		f := [3]int32{int32(m.Indices[i]), int32(m.Indices[i+1]), int32(m.Indices[i+2])}
		a, b, d := c.corner[f[0]], c.corner[f[1]], c.corner[f[2]]
		if a == b || b == d || d == a {
			continue
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
	c.gone = make([]bool, len(c.faces))
	c.borders()
	return c
}

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
			s := sideOf(c.corner[v], c.corner[w])
			if c.corner[v] != s.a {
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
		if u.n != 2 && c.o.KeepBorder {
			c.fixed[s.a], c.fixed[s.b] = true, true
		}
		f := c.faces[u.face]
		p, q, r := c.at[c.corner[f[0]]], c.at[c.corner[f[1]]], c.at[c.corner[f[2]]]
		along := c.at[s.b].sub(c.at[s.a])
		across := along.cross(q.sub(p).cross(r.sub(p)))
		if l := across.length(); l > 0 {
			e := plane(c.at[s.a], across.mul(1/l), borderWeight*along.dot(along))
			c.q[s.a].add(e)
			c.q[s.b].add(e)
		}
	}
}

// alike tells whether two vertices of one corner belong to one feature and colour.
func (c *collapser) alike(v, w int32) bool {
	return c.in.Colors[v] == c.in.Colors[w] && (c.in.Features == nil || c.in.Features[v] == c.in.Features[w])
}

// run collapses edges while their quadric error is below a distance.
func (c *collapser) run(allowed float64) {
	limit := allowed * allowed
	for k := range c.at {
		c.offer(int32(k), limit)
	}
	heap.Init(&c.queue)
	left := len(c.faces)
	for c.queue.Len() > 0 && left > c.o.MinTriangles {
		e := heap.Pop(&c.queue).(collapse)
		if c.dead[e.from] || c.dead[e.to] || c.version[e.from] != e.versions[0] || c.version[e.to] != e.versions[1] || !c.sound(e.from, e.to) {
			continue
		}
		left -= c.merge(e.from, e.to)
		for _, k := range c.neighbours(e.to) {
			c.version[k]++
		}
		c.version[e.to]++
		for _, k := range append(c.neighbours(e.to), e.to) {
			c.offerTo(k, limit)
		}
	}
}

// offer queues the collapses of a corner onto its neighbours; offerTo while it runs.
func (c *collapser) offer(k int32, limit float64) {
	for _, to := range c.neighbours(k) {
		if e, ok := c.cost(k, to, limit); ok {
			c.queue = append(c.queue, e)
		}
	}
}

func (c *collapser) offerTo(k int32, limit float64) {
	for _, to := range c.neighbours(k) {
		if e, ok := c.cost(k, to, limit); ok {
			heap.Push(&c.queue, e)
		}
	}
}

func (c *collapser) cost(from, to int32, limit float64) (collapse, bool) {
	if c.fixed[from] {
		return collapse{}, false
	}
	q := c.q[from]
	q.add(c.q[to])
	e := q.at(c.at[to])
	return collapse{e, from, to, [2]int32{c.version[from], c.version[to]}}, e <= limit
}

// neighbours are the corners that share a face with one, in order.
func (c *collapser) neighbours(k int32) []int32 {
	var out []int32
	for _, f := range c.around[k] {
		if !c.gone[f] {
			for _, v := range c.faces[f] {
				if n := c.corner[v]; n != k {
					out = append(out, n)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sound tells whether a collapse keeps the surface: no face turns over, no two sheets
// grow together, and every vertex that moves has one to become.
func (c *collapser) sound(from, to int32) bool {
	shared := 0
	for _, f := range c.around[from] {
		if c.gone[f] {
			continue
		}
		var p, q [3]vec
		holds := false
		for k, v := range c.faces[f] {
			n := c.corner[v]
			holds = holds || n == to
			p[k], q[k] = c.at[n], c.at[n]
			if n == from {
				q[k] = c.at[to]
				if _, ok := c.partner(v, to); !ok {
					return false
				}
			}
		}
		if holds {
			shared++
			continue
		}
		before, after := p[1].sub(p[0]).cross(p[2].sub(p[0])), q[1].sub(q[0]).cross(q[2].sub(q[0]))
		if l := before.length() * after.length(); l == 0 || before.dot(after) < 0.2*l {
			return false
		}
	}
	if shared == 0 || shared > 2 {
		return false
	}
	both := 0
	near := c.neighbours(to)
	for _, n := range c.neighbours(from) {
		if _, ok := slices.BinarySearch(near, n); ok {
			both++
		}
	}
	return both == shared // else the link condition fails (Dey et al. 1999)
}

// partner is the vertex at a corner that a vertex becomes: of its feature and colour, and
// of the nearest normal.
func (c *collapser) partner(v, to int32) (int32, bool) {
	best, most := int32(-1), -2.0
	for _, f := range c.around[to] {
		if c.gone[f] {
			continue
		}
		for _, w := range c.faces[f] {
			if c.corner[w] != to || !c.alike(v, w) {
				continue
			}
			if d := of(c.in.Normals[v]).dot(of(c.in.Normals[w])); d > most+1e-9 || d > most-1e-9 && w < best {
				best, most = w, d
			}
		}
	}
	return best, best >= 0 && most > 0.5
}

// merge moves a corner onto another and returns the number of faces that vanish.
func (c *collapser) merge(from, to int32) (removed int) {
	become := map[int32]int32{}
	for _, f := range c.around[from] {
		for _, v := range c.faces[f] {
			if c.corner[v] == from && !c.gone[f] {
				become[v], _ = c.partner(v, to)
			}
		}
	}
	for _, f := range c.around[from] {
		if c.gone[f] {
			continue
		}
		for k, v := range c.faces[f] {
			switch c.corner[v] {
			case to:
				c.gone[f] = true
			case from:
				c.faces[f][k] = become[v]
			}
		}
		if c.gone[f] {
			removed++
		} else {
			c.around[to] = append(c.around[to], f)
		}
	}
	c.around[to] = slices.DeleteFunc(c.around[to], func(f int32) bool { return c.gone[f] })
	c.q[to].add(c.q[from])
	c.fixed[to] = c.fixed[to] || c.fixed[from]
	c.dead[from], c.around[from] = true, nil
	return removed
}

// mesh returns what is left.
func (c *collapser) mesh() geo.Mesh {
	out := c.in
	out.Positions, out.Normals, out.Colors, out.UVs, out.Features, out.Indices = nil, nil, nil, nil, nil, nil
	number := make(map[int32]uint32)
	for i, f := range c.faces {
		if c.gone[i] {
			continue
		}
		for _, v := range f {
			k, ok := number[v]
			if !ok {
				k = uint32(len(out.Positions))
				number[v] = k
				out.Positions, out.Normals, out.Colors = append(out.Positions, c.in.Positions[v]), append(out.Normals, c.in.Normals[v]), append(out.Colors, c.in.Colors[v])
				if c.in.UVs != nil {
					out.UVs = append(out.UVs, c.in.UVs[v])
				}
				if c.in.Features != nil {
					out.Features = append(out.Features, c.in.Features[v])
				}
			}
			out.Indices = append(out.Indices, k)
		}
	}
	return out
}

// smallest is a length below which a face has no area worth a distance.
const smallest = 1e-9
