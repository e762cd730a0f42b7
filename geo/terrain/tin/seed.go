package tin

import "math"

// The sides in cells of the blocks that seeds are looked for in.
const largest, smallest = 64, 4

// seed inserts vertices that are needed almost surely, so that the first waves need not
// measure the whole grid over and over: of each block of the grid whose nodes are further
// than the bound from the bilinear surface between its corners the worst, from large
// blocks to small ones.
func (s *Mesher) seed(bound float64) {
	g := &s.grid
	at, reverse := int32(0), false
	for size := largest; size >= smallest; size /= 2 {
		for y := 0; y+size < g.H; y += size {
			// Back and forth, so that the next block is near the last.
			columns := (g.W - 1) / size
			for k := range columns {
				x := k * size
				if reverse {
					x = (columns - 1 - k) * size
				}
				node, d := s.bilinear(x, y, size)
				if d <= bound {
					continue
				}
				at = s.put(at, int32(node))
			}
			reverse = !reverse
		}
	}
}

// bilinear finds the node of a block that is furthest from the surface between its
// corners.
func (s *Mesher) bilinear(x, y, size int) (node int, worst float64) {
	g := &s.grid
	sw := y*g.W + x
	nw := sw + size*g.W
	z00, z10, z01, z11 := float64(g.Z[sw]), float64(g.Z[sw+size]), float64(g.Z[nw]), float64(g.Z[nw+size])
	f := 1 / float64(size)
	node = sw
	for j := 1; j < size; j++ {
		v := float64(j) * f
		start := sw + j*g.W
		plane, end := z00+v*(z01-z00), z10+v*(z11-z10)
		step := (end - plane) * f
		for k, z := range g.Z[start+1 : start+size] {
			plane += step
			if d := math.Abs(float64(z) - plane); d > worst {
				worst, node = d, start+1+k
			}
		}
	}
	return node, worst
}
