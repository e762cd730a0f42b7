package terrain

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Shapes are what flattens the ground: each touches only nodes within its reach, so the
// ground of a square depends on nothing but the shapes that touch it.
type Shapes struct {
	Pads      []Pad
	Corridors []Corridor
}

// Pad is level ground: what a building stands on.
type Pad struct {
	Outline orb.Polygon // plan metres
	Height  float64     // above the ellipsoid
	Bank                // of the ground around it
}

// Corridor is ground that is level across a line: a road's bed, a stream's.
type Corridor struct {
	Line    orb.LineString // plan metres
	Heights []float64      // above the ellipsoid, one a point; straight between
	Half    float64        // half the width that is level, metres
	// Cut only takes away ground that is higher, also from other shapes, between the ends of
	// the line: what a bridge's deck needs below it.
	Cut bool
	Bank
}

// Bank is the slope of cuttings and embankments, which run from a shape's edge until they
// meet the ground.
type Bank struct {
	Slope float64 // rise over run; 0 = 2:3, the usual one of earthworks
	Reach float64 // no further than this, metres; 0 = 20. Ground too far up or down for that makes the bank steeper.
	Verge float64 // metres beside the shape that are all but level, before the bank begins: what lies between a street and its houses
}

// vergeSlope is the rise over run of a verge, which sheds water.
const vergeSlope = 0.05

func (b Bank) or() Bank {
	if !(b.Slope > 0) {
		b.Slope = 2. / 3
	}
	if !(b.Reach > 0) {
		b.Reach = 20
	}
	return b
}

// may is how far the ground may be above or below the shape's height at a distance from
// its edge.
func (b Bank) may(d float64) float64 {
	f := d / b.reach()
	return (float64(b.Slope*max(d-b.Verge, 0)) + float64(vergeSlope*min(d, b.Verge))) / (1 - f*f*f*f)
}

// reach is how far the shape is felt beyond its edge.
func (b Bank) reach() float64 { return b.Verge + b.Reach }

// Bound is the box of a pad with its banks.
func (p *Pad) Bound() orb.Bound { return p.Outline.Bound().Pad(p.or().reach()) }

// Bound is the box of a corridor with its banks.
func (c *Corridor) Bound() orb.Bound { return c.Line.Bound().Pad(c.or().reach() + c.Half) }

// Valid tells whether all numbers are ones.
func (p *Pad) Valid() bool {
	b := p.Outline.Bound()
	return finite(p.Height, b.Min[0], b.Min[1], b.Max[0], b.Max[1], p.Slope, p.Reach, p.Verge) && p.Verge >= 0 && len(p.Outline) > 0 && len(p.Outline[0]) > 2
}

// Valid tells whether all numbers are ones, and heights as many as points.
func (c *Corridor) Valid() bool {
	b := c.Line.Bound()
	return len(c.Line) >= 2 && len(c.Line) == len(c.Heights) && finite(c.Heights...) && c.Half >= 0 && c.Verge >= 0 &&
		finite(b.Min[0], b.Min[1], b.Max[0], b.Max[1], c.Half, c.Slope, c.Reach, c.Verge)
}

func finite(v ...float64) bool {
	for _, x := range v {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

// Index returns the shapes that touch a square, in their order: what Options.Shapes asks
// for, of shapes that are all in memory. Shapes with broken numbers are left out.
func (s Shapes) Index() func(orb.Bound) Shapes {
	const cell = 256.0
	type bin struct{ pads, corridors []int32 }
	bins := map[[2]int32]*bin{}
	each := func(b orb.Bound, f func(*bin)) {
		for y := math.Floor(b.Min[1] / cell); y <= math.Floor(b.Max[1]/cell); y++ {
			for x := math.Floor(b.Min[0] / cell); x <= math.Floor(b.Max[0]/cell); x++ {
				k := [2]int32{int32(x), int32(y)}
				if bins[k] == nil {
					bins[k] = &bin{}
				}
				f(bins[k])
			}
		}
	}
	for i := range s.Pads {
		if p := &s.Pads[i]; p.Valid() {
			each(p.Bound(), func(b *bin) { b.pads = append(b.pads, int32(i)) })
		}
	}
	for i := range s.Corridors {
		if c := &s.Corridors[i]; c.Valid() {
			each(c.Bound(), func(b *bin) { b.corridors = append(b.corridors, int32(i)) })
		}
	}
	return func(square orb.Bound) Shapes {
		var pads, corridors []int32
		for y := math.Floor(square.Min[1] / cell); y <= math.Floor(square.Max[1]/cell); y++ {
			for x := math.Floor(square.Min[0] / cell); x <= math.Floor(square.Max[0]/cell); x++ {
				if b := bins[[2]int32{int32(x), int32(y)}]; b != nil {
					pads, corridors = append(pads, b.pads...), append(corridors, b.corridors...)
				}
			}
		}
		var out Shapes
		slices.Sort(pads)
		slices.Sort(corridors)
		for _, i := range slices.Compact(pads) {
			if p := &s.Pads[i]; p.Bound().Intersects(square) {
				out.Pads = append(out.Pads, *p)
			}
		}
		for _, i := range slices.Compact(corridors) {
			if c := &s.Corridors[i]; c.Bound().Intersects(square) {
				out.Corridors = append(out.Corridors, *c)
			}
		}
		return out
	}
}

func (s *Shapes) empty() bool { return len(s.Pads) == 0 && len(s.Corridors) == 0 }

// touch tells whether a shape reaches into the box.
func (s *Shapes) touch(b orb.Bound) bool {
	return slices.ContainsFunc(s.Pads, func(p Pad) bool { return p.Bound().Intersects(b) }) ||
		slices.ContainsFunc(s.Corridors, func(c Corridor) bool { return c.Bound().Intersects(b) })
}
