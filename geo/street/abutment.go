package street

import "math"

// Figures of abutments.
const (
	abutReach = 30.0 // metres of the ways to a bridge that tell how high its bank is
	abutFall  = 0.15 // the steepest that they fall towards it
)

// abut lifts the ends of bridges that stand in the water or in the valley by a few metres,
// as shores, elevation and roads come from different pictures: ways do not fall to a bridge
// more steeply than abutFall.
func (v *solver) abut() {
	type lift struct {
		vertex int
		h      float64
		near   map[int]float64
	}
	var lifts []lift
	for i, line := range v.line {
		if !v.ways[i].bridge {
			continue
		}
		for _, k := range line {
			n := &v.verts[k]
			if n.bridge || n.h > n.ground {
				continue
			}
			l := lift{k, n.ground, v.within(k, abutReach)}
			for j, d := range l.near {
				if !v.verts[j].bridge {
					l.h = math.Max(l.h, v.verts[j].ground-float64(abutFall*d))
				}
			}
			if l.h > n.ground+raiseLeast {
				lifts = append(lifts, l)
			}
		}
	}
	for _, l := range lifts {
		for j, d := range l.near {
			if n := &v.verts[j]; !n.bridge {
				n.h = math.Max(n.h, l.h-float64(abutFall*d))
			}
		}
	}
}
