package sample

import (
	"fmt"
	"math"
)

// streets draws the arcs and rays of the street net where they border a block, the
// promenade along the quay and a road into the mountains.
func (c *city) streets(blocks []block) {
	used := map[[3]int]bool{} // arc (0, k, i at its finest step) or ray (1, k, i)
	finest := 2 * math.Pi / 192
	for _, b := range blocks {
		n := int(math.Round((b.p1 - b.p0) / finest))
		first := int(math.Round((b.p0 - phiFrom) / finest))
		for j := range n {
			used[[3]int{0, b.k, first + j}] = true
			used[[3]int{0, b.k + 1, first + j}] = true
		}
		used[[3]int{1, b.k, first}] = true
		used[[3]int{1, b.k, first + n}] = true
	}
	last := int(math.Round((phiTo - phiFrom) / finest))
	for k := 0; k <= len(c.bands); k++ {
		c.runs(last, func(i int) bool { return used[[3]int{0, k, i}] }, func(i0, i1 int) {
			var line []point
			for i := 2 * i0; i <= 2*i1; i++ { // half steps keep the arc round
				line = append(line, at(c.arcRadius(k), phiFrom+float64(i)*finest/2))
			}
			class, lanes := "residential", "2"
			switch {
			case k == 0:
				class, lanes = "primary", "4"
			case k%4 == 0:
				class, lanes = "secondary", "2"
			case k%2 == 0:
				class = "tertiary"
			}
			c.osm.line(line, "highway", class, "lanes", lanes, "name", fmt.Sprintf("Arco %d", k+1))
		})
	}
	for i := 0; i <= last; i++ {
		c.runs(len(c.bands), func(k int) bool { return used[[3]int{1, k, i}] }, func(k0, k1 int) {
			var line []point
			for k := k0; k <= k1; k++ {
				line = append(line, at(c.arcRadius(k), phiFrom+float64(i)*finest))
			}
			class := "residential"
			if i%16 == 8 {
				class = "secondary"
			}
			c.osm.line(line, "highway", class, "name", fmt.Sprintf("Rua %d", i+1))
		})
	}
	c.promenade(last, finest)
	c.mountainRoad()
}

func (c *city) arcRadius(k int) float64 {
	if k < len(c.bands) {
		return c.bands[k].r0
	}
	return c.bands[k-1].r1
}

// runs calls each for the maximal runs [i0, i1) of 0..n-1 where in holds; i1 is the end.
func (c *city) runs(n int, in func(int) bool, each func(i0, i1 int)) {
	for i := 0; i < n; i++ {
		if !in(i) {
			continue
		}
		j := i
		for j < n && in(j) {
			j++
		}
		each(i, j)
		i = j
	}
}

// promenade is the paved quay with its row of palms.
func (c *city) promenade(last int, step float64) {
	inner, outer := bayRadius+1.0, bayRadius+27.0
	ok := func(i int) bool {
		return c.ground.shore(at(outer, phiFrom+float64(i)*step)[0], at(outer, phiFrom+float64(i)*step)[1]) > 10
	}
	c.runs(last, ok, func(i0, i1 int) {
		var ring, back, walk []point
		for i := 2 * i0; i <= 2*i1; i++ {
			phi := phiFrom + float64(i)*step/2
			ring = append(ring, at(inner, phi))
			back = append(back, at(outer, phi))
			walk = append(walk, at(bayRadius+16, phi))
		}
		if len(ring) < 3 {
			return
		}
		for i := len(back) - 1; i >= 0; i-- {
			ring = append(ring, back[i])
		}
		c.osm.area(ring, "highway", "pedestrian", "area", "yes", "surface", "paving_stones", "name", "Passeio da Baía")
		c.osm.line(walk, "natural", "tree_row", "leaf_type", "palm", "height", "9")
	})
}

// mountainRoad winds from the last arc to a viewpoint.
func (c *city) mountainRoad() {
	var line []point
	for i := range 120 {
		t := float64(i) / 119
		y := 2200 + 2100*t
		x := 250 + 260*math.Sin(t*14)*(0.4+t) - 500*t
		if p := (point{x, y}); c.ground.shore(p[0], p[1]) > 30 {
			line = append(line, p)
		}
	}
	c.osm.line(line, "highway", "tertiary", "name", "Estrada do Miradouro")
}
