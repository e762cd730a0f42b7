package street

import (
	"math"
	"strings"

	"github.com/longtake/longtake/geo"
)

// across lays paint over a piece between two distances along it and two offsets.
func (c *builder) across(i int, lift *profile, s0, s1, left, right float64, code Code) {
	p := &c.pieces[i]
	w := &c.ways[p.way]
	l := look{geo.Road, w.style.color, paintBias, math.Min(s1-s0, 1), w.feature, w.class, false}
	switch code {
	case PaintCode:
		l.color, l.width = paintColor, 0.3
	case Plain:
		l.bias = junctionBias
	}
	trim := c.ends(p, i)[0].trim
	var f sheet
	row := func(s float64, at []pt) {
		f.add(at[1], code.u(-1), p.from+s)
		f.add(at[0], code.u(1), p.from+s)
		if k := uint32(len(f.points)); k > 2 {
			f.tri(k-4, k-2, k-1)
			f.tri(k-4, k-1, k-3)
		}
	}
	ends, _ := c.square(p, trim, s0, left, right)
	row(s0, ends)
	for k := range p.stations {
		if t := &p.stations[k]; t.s+trim > s0+1e-6 && t.s+trim < s1-1e-6 {
			row(t.s+trim, []pt{along(t.p, t.n, w.section.squeezed(t, left)), along(t.p, t.n, w.section.squeezed(t, right))})
		}
	}
	ends, _ = c.square(p, trim, s1, left, right)
	row(s1, ends)
	c.emit(f, l, lift)
}

// arrows paints what turn:lanes says before an end of a piece. Lanes are listed from the
// left as their driver sees them.
func (c *builder) arrows(i int, lift *profile, e int, stop, left, right float64, turns string) {
	p := &c.pieces[i]
	w := &c.ways[p.way]
	lanes := strings.Split(turns, "|")
	if len(lanes) > 12 {
		return
	}
	tip := arrowBack - arrowLength
	if len(c.joined(&c.nodes[p.ends[e]])) < 3 {
		return
	}
	room := stop
	if e == 1 {
		room = p.length - stop
	}
	if p.length-room < arrowBack+arrowLength+4 {
		return
	}
	trim := c.ends(p, i)[0].trim
	for k, lane := range lanes {
		t := (float64(k) + 0.5) / float64(len(lanes))
		o := left + (right-left)*t
		s := stop - tip
		if e == 0 {
			o, s = right+(left-right)*t, stop+tip
		}
		place, d := c.square(p, trim, s, o)
		at := place[0]
		if e == 0 {
			d = neg(d)
		}
		for _, part := range arrow(strings.Split(lane, ";")) {
			var f sheet
			for _, q := range part {
				v := p.from + s + q[0]
				if e == 0 {
					v = p.from + s - q[0]
				}
				f.add(along(along(at, d, q[0]), leftOf(d), q[1]), PaintCode.u(0), v)
			}
			for j := 2; j < len(part); j++ {
				f.tri(0, uint32(j-1), uint32(j))
			}
			c.emit(f, look{geo.Road, paintColor, paintBias, 0.3, w.feature, w.class, false}, lift)
		}
	}
}

// arrow is the shape for a lane's turns as convex parts, metres ahead and to the left of
// the middle of the arrow's tip: a shaft and a head for each direction.
func arrow(turns []string) (parts [][]pt) {
	any := false
	for _, t := range turns {
		var a float64
		switch t {
		case "through":
		case "left":
			a = math.Pi / 2
		case "slight_left", "merge_to_left":
			a = math.Pi / 5
		case "sharp_left":
			a = 2.2
		case "right":
			a = -math.Pi / 2
		case "slight_right", "merge_to_right":
			a = -math.Pi / 5
		case "sharp_right":
			a = -2.2
		default:
			continue
		}
		sn, cs := math.Sincos(a)
		bend := pt{-1.6, 0} // where the head's own shaft leaves
		if a == 0 {
			bend = pt{-1.2, 0}
		}
		d, l := pt{cs, sn}, pt{-sn, cs}
		put := func(x, y float64) pt { return along(along(bend, d, x), l, y) }
		neck := 0.55
		if a == 0 {
			neck = 0
		} else {
			parts = append(parts, []pt{put(0, -0.1), put(neck, -0.1), put(neck, 0.1), put(0, 0.1)})
		}
		parts = append(parts, []pt{put(neck, -0.42), put(neck+1.2, 0), put(neck, 0.42)})
		any = true
		if a == 0 {
			parts = append(parts, []pt{{-1.7, -0.1}, {-1.2, -0.1}, {-1.2, 0.1}, {-1.7, 0.1}})
		}
	}
	if any {
		parts = append(parts, []pt{{-arrowLength, -0.1}, {-1.55, -0.1}, {-1.55, 0.1}, {-arrowLength, 0.1}})
	}
	return parts
}
