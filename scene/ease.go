package scene

import "math"

// ease maps 0..1 to 0..1. smooth is the cubic in-out, in and out are its one-sided
// forms.
func ease(name string, x float64) float64 {
	x = min(max(x, 0), 1)
	switch name {
	case "smooth":
		return smooth(x)
	case "in":
		return x * x * x
	case "out":
		return 1 - (1-x)*(1-x)*(1-x)
	}
	return x
}

// smooth is the cubic in-out 3x²-2x³.
func smooth(x float64) float64 {
	x = min(max(x, 0), 1)
	return x * x * (3 - 2*x)
}

// smooth2 is the quintic in-out (Perlin's), whose acceleration is 0 at both ends too: a
// zoom multiplies it by five orders of magnitude.
func smooth2(x float64) float64 {
	x = min(max(x, 0), 1)
	return x * x * x * (x*(x*6-15) + 10)
}

// lerp is exact at both ends.
func lerp(a, b, f float64) float64 { return a*(1-f) + b*f }

// lerpAngle goes the short way round, in degrees; it is exact at both ends.
func lerpAngle(a, b, f float64) float64 {
	if f == 1 {
		return b
	}
	return a + wrapDegrees(b-a)*f
}

// lerpLog goes evenly in the logarithm where both are positive.
func lerpLog(a, b, f float64) float64 {
	if a <= 0 || b <= 0 {
		return lerp(a, b, f)
	}
	return a * math.Pow(b/a, f)
}
