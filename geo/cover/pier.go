package cover

import (
	"math"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/near"
)

// Figures of piers in metres.
const (
	pierDeep  = 1.5 // that sides go down under the water
	lakeAbove = 2.0 // over the sea from which on water is a lake
)

const pierClass = "man_made=pier"

var (
	plankColor = rgb(142, 118, 92)
	pierColor  = rgb(150, 142, 130)
	pierStone  = rgb(138, 134, 126)
	pierTimber = rgb(104, 86, 68)
)

// Piers are the decks of piers that stand in the sea of a level, or in a lake: solids with
// sides that go down into the water, as the ground below them is its bed.
func Piers(in Input, layer string, sea float64, wet bool) (out []Solid) {
	made := 0
	for i := range in.Features {
		f := &in.Features[i]
		if !in.owns(i) {
			continue
		}
		for _, p := range near.Piers(in.Frame, f) {
			level := in.lowest(p.Rings[0])
			if wet && level < sea+lakeAbove {
				level = sea
			}
			if math.IsInf(level, 1) {
				continue
			}
			ground := func(q near.Point) (float64, bool) { return in.ground(q) }
			if s, ok := pierSolid(p, p.Top(level, ground), level-pierDeep); ok {
				s.Layer, s.Feature, s.Class = layer, i, pierClass
				out = append(out, s)
				made++
			}
		}
	}
	if made > 0 {
		in.Report.Made("pier", made)
	}
	return out
}

// lowest is the lowest ground under a ring.
func (in *Input) lowest(ring []near.Point) float64 {
	low := math.Inf(1)
	for _, q := range ring {
		if h, ok := in.ground(q); ok {
			low = math.Min(low, h)
		}
	}
	return low
}

// pierSolid is a deck with its sides down to a foot.
func pierSolid(p near.Pier, top, foot float64) (s Solid, ok bool) {
	rings := make([][][2]float64, len(p.Rings))
	for i, r := range p.Rings {
		rings[i] = slices.Clone(r)
		if (area2(rings[i]) < 0) == (i == 0) { // outer counter-clockwise
			slices.Reverse(rings[i])
		}
	}
	points, indices, ok := triangulate(rings)
	if !ok {
		return s, false
	}
	deck, side := pierColor, pierStone
	s.Material = geo.Concrete
	if p.Narrow {
		deck, side = plankColor, pierTimber
		s.Material = geo.Bark
	}
	for _, q := range points {
		s.vertex(q, top, [3]float32{0, 0, 1}, deck)
	}
	s.Indices = append(s.Indices, indices...)
	for _, r := range rings {
		for i, b := range r {
			a := r[(i+len(r)-1)%len(r)]
			l := dist(a, b)
			if l < 1e-6 {
				continue
			}
			n := [3]float32{float32((b[1] - a[1]) / l), float32((a[0] - b[0]) / l), 0}
			o := uint32(len(s.Positions))
			s.vertex(a, foot, n, side)
			s.vertex(b, foot, n, side)
			s.vertex(b, top, n, side)
			s.vertex(a, top, n, side)
			s.Indices = append(s.Indices, o, o+1, o+2, o, o+2, o+3)
		}
	}
	return s, true
}

func (s *Solid) vertex(q [2]float64, h float64, n [3]float32, c [4]uint8) {
	s.Positions = append(s.Positions, [3]float64{q[0], q[1], h})
	s.Normals = append(s.Normals, n)
	s.Colors = append(s.Colors, c)
	s.UV = append(s.UV, [2]float32{float32(math.Mod(q[0]+q[1], 4096)), float32(h)})
}
