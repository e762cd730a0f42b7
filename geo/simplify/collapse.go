package simplify

import (
	"container/heap"
	"math"
	"slices"
)

// offer is a corner that may move, and what the cheapest of its moves costs.
type offer struct {
	cost    float64
	corner  int32
	version int32
}

type offers []offer

func (o offers) Len() int { return len(o) }
func (o offers) Less(i, k int) bool {
	if o[i].cost != o[k].cost {
		return o[i].cost < o[k].cost
	}
	return o[i].corner < o[k].corner
}
func (o offers) Swap(i, k int) { o[i], o[k] = o[k], o[i] }
func (o *offers) Push(x any)   { *o = append(*o, x.(offer)) }
func (o *offers) Pop() any {
	last := (*o)[len(*o)-1]
	*o = (*o)[:len(*o)-1]
	return last
}

// run collapses edges while their quadric error is below a distance.
func (c *collapser) run(allowed float64) {
	limit := allowed * allowed
	for k := range c.at {
		if cost, to := c.cheapest(int32(k), limit, false); to >= 0 {
			c.queue = append(c.queue, offer{cost, int32(k), 0})
		}
	}
	heap.Init(&c.queue)
	for c.queue.Len() > 0 {
		e := heap.Pop(&c.queue).(offer)
		if c.dead[e.corner] || c.version[e.corner] != e.version {
			continue
		}
		_, to := c.cheapest(e.corner, limit, true)
		if to < 0 {
			continue
		}
		c.merge(e.corner, to)
		changed := append(slices.Clone(c.neighbours(to)), to)
		for _, k := range changed {
			c.version[k]++
			if cost, to := c.cheapest(k, limit, false); to >= 0 {
				heap.Push(&c.queue, offer{cost, k, c.version[k]})
			}
		}
	}
}

// cheapest is the neighbour onto which a corner moves at the least cost, within a limit:
// of all, or of those where the surface stays sound; -1 where there is none.
func (c *collapser) cheapest(from int32, limit float64, sound bool) (cost float64, to int32) {
	cost, to = math.Inf(1), -1
	near := c.neighbours(from)
	if sound { // which asks for neighbours too
		near = slices.Clone(near)
	}
	for _, n := range near {
		q := c.q[from]
		q.add(c.q[n])
		if e := q.at(c.at[n]); e <= limit && e < cost && c.step(from, n) <= math.Sqrt(limit) && (!sound || c.sound(from, n)) {
			cost, to = e, n
		}
	}
	return cost, to
}

// step is how far the surface is off around a corner that moves onto another: as far as
// it was, and the greatest distance of the new place to the planes of its faces. The
// quadric is a mean over areas; this keeps small things on large planes.
func (c *collapser) step(from, to int32) float64 {
	far := 0.0
	d := c.at[to].sub(c.at[from])
	for _, f := range c.around[from] {
		if c.gone[f] {
			continue
		}
		a, b, e := c.at[c.corner(c.faces[f][0])], c.at[c.corner(c.faces[f][1])], c.at[c.corner(c.faces[f][2])]
		n := b.sub(a).cross(e.sub(a))
		if l := n.length(); l > smallest {
			far = max(far, math.Abs(n.dot(d))/l)
		}
	}
	return c.off[from] + far
}

// neighbours are the corners that share a face with one, in order, until the next call.
func (c *collapser) neighbours(k int32) []int32 {
	c.near = c.near[:0]
	for _, f := range c.around[k] {
		if !c.gone[f] {
			for _, v := range c.faces[f] {
				if n := c.corner(v); n != k {
					c.near = append(c.near, n)
				}
			}
		}
	}
	slices.Sort(c.near)
	c.near = slices.Compact(c.near)
	return c.near
}

// sound tells whether a collapse keeps the surface: no face turns over and no two sheets
// grow together.
func (c *collapser) sound(from, to int32) bool {
	shared := 0
	for _, f := range c.around[from] {
		if c.gone[f] {
			continue
		}
		var p, q [3]vec
		holds := false
		for k, v := range c.faces[f] {
			n := c.corner(v)
			holds = holds || n == to
			p[k], q[k] = c.at[n], c.at[n]
			if n == from {
				q[k] = c.at[to]
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
	near := slices.Clone(c.neighbours(to))
	for _, n := range c.neighbours(from) {
		if _, ok := slices.BinarySearch(near, n); ok {
			both++
		}
	}
	return both == shared // else the link condition fails (Dey et al. 1999)
}

// merge moves a corner onto another.
func (c *collapser) merge(from, to int32) {
	become := c.become(from, to)
	c.off[to] = max(c.off[to], c.step(from, to))
	for _, f := range c.around[from] {
		if c.gone[f] {
			continue
		}
		for k, v := range c.faces[f] {
			switch c.corner(v) {
			case to:
				c.gone[f] = true
			case from:
				c.faces[f][k] = become[v]
			}
		}
		if !c.gone[f] {
			c.around[to] = append(c.around[to], f)
		}
	}
	c.around[to] = slices.DeleteFunc(c.around[to], func(f int32) bool { return c.gone[f] })
	c.q[to].add(c.q[from])
	c.dead[from], c.around[from] = true, nil
}

// become tells what the wedges of a corner are at another: the wedge there that an edge
// joins them to, if it is like them, else one that goes on as they do.
func (c *collapser) become(from, to int32) map[int32]int32 {
	out := make(map[int32]int32, 4)
	for _, f := range c.around[from] {
		if c.gone[f] {
			continue
		}
		v, w := int32(-1), int32(-1)
		for _, x := range c.faces[f] {
			switch c.corner(x) {
			case from:
				v = x
			case to:
				w = x
			}
		}
		if known, ok := out[v]; w >= 0 && c.alike(v, w) && (!ok || w < known) {
			out[v] = w
		}
	}
	for _, f := range c.around[from] {
		if c.gone[f] {
			continue
		}
		for k, v := range c.faces[f] {
			if _, ok := out[v]; ok || c.corner(v) != from {
				continue
			}
			w := c.wedges[v]
			w.uv, w.corner = c.uvAt(c.faces[f], k, c.at[to]), to
			out[v] = int32(len(c.wedges))
			c.wedges = append(c.wedges, w)
		}
	}
	return out
}

// uvAt goes on with the texture coordinates of a face to a place near its plane.
func (c *collapser) uvAt(f [3]int32, k int, p vec) [2]float32 {
	a, b, d := &c.wedges[f[k]], &c.wedges[f[(k+1)%3]], &c.wedges[f[(k+2)%3]]
	o := c.at[a.corner]
	u, v, w := c.at[b.corner].sub(o), c.at[d.corner].sub(o), p.sub(o)
	uu, uv, vv, wu, wv := u.dot(u), u.dot(v), v.dot(v), w.dot(u), w.dot(v)
	det := float64(uu*vv) - float64(uv*uv)
	if !(det > 1e-9*uu*vv) {
		return a.uv
	}
	s, t := (float64(wu*vv)-float64(wv*uv))/det, (float64(wv*uu)-float64(wu*uv))/det
	var out [2]float32
	for i := range out {
		out[i] = float32(float64(a.uv[i]) + float64(s*float64(b.uv[i]-a.uv[i])) + float64(t*float64(d.uv[i]-a.uv[i])))
	}
	return out
}

// smallest is a length below which a face has no area worth a distance.
const smallest = 1e-9
