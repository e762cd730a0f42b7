package sheet

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/oliverbestmann/earcut-go"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
)

// wide is the extent in degrees from which an area is triangulated by longitude and
// latitude: no tangent plane shows so much of the Earth.
const wide = 25.0

// plane is a polygon in triangles of a plane, with the way back to degrees.
type plane struct {
	xy     []mgl64.Vec2
	tris   []uint32
	rings  [][]uint32 // corners of each ring in xy, open, the outer one counter-clockwise
	degree func(x, y float64) (lng, lat float64)
}

// outlined takes a polygon to the plan of its own middle, or a wide one to a plane of
// longitude and latitude scaled to metres of the equator. Edges longer than step are cut.
func outlined(poly orb.Polygon, step float64) (p plane) {
	if len(poly) == 0 || len(poly[0]) < 4 {
		return
	}
	b := poly.Bound()
	f := earth.FrameAt(earth.Place{Lng: b.Center()[0], Lat: b.Center()[1]})
	to := f.Plan
	p.degree = f.Unplan
	if b.Max[0]-b.Min[0] > wide || b.Max[1]-b.Min[1] > wide {
		const metres = earth.A * math.Pi / 180
		to = func(lng, lat float64) (x, y float64) { return lng * metres, lat * metres }
		p.degree = func(x, y float64) (lng, lat float64) { return x / metres, y / metres }
	}
	for k, r := range poly {
		if len(r) < 4 {
			continue
		}
		var at []uint32
		for _, q := range ring(r, k > 0, to, step) {
			at = append(at, uint32(len(p.xy)))
			p.xy = append(p.xy, q)
		}
		p.rings = append(p.rings, at)
	}
	return p
}

// corners are the rings' own.
func (p *plane) corners() (out [][]mgl64.Vec2) {
	for _, r := range p.rings {
		if len(r) > 0 {
			out = append(out, p.xy[r[0]:int(r[0])+len(r)])
		}
	}
	return out
}

// planar is outlined with its triangles. Earcut numbers the corners as they come, ring by
// ring.
func planar(poly orb.Polygon, step float64) plane {
	p := outlined(poly, step)
	var parts [][]earcut.Point[float64]
	for _, r := range p.corners() {
		var part []earcut.Point[float64]
		for _, q := range r {
			part = append(part, earcut.Point[float64]{X: q[0], Y: q[1]})
		}
		parts = append(parts, part)
	}
	if len(parts) > 0 {
		_, p.tris = earcut.Triangulate(parts[0], parts[1:])
		p.tris = upward(p.xy, p.tris)
	}
	return p
}

// ring is a ring in the plane without its last point, turned the right way.
func ring(r orb.Ring, hole bool, to func(lng, lat float64) (x, y float64), step float64) (out []mgl64.Vec2) {
	var area float64
	at := make([]mgl64.Vec2, len(r))
	for i, q := range r {
		x, y := to(q[0], q[1])
		at[i] = mgl64.Vec2{x, y}
		if i > 0 {
			area += at[i-1][0]*y - x*at[i-1][1]
		}
	}
	if (area < 0) != hole {
		for i, j := 0, len(at)-1; i < j; i, j = i+1, j-1 {
			at[i], at[j] = at[j], at[i]
		}
	}
	for i := 0; i+1 < len(at); i++ {
		a, b := at[i], at[i+1]
		parts := 1
		if l := b.Sub(a).Len(); l > step {
			parts = int(math.Ceil(l / step))
		}
		for k := range parts {
			out = append(out, a.Add(b.Sub(a).Mul(float64(k)/float64(parts))))
		}
	}
	return out
}

// upward turns the triangles so that they face up.
func upward(xy []mgl64.Vec2, tris []uint32) []uint32 {
	for i := 0; i+2 < len(tris); i += 3 {
		a, b, c := xy[tris[i]], xy[tris[i+1]], xy[tris[i+2]]
		if (b[0]-a[0])*(c[1]-a[1])-(b[1]-a[1])*(c[0]-a[0]) < 0 {
			tris[i+1], tris[i+2] = tris[i+2], tris[i+1]
		}
	}
	return tris
}

// refine halves the longest edges until all are shorter than step. Shared edges are
// split at the same point, so no cracks open.
func refine(xy []mgl64.Vec2, tris []uint32, step float64) ([]mgl64.Vec2, []uint32) {
	middle := map[[2]uint32]uint32{}
	split := func(a, b uint32) uint32 {
		key := [2]uint32{min(a, b), max(a, b)}
		if v, ok := middle[key]; ok {
			return v
		}
		xy = append(xy, xy[a].Add(xy[b]).Mul(0.5))
		middle[key] = uint32(len(xy) - 1)
		return middle[key]
	}
	for {
		var next []uint32
		for i := 0; i+2 < len(tris); i += 3 {
			a, b, c := tris[i], tris[i+1], tris[i+2]
			long := func(p, q uint32) bool { return xy[p].Sub(xy[q]).Len() > step }
			next = append(next, splitTriangle(a, b, c, long, split)...)
		}
		if len(next) == len(tris) {
			return xy, next
		}
		tris = next
	}
}

// splitTriangle cuts every long edge in half and triangulates what results, keeping the
// winding.
func splitTriangle(a, b, c uint32, long func(p, q uint32) bool, split func(a, b uint32) uint32) []uint32 {
	ab, bc, ca := long(a, b), long(b, c), long(c, a)
	switch {
	case !ab && !bc && !ca:
		return []uint32{a, b, c}
	case ab && bc && ca:
		x, y, z := split(a, b), split(b, c), split(c, a)
		return []uint32{a, x, z, x, b, y, z, y, c, x, y, z}
	case !ab && (bc || ca): // turn it so that ab is long
		if bc {
			return splitTriangle(b, c, a, long, split)
		}
		return splitTriangle(c, a, b, long, split)
	}
	x := split(a, b)
	switch {
	case bc:
		y := split(b, c)
		return []uint32{a, x, c, x, y, c, x, b, y}
	case ca:
		z := split(c, a)
		return []uint32{a, x, z, x, c, z, x, b, c}
	}
	return []uint32{a, x, c, x, b, c}
}
