package building

import (
	"math"
	"sort"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/earth"
)

// rest is what an outline's parts leave of it: without those that stand on the ground, as
// pieces of some width. ok is false where they take nothing away, or it cannot be told.
func rest(cs []candidate, owner int, kids []int, plan earth.Frame) (pieces []candidate, ok bool) {
	c := &cs[owner]
	var under []orb.Polygon
	quiet := geo.NewReport()
	for _, k := range kids {
		p := &cs[k]
		if m := measure(p.f.Tags, quiet); zero(m.bottom) == 0 && zero(m.minLevel) == 0 && !ruleOf(p.class, p.lng, p.lat).canopy {
			under = append(under, orb.Polygon(p.rings))
		}
	}
	covered, _ := clean.Union(under, clean.Degrees)
	lines := func(ps ...orb.Polygon) (out []orb.LineString) {
		for _, p := range ps {
			for _, r := range p {
				out = append(out, orb.LineString(r))
			}
		}
		return out
	}
	if len(covered) == 0 {
		return nil, false
	}
	left, _ := clean.FromSides(lines(orb.Polygon(c.rings)), lines(covered...), clean.Degrees)
	for _, p := range left {
		q, err := candidateOf(c.f, p, c.lng, c.lat, plan, new(workroom))
		if err != nil || 2*q.area < narrow*q.outline[0].Perimeter() {
			continue
		}
		q.mine, q.class, q.owner, q.site = c.mine, c.class, -1, c.rings
		pieces = append(pieces, q)
	}
	return pieces, len(pieces) > 0
}

// narrow is the width in metres of slivers between an outline and its parts.
const narrow = 0.8

// partCover is the share of an outline that its parts must cover to replace it, as in
// streets-gl; Simple 3D Buildings asks for all of it, mappers miss slivers.
const partCover = 0.9

// cell is a square of a plan grid.
type cell [2]int32

const partCell = 64.0

func cellOf(p mgl64.Vec2, size float64) cell {
	return cell{int32(math.Floor(p[0] / size)), int32(math.Floor(p[1] / size))}
}

func bounds(r outline.Ring) (lo, hi mgl64.Vec2) {
	lo, hi = r[0], r[0]
	for _, p := range r {
		lo = mgl64.Vec2{math.Min(lo[0], p[0]), math.Min(lo[1], p[1])}
		hi = mgl64.Vec2{math.Max(hi[0], p[0]), math.Max(hi[1], p[1])}
	}
	return lo, hi
}

// adopt finds the outline of every part, and drops outlines that their parts replace.
func adopt(cs []candidate, survey *Survey, plan earth.Frame, report *geo.Report) {
	parts := false
	for i := range cs {
		parts = parts || cs[i].part && !cs[i].dropped
	}
	if !parts {
		return
	}
	grid := map[cell][]int{}
	for i := range cs {
		c := &cs[i]
		if c.dropped || c.part {
			continue
		}
		lo, hi := bounds(c.plan[0])
		a, b := cellOf(lo, partCell), cellOf(hi, partCell)
		for x := a[0]; x <= b[0]; x++ {
			for y := a[1]; y <= b[1]; y++ {
				grid[cell{x, y}] = append(grid[cell{x, y}], i)
			}
		}
	}
	children := map[int][]int{}
	for i := range cs {
		c := &cs[i]
		if c.dropped || !c.part {
			continue
		}
		// The outline around it: the one that a relation names, or else the smallest.
		p, id := inside(c.plan), c.f.Tags[RelationTag]
		named := false
		for _, j := range grid[cellOf(p, partCell)] {
			o := &cs[j]
			same := id != "" && o.f.Tags[RelationTag] == id
			if o.plan.Contains(p) && (c.owner < 0 || same && !named || same == named && o.area < cs[c.owner].area) {
				c.owner, named = j, same
			}
		}
		if id != "" && !named {
			if c.foreign = survey.outlines[id]; c.foreign != nil {
				c.owner = -1
			}
		}
		if c.owner >= 0 {
			children[c.owner] = append(children[c.owner], i)
		}
	}
	for i := range cs {
		kids := children[i]
		if len(kids) == 0 {
			continue
		}
		if cover(cs, i, kids) >= partCover {
			cs[i].dropped = true
			if cs[i].mine {
				report.Note("outline replaced by its parts")
			}
		} else if cs[i].mine {
			if pieces, ok := rest(cs, i, kids, plan); ok {
				cs[i].pieces = pieces
				report.Note("outline built where its parts leave room")
			}
		}
	}
}

// inside is a point of an outline's interior: the centroid, or else the middle of the
// longest stretch of a line through the box.
func inside(o outline.Outline) mgl64.Vec2 {
	if c := o[0].Centroid(); o.Contains(c) {
		return c
	}
	lo, hi := bounds(o[0])
	best, at := 0.0, o[0][0]
	for k := 1; k < 16; k++ {
		y := lo[1] + (hi[1]-lo[1])*float64(k)/16
		for _, s := range stretches(o, y, nil) {
			if l := s[1] - s[0]; l > best {
				best, at = l, mgl64.Vec2{(s[0] + s[1]) / 2, y}
			}
		}
	}
	return at
}

// stretches appends the intervals of the horizontal line at y that lie in an outline.
func stretches(o outline.Outline, y float64, out [][2]float64) [][2]float64 {
	var xs []float64
	for _, r := range o {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			if (a[1] > y) != (b[1] > y) {
				xs = append(xs, a[0]+(b[0]-a[0])*(y-a[1])/(b[1]-a[1]))
			}
		}
	}
	sort.Float64s(xs)
	for i := 0; i+1 < len(xs); i += 2 {
		out = append(out, [2]float64{xs[i], xs[i+1]})
	}
	return out
}

// cover is the share of an outline's area that its parts cover together, measured along
// 96 lines.
func cover(cs []candidate, owner int, kids []int) float64 {
	const lines = 96
	o := cs[owner].plan
	lo, hi := bounds(o[0])
	all, hit := 0.0, 0.0
	for k := range lines {
		y := lo[1] + (hi[1]-lo[1])*(float64(k)+0.5)/lines
		var under [][2]float64
		for _, i := range kids {
			under = stretches(cs[i].plan, y, under)
		}
		under = union(under)
		for _, s := range stretches(o, y, nil) {
			all += s[1] - s[0]
			for _, u := range under {
				hit += math.Max(0, math.Min(s[1], u[1])-math.Max(s[0], u[0]))
			}
		}
	}
	if all == 0 {
		return 0
	}
	return hit / all
}

// union merges overlapping intervals.
func union(s [][2]float64) [][2]float64 {
	sort.Slice(s, func(i, j int) bool { return s[i][0] < s[j][0] })
	var out [][2]float64
	for _, v := range s {
		if n := len(out); n > 0 && v[0] <= out[n-1][1] {
			out[n-1][1] = math.Max(out[n-1][1], v[1])
		} else {
			out = append(out, v)
		}
	}
	return out
}
