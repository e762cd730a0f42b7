package generate

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// bases is the ground that finished buildings stand on, where no elevation is known: a
// city model says how high its buildings begin, and the ground between them is
// interpolated (Shepard 1968, weights of the fourth power of the distance).
type bases struct {
	frame  earth.Frame
	min    [2]float64
	cell   float64
	height [baseNodes][baseNodes]float64
}

const (
	baseNodes = 65
	baseNear  = 15.0 // metres within which buildings are averaged
	maxBases  = 20000
)

// bases is the ground under the features with surfaces; nil where there are none.
func (g *generation) bases(ctx context.Context) (*bases, error) {
	some := &sketch{most: maxBases}
	for _, s := range g.order {
		if !g.cityData(s.id) {
			continue
		}
		err := s.each(ctx, func(seq int, h *head) error {
			if p, ok := h.foot(); ok && h.kind&finished != 0 && g.site.inside(p) {
				some.add(sketched{h.hash, p, uint32(seq), s.number})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	var features []geo.Feature
	for _, v := range some.sorted() {
		s := g.order[v.src]
		var h head
		if err := s.head(int(v.seq), &h); err != nil {
			return nil, err
		}
		f, err := s.feature(&h)
		if err != nil {
			return nil, err
		}
		features = append(features, f)
	}
	return newBases(features, g.site), nil
}

// newBases looks at features with surfaces; nil where there are none.
func newBases(features []geo.Feature, s *site) *bases {
	var feet []foot
	for i := range features {
		f := &features[i]
		h, top, mid, n := math.Inf(1), math.Inf(-1), orb.Point{}, 0.0
		var box orb.Bound
		for _, surface := range f.Surfaces {
			for _, r := range surface.Rings {
				for _, p := range r {
					h, top, n = math.Min(h, p[2]), math.Max(top, p[2]), n+1
					mid[0], mid[1] = mid[0]+p[0], mid[1]+p[1]
					x, y := s.frame.Plan(p[0], p[1])
					if n == 1 {
						box = orb.Point{x, y}.Bound()
					}
					box = box.Extend(orb.Point{x, y})
				}
			}
		}
		if x, y := s.frame.Plan(mid[0]/n, mid[1]/n); n > 0 && math.Abs(h) < 1e4 {
			feet = append(feet, foot{x, y, h, top, box})
		}
	}
	feet = grounded(feet)
	if len(feet) == 0 {
		return nil
	}
	b := &bases{frame: s.frame, min: s.min, cell: s.size / (baseNodes - 1)}
	for j := range baseNodes {
		for i := range baseNodes {
			x, y := s.min[0]+float64(i)*b.cell, s.min[1]+float64(j)*b.cell
			sum, weight := 0.0, 0.0
			for k := range feet {
				f := &feet[k]
				d2 := (f.x-x)*(f.x-x) + (f.y-y)*(f.y-y) + baseNear*baseNear
				w := 1 / (d2 * d2)
				sum, weight = sum+w*f.h, weight+w
			}
			b.height[j][i] = sum / weight
		}
	}
	return b
}

// foot is the middle of a building, in the plan, with its lowest and highest point and the
// box around it.
type foot struct {
	x, y, h, top float64
	box          orb.Bound
}

// perched is how far above the foot of another building one begins that stands on it.
const perched = 1.5

// grounded leaves out what stands on other buildings: dormers and chimneys that city
// models have as parts of their own.
func grounded(feet []foot) []foot {
	const cell, most = 64.0, 16 // metres; cells a side of the largest that is looked at
	over := map[[2]int][]int32{}
	at := func(v float64) int { return int(math.Floor(v / cell)) }
	for k := range feet {
		b := &feet[k].box
		x0, x1, y0, y1 := at(b.Min[0]), at(b.Max[0]), at(b.Min[1]), at(b.Max[1])
		if x1-x0 > most || y1-y0 > most {
			continue
		}
		for j := y0; j <= y1; j++ {
			for i := x0; i <= x1; i++ {
				over[[2]int{i, j}] = append(over[[2]int{i, j}], int32(k))
			}
		}
	}
	var out []foot
	for k := range feet {
		f := &feet[k]
		stands := true
		for _, o := range over[[2]int{at(f.x), at(f.y)}] {
			under := &feet[o]
			stands = stands && !(under.h < f.h-perched && under.top > f.h-perched && under.box.Contains(orb.Point{f.x, f.y}))
		}
		if stands {
			out = append(out, *f)
		}
	}
	return out
}

// HeightAt is bilinear; beyond the square the nearest height of its rim.
func (b *bases) HeightAt(lng, lat float64) (float64, bool) {
	x, y := b.frame.Plan(lng, lat)
	x = min(max((x-b.min[0])/b.cell, 0), baseNodes-1)
	y = min(max((y-b.min[1])/b.cell, 0), baseNodes-1)
	i, j := min(int(x), baseNodes-2), min(int(y), baseNodes-2)
	x, y = x-float64(i), y-float64(j)
	return (b.height[j][i]*(1-x)+b.height[j][i+1]*x)*(1-y) + (b.height[j+1][i]*(1-x)+b.height[j+1][i+1]*x)*y, true
}
