package clean

import "github.com/paulmach/orb"

// fewCorners is up to how many points of a ring all pairs of sides are looked at rather
// than swept over: nearly every building.
const fewCorners = 40

// plain tells whether a closed ring neither crosses nor touches itself on the grid; false
// also where that takes a closer look.
func (g *grid) plain(r orb.Ring) bool {
	var room [fewCorners]node
	p := room[:0]
	for _, q := range r[:len(r)-1] {
		if n := g.node(q); len(p) == 0 || n != p[len(p)-1] {
			p = append(p, n)
		}
	}
	if len(p) < 3 || p[0] == p[len(p)-1] {
		return false
	}
	for i, a := range p {
		b, c := p[(i+1)%len(p)], p[(i+2)%len(p)]
		if orient(a, b, c) == 0 && (b.x-a.x)*(c.x-b.x)+(b.y-a.y)*(c.y-b.y) < 0 {
			return false // a spike
		}
		lox, hix, loy, hiy := min(a.x, b.x), max(a.x, b.x), min(a.y, b.y), max(a.y, b.y)
		for j := i + 2; j < len(p); j++ {
			if i == 0 && j == len(p)-1 {
				break // its neighbour round the end
			}
			c, d := p[j], p[(j+1)%len(p)]
			if max(c.x, d.x) < lox || min(c.x, d.x) > hix || max(c.y, d.y) < loy || min(c.y, d.y) > hiy {
				continue
			}
			o1, o2 := orient(a, b, c), orient(a, b, d)
			if o1 > 0 && o2 > 0 || o1 < 0 && o2 < 0 {
				continue
			}
			if o3, o4 := orient(c, d, a), orient(c, d, b); o3 > 0 && o4 > 0 || o3 < 0 && o4 < 0 {
				continue
			}
			return false
		}
	}
	return true
}
