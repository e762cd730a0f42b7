package scene

import "math"

// Linear is the light of a byte of sRGB, 0 to 1 (IEC 61966-2-1).
func Linear(v uint8) float64 {
	x := float64(v) / 255
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

// SRGB is the byte of sRGB that is nearest to a light; what is beyond 0 and 1 is cut off.
func SRGB(light float64) uint8 {
	x := min(max(light, 0), 1)
	if x <= 0.0031308 {
		x *= 12.92
	} else {
		x = 1.055*math.Pow(x, 1/2.4) - 0.055
	}
	return uint8(math.Round(255 * x))
}

// Linear is the light of a color's channels with straight alpha, 0 to 1.
func (c Color) Linear() [4]float32 {
	return [4]float32{float32(Linear(c[0])), float32(Linear(c[1])), float32(Linear(c[2])), float32(c[3]) / 255}
}

// Opaque is the light of a color's channels, with an alpha of 1.
func (c Color) Opaque() [4]float32 {
	c[3] = 255
	return c.Linear()
}
