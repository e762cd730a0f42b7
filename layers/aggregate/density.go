package aggregate

import (
	"fmt"
	"math"
)

// Kernel is how a point's weight spreads.
type Kernel string

// The kernels. Quartic ends at the radius; Gaussian has the radius as three standard
// deviations and ends there, too.
const (
	Quartic  Kernel = "quartic"
	Gaussian Kernel = "gaussian"
)

// Density is the weight of points per square kilometre around each node of a grid (kernel
// density estimation, Silverman 1986): each point is spread over the radius in metres. Points
// are first shared out among the four nodes around them, so that a grid of a tenth of the
// radius is as good as exact. Weights may be nil.
func Density(lng, lat, weights []float64, plan Plan, step, radius float64, kernel Kernel) (*Field, error) {
	if !(radius >= step) || radius > 256*step {
		return nil, fmt.Errorf("a radius of %g m on a grid of %g m: 1 to 256 steps are allowed", radius, step)
	}
	if kernel != Quartic && kernel != Gaussian {
		return nil, fmt.Errorf("no kernel %q: there are %s and %s", kernel, Quartic, Gaussian)
	}
	if weights != nil && len(weights) != len(lng) {
		return nil, fmt.Errorf("%d weights of %d points", len(weights), len(lng))
	}
	f, err := NewField(lng, lat, plan, step, radius)
	if err != nil {
		return nil, err
	}
	if f.W == 0 {
		return f, nil
	}
	f.splat(lng, lat, weights)
	perKilometre := 1e6 / (step * step)
	if kernel == Gaussian {
		f.blur(radius/3/step, int(math.Ceil(radius/step)), perKilometre)
	} else {
		f.spread(radius/step, perKilometre)
	}
	return f, nil
}

// splat shares each point's weight among the nodes around it.
func (f *Field) splat(lng, lat, weights []float64) {
	clear(f.Values)
	xy := f.Plan.forward()
	for i := range lng {
		if !placed(lng[i], lat[i]) {
			continue
		}
		w := 1.0
		if weights != nil {
			w = weights[i]
		}
		if math.IsNaN(w) {
			continue
		}
		x, y := xy(lng[i], lat[i])
		c, r := (x-f.X)/f.Step, (y-f.Y)/f.Step
		k, l := min(int(c), f.W-2), min(int(r), f.H-2)
		u, v := c-float64(k), r-float64(l)
		at := l*f.W + k
		f.Values[at] += w * (1 - u) * (1 - v)
		f.Values[at+1] += w * u * (1 - v)
		f.Values[at+f.W] += w * (1 - u) * v
		f.Values[at+f.W+1] += w * u * v
	}
}

// blur is a Gaussian along rows and then along columns.
func (f *Field) blur(sigma float64, reach int, scale float64) {
	taps := make([]float64, reach+1)
	total := 0.0
	for i := range taps {
		taps[i] = math.Exp(-float64(i*i) / (2 * sigma * sigma))
		total += taps[i] * float64(1+oneIf(i > 0))
	}
	for i := range taps {
		taps[i] *= math.Sqrt(scale) / total
	}
	along := func(lines, length, line, step int) {
		parallelLines(lines, func(from, to int) {
			in := make([]float64, length)
			for l := from; l < to; l++ {
				for i := range in {
					in[i] = f.Values[l*line+i*step]
				}
				for i := range in {
					sum := in[i] * taps[0]
					for k := 1; k <= reach; k++ {
						if i >= k {
							sum += in[i-k] * taps[k]
						}
						if i+k < length {
							sum += in[i+k] * taps[k]
						}
					}
					f.Values[l*line+i*step] = sum
				}
			}
		})
	}
	along(f.H, f.W, f.W, 1)
	along(f.W, f.H, 1, f.W)
}

// spread adds a quartic bowl around every node that has a weight.
func (f *Field) spread(reach, scale float64) {
	n := int(reach)
	bowl := make([]float64, (2*n+1)*(2*n+1))
	total := 0.0
	for j := -n; j <= n; j++ {
		for i := -n; i <= n; i++ {
			if d := 1 - float64(i*i+j*j)/(reach*reach); d > 0 {
				bowl[(j+n)*(2*n+1)+i+n] = d * d
				total += d * d
			}
		}
	}
	for i := range bowl {
		bowl[i] *= scale / total
	}
	in := append([]float64(nil), f.Values...)
	parallelLines(f.H, func(from, to int) { // each gathers for its own rows
		for r := from; r < to; r++ {
			out := f.Values[r*f.W : (r+1)*f.W]
			clear(out)
			for s := max(r-n, 0); s <= min(r+n, f.H-1); s++ {
				row := bowl[(r-s+n)*(2*n+1):][:2*n+1]
				for c, w := range in[s*f.W : (s+1)*f.W] {
					if w == 0 {
						continue
					}
					lo, hi := max(c-n, 0), min(c+n, f.W-1)
					for k := lo; k <= hi; k++ {
						out[k] += w * row[k-c+n]
					}
				}
			}
		}
	})
}
