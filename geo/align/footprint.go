package align

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/tiles/glb"
)

// Footprint is the ground that a placed model covers, seen from above: a mask of square
// cells in the plan of the placement's frame.
type Footprint struct {
	p      Placement
	min    orb.Point
	cell   float64
	nx, ny int
	set    []bool
}

// finestCell and cellsAcross say how fine the mask is, in metres and cells.
const (
	finestCell  = 0.25
	cellsAcross = 256
)

// FootprintOf masks the ground under a model's triangles; nil where it has none.
func FootprintOf(m *glb.Model, p Placement) *Footprint {
	lo, hi := orb.Point{math.Inf(1), math.Inf(1)}, orb.Point{math.Inf(-1), math.Inf(-1)}
	plan := make([][]orb.Point, len(m.Parts))
	for i, part := range m.Parts {
		plan[i] = make([]orb.Point, len(part.Positions))
		for k, v := range part.Positions {
			q := p.Apply(mgl64.Vec3{float64(v[0]), float64(v[1]), float64(v[2])})
			plan[i][k] = orb.Point{q[0], q[1]}
			for a := range 2 {
				lo[a], hi[a] = math.Min(lo[a], q[a]), math.Max(hi[a], q[a])
			}
		}
	}
	side := math.Max(hi[0]-lo[0], hi[1]-lo[1])
	if !(side > 0) || side > 1e6 {
		return nil
	}
	f := &Footprint{p: p, cell: math.Max(side/cellsAcross, finestCell)}
	f.min = orb.Point{lo[0] - f.cell, lo[1] - f.cell}
	f.nx, f.ny = int((hi[0]-lo[0])/f.cell)+3, int((hi[1]-lo[1])/f.cell)+3
	f.set = make([]bool, f.nx*f.ny)
	for i, part := range m.Parts {
		for k := 0; k+2 < len(part.Indices); k += 3 {
			f.fill(plan[i][part.Indices[k]], plan[i][part.Indices[k+1]], plan[i][part.Indices[k+2]])
		}
	}
	return f
}

// fill sets the cells whose middle lies in a triangle, or on it to within half a cell.
func (f *Footprint) fill(a, b, c orb.Point) {
	x0, x1 := f.column(min(a[0], b[0], c[0])), f.column(max(a[0], b[0], c[0]))
	y0, y1 := f.row(min(a[1], b[1], c[1])), f.row(max(a[1], b[1], c[1]))
	if (b[0]-a[0])*(c[1]-a[1])-(b[1]-a[1])*(c[0]-a[0]) < 0 {
		b, c = c, b
	}
	inside := func(p, q, m orb.Point) bool {
		dx, dy := q[0]-p[0], q[1]-p[1]
		return dx*(m[1]-p[1])-dy*(m[0]-p[0]) >= -f.cell/2*math.Hypot(dx, dy)
	}
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			m := f.middle(x, y)
			if inside(a, b, m) && inside(b, c, m) && inside(c, a, m) {
				f.set[y*f.nx+x] = true
			}
		}
	}
}

func (f *Footprint) column(x float64) int {
	return min(max(int((x-f.min[0])/f.cell), 0), f.nx-1)
}

func (f *Footprint) row(y float64) int { return min(max(int((y-f.min[1])/f.cell), 0), f.ny-1) }

func (f *Footprint) middle(x, y int) orb.Point {
	return orb.Point{f.min[0] + (float64(x)+0.5)*f.cell, f.min[1] + (float64(y)+0.5)*f.cell}
}

// Polygon is the covered ground in degrees, with corners at the mask's cells.
func (f *Footprint) Polygon() orb.MultiPolygon {
	var sides []orb.LineString
	at := func(x, y int) bool { return x >= 0 && y >= 0 && x < f.nx && y < f.ny && f.set[y*f.nx+x] }
	corner := func(x, y int) orb.Point {
		return orb.Point{f.min[0] + float64(x)*f.cell, f.min[1] + float64(y)*f.cell}
	}
	for y := range f.ny + 1 {
		for x := range f.nx + 1 {
			if at(x, y) != at(x, y-1) {
				sides = append(sides, orb.LineString{corner(x, y), corner(x+1, y)})
			}
			if at(x, y) != at(x-1, y) {
				sides = append(sides, orb.LineString{corner(x, y), corner(x, y+1)})
			}
		}
	}
	if len(sides) == 0 {
		return nil
	}
	found, _ := clean.FromSides(sides, nil, clean.Plan)
	for _, p := range found {
		for _, r := range p {
			for i, q := range r {
				lng, lat := f.p.Frame.Unplan(q[0], q[1])
				r[i] = orb.Point{lng, lat}
			}
		}
	}
	return found
}

// Bound is the box around the covered ground in degrees.
func (f *Footprint) Bound() orb.Bound {
	b := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	w, h := float64(f.nx)*f.cell, float64(f.ny)*f.cell
	for _, d := range [...][2]float64{{0, 0}, {w, 0}, {0, h}, {w, h}} {
		lng, lat := f.p.Frame.Unplan(f.min[0]+d[0], f.min[1]+d[1])
		b = b.Extend(orb.Point{lng, lat})
	}
	return b
}

// samples is the number of places across a feature at which Covered looks.
const samples = 24

// Covered is the share of a feature's ground that the model covers, 0 to 1: of its area,
// or 0 or 1 for a point. Lines are never covered.
func (f *Footprint) Covered(t *geo.Feature) float64 {
	if t.Geometry == nil || !f.Bound().Intersects(t.Geometry.Bound()) {
		return 0
	}
	var polys orb.MultiPolygon
	switch g := t.Geometry.(type) {
	case orb.Point:
		if f.over(f.plan(g)) {
			return 1
		}
		return 0
	case orb.Polygon:
		polys = orb.MultiPolygon{g}
	case orb.MultiPolygon:
		polys = g
	default:
		return 0
	}
	plan := make(orb.MultiPolygon, len(polys))
	for i, p := range polys {
		for _, r := range p {
			ring := make(orb.Ring, len(r))
			for k, q := range r {
				ring[k] = f.plan(q)
			}
			plan[i] = append(plan[i], ring)
		}
	}
	b := plan.Bound()
	all, under := 0, 0
	for i := range samples {
		for k := range samples {
			q := orb.Point{b.Min[0] + (float64(i)+0.5)/samples*(b.Max[0]-b.Min[0]), b.Min[1] + (float64(k)+0.5)/samples*(b.Max[1]-b.Min[1])}
			if !planar.MultiPolygonContains(plan, q) {
				continue
			}
			all++
			if f.over(q) {
				under++
			}
		}
	}
	if all == 0 {
		return 0
	}
	return float64(under) / float64(all)
}

func (f *Footprint) plan(p orb.Point) orb.Point {
	x, y := f.p.Frame.Plan(p[0], p[1])
	return orb.Point{x, y}
}

func (f *Footprint) over(q orb.Point) bool {
	x, y := int(math.Floor((q[0]-f.min[0])/f.cell)), int(math.Floor((q[1]-f.min[1])/f.cell))
	return x >= 0 && y >= 0 && x < f.nx && y < f.ny && f.set[y*f.nx+x]
}

// replacedFrom is the share of a building's ground from which a model replaces it: less
// is a neighbour that the outlines of two sources let overlap.
const replacedFrom = 0.5

// Replaces tells whether a building gives way to the model.
func (f *Footprint) Replaces(t *geo.Feature) bool {
	if t.Tags["building"] == "" && t.Tags["building:part"] == "" && t.Surfaces == nil {
		return false
	}
	return f.Covered(t) >= replacedFrom
}
