package metric

import "math"

// PixelsPerDegree is what FLIP assumes by default: a 4K monitor 0.7 m wide seen from
// 0.7 m.
const PixelsPerDegree = 67

// FLIP is the perceived difference of each pixel, 0 to 1, when one picture is flipped
// with the other (Andersson, Nilsson, Akenine-Möller, Oskarsson, Åström and Fairchild
// 2020, FLIP: A Difference Evaluator for Alternating Images), and its mean.
func FLIP(reference, test [][3]float64, width, height int, pixelsPerDegree float64) (perPixel []float64, mean float64) {
	a, b := newPlane(reference, width, height), newPlane(test, width, height)
	color := colorDifference(a.seen(pixelsPerDegree), b.seen(pixelsPerDegree))
	feature := featureDifference(a.luminance(), b.luminance(), pixelsPerDegree)
	for i := range color {
		color[i] = math.Pow(color[i], 1-feature[i])
		mean += color[i] / float64(len(color))
	}
	return color, mean
}

// plane is a picture in YCxCz, CIELAB made linear.
type plane struct {
	width, height int
	pixels        [][3]float64
}

func newPlane(rgb [][3]float64, width, height int) plane {
	p := plane{width, height, make([][3]float64, len(rgb))}
	for i, c := range rgb {
		for k := range c {
			c[k] = min(max(c[k], 0), 1)
		}
		p.pixels[i] = toYCxCz(c)
	}
	return p
}

// white is D65 as the sum of the primaries.
var white = toXYZ([3]float64{1, 1, 1})

func toXYZ(c [3]float64) [3]float64 {
	return [3]float64{
		0.4123908*c[0] + 0.3575843*c[1] + 0.1804808*c[2],
		0.2126390*c[0] + 0.7151687*c[1] + 0.0721923*c[2],
		0.0193308*c[0] + 0.1191948*c[1] + 0.9505322*c[2],
	}
}

func toRGB(x [3]float64) [3]float64 {
	return [3]float64{
		3.2409699*x[0] - 1.5373832*x[1] - 0.4986108*x[2],
		-0.9692436*x[0] + 1.8759675*x[1] + 0.0415551*x[2],
		0.0556301*x[0] - 0.2039770*x[1] + 1.0569715*x[2],
	}
}

func toYCxCz(c [3]float64) [3]float64 {
	x := toXYZ(c)
	for k := range x {
		x[k] /= white[k]
	}
	return [3]float64{116*x[1] - 16, 500 * (x[0] - x[1]), 200 * (x[1] - x[2])}
}

func fromYCxCz(c [3]float64) [3]float64 {
	y := (c[0] + 16) / 116
	return toRGB([3]float64{(y + c[1]/500) * white[0], y * white[1], (y - c[2]/200) * white[2]})
}

func toLab(c [3]float64) [3]float64 {
	x := toXYZ(c)
	const d = 6.0 / 29
	for k := range x {
		x[k] /= white[k]
		if x[k] > d*d*d {
			x[k] = math.Cbrt(x[k])
		} else {
			x[k] = x[k]/(3*d*d) + 4.0/29
		}
	}
	return [3]float64{116*x[1] - 16, 500 * (x[0] - x[1]), 200 * (x[1] - x[2])}
}

// hunt makes colours less colourful where they are dark.
func hunt(lab [3]float64) [3]float64 {
	return [3]float64{lab[0], 0.01 * lab[0] * lab[1], 0.01 * lab[0] * lab[2]}
}

// hyab is a distance for large differences (Abasi, Tehran and Fairchild 2020).
func hyab(a, b [3]float64) float64 {
	return math.Abs(a[0]-b[0]) + math.Hypot(a[1]-b[1], a[2]-b[2])
}

// sensitivity are the Gaussians of the eye's contrast sensitivity for the three channels:
// a1, b1, a2, b2 of the paper's table 1.
var sensitivity = [3][4]float64{{1, 0.0047, 0, 1e-5}, {1, 0.0053, 0, 1e-5}, {34.1, 0.04, 13.5, 0.025}}

// seen filters as the eye does and returns Hunt-adjusted L*a*b*.
func (p plane) seen(ppd float64) [][3]float64 {
	radius := int(math.Ceil(3 * math.Sqrt(0.04/(2*math.Pi*math.Pi)) * ppd))
	out := make([][3]float64, len(p.pixels))
	for k, s := range sensitivity {
		// A sum of two Gaussians: each is separable.
		var total float64
		sums := make([]float64, len(p.pixels))
		for g := 0; g < 4; g += 2 {
			if s[g] == 0 {
				continue
			}
			kernel := make([]float64, 2*radius+1)
			line := 0.0
			for i := range kernel {
				x := float64(i-radius) / ppd
				kernel[i] = math.Exp(-math.Pi * math.Pi * x * x / s[g+1])
				line += kernel[i]
			}
			weight := s[g] * math.Sqrt(math.Pi/s[g+1])
			total += weight * line * line
			for i, v := range p.channel(k).separable(kernel, kernel) {
				sums[i] += weight * v
			}
		}
		for i := range out {
			out[i][k] = sums[i] / total
		}
	}
	for i, c := range out {
		rgb := fromYCxCz(c)
		for k := range rgb {
			rgb[k] = min(max(rgb[k], 0), 1)
		}
		out[i] = hunt(toLab(rgb))
	}
	return out
}

// grey is one number a pixel.
type grey struct {
	width, height int
	values        []float64
}

func (p plane) channel(k int) grey {
	g := grey{p.width, p.height, make([]float64, len(p.pixels))}
	for i := range p.pixels {
		g.values[i] = p.pixels[i][k]
	}
	return g
}

// luminance is 0 to 1.
func (p plane) luminance() grey {
	g := p.channel(0)
	for i := range g.values {
		g.values[i] = (g.values[i] + 16) / 116
	}
	return g
}

// separable filters rows by one kernel, then columns by another; the picture goes on
// beyond its edges as it ends there.
func (g grey) separable(rows, columns []float64) []float64 {
	across := make([]float64, len(g.values))
	r := len(rows) / 2
	for y := range g.height {
		line := g.values[y*g.width : (y+1)*g.width]
		for x := range g.width {
			sum := 0.0
			for i, w := range rows {
				sum += w * line[min(max(x+i-r, 0), g.width-1)]
			}
			across[y*g.width+x] = sum
		}
	}
	out := make([]float64, len(g.values))
	r = len(columns) / 2
	for i, w := range columns {
		for y := range g.height {
			from := across[min(max(y+i-r, 0), g.height-1)*g.width:]
			to := out[y*g.width : (y+1)*g.width]
			for x := range to {
				to[x] += w * from[x]
			}
		}
	}
	return out
}

// colorDifference maps distances to 0..1 so that small ones get most of the range.
func colorDifference(a, b [][3]float64) []float64 {
	const exponent, knee, share = 0.7, 0.4, 0.95
	top := math.Pow(hyab(hunt(toLab([3]float64{0, 1, 0})), hunt(toLab([3]float64{0, 0, 1}))), exponent)
	out := make([]float64, len(a))
	for i := range a {
		e := math.Pow(hyab(a[i], b[i]), exponent)
		if e < knee*top {
			out[i] = share / (knee * top) * e
		} else {
			out[i] = min(share+(e-knee*top)/(top-knee*top)*(1-share), 1)
		}
	}
	return out
}

// featureDifference compares edges and points.
func featureDifference(a, b grey, ppd float64) []float64 {
	const width, exponent = 0.082, 0.5
	sigma := 0.5 * width * ppd
	radius := int(math.Ceil(3 * sigma))
	smooth, edge, point := make([]float64, 2*radius+1), make([]float64, 2*radius+1), make([]float64, 2*radius+1)
	for i := range smooth {
		x := float64(i - radius)
		smooth[i] = math.Exp(-x * x / (2 * sigma * sigma))
		edge[i] = -x * smooth[i]
		point[i] = (x*x/(sigma*sigma) - 1) * smooth[i]
	}
	balance(smooth)
	balance(edge)
	balance(point)
	strength := func(g grey, kernel []float64) []float64 {
		x, y := g.separable(kernel, smooth), g.separable(smooth, kernel)
		for i := range x {
			x[i] = math.Hypot(x[i], y[i])
		}
		return x
	}
	ea, eb, pa, pb := strength(a, edge), strength(b, edge), strength(a, point), strength(b, point)
	out := make([]float64, len(ea))
	for i := range out {
		d := math.Max(math.Abs(ea[i]-eb[i]), math.Abs(pa[i]-pb[i]))
		out[i] = min(math.Pow(d/math.Sqrt2, exponent), 1)
	}
	return out
}

// balance makes the positive weights of a kernel sum to 1 and the negative ones to -1.
func balance(kernel []float64) {
	up, down := 0.0, 0.0
	for _, w := range kernel {
		up, down = up+max(w, 0), down-min(w, 0)
	}
	for i, w := range kernel {
		if w > 0 {
			kernel[i] = w / up
		} else if w < 0 {
			kernel[i] = w / down
		}
	}
}
