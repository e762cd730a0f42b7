package building

import (
	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/roof"
	"github.com/longtake/longtake/geo/earth"
)

// isRoofLine tells whether a feature is a mapped ridge or edge of a roof (the wiki's page
// Simple 3D Buildings: roof:ridge=yes, roof:edge=yes on ways of their own).
func isRoofLine(f *geo.Feature) bool {
	_, line := f.Geometry.(orb.LineString)
	return line && (f.Tags["roof:ridge"] == "yes" || f.Tags["roof:edge"] == "yes")
}

// roofLines are those of the block's lines whose middle lies over a footprint, in its frame.
func roofLines(lines []line, c *candidate) []roof.Line {
	if len(lines) == 0 {
		return nil
	}
	var out []roof.Line
	box := orb.Polygon(c.rings).Bound()
	for _, way := range lines {
		f, l := way.f, way.f.Geometry.(orb.LineString)
		if len(l) < 2 || !way.box.Intersects(box) {
			continue
		}
		frame := earth.FrameAt(earth.Place{Lng: c.lng, Lat: c.lat})
		r := roof.Line{Ridge: f.Tags["roof:ridge"] == "yes"}
		for _, q := range l {
			x, y := frame.Plan(q[0], q[1])
			r.Points = append(r.Points, mgl64.Vec2{x, y})
		}
		k := (len(l) - 1) / 2
		if c.outline.Contains(r.Points[k].Add(r.Points[k+1]).Mul(0.5)) {
			out = append(out, r)
		}
	}
	return out
}

// scaled returns lines multiplied about the origin.
func scaled(lines []roof.Line, k float64) []roof.Line {
	out := make([]roof.Line, len(lines))
	for i, l := range lines {
		out[i].Ridge = l.Ridge
		for _, p := range l.Points {
			out[i].Points = append(out[i].Points, p.Mul(k))
		}
	}
	return out
}
