package pipeline

import (
	"math"
	"sync"
)

// noiseSide is the side of the noise that gives clouds their bodies, which repeats.
const noiseSide = 64

// cloudNoise is that noise, two bytes a texel, x fastest: billows gathered by a smooth noise
// (Perlin and Worley joined as in Schneider 2015), and finer billows. Both are spread around
// 1/2 by a fifth (standard deviation), so that the shader knows what it adds.
var cloudNoise = sync.OnceValue(func() []byte {
	cells := map[int][]float32{} // by cells a side
	for _, n := range []int{4, 8, 16, 32} {
		cells[n] = billows(n)
	}
	heaps, fine := make([]float64, noiseSide*noiseSide*noiseSide), make([]float64, noiseSide*noiseSide*noiseSide)
	for i := range heaps {
		w := 0.58*float64(cells[4][i]) + 0.28*float64(cells[8][i]) + 0.14*float64(cells[16][i])
		x, y, z := i%noiseSide, i/noiseSide%noiseSide, i/noiseSide/noiseSide
		smooth, amp := 0.5, 0.36
		for _, n := range []int{3, 6, 12} {
			smooth += amp * gradientTile(x, y, z, n)
			amp /= 2
		}
		heaps[i] = w + smooth*(1-w)
		fine[i] = 0.56*float64(cells[8][i]) + 0.29*float64(cells[16][i]) + 0.15*float64(cells[32][i])
	}
	out := make([]byte, 2*len(heaps))
	spread(heaps, out, 0)
	spread(fine, out, 1)
	return out
})

// spread writes values to every second byte: their mean as 1/2, five deviations as 1.
func spread(v []float64, out []byte, channel int) {
	var sum, squares float64
	for _, x := range v {
		sum += x
		squares += float64(x * x)
	}
	n := float64(len(v))
	mean := sum / n
	scale := 1 / (5 * math.Sqrt(squares/n-float64(mean*mean)))
	for i, x := range v {
		out[2*i+channel] = byte(math.Round(255 * min(max(float64((x-mean)*scale)+0.5, 0), 1)))
	}
}

// cellHash is a seeded hash of a cell of a lattice that repeats after n cells (PCG, Jarzynski
// and Olano 2020; hash1 of common.glsl).
func cellHash(x, y, z, n int, seed uint32) uint32 {
	v := uint32((x+n)%n) + uint32((y+n)%n)*2654435761 + uint32((z+n)%n)*2246822519 + seed*7919
	s := v*747796405 + 2891336453
	w := ((s >> ((s >> 28) + 4)) ^ s) * 277803737
	return (w >> 22) ^ w
}

// billows is Worley's noise turned inside out: 1 at a cell's point, 0 a cell away from any.
func billows(n int) []float32 {
	points := make([][3]float32, n*n*n)
	for i := range points {
		x, y, z := i%n, i/n%n, i/n/n
		for k := range points[i] {
			points[i][k] = float32(cellHash(x, y, z, n, uint32(3*n+k))>>8) / (1 << 24)
		}
	}
	out := make([]float32, noiseSide*noiseSide*noiseSide)
	step := float32(n) / noiseSide
	for i := range out {
		p := [3]float32{(float32(i%noiseSide) + 0.5) * step, (float32(i/noiseSide%noiseSide) + 0.5) * step, (float32(i/noiseSide/noiseSide) + 0.5) * step}
		cx, cy, cz := int(p[0]), int(p[1]), int(p[2])
		best := float32(1)
		for dz := -1; dz <= 1; dz++ {
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					q := &points[((cz+dz+n)%n*n+(cy+dy+n)%n)*n+(cx+dx+n)%n]
					x, y, z := float32(cx+dx)+q[0]-p[0], float32(cy+dy)+q[1]-p[1], float32(cz+dz)+q[2]-p[2]
					best = min(best, float32(x*x)+float32(y*y)+float32(z*z))
				}
			}
		}
		out[i] = 1 - float32(math.Sqrt(float64(best)))
	}
	return out
}

// gradientTile is Perlin's noise of 2002 with n cells a side of the tile, about -1 to 1.
func gradientTile(x, y, z, n int) float64 {
	var cell [3]int
	var f, fade [3]float64
	for k, at := range [3]int{x, y, z} {
		v := (float64(at) + 0.5) * float64(n) / noiseSide
		cell[k] = int(v)
		f[k] = v - float64(cell[k])
		fade[k] = f[k] * f[k] * f[k] * (f[k]*(f[k]*6-15) + 10)
	}
	sum := 0.0
	for corner := range 8 {
		weight, dot := 1.0, 0.0
		var at [3]int
		var d [3]float64
		for k := range 3 {
			on := corner >> k & 1
			at[k], d[k] = cell[k]+on, f[k]-float64(on)
			weight *= float64(on)*fade[k] + float64(1-on)*(1-fade[k])
		}
		// One of the twelve edges of a cube.
		h := cellHash(at[0], at[1], at[2], n, uint32(101+n)) % 12
		skip, k := int(h/4), 0
		for axis := range 3 {
			if axis == skip {
				continue
			}
			dot += float64(1-2*int(h>>k&1)) * d[axis]
			k++
		}
		sum += weight * dot
	}
	return sum
}
