package cover

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// section is a cross-section of a deck: its middle, the offset to its left edge and its
// height.
type section struct {
	mid, off [2]float64
	h, along float64
}

// build makes the deck of one bridge way: the way's own surface on top and a concrete
// body below it.
func (d *decks) build(i int, layer string) []Solid {
	w := &d.net.ways[i]
	secs := d.sections(i)
	if len(secs) < 2 {
		return nil
	}
	d.built++
	top := Solid{Layer: layer, Material: w.style.material, Feature: w.feature, Class: w.class, Bias: w.style.bias}
	body := Solid{Layer: layer, Material: geo.Concrete, Feature: w.feature, Class: w.class}
	for k := 1; k < len(secs); k++ {
		a, b := secs[k-1], secs[k]
		al, ar, bl, br := a.edge(1, 0), a.edge(-1, 0), b.edge(1, 0), b.edge(-1, 0)
		top.quad([4][3]float64{ar, br, bl, al}, w.style.color,
			[4][2]float32{{-1, float32(a.along)}, {-1, float32(b.along)}, {1, float32(b.along)}, {1, float32(a.along)}})
		low := func(q [3]float64) [3]float64 { q[2] -= deckThickness; return q }
		body.quad([4][3]float64{low(ar), low(br), br, ar}, concreteColor, metresQuad(a, b, deckThickness))
		body.quad([4][3]float64{low(bl), low(al), al, bl}, concreteColor, metresQuad(a, b, deckThickness))
		body.quad([4][3]float64{low(al), low(bl), low(br), low(ar)}, concreteColor, metresQuad(a, b, w.width))
	}
	first, last := secs[0], secs[len(secs)-1]
	for _, end := range [2]struct {
		s    section
		l, r float64
	}{{first, 1, -1}, {last, -1, 1}} {
		l, r := end.s.edge(end.l, 0), end.s.edge(end.r, 0)
		ll, lr := end.s.edge(end.l, -deckThickness), end.s.edge(end.r, -deckThickness)
		body.quad([4][3]float64{ll, lr, r, l}, concreteColor, metresQuad(end.s, end.s, deckThickness))
	}
	if w.width >= 3 {
		d.piers(&body, secs, w.width)
	}
	return []Solid{top, body}
}

func metresQuad(a, b section, height float64) [4][2]float32 {
	u, v, h := float32(a.along), float32(b.along), float32(height)
	return [4][2]float32{{u, 0}, {v, 0}, {v, h}, {u, h}}
}

func (s section) edge(side, dz float64) [3]float64 {
	return [3]float64{s.mid[0] + s.off[0]*side, s.mid[1] + s.off[1]*side, s.h + dz}
}

// sections cuts a bridge way at its points and every deckStep metres between them.
func (d *decks) sections(i int) []section {
	w := &d.net.ways[i]
	n := len(w.line)
	e := d.net.endsOf(i)
	var out []section
	along := 0.0
	for k := range n {
		p := w.line[k]
		var in, on [2]float64
		switch {
		case k > 0:
			in = unit(w.line[k-1], p)
		case e.before != ([2]float64{}):
			in = [2]float64{-e.before[0], -e.before[1]}
		}
		switch {
		case k+1 < n:
			on = unit(p, w.line[k+1])
		default:
			on = e.after
		}
		m := [2]float64{in[0] + on[0], in[1] + on[1]}
		l := math.Hypot(m[0], m[1])
		if l < 0.2 { // doubles back: square to the way in
			m, l = in, math.Hypot(in[0], in[1])
		}
		half, cos := w.width/2, 1.0
		if in != ([2]float64{}) && on != ([2]float64{}) {
			cos = math.Max((m[0]*on[0]+m[1]*on[1])/l, 0.6)
		}
		off := [2]float64{-m[1] / l * half / cos, m[0] / l * half / cos}
		if k > 0 {
			a, b := d.index[w.line[k-1]], d.index[p]
			seg := dist(w.line[k-1], p)
			steps := min(int(seg/deckStep), 2000)
			sq := [2]float64{-in[1] * half, in[0] * half}
			for s := 1; s <= steps; s++ {
				t := float64(s) / float64(steps+1)
				out = append(out, section{mix(w.line[k-1], p, t), sq, d.height(a, b, t), along + seg*t})
			}
			along += seg
		}
		at := d.index[p]
		out = append(out, section{p, off, d.height(at, at, 0), along})
	}
	return out
}

func unit(a, b [2]float64) [2]float64 {
	l := dist(a, b)
	return [2]float64{(b[0] - a[0]) / l, (b[1] - a[1]) / l}
}

// piers stands the deck on walls across it, down into the ground.
func (d *decks) piers(body *Solid, secs []section, width float64) {
	next := pierStep / 2
	for _, s := range secs {
		if s.along < next {
			continue
		}
		g, ok := d.in.ground(s.mid)
		if !ok || s.h-g < pierHeight {
			continue
		}
		next = s.along + pierStep
		l := math.Hypot(s.off[0], s.off[1])
		across := [2]float64{s.off[0] / l, s.off[1] / l}
		on := [2]float64{across[1], -across[0]}
		a, b := math.Min(width*0.3, 4), 0.6
		corner := func(i int, h float64) [3]float64 {
			x, y := [4]float64{-a, a, a, -a}[i], [4]float64{-b, -b, b, b}[i]
			return [3]float64{s.mid[0] + across[0]*x + on[0]*y, s.mid[1] + across[1]*x + on[1]*y, h}
		}
		foot, head := g-1, s.h-deckThickness
		for i := range 4 {
			j := (i + 1) % 4
			// across, on is a left-handed pair: the box runs clockwise seen from above.
			body.quad([4][3]float64{corner(j, foot), corner(i, foot), corner(i, head), corner(j, head)}, concreteColor,
				[4][2]float32{{0, 0}, {1, 0}, {1, float32(head - foot)}, {0, float32(head - foot)}})
		}
	}
}

// quad adds four corners, counter-clockwise from outside, with their own flat normal.
func (s *Solid) quad(p [4][3]float64, c [4]uint8, uv [4][2]float32) {
	u := [3]float64{p[2][0] - p[0][0], p[2][1] - p[0][1], p[2][2] - p[0][2]}
	v := [3]float64{p[3][0] - p[1][0], p[3][1] - p[1][1], p[3][2] - p[1][2]}
	n := [3]float64{u[1]*v[2] - u[2]*v[1], u[2]*v[0] - u[0]*v[2], u[0]*v[1] - u[1]*v[0]}
	l := math.Sqrt(n[0]*n[0] + n[1]*n[1] + n[2]*n[2])
	if l < 1e-9 {
		return
	}
	o := uint32(len(s.Positions))
	for i := range p {
		s.Positions = append(s.Positions, p[i])
		s.Normals = append(s.Normals, [3]float32{float32(n[0] / l), float32(n[1] / l), float32(n[2] / l)})
		s.Colors = append(s.Colors, c)
		s.UV = append(s.UV, uv[i])
	}
	s.Indices = append(s.Indices, o, o+1, o+2, o, o+2, o+3)
}
