package flows

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
)

// cluster gathers places: in the order of their weights, each that is left takes all others
// that are left within a radius. It returns the cluster of each place, and the clusters'
// weighted means.
func cluster(at []mgl64.Vec3, weight []float64, radius float64) (of []int, centers []mgl64.Vec3) {
	order := make([]int, len(at))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight[b], weight[a]) })
	type cell [3]int
	cellOf := func(p mgl64.Vec3) (c cell) {
		for k := range c {
			c[k] = int(math.Floor(p[k] / radius))
		}
		return c
	}
	grid := map[cell][]int{}
	for _, i := range order {
		c := cellOf(at[i])
		grid[c] = append(grid[c], i)
	}
	of = make([]int, len(at))
	for i := range of {
		of[i] = -1
	}
	for _, i := range order {
		if of[i] >= 0 {
			continue
		}
		n := len(centers)
		var sum mgl64.Vec3
		total := 0.0
		c := cellOf(at[i])
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				for dz := -1; dz <= 1; dz++ {
					for _, j := range grid[cell{c[0] + dx, c[1] + dy, c[2] + dz}] {
						if of[j] >= 0 || at[j].Sub(at[i]).Len() > radius {
							continue
						}
						w := math.Max(weight[j], 1e-9)
						of[j], sum, total = n, sum.Add(at[j].Mul(w)), total+w
					}
				}
			}
		}
		centers = append(centers, sum.Mul(1/total))
	}
	return of, centers
}
