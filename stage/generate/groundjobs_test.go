package generate

import (
	"testing"

	"github.com/longtake/longtake/geo/tiles"
)

// Tiles come level by level and row by row, and none is held that is not being made.
func TestGroundJobs(t *testing.T) {
	var all groundJobs
	var want []tiles.Address
	for level, side := range []int{1, 2, 4, 8} {
		all.add(side, groundTile{address: tiles.Address{Level: level}, error: float64(level)})
		for y := range side {
			for x := range side {
				want = append(want, tiles.Address{Level: level, X: x, Y: y})
			}
		}
	}
	if all.count != len(want) {
		t.Fatalf("%d tiles, want %d", all.count, len(want))
	}
	for i, a := range want {
		j := all.begin(i)
		if j.address != a || j.error != float64(a.Level) {
			t.Fatalf("tile %d is %v of error %v, want %v", i, j.address, j.error, a)
		}
		if i > 0 && all.take(i-1).address != want[i-1] || len(all.begun) != 1 {
			t.Fatalf("tile %d: %d are held", i, len(all.begun))
		}
	}
}
