package drape

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/earth"
)

// flatPieces is what level water has in one cell of the curvature grid.
type flatPieces struct {
	lo, hi [2]float64
	area   float64
	polys  [][]corner
}

// full tells whether the pieces leave nothing of the cell free.
func (c *flatPieces) full() bool {
	return c != nil && c.area > (c.hi[0]-c.lo[0])*(c.hi[1]-c.lo[1])*(1-1e-9)
}

// flat cuts one triangle of level water to the square and the curvature grid. The long
// thin triangles of a bay fall into many pieces, so they are kept until the patch is
// complete: see finishFlat.
func (d *draper) flat(p *cover.Patch, tri int32) {
	b, ok := d.corners(p, tri)
	if !ok {
		return
	}
	s := d.tile.Square
	b = box{math.Max(b.minX, s.Min[0]), math.Max(b.minY, s.Min[1]), math.Min(b.maxX, s.Max[0]), math.Min(b.maxY, s.Max[1])}
	cell := flatCell(s)
	for cy := math.Floor(b.minY / cell); cy*cell < b.maxY; cy++ {
		for cx := math.Floor(b.minX / cell); cx*cell < b.maxX; cx++ {
			lo := [2]float64{math.Max(cx*cell, s.Min[0]), math.Max(cy*cell, s.Min[1])}
			hi := [2]float64{math.Min((cx+1)*cell, s.Max[0]), math.Min((cy+1)*cell, s.Max[1])}
			d.a = append(d.a[:0], d.poly...)
			out, spare := clipBox(d.a, d.b, lo, hi)
			d.a, d.b = out, spare
			area := polygonArea(out)
			if area < sliver {
				continue
			}
			key := [2]int{int(cx), int(cy)}
			if d.cells == nil {
				d.cells = map[[2]int]*flatPieces{}
				d.shift = [2]float64{d.poly[0].u - d.poly[0].x, d.poly[0].v - d.poly[0].y}
				d.merge = true
			}
			for _, v := range out {
				d.merge = d.merge && math.Abs(v.u-v.x-d.shift[0]) < 0.1 && math.Abs(v.v-v.y-d.shift[1]) < 0.1
			}
			if d.cells[key] == nil {
				d.cells[key] = &flatPieces{lo: lo, hi: hi}
			}
			c := d.cells[key]
			c.area += area
			c.polys = append(c.polys, slices.Clone(out))
		}
	}
}

// finishFlat emits the pieces of a patch of level water, cell by cell. A cell that they
// fill is one fan around its middle, with the corners of its neighbours' pieces along its
// sides, so that no seam opens.
func (d *draper) finishFlat() {
	if len(d.cells) == 0 {
		return
	}
	keys := make([][2]int, 0, len(d.cells))
	for k := range d.cells {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[1], b[1]), cmp.Compare(a[0], b[0])) })
	level := *d.patch.Level
	at := func(c corner) (pos, up mgl64.Vec3) {
		lng, lat := d.tile.Plan.Unplan(c.x, c.y)
		p := earth.Place{Lng: lng, Lat: lat, Height: level}
		return d.tile.Frame.Local(p), d.tile.Frame.DirToLocal(p.Up())
	}
	for _, k := range keys {
		c := d.cells[k]
		if !d.merge || !c.full() {
			for _, poly := range c.polys {
				d.emit(poly, at)
			}
			continue
		}
		rim := d.rim(k)
		if len(rim) == 4 {
			d.emit(rim, at)
			continue
		}
		middle := d.metric((c.lo[0]+c.hi[0])/2, (c.lo[1]+c.hi[1])/2)
		for i := range rim {
			d.emit([]corner{middle, rim[i], rim[(i+1)%len(rim)]}, at)
		}
	}
	d.cells = nil
}

// rim is the outline of a full cell: its corners and, along the sides of neighbours that
// are not full, theirs, counter-clockwise. UVs of flat water are plan metres, which is
// what shading takes for it; see cover.SeaPatches.
func (d *draper) rim(k [2]int) []corner {
	c := d.cells[k]
	corners := [4]corner{d.metric(c.lo[0], c.lo[1]), d.metric(c.hi[0], c.lo[1]), d.metric(c.hi[0], c.hi[1]), d.metric(c.lo[0], c.hi[1])}
	out := make([]corner, 0, 8)
	for side, beside := range [4][2]int{{0, -1}, {1, 0}, {0, 1}, {-1, 0}} {
		from, to := corners[side], corners[(side+1)%4]
		out = append(out, from)
		n := d.cells[[2]int{k[0] + beside[0], k[1] + beside[1]}]
		if n == nil || n.full() {
			continue
		}
		var on []corner
		for _, poly := range n.polys {
			for _, p := range poly {
				inX := p.x > c.lo[0] && p.x < c.hi[0] && p.y == from.y && side%2 == 0
				inY := p.y > c.lo[1] && p.y < c.hi[1] && p.x == from.x && side%2 == 1
				if inX || inY {
					on = append(on, d.metric(p.x, p.y))
				}
			}
		}
		far := func(p corner) float64 { return math.Abs(p.x-from.x) + math.Abs(p.y-from.y) }
		slices.SortFunc(on, func(a, b corner) int { return cmp.Compare(far(a), far(b)) })
		last := from
		for _, p := range on {
			if far(p)-far(last) > 1e-3 && far(to)-far(p) > 1e-3 {
				out, last = append(out, p), p
			}
		}
	}
	return out
}

// metric is a corner with the surface coordinates of a patch whose are plan metres but
// for a shift; only such patches are merged.
func (d *draper) metric(x, y float64) corner {
	return corner{x: x, y: y, u: x + d.shift[0], v: y + d.shift[1]}
}

// flatCell is the curvature grid of a square: 250 m, doubled until a side has at most
// 32 cells. A cell's diagonal of 354 m sags 2.5 mm.
func flatCell(s orb.Bound) float64 {
	size := math.Max(s.Max[0]-s.Min[0], s.Max[1]-s.Min[1])
	c := 250.0
	for size/c > 32 {
		c *= 2
	}
	return c
}
