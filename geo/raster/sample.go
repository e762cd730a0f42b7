package raster

import "math"

// At interpolates the height at a place: Catmull-Rom bicubic over 4×4 samples, held
// within their range so that a cliff's foot does not dip; bilinear over what is known
// where some of them are void. ok is false beyond half a cell outside the outermost
// samples and where the nearest sample is void.
func (g *Grid) At(lng, lat float64) (h float64, ok bool) {
	x, y := g.pixel(lng, lat)
	return g.sample(x, y)
}

func (g *Grid) sample(x, y float64) (float64, bool) {
	const eps = 1e-7
	if !(x >= -0.5-eps && y >= -0.5-eps && x <= float64(g.Width)-0.5+eps && y <= float64(g.Height)-0.5+eps) {
		return 0, false
	}
	wraps := g.wraps()
	if !wraps {
		x = min(max(x, 0), float64(g.Width-1))
	}
	y = min(max(y, 0), float64(g.Height-1))
	x0, y0 := int(math.Floor(x)), int(math.Floor(y))
	fx, fy := x-float64(x0), y-float64(y0)
	var cols [4]int
	for i := range cols {
		c := x0 - 1 + i
		if wraps {
			c = (c + g.Width) % g.Width
		} else {
			c = min(max(c, 0), g.Width-1)
		}
		cols[i] = c
	}
	wx, wy := catmullRom(fx), catmullRom(fy)
	lo, hi := math.Inf(1), math.Inf(-1)
	var sum float64
	for j := range 4 {
		row := g.Heights[min(max(y0-1+j, 0), g.Height-1)*g.Width:]
		a, b, c, d := float64(row[cols[0]]), float64(row[cols[1]]), float64(row[cols[2]]), float64(row[cols[3]])
		lo, hi = min(lo, a, b, c, d), max(hi, a, b, c, d)
		sum += wy[j] * (wx[0]*a + wx[1]*b + wx[2]*c + wx[3]*d)
	}
	if sum == sum {
		return min(max(sum, lo), hi), true
	}
	return g.bilinear(cols[1], cols[2], y0, fx, fy)
}

// bilinear weighs the known ones of four samples.
func (g *Grid) bilinear(x0, x1, y0 int, fx, fy float64) (float64, bool) {
	y1 := min(y0+1, g.Height-1)
	near := g.Heights[pick(fy < 0.5, y0, y1)*g.Width+pick(fx < 0.5, x0, x1)]
	if near != near {
		return 0, false
	}
	var sum, weight float64
	for _, c := range [4]struct {
		x, y int
		w    float64
	}{{x0, y0, (1 - fx) * (1 - fy)}, {x1, y0, fx * (1 - fy)}, {x0, y1, (1 - fx) * fy}, {x1, y1, fx * fy}} {
		if v := g.Heights[c.y*g.Width+c.x]; v == v {
			sum += c.w * float64(v)
			weight += c.w
		}
	}
	return sum / weight, true
}

func pick(first bool, a, b int) int {
	if first {
		return a
	}
	return b
}

func catmullRom(t float64) [4]float64 {
	return [4]float64{
		((-0.5*t+1)*t - 0.5) * t,
		(1.5*t-2.5)*t*t + 1,
		((-1.5*t+2)*t + 0.5) * t,
		(0.5*t - 0.5) * t * t,
	}
}
