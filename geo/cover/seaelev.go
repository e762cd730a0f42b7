package cover

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// SeaFromElevation guesses the sea where no coastline is known: ground at most half a
// metre above sea level, in bodies of at least minArea square metres that reach the
// rectangle's border. Ground that is not known is land. Low land behind dykes is taken
// for sea too, so use it only where Sea has nothing to go by.
func SeaFromElevation(frame earth.Frame, rect orb.Bound, elev geo.Elevation, seaLevel, minArea float64) orb.MultiPolygon {
	w, h := rect.Max[0]-rect.Min[0], rect.Max[1]-rect.Min[1]
	if elev == nil || !(w > 0 && h > 0) {
		return nil
	}
	cell := math.Max(math.Max(w, h)/512, 10)
	nx, ny := max(1, int(math.Round(w/cell))), max(1, int(math.Round(h/cell)))
	in := Input{Frame: frame, Elevation: elev}
	wet := make([]bool, nx*ny)
	for y := range ny {
		for x := range nx {
			p := [2]float64{rect.Min[0] + (float64(x)+0.5)*w/float64(nx), rect.Min[1] + (float64(y)+0.5)*h/float64(ny)}
			g, ok := in.ground(p)
			wet[y*nx+x] = ok && g <= seaLevel+0.5
		}
	}
	keepBodies(wet, nil, nx, ny, int(math.Ceil(minArea/(w/float64(nx)*h/float64(ny)))))
	return bodies(wet, nx, ny, func(c [2]float64) [2]float64 {
		return [2]float64{rect.Min[0] + w*c[0]/float64(nx), rect.Min[1] + h*c[1]/float64(ny)}
	}, func([2]float64) bool { return false })
}

// bodies turns wet cells into polygons. at places a lattice point in plan. Outlines are
// smoothed, as no shore runs in steps: corners are cut twice, except those that fixed
// holds, which must meet other outlines.
func bodies(wet []bool, nx, ny int, at func([2]float64) [2]float64, fixed func([2]float64) bool) orb.MultiPolygon {
	hold := func(c [2]float64) bool {
		return c[0] == 0 || c[1] == 0 || c[0] == float64(nx) || c[1] == float64(ny) || fixed(c)
	}
	var lakes, islands [][][2]float64
	for _, r := range outlines(wet, nx, ny) {
		open := cutCorners(cutCorners(unitSteps(r), hold), hold)
		for i, c := range open {
			open[i] = at(c)
		}
		if area2(open) > 0 {
			lakes = append(lakes, open)
		} else {
			islands = append(islands, open)
		}
	}
	slices.SortStableFunc(lakes, func(a, b [][2]float64) int { return cmp.Compare(area2(a), area2(b)) })
	out := make(orb.MultiPolygon, len(lakes))
	for i, l := range lakes {
		out[i] = orb.Polygon{closedRing(l, true)}
	}
	for _, isl := range islands {
		// A corner of an island may touch the shore: ask for a point just inside it.
		probe := mix(isl[0], isl[1], 0.5)
		for i, l := range lakes {
			if contains([][][2]float64{l}, probe) {
				out[i] = append(out[i], closedRing(isl, false))
				break
			}
		}
	}
	return out
}

// unitSteps gives a ring of lattice points a point at every step of its way.
func unitSteps(r [][2]int) [][2]float64 {
	var out [][2]float64
	for i, a := range r {
		b := r[(i+1)%len(r)]
		n := max(abs(b[0]-a[0]), abs(b[1]-a[1]))
		for k := range n {
			out = append(out, [2]float64{float64(a[0] + (b[0]-a[0])/n*k), float64(a[1] + (b[1]-a[1])/n*k)})
		}
	}
	return out
}

func abs(v int) int { return max(v, -v) }

// cutCorners is a step of Chaikin's algorithm (1974): every corner that is not held gives
// way to points a quarter of the way to its neighbours, and what becomes straight is one
// line. Rings that did not cross do not
// begin to.
func cutCorners(r [][2]float64, hold func([2]float64) bool) [][2]float64 {
	var cut [][2]float64
	for i, p := range r {
		if hold(p) {
			cut = append(cut, p)
			continue
		}
		cut = append(cut, mix(p, r[(i+len(r)-1)%len(r)], 0.25), mix(p, r[(i+1)%len(r)], 0.25))
	}
	out := cut[:0:0]
	for i, p := range cut {
		if hold(p) || math.Abs(cross(cut[(i+len(cut)-1)%len(cut)], p, cut[(i+1)%len(cut)])) > 1e-9 {
			out = append(out, p)
		}
	}
	return out
}

// keepBodies clears the wet bodies (4-neighbours) that hold no seed and are small or
// touch no border. No seeds is nil.
func keepBodies(wet, seed []bool, nx, ny, least int) {
	seen := make([]bool, len(wet))
	for root := range wet {
		if !wet[root] || seen[root] {
			continue
		}
		seen[root] = true
		body, border, seeded := []int{root}, false, false
		for i := 0; i < len(body); i++ {
			seeded = seeded || seed != nil && seed[body[i]]
			x, y := body[i]%nx, body[i]/nx
			for _, d := range [4][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
				u, v := x+d[0], y+d[1]
				if u < 0 || v < 0 || u >= nx || v >= ny {
					border = true
					continue
				}
				if k := v*nx + u; wet[k] && !seen[k] {
					seen[k] = true
					body = append(body, k)
				}
			}
		}
		if !seeded && (!border || len(body) < least) {
			for _, k := range body {
				wet[k] = false
			}
		}
	}
}

// outlines are the rings between wet and dry cells, wet on the left, straight runs
// merged; at a corner where two wet cells only touch they are kept apart.
func outlines(wet []bool, nx, ny int) (rings [][][2]int) {
	at := func(x, y int) bool { return x >= 0 && y >= 0 && x < nx && y < ny && wet[y*nx+x] }
	// The edge that leaves a lattice point east, north, west or south has its left cell wet
	// and its right cell dry.
	step := [4][2]int{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}
	left := [4][2]int{{0, 0}, {-1, 0}, {-1, -1}, {0, -1}}
	right := [4][2]int{{0, -1}, {0, 0}, {-1, 0}, {-1, -1}}
	edge := func(x, y, d int) bool {
		return at(x+left[d][0], y+left[d][1]) && !at(x+right[d][0], y+right[d][1])
	}
	used := make([]uint8, (nx+1)*(ny+1))
	for y := 0; y <= ny; y++ {
		for x := 0; x <= nx; x++ {
			for d := range 4 {
				if !edge(x, y, d) || used[y*(nx+1)+x]&(1<<d) != 0 {
					continue
				}
				var ring [][2]int
				u, v, k, prev := x, y, d, -1
				for used[v*(nx+1)+u]&(1<<k) == 0 {
					used[v*(nx+1)+u] |= 1 << k
					if k != prev {
						ring = append(ring, [2]int{u, v})
					}
					prev = k
					u, v = u+step[k][0], v+step[k][1]
					for _, turn := range [3]int{1, 0, 3} { // left first keeps touching cells apart
						if edge(u, v, (k+turn)%4) {
							k = (k + turn) % 4
							break
						}
					}
				}
				if len(ring) > 3 {
					rings = append(rings, ring)
				}
			}
		}
	}
	return rings
}
