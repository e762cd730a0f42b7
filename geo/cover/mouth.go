package cover

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain"
)

// Mouths are a feature as areas in plan, where it is water in the open: a lake or a river, or
// the stretches of a line as wide as it is. Where they meet the sea there is no bank across.
func Mouths(frame earth.Frame, f *geo.Feature) (out []terrain.Mouth) {
	if underground(f.Tags) || tunnel(f.Tags) {
		return nil
	}
	if class, _, still := waterKind(f.Tags); class != "" && class != "leisure=swimming_pool" {
		for _, poly := range geo.Polygons(f.Geometry) {
			var p orb.Polygon
			for _, r := range poly {
				q := make(orb.Ring, len(r))
				for i, v := range r {
					q[i][0], q[i][1] = frame.Plan(v[0], v[1])
				}
				p = append(p, q)
			}
			out = append(out, terrain.Mouth{Area: p, Flows: !still})
		}
		return out
	}
	w, drawn := streamWidths[f.Tags["waterway"]]
	if !drawn {
		return nil
	}
	if tagged, ok := clean.Length(f.Tags["width"]); ok && tagged > 0.1 && tagged < 500 {
		w = tagged
	}
	for _, ls := range linesOf(f.Geometry) {
		for i := 1; i < len(ls); i++ {
			ax, ay := frame.Plan(ls[i-1][0], ls[i-1][1])
			bx, by := frame.Plan(ls[i][0], ls[i][1])
			l := math.Hypot(bx-ax, by-ay)
			if !(l > 1e-3) {
				continue
			}
			dx, dy := (bx-ax)/l*w/2, (by-ay)/l*w/2 // each stretch reaches half its width past its ends
			a, b := orb.Point{ax - dx, ay - dy}, orb.Point{bx + dx, by + dy}
			area := orb.Polygon{{{a[0] + dy, a[1] - dx}, {b[0] + dy, b[1] - dx}, {b[0] - dy, b[1] + dx}, {a[0] - dy, a[1] + dx}, {a[0] + dy, a[1] - dx}}}
			out = append(out, terrain.Mouth{Area: area, Flows: true})
		}
	}
	return out
}
