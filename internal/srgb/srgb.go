// Package srgb is the transfer function of sRGB (IEC 61966-2-1), between what colours are
// written as and the light that they stand for, both 0 to 1.
package srgb

import "math"

// Light is the light of a value.
func Light(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// Value is the value that stands for a light; what is beyond 0 and 1 is cut off.
func Value(light float64) float64 {
	x := min(max(light, 0), 1)
	if x <= 0.0031308 {
		return x * 12.92
	}
	return 1.055*math.Pow(x, 1/2.4) - 0.055
}
