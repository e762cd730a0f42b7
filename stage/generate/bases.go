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
		h, err := s.head(int(v.seq))
		if err != nil {
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
	type foot struct{ x, y, h float64 }
	var feet []foot
	for i := range features {
		f := &features[i]
		h, mid, n := math.Inf(1), orb.Point{}, 0.0
		for _, surface := range f.Surfaces {
			for _, r := range surface.Rings {
				for _, p := range r {
					h, n = math.Min(h, p[2]), n+1
					mid[0], mid[1] = mid[0]+p[0], mid[1]+p[1]
				}
			}
		}
		if x, y := s.frame.Plan(mid[0]/n, mid[1]/n); n > 0 && math.Abs(h) < 1e4 {
			feet = append(feet, foot{x, y, h})
		}
	}
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

// HeightAt is bilinear; beyond the square the nearest height of its rim.
func (b *bases) HeightAt(lng, lat float64) (float64, bool) {
	x, y := b.frame.Plan(lng, lat)
	x = min(max((x-b.min[0])/b.cell, 0), baseNodes-1)
	y = min(max((y-b.min[1])/b.cell, 0), baseNodes-1)
	i, j := min(int(x), baseNodes-2), min(int(y), baseNodes-2)
	x, y = x-float64(i), y-float64(j)
	return (b.height[j][i]*(1-x)+b.height[j][i+1]*x)*(1-y) + (b.height[j+1][i]*(1-x)+b.height[j+1][i+1]*x)*y, true
}
