package generate

import (
	"slices"
	"testing"

	"github.com/longtake/longtake/scene"
)

// TestDry: along the border of the square the sea has neither bed nor skirt; land has both,
// and the bed goes on inside.
func TestDry(t *testing.T) {
	g := &generation{doc: &scene.Document{}, site: &site{size: 1000}, sea: 50}
	xy := [][2]float64{{0, 0}, {100, 0}, {0, 100}, {400, 400}, {500, 400}, {400, 500}}
	wet, land := g.sea-seaDepth, g.sea+3
	const skirt = 6 // the first vertex that is not of the patch
	rim, inside, hung := []uint32{0, 1, 2}, []uint32{3, 4, 5}, []uint32{3, 4, skirt}
	all := slices.Concat(rim, inside, hung)
	for _, c := range []struct {
		name string
		h    float64
		want []uint32
	}{{"sea", wet, inside}, {"land", land, all}} {
		h := slices.Repeat([]float64{c.h}, len(xy))
		if got := g.dry(slices.Clone(all), xy, h); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v is left, not %v", c.name, got, c.want)
		}
	}
	h := []float64{wet, wet, land, wet, wet, wet} // a quay at the border
	if got := g.dry(slices.Clone(rim), xy, h); !slices.Equal(got, rim) {
		t.Errorf("of a shore %v is left", got)
	}
}
