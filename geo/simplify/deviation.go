package simplify

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// Deviation is the greatest distance in metres between two surfaces, measured both ways:
// from points no further apart than spacing on each to the nearest triangle of the other.
// What lies between the points can be further by half of the spacing at most, where the
// surfaces are that rough.
func Deviation(a, b geo.Mesh, spacing float64) float64 {
	if len(a.Indices) == 0 || len(b.Indices) == 0 {
		if len(a.Indices) == len(b.Indices) {
			return 0
		}
		return math.Inf(1)
	}
	return deviation(a, b, spacing, math.Inf(1))
}

// deviation is Deviation for surfaces that are not empty; it ends early with a number
// above stop where there is one.
func deviation(a, b geo.Mesh, spacing, stop float64) float64 {
	d := oneWay(a, newFinder(b), spacing, stop)
	if d > stop {
		return d
	}
	return max(d, oneWay(b, newFinder(a), spacing, stop))
}

// maxSamples bounds how many steps a triangle is sampled with along a side.
const maxSamples = 12

func oneWay(m geo.Mesh, f *finder, spacing, stop float64) float64 {
	worst := 0.0
	seen := make([]bool, len(m.Positions))
	for i := 0; i < len(m.Indices); i += 3 {
		var p [3]vec
		for k := range p {
			v := m.Indices[i+k]
			p[k] = of(m.Positions[v])
			if !seen[v] {
				seen[v] = true
				worst = max(worst, f.distance(p[k], worst))
			}
		}
		if f.has(p) {
			continue
		}
		if worst > stop {
			return worst
		}
		long := max(p[1].sub(p[0]).length(), p[2].sub(p[1]).length(), p[0].sub(p[2]).length())
		n := int(min(math.Ceil(long/max(spacing, 1e-6)), maxSamples))
		for u := 0; u <= n; u++ {
			for v := 0; u+v <= n; v++ {
				s, t := float64(u)/float64(max(n, 1)), float64(v)/float64(max(n, 1))
				worst = max(worst, f.distance(p[0].mul(1-s-t).add(p[1].mul(s)).add(p[2].mul(t)), worst))
			}
		}
	}
	return worst
}

// finder finds the nearest triangle of a mesh by a grid of cells over its box.
type finder struct {
	triangles [][3]vec
	known     map[[3]vec]bool
	low       vec
	cell      float64
	n         [3]int
	cells     map[[3]int][]int32
}

func newFinder(m geo.Mesh) *finder {
	f := &finder{known: map[[3]vec]bool{}, cells: map[[3]int][]int32{}}
	low, high := of(m.Positions[m.Indices[0]]), of(m.Positions[m.Indices[0]])
	for i := 0; i < len(m.Indices); i += 3 {
		var t [3]vec
		for k := range t {
			t[k] = of(m.Positions[m.Indices[i+k]])
			for a, v := range t[k] {
				low[a], high[a] = min(low[a], v), max(high[a], v)
			}
		}
		f.triangles = append(f.triangles, t)
		f.known[least(t)] = true
	}
	size := high.sub(low)
	f.low = low
	f.cell = max(size.length()/math.Max(2, 2*math.Sqrt(float64(len(f.triangles)))), 1e-3)
	for k := range f.n {
		f.n[k] = int(size[k]/f.cell) + 1
	}
	for i, t := range f.triangles {
		a, b := f.index(t[0]), f.index(t[0])
		for _, p := range t[1:] {
			c := f.index(p)
			for k := range c {
				a[k], b[k] = min(a[k], c[k]), max(b[k], c[k])
			}
		}
		for x := a[0]; x <= b[0]; x++ {
			for y := a[1]; y <= b[1]; y++ {
				for z := a[2]; z <= b[2]; z++ {
					f.cells[[3]int{x, y, z}] = append(f.cells[[3]int{x, y, z}], int32(i))
				}
			}
		}
	}
	return f
}

// least is a triangle from its lowest corner on, so that equal ones compare equal.
func least(t [3]vec) [3]vec {
	for range 2 {
		if less(t[1], t[0]) || less(t[2], t[0]) {
			t = [3]vec{t[1], t[2], t[0]}
		}
	}
	return t
}

func less(a, b vec) bool {
	for k := range a {
		if a[k] != b[k] {
			return a[k] < b[k]
		}
	}
	return false
}

func (f *finder) has(t [3]vec) bool { return f.known[least(t)] }

func (f *finder) index(p vec) (c [3]int) {
	for k := range c {
		c[k] = int(math.Floor((p[k] - f.low[k]) / f.cell))
	}
	return c
}

// distance is that of a point to the nearest triangle; once it is known to be no more
// than enough, any number up to that comes back.
func (f *finder) distance(p vec, enough float64) float64 {
	at := f.index(p)
	best := math.Inf(1)
	reach := 0
	for k := range at { // points outside begin at the grid
		reach = max(reach, -at[k], at[k]-f.n[k]+1)
	}
	for ring := reach; ; ring++ {
		if float64(ring-1)*f.cell > best || ring > reach+f.n[0]+f.n[1]+f.n[2]+2 {
			return best
		}
		for x := -ring; x <= ring; x++ {
			for y := -ring; y <= ring; y++ {
				step := 1
				if max(x, -x) != ring && max(y, -y) != ring {
					step = max(2*ring, 1)
				}
				for z := -ring; z <= ring; z += step {
					for _, i := range f.cells[[3]int{at[0] + x, at[1] + y, at[2] + z}] {
						best = min(best, toTriangle(p, f.triangles[i]))
						if best <= enough {
							return best
						}
					}
				}
			}
		}
	}
}

// toTriangle is the distance of a point to a triangle (Ericson, "Real-Time Collision
// Detection", 2004, section 5.1.5, by the regions of the corners and edges).
func toTriangle(p vec, t [3]vec) float64 {
	a, b, c := t[0], t[1], t[2]
	ab, ac, ap := b.sub(a), c.sub(a), p.sub(a)
	n := ab.cross(ac)
	if l := n.dot(n); l > smallest*smallest {
		// Inside of the three edges the plane is nearest.
		if n.cross(ab).dot(ap) >= 0 && n.cross(c.sub(b)).dot(p.sub(b)) >= 0 && n.cross(a.sub(c)).dot(p.sub(c)) >= 0 {
			return math.Abs(n.dot(ap)) / math.Sqrt(l)
		}
	}
	return min(toSegment(p, a, b), toSegment(p, b, c), toSegment(p, c, a))
}

func toSegment(p, a, b vec) float64 {
	ab := b.sub(a)
	t := 0.0
	if l := ab.dot(ab); l > 0 {
		t = min(max(p.sub(a).dot(ab)/l, 0), 1)
	}
	return p.sub(a.add(ab.mul(t))).length()
}
