package generate

import (
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/scene"
)

// TestDry: along the border of the square the sea has neither bed nor skirt; land has both,
// also where it is as low as the sea's bed, and the bed goes on inside.
func TestDry(t *testing.T) {
	g := &generation{doc: &scene.Document{}, site: &site{size: 4000}, sea: 50}
	xy := [][2]float64{{0, 100}, {100, 0}, {100, 200}, {1400, 1400}, {1500, 1400}, {1400, 1500}}
	wet, land := g.sea-seaDepth, g.sea+3
	const skirt = 6 // the first vertex that is not of the patch
	rim, inside, hung, long := []uint32{0, 1, 2}, []uint32{3, 4, 5}, []uint32{3, 4, skirt}, []uint32{0, 1, 3}
	all := slices.Concat(rim, inside, hung, long)
	sea := orb.MultiPolygon{{{{-10, -10}, {4010, -10}, {4010, 4010}, {-10, 4010}, {-10, -10}}}}
	for _, c := range []struct {
		name string
		sea  orb.MultiPolygon
		h    float64
		want []uint32
	}{{"sea", sea, wet, inside}, {"land", sea, land, all}, {"polder", nil, wet, slices.Concat(rim, inside, long)}} {
		if g.rim = nil; c.sea != nil {
			g.rim = newRim(g.site, c.sea)
		}
		h := slices.Repeat([]float64{c.h}, len(xy))
		if got := g.dry(slices.Clone(all), xy, h); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v is left, not %v", c.name, got, c.want)
		}
	}
	g.rim = newRim(g.site, sea)
	h := []float64{wet, wet, land, wet, wet, wet} // a quay at the border
	if got := g.dry(slices.Clone(rim), xy, h); !slices.Equal(got, rim) {
		t.Errorf("of a shore %v is left", got)
	}
	g.site.size = 200 // a small square keeps its bed in the middle
	g.rim = newRim(g.site, sea)
	middle := [][2]float64{{90, 90}, {110, 90}, {100, 110}}
	if got := g.dry([]uint32{0, 1, 2}, middle, []float64{wet, wet, wet}); len(got) != 3 {
		t.Error("a small square has no bed")
	}
}
