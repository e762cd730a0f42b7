package street

import (
	"math"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
)

// Figures of kerbs in metres. A stone is 12 cm high, 3 cm where feet and wheels cross it
// (RASt 06, 6.1.6.2; PROWAG R302.6). Only its face is built, which leans a little: from
// the street it hides the step down behind it, and from the sidewalk no one sees a face.
const (
	kerbHigh  = 0.12
	kerbLow   = 0.02
	kerbFace  = 0.06
	kerbFlat  = 1.8 // before and behind the middle of a crossing, that is as low
	kerbSlope = 1.2 // in which it falls
	kerbFoot  = 0.045
)

// Figures of refuges in metres.
const (
	refugeLong = 2.8
	refugeHalf = 0.75
	refugeGap  = 0.3 // from a crossing
)

// kerbs raises the stones between a piece's carriageway and its sidewalks.
func (c *builder) kerbs(i int, spans []span) {
	p := &c.pieces[i]
	w := &c.ways[p.way]
	s := &w.section
	if s.Left <= s.KerbLeft+0.3 && s.Right >= s.KerbRight-0.3 {
		return
	}
	drops := c.drops(i)
	for _, span := range spans {
		if span.lift != nil {
			continue
		}
		st := withDrops(span.stations, span.from-p.from, drops)
		high := func(t *station) float64 { return kerbAt(drops, span.from-p.from+t.s) }
		l := look{geo.Road, walkColor, kerbBias, kerbHigh, w.feature, w.class, false}
		if wide := s.Left - s.KerbLeft; wide > 0.3 {
			c.kerb(st, high, s.KerbLeft, 1, wide, span.from, l)
		}
		if wide := s.KerbRight - s.Right; wide > 0.3 {
			c.kerb(st, high, s.KerbRight, -1, wide, span.from, l)
		}
	}
}

// kerb raises a stone at an offset, with the sidewalk on the left (1) or right (-1),
// which is so wide.
func (c *builder) kerb(st []station, high func(*station) float64, o, side, wide, from float64, l look) {
	u := func(back float64) float64 { return WalkCode.u(1 - 2*back/wide) }
	a, b, ua, ub := o, o+side*kerbFace, u(kerbFoot), u(kerbFoot+math.Hypot(kerbHigh, kerbFace))
	up := 0 // which of a cross-section's two points is the upper one: the right, then the left
	if side > 0 {
		a, b, ua, ub, up = b, a, ub, ua, 1
	}
	f := strip(st, a, b, ua, ub, from)
	lift := make([]float32, len(f.points))
	for k := range st {
		lift[2*k+up] = float32(high(&st[k]))
	}
	c.raisePatch(f, lift, l)
}

// raisePatch lays a surface that follows the ground at a height.
func (c *builder) raisePatch(f sheet, lift []float32, l look) {
	if c.options.Roads == "" || len(f.indices) == 0 {
		return
	}
	c.out.Patches = append(c.out.Patches, cover.Patch{Layer: c.options.Roads, Material: l.material, Color: l.color, Bias: l.bias,
		Feature: l.feature, Class: l.class, Points: f.points, UV: f.uv, Indices: f.indices, Width: l.width, Lift: lift})
}

// cornerKerb raises the stone round a corner, whose sidewalk is on the right.
func (c *builder) cornerKerb(line []pt, wide float64, l look) {
	if len(line) < 2 || wide < 0.3 {
		return
	}
	c.kerb(stations(line, pt{}, pt{}), func(*station) float64 { return kerbHigh }, 0, -1, wide, 0, l)
}

// drops are the places along a piece where its kerbs are low: at crossings, and where
// paths and drives come in.
func (c *builder) drops(i int) []float64 {
	p := &c.pieces[i]
	w := &c.ways[p.way]
	ends := c.ends(p, i)
	from, to := ends[0].trim, p.length-ends[1].trim
	var out []float64
	c.eachPoint(p, func(tags map[string]string, s float64) {
		if tags["highway"] == "crossing" {
			out = append(out, crossingAt(s, from, to))
		}
	})
	s := 0.0
	for k, q := range w.line {
		if k > 0 {
			s += dist(w.line[k-1], q)
		}
		if at := (s - p.from) / math.Max(p.raw, 1e-9) * p.length; c.lesser[q] && at > from && at < to {
			out = append(out, at)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// crossingAt is where the middle of a crossing is painted on a piece that is cut back to
// from and to.
func crossingAt(s, from, to float64) float64 {
	return math.Max(from+zebraDepth/2+0.4, math.Min(to-zebraDepth/2-0.4, s))
}

// lesserPoints are those of paths, drives and tracks.
func (n *network) lesserPoints() map[pt]bool {
	out := map[pt]bool{}
	for i := range n.ways {
		if w := &n.ways[i]; w.style.tier == path || w.style.tier == access {
			for _, q := range w.line {
				out[q] = true
			}
		}
	}
	return out
}

// kerbAt is the height of a kerb at a distance along a piece.
func kerbAt(drops []float64, s float64) float64 {
	h := kerbHigh
	for _, d := range drops {
		t := math.Max(0, math.Min(1, (math.Abs(s-d)-kerbFlat)/kerbSlope))
		h = math.Min(h, kerbLow+(kerbHigh-kerbLow)*t)
	}
	return h
}

// withDrops adds the cross-sections where kerbs begin and end to fall; shift is added to
// those of the stations.
func withDrops(st []station, shift float64, drops []float64) []station {
	var at []float64
	for _, d := range drops {
		at = append(at, d-kerbFlat-kerbSlope-shift, d-kerbFlat-shift, d+kerbFlat-shift, d+kerbFlat+kerbSlope-shift)
	}
	slices.Sort(at)
	out := st[:1:1]
	for i := 1; i < len(st); i++ {
		a, b := st[i-1], st[i]
		for _, s := range at {
			if s > a.s+0.05 && s < b.s-0.05 && s > out[len(out)-1].s+0.05 {
				out = append(out, station{p: mix(a.p, b.p, (s-a.s)/(b.s-a.s)), n: leftOf(unit(a.p, b.p)), s: s,
					left: math.Min(a.left, b.left), right: math.Min(a.right, b.right)})
			}
		}
		out = append(out, b)
	}
	return out
}

// refuges sets the two ends of an island before and behind a crossing that has one.
func (c *builder) refuges(i int) {
	p := &c.pieces[i]
	w := &c.ways[p.way]
	middle, ok := w.middle()
	if !ok || c.heights.of(w) != nil {
		return
	}
	ends := c.ends(p, i)
	from, to := ends[0].trim, p.length-ends[1].trim
	c.eachPoint(p, func(tags map[string]string, s float64) {
		if tags["crossing:island"] != "yes" && tags["crossing"] != "island" && tags["traffic_calming"] != "island" {
			return
		}
		at := crossingAt(s, from, to)
		for _, s0 := range [2]float64{at + zebraDepth/2 + refugeGap, at - zebraDepth/2 - refugeGap - refugeLong} {
			if s0 > from && s0+refugeLong < to {
				c.refuge(p, from, s0, middle)
			}
		}
	})
}

// middle is the offset of the line between the directions; ok is false of one-way streets.
func (w *way) middle() (float64, bool) {
	x := w.section.Left
	for _, b := range w.section.Bands {
		if b.Kind == Drive && b.Left > 0 && b.Right > 0 {
			return x - b.Width*float64(b.Left)/float64(b.Left+b.Right), true
		}
		x -= b.Width
	}
	return 0, false
}

// refuge is one stone island with round ends.
func (c *builder) refuge(p *piece, trim, s0, middle float64) {
	w := &c.ways[p.way]
	const steps = 10
	l := look{geo.Road, walkColor, kerbBias, kerbHigh, w.feature, w.class, false}
	var f sheet
	var lift []float32
	for k := range steps + 1 {
		t := float64(k) / steps
		at, d := c.square(p, trim, s0+refugeLong*t, middle)
		half := refugeHalf * math.Sqrt(math.Max(0.01, 1-math.Pow(math.Abs(2*t-1), 3)))
		for j, o := range [4]float64{-half - kerbFace, -half, half, half + kerbFace} {
			f.add(along(at[0], leftOf(d), o), WalkCode.u(0.7), p.from+s0+refugeLong*t)
			h := float32(kerbHigh)
			if j == 0 || j == 3 || k == 0 || k == steps {
				h = 0
			}
			lift = append(lift, h)
		}
		for j := range uint32(3) {
			if o := 4*uint32(k) + j; k > 0 {
				f.tri(o-4, o, o+1)
				f.tri(o-4, o+1, o-3)
			}
		}
	}
	c.raisePatch(f, lift, l)
}
