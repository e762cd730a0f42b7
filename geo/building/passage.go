package building

import (
	"cmp"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/earth"
)

// passage is a way that leads through a building (tunnel=building_passage).
type passage struct {
	way        []mgl64.Vec2 // metres of the building's frame at height 0
	degrees    []orb.Point
	wide, high float64 // metres of the opening
	exact      bool    // high is tagged
}

const (
	lintel    = 0.45 // metres of wall that stay above an opening
	leastPass = 1.2  // metres: an opening is not made narrower than this
	leastHead = 1.9  // metres: or lower
	reachPass = 1.0  // metres that a way is carried on at its ends, which often lie on the walls
)

// passSize is the width and height in metres of an opening: what is tagged, or else what
// is usual for the class of the way (estimates).
func passSize(tags map[string]string) (wide, high float64, exact bool) {
	wide, high = 4, 4
	switch tags["highway"] {
	case "footway", "path", "steps", "corridor", "cycleway", "pedestrian":
		wide, high = 2.6, 3.2
	case "residential", "unclassified", "living_street":
		wide = 5.5
	case "tertiary", "secondary", "primary", "trunk", "motorway":
		wide, high = 8, 4.8
	}
	if w, ok := clean.Length(tags["width"]); ok && w >= leastPass && w < 30 {
		wide = w
	}
	if h, ok := clean.Length(tags["maxheight"]); ok && h >= leastHead && h < 15 {
		high, exact = h+0.2, true
	}
	return wide, high, exact
}

// isPassage tells whether a feature is a way through a building.
func isPassage(f *geo.Feature) bool {
	_, line := f.Geometry.(orb.LineString)
	return line && f.Tags["tunnel"] == "building_passage"
}

// passages are those of a block's ways that come near a footprint, in its frame.
func passages(ways []line, c *candidate) []passage {
	if len(ways) == 0 {
		return nil
	}
	var out []passage
	frame := earth.FrameAt(earth.Place{Lng: c.lng, Lat: c.lat})
	box := orb.Polygon(c.rings).Bound()
	for _, way := range ways {
		if !way.box.Intersects(box) {
			continue
		}
		f, l := way.f, way.f.Geometry.(orb.LineString)
		p := passage{degrees: l}
		p.wide, p.high, p.exact = passSize(f.Tags)
		for _, q := range l {
			x, y := frame.Plan(q[0], q[1])
			if v := (mgl64.Vec2{x, y}); len(p.way) == 0 || v.Sub(p.way[len(p.way)-1]).Len() > 0.01 {
				p.way = append(p.way, v)
			}
		}
		if len(p.way) >= 2 {
			out = append(out, p)
		}
	}
	return out
}

// gap is an opening in a wall, from the ground up: its two ends, and their metres from
// the wall's start.
type gap struct {
	p, q     mgl64.Vec2
	from, to float64
	high     float64
}

// gapsOf are the openings in an edge's wall, in order.
func (y *body) gapsOf(edge int) []gap {
	var out []gap
	for i := range y.cuts {
		for k, e := range y.cuts[i].edges {
			if e == edge {
				out = append(out, y.cuts[i].gaps[k])
			}
		}
	}
	slices.SortFunc(out, func(a, b gap) int { return cmp.Compare(a.from, b.from) })
	return out
}

// tunnel adds the walls and the ceiling of the passages.
func (y *body) tunnel(s *shell) {
	for i := range y.cuts {
		b := &y.cuts[i]
		p := s.patch(geo.Wall)
		side := func(from, to mgl64.Vec2) {
			l := to.Sub(from).Len()
			n := outline.Left(outline.Unit(to.Sub(from))).Mul(-1).Vec3(0)
			v := func(q mgl64.Vec2, x, z float64) vertex {
				return vertex{p: q.Vec3(z), n: n, uv: mgl64.Vec2{x, z}, colour: y.look.wall}
			}
			p.quad([4]vertex{v(from, 0, y.bottom), v(to, l, y.bottom), v(to, l, b.high), v(from, 0, b.high)})
		}
		for k := 1; k < len(b.left); k++ {
			side(b.left[k-1], b.left[k])
			side(b.right[k], b.right[k-1])
		}
		ring := slices.Clone(outline.Ring(b.right))
		for _, q := range slices.Backward(b.left) {
			ring = append(ring, q)
		}
		tris, err := outline.Outline{ring}.Triangulate()
		if err != nil {
			continue
		}
		p = s.patch(geo.Concrete)
		n := len(p.vertices)
		for _, q := range ring {
			p.vertices = append(p.vertices, vertex{p: q.Vec3(b.high), n: mgl64.Vec3{0, 0, -1}, uv: q, colour: y.look.wall})
		}
		for _, t := range tris {
			p.tris = append(p.tris, [3]int{n + t[0], n + t[2], n + t[1]})
		}
	}
}
