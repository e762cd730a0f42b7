package drape

import (
	"cmp"
	"math"
	"slices"

	"github.com/longtake/longtake/geo/cover"
)

// remnant is what a patch leaves on one terrain triangle.
type remnant struct {
	on    *terrainTri
	area  float64
	polys [][]corner
}

// full is the share of a terrain triangle from which it is covered as a whole: what
// rounding takes from the sum of its pieces.
const full = 1 - 1e-9

// metres tells whether the surface coordinates of a patch are metres of plan but for a
// shift of whole metres. Only of such a patch pieces may be put together: how its own triangles divide it
// is of no matter.
func metres(p *cover.Patch) (shift [2]float64, ok bool) {
	if len(p.UV) != len(p.Points) || len(p.Points) < 4 {
		return shift, false
	}
	for i, q := range p.Points {
		u, v := float64(p.UV[i][0])-q[0], float64(p.UV[i][1])-q[1]
		if i == 0 {
			shift = [2]float64{math.Round(u), math.Round(v)} // whole, but for the precision of coordinates
		}
		if math.Abs(u-shift[0]) > 0.1 || math.Abs(v-shift[1]) > 0.1 {
			return shift, false
		}
	}
	return shift, true
}

// keep notes a piece until the patch is complete.
func (d *draper) keep(t *terrainTri, poly []corner, area float64) {
	i, ok := d.cutAt[t]
	if !ok {
		i = len(d.cuts)
		d.cutAt[t] = i
		d.cuts = append(d.cuts, remnant{on: t})
	}
	c := &d.cuts[i]
	c.area += area
	c.polys = append(c.polys, slices.Clone(poly))
}

// whole tells whether the pieces fill the triangle.
func (c *remnant) whole() bool { return len(c.polys) > 1 && 2*c.area >= c.on.double*full }

// finishCuts emits the pieces of a patch. Those that fill a terrain triangle become that,
// with the corners of other triangles' pieces along its sides, so that no seam opens.
func (d *draper) finishCuts() {
	sides := map[[2]uint32]int{} // of whole triangles
	for i := range d.cuts {
		if c := &d.cuts[i]; c.whole() {
			for k := range 3 {
				sides[c.on.side(k)]++
			}
		}
	}
	for i := range d.cuts {
		c := &d.cuts[i]
		if !c.whole() {
			for _, poly := range c.polys {
				d.lay(c.on, poly)
			}
			continue
		}
		rim := make([]corner, 0, 8)
		for k := range 3 {
			rim = append(rim, d.metric(c.on.xy[k][0], c.on.xy[k][1]))
			if sides[c.on.side(k)] < 2 {
				rim = c.along(d, k, rim)
			}
		}
		if len(rim) == 3 {
			d.lay(c.on, rim)
			continue
		}
		t := c.on.xy
		middle := d.metric((t[0][0]+t[1][0]+t[2][0])/3, (t[0][1]+t[1][1]+t[2][1])/3)
		for k := range rim {
			d.lay(c.on, []corner{middle, rim[k], rim[(k+1)%len(rim)]})
		}
	}
	d.cuts = d.cuts[:0]
	clear(d.cutAt)
}

// side names the side from corner k to the next, the same for both triangles there.
func (t *terrainTri) side(k int) [2]uint32 {
	a, b := t.v[k], t.v[(k+1)%3]
	return [2]uint32{min(a, b), max(a, b)}
}

// along adds the pieces' corners that lie within side k, from its start on.
func (c *remnant) along(d *draper, k int, rim []corner) []corner {
	a, b := c.on.xy[k], c.on.xy[(k+1)%3]
	l := math.Hypot(b[0]-a[0], b[1]-a[1])
	far := func(p corner) float64 { return ((p.x-a[0])*(b[0]-a[0]) + (p.y-a[1])*(b[1]-a[1])) / l }
	first := len(rim)
	for _, poly := range c.polys {
		for _, p := range poly {
			if s := far(p); s > 1e-6 && s < l-1e-6 && math.Abs(side(a, b, p.x, p.y)) < 1e-6*l {
				rim = append(rim, d.metric(p.x, p.y))
			}
		}
	}
	slices.SortFunc(rim[first:], func(p, q corner) int { return cmp.Compare(far(p), far(q)) })
	kept := slices.CompactFunc(rim[first:], func(p, q corner) bool { return math.Abs(far(q)-far(p)) < 1e-6 })
	return rim[:first+len(kept)]
}
