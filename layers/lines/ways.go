package lines

import (
	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/layer"
)

// way is a line on its way over the ground: ECEF positions, and for each the vertex that it
// lies at or behind and how far on to the next one.
type way struct {
	at     []mgl64.Vec3
	vertex []int
	share  []float64
}

// wayOf follows the ground, or the curve of the Earth, between vertices.
func wayOf(c *layer.Context, ps []orb.Point, height float64) (w way) {
	add := func(at mgl64.Vec3, vertex int, share float64) {
		w.at, w.vertex, w.share = append(w.at, at), append(w.vertex, vertex), append(w.share, share)
	}
	for k, q := range ps {
		if k > 0 {
			between := c.Between(ps[k-1], q)
			for n, p := range between {
				if height != 0 {
					p = p.Add(p.Normalize().Mul(height))
				}
				add(p, k-1, float64(n+1)/float64(len(between)+1))
			}
		}
		if k > 0 && q == ps[k-1] {
			continue
		}
		add(c.Place(q, height).ECEF(), k, 0)
	}
	return w
}
