package raster

// An 8-bit height map stores steps, not slopes: each level is a terrace. dequantize
// takes from all surfaces that round to the stored levels the smoothest: Gauss-Seidel
// passes of Laplace's equation, each value held within half a level of what is stored
// (projected relaxation). Nothing moves by more than the file's own uncertainty.
func dequantize(g *Grid) {
	const passes = 64
	w, h := g.Width, g.Height
	half := float32(g.Quantum / 2)
	stored := append([]float32(nil), g.Heights...)
	z := g.Heights
	for pass := range passes {
		for k := range h {
			y := k
			if pass&1 == 1 { // both directions, so that nothing drifts one way
				y = h - 1 - k
			}
			up, down := max(y-1, 0)*w, min(y+1, h-1)*w
			for j := range w {
				x := j
				if pass&1 == 1 {
					x = w - 1 - j
				}
				i := y*w + x
				v := stored[i]
				s := (z[y*w+max(x-1, 0)] + z[y*w+min(x+1, w-1)] + z[up+x] + z[down+x]) / 4
				if s != s || v != v { // beside a void: leave it
					continue
				}
				z[i] = min(max(s, v-half), v+half)
			}
		}
	}
}
