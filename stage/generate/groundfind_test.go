package generate

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/longtake/longtake/geo/tiles"
)

// A tile with more than it may show keeps the widest, those of one width together, and
// whatever is found first: thinning on the way changes nothing.
func TestThin(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		all := make([]found, 1+rng.IntN(60))
		total := 0
		for i := range all {
			all[i].width, all[i].size = float64(1+rng.IntN(12)), 1+rng.IntN(2000)
			total += all[i].bytes()
		}
		most := rng.IntN(total + total/4)
		early, late := search{most: most}, search{most: most}
		for _, f := range all {
			if f.width >= early.width {
				early.out = append(early.out, f)
				early.bytes += f.bytes()
			}
			if rng.IntN(4) == 0 {
				early.thin()
			}
			late.out = append(late.out, f)
			late.bytes += f.bytes()
		}
		early.thin()
		late.thin()
		if early.width != late.width || early.bytes != late.bytes || !slices.Equal(early.out, late.out) {
			t.Fatalf("on the way %d of %g, at the end %d of %g", len(early.out), early.width, len(late.out), late.width)
		}
		kept, next, widest := 0, 0, 0.0
		for i := range all {
			if all[i].width >= late.width {
				kept += all[i].bytes()
			} else {
				widest = math.Max(widest, all[i].width)
			}
		}
		for i := range all {
			if all[i].width == widest {
				next += all[i].bytes()
			}
		}
		switch {
		case kept != late.bytes || kept > most:
			t.Fatalf("%d bytes are kept, %d counted, %d allowed", kept, late.bytes, most)
		case widest > 0 && kept+next <= most:
			t.Fatalf("those of width %g are left out for nothing", widest)
		}
	}
}

// The finest tiles of a grid that is too coarse for its region are no wider than those of
// another, where much lies on them.
func TestTileCells(t *testing.T) {
	of := func(side float64, leaves int) *generation {
		g := &generation{site: &site{size: side}}
		g.blocks = newBlocks(g.site)
		n := 0
		g.blocks.split(tiles.Address{}, 9, func(a tiles.Address) bool {
			// All that is divided lies in the south-west.
			if a.X > 0 || a.Y > 0 || n >= leaves {
				return false
			}
			n += 3
			return true
		})
		return g
	}
	for _, c := range []struct {
		side   float64
		leaves int
		want   int
	}{
		{30_000, 100, 64}, // cells of 15 m
		{61_000, 100, 32}, // 30 m
		{61_000, 3, 64},   // with little on a tile
		{200_000, 100, 8}, // 98 m
	} {
		if got := of(c.side, c.leaves).tileCells(2048, 15); got != c.want {
			t.Errorf("%g m, %d blocks: %d cells, not %d", c.side, c.leaves, got, c.want)
		}
	}
}
