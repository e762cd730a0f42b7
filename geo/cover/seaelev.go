package cover

import (
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
	keepBodies(wet, nx, ny, int(math.Ceil(minArea/(w/float64(nx)*h/float64(ny)))))
	var lakes, islands [][][2]float64
	for _, r := range outlines(wet, nx, ny) {
		open := make([][2]float64, len(r))
		for i, c := range r {
			open[i] = [2]float64{rect.Min[0] + w*float64(c[0])/float64(nx), rect.Min[1] + h*float64(c[1])/float64(ny)}
		}
		if area2(open) > 0 {
			lakes = append(lakes, open)
		} else {
			islands = append(islands, open)
		}
	}
	slices.SortStableFunc(lakes, func(a, b [][2]float64) int { return int(math.Copysign(1, area2(a)-area2(b))) })
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

// keepBodies clears the wet bodies that are small or touch no border (4-neighbours).
func keepBodies(wet []bool, nx, ny, least int) {
	seen := make([]bool, len(wet))
	for root := range wet {
		if !wet[root] || seen[root] {
			continue
		}
		seen[root] = true
		body, border := []int{root}, false
		for i := 0; i < len(body); i++ {
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
		if !border || len(body) < least {
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
