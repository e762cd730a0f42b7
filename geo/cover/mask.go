package cover

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// Mask tells where nothing may grow: on roads, in water, in buildings. Build it with
// the Add methods, then ask; asking is safe for concurrent use.
type Mask struct {
	cell float64
	bins map[[2]int32][]maskTri
}

type maskTri [3][2]float64

// NewMask returns an empty mask.
func NewMask() *Mask { return &Mask{cell: 24, bins: map[[2]int32][]maskTri{}} }

// maxMaskCells bounds the cells that one triangle is entered into; the sea has larger
// ones, which are cut first.
const maxMaskCells = 4096

// AddPatches blocks the ground under the patches.
func (m *Mask) AddPatches(patches []Patch) {
	for i := range patches {
		p := &patches[i]
		for t := 0; t+2 < len(p.Indices); t += 3 {
			m.add(maskTri{p.Points[p.Indices[t]], p.Points[p.Indices[t+1]], p.Points[p.Indices[t+2]]}, 0)
		}
	}
}

// AddFeatures blocks the ground under the areas of features, such as buildings. What
// can't be filled is passed over: it is reported where it is built.
func (m *Mask) AddFeatures(in Input) {
	in.Report = geo.NewReport()
	for i := range in.Features {
		for _, poly := range polygonsOf(in.Features[i].Geometry) {
			for _, a := range in.fill(poly, in.Features[i].ID) {
				m.AddPatches([]Patch{a.Patch})
			}
		}
	}
}

func (m *Mask) add(t maskTri, depth int) {
	b := orb.Bound{Min: t[0], Max: t[0]}.Extend(t[1]).Extend(t[2])
	at := func(v float64) float64 { return math.Floor(v / m.cell) }
	x0, y0, x1, y1 := at(b.Min[0]), at(b.Min[1]), at(b.Max[0]), at(b.Max[1])
	if !((x1-x0+1)*(y1-y0+1) <= maxMaskCells) {
		if depth < 12 { // in four about the middles of its sides
			p, q, r := mix(t[0], t[1], 0.5), mix(t[1], t[2], 0.5), mix(t[2], t[0], 0.5)
			for _, s := range [4]maskTri{{t[0], p, r}, {p, t[1], q}, {r, q, t[2]}, {p, q, r}} {
				m.add(s, depth+1)
			}
		}
		return
	}
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			k := [2]int32{int32(x), int32(y)}
			m.bins[k] = append(m.bins[k], t)
		}
	}
}

// Blocked tells whether a plan position is taken.
func (m *Mask) Blocked(x, y float64) bool {
	p := [2]float64{x, y}
	for _, t := range m.bins[[2]int32{int32(math.Floor(x / m.cell)), int32(math.Floor(y / m.cell))}] {
		if cross(t[0], t[1], p) >= 0 && cross(t[1], t[2], p) >= 0 && cross(t[2], t[0], p) >= 0 {
			return true
		}
	}
	return false
}
