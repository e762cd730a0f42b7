package sample

import "math"

// landmarks are the buildings that give the skyline its face.
func (c *city) landmarks() {
	c.farol(point{-1010, -640})
	c.pier(at(bayRadius+2, 1.15), 1.15+math.Pi, 190, "Cais Norte")
	c.pier(at(bayRadius+2, 2.75), 2.75+math.Pi, 150, "Cais da Alfândega")
	c.market(1.28)
	c.museum(2.2)
	c.pier(at(bayRadius+2, 0.2), 0.2+math.Pi, 120, "Marina")
	c.pontoons(at(bayRadius+2, 0.2), 0.2+math.Pi, 120)
}

// market is a hall round a court on the quay: a multipolygon.
func (c *city) market(phi float64) {
	r := bayRadius + 16.0
	outer := c.osm.area(quad(r-9, r+9, phi-34/r, phi+34/r))
	inner := c.osm.area(quad(r-4, r+4, phi-26/r, phi+26/r))
	c.osm.multi(outer, []int64{inner}, "building", "retail", "height", "9", "name", "Mercado da Ribeira", "building:colour", "#c9b48a", "roof:colour", "#8f4a33")
}

// farol is the lighthouse on the western headland: a tapering round tower with a lantern.
func (c *city) farol(p point) {
	for c.ground.shore(p[0], p[1]) < 30 { // walk inland until it stands on rock
		p[0] -= 15
		p[1] += 10
	}
	c.osm.area(disc(p, 9, 16), "building", "lighthouse", "height", "46", "name", "Farol de Porto Largo")
	for i, s := range []struct{ lo, hi, radius float64 }{{0, 5, 9}, {5, 18, 4.6}, {18, 30, 4.0}, {30, 38, 3.5}} {
		colour := "#f2efe8"
		if i == 2 {
			colour = "#b4412f"
		}
		c.osm.area(disc(p, s.radius, 16), "building:part", "yes", "min_height", metres(s.lo), "height", metres(s.hi), "building:colour", colour)
	}
	c.osm.area(disc(p, 4.2, 16), "building:part", "yes", "min_height", "38", "height", "39", "building:colour", "#55585a")
	c.osm.area(disc(p, 2.4, 12), "building:part", "yes", "min_height", "39", "height", "46", "roof:shape", "dome", "roof:height", "3", "building:colour", "#d9e4e8", "roof:colour", "#b4412f")
}

// pier is a deck into the bay with a footway on it.
func (c *city) pier(from point, phi, length float64, name string) {
	sin, cos := math.Sincos(phi)
	along := func(d, w float64) point { return point{from[0] + d*cos - w*sin, from[1] + d*sin + w*cos} }
	c.osm.area([]point{along(-10, -7), along(length, -7), along(length, 7), along(-10, 7)}, "man_made", "pier", "area", "yes", "name", name)
}

// pontoons float on both sides of a pier, with room for boats between them.
func (c *city) pontoons(from point, phi, length float64) {
	const gap, long = 26.0, 46.0
	sin, cos := math.Sincos(phi)
	along := func(d, w float64) point { return point{from[0] + d*cos - w*sin, from[1] + d*sin + w*cos} }
	for d := gap; d < length; d += gap {
		for _, side := range [2]float64{-1, 1} {
			c.osm.line([]point{along(d, 7*side), along(d, (7+long)*side)}, "man_made", "pier", "floating", "yes", "width", "2.4")
		}
	}
}

// cathedral replaces a block: nave, transept, dome and two bell towers as parts.
func (c *city) cathedral(b block) {
	r, phi := b.center()
	box := func(dr, dt, hr, ht float64) []point {
		return quad(r+dr-hr, r+dr+hr, phi+(dt-ht)/r, phi+(dt+ht)/r)
	}
	c.osm.area(quad(b.r0+8, b.r1-8, b.p0+8/b.r0, b.p1-8/b.r0), "place", "square", "highway", "pedestrian", "area", "yes", "name", "Praça da Sé")
	stone := []string{"building:colour", "#d8cbb0", "roof:colour", "#9c5a3c"}
	part := func(ring []point, t ...string) {
		c.osm.area(ring, append(append([]string{"building:part", "yes"}, stone...), t...)...)
	}
	c.osm.area(box(0, 0, 26, 17), append([]string{"building", "cathedral", "name", "Sé de Porto Largo", "height", "44"}, stone...)...)
	part(box(2, 0, 24, 7.5), "height", "24", "roof:shape", "gabled", "roof:height", "7", "roof:orientation", "along")
	part(box(7, 0, 7.5, 17), "height", "23", "roof:shape", "gabled", "roof:height", "7", "roof:orientation", "along")
	part(disc(at(r+7, phi), 7, 20), "min_height", "18", "height", "44", "roof:shape", "dome", "roof:height", "9", "roof:colour", "#6f8f86")
	for _, side := range []float64{-1, 1} {
		part(box(-23, side*9, 3.4, 3.4), "height", "42", "roof:shape", "pyramidal", "roof:height", "9")
	}
}
