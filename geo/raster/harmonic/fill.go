// Package harmonic fills holes in a raster with the smoothest surface that its rim
// allows: the solution of Laplace's equation (a soap film), with no flow across the
// raster's own edges. It never leaves the range of the known values.
package harmonic

import "math"

const (
	sweeps = 12  // Gauss-Seidel passes a level; the pyramid carries the long waves
	omega  = 1.5 // over-relaxation
)

// Fill replaces each NaN of a w×h row-major raster. It solves coarse to fine (a
// cascadic multigrid, Bornemann and Deuflhard 1996): the halved raster is filled first
// and its answer, interpolated, is where the relaxation starts. It returns false, and
// changes nothing, where no value is known.
func Fill(z []float32, w, h int) bool {
	var holes []int
	lo, hi := float32(math.Inf(1)), float32(math.Inf(-1))
	for i, v := range z {
		if v != v {
			holes = append(holes, i)
		} else {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	if len(holes) == 0 {
		return len(z) > 0
	}
	if len(holes) == len(z) {
		return false
	}
	half, cw, ch := halve(z, w, h)
	if !Fill(half, cw, ch) {
		return false
	}
	for _, i := range holes {
		z[i] = bilinear(half, cw, ch, (float64(i%w)-0.5)/2, (float64(i/w)-0.5)/2)
	}
	for s := range sweeps {
		for k := range holes {
			i := holes[k]
			if s&1 == 1 {
				i = holes[len(holes)-1-k]
			}
			relax(z, w, h, i)
		}
	}
	for _, i := range holes { // over-relaxation may overshoot before it settles
		z[i] = min(max(z[i], lo), hi)
	}
	return true
}

func relax(z []float32, w, h, i int) {
	x, y := i%w, i/w
	var sum float32
	var n float32
	if x > 0 {
		sum, n = sum+z[i-1], n+1
	}
	if x < w-1 {
		sum, n = sum+z[i+1], n+1
	}
	if y > 0 {
		sum, n = sum+z[i-w], n+1
	}
	if y < h-1 {
		sum, n = sum+z[i+w], n+1
	}
	z[i] += omega * (sum/n - z[i])
}

// halve averages the known values of 2×2 cells.
func halve(z []float32, w, h int) ([]float32, int, int) {
	cw, ch := (w+1)/2, (h+1)/2
	out := make([]float32, cw*ch)
	for y := range ch {
		for x := range cw {
			var sum float64
			n := 0
			for dy := 0; dy < 2 && 2*y+dy < h; dy++ {
				for dx := 0; dx < 2 && 2*x+dx < w; dx++ {
					if v := z[(2*y+dy)*w+2*x+dx]; v == v {
						sum += float64(v)
						n++
					}
				}
			}
			if n == 0 {
				out[y*cw+x] = float32(math.NaN())
			} else {
				out[y*cw+x] = float32(sum / float64(n))
			}
		}
	}
	return out, cw, ch
}

func bilinear(z []float32, w, h int, x, y float64) float32 {
	x, y = min(max(x, 0), float64(w-1)), min(max(y, 0), float64(h-1))
	x0, y0 := int(x), int(y)
	x1, y1 := min(x0+1, w-1), min(y0+1, h-1)
	fx, fy := float32(x-float64(x0)), float32(y-float64(y0))
	a := z[y0*w+x0]*(1-fx) + z[y0*w+x1]*fx
	b := z[y1*w+x0]*(1-fx) + z[y1*w+x1]*fx
	return a*(1-fy) + b*fy
}
