package sample

import "math"

// coast traces the shoreline of the island as closed rings, land on the left, by marching
// squares over the signed shore distance (Lorensen & Cline's method in the plane).
func (c *city) coast() {
	const cell, half = 24.0, 7200.0
	n := int(2 * half / cell)
	field := make([]float64, (n+1)*(n+1))
	for j := range n + 1 {
		for i := range n + 1 {
			field[j*(n+1)+i] = c.ground.shore(-half+cell*float64(i), islandNorth-half+cell*float64(j))
		}
	}
	// Each crossed cell edge leads to the next; edges are numbered 2*node (to the east)
	// and 2*node+1 (to the north).
	next := map[int]int{}
	cross := map[int]point{}
	edge := func(i, j int, north bool) int {
		k, di, dj := 2*(j*(n+1)+i), 1, 0
		if north {
			k, di, dj = k+1, 0, 1
		}
		if _, ok := cross[k]; !ok {
			a, b := field[j*(n+1)+i], field[(j+dj)*(n+1)+i+di]
			t := a / (a - b)
			cross[k] = point{-half + cell*(float64(i)+t*float64(di)), islandNorth - half + cell*(float64(j)+t*float64(dj))}
		}
		return k
	}
	for j := range n {
		for i := range n {
			land := func(di, dj int) bool { return field[(j+dj)*(n+1)+i+di] > 0 }
			corners := [4]bool{land(0, 0), land(1, 0), land(1, 1), land(0, 1)}
			for k := range 4 { // an edge from land to water, going round counter-clockwise, is where the coast leaves the cell… and enters the next
				if !corners[k] || corners[(k+1)%4] {
					continue
				}
				m := (k + 1) % 4
				for !(!corners[m] && corners[(m+1)%4]) {
					m = (m + 1) % 4
				}
				side := func(s int) int {
					switch s {
					case 0:
						return edge(i, j, false)
					case 1:
						return edge(i+1, j, true)
					case 2:
						return edge(i, j+1, false)
					}
					return edge(i, j, true)
				}
				next[side(k)] = side(m)
			}
		}
	}
	for start := range 2 * (n + 1) * (n + 1) { // in order, so that the output is stable
		if _, ok := next[start]; !ok {
			continue
		}
		var ring []point
		for k, ok := start, true; ok; {
			ring = append(ring, cross[k])
			following, more := next[k]
			delete(next, k)
			k, ok = following, more && following != start
		}
		if len(ring) > 12 {
			c.osm.area(smooth(ring), "natural", "coastline")
		}
	}
}

// smooth is one round of corner cutting by averages; it keeps the ring closed.
func smooth(ring []point) []point {
	out := make([]point, len(ring))
	for i, p := range ring {
		a, b := ring[(i+len(ring)-1)%len(ring)], ring[(i+1)%len(ring)]
		out[i] = point{(a[0] + 2*p[0] + b[0]) / 4, (a[1] + 2*p[1] + b[1]) / 4}
	}
	return out
}

// nature covers the hills: forests below the tree line, scrub above, beaches outside.
func (c *city) nature() {
	const cell = 260.0
	for j := -8; j < 40; j++ {
		for i := -24; i < 24; i++ {
			x, y := (float64(i)+c.rnd.between(0.3, 0.7, i, j, 21))*cell, (float64(j)+c.rnd.between(0.3, 0.7, i, j, 22))*cell
			r, phi := polar(x, y)
			h := c.ground.height(x, y)
			built := r < 3500 && phi > phiFrom && h < 230
			if built || c.ground.shore(x, y) < 240 || h < 15 {
				continue
			}
			n := 9
			ring := make([]point, n)
			for k := range ring {
				sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(n))
				radius := c.rnd.between(100, 190, i, j, k, 23)
				ring[k] = point{x + radius*cos, y + radius*sin}
			}
			switch u := c.rnd.unit(i, j, 24); {
			case h > 430:
				c.osm.area(ring, "natural", "scrub")
			case u < 0.62:
				c.osm.area(ring, "natural", "wood", "leaf_type", []string{"broadleaved", "needleleaved", "mixed"}[c.rnd.hash(i, j, 25)%3])
			case u < 0.78:
				c.osm.area(ring, "landuse", "vineyard")
			default:
				c.osm.area(ring, "landuse", "meadow")
			}
		}
	}
}
