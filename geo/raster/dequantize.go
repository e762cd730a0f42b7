package raster

// An 8-bit height map stores steps, not slopes: each level is a terrace. dequantize
// takes from all surfaces that round to the stored levels the smoothest, a thin plate:
// Gauss-Seidel passes of the biharmonic equation, each value held within half a level of
// what is stored (projected relaxation). Passes of Laplace's equation before them carry
// the change across wide terraces. Nothing moves by more than the file's own uncertainty.
func dequantize(g *Grid) {
	const film, plate = 32, 48
	q := &quantized{z: g.Heights, stored: append([]float32(nil), g.Heights...), w: g.Width, h: g.Height, half: float32(g.Quantum / 2)}
	for pass := range film + plate {
		for k := range q.h {
			y := k
			if pass&1 == 1 { // both directions, so that nothing drifts one way
				y = q.h - 1 - k
			}
			for j := range q.w {
				x := j
				if pass&1 == 1 {
					x = q.w - 1 - j
				}
				q.relax(x, y, pass >= film)
			}
		}
	}
}

type quantized struct {
	z, stored []float32
	w, h      int
	half      float32
}

func (q *quantized) relax(x, y int, plate bool) {
	i := y*q.w + x
	v := q.stored[i]
	var s float32
	if plate && x > 1 && y > 1 && x < q.w-2 && y < q.h-2 {
		z, w := q.z, q.w
		s = (8*(z[i-1]+z[i+1]+z[i-w]+z[i+w]) - 2*(z[i-w-1]+z[i-w+1]+z[i+w-1]+z[i+w+1]) -
			(z[i-2] + z[i+2] + z[i-2*w] + z[i+2*w])) / 20
	} else {
		up, down := max(y-1, 0)*q.w, min(y+1, q.h-1)*q.w
		s = (q.z[y*q.w+max(x-1, 0)] + q.z[y*q.w+min(x+1, q.w-1)] + q.z[up+x] + q.z[down+x]) / 4
	}
	if s == s && v == v { // not beside a void
		q.z[i] = min(max(s, v-q.half), v+q.half)
	}
}
