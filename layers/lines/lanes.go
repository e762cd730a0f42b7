package lines

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
)

// course is a route's line in a plan of metres, divided into even steps.
type course struct {
	row, route int
	at         []mgl64.Vec2
}

// lane is where a course lies among those of its way.
type lane struct {
	place  float64 // of lanes to the right of the middle: -0.5 is the left one of two
	centre float64 // metres to the right to the middle of the first route that shares the way
}

// lanes finds, for each point of each course, which routes share its way: those with a point
// within near whose direction is the same or the opposite one. They lie beside each other in
// the order of their routes, seen along the first of them, whichever way each goes.
func lanes(all []course, near float64) [][]lane {
	type spot struct{ course, at int }
	grid := map[[2]int][]spot{}
	cell := func(p mgl64.Vec2) [2]int { return [2]int{int(math.Floor(p[0] / near)), int(math.Floor(p[1] / near))} }
	for i, c := range all {
		for k, p := range c.at {
			grid[cell(p)] = append(grid[cell(p)], spot{i, k})
		}
	}
	out := make([][]lane, len(all))
	for i, c := range all {
		out[i] = make([]lane, len(c.at))
		for k, p := range c.at {
			dir := c.dir(k)
			best := map[int]spot{} // nearest point of each route
			dist := map[int]float64{}
			q := cell(p)
			for x := -1; x <= 1; x++ {
				for y := -1; y <= 1; y++ {
					for _, s := range grid[[2]int{q[0] + x, q[1] + y}] {
						o := &all[s.course]
						d := o.at[s.at].Sub(p).Len()
						if d > near || math.Abs(o.dir(s.at).Dot(dir)) < 0.8 {
							continue
						}
						if was, ok := dist[o.route]; !ok || d < was {
							best[o.route], dist[o.route] = s, d
						}
					}
				}
			}
			routes := make([]int, 0, len(best))
			for r := range best {
				routes = append(routes, r)
			}
			slices.Sort(routes)
			first := best[routes[0]]
			lead := all[first.course].dir(first.at)
			turned := 1.0
			if lead.Dot(dir) < 0 {
				turned = -1
			}
			right := mgl64.Vec2{dir[1], -dir[0]}
			own, _ := slices.BinarySearch(routes, c.route)
			out[i][k] = lane{turned * (float64(own) - float64(len(routes)-1)/2), all[first.course].at[first.at].Sub(p).Dot(right)}
		}
		out[i] = eased(out[i])
	}
	return out
}

// dir is the direction at a point.
func (c *course) dir(k int) mgl64.Vec2 {
	d := c.at[min(k+1, len(c.at)-1)].Sub(c.at[max(k-1, 0)])
	if d.Len() < 1e-9 {
		return mgl64.Vec2{1, 0}
	}
	return d.Normalize()
}

// eased lets lanes change over some steps rather than at once: two running means.
func eased(l []lane) []lane {
	const reach = 4
	for range 2 {
		out := make([]lane, len(l))
		for i := range l {
			n := 0.0
			for k := max(i-reach, 0); k <= min(i+reach, len(l)-1); k++ {
				out[i].place += l[k].place
				out[i].centre += l[k].centre
				n++
			}
			out[i].place /= n
			out[i].centre /= n
		}
		l = out
	}
	return l
}
