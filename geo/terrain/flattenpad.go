package terrain

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

func (f *flattening) pad(p *Pad) {
	b := p.or()
	i0, j0, i1, j1 := f.nodes(p.Outline.Bound().Pad(b.reach()))
	var crossings []float64
	for j := j0; j < j1; j++ {
		y := f.at(0, j)[1]
		crossings = crossings[:0]
		for _, r := range p.Outline {
			for k := range r {
				a, c := r[k], r[(k+1)%len(r)]
				if (a[1] > y) != (c[1] > y) {
					crossings = append(crossings, a[0]+(c[0]-a[0])*(y-a[1])/(c[1]-a[1]))
				}
			}
		}
		slices.Sort(crossings)
		for i := i0; i < i1; i++ {
			n := f.at(i, j)
			k, _ := slices.BinarySearch(crossings, n[0])
			if k%2 == 1 {
				f.inside(j*f.w+i, p.Height, 1)
				continue
			}
			if d := squared(p.Outline, n); d < b.reach()*b.reach() {
				f.outside(j*f.w+i, p.Height, math.Sqrt(d), b)
			}
		}
	}
}

// squared is the square of the distance from a polygon's outlines.
func squared(p orb.Polygon, n [2]float64) float64 {
	best := math.Inf(1)
	for _, r := range p {
		for k, a := range r {
			c := r[0]
			if k+1 < len(r) {
				c = r[k+1]
			}
			best = min(best, squaredTo(a, c, n))
		}
	}
	return best
}

// squaredTo is the square of the distance from the way from a to c.
func squaredTo(a, c orb.Point, n [2]float64) float64 {
	dx, dy := c[0]-a[0], c[1]-a[1]
	x, y := n[0]-a[0], n[1]-a[1]
	along := float64(x*dx) + float64(y*dy)
	if l := float64(dx*dx) + float64(dy*dy); along > 0 && l > 0 {
		t := min(along/l, 1)
		x, y = x-float64(t*dx), y-float64(t*dy)
	}
	return float64(x*x) + float64(y*y)
}
