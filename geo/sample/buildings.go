package sample

import (
	"fmt"
	"math"
	"strconv"
)

// fill puts something on every block: towers, town houses, villas, parks.
func (c *city) fill(blocks []block) {
	for _, b := range blocks {
		r, phi := b.center()
		u := c.rnd.unit(b.k, b.i, 1)
		down := downtown(r, phi)
		switch {
		case b.k > 0 && u < 0.055 || c.park(b):
			c.parkBlock(b)
		case down > 0.25 && c.rnd.unit(b.k, b.i, 2) < 0.35+0.6*down:
			c.towerBlock(b.inset(11), down)
		case r < bayRadius+900 && b.k%9 != 8:
			c.townBlock(b.inset(8), 7-3*smoothstep(bayRadius, bayRadius+900, r))
		default:
			c.villaBlock(b.inset(8))
		}
	}
}

// park marks the botanical garden, four blocks together.
func (c *city) park(b block) bool {
	_, phi := b.center()
	return (b.k == 3 || b.k == 4) && math.Abs(phi-0.95) < 0.14
}

func (c *city) parkBlock(b block) {
	in := b.inset(6)
	ring := quad(in.r0, in.r1, in.p0, in.p1)
	c.osm.area(ring, "leisure", "park", "name", fmt.Sprintf("Jardim %d-%d", b.k+1, b.i+1))
	grove := b.inset(13)
	mid := (grove.r0 + grove.r1) / 2
	c.osm.area(quad(grove.r0, mid-4, grove.p0, grove.p1), "natural", "wood", "leaf_type", "broadleaved")
	c.osm.line([]point{at(in.r0, (in.p0+in.p1)/2), at(in.r1, (in.p0+in.p1)/2)}, "highway", "footway")
	c.osm.line([]point{at(mid, in.p0), at(mid, in.p1)}, "highway", "footway")
	c.osm.area(disc(at(mid+14, (in.p0*0.7+in.p1*0.3)), 7, 16), "natural", "water", "water", "pond")
}

// disc is a regular polygon.
func disc(center point, radius float64, n int) []point {
	out := make([]point, n)
	for i := range out {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		out[i] = point{center[0] + float64(radius*cos), center[1] + float64(radius*sin)}
	}
	return out
}

func metres(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'g', -1, 64) }

// towerBlock is a podium with one or two towers as building parts.
func (c *city) towerBlock(b block, down float64) {
	podium := 8 + 4*math.Floor(c.rnd.unit(b.k, b.i, 3)*4)
	name := fmt.Sprintf("Torre %d-%d", b.k+1, b.i+1)
	c.osm.area(quad(b.r0, b.r1, b.p0, b.p1), "building", "office", "height", metres(podium), "name", name)
	c.osm.area(quad(b.r0, b.r1, b.p0, b.p1), "building:part", "yes", "height", metres(podium), "building:levels", metres(podium/4))
	n := 1 + int(c.rnd.unit(b.k, b.i, 4)*2)
	for t := range n {
		f0, f1 := (float64(t)+0.1)/float64(n), (float64(t)+0.9)/float64(n)
		p0, p1 := b.p0+(b.p1-b.p0)*f0, b.p0+(b.p1-b.p0)*f1
		h := podium + (35+c.rnd.between(0, 150, b.k, b.i, t, 5)*down*down)*(1-0.25*float64(t))
		c.tower(b, t, (b.r0+b.r1)/2, (p0+p1)/2, math.Min((b.r1-b.r0)*0.42, 24), math.Min((p1-p0)*b.r0*0.42, 26), podium, h)
	}
}

// tower stacks two or three parts with setbacks; some end in a pyramid or a dome.
func (c *city) tower(b block, t int, r, phi, depth, width, from, h float64) {
	kind := int(c.rnd.unit(b.k, b.i, t, 6) * 4)
	facade := []string{"#7d8a94", "#a8b0b2", "#5f7180", "#b7aa98", "#8c7f74", "#93a3a8"}[c.rnd.hash(b.k, b.i, t, 7)%6]
	part := func(scale, lo, hi float64, extra ...string) {
		ring := quad(r-depth*scale, r+depth*scale, phi-width*scale/r, phi+width*scale/r)
		if kind == 1 {
			ring = disc(at(r, phi), math.Min(depth, width)*scale, 12)
		}
		c.osm.area(ring, append([]string{"building:part", "yes", "min_height", metres(lo), "height", metres(hi), "building:colour", facade}, extra...)...)
	}
	switch kind {
	case 0: // a plain slab
		part(1, from, h)
		part(0.45, h, h+5, "building:colour", "#777a7c")
	case 1: // a round tower with a crown
		part(1, from, h*0.86)
		part(0.82, h*0.86, h+14, "roof:shape", "dome", "roof:height", "9")
	case 2: // setbacks
		part(1, from, h*0.55)
		part(0.8, h*0.55, h*0.82)
		part(0.6, h*0.82, h)
	default: // a spire
		part(0.92, from, h*0.8)
		part(0.66, h*0.8, h+18, "roof:shape", "pyramidal", "roof:height", "18")
	}
}

// townBlock is a perimeter of town houses round a green court.
func (c *city) townBlock(b block, levels float64) {
	depth := math.Min(15, (b.r1-b.r0)*0.3)
	for side := range 2 {
		r0, r1 := b.r0, b.r0+depth
		if side == 1 {
			r0, r1 = b.r1-depth, b.r1
		}
		n := max(2, int((b.p1-b.p0)*r0/19))
		for i := range n {
			p0, p1 := b.p0+(b.p1-b.p0)*float64(i)/float64(n), b.p0+(b.p1-b.p0)*float64(i+1)/float64(n)
			l := math.Max(2, math.Round(levels+c.rnd.between(-1.6, 1.6, b.k, b.i, side, i)))
			tags := []string{"building", "apartments", "building:levels", metres(l)}
			switch v := c.rnd.unit(b.k, b.i, side, i, 1); {
			case v < 0.45:
				tags = append(tags, "roof:shape", "gabled", "roof:orientation", "along", "roof:levels", "1")
			case v < 0.62:
				tags = append(tags, "roof:shape", "hipped", "roof:height", "4")
			}
			c.osm.area(quad(r0, r1, p0, p1), tags...)
		}
	}
	in := depth + 4
	c.osm.area(quad(b.r0+in, b.r1-in, b.p0+6/b.r0, b.p1-6/b.r0), "landuse", "grass")
	mid := (b.r0 + b.r1) / 2
	n := max(1, int((b.p1-b.p0)*mid/24))
	for i := range n {
		phi := b.p0 + (b.p1-b.p0)*(float64(i)+0.5)/float64(n)
		c.osm.poi(at(mid+c.rnd.between(-5, 5, b.k, b.i, i, 8), phi), "natural", "tree")
	}
}

// villaBlock is two rows of houses with gardens.
func (c *city) villaBlock(b block) {
	c.osm.area(quad(b.r0, b.r1, b.p0, b.p1), "leisure", "garden")
	half := (b.r1 - b.r0) / 2
	n := max(2, int((b.p1-b.p0)*b.r0/26))
	for row := range 2 {
		for i := range n {
			if c.rnd.unit(b.k, b.i, row, i, 9) < 0.14 {
				continue
			}
			w := (b.p1 - b.p0) / float64(n)
			phi := b.p0 + w*(float64(i)+c.rnd.between(0.42, 0.58, b.k, b.i, row, i, 10))
			r := b.r0 + half*(float64(row)+c.rnd.between(0.42, 0.58, b.k, b.i, row, i, 11))
			wide, deep := c.rnd.between(0.5, 0.74, b.k, b.i, row, i, 12)*w*r/2, c.rnd.between(4.5, 7, b.k, b.i, row, i, 13)
			ring := quad(r-deep, r+deep, phi-wide/r, phi+wide/r)
			if c.rnd.unit(b.k, b.i, row, i, 14) < 0.3 { // an L
				ring = []point{at(r-deep, phi-wide/r), at(r+deep*1.3, phi-wide/r), at(r+deep*1.3, phi), at(r+deep*0.2, phi), at(r+deep*0.2, phi+wide/r), at(r-deep, phi+wide/r)}
			}
			shape := []string{"gabled", "hipped", "hipped", "gabled", "skillion", "pyramidal"}[c.rnd.hash(b.k, b.i, row, i, 15)%6]
			c.osm.area(ring, "building", "house", "building:levels", metres(1+math.Floor(c.rnd.unit(b.k, b.i, row, i, 16)*2.4)), "roof:shape", shape, "roof:angle", "30")
			if c.rnd.unit(b.k, b.i, row, i, 17) < 0.8 {
				c.osm.poi(at(r+deep+3.5, phi+w*0.42), "natural", "tree")
			}
		}
	}
}
